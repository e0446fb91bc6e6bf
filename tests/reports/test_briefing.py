"""Briefing books: gathered within one's sight, frozen, the same bytes twice, read only by who may see all of it."""

import datetime as dt
import hashlib
import io
import json

import pytest
from django.db import DatabaseError, transaction

from bonphuong.accounts.models import Office, User
from bonphuong.families.delegations.services import create
from bonphuong.indicators.relation import relation_figures
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kernel.periods import Period
from bonphuong.parties.models import Party
from bonphuong.parties.services import add_note, add_post, create_person
from bonphuong.records.services import CommitmentDraft, add_commitment
from bonphuong.reports.briefing import Wanted, book_docx, book_pdf
from bonphuong.reports.models import BriefingBook
from bonphuong.reports.queries import briefings_of, readable, visible_briefing
from bonphuong.reports.services import make_briefing
from bonphuong.trail.models import Action
from tests.factories.delegations import inbound
from tests.families.conftest import officer, province  # noqa: F401 - fixtures

DAY = dt.date(2025, 12, 18)
pytestmark = pytest.mark.usefixtures("province")


@pytest.fixture(autouse=True)
def _today(db):
    with clock.fixed(DAY):
        yield


@pytest.fixture
def phongsaly(officer):  # noqa: F811
    """A visit that was held, a leader, a promise of each side."""
    party = Party.objects.get(pk="la-phongsaly")
    record = create(
        inbound(dt.date(2025, 5, 6), 4, partner_code=party.code), office_code="lc-dofa", actor=officer
    )
    office = Office.objects.get(pk="lc-dofa")
    person = create_person(
        actor=officer, office=office, full_name="Tua-yang Ba", name_native="ຕົວຢ່າງ ສາມ", nationality_id="LA"
    )
    add_post(
        actor=officer, person=person, party=party, title_vi="Tỉnh trưởng", valid_from=dt.date(2021, 3, 1)
    )
    for side, text in (("ours", "Gửi sách giáo khoa"), ("theirs", "Cử đoàn học tập")):
        draft = CommitmentDraft(
            text, "lc-dofa", side=side, party_code=party.code, made_on=DAY, due_on=dt.date(2026, 1, 31)
        )
        add_commitment(draft, actor=officer, record=record)
    return party


def wanted(party, **more):
    given = {"office": Office.objects.get(pk="lc-dofa"), "since": dt.date(2025, 1, 1), "until": DAY}
    return Wanted(party=party, **{**given, **more})


def section(book, title):
    content = json.loads(book.content)
    return next(one for one in content["sections"] if one["title"] == title)


def words(book):
    return json.dumps(json.loads(book.content), ensure_ascii=False)


def test_a_book_holds_who_they_are_how_to_address_them_and_what_was_promised(officer, phongsaly):  # noqa: F811
    book = make_briefing(actor=officer, wanted=wanted(phongsaly, raise_too="- Mở lớp tiếng Việt\n\n"))
    leaders = section(book, "Lãnh đạo và cách xưng hô")["blocks"][0]["rows"]
    assert leaders[0][:2] == ["Tua-yang Ba\nຕົວຢ່າງ ສາມ", "Tỉnh trưởng\ntừ 01/03/2021"]
    assert leaders[0][2] == "Đồng chí tỉnh trưởng Tua-yang Ba\nສະຫາຍ ຕົວຢ່າງ ສາມ"
    raised = section(book, "Nội dung cần nêu")["blocks"]
    assert raised[1]["items"] == ["Mở lớp tiếng Việt"]
    assert {item for block in raised[2:] for item in block.get("items", ())} == {
        "Gửi sách giáo khoa (hạn 31/01/2026)",
        "Cử đoàn học tập (hạn 31/01/2026)",
    }
    assert "ຜົ້ງສາລີ" in words(book)


def test_a_book_says_how_many_promises_it_leaves_out(officer, phongsaly, monkeypatch):  # noqa: F811
    def blocks():
        book = make_briefing(actor=officer, wanted=wanted(phongsaly))
        return section(book, "Đã hứa, đã đề nghị")["blocks"]

    assert [one["kind"] for one in blocks()] == ["paragraph", "table", "table"]
    monkeypatch.setattr("bonphuong.reports.briefing.ground.MOST_PROMISES", 1)
    assert [one["kind"] for one in blocks()] == ["paragraph", "table", "paragraph"]
    assert blocks()[-1]["text"] == "Và 1 việc đã hứa nữa."


