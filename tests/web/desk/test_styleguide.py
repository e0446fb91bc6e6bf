"""The page of components: whoever may sign in sees it, in both languages, and each specimen shows its own markup."""

import pytest
from django.template import Context, Template, TemplateSyntaxError

from bonphuong.web.desk.templatetags.styleguide import tidy


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
