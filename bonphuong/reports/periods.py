"""Periods of reports: who closed or reopened each and when, what came late into it, where it was told."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.ledger.enums import ClosingState
from bonphuong.ledger.models import Closing, LateEntry
from bonphuong.ledger.queries import moment_of
from bonphuong.reports.enums import EditionStatus, LateRule
from bonphuong.reports.models import Edition
from bonphuong.reports.queries import definition_on

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

#: (office, report, first day, last day): what one period of a report is known by.
Key = tuple[str, str, "dt.date", "dt.date"]


@dataclass(frozen=True)
class Word:
    """One word on a period: closed or reopened, by whom, when, why."""

    row: Closing
    at: dt.datetime

    @property
    def is_closed(self) -> bool:
        """Whether it closed the period."""
        return self.row.state == ClosingState.CLOSED


@dataclass(frozen=True)
class PeriodLine:
    """A period of a report of an office with every word on it, the latest last."""

    words: Sequence[Word]
    edition: Edition | None
    late: int

    @property
    def last(self) -> Word:
        """The word that holds."""
        return self.words[-1]

    @property
    def row(self) -> Closing:
        """The latest word as the ledger has it."""
        return self.last.row

    @property
    def is_closed(self) -> bool:
        """Whether it is closed now."""
        return self.last.is_closed

    @property
    def period(self) -> Period:
        """The period under the cut-off that its days show."""
        return period_of(self.row)


@dataclass(frozen=True)
class LateRecord:
    """What one record added to a closed period by one posting: measure → scaled sum; where it was told next."""

    source: UUID
    at: dt.datetime
    reason: str
    on: Sequence[dt.date]
    adds: Mapping[str, int]
    told_in: Edition | None


def period_of(row: Closing) -> Period:
    """The period of a closing: its code under the cut-off whose days are those of the closing."""
    for cutoff in Cutoff:
        try:
            found = Period.parse(row.period, cutoff)
        except ValueError:
            continue
        if (found.since, found.until) == (row.since, row.until):
            return found
    return Period.parse(row.period)


def periods_of(offices: Collection[str]) -> list[PeriodLine]:
    """Every period of these offices that anybody ever closed, the latest first; three queries."""
    rows = Closing.objects.filter(office__in=offices).select_related("posting").order_by("seq", "line")
    words: dict[Key, list[Word]] = defaultdict(list)
    for row in rows:
        words[_key(row)].append(Word(row, moment_of(row.posting.posted_at)))
    editions = _editions(offices)
    late = _late_counts(offices)
    lines = [PeriodLine(found, editions.get(key), late.get(key, 0)) for key, found in words.items()]
    return sorted(lines, key=lambda line: (line.row.until, line.row.office, line.row.report), reverse=True)


def line_of(row: Closing) -> PeriodLine:
    """The period that a closing is a word on."""
    return next(line for line in periods_of([row.office]) if _key(line.row) == _key(row))


def late_rule_of(row: Closing) -> LateRule | None:
    """What the report in force at the end of the period does with late figures; None for a report that is gone."""
    try:
        return LateRule(definition_on(row.report, row.office, row.until).late_rule)
    except BadInput:
        return None


def late_records(line: PeriodLine) -> list[LateRecord]:
    """What came into a period after it was closed, record by record in the order of posting.

    A record is told next by the first report of a later period that was signed after its posting.
    """
    closings = [word.row.pk for word in line.words]
    rows = LateEntry.objects.filter(closing__in=closings).select_related("fact__posting")
    groups: dict[tuple[int, UUID], list[LateEntry]] = defaultdict(list)
    for row in rows.order_by("fact__seq", "fact__line"):
        groups[row.fact.seq, row.fact.source_uid].append(row)
    following = _following(line.row)
    return [_late_record(found, following) for found in groups.values()]


def _late_record(rows: Sequence[LateEntry], following: Sequence[tuple[dt.datetime, Edition]]) -> LateRecord:
    first, adds = rows[0], defaultdict[str, int](int)
    for row in {row.fact_id: row for row in rows}.values():
        adds[row.fact.measure] += row.fact.value
    at = moment_of(first.fact.posting.posted_at)
    return LateRecord(
        source=first.fact.source_uid,
        at=at,
        reason=first.reason,
        on=sorted({row.fact.on for row in rows}),
        adds={measure: value for measure, value in adds.items() if value},
        told_in=next((edition for as_of, edition in following if as_of >= at), None),
    )


def _following(row: Closing) -> list[tuple[dt.datetime, Edition]]:
    """Signed reports of later periods, or later editions of the period itself, in the order of their signing."""
    series = Edition.objects.of(row.report, row.office).told().filter(until__gte=row.until)
    found = series.select_related("frozen", "definition").defer("frozen__content", "definition__content")
    return sorted(((edition.frozen.as_of, edition) for edition in found), key=lambda pair: pair[0])


def _key(row: Closing) -> Key:
    return row.office, row.report, row.since, row.until


def _editions(offices: Collection[str]) -> dict[Key, Edition]:
    rows: Iterable[Edition] = Edition.objects.filter(office_code__in=offices, status=EditionStatus.SIGNED)
    return {(row.office_code, row.code, row.since, row.until): row for row in rows}


def _late_counts(offices: Collection[str]) -> dict[Key, int]:
    """How many records came late into each period."""
    rows = LateEntry.objects.filter(closing__office__in=offices).values_list(
        "closing__office", "closing__report", "closing__since", "closing__until", "fact__source_uid"
    )
    found: dict[Key, set[UUID]] = defaultdict(set)
    for office, report, since, until, source in rows.distinct():
        found[office, report, since, until].add(source)
    return {key: len(sources) for key, sources in found.items()}
