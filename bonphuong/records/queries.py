"""Reads over the records of all families: what is due, who is waited for, what was done with a partner, search."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from bonphuong.kernel import clock
from bonphuong.ledger.facts import Standing as LedgerStanding
from bonphuong.parties.queries import codes_as_one
from bonphuong.procedures.deadlines import standing_of
from bonphuong.procedures.queries import waiting_cases
from bonphuong.records.enums import CommitmentStatus, LinkKind, TieKind
from bonphuong.records.models import Commitment, Record, RecordLink, RecordTie
from bonphuong.records.registry import families, get_family
from bonphuong.records.searching import search
from bonphuong.records.twins import find_twins, probe_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User
    from bonphuong.procedures.enums import Standing
    from bonphuong.procedures.models import DeadlineRule
    from bonphuong.records.models import RecordQuerySet
    from bonphuong.records.twins import Probe, Twin

__all__ = ["search"]
_OPEN = (CommitmentStatus.OPEN,)
#: So many records that are due are counted, and no more.
MOST = 1000


@dataclass(frozen=True)
class DueItem:
    """Something with a day by which it is due: a record's nearest deadline, or a commitment."""

    due_on: dt.date
    days_left: int
    standing: Standing
    record: Record | None = None
    rule: DeadlineRule | None = None
    commitment: Commitment | None = None


@dataclass(frozen=True)
class TimelineItem:
    """What was done, or said, with a partner on a day."""

    on: dt.date
    record: Record | None = None
    commitment: Commitment | None = None


def visible_record(user: User | AnonymousUser, uid: UUID) -> Record:
    """The record by its uid, if the person may see it. Raises Record.DoesNotExist, as for one that is not there."""
    return Record.objects.visible_to(user).select_related("due_rule", "duplicate_of").get(pk=uid)


def due_list(user: User | AnonymousUser, day: dt.date | None = None, *, within: int = 30) -> list[DueItem]:
    """All that is overdue on `day` or falls due within so many days after it, the longest overdue first.

    At most `MOST` records: nobody goes through more of them one by one.
    """
    today = day or clock.today()
    items = records_due(user, today, within=within, shown=MOST).items
    promised = commitments_due(user, today, within=within)
    return sorted([*items, *promised], key=lambda item: (item.due_on, str(item.record or item.commitment)))


@dataclass(frozen=True)
class Due:
    """The first of what is due, how many there are in all and how many of them are late, both counted up to `MOST`."""

    items: Sequence[DueItem]
    total: int
    late: int

    @property
    def is_more(self) -> bool:
        """Whether there are more than were counted."""
        return self.total > MOST


def records_due(
    user: User | AnonymousUser, day: dt.date | None = None, *, within: int = 30, shown: int = 6
) -> Due:
    """The records that are overdue on `day` or due within so many days after it, the longest overdue first."""
    today = day or clock.today()
    rows = Record.objects.visible_to(user).live().filter(due_on__lte=today + dt.timedelta(days=within))
    days = list(rows.order_by("due_on").values_list("due_on", flat=True)[: MOST + 1])
    found = rows.select_related("due_rule").order_by("due_on", "number", "pk")[:shown] if days else []
    return Due(
        items=[_due_item(record, today) for record in found],
        total=len(days),
        late=sum(due < today for due in days if due is not None),
    )


def due_between(user: User | AnonymousUser, since: dt.date, until: dt.date, *, shown: int) -> list[DueItem]:
    """The records that are due in these days, both included, the nearest first, at most so many."""
    rows = Record.objects.visible_to(user).live().filter(due_on__range=(since, until))
    found = rows.select_related("due_rule").order_by("due_on", "number", "pk")[:shown]
    return [_due_item(record, clock.today()) for record in found]


def _due_item(record: Record, today: dt.date) -> DueItem:
    due = record.due_on or today
    rule = record.due_rule
    return DueItem(
        due_on=due,
        days_left=(due - today).days,
        standing=standing_of(due, today, rule.soon_days if rule else 3),
        record=record,
        rule=rule,
    )


