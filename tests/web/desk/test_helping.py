"""The manual in the product, its search, the terms, the first lesson."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from django.utils import translation

from bonphuong.records.models import Record
from bonphuong.together.models import BegunForm, FirstLesson
from bonphuong.web.desk import handbook
from bonphuong.web.desk.glossary import term_for, terms
from bonphuong.web.desk.pages.lessons import ADDRESS, STEPS
from tests.contracts import source


@pytest.fixture
def client(people, at_desk):
    return at_desk(people["canbo"])


def text_of(answer, status=200):
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("language", handbook.LANGUAGES)
@pytest.mark.parametrize("page", [handbook.FIRST, *handbook.pages()])
def test_every_page_of_the_manual_is_shown_in_both_languages_and_leads_only_to_what_is_there(language, page):
    html = handbook.html(language, page)
    assert "<h1>" in html
    for target in re.findall(r'href="/help/([a-z-]*)', html):
        assert target == "" or handbook.exists(target), target
    for name in re.findall(r'src="/help/pictures/([^"]*)"', html):
        assert handbook.picture(name), name


def test_both_languages_have_the_same_pages_and_sections():
    parts = {
        language: {
            page: len(handbook.sections(language, page)) for page in [handbook.FIRST, *handbook.pages()]
        }
        for language in handbook.LANGUAGES
    }
    assert parts["vi"] == parts["en"]
    assert {path.name for path in (handbook.folder() / "en").glob("*.md")} == {
        path.name for path in (handbook.folder() / "vi").glob("*.md")
    }


def test_every_target_of_the_map_exists():
    for name, (page, anchor) in handbook.page_map().items():
        anchors = {one.anchor for one in handbook.sections("vi", page)}
        assert anchor in anchors | {""}, name


def test_a_page_of_the_manual_can_run_nothing(monkeypatch):
    evil = "# A\n\n<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=y>\n"
    monkeypatch.setattr(handbook, "_source", lambda *_of: evil)
    html = handbook.html.__wrapped__("vi", "x")
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_help_is_read_searched_and_led_to_from_every_page(client):
    page = text_of(client.get("/help/"))
    assert "Bắt đầu</h1>" in page
    assert 'href="/help/delegations"' in page
    assert "Từ đề nghị đến báo cáo" in text_of(client.get("/help/delegations"))
    for words in ("từ đề nghị", "tu de nghi"):
        assert 'href="/help/delegations#part-2"' in text_of(client.get("/help/search", {"q": words}))
    assert "không có mục nào nói về “xyzzy”" in text_of(client.get("/help/search?q=xyzzy"))
    assert "lượt người" in text_of(client.get("/help/search?q=luot+nguoi"))
    assert 'href="/help/delegations#part-2"' in text_of(client.get("/delegations/new"))
    assert 'href="/help/twinning"' in text_of(client.get("/records/twinning/"))
    assert 'href="/help/waiting#part-1"' in text_of(client.get("/"))


@pytest.mark.parametrize(
    "address", ["/help/no-such-page", "/help/README", "/help/pictures/no.png", "/help/pictures/..%2Fx.png"]
)
def test_what_the_manual_has_not_is_no_page(client, address):
    assert client.get(address).status_code == 404


def test_terms_are_whole_and_each_has_one_place():
    assert len({term.anchor for term in terms()}) == len(terms()) > 40
    for term in terms():
        assert (term.means_vi[-1], term.means_en[-1]) == (".", "."), term
        assert term_for(term.vi) == term_for(term.en.upper()) == term
    assert term_for("không phải thuật ngữ") is None


def test_a_term_is_told_where_its_label_stands_and_on_the_page_of_terms(client):
    page = text_of(client.get("/help/glossary"))
    assert 'id="luot-nguoi"' in page
    assert "Luật 70/2020/QH14" in page
    form = text_of(client.get("/delegations/new?kind=inbound"))
    assert "“cơ quan chủ trì” là gì?" in form
    assert "đoàn được tính cho cơ quan này" in form


def test_the_tag_writes_a_term_or_the_plain_word(client):
    from django.template import Context, Template  # noqa: PLC0415 - only here is a template made by hand

    with translation.override("vi"):
        made = Template(
            '{% load helping %}{% term "lượt người" %}|{% term "sổ cái" "Sổ cái" %}|{% term "chữ thường" %}'
        )
        first, second, third = made.render(Context()).split("|")
    assert ('aria-describedby="term-1"' in first, 'id="term-1"' in first, "#luot-nguoi" in first) == (
        True,
    ) * 3
    assert ('id="term-2"' in second, ">Sổ cái</a>" in second) == (True, True)
    assert third.strip() == "chữ thường"


def test_the_lesson_is_offered_once_gone_through_and_leaves_nothing_behind(client):
    assert "Làm thử trong 5 phút" in text_of(client.get("/"))
    assert client.post("/help/lesson/go", {"do": "begin"})["Location"] == ADDRESS
    page = text_of(client.get(ADDRESS))
    for step in STEPS:
        assert f'data-target="{step.target}"' in page
        assert f'id="{step.target}"' in page, "what is lit is there"
    assert "data-lesson" not in text_of(client.get("/delegations/new?kind=inbound"))
    step = client.post(
        "/help/lesson/go", {"do": "step", "step": "99"}, headers={"accept": "application/json"}
    )
    assert (step.status_code, FirstLesson.objects.get().step) == (204, len(STEPS))
    assert f"Làm tiếp từ bước {len(STEPS)}" in text_of(client.get("/help/lesson"))
    given = {"begun-form": "delegation-form", "begun-address": ADDRESS, "title": "Làm thử"}
    client.post("/begun/keep", given, headers={"accept": "application/json"})
    assert BegunForm.objects.count() == 1
    assert client.post("/help/lesson/go", {"do": "end"})["Location"] == "/"
    assert (BegunForm.objects.count(), Record.objects.count()) == (0, 0)
    assert 'value="leave"' not in text_of(client.get("/"))
    assert "data-lesson" not in text_of(client.get(ADDRESS))


def test_the_lesson_can_be_declined_and_is_kept_for_a_real_record(client, people, at_desk):
    assert client.post("/help/lesson/go", {"do": "leave"})["Location"] == "/"
    assert 'value="leave"' not in text_of(client.get("/"))
    assert client.post("/help/lesson/go", {"do": "dance"}).status_code == 404
    client.post("/help/lesson/go", {"do": "begin"})
    grid = {"members-TOTAL_FORMS": "0", "members-INITIAL_FORMS": "0", "lead_office_code": "lc-dofa"}
    real = {
        "title": "Đoàn thật",
        "places": "Lào",
        "starts_on": "3/6/2025",
        "ends_on": "5/6/2025",
        "approved_heads": "4",
    }
    assert client.post(ADDRESS, {**grid, **real}).status_code == 302
    assert FirstLesson.objects.get().state == "done"
    auditor = at_desk(people["kiemtra"])
    assert 'value="begin"' not in text_of(auditor.get("/"))
    assert "không thuộc việc của anh chị" in text_of(auditor.get("/help/lesson"))
    assert auditor.post("/help/lesson/go", {"do": "begin"}).status_code == 404


def test_an_installed_product_carries_the_manual(tmp_path):
    command = [sys.executable, "setup.py", "-q", "build_py", "--build-lib", str(tmp_path)]
    subprocess.run(command, cwd=source.ROOT, check=True, capture_output=True)
    carried = tmp_path / "bonphuong" / "manual"
    assert {path.name for path in (carried / "vi").iterdir()} == {
        path.name for path in (handbook.folder() / "vi").iterdir()
    }
