"""Days of records in a person's calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from bonphuong.records import registry, services
from bonphuong.records.agenda import entries_between, entries_of, feasts_between
from bonphuong.records.entries import Wanted
from bonphuong.records.enums import CalendarSort, TieKind, Visibility
from bonphuong.records.models import Record
from bonphuong.records.registry import BEGINS, ENDS, Calendar, Mark
from bonphuong.records.services import CommitmentDraft
from bonphuong.reference.models import Feast
from bonphuong.reference.services import load_reference
from tests.records.conftest import TRIAL

MAY_1, MAY_31 = dt.date(2026, 5, 1), dt.date(2026, 5, 31)


@pytest.fixture
def marked(trial):
    """Gives the trial family days of its own in calendars."""

    def say(*marks):
        family = registry.Family(**{**vars(TRIAL), "calendar": Calendar(marks)})
        # Taken away by `trial` at its end: what is put back later than that would outlive the test.
        registry._FAMILIES["trial"] = family

    return say


def make(people, draft, **fields):
    return services.create_header(draft(**fields), actor=people.officer)


def told(person, since=MAY_1, until=MAY_31, wanted=None):
    return [
        (entry.title, entry.since, entry.until)
        for entry in entries_between(person, since, until, wanted)
        if entry.head is not None
    ]


def test_a_family_that_says_nothing_is_there_with_its_first_days(lai_chau, draft):
    record = make(lai_chau, draft)
    assert told(lai_chau.officer) == [(record.title, dt.date(2026, 5, 11), dt.date(2026, 5, 11))]


def test_what_takes_days_is_found_from_every_one_of_them(lai_chau, draft, marked):
    marked(Mark(CalendarSort.OUT))
    make(lai_chau, draft, begins_on=dt.date(2026, 4, 29), ends_on=dt.date(2026, 5, 2))
    whole = [("Thăm và làm việc tại tỉnh Phongsaly", dt.date(2026, 4, 29), dt.date(2026, 5, 2))]
    assert told(lai_chau.officer) == whole
    assert told(lai_chau.officer, dt.date(2026, 4, 1), dt.date(2026, 4, 30)) == whole
    assert told(lai_chau.officer, dt.date(2026, 5, 3), MAY_31) == []
    assert told(lai_chau.officer, dt.date(2026, 4, 1), dt.date(2026, 4, 28)) == []


def test_what_began_years_ago_is_there_on_the_day_it_ends(lai_chau, draft, marked):
    marked(Mark(CalendarSort.EVENT, BEGINS, "ký"), Mark(CalendarSort.ENDS, ENDS, "hết hạn"))
    make(lai_chau, draft, begins_on=dt.date(2021, 5, 20), ends_on=dt.date(2026, 5, 20))
    [entry] = [e for e in entries_between(lai_chau.officer, MAY_1, MAY_31) if e.head]
    assert (entry.sort, entry.since, entry.note) == (CalendarSort.ENDS, dt.date(2026, 5, 20), "hết hạn")


def test_only_the_kinds_of_a_mark_are_there(lai_chau, draft, marked):
    marked(Mark(CalendarSort.OUT, kinds=("out",)))
    make(lai_chau, draft)
    make(lai_chau, draft, kind="in")
    assert len(told(lai_chau.officer)) == 1


def test_nobody_sees_in_a_calendar_what_they_may_not_see(lai_chau, draft, marked):
    marked(Mark(CalendarSort.OUT))
    open_one = make(lai_chau, draft)
    personal = make(lai_chau, draft, visibility=Visibility.PERSONAL, title="Thăm thân")
    restricted = make(lai_chau, draft, visibility=Visibility.RESTRICTED, title="Việc kín")
    assert {title for title, *_ in told(lai_chau.officer)} == {
        open_one.title,
        personal.number,
        restricted.number,
    }
    assert {title for title, *_ in told(lai_chau.clerk)} == {open_one.title}
    assert told(lai_chau.stranger) == []
    outside = Wanted(masked=False)
    assert {title for title, *_ in told(lai_chau.officer, wanted=outside)} == {open_one.title}


def test_filters_narrow(lai_chau, draft, marked):
    marked(Mark(CalendarSort.OUT))
    make(lai_chau, draft)
    assert told(lai_chau.officer, wanted=Wanted(sorts=frozenset([CalendarSort.IN]))) == []
    assert told(lai_chau.officer, wanted=Wanted(offices=frozenset(["lc-dofa"]))) == []
    assert len(told(lai_chau.officer, wanted=Wanted(offices=frozenset(["lc-health"])))) == 1
    assert len(told(lai_chau.officer, wanted=Wanted(tie=(TieKind.COUNTRY, "LA")))) == 1
    assert len(told(lai_chau.officer, wanted=Wanted(tie=(TieKind.PARTY, "la-phongsaly")))) == 1
    assert told(lai_chau.officer, wanted=Wanted(tie=(TieKind.PARTY, "cn-honghe"))) == []


def test_promises_are_there_until_they_are_kept(lai_chau):
    said = CommitmentDraft("Gửi danh sách", "lc-health", due_on=dt.date(2026, 5, 10))
    promise = services.add_commitment(said, actor=lai_chau.clerk)
    [entry] = [e for e in entries_between(lai_chau.clerk, MAY_1, MAY_31) if e.sort == CalendarSort.PROMISE]
    assert (entry.title, entry.since, entry.key) == (
        "Gửi danh sách",
        dt.date(2026, 5, 10),
        f"{promise.pk}.promise",
    )
    assert not [
        e for e in entries_between(lai_chau.stranger, MAY_1, MAY_31) if e.sort == CalendarSort.PROMISE
    ]


def test_one_record_tells_its_own_days(lai_chau, draft, marked):
    marked(Mark(CalendarSort.OUT), Mark(CalendarSort.ENDS, ENDS, "hết"))
    record = make(lai_chau, draft)
    found = {entry.key: entry.since for entry in entries_of(record)}
    assert found[f"{record.pk}.span"] == dt.date(2026, 5, 11)
    assert found[f"{record.pk}.ends"] == dt.date(2026, 5, 15)


def test_a_month_costs_the_same_for_one_and_three(
    lai_chau, draft, marked, django_assert_max_num_queries, django_assert_num_queries
):
    marked(Mark(CalendarSort.OUT), Mark(CalendarSort.ENDS, ENDS))
    make(lai_chau, draft)
    entries_between(lai_chau.officer, MAY_1, MAY_31, ties=True)
    with django_assert_max_num_queries(22) as counted:
        entries_between(lai_chau.officer, MAY_1, MAY_31, ties=True)
    for _n in range(2):
        make(lai_chau, draft)
    with django_assert_num_queries(len(counted)):
        assert len([e for e in entries_between(lai_chau.officer, MAY_1, MAY_31, ties=True) if e.head]) == 6


def test_an_index_finds_the_days(lai_chau):
    """On PostgreSQL any index is as good as another for a table without rows: there only that one is used."""
    days = {"begins_on__range": (MAY_1, MAY_31), "ends_on__gte": MAY_1}
    plan = _plan(Record.objects.filter(book__in=["lai-chau"], **days))
    assert "record_days" in plan or connection.vendor == "postgresql"
    ending = _plan(Record.objects.filter(book__in=["lai-chau"], ends_on__range=(MAY_1, MAY_31)))
    assert "record_ends" in ending or connection.vendor == "postgresql"
    assert "Seq Scan" not in plan + ending


def _plan(rows):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.order_by().explain()


@pytest.fixture
def feasts(db):
    load_reference()


@pytest.mark.parametrize(
    ("code", "since", "until"),
    [
        ("vn-tet.2026", dt.date(2026, 2, 17), dt.date(2026, 2, 19)),
        ("vn-tet.2027", dt.date(2027, 2, 6), dt.date(2027, 2, 8)),
        ("vn-tet.2030", dt.date(2030, 2, 2), dt.date(2030, 2, 4)),
        ("cn-spring-festival.2030", dt.date(2030, 2, 3), dt.date(2030, 2, 5)),
        ("vn-hung-kings.2026", dt.date(2026, 4, 26), dt.date(2026, 4, 26)),
        ("la-new-year.2026", dt.date(2026, 4, 14), dt.date(2026, 4, 16)),
        ("cn-mid-autumn.2028", dt.date(2028, 10, 3), dt.date(2028, 10, 3)),
    ],
)
def test_feasts_fall_on_known_days(feasts, code, since, until):
    found = {
        entry.key: entry for entry in feasts_between(dt.date(since.year, 1, 1), dt.date(since.year, 12, 31))
    }
    assert (found[code].since, found[code].until) == (since, until)


def test_a_feast_of_several_days_is_there_on_its_last(feasts):
    assert "la-new-year.2026" in [e.key for e in feasts_between(dt.date(2026, 4, 16), dt.date(2026, 4, 16))]
    assert Feast.objects.filter(pk="la-new-year").exists()


@pytest.mark.parametrize("family", registry.families(), ids=lambda family: family.code)
def test_every_mark_names_a_day_that_there_is(family):
    dates = {
        field.name
        for field in family.get_model()._meta.concrete_fields
        if field.get_internal_type() == "DateField"
    }
    kinds = {kind.code for kind in family.kinds}
    for mark in family.calendar.marks:
        assert not mark.is_own or mark.day in dates
        assert not mark.is_own or any(
            index.fields[0] == mark.day for index in family.get_model()._meta.indexes
        )
        assert set(mark.unless) <= dates
        assert set(mark.kinds) <= kinds
    timetable = family.calendar.timetable
    if timetable is not None:
        line = family.get_model()._meta.get_field(timetable.lines).related_model
        names = {field.name for field in line._meta.concrete_fields}
        given = {timetable.on, timetable.what, timetable.begins, timetable.ends, timetable.where} - {""}
        assert given <= names
