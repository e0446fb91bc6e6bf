"""Reads of the ledger: as-of positions, sums in few statements, the rows behind a sum, what papers state."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from bonphuong.kernel import clock
from bonphuong.kernel.bulk import chunks
from bonphuong.ledger.enums import ClosingState
from bonphuong.ledger.facts import DIMENSIONS, FactDraft
from bonphuong.ledger.models import BookHead, Closing, Coverage, Fact, Posting, Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
Value = str | int | dt.date
# One statement holds at most this many sums: SQLite takes 500 parts in a compound select.
SUMS_PER_STATEMENT = 100
PARTS = (*DIMENSIONS, "office")


def microseconds(moment: dt.datetime) -> int:
    """Whole microseconds since 1970 of an aware moment (no floating point)."""
    return (moment - EPOCH) // dt.timedelta(microseconds=1)


def moment_of(posted_at: int) -> dt.datetime:
    """The moment of a posting, in UTC."""
    return EPOCH + dt.timedelta(microseconds=posted_at)


def seq_as_of(book: str, moment: dt.datetime) -> int:
    """The last sequence number of the book at a moment that has passed; 0 where there was none.

    A moment later than the last posting waits for whoever is posting now: their `posted_at` may already be taken
    and be earlier than the moment asked for, and then the answer would change afterwards.
    """
    asked = microseconds(min(moment, clock.now()))
    head = BookHead.objects.filter(pk=book).first()
    if head is None or asked >= head.posted_at:
        with transaction.atomic():
            if head is None:
                _wait_for_the_first(book)
            list(BookHead.objects.select_for_update().filter(pk=book))
            return _last_seq(book, asked)
    return _last_seq(book, asked)


def _wait_for_the_first(book: str) -> None:
    # A book whose first posting is under way has no head to lock yet: an insert of the same key waits for it.
    attempt = transaction.savepoint()
    BookHead.objects.bulk_create([BookHead(book=book)], ignore_conflicts=True)
    transaction.savepoint_rollback(attempt)


def _last_seq(book: str, asked: int) -> int:
    last = (
        Posting.objects.filter(book=book, posted_at__lte=asked)
        .order_by("-posted_at")
        .values_list("seq", flat=True)
    )
    return last.first() or 0


def heads(books: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Book → (sequence number, digest) of its head: what an edition records of what it read."""
    return {head.book: (head.seq, head.digest) for head in BookHead.objects.filter(book__in=list(books))}


@dataclass(frozen=True)
class Where:
    """What to sum: books with the position to read up to (None: now), a measure, days, offices, dimensions.

    `since` None means from the beginning (a level on the day `until`). An empty `offices` means the whole book.
    """

    books: tuple[tuple[str, int | None], ...]
    measure: str
    until: dt.date
    since: dt.date | None = None
    offices: tuple[str, ...] = ()
    dimensions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    after: tuple[tuple[str, int], ...] = field(default=())

    def sql(self, measures: Sequence[str] = ()) -> tuple[str, list[Value]]:
        """The condition in SQL and its parameters; `measures` stand in for the one measure where several are read."""
        wanted = tuple(measures) or (self.measure,)
        parts: list[str] = [f"measure IN ({_marks(wanted)})", "on_day <= %s"]
        values: list[Value] = [*wanted, self.until]
        if self.since is not None:
            parts.append("on_day >= %s")
            values.append(self.since)
        if self.offices:
            parts.append(f"office IN ({_marks(self.offices)})")
            values += self.offices
        for name, codes in self.dimensions:
            if name not in DIMENSIONS:
                raise ValueError(f"unknown dimension {name}")
            # Filters that shut each other out leave no code, and PostgreSQL takes no empty list.
            parts.append(f"{name} IN ({_marks(codes)})" if codes else "1 = 0")
            values += codes
        book_sql, book_values = self._books_sql()
        return " AND ".join([book_sql, *parts]), [*book_values, *values]

    def _books_sql(self) -> tuple[str, list[Value]]:
        parts, values = [], list[Value]()
        after = dict(self.after)
        for book, seq in self.books:
            condition = "book = %s"
            values.append(book)
            if seq is not None:
                # The plus keeps the planner off the index of positions: nearly all of a book lies before one,
                # while measure and days choose well. Whoever also names a beginning is found by position.
                condition += " AND seq <= %s" if book in after else " AND +seq <= %s"
                values.append(seq)
            if book in after:
                condition += " AND seq > %s"
                values.append(after[book])
            parts.append(f"({condition})")
        return f"({' OR '.join(parts) or '1 = 0'})", values

    def rows(self) -> QuerySet[Fact]:
        """The facts that the sum is made of."""
        books = Q(pk__in=[])
        after = dict(self.after)
        for book, seq in self.books:
            one = Q(book=book) if seq is None else Q(book=book, seq__lte=seq)
            books |= one & Q(seq__gt=after[book]) if book in after else one
        found = Fact.objects.filter(books, measure=self.measure, on__lte=self.until)
        if self.since is not None:
            found = found.filter(on__gte=self.since)
        if self.offices:
            found = found.filter(office__in=self.offices)
        for name, codes in self.dimensions:
            found = found.filter(**{f"{name}__in": codes})
        return found.order_by("on", "seq", "line")


