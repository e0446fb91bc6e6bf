from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.facts import Standing
from bonphuong.ledger.models import BookHead, Fact, LateEntry, Posting, Statement
from bonphuong.ledger.queries import (
    Where,
    closed_periods,
    coverage_at,
    is_covered,
    moment_of,
    seq_as_of,
    sources_behind,
    split_sum,
    statements_at,
    sum_facts,
)
from bonphuong.ledger.services import (
    LateReasonNeeded,
    close_period,
    declare_coverage,
    post_statement,
    reopen_period,
    settle,
    withdraw_statement,
)
from bonphuong.trail.acting import acting
from tests.factories.accounts import OfficeFactory
from tests.factories.ledger import BOOK, draft, post, post_many

pytestmark = [pytest.mark.django_db, pytest.mark.each_case]
YEAR = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))


def groups(seq: int | None = None, since=YEAR[0], until=YEAR[1], measure="outbound.groups", **more) -> int:
    return sum_facts([Where(((BOOK, seq),), measure, until, since, **more)])[0].value


def test_settle_posts_only_the_difference():
    uid = post(draft(), draft("outbound.person_visits", value=12))
    post(draft(), draft("outbound.person_visits", value=12), uid=uid, version=2)
    post(draft(), draft("outbound.person_visits", value=11), uid=uid, version=3)

    assert Posting.objects.count() == 2
    assert [(f.measure, f.value) for f in Fact.objects.filter(seq=2)] == [
        ("outbound.person_visits", -12),
        ("outbound.person_visits", 11),
    ] or groups(measure="outbound.person_visits") == 11
    assert groups(measure="outbound.person_visits") == 11


def test_settle_a_cancelled_record_comes_to_nothing():
    uid = post(draft())
    post(uid=uid, version=2)

    assert groups() == 0
    assert sources_behind(Where(((BOOK, None),), "outbound.groups", YEAR[1])) == {}
    assert Fact.objects.count() == 2


def test_settle_refuses_the_future():
    with clock.fixed(dt.date(2025, 5, 7)), pytest.raises(BadInput):
        post(draft(on=dt.date(2025, 5, 8)))
    assert Posting.objects.count() == 0


def test_settle_outside_an_action_is_refused():
    with transaction.atomic(), pytest.raises(RuntimeError):
        settle(standings=[Standing(uuid.uuid4(), "tests", BOOK, 1, [draft()])])


def test_one_posting_for_each_book_and_transaction():
    standings = [
        Standing(uuid.uuid4(), "tests", book, 1, [draft(office=book)])
        for book in ("lao-cai", BOOK, "lao-cai")
    ]
    post_many(standings)

    assert sorted(Posting.objects.values_list("book", "seq", "n_facts")) == [(BOOK, 1, 1), ("lao-cai", 1, 2)]


def test_posted_at_strictly_rises_even_when_the_clock_stands_still():
    with clock.fixed(dt.date(2025, 6, 1)):
        for _ in range(3):
            post(draft())
    moments = list(Posting.objects.order_by("seq").values_list("posted_at", flat=True))
    assert moments == [moments[0], moments[0] + 1, moments[0] + 2]


def test_as_of_shows_what_stood_then():
    with clock.fixed(dt.date(2025, 10, 9)):
        uid = post(draft("outbound.person_visits", value=12))
    with clock.fixed(dt.date(2025, 10, 10)):
        post(draft("outbound.person_visits", value=11), uid=uid, version=2)

    end_of_the_ninth = dt.datetime(2025, 10, 9, 16, tzinfo=dt.UTC)
    assert groups(seq_as_of(BOOK, end_of_the_ninth), measure="outbound.person_visits") == 12
    assert groups(measure="outbound.person_visits") == 11
    assert groups(seq_as_of(BOOK, clock.now()), measure="outbound.person_visits") == 11
    assert seq_as_of(BOOK, dt.datetime(2020, 1, 1, tzinfo=dt.UTC)) == 0
    assert seq_as_of("no-such-book", clock.now()) == 0


def test_moment_of_gives_back_the_microsecond():
    with clock.fixed(dt.datetime(2025, 6, 1, 2, 3, 4, 567891, tzinfo=dt.UTC)):
        post(draft())
    assert moment_of(Posting.objects.get().posted_at) == dt.datetime(
        2025, 6, 1, 2, 3, 4, 567891, tzinfo=dt.UTC
    )


def test_level_is_the_sum_up_to_the_day():
    # C17: a student counted from 1 September 2023 leaves on 31 May 2025
    post(
        draft("students.present", on=dt.date(2023, 9, 1)),
        draft("students.present", on=dt.date(2025, 5, 31), value=-1),
        draft("students.new", on=dt.date(2023, 9, 1)),
    )
    assert groups(measure="students.present", since=None, until=dt.date(2024, 12, 31)) == 1
    assert groups(measure="students.present", since=None, until=dt.date(2025, 6, 1)) == 0
    assert groups(measure="students.new", since=dt.date(2023, 1, 1), until=dt.date(2023, 12, 31)) == 1