def test_the_same_book_gives_the_same_bytes_and_its_digest_is_that_of_its_content(officer, phongsaly):  # noqa: F811
    book = make_briefing(actor=officer, wanted=wanted(phongsaly))
    assert book.digest == hashlib.sha256(book.content.encode()).hexdigest()
    for make in (book_docx, book_pdf):
        one = make(json.loads(book.content))
        with clock.fixed(DAY + dt.timedelta(days=400)):
            assert make(json.loads(book.content)) == one
    assert book_docx(json.loads(book.content))[:2] == b"PK"
    assert io.BytesIO(book_pdf(json.loads(book.content))).read(5) == b"%PDF-"


def test_nobody_changes_a_book_not_even_in_the_database(officer, phongsaly):  # noqa: F811
    book = make_briefing(actor=officer, wanted=wanted(phongsaly))
    with pytest.raises(DatabaseError), transaction.atomic():
        BriefingBook.objects.filter(pk=book.pk).update(title="Khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        BriefingBook.objects.filter(pk=book.pk).delete()
    assert Action.objects.filter(verb="reports.briefing.make").count() == 1


def test_later_postings_change_nothing_in_its_figures(officer, phongsaly):  # noqa: F811
    first, later = (inbound(dt.date(2025, 11, day), 5, partner_code="la-phongsaly") for day in (3, 9))
    create(first, office_code="lc-dofa", actor=officer)
    with clock.fixed(DAY + dt.timedelta(days=1)):
        book = make_briefing(actor=officer, wanted=wanted(phongsaly))
    told = section(book, "Số liệu về quan hệ")["blocks"][0]["rows"]
    with clock.fixed(DAY + dt.timedelta(days=2)):
        create(later, office_code="lc-dofa", actor=officer)
    period = Period.between(book.since, book.until)

    def groups(as_of):
        [one] = relation_figures(["la-phongsaly"], "lai-chau", period, wanted=["inbound.groups"], as_of=as_of)
        return one.value

    with clock.fixed(DAY + dt.timedelta(days=3)):
        assert (groups(book.as_of), groups(None)) == (2, 3)
    assert ["Đoàn vào", "2 đoàn", "chưa nhập"] in told


def test_who_may_see_less_does_not_get_it(officer, phongsaly):  # noqa: F811
    book = make_briefing(actor=officer, wanted=wanted(phongsaly))
    clerk = User.objects.get(username="vanthu.yte")
    elsewhere = User.objects.get(username="canbo.laocai")
    leader = User.objects.get(username="lanhdao")
    assert [one.pk for one in briefings_of(leader, "la-phongsaly")] == [book.pk]
    assert briefings_of(clerk, "la-phongsaly") == briefings_of(elsewhere, "la-phongsaly") == []
    with pytest.raises(BriefingBook.DoesNotExist):
        visible_briefing(clerk, book.pk)


def test_a_book_with_the_notes_of_an_office_stays_in_it(officer, phongsaly):  # noqa: F811
    office = Office.objects.get(pk="lc-dofa")
    add_note(actor=officer, party=phongsaly, office=office, text="Khách dùng xôi")
    without = make_briefing(actor=officer, wanted=wanted(phongsaly))
    book = make_briefing(actor=officer, wanted=wanted(phongsaly, with_notes=True))
    assert "Khách dùng xôi" not in words(without)
    assert "Khách dùng xôi" in words(book)
    union = User.objects.get(username="canbo.hunghi")
    assert readable(union, [book]) == []
    assert readable(officer, [book]) == [book]


def test_one_makes_books_only_for_offices_for_which_one_drafts(officer, phongsaly):  # noqa: F811
    union = User.objects.get(username="canbo.hunghi")
    with pytest.raises(NotAllowed):
        make_briefing(actor=union, wanted=wanted(phongsaly))


def test_days_in_the_wrong_order_are_refused(officer, phongsaly):  # noqa: F811
    with pytest.raises(BadInput) as refused:
        make_briefing(actor=officer, wanted=wanted(phongsaly, since=DAY, until=dt.date(2025, 1, 1)))
    assert list(refused.value.errors) == ["until"]


def test_an_english_book_is_english(officer, phongsaly):  # noqa: F811
    book = make_briefing(actor=officer, wanted=wanted(phongsaly, language="en"))
    titles = [one["title"] for one in json.loads(book.content)["sections"]]
    assert titles[0] == "Who they are"
    assert "Briefing book: Phongsaly" in book.title


def test_a_partner_with_whom_nothing_was_done_has_a_book_too(officer):  # noqa: F811
    book = make_briefing(actor=officer, wanted=wanted(Party.objects.get(pk="unicef")))
    assert book_pdf(json.loads(book.content))[:5] == b"%PDF-"
