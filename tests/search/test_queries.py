"""One question put to everything: what is found, for whom, how many questions it costs the database."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import Office, User
from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from bonphuong.kernel.memo import remembering
from bonphuong.kernel.text import fold
from bonphuong.ledger.checks import check_ledger
from bonphuong.papers.services import PaperNote, change_paper, file_paper, note_papers, number_paper
from bonphuong.parties.models import Party
from bonphuong.parties.services import create_person, merge_parties
from bonphuong.reader.services import file_and_read
from bonphuong.records.enums import Visibility
from bonphuong.records.models import Record
from bonphuong.records.searching import search
from bonphuong.records.services import CommitmentDraft, add_commitment, attach_papers
from bonphuong.search.enums import Kind
from bonphuong.search.queries import COUNTED, find, glance
from bonphuong.search.sources import sources
from bonphuong.trail.acting import acting
from tests.factories.delegations import outbound
from tests.factories.parties import PartyFactory
from tests.factories.records import RecordFactory, RecordShareFactory

DAY = dt.date(2025, 12, 18)
EVERYBODY = (
    "canbo",
    "truongphong",
    "lanhdao",
    "kiemtra",
    "vanthu.yte",
    "quantri",
    "canbo.hunghi",
    "canbo.laocai",
)


@pytest.fixture(autouse=True)
def _day(loaded_province, db):
    with clock.fixed(DAY):
        yield


@pytest.fixture
def officer(db):
    return User.objects.get(username="canbo")


def kinds(found):
    return {group.family or group.kind: len(group.rows) for group in found.groups}


def titles(found, kind=Kind.RECORD):
    return [str(row) for group in found.groups if group.kind == kind for row in group.rows]


def header(title, **fields):
    return RecordFactory(title=title, fold=fold(title), **fields)


def note(reference, abstract="Cử đoàn thăm Điện Biên", office="lc-dofa"):
    return PaperNote(kind="decision", office_code=office, reference=reference, on=DAY, abstract=abstract)


def test_everything_that_holds_the_words_is_found_by_what_it_is(officer):
    trip = create(outbound(title="Đoàn thăm Điện Biên"), office_code="lc-dofa", actor=officer)
    note_papers([note("77/QĐ-UBND")], actor=officer)
    create_person(actor=officer, office=Office.objects.get(pk="lc-dofa"), full_name="Điện Biên Mẫu")
    said = CommitmentDraft(side="ours", text="Mời Điện Biên dự hội chợ", lead_office_code="lc-dofa")
    add_commitment(said, actor=officer)
    article = "Tỉnh Điện Biên ký thỏa thuận\nNgày 01/12/2025, tỉnh Điện Biên tiếp đoàn Lào.\n"
    file_and_read(note("", "Bài báo"), content=article.encode(), file_name="bai.txt", actor=officer)
    found = find(officer, "dien bien")
    assert kinds(found) == {
        "delegations": 1, Kind.PAPER: 1, Kind.PERSON: 1, Kind.COMMITMENT: 1, Kind.DOCUMENT: 1, Kind.PARTY: 1, Kind.UNIT: 2,
    }  # fmt: skip
    assert not found.is_more
    assert titles(glance(officer, "dien bien")) == [str(trip)]


def test_a_partner_is_found_by_all_its_names_and_so_is_what_was_written_of_it(officer):
    one = header("Đoàn đại biểu tỉnh Phông Sa Lỳ")
    other = header("Hỗ trợ Phongsaly")
    third = header("ແຂວງຜົ້ງສາລີ")
    header("Thăm Luông Pha Băng")
    for text in ("Phông Sa Lỳ", "phongsaly", "ຜົ້ງສາລີ", "Phong Saly", "丰沙里", "Phông-xa-lỳ"):
        found = find(officer, text)
        assert {row.pk for group in found.groups if group.kind == Kind.RECORD for row in group.rows} == {
            one.pk, other.pk, third.pk,
        }, text  # fmt: skip
        assert titles(found, Kind.PARTY) == ["Phông Sa Lỳ"], text
        assert set(search(officer, text)) == {one, other, third}


def test_lao_and_chinese_are_found_inside_names(officer):
    assert "Luông Pha Băng" in titles(find(officer, "ຫຼວງ"), Kind.PARTY)
    assert "Văn phòng Ngoại sự tỉnh Vân Nam" in titles(find(officer, "外事"), Kind.PARTY)


def test_a_unit_of_before_the_mergers_tells_who_took_over(officer):
    found = find(officer, "Mường Phăng")
    units = [row for group in found.groups if group.kind == Kind.UNIT for row in group.rows]
    old = next(unit for unit in units if unit.valid_to)
    assert [heir.to_unit.full_name for heir in old.heirs] == ["xã Mường Phăng"]
    assert find(officer, "mường").groups == ()


def test_a_party_entered_twice_is_found_once(officer):
    kept = Party.objects.get(pk="la-phongsaly")
    double = PartyFactory(code="la-thu", name_vi="Phông Sa Lỳ Thử", country=kept.country)
    assert "Phông Sa Lỳ Thử" in titles(find(officer, "phong sa ly thu"), Kind.PARTY)
    merge_parties(keep=kept, double=double, actor=officer, reason="thử")
    assert "Phông Sa Lỳ Thử" not in titles(find(officer, "phong sa ly thu"), Kind.PARTY)


def test_an_exact_number_is_told_from_a_part_of_it(officer):
    trip = create(outbound(), office_code="lc-dofa", actor=officer)
    [paper] = note_papers([note("1234/QĐ-UBND")], actor=officer)
    assert find(officer, trip.number).exact == trip
    assert find(officer, fold(trip.number)).exact == trip
    assert find(officer, trip.number[:-1]).exact is None
    assert find(officer, "1234/qđ-ubnd").exact == paper
    note_papers([note("1234/QĐ-UBND")], actor=officer)
    assert find(officer, "1234/QĐ-UBND").exact is None


def test_papers_are_found_by_what_is_noted_later_too(officer):
    paper = file_paper(
        note("", "Cử đoàn"), actor=officer, content=b"x", file_name="Tờ trình Mường Tè.txt"
    ).paper
    assert titles(find(officer, "muong te"), Kind.PAPER) != []
    number_paper(paper, actor=officer, reference="88/TTr-SNgV", on=DAY)
    change_paper(paper, actor=officer, abstract="Cử đoàn thăm Hủa Phăn", reason="sửa")
    assert find(officer, "88/TTr-SNgV").exact == paper
    assert titles(find(officer, "hua phan"), Kind.PAPER) != []
    assert titles(find(officer, "quyết định 88"), Kind.PAPER) != []
    assert titles(find(officer, "decision 88"), Kind.PAPER) != []


def test_few_hits_stand_by_how_well_they_fit_and_many_by_their_days(officer):
    header("Hội nghị về chè ở Thử Nghiệm", begins_on=dt.date(2025, 11, 1))
    best = header("Chè", begins_on=dt.date(2019, 1, 1))
    rows = find(officer, "chè").groups[0].rows
    assert rows[0] == best
    for number in range(40):
        header(f"Chè số {number}", begins_on=dt.date(2025, 1, 1) + dt.timedelta(days=number))
    group = find(officer, "chè").groups[0]
    assert [row.begins_on for row in group.rows] == sorted(
        (row.begins_on for row in group.rows), reverse=True
    )
    assert group.count == 42


def test_more_than_are_counted_are_told_family_by_family(officer):
    for number in range(COUNTED + 5):
        header(f"Chè số {number}", begins_on=DAY)
    header("Chè của bạn", family="letters", kind="incoming", number="X-1", begins_on=dt.date(2001, 1, 1))
    found = find(officer, "chè")
    assert [(group.family, group.count, group.is_more) for group in found.groups] == [
        ("delegations", COUNTED, True), ("letters", 1, False),
    ]  # fmt: skip


def test_what_one_may_not_see_is_neither_shown_nor_counted(officer):
    header("Chuyến bí ẩn của Mẫu", visibility=Visibility.PERSONAL, office_code="lc-dofa")
    header("Việc bí ẩn hạn chế", visibility=Visibility.RESTRICTED, office_code="lc-dofa")
    header("Việc bí ẩn chung", visibility=Visibility.BOOK, office_code="lc-dofa")
    header("Việc bí ẩn của sở", visibility=Visibility.OFFICE, office_code="lc-dofa")
    shared = header("Việc bí ẩn được chia sẻ", visibility=Visibility.OFFICE, office_code="lc-dofa")
    RecordShareFactory(record=shared, office_code="lc-health")
    for name in EVERYBODY:
        user = User.objects.get(username=name)
        allowed = set(
            Record.objects.visible_to(user).filter(fold__contains="bi an").values_list("pk", flat=True)
        )
        for found in (find(user, "bí ẩn"), glance(user, "bí ẩn")):
            records = [group for group in found.groups if group.kind == Kind.RECORD]
            assert {row.pk for group in records for row in group.rows} == allowed, name
            assert sum(group.count for group in records) == len(allowed), name
        assert set(search(user, "bí ẩn").values_list("pk", flat=True)) == allowed, name


def test_a_share_reaches_another_province(officer):
    elsewhere = User.objects.get(username="canbo.laocai")
    one = header("Việc liên tỉnh")
    [paper] = note_papers([note("5/QĐ-UBND", "Việc liên tỉnh")], actor=officer)
    attach_papers(one, [paper.pk], actor=officer)
    assert not find(elsewhere, "lien tinh").groups
    RecordShareFactory(record=one, office_code=min(elsewhere.access().codes_for(Permission.RECORD_VIEW)))
    found = find(elsewhere, "lien tinh")
    assert kinds(found) == {"delegations": 1, Kind.PAPER: 1}
    assert list(search(elsewhere, "lien tinh")) == [one]


def test_a_stranger_finds_nothing(officer):
    create(outbound(), office_code="lc-dofa", actor=officer)
    assert not search(AnonymousUser(), "doan").exists()
    for source in sources():
        if source.kind != Kind.UNIT:
            assert source.find(AnonymousUser(), find(officer, "doan").wanted, 5) == []


def test_a_search_costs_a_bounded_number_of_questions(officer):
    def cost(text):
        with CaptureQueriesContext(connection) as asked, remembering():
            find(officer, text)
        return len(asked)

    header("Chè một")
    few = cost("chè")
    for number in range(COUNTED + 5):
        header(f"Chè số {number}")
    assert cost("chè") <= few + 1 <= 16
    with CaptureQueriesContext(connection) as asked, remembering():
        glance(officer, "chè")
    assert len(asked) <= 16


def test_no_words_ask_nothing(officer):
    with CaptureQueriesContext(connection) as asked:
        for text in ("", "  ", '"*', "\0"):
            assert find(officer, text).groups == glance(officer, text).groups == ()
    assert not asked.captured_queries


def test_the_check_looks_at_the_indexes(officer):
    assert [problem for problem in check_ledger() if problem.code == "index"] == []
    if connection.vendor == "postgresql":
        return
    with acting(actor=None, verb="system.test"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_parties_party_places WHERE row_key = 'la-phongsaly'")
    assert [problem.place for problem in check_ledger() if problem.code == "index"] == [
        "search_parties_party_places"
    ]


def test_an_office_that_came_from_another_book_finds_what_it_left_there(officer):
    left = header("Việc cũ dưới tỉnh khác", office_code="lc-dofa", book="tinh-cu")
    user = User.objects.get(pk=officer.pk)
    assert titles(find(user, "viec cu")) == [str(left)]
    assert list(search(user, "viec cu")) == [left]
    for number in range(COUNTED + 1):
        header(f"Việc cũ {number}")
    assert find(user, "viec cu").groups[0].is_more