def commitments_due(
    user: User | AnonymousUser, day: dt.date | None = None, *, within: int = 30
) -> list[DueItem]:
    """Open commitments that are overdue on `day` or fall due within so many days after it."""
    today = day or clock.today()
    rows = Commitment.objects.visible_to(user).filter(
        status__in=_OPEN, due_on__lte=today + dt.timedelta(days=within)
    )
    return [
        DueItem(
            due_on=row.due_on,
            days_left=(row.due_on - today).days,
            standing=standing_of(row.due_on, today, 7),
            commitment=row,
        )
        for row in rows.select_related("record").order_by("due_on", "pk")
        if row.due_on is not None
    ]


def waiting_for(user: User | AnonymousUser) -> RecordQuerySet:
    """Records whose next step is for this person to take, the oldest first."""
    cases = waiting_cases(user).values("record_uid")
    rows = Record.objects.visible_to(user).live().filter(pk__in=cases, is_closed=False)
    return rows.order_by("due_on", "begins_on", "pk")


def between(user: User | AnonymousUser, since: dt.date, until: dt.date) -> RecordQuerySet:
    """Records that happen within the days given, both included, in their order: the calendar."""
    rows = Record.objects.visible_to(user).live().filter(begins_on__lte=until)
    running = Q(ends_on__gte=since) | Q(ends_on__isnull=True, begins_on__gte=since)
    return rows.filter(running).order_by("begins_on", "pk")


def tied_to(user: User | AnonymousUser, kind: str, code: str) -> RecordQuerySet:
    """Records about a country, a partner, a unit or a field (a `TieKind`) by its permanent code."""
    codes = codes_as_one([code]) if kind == TieKind.PARTY else [code]
    ties = RecordTie.objects.filter(record=OuterRef("pk"), kind=kind, code__in=codes)
    return Record.objects.visible_to(user).live().filter(Exists(ties))


def timeline(
    user: User | AnonymousUser, *, party: str = "", country: str = "", since: dt.date | None = None
) -> list[TimelineItem]:
    """All that was done with a partner, or with a country, and what was promised there; the latest first."""
    kind, code = (TieKind.PARTY, party) if party else (TieKind.COUNTRY, country)
    records = tied_to(user, kind, code).filter(begins_on__isnull=False)
    commitments = Commitment.objects.visible_to(user).filter(made_on__isnull=False)
    same = codes_as_one([party]) if party else []
    commitments = commitments.filter(party_code__in=same) if party else commitments.filter(record__in=records)
    items = [TimelineItem(on=r.begins_on, record=r) for r in records if r.begins_on is not None]
    items += [TimelineItem(on=c.made_on, commitment=c) for c in commitments if c.made_on is not None]
    return sorted(
        (item for item in items if since is None or item.on >= since),
        key=lambda item: (item.on, str(item.record or item.commitment)),
        reverse=True,
    )


def twins_of(user: User | AnonymousUser, record: Record) -> list[Twin]:
    """Records that look like the same event as this one and that the person may see."""
    probe = probe_of(record)
    return [] if probe is None else visible_twins(user, [probe])[0]


def visible_twins(user: User | AnonymousUser, probes: list[Probe]) -> list[list[Twin]]:
    """As `twins.find_twins`, without those that the person may not see."""
    found = find_twins(probes)
    uids = {twin.uid for twins in found for twin in twins}
    seen = set(Record.objects.visible_to(user).filter(pk__in=uids).values_list("pk", flat=True))
    return [[twin for twin in twins if twin.uid in seen] for twins in found]


def linked(user: User | AnonymousUser, record: Record) -> list[tuple[LinkKind, Record]]:
    """The records linked to this one, either way, as far as the person may see them."""
    rows = RecordLink.objects.filter(Q(from_record=record) | Q(to_record=record)).order_by("kind", "pk")
    pairs = [
        (LinkKind(r.kind), r.to_record_id if r.from_record_id == record.pk else r.from_record_id)
        for r in rows
    ]
    seen = Record.objects.visible_to(user).in_bulk([uid for _kind, uid in pairs])
    return [(kind, seen[uid]) for kind, uid in pairs if uid in seen]


def standings(family: str = "") -> Iterator[LedgerStanding]:
    """What every record, of one family or of all, stands for by its own rows: to be compared with the ledger."""
    for one in [get_family(family)] if family else families():
        if not one.facts:
            continue
        facts = one.get_facts()
        for row in one.get_facts_rows().iterator(1000):
            header: Record = row.record
            yield LedgerStanding(
                source_uid=header.pk,
                family=header.family,
                book=header.book,
                version=header.version,
                facts=facts(row),
            )
