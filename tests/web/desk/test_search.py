"""The box in the top bar, its panel and its page."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create
from bonphuong.kernel.text import fold
from bonphuong.papers.services import PaperNote, note_papers
from bonphuong.records.enums import Visibility
from bonphuong.records.models import Record
from tests.factories.delegations import outbound
from tests.factories.records import CommitmentFactory, RecordFactory
from tests.web.desk.asking import page_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def trip(canbo):
    return create(outbound(title="Đoàn thăm <Điện> Biên & Sơn La"), office_code="lc-dofa", actor=canbo)


def test_the_page_shows_what_was_found_marked_and_escaped(sit, trip):
    page = page_of(sit("canbo").get("/search", {"q": "doan dien"}))
    assert "<mark>Đoàn</mark> thăm &lt;<mark>Điện</mark>&gt; Biên &amp; Sơn La" in page
    assert f'href="{reverse("desk:delegation", args=[trip.pk])}"' in page
    assert "Tìm thấy 1 mục có “doan dien”" in page
    assert 'value="doan dien"' in page


def test_an_exact_number_opens_the_record_and_a_paper(sit, trip, canbo):
    client = sit("canbo")
    answer = client.get("/search", {"q": fold(trip.number)})
    assert answer.url == reverse("desk:delegation", args=[trip.pk])
    [paper] = note_papers(
        [PaperNote(kind="decision", office_code="lc-dofa", reference="1234/QĐ-UBND", on=dt.date(2025, 1, 2))],
        actor=canbo,
    )
    assert client.get("/search", {"q": "1234/QĐ-UBND"}).url == reverse("desk:paper", args=[paper.pk])


def test_a_part_of_the_page_answers_while_one_types(sit, trip):
    panel = page_of(sit("canbo").get("/search", {"q": "doan di"}, headers=HTMX))
    assert "<html" not in panel
    assert "data-found" in panel
    assert '/search?q=doan+di"' in panel
    number = page_of(sit("canbo").get("/search", {"q": trip.number}, headers=HTMX))
    assert reverse("desk:delegation", args=[trip.pk]) in number


def test_more_than_are_shown_lead_to_the_list_with_the_words_as_its_filter(sit, canbo):
    for number in range(7):
        RecordFactory(title=f"Chè {number}", fold=f"che {number}", begins_on=dt.date(2025, 1, 1))
    client = sit("canbo")
    page = page_of(client.get("/search", {"q": "chè"}))
    address = re.search(r'<a href="([^"]+)"[^>]*>\s*Cả 7', page)[1].replace("&amp;", "&")
    assert address == "/delegations/?q=ch%C3%A8&period=all"


def test_papers_and_promises_lead_to_all_of_theirs(sit, canbo):
    notes = [
        PaperNote(kind="decision", office_code="lc-dofa", reference=f"{n}/QĐ-X", abstract="Chè")
        for n in range(7)
    ]
    note_papers(notes, actor=canbo)
    for number in range(7):
        CommitmentFactory(text=f"Mua chè {number}", fold=f"mua che {number}")
    client = sit("canbo")
    page = page_of(client.get("/search", {"q": "chè"}))
    assert "/papers/?text=ch%C3%A8" in page
    assert "/search?q=ch%C3%A8&amp;only=commitment" in page
    every = page_of(client.get("/search", {"q": "chè", "only": "commitment"}))
    assert every.count("Mua <mark>chè</mark>") == 7
    assert "/papers/?text" not in every
    assert client.get("/search", {"q": "chè", "only": "nothing"}).status_code == 404
    assert "QĐ-X" in page_of(client.get("/papers/", {"text": "chè"}))


def test_an_empty_result_says_what_one_could_do(sit, today):
    page = page_of(sit("canbo").get("/search", {"q": "zzzz"}))
    assert "Bớt một từ" in page
    assert "Anh chị muốn tìm gì?" in page_of(sit("canbo").get("/search"))
    assert "Không có mục nào" in page_of(sit("canbo").get("/search", {"q": "zzzz"}, headers=HTMX))
    assert page_of(sit("canbo").get("/search", headers=HTMX)).strip() == ""


@pytest.mark.parametrize("text", ['"', "*", "a OR", "NEAR(", "̣", "x" * 3000, "<script>", "%", "'"])
def test_wrong_input_is_no_error(sit, trip, text):
    client = sit("canbo")
    for headers in ({}, HTMX):
        page = page_of(client.get("/search", {"q": text}, headers=headers))
        assert "<script>" not in page.replace("<script src", "")


def test_what_was_found_lately_is_offered_until_one_signs_out(sit, trip):
    client = sit("canbo")
    for text in ("doan", "son la", "zzzz", "doan"):
        client.get("/search", {"q": text})
    assert client.session["searched"] == ["doan", "son la"]
    assert '/search?q=son+la"' in page_of(client.get("/search", headers=HTMX))
    client.get("/search", {"q": "dien bien"}, headers=HTMX)
    assert client.session["searched"] == ["doan", "son la"]
    client.post("/sign-out")
    assert "searched" not in client.session


def test_what_one_may_not_see_is_not_named(sit, canbo):
    hidden = RecordFactory(title="Chuyến bí ẩn", fold="chuyen bi an", visibility=Visibility.RESTRICTED)
    CommitmentFactory(text="Hứa bí ẩn", fold="hua bi an", record=hidden, lead_office_code="lc-health")
    for name, seen in (
        ("truongphong", True),
        ("lanhdao", False),
        ("vanthu.yte", False),
        ("canbo.laocai", False),
    ):
        assert (
            Record.objects.visible_to(User.objects.get(username=name)).filter(pk=hidden.pk).exists() is seen
        )
        client = sit(name)
        for headers in ({}, HTMX):
            page = page_of(client.get("/search", {"q": "bí ẩn"}, headers=headers))
            assert ("Chuyến" in page) is seen, name
            assert (str(hidden.pk) in page) is seen, name


def test_the_old_address_leads_to_the_new_one(sit, today):
    answer = sit("canbo").get("/records/", {"q": "điện biên"})
    assert answer.url == "/search?q=%C4%91i%E1%BB%87n+bi%C3%AAn"


def test_the_page_asks_a_bounded_number_of_questions(sit, canbo, django_assert_max_num_queries):
    client = sit("canbo")
    for number in range(30):
        RecordFactory(title=f"Chè {number}", fold=f"che {number}")
    client.get("/search", {"q": "chè"})
    with django_assert_max_num_queries(28):
        client.get("/search", {"q": "chè"})
    with django_assert_max_num_queries(24):
        client.get("/search", {"q": "chè"}, headers=HTMX)
