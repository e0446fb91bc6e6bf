from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from bonphuong.accounts.enums import Role
from bonphuong.kernel.memo import remembering
from bonphuong.ledger.facts import FactDraft
from bonphuong.papers.enums import PaperKind
from bonphuong.procedures.enums import Standing
from bonphuong.procedures.services import Passage
from bonphuong.records import queries, registry, services
from bonphuong.records.enums import CommitmentSide, TieKind, Visibility
from bonphuong.records.models import Commitment, Record
from bonphuong.records.services import CommitmentDraft
from tests.factories.accounts import AssignmentFactory, DepartmentFactory, officer_of
from tests.factories.papers import PaperFactory
from tests.factories.records import CommitmentFactory, RecordFactory
from tests.records.conftest import TRIAL

APRIL_20 = dt.date(2026, 4, 20)
PEOPLE = ("clerk", "officer", "head", "leader", "stranger")


def make(people, draft, **fields):
    return services.create_header(draft(**fields), actor=people.officer)


def decided(state, on=APRIL_20, **dates):
    decision = PaperFactory(office_code="lc-health", kind=PaperKind.DECISION)
    return Passage(state, on=on, dates=dates, paper_uids=[decision.pk])


def who_sees(people, record):
    return [name for name in PEOPLE if Record.objects.visible_to(getattr(people, name)).filter(pk=record.pk)]


def test_a_record_is_seen_by_its_office_its_focal_agency_and_those_above(lai_chau, draft):
    assert who_sees(lai_chau, make(lai_chau, draft)) == ["clerk", "officer", "head", "leader"]
    assert who_sees(lai_chau, make(lai_chau, draft, office_code="lc-dofa")) == ["officer", "head", "leader"]
    assert not Record.objects.visible_to(AnonymousUser()).exists()


def test_a_record_may_be_shared_with_another_office_or_with_the_book(lai_chau, draft):
    shared = make(lai_chau, draft, office_code="lc-dofa", shared_with=["lc-health"])
    everybody = make(lai_chau, draft, office_code="lc-dofa", visibility=Visibility.BOOK)
    assert (
        who_sees(lai_chau, shared) == who_sees(lai_chau, everybody) == ["clerk", "officer", "head", "leader"]
    )


def test_personal_and_restricted_records_are_for_few(lai_chau, draft):
    personal = make(lai_chau, draft, visibility=Visibility.PERSONAL)
    restricted = make(lai_chau, draft, visibility=Visibility.RESTRICTED, shared_with=["lc-health"])
    assert who_sees(lai_chau, personal) == ["officer", "head", "leader"]
    assert who_sees(lai_chau, restricted) == ["officer", "head"]


def test_somebody_without_the_right_to_see_records_sees_none(lai_chau, draft):
    make(lai_chau, draft, visibility=Visibility.BOOK)
    admin = officer_of(lai_chau.root, Role.ADMIN)
    assert not Record.objects.visible_to(admin).exists()


def test_a_book_is_seen_through_a_role_that_sees_records_in_it(lai_chau, draft):
    # A clerk here who administers users there sees nothing there.
    there = services.create_header(
        draft(office_code="dien-bien", visibility=Visibility.BOOK), actor=lai_chau.stranger
    )
    AssignmentFactory(user=lai_chau.clerk, office_id="dien-bien", role=Role.ADMIN)
    clerk = type(lai_chau.clerk).objects.get(pk=lai_chau.clerk.pk)
    assert not Record.objects.visible_to(clerk).filter(pk=there.pk).exists()


def test_masked_records_are_told_by_their_number_alone(lai_chau, draft):
    for visibility in (Visibility.PERSONAL, Visibility.RESTRICTED):
        record = make(lai_chau, draft, visibility=visibility)
        assert str(record) == record.number


def test_a_stranger_gets_the_same_answer_as_for_nothing(lai_chau, draft):
    record = make(lai_chau, draft)
    assert queries.visible_record(lai_chau.clerk, record.pk) == record
    with pytest.raises(Record.DoesNotExist):
        queries.visible_record(lai_chau.stranger, record.pk)


def test_what_is_due_comes_in_order_with_its_rule(lai_chau, draft):
    late = make(
        lai_chau, draft, passage=decided("returned", on=dt.date(2026, 3, 3), returned=dt.date(2026, 4, 10))
    )
    soon = make(lai_chau, draft, passage=decided("returned", returned=APRIL_20))
    make(lai_chau, draft, passage=decided("approved"), begins_on=dt.date(2026, 6, 1), ends_on=None)
    promise = services.add_commitment(
        CommitmentDraft("Gửi danh sách", "lc-health", due_on=dt.date(2026, 5, 10)), actor=lai_chau.clerk
    )
    CommitmentFactory(due_on=None)
    found = queries.due_list(lai_chau.officer)
    assert [(item.record or item.commitment, item.days_left, item.standing) for item in found] == [
        (late, -5, Standing.LATE),
        (soon, 5, Standing.SOON),
        (promise, 10, Standing.OK),
    ]
    assert [item.rule.code for item in found[:2]] == ["trip_report", "trip_report"]
    assert queries.due_list(lai_chau.stranger) == []


