"""All figures of one province's year: against SQL by hand, as they stood, and while other provinces grow.

Its name puts it last: it fills the ledger, one province first as full as in the national set, then the others.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.ground import BATCH, BOOKS, TODAY
from bench.measure import measured, seconds
from bench.reports import content_of_the_year
from bonphuong.indicators.queries import figures
from bonphuong.kernel import clock
from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.queries import PARTS
from bonphuong.ledger.services import settle
from bonphuong.reports.gathering import gather, requests_of
from bonphuong.reports.queries import definition_and_period
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.ground import Ground
    from bonphuong.indicators.figures import FigureRequest
    from bonphuong.kernel.periods import Period

TIMES, BEYOND = 10, 50_000_000
#: Delegations of one province where a million are spread over 34.
DENSE = 1_000_000 // len(BOOKS)


@measured(
    work="all figures of a year's report", reference="one hand-written statement for each table", bar=2.0
)
def counted(ground: Ground) -> tuple[float, float, str]:
    """Ours: every figure of the report, told or not, with papers and coverage. The reference only adds up facts."""
    with clock.fixed(TODAY):
        _enter(ground, DENSE, BOOKS[:1])
        requests, statements = _requests(), _by_hand()
        with CaptureQueriesContext(connection) as captured:
            figures(requests)
        note = f"{len(requests)} figures, {len(captured)} queries; by hand {len(statements)} statements"
        return seconds(lambda: figures(requests)), seconds(lambda: _run(statements)), note


@measured(work="the same figures as they stood", reference="the same figures now", bar=1.5)
def as_of(_ground: Ground) -> tuple[float, float, str]:
    """All of it was posted before that moment, whose position in the book is looked up first."""
    with clock.fixed(TODAY + dt.timedelta(days=1)):
        now = _requests()
        then = _requests(as_of=clock.now() - dt.timedelta(hours=1))
        alike = sum(one.value == other.value for one, other in zip(figures(then), figures(now), strict=True))
        note = f"{len(then)} figures, {alike} alike"
        return seconds(lambda: figures(then)), seconds(lambda: figures(now)), note


@measured(work="all figures of a year, others ten times as large", reference="before they grew", bar=2.0)
def grown(ground: Ground) -> tuple[float, float, str]:
    """Nothing is added to the province itself: its figures must not feel what others enter."""
    with clock.fixed(TODAY):
        requests = _requests()
        before = seconds(lambda: figures(requests))
        _enter(ground, ground.size * (TIMES - 1), BOOKS[1:])
        return seconds(lambda: figures(requests)), before, f"{ground.size * TIMES:,} delegations of others"


def _enter(ground: Ground, number: int, books: Sequence[str]) -> None:
    """So many more delegations, book by book."""
    for turn, start in enumerate(range(0, number, BATCH)):
        book = books[turn % len(books)]
        first = BEYOND * (1 + len(books)) + start
        with acting(actor=None, verb="system.bench"):
            settle(standings=ground.standings(min(BATCH, number - start), book=book, start=first))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _requests(as_of: dt.datetime | None = None) -> Sequence[FigureRequest]:
    """All figures of the report of 2025 with the year before, as a gathering asks for them."""
    content_of_the_year()
    row, period = definition_and_period("annual", BOOKS[0], "2025")
    ground = gather(row, BOOKS[0], period)
    return requests_of(ground.definition, ground.spans, BOOKS[0], as_of)


Statement = tuple[str, list[Any]]


def _by_hand() -> list[Statement]:
    """For each table of the report and each of its two years what somebody would write; the rest in one more."""
    row, period = definition_and_period("annual", BOOKS[0], "2025")
    ground = gather(row, BOOKS[0], period)
    measures = {name: figure.indicator.measure for (name, _span), figure in ground.counted.found.items()}
    blocks = [b["table"] for section in ground.definition.sections for b in section.blocks if "table" in b]
    wanted = [
        (table["rows" if table["kind"] == "figures" else "figures"], table.get("by", "")) for table in blocks
    ]
    told = {name for names, _by in wanted for name in names}
    wanted.append(([name for name in measures if name not in told], ""))
    return [
        one
        for names, by in wanted
        for span in ground.spans.by_name.values()
        for one in _statements(sorted({measures[name] for name in names} - {""}), by, span)
    ]


def _statements(measures: Sequence[str], by: str, span: Period) -> Iterator[Statement]:
    """One for what is added up over the period, one for what is so on its last day."""
    by = by if by in PARTS else ""
    columns = ", ".join(filter(None, ("measure", by)))
    levels = [code for code in measures if MEASURES[code].shape is Shape.LEVEL]
    flows = [code for code in measures if code not in levels]
    for some, condition, days in (
        (flows, "BETWEEN %s AND %s", [span.since, span.until]),
        (levels, "<= %s", [span.until]),
    ):
        if some:
            marks = ", ".join(["%s"] * len(some))
            query = (
                f"SELECT {columns}, SUM(value) FROM ledger_fact WHERE book = %s AND measure IN ({marks}) "
                f"AND on_day {condition} GROUP BY {columns}"
            )
            yield query, [BOOKS[0], *some, *days]


def _run(statements: Sequence[Statement]) -> None:
    with connection.cursor() as cursor:
        for query, values in statements:
            cursor.execute(query, values)
            cursor.fetchall()