def _marks(codes: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(codes))


@dataclass(frozen=True)
class Sum:
    """A sum: the value (scaled integer), the facts under it, and its money beside (đồng, US cents)."""

    value: int = 0
    facts: int = 0
    vnd: int = 0
    usd: int = 0


def sum_facts(wheres: Sequence[Where]) -> list[Sum]:
    """The sums asked for, in their order; one SQL statement for each hundred groups of them.

    Sums over the same books and days are read together, parted by the dimensions that any of them narrows by,
    and added up here: a report asks for a hundred figures of a few periods, and each period is read once.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, where in enumerate(wheres):
        groups[where.books, where.after, where.since, where.until].append(number)
    found: dict[int, Sum] = {}
    for chunk in chunks(list(groups.values()), SUMS_PER_STATEMENT):
        found |= _sum_groups([[(number, wheres[number]) for number in numbers] for numbers in chunk])
    return [found[number] for number in range(len(wheres))]


Numbered = tuple[int, Where]


def _sum_groups(groups: Sequence[Sequence[Numbered]]) -> dict[int, Sum]:
    selects, values = [], list[Value]()
    for number, group in enumerate(groups):
        wide = _widest([where for _number, where in group])
        parts = ", ".join(name if name in wide.names else "''" for name in PARTS)
        by = "".join(f", {name}" for name in PARTS if name in wide.names)
        condition, parameters = wide.where.sql(wide.measures)
        selects.append(
            f"SELECT {number}, measure, {parts}, CAST(SUM(value) AS BIGINT), COUNT(*), "
            f"CAST(SUM(vnd) AS BIGINT), CAST(SUM(usd) AS BIGINT) "
            f"FROM {Fact._meta.db_table} WHERE {condition} GROUP BY measure{by}"
        )
        values += parameters
    cells: dict[tuple[int, str], list[tuple[dict[str, str], Sum]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), values)
        for row in cursor.fetchall():
            codes = dict(zip(PARTS, row[2:-4], strict=True))
            cells[row[0], row[1]].append((codes, Sum(*map(int, row[-4:]))))
    return {
        number: _add(where, cells[index, where.measure])
        for index, group in enumerate(groups)
        for number, where in group
    }


def _add(where: Where, cells: Sequence[tuple[dict[str, str], Sum]]) -> Sum:
    wanted = [(name, frozenset(codes)) for name, codes in where.dimensions]
    if where.offices:
        wanted.append(("office", frozenset(where.offices)))
    kept = [part for codes, part in cells if all(codes[name] in allowed for name, allowed in wanted)]
    return Sum(
        sum(part.value for part in kept),
        sum(part.facts for part in kept),
        sum(part.vnd for part in kept),
        sum(part.usd for part in kept),
    )


@dataclass(frozen=True)
class _Wide:
    """One reading that answers for several sums: their books and days, all their measures, no filter."""

    where: Where
    measures: tuple[str, ...]
    names: frozenset[str]


def _widest(wheres: Sequence[Where]) -> _Wide:
    names = {name for where in wheres for name, _codes in where.dimensions}
    if any(where.offices for where in wheres):
        names.add("office")
    unknown = names - set(PARTS)
    if unknown:
        raise ValueError(f"unknown dimension {min(unknown)}")
    measures = tuple(sorted({where.measure for where in wheres}))
    same_offices = {where.offices for where in wheres}
    offices = wheres[0].offices if len(same_offices) == 1 else ()
    return _Wide(replace(wheres[0], dimensions=(), offices=offices), measures, frozenset(names))


def split_sum(where: Where, dimension: str) -> dict[str, Sum]:
    """The sum parted by one dimension (or by office): code → sum. Codes that come to nothing are left out."""
    if dimension not in (*DIMENSIONS, "office", "book"):
        raise ValueError(f"unknown dimension {dimension}")
    condition, values = where.sql()
    query = (
        f"SELECT {dimension}, CAST(SUM(value) AS BIGINT), COUNT(*), CAST(SUM(vnd) AS BIGINT), CAST(SUM(usd) AS BIGINT) "
        f"FROM {Fact._meta.db_table} WHERE {condition} GROUP BY {dimension} HAVING SUM(value) <> 0 ORDER BY {dimension}"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return {row[0]: Sum(*map(int, row[1:])) for row in cursor.fetchall()}


def split_sums(wheres: Sequence[Where], dimension: str) -> list[dict[str, Sum]]:
    """As `split_sum`, for many sums in one SQL statement for each hundred: what a chart over periods asks for."""
    if dimension not in PARTS:
        raise ValueError(f"unknown dimension {dimension}")
    found: list[dict[str, Sum]] = [{} for _where in wheres]
    for chunk in chunks(list(enumerate(wheres)), SUMS_PER_STATEMENT):
        selects, values = [], list[Value]()
        for number, where in chunk:
            condition, parameters = where.sql()
            selects.append(
                f"SELECT {number} AS n, {dimension} AS code, CAST(SUM(value) AS BIGINT), COUNT(*), "
                f"CAST(SUM(vnd) AS BIGINT), CAST(SUM(usd) AS BIGINT) FROM {Fact._meta.db_table} "
                f"WHERE {condition} GROUP BY {dimension} HAVING SUM(value) <> 0"
            )
            values += parameters
        with connection.cursor() as cursor:
            cursor.execute(f"{' UNION ALL '.join(selects)} ORDER BY n, code", values)
            for row in cursor.fetchall():
                found[row[0]][row[1]] = Sum(*map(int, row[2:]))
    return found


def codes_used(books: Sequence[str], measure: str, names: Sequence[str]) -> dict[str, list[str]]:
    """Dimension → the codes that facts of a measure bear in these books, in one statement."""
    unknown = set(names) - set(PARTS)
    if unknown:
        raise ValueError(f"unknown dimension {min(unknown)}")
    found: dict[str, list[str]] = {name: [] for name in names}
    if not books or not names:
        return found
    selects, values = [], list[Value]()
    for name in names:
        selects.append(
            f"SELECT DISTINCT '{name}', {name} FROM {Fact._meta.db_table} "
            f"WHERE book IN ({_marks(books)}) AND measure = %s"
        )
        values += [*books, measure]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), values)
        for name, code in cursor.fetchall():
            found[name].append(code)
    return {name: sorted(codes) for name, codes in found.items()}


def sources_behind(where: Where) -> dict[UUID, int]:
    """Record → what it adds to the sum; records that come to nothing are left out."""
    found: dict[UUID, int] = defaultdict(int)
    for uid, value in where.rows().values_list("source_uid", "value"):
        found[uid] += value
    return {uid: value for uid, value in found.items() if value}


def live_facts(source_uids: Sequence[UUID]) -> dict[UUID, list[FactDraft]]:
    """Record → all facts ever posted for it, reversals too: their sum is what is live."""
    found: dict[UUID, list[FactDraft]] = defaultdict(list)
    for some in chunks(source_uids):
        for fact in Fact.objects.filter(source_uid__in=some).order_by("id"):
            found[fact.source_uid].append(draft_of(fact))
    return found


def draft_of(fact: Fact) -> FactDraft:
    """A stored fact as the record's own form of it."""
    return FactDraft(
        measure=fact.measure,
        on=fact.on,
        value=fact.value,
        office=fact.office,
        country=fact.country,
        partner=fact.partner,
        unit=fact.unit,
        field=fact.field,
        channel=fact.channel,
        slot1=fact.slot1,
        slot2=fact.slot2,
        slot3=fact.slot3,
        currency=fact.currency,
        vnd=fact.vnd,
        usd=fact.usd,
    )