def test_many_sums_take_one_statement(django_assert_num_queries):
    post(draft(country="LA"), draft("outbound.person_visits", value=9, country="LA"))
    post(draft(country="CN", on=dt.date(2025, 7, 1)))
    wheres = [
        Where(((BOOK, None),), "outbound.groups", YEAR[1], YEAR[0]),
        Where(((BOOK, None),), "outbound.groups", YEAR[1], YEAR[0], dimensions=(("country", ("LA",)),)),
        Where(((BOOK, None),), "outbound.groups", YEAR[1], YEAR[0], offices=("lc-health",)),
        Where((), "outbound.groups", YEAR[1], YEAR[0]),
        Where(((BOOK, None),), "outbound.person_visits", dt.date(2025, 6, 30), YEAR[0]),
    ]
    with django_assert_num_queries(1):
        assert [found.value for found in sum_facts(wheres)] == [2, 1, 0, 0, 9]


def test_split_by_country_adds_up():
    post(draft(country="LA"))
    post(draft(country="LA"))
    post(draft(country="CN"))
    where = Where(((BOOK, None),), "outbound.groups", YEAR[1], YEAR[0])
    parts = split_sum(where, "country")
    assert {code: part.value for code, part in parts.items()} == {"CN": 1, "LA": 2}
    assert sum(part.value for part in parts.values()) == sum_facts([where])[0].value
    with pytest.raises(ValueError, match="unknown dimension"):
        split_sum(where, "value; DROP TABLE")


def test_statements_answer_and_are_replaced_never_summed():
    with acting(actor=None, verb="system.test"):
        first = post_statement(
            book=BOOK, office=BOOK, measure="outbound.groups", since=dt.date(2019, 1, 1),
            until=dt.date(2019, 12, 31), value=42, kind="stated", dimensions={"country": "LA", "field": ""},
        )  # fmt: skip
        second = post_statement(
            book=BOOK, office=BOOK, measure="outbound.groups", since=dt.date(2019, 1, 1),
            until=dt.date(2019, 12, 31), value=43, kind="stated", replaces=first.uid,
        )  # fmt: skip
    assert [s.value for s in statements_at({BOOK: None}, ["outbound.groups"])] == [43]
    assert [s.value for s in statements_at({BOOK: 1}, ["outbound.groups"])] == [42]
    assert first.dimensions == '{"country":"LA"}'
    with acting(actor=None, verb="system.test"):
        withdraw_statement(statement=second)
    assert statements_at({BOOK: None}, ["outbound.groups"]) == []
    assert Statement.objects.count() == 3
    assert check_ledger() == []


def test_statement_needs_its_exact_period():
    with acting(actor=None, verb="system.test"), pytest.raises(BadInput):
        post_statement(
            book=BOOK, office=BOOK, measure="outbound.groups", since=None, until=None, value=42, kind="stated"
        )


@pytest.mark.parametrize(
    ("declared", "covered"),
    [
        ([("01-01", "12-31", True)], True),
        ([("01-01", "06-30", True), ("07-01", "12-31", True)], True),
        ([("01-01", "06-30", True), ("07-02", "12-31", True)], False),
        ([("01-01", "12-31", True), ("03-01", "03-31", False)], False),
        ([("03-01", "03-31", False), ("01-01", "12-31", True)], True),
        ([], False),
    ],
)
def test_coverage_leaves_no_day_open(declared, covered):
    with acting(actor=None, verb="system.test"):
        for since, until, complete in declared:
            declare_coverage(
                book=BOOK, office=BOOK, measures=["outbound.groups"], since=dt.date.fromisoformat(f"2025-{since}"),
                until=dt.date.fromisoformat(f"2025-{until}"), complete=complete,
            )  # fmt: skip
    rows = coverage_at({BOOK: None}, ["outbound.groups"], since=dt.date.min, until=dt.date.max)
    assert is_covered(rows, since=YEAR[0], until=YEAR[1]) is covered


def test_late_entry_needs_a_reason_and_is_tagged():
    # C15, the ledger's part
    may = (dt.date(2025, 4, 15), dt.date(2025, 5, 14))
    with clock.fixed(dt.date(2025, 5, 20)), acting(actor=None, verb="system.test"):
        closing = close_period(
            book=BOOK, office=BOOK, report="monthly", period="2025-05", since=may[0], until=may[1]
        )
    trip = (draft(on=dt.date(2025, 5, 8)), draft("outbound.person_visits", on=dt.date(2025, 5, 8), value=7))
    with clock.fixed(dt.date(2025, 6, 2)):
        with pytest.raises(LateReasonNeeded) as refused:
            post(*trip)
        assert [c.pk for c in refused.value.closings] == [closing.pk]
        assert "tháng 5 năm 2025" in refused.value.message
        post(*trip, late_reason="The unit reported late.")
    assert groups(since=may[0], until=may[1]) == 1
    assert groups(closing.seq, since=may[0], until=may[1]) == 0
    assert [(e.fact.measure, e.reason) for e in LateEntry.objects.order_by("fact__line")] == [
        ("outbound.groups", "The unit reported late."),
        ("outbound.person_visits", "The unit reported late."),
    ]


