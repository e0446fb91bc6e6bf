"""Reads of programmes: what was planned against what the register holds, targets against figures, the profile."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from bonphuong.families.programme.enums import DONE_BY, Figure, Standing, Work
from bonphuong.families.programme.measured import measure_of
from bonphuong.kernel.money import from_scaled
from bonphuong.kernel.text import fold
from bonphuong.ledger.enums import Shape, StatementKind
from bonphuong.ledger.facts import dimensions_text
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.models import Statement
from bonphuong.ledger.queries import Where, statements_at, sum_facts
from bonphuong.records.enums import LinkKind
from bonphuong.records.models import Record, RecordLink

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from django.db.models import QuerySet

    from bonphuong.accounts.models import User
    from bonphuong.families.programme.models import PlannedWork, Programme, Target
    from bonphuong.ledger.measures import Measure

#: States in which a record will not be carried out any more.
STOPPED = frozenset({"cancelled", "rejected"})
_MONTHS = 12


@dataclass(frozen=True)
class Doing:
    """A planned line with the records that are the doing of it, and how it stands."""

    line: PlannedWork
    records: tuple[Record, ...]
    standing: Standing


@dataclass(frozen=True)
class Tally:
    """A kind of work counted: planned lines by how they stand, and records that no line foresaw."""

    work: Work
    planned: int
    done: int
    doing: int
    dropped: int
    ahead: int
    off_plan: int


def doings_of(row: Programme, user: User, today: dt.date) -> list[Doing]:
    """Every line of a programme with its records, as far as the person may see them."""
    linked = linked_records(row, user)
    return [
        Doing(line, tuple(records), _standing(row, line, records, today))
        for line in row.works.all()
        for records in (linked.get(fold(line.number), []),)
    ]


def linked_records(row: Programme, user: User) -> dict[str, list[Record]]:
    """Folded plan number → visible records linked to the programme as part of it, with that number as the note."""
    rows = RecordLink.objects.filter(Q(from_record=row.pk) | Q(to_record=row.pk), kind=LinkKind.PART_OF)
    pairs = [
        (fold(link.note), link.to_record_id if link.from_record_id == row.pk else link.from_record_id)
        for link in rows.order_by("pk")
    ]
    seen = Record.objects.visible_to(user).live().in_bulk([uid for _number, uid in pairs])
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for number, uid in pairs:
        if uid in seen:
            found[number].append(seen[uid])
    return dict(found)


def has_happened(record: Record, today: dt.date) -> bool:
    """Whether a record counts already."""
    return record.counts_on is not None and record.counts_on <= today


def _standing(row: Programme, line: PlannedWork, records: Sequence[Record], today: dt.date) -> Standing:
    alive = [record for record in records if record.state not in STOPPED]
    if any(has_happened(record, today) for record in alive):
        return Standing.DONE
    if alive:
        return Standing.DOING
    if records or line.dropped_on is not None:
        return Standing.DROPPED
    return Standing.LATE if _is_past(row, line, today) else Standing.AHEAD


def _is_past(row: Programme, line: PlannedWork, today: dt.date) -> bool:
    if row.year is None:
        return False
    month = line.month or _MONTHS
    return (today.year, today.month) > (row.year, month)


def off_plan_of(row: Programme, user: User) -> QuerySet[Record]:
    """Visible records of the year, of works that programmes plan, that no line of this one foresaw."""
    if row.starts_on is None or row.ends_on is None:
        return Record.objects.none()
    linked = {record.pk for records in linked_records(row, user).values() for record in records}
    wanted = Q(pk__in=[])
    for families in DONE_BY.values():
        for family, kinds in families.items():
            wanted |= Q(family=family, kind__in=kinds) if kinds else Q(family=family)
    span = (row.starts_on, row.ends_on)
    rows = Record.objects.visible_to(user).live().filter(wanted, book=row.record.book)
    rows = rows.filter(Q(counts_on__range=span) | Q(counts_on__isnull=True, begins_on__range=span))
    return rows.exclude(pk__in=linked).exclude(state__in=STOPPED).order_by("family", "begins_on", "pk")


def work_of(record: Record) -> Work:
    """The kind of planned work that a record is the doing of."""
    for work, families in DONE_BY.items():
        kinds = families.get(record.family)
        if kinds is not None and (not kinds or record.kind in kinds):
            return Work(work)
    return Work.OTHER


def tallies_of(doings: Sequence[Doing], off_plan: Iterable[Record]) -> list[Tally]:
    """Planned against done for every kind of work that has either."""
    stands: defaultdict[str, Counter[Standing]] = defaultdict(Counter)
    for doing in doings:
        stands[doing.line.work][doing.standing] += 1
    off = Counter(work_of(record) for record in off_plan)
    return [
        Tally(
            work,
            planned=sum(stands[work].values()),
            done=stands[work][Standing.DONE],
            doing=stands[work][Standing.DOING],
            dropped=stands[work][Standing.DROPPED],
            ahead=stands[work][Standing.AHEAD] + stands[work][Standing.LATE],
            off_plan=off[work],
        )
        for work in Work
        if stands[work] or off[work]
    ]


@dataclass(frozen=True)
class Aim:
    """A target beside what the ledger holds; `declared` is the target as the ledger knows it, None where nobody did."""

    target: Target
    measure: Measure
    reached: Decimal
    declared: Decimal | None


def dimensions_of(target: Target) -> dict[str, str]:
    """What a target is narrowed to."""
    return {"country": target.country_code} if target.country_code else {}


def days_of(row: Programme, measure: Measure) -> tuple[dt.date | None, dt.date | None]:
    """The exact period of a target: the year, or its last day for what is a state."""
    return (row.ends_on, row.ends_on) if measure.shape is Shape.LEVEL else (row.starts_on, row.ends_on)


def aims_of(row: Programme) -> list[Aim]:
    """The targets of a programme against figures of the whole book, by measure."""
    pairs = [(line, found) for line in row.targets.all() if (found := measure_of(line.measure)) is not None]
    if row.starts_on is None or row.ends_on is None:
        return []
    book = ((row.record.book, None),)
    wheres = [
        Where(
            book,
            measure.code,
            row.ends_on,
            None if measure.shape is Shape.LEVEL else row.starts_on,
            dimensions=tuple((name, (code,)) for name, code in dimensions_of(line).items()),
        )
        for line, measure in pairs
    ]
    stated = targets_stated(row)
    return [
        Aim(
            line,
            measure,
            from_scaled(found.value, measure.exponent),
            from_scaled(there.value, measure.exponent)
            if (there := stated.get(key_of(line, measure)))
            else None,
        )
        for (line, measure), found in zip(pairs, sum_facts(wheres), strict=True)
    ]


def key_of(target: Target, measure: Measure) -> tuple[str, str]:
    """What a target is about: its measure and the filter."""
    return (measure.code, dimensions_text(dimensions_of(target)))


def targets_stated(row: Programme) -> Mapping[tuple[str, str], Statement]:
    """(measure, filter) → the target that stands in the ledger for exactly this programme's year."""
    found = {}
    aimed = Statement.objects.filter(book=row.record.book, kind=StatementKind.TARGET, until=row.ends_on)
    for one in statements_at({row.record.book: None}, set(aimed.values_list("measure", flat=True))):
        measure = MEASURES[one.measure]
        is_own = one.kind == StatementKind.TARGET and one.office == row.record.book
        if is_own and (one.since, one.until) == days_of(row, measure):
            found[one.measure, one.dimensions] = one
    return found


def profile_figures(book: str) -> list[Statement]:
    """What papers state of the province, as it stands: by figure, the latest period first."""
    found = [one for one in statements_at({book: None}, Figure.values) if one.office == book]
    order = {code: number for number, code in enumerate(Figure.values)}
    return sorted(found, key=lambda one: (order[one.measure], -(one.until.toordinal() if one.until else 0)))