def statements_at(books: Mapping[str, int | None], measures: Collection[str]) -> list[Statement]:
    """Statements that stand (not replaced, not withdrawn) in the books at their positions, oldest first in each."""
    rows = Statement.objects.filter(_read_up_to(books), measure__in=measures)
    found = list(rows.order_by("book", "seq", "line"))
    replaced = {row.replaces for row in found if row.replaces}
    return [row for row in found if row.uid not in replaced and not row.withdrawn]


class Declared(NamedTuple):
    """A declaration of completeness, as figures ask for it: by the hundred, so as plain as can be."""

    book: str
    office: str
    measure: str
    since: dt.date
    until: dt.date
    complete: bool


def coverage_at(
    books: Mapping[str, int | None], measures: Collection[str], *, since: dt.date, until: dt.date
) -> list[Declared]:
    """Declarations of completeness that touch these days in the books at their positions, oldest first in each."""
    rows = Coverage.objects.filter(
        _read_up_to(books), measure__in=measures, since__lte=until, until__gte=since
    )
    return [Declared(*row) for row in rows.order_by("book", "seq", "line").values_list(*Declared._fields)]


def _read_up_to(books: Mapping[str, int | None]) -> Q:
    """Rows of the books, of each no further than its position."""
    found = Q(book__in=[book for book, seq in books.items() if seq is None])
    for book, seq in books.items():
        if seq is not None:
            found |= Q(book=book, seq__lte=seq)
    return found