def test_reopened_period_takes_entries_without_a_reason():
    with acting(actor=None, verb="system.test"):
        closing = close_period(
            book=BOOK, office=BOOK, report="monthly", period="2025-05", since=YEAR[0], until=YEAR[1]
        )
        with pytest.raises(BadInput):
            reopen_period(closing=closing, reason=" ")
        reopen_period(closing=closing, reason="Wrong month.")
    assert closed_periods(BOOK) == []
    post(draft())
    assert groups() == 1


@pytest.mark.parametrize("table", ["ledger_posting", "ledger_fact", "ledger_statement", "ledger_closing"])
def test_the_database_refuses_to_change_the_past(table):
    post(draft())
    with acting(actor=None, verb="system.test"):
        post_statement(
            book=BOOK,
            office=BOOK,
            measure="border.length",
            since=None,
            until=None,
            value=265165,
            kind="stated",
        )
        close_period(book=BOOK, office=BOOK, report="monthly", period="2024", since=YEAR[0], until=YEAR[0])
    statements = [f"UPDATE {table} SET seq = seq + 1", f"DELETE FROM {table}"]
    if connection.vendor == "sqlite":
        statements += [
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
            f"UPDATE OR REPLACE {table} SET seq = 9",
        ]
    else:
        statements += [f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE"]
    for statement in statements:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert check_ledger() == []


def test_the_head_of_a_book_is_never_removed():
    post(draft())
    with pytest.raises(IntegrityError), transaction.atomic():
        BookHead.objects.all().delete()


def state(**more) -> Statement:
    parts = {"office": BOOK, "measure": "outbound.groups", "value": 42, **more}
    since, until = dt.date(2019, 1, 1), dt.date(2019, 12, 31)
    with acting(actor=None, verb="system.test"):
        return post_statement(book=BOOK, since=since, until=until, kind="stated", **parts)


@pytest.mark.parametrize("other", [{"office": "lc-union"}, {"measure": "inbound.groups"}])
def test_a_statement_replaces_only_its_own_kind(other):
    # Whoever may state for one office must not make another's figure vanish.
    first = state()
    with pytest.raises(BadInput):
        state(replaces=first.uid, **other)
    assert [s.value for s in statements_at({BOOK: None}, ["outbound.groups"])] == [42]


def test_a_statement_is_replaced_or_taken_back_once():
    first = state()
    second = state(value=43, replaces=first.uid)
    with pytest.raises(Conflict):
        state(value=44, replaces=first.uid)
    with pytest.raises(Conflict), acting(actor=None, verb="system.test"):
        withdraw_statement(statement=first)
    with acting(actor=None, verb="system.test"):
        withdraw_statement(statement=second)
    with pytest.raises(Conflict):
        state(value=45, replaces=second.uid)
    assert statements_at({BOOK: None}, ["outbound.groups"]) == []


def test_a_period_closed_above_the_office_asks_for_a_reason():
    department = OfficeFactory(code="so-mau", belongs_to=OfficeFactory(code=BOOK))
    OfficeFactory(code="chi-cuc-mau", belongs_to=department)
    with acting(actor=None, verb="system.test"):
        close_period(
            book=BOOK, office="so-mau", report="monthly", period="2025", since=YEAR[0], until=YEAR[1]
        )
    with pytest.raises(LateReasonNeeded):
        post(draft(office="chi-cuc-mau"))
    post(draft(office="lc-dofa"))
    assert groups() == 1


def test_filters_that_shut_each_other_out_leave_nothing():
    post(draft(country="LA"))
    where = Where(((BOOK, None),), "outbound.groups", YEAR[1], YEAR[0], dimensions=(("country", ()),))
    assert sum_facts([where])[0].value == 0
    assert split_sum(where, "country") == {}
    assert sources_behind(where) == {}


def test_nobody_declares_days_to_come_complete():
    with clock.fixed(dt.date(2025, 5, 20)), acting(actor=None, verb="system.test"):
        [row] = declare_coverage(
            book=BOOK, office=BOOK, measures=["outbound.groups"], since=YEAR[0], until=YEAR[1]
        )
        assert row.until == dt.date(2025, 5, 20)
        with pytest.raises(BadInput):
            declare_coverage(
                book=BOOK, office=BOOK, measures=["outbound.groups"], since=dt.date(2025, 6, 1), until=YEAR[1]
            )
