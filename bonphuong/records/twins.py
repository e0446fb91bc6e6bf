"""The same event entered twice: found by days that overlap, by partner or country, by the head's name."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from bonphuong.records.enums import TieKind
from bonphuong.records.models import Record, RecordTie

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

# Longer records do not exist among visits; bounds how far back an overlap is looked for.
_LONGEST = dt.timedelta(days=120)
_LIKELY = 3


class Reason(StrEnum):
    """Why two records look like one."""

    DAYS = "days"
    HEAD = "head"
    PARTY = "party"
    COUNTRY = "country"


# Equal names of heads weigh as much as a partner and a country together.
_WEIGHT = {Reason.DAYS: 1, Reason.HEAD: 2, Reason.PARTY: 2, Reason.COUNTRY: 1}


@dataclass(frozen=True)
class Probe:
    """What is known of a record, there already or about to be made; `head_fold` as `schema.head_fold_of` gives."""

    book: str
    family: str
    kind: str
    begins_on: dt.date
    ends_on: dt.date | None = None
    head_fold: str = ""
    parties: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    uid: UUID | None = None


@dataclass(frozen=True)
class Twin:
    """A record that looks like the probe, and why. The likeliest come first."""

    uid: UUID
    number: str
    title: str
    office_code: str
    reasons: frozenset[Reason]

    @property
    def weight(self) -> int:
        """How much speaks for it."""
        return sum(_WEIGHT[reason] for reason in self.reasons)


@dataclass(frozen=True)
class _Known:
    probe: Probe
    number: str
    title: str
    office_code: str


def find_twins(probes: Sequence[Probe]) -> list[list[Twin]]:
    """For each probe the live records of its book that look like the same event, in three queries for all.

    Days must overlap (a day's difference is forgiven: border crossings are dated by either side) and something
    else must agree: the head's name, or the partner while no two different heads are named. It is for the caller
    to show only what its user may see, or to say no more than that such a record exists.
    """
    shelves = _shelves(probes)
    found = []
    for probe in probes:
        shelf, starts = shelves.get((probe.book, probe.family, probe.kind), ([], []))
        last = bisect_right(starts, _end(probe) + dt.timedelta(days=1))
        twins = [twin for known in shelf[:last] if (twin := _compare(probe, known)) is not None]
        found.append(sorted(twins, key=lambda twin: (-twin.weight, twin.number)))
    return found


def probe_of(record: Record) -> Probe | None:
    """The probe of a record that is there already; None for one without a day."""
    if record.begins_on is None:
        return None
    ties = list(record.ties.values_list("kind", "code"))
    return Probe(
        book=record.book,
        family=record.family,
        kind=record.kind,
        begins_on=record.begins_on,
        ends_on=record.ends_on,
        head_fold=record.head_fold,
        parties=frozenset(code for kind, code in ties if kind == TieKind.PARTY),
        countries=frozenset(code for kind, code in ties if kind == TieKind.COUNTRY),
        uid=record.pk,
    )


def _end(probe: Probe) -> dt.date:
    return probe.ends_on or probe.begins_on


def _shelves(probes: Sequence[Probe]) -> dict[tuple[str, str, str], tuple[list[_Known], list[dt.date]]]:
    if not probes:
        return {}
    since = min(probe.begins_on for probe in probes) - _LONGEST
    until = max(_end(probe) for probe in probes) + dt.timedelta(days=1)
    rows = Record.objects.live().filter(
        book__in={probe.book for probe in probes},
        family__in={probe.family for probe in probes},
        begins_on__range=(since, until),
    )
    ties = _ties(rows.values_list("pk", flat=True))
    shelves: dict[tuple[str, str, str], tuple[list[_Known], list[dt.date]]] = {}
    for row in rows.order_by("begins_on", "pk").only(*_FIELDS).iterator(2000):
        begins_on = cast("dt.date", row.begins_on)  # only dated rows were asked for
        probe = Probe(
            book=row.book,
            family=row.family,
            kind=row.kind,
            begins_on=begins_on,
            ends_on=row.ends_on,
            head_fold=row.head_fold,
            parties=frozenset(ties[row.pk, TieKind.PARTY]),
            countries=frozenset(ties[row.pk, TieKind.COUNTRY]),
            uid=row.pk,
        )
        shelf, starts = shelves.setdefault((row.book, row.family, row.kind), ([], []))
        shelf.append(_Known(probe, row.number, row.title, row.office_code))
        starts.append(begins_on)
    return shelves


_FIELDS = ("book", "family", "kind", "begins_on", "ends_on", "head_fold", "number", "title", "office_code")


def _ties(records: Iterable[UUID]) -> defaultdict[tuple[UUID, str], list[str]]:
    found: defaultdict[tuple[UUID, str], list[str]] = defaultdict(list)
    rows = RecordTie.objects.filter(record__in=records, kind__in=(TieKind.PARTY, TieKind.COUNTRY))
    for record, kind, code in rows.values_list("record_id", "kind", "code").iterator(5000):
        found[record, kind].append(code)
    return found


def _compare(probe: Probe, known: _Known) -> Twin | None:
    other = known.probe
    apart = (
        _end(other) + dt.timedelta(days=1) < probe.begins_on
        or _end(probe) + dt.timedelta(days=1) < other.begins_on
    )
    if other.uid == probe.uid or apart:
        return None
    reasons = {Reason.DAYS}
    if probe.head_fold and other.head_fold:
        if probe.head_fold != other.head_fold:
            return None
        reasons.add(Reason.HEAD)
    if probe.parties & other.parties:
        reasons.add(Reason.PARTY)
    if probe.countries & other.countries:
        reasons.add(Reason.COUNTRY)
    twin = (
        Twin(other.uid, known.number, known.title, known.office_code, frozenset(reasons))
        if other.uid
        else None
    )
    return twin if twin is not None and twin.weight >= _LIKELY else None