def is_covered(declarations: Sequence[Declared], *, since: dt.date, until: dt.date) -> bool:
    """Whether declarations of one measure, taken in their order, leave no day of the period open."""
    open_parts = [(since, until)]
    # The last word on a day is the latest declaration, so they are read from the latest backwards.
    for row in reversed(declarations):
        still_open: list[tuple[dt.date, dt.date]] = []
        for first, last in open_parts:
            if row.until < first or row.since > last:
                still_open.append((first, last))
                continue
            if not row.complete:
                return False
            still_open += _outside(first, last, row.since, row.until)
        open_parts = still_open
    return not open_parts


def _outside(first: dt.date, last: dt.date, since: dt.date, until: dt.date) -> list[tuple[dt.date, dt.date]]:
    day = dt.timedelta(days=1)
    before = [(first, since - day)] if since > first else []
    after = [(until + day, last)] if until < last else []
    return before + after


def closings_of(book: str, *, seq: int | None = None) -> list[Closing]:
    """The latest word on each closed or reopened period of a book, oldest first."""
    rows = Closing.objects.filter(book=book)
    if seq is not None:
        rows = rows.filter(seq__lte=seq)
    latest = {(row.office, row.report, row.since, row.until): row for row in rows.order_by("seq", "line")}
    return sorted(latest.values(), key=lambda row: row.seq)


def closed_periods(book: str) -> list[Closing]:
    """The periods of a book that are closed now."""
    return [row for row in closings_of(book) if row.state == ClosingState.CLOSED]


def postings_of(source_uid: UUID) -> QuerySet[Fact]:
    """Every fact ever posted for a record, in order: what its page shows as its account."""
    return Fact.objects.filter(source_uid=source_uid).select_related("posting").order_by("seq", "line")