def test_the_list_of_what_is_due_costs_the_same_for_one_and_three(lai_chau, draft, django_assert_num_queries):
    def add(count):
        for _n in range(count):
            make(lai_chau, draft, passage=decided("returned"))

    add(1)
    with remembering(), django_assert_num_queries(4):
        assert len(queries.due_list(lai_chau.officer)) == 1
    add(2)
    with remembering(), django_assert_num_queries(4):
        assert len(queries.due_list(lai_chau.officer)) == 3


def test_records_wait_for_whoever_takes_the_next_step(lai_chau, draft):
    record = make(lai_chau, draft)
    assert list(queries.waiting_for(lai_chau.clerk)) == [record]
    services.advance(record, "submit", on=APRIL_20, expected_version=1, actor=lai_chau.clerk)
    assert list(queries.waiting_for(lai_chau.clerk)) == []
    assert list(queries.waiting_for(lai_chau.officer)) == [record]


def test_the_calendar_takes_what_runs_within_the_days(lai_chau, draft):
    trip = make(lai_chau, draft)
    day = make(lai_chau, draft, begins_on=dt.date(2026, 5, 16), ends_on=None)

    def titles(since, until):
        return list(queries.between(lai_chau.officer, since, until))

    assert titles(dt.date(2026, 5, 15), dt.date(2026, 5, 16)) == [trip, day]
    assert titles(dt.date(2026, 5, 1), dt.date(2026, 5, 11)) == [trip]
    assert titles(dt.date(2026, 5, 17), dt.date(2026, 5, 30)) == []


def test_search_needs_no_marks(lai_chau, draft):
    first = make(lai_chau, draft, title="Đón đoàn Văn phòng Ngoại vụ Hồng Hà", words="红河州外事办公室")
    make(lai_chau, draft)

    def found(text):
        return list(queries.search(lai_chau.officer, text))

    assert found("don doan hong ha") == found("ĐOÀN Hồng") == found("外事") == [first]
    assert found("thu-2026-001") == found("thu 001") == [first]
    assert found("hong phongsaly") == found("") == found("  ") == []
    assert len(found("tan thi")) == 2
    assert list(queries.search(lai_chau.stranger, "hong")) == []


def test_a_partners_timeline_holds_records_and_promises(lai_chau, draft):
    trip = make(lai_chau, draft)
    undated = make(lai_chau, draft, begins_on=None, ends_on=None)
    said = CommitmentFactory(record=trip, party_code="la-phongsaly", made_on=dt.date(2026, 5, 12))
    elsewhere = CommitmentFactory(party_code="cn-honghe")

    def items(**where):
        found = queries.timeline(lai_chau.officer, **where)
        return [item.record or item.commitment for item in found]

    assert items(party="la-phongsaly") == items(country="LA") == [said, trip]
    assert items(party="la-phongsaly", since=dt.date(2026, 5, 12)) == [said]
    assert items(party="cn-honghe") == [elsewhere]
    assert items(country="TH") == []
    assert set(queries.tied_to(lai_chau.officer, TieKind.COUNTRY, "LA")) == {trip, undated}
    assert queries.timeline(lai_chau.stranger, party="la-phongsaly") == []


def test_commitments_are_seen_by_their_lead_and_with_their_record(lai_chau, draft):
    record = make(lai_chau, draft)
    of_record = CommitmentFactory(record=record, lead_office_code="lc-dofa", side=CommitmentSide.THEIRS)
    alone = CommitmentFactory(lead_office_code="lc-dofa", due_on=dt.date(2026, 6, 1))
    assert list(Commitment.objects.visible_to(lai_chau.clerk)) == [of_record]
    assert set(Commitment.objects.visible_to(lai_chau.officer)) == {of_record, alone}
    assert not Commitment.objects.visible_to(lai_chau.stranger).exists()
    assert not Commitment.objects.visible_to(AnonymousUser()).exists()


def trial_facts(row):
    return [FactDraft(measure="outbound.groups", on=APRIL_20, value=1, office=row.record.office_code)]


def trial_rows():
    rows = [SimpleNamespace(record=record) for record in Record.objects.filter(family="trial")]
    return SimpleNamespace(iterator=lambda _size: iter(rows))


@pytest.mark.django_db
def test_what_records_stand_for_is_read_family_by_family():
    here = "tests.records.test_queries"
    counting = registry.Family(
        **{**vars(TRIAL), "facts": f"{here}.trial_facts", "facts_rows": f"{here}.trial_rows"}
    )
    registry.register(counting)
    try:
        record = RecordFactory(family="trial", version=3)
        found = list(queries.standings("trial"))
        assert [(s.source_uid, s.family, s.book, s.version) for s in found] == [
            (record.pk, "trial", "lai-chau", 3)
        ]
        assert [fact.measure for fact in found[0].facts] == ["outbound.groups"]
        assert found[0] in list(queries.standings())
    finally:
        del registry._FAMILIES["trial"]


def test_a_family_that_counts_nothing_stands_for_nothing(lai_chau, draft):
    make(lai_chau, draft)
    assert list(queries.standings("trial")) == []


def test_an_office_below_sees_with_those_above_it(lai_chau, draft):
    DepartmentFactory(code="lc-hospital", belongs_to=lai_chau.health)
    record = services.create_header(draft(office_code="lc-hospital"), actor=lai_chau.officer)
    lai_chau.clerk.forget_access()
    assert who_sees(lai_chau, record) == ["clerk", "officer", "head", "leader"]
