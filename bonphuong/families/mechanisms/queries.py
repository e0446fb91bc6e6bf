"""Reads of mechanisms: meetings of a series, members then and now, what is left undone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.families.mechanisms.enums import Kind, Side
from bonphuong.families.mechanisms.models import Mechanism, Member
from bonphuong.kit.names import names_of
from bonphuong.records.enums import CommitmentStatus, LinkKind, TieKind
from bonphuong.records.models import Commitment, Record, RecordLink, RecordTie
from bonphuong.reference.queries import as_now

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from bonphuong.accounts.models import User


# --- a series and its meetings ----------------------------------------------------------------------


def series_of(record: Record) -> Record | None:
    """The series that a meeting belongs to."""
    link = (
        RecordLink.objects.filter(from_record=record, kind=LinkKind.PART_OF, to_record__family="mechanisms")
        .select_related("to_record")
        .first()
    )
    return link.to_record if link else None


def meetings_of(series: Record) -> QuerySet[Mechanism]:
    """The meetings of a series, doubles and mistakes left out, the newest first."""
    meetings = RecordLink.objects.filter(to_record=series, kind=LinkKind.PART_OF).values("from_record")
    rows = Mechanism.objects.filter(record__in=meetings, kind=Kind.MEETING, is_void=False)
    return (
        rows.filter(record__duplicate_of__isnull=True)
        .select_related("record")
        .prefetch_related("members")
        .order_by("-record__begins_on", "-session_number")
    )


def ahead_of(record: Record) -> Record | None:
    """The meeting that was prepared to follow this one and is not called off."""
    links = RecordLink.objects.filter(
        to_record=record, kind=LinkKind.FOLLOWS, from_record__family="mechanisms"
    )
    rows = links.exclude(from_record__state="cancelled").select_related("from_record")
    found = rows.filter(from_record__mechanism__is_void=False).first()
    return found.from_record if found else None


# --- members through time ---------------------------------------------------------------------------


@dataclass(frozen=True)
class UnitNames:
    """Names of the units of Viet Nam that took part: as they were, and as they are."""

    then: tuple[str, ...]
    now: tuple[str, ...]


def members_on(row: Mechanism, day: dt.date | None) -> list[Member]:
    """The members that stood on a day; all of them without one."""
    return [
        member
        for member in row.members.all()
        if day is None
        or ((member.since is None or member.since <= day) and (member.until is None or day <= member.until))
    ]


def units_of(row: Mechanism) -> list[str]:
    """Codes of the units of ours that took part in a meeting, or belong to a series, as they were then."""
    day = row.held_on or row.planned_on
    own = [member for member in row.members.all() if member.unit_code]
    if row.kind == Kind.MEETING and not own:
        series = series_of(row.record)
        whole = Mechanism.objects.prefetch_related("members").get(pk=series.pk) if series else None
        own = [member for member in members_on(whole, day) if member.unit_code] if whole else []
    return list(dict.fromkeys(member.unit_code for member in own if member.side == Side.OURS))


def participants(row: Mechanism, day: dt.date | None = None) -> UnitNames:
    """The units "as then" and "as now": a merged province appears now under the one it went into (C21)."""
    codes = units_of(row)
    now = list(dict.fromkeys(as_now(codes, day).values()))
    names = names_of(units=[*codes, *now])
    return UnitNames(tuple(names.unit(code) for code in codes), tuple(names.unit(code) for code in now))


def by_unit(
    rows: Iterable[Mechanism], *, now: bool, day: dt.date | None = None
) -> Mapping[str, list[Mechanism]]:
    """Unit → the meetings that it took part in: under the units as they were, or as they are on `day` (C21)."""
    taken = [(row, units_of(row)) for row in rows]
    heirs = as_now({code for _row, codes in taken for code in codes}, day) if now else {}
    found: dict[str, list[Mechanism]] = defaultdict(list)
    for row, codes in taken:
        for code in dict.fromkeys(heirs.get(code, code) for code in codes):
            found[code].append(row)
    return dict(found)


# --- what is left undone ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Left:
    """A promise with the name by which an agenda remembers it: number of its meeting, a dot, its place there."""

    name: str
    promise: Commitment


def promises_of(records: Sequence[Record]) -> list[Left]:
    """All promises made at these meetings, in the order of meetings and of noting."""
    found = []
    made: dict[object, list[Commitment]] = defaultdict(list)
    for promise in Commitment.objects.filter(record__in=[r.pk for r in records]).order_by("pk"):
        made[promise.record_id].append(promise)
    for record in records:
        numbered = enumerate(made[record.pk], 1)
        found += [Left(f"{record.number}.{place}", promise) for place, promise in numbered]
    return found


def left_undone(records: Sequence[Record]) -> list[Left]:
    """Those of them that are still open."""
    return [left for left in promises_of(records) if left.promise.status == CommitmentStatus.OPEN]


def promises_by_name(names: Iterable[str], book: str) -> dict[str, tuple[Record, Commitment]]:
    """What agenda points remember, as it stands now; a name that leads nowhere is left out."""
    numbers = {name.rpartition(".")[0] for name in names if "." in name}
    records = list(Record.objects.filter(book=book, family="mechanisms", number__in=numbers - {""}))
    by_pk = {record.pk: record for record in records}
    return {
        left.name: (by_pk[left.promise.record_id], left.promise)
        for left in promises_of(records)
        if left.promise.record_id in by_pk
    }


# --- the same meeting elsewhere ---------------------------------------------------------------------


def sessions_like(row: Mechanism, user: User | AnonymousUser) -> list[Record]:
    """Sessions among delegations on the same day with the same partner: perhaps the same meeting."""
    if row.kind != Kind.MEETING or row.held_on is None:
        return []
    parties = RecordTie.objects.filter(record=row.record_id, kind=TieKind.PARTY).values("code")
    rows = (
        Record.objects.visible_to(user)
        .live()
        .filter(family="delegations", kind="session", book=row.record.book)
    )
    rows = rows.filter(begins_on=row.held_on, ties__kind=TieKind.PARTY, ties__code__in=parties)
    return list(rows.distinct())
