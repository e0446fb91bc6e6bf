"""The page of components: whoever may sign in sees it, in both languages, and each specimen shows its own markup."""

import re

import pytest
from django.template import Context, Template, TemplateSyntaxError

from bonphuong.web.desk.pages.styleguide import ON_ONE_PAGE
from bonphuong.web.desk.templatetags.styleguide import tidy
from tests.contracts import source

SHEET = source.ROOT / "bonphuong/web/desk/static/desk/components.css"


@pytest.mark.parametrize("username", ["canbo", "kiemtra", "vanthu.yte"])
def test_whoever_may_sign_in_sees_every_part(people, at_desk, username):
    answer = at_desk(people[username]).get("/styleguide")
    assert answer.status_code == 200
    assert answer.content.count(b'class="specimen"') > 30


def test_it_costs_no_more_queries_than_its_frame(people, at_desk, django_assert_max_num_queries):
    client = at_desk(people["canbo"])
    client.get("/styleguide")
    with django_assert_max_num_queries(12):
        client.get("/styleguide")


def test_the_markup_that_is_shown_is_what_is_drawn():
    page = Template(
        "{% load styleguide %}{% specimen name when %}<p class='x'>{{ said }}</p>{% endspecimen %}"
    ).render(Context({"name": "Đoạn văn", "when": "Khi cần", "said": "a < b"}))
    assert "<p class='x'>a &lt; b</p>" in page
    assert "&lt;p class=&#x27;x&#x27;&gt;a &amp;lt; b&lt;/p&gt;" in page
    assert 'id="part-doan-van"' in page


def test_icons_are_shown_as_their_tag_and_lines_are_broken_between_elements():
    assert (
        tidy('<p>\n <svg class="icon"><use href="#x"/></svg> a</p>  <p>b</p>')
        == "<p> {% icon … %} a</p>\n<p>b</p>"
    )


def test_a_specimen_without_a_word_on_its_use_is_refused():
    with pytest.raises(TemplateSyntaxError, match="when to use it"):
        Template("{% load styleguide %}{% specimen name %}{% endspecimen %}")


# Names that are put together from a number or a code.
MADE = re.compile(r"(at|for|line|cal-|is-depth|piece-)-\d+|htmx-\w+|is-[\w-]+|type--\w+")
# The page of components has a few of its own.
OWN = {"guide", "specimen", "specimen__drawn", "swatches", "icons", "sizes"}


def _classes():
    text = re.sub(r"/\*.*?\*/", "", SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = re.findall(r"([^{}]+)\{", re.sub(r"url\([^)]*\)|\"[^\"]*\"", "", text))
    found = {name for one in selectors for name in re.findall(r"\.([a-zA-Z][\w-]*)", one)}
    return {name for name in found if not MADE.fullmatch(name)}


def _component(name):
    return re.split(r"__|--|-", name)[0]


def test_every_component_of_the_sheet_is_shown_or_stands_on_a_page_that_is_named(people, at_desk):
    client = at_desk(people["canbo"])
    pages = [client.get(address).content.decode() for address in ("/styleguide", "/", "/trail/")]
    pages.append(at_desk().get("/sign-in").content.decode())
    shown = {
        name for page in pages for said in re.findall(r"class=\"([^\"]*)\"", page) for name in said.split()
    }
    known = {_component(name) for name in shown} | {
        name for _page, _label, names in ON_ONE_PAGE for name in names
    }
    assert sorted({_component(name) for name in _classes()} - known) == []


def test_every_class_of_the_sheet_is_used_by_a_page():
    texts = [
        path.read_text(encoding="utf-8")
        for path in source.committed_files()
        if "bonphuong/web" in path.as_posix() and "/styleguide/" not in path.as_posix()
        if path.suffix in {".html", ".py", ".js"} and path.name != "styleguide.py"
    ]
    words = set(re.findall(r"[\w-]+", "\n".join(texts)))
    assert sorted(_classes() - words - OWN) == []
