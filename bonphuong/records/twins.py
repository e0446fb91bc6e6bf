"""The same event entered twice: found by days that overlap, by partner or country, by the head's name."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from django.db.models import Exists, OuterRef

from bonphuong.records.enums import TieKind
from bonphuong.records.models import Record, RecordTie
from bonphuong.records.registry import families

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence
    from uuid import UUID

    from bonphuong.records.models import RecordQuerySet

# Longer records do not exist among visits; bounds how far back an overlap is looked for.
_LONGEST = dt.timedelta(days=120)
_LIKELY = 3
# Two that both last longer than this follow one another where they only touch: the figures of two months.
_FORTNIGHT = dt.timedelta(days=14)


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


K = TypeVar("K")


class _Shelves(Generic[K]):
    """Known events where a twin can be found: by the head's name and by each partner, in the order of their days.

    A country alone makes no twin, so nothing is kept by country.
    """

    def __init__(self, events: Iterable[tuple[Probe, K]]) -> None:
        self._shelves: defaultdict[Hashable, list[tuple[dt.date, int, Probe, K]]] = defaultdict(list)
        self._longest: defaultdict[Hashable, int] = defaultdict(int)
        for order, (probe, known) in enumerate(events):
            for key in _keys(probe):
                self._shelves[key].append((probe.begins_on, order, probe, known))
                self._longest[key] = max(self._longest[key], (_end(probe) - probe.begins_on).days)
        for shelf in self._shelves.values():
            shelf.sort(key=itemgetter(0, 1))

    def like(self, probe: Probe) -> list[tuple[K, frozenset[Reason]]]:
        """What looks like the probe, each once, in the order in which it was given."""
        found: dict[int, tuple[K, frozenset[Reason]]] = {}
        for key in _keys(probe):
            shelf = self._shelves.get(key, [])
            first = probe.begins_on - dt.timedelta(days=self._longest[key] + 1)
            last = _end(probe) + dt.timedelta(days=1)
            low = bisect_left(shelf, first, key=itemgetter(0))
            for _day, order, other, known in shelf[low : bisect_right(shelf, last, key=itemgetter(0))]:
                reasons = frozenset() if order in found else _agree(probe, other)
                if reasons:
                    found[order] = (known, reasons)
        return [found[order] for order in sorted(found)]


def _keys(probe: Probe) -> list[Hashable]:
    ground = (probe.book, probe.family, probe.kind)
    keys: list[Hashable] = [(*ground, "party", party) for party in probe.parties]
    return [*keys, (*ground, "head", probe.head_fold)] if probe.head_fold else keys


def find_twins(probes: Sequence[Probe]) -> list[list[Twin]]:
    """For each probe the live records of its book that look like the same event, in two queries for all.

    Days must overlap (a day's difference is forgiven, of what is short: border crossings are dated by either side) and something
    else must agree: the head's name, or the partner while no two different heads are named. It is for the caller
    to show only what its user may see, or to say no more than that such a record exists.
    """
    if not probes:
        return []
    shelves = _Shelves(_records_around(probes))
    found = []
    for probe in probes:
        twins = [
            Twin(known.probe.uid, known.number, known.title, known.office_code, reasons)
            for known, reasons in shelves.like(probe)
            if known.probe.uid is not None
        ]
        found.append(sorted(twins, key=lambda twin: (-twin.weight, twin.number)))
    return found


def earlier_likes(probes: Sequence[Probe | None]) -> list[list[tuple[int, frozenset[Reason]]]]:
    """For each probe of a list the places of those before it that look like the same event, and why."""
    shelves = _Shelves((probe, place) for place, probe in enumerate(probes) if probe is not None)
    return [
        [(other, why) for other, why in shelves.like(probe) if other < place] if probe is not None else []
        for place, probe in enumerate(probes)
    ]


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


def not_struck(rows: RecordQuerySet, codes: Iterable[str]) -> RecordQuerySet:
    """Without the records of these families that were struck out: what was a mistake is no double of anything."""
    there = {family.code: family for family in families()}
    for code in sorted(set(codes) & there.keys()):
        model = there[code].get_model()
        if any(column.name == "is_void" for column in model._meta.concrete_fields):
            struck = model._default_manager.filter(pk=OuterRef("pk"), is_void=True)
            rows = rows.exclude(Exists(struck))
    return rows


def _end(probe: Probe) -> dt.date:
    return probe.ends_on or probe.begins_on


def _length(probe: Probe) -> dt.timedelta:
    return _end(probe) - probe.begins_on


def _records_around(probes: Sequence[Probe]) -> Iterator[tuple[Probe, _Known]]:
    since = min(probe.begins_on for probe in probes) - _LONGEST
    until = max(_end(probe) for probe in probes) + dt.timedelta(days=1)
    rows = Record.objects.live().filter(
        book__in={probe.book for probe in probes},
        family__in={probe.family for probe in probes},
        begins_on__range=(since, until),
    )
    rows = not_struck(rows, {probe.family for probe in probes})
    parties: defaultdict[UUID, list[str]] = defaultdict(list)
    countries: defaultdict[UUID, list[str]] = defaultdict(list)
    ties = RecordTie.objects.filter(record__in=rows.values("pk"), kind__in=(TieKind.PARTY, TieKind.COUNTRY))
    for record, kind, code in ties.values_list("record_id", "kind", "code").iterator(5000):
        (parties if kind == TieKind.PARTY else countries)[record].append(code)
    for values in rows.order_by("begins_on", "pk").values_list(*_FIELDS).iterator(5000):
        uid, book, family, kind, begins, ends, head, number, title, office = values
        probe = Probe(
            book=book,
            family=family,
            kind=kind,
            begins_on=cast("dt.date", begins),  # only dated rows were asked for
            ends_on=ends,
            head_fold=head,
            parties=frozenset(parties.get(uid, ())),
            countries=frozenset(countries.get(uid, ())),
            uid=uid,
        )
        yield probe, _Known(probe, number, title, office)


_FIELDS = (
    "pk", "book", "family", "kind", "begins_on", "ends_on", "head_fold", "number", "title", "office_code",
)  # fmt: skip


def _agree(probe: Probe, other: Probe) -> frozenset[Reason]:
    """Why two look like one; nothing where they do not."""
    slack = dt.timedelta(0 if min(_length(probe), _length(other)) > _FORTNIGHT else 1)
    apart = _end(other) + slack < probe.begins_on or _end(probe) + slack < other.begins_on
    if apart or (other.uid == probe.uid and probe.uid is not None):
        return frozenset()
    reasons = {Reason.DAYS}
    if probe.head_fold and other.head_fold:
        if probe.head_fold != other.head_fold:
            return frozenset()
        reasons.add(Reason.HEAD)
    if probe.parties & other.parties:
        reasons.add(Reason.PARTY)
    if probe.countries & other.countries:
        reasons.add(Reason.COUNTRY)
    return frozenset(reasons) if sum(_WEIGHT[reason] for reason in reasons) >= _LIKELY else frozenset()
