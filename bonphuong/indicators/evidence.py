"""The facts under many figures at once: what a report puts beside each figure, read in one statement."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from bonphuong.kernel.bulk import chunks
from bonphuong.ledger.facts import DIMENSIONS
from bonphuong.ledger.models import Fact

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from bonphuong.ledger.queries import Where

FACT_FIELDS = (
    "book", "seq", "measure", "on", "value", "office", "source_uid", "family",
    "country", "partner", "unit", "field", "channel", "slot1", "slot2", "slot3",
)  # fmt: skip
PARTED_BY = frozenset((*DIMENSIONS, "office", "book")) - {"currency"}


@dataclass(frozen=True, slots=True)
class FactRow:
    """A posted fact as evidence: `value` is scaled by the measure's exponent, dimensions are codes."""

    book: str
    seq: int
    measure: str
    on: dt.date
    value: int
    office: str
    source: UUID
    family: str
    country: str
    partner: str
    unit: str
    field: str
    channel: str
    slot1: str
    slot2: str
    slot3: str


def facts_under(wheres: Sequence[Where | None]) -> list[list[FactRow]]:
    """For each sum the facts that it is made of, by day; none for a figure that no facts stand under.

    One SQL statement for each set of books and positions, which all figures of a report share.
    """
    shelves: dict[object, dict[str, tuple[list[dt.date], list[FactRow]]]] = {}
    by_books: dict[object, list[Where]] = defaultdict(list)
    for where in wheres:
        if where is not None:
            by_books[where.books, where.after].append(where)
    for key, some in by_books.items():
        shelves[key] = _shelf(some)
    empty: tuple[list[dt.date], list[FactRow]] = ([], [])
    return [
        [] if where is None else _rows(where, shelves[where.books, where.after].get(where.measure, empty))
        for where in wheres
    ]


def by_source(rows: Iterable[FactRow]) -> dict[UUID, int]:
    """Record → what it adds, in the order of the days; records that come to nothing are left out."""
    found: dict[UUID, int] = defaultdict(int)
    for row in rows:
        found[row.source] += row.value
    return {source: value for source, value in found.items() if value}


def parts_of(rows: Iterable[FactRow], dimension: str) -> dict[str, list[FactRow]]:
    """The facts of a sum parted by a dimension (or by office): code → facts; parts that come to nothing left out."""
    if dimension not in PARTED_BY:
        raise ValueError(f"unknown dimension {dimension}")
    found: dict[str, list[FactRow]] = defaultdict(list)
    for row in rows:
        found[getattr(row, dimension)].append(row)
    return {code: part for code, part in sorted(found.items()) if sum(row.value for row in part)}


def carried_out(sources: Iterable[UUID], measures: Iterable[str]) -> set[UUID]:
    """Those of the records that stand for something in one of the measures now, on whatever day."""
    wanted, found = list(measures), set()
    for some in chunks(list(sources)):
        rows = Fact.objects.filter(source_uid__in=some, measure__in=wanted)
        sums = rows.values("source_uid", "measure").annotate(total=Sum("value")).filter(total__gt=0)
        found |= set(sums.order_by().values_list("source_uid", flat=True))
    return found


def _shelf(wheres: Sequence[Where]) -> dict[str, tuple[list[dt.date], list[FactRow]]]:
    """All facts that any of these sums (of the same books) can need, by measure, in the order of days."""
    first: dict[str, dt.date | None] = {}
    last: dict[str, dt.date] = {}
    for where in wheres:
        earlier = first.get(where.measure, where.since)
        both = earlier is not None and where.since is not None
        first[where.measure] = min(earlier, where.since) if both else None  # type: ignore[type-var]
        last[where.measure] = max(last.get(where.measure, where.until), where.until)
    spans: dict[tuple[dt.date | None, dt.date], list[str]] = defaultdict(list)
    for measure, since in first.items():
        spans[since, last[measure]].append(measure)
    wanted = Q(pk__in=[])
    for (since, until), measures in spans.items():
        part = Q(measure__in=measures, on__lte=until)
        wanted |= part if since is None else part & Q(on__gte=since)
    books = Q(pk__in=[])
    after = dict(wheres[0].after)
    for book, seq in wheres[0].books:
        one = Q(book=book) if seq is None else Q(book=book, seq__lte=seq)
        books |= one & Q(seq__gt=after[book]) if book in after else one
    rows = Fact.objects.filter(books, wanted).order_by("measure", "on", "seq", "line")
    found: dict[str, tuple[list[dt.date], list[FactRow]]] = {}
    for values in rows.values_list(*FACT_FIELDS):
        row = FactRow(*values)
        days, facts = found.setdefault(row.measure, ([], []))
        days.append(row.on)
        facts.append(row)
    return found


def _rows(where: Where, shelf: tuple[list[dt.date], list[FactRow]]) -> list[FactRow]:
    days, facts = shelf
    start = 0 if where.since is None else bisect_left(days, where.since)
    within = facts[start : bisect_right(days, where.until)]
    if where.offices:
        offices = frozenset(where.offices)
        within = [row for row in within if row.office in offices]
    for name, codes in where.dimensions:
        within = [row for row in within if getattr(row, name) in codes]
    return within
