"""What waits for a person, of all kinds, the most pressing first. Nothing of it is stored: it is asked for each time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from bonphuong.accounts.enums import Permission
from bonphuong.kernel import clock
from bonphuong.procedures.deadlines import standing_of
from bonphuong.procedures.enums import RETURNED, Standing
from bonphuong.procedures.models import Opinion, Transition
from bonphuong.procedures.opinions import standings
from bonphuong.procedures.queries import cases_of, next_ways, waiting_cases
from bonphuong.procedures.rules import desks_of
from bonphuong.records.enums import CommitmentStatus, Visibility, WaitingKind
from bonphuong.records.models import Commitment, Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User
    from bonphuong.procedures.models import Case
    from bonphuong.procedures.opinions import Asked

#: Commitments are on the desk so many days before they are due.
AHEAD = 7
#: More records than this are no longer counted: nobody goes through them one by one.
MOST = 300
_ORDER = {kind: place for place, kind in enumerate(WaitingKind)}


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a person. `record` is None where they may not see it, `since` the day it came."""

    kind: WaitingKind
    since: dt.date | None
    due_on: dt.date | None
    today: dt.date
    record: Record | None = None
    case: Case | None = None
    way: Transition | None = None
    asked: Asked | None = None
    commitment: Commitment | None = None
    soon_days: int = 3

    @property
    def days_left(self) -> int | None:
        """Calendar days from today to the due day; negative once overdue, None without a day."""
        return None if self.due_on is None else (self.due_on - self.today).days

    @property
    def standing(self) -> Standing:
        """Late, soon or in time."""
        if self.due_on is None:
            return Standing.OK
        return standing_of(self.due_on, self.today, self.soon_days)

    @property
    def is_masked(self) -> bool:
        """Whether it may be named by its number only, outside of the record's own page."""
        return self.record is None or self.record.visibility in {Visibility.PERSONAL, Visibility.RESTRICTED}


@dataclass(frozen=True)
class Waits:
    """What waits for a person, the most pressing first; of more than `MOST` records the total says "at least"."""

    items: Sequence[Waiting]
    total: int
    is_more: bool = False


def waiting_for(user: User | AnonymousUser, today: dt.date | None = None) -> list[Waiting]:
    """All that waits for a person: decisions, returned records, next steps, opinions, commitments.

    What is late comes first, then by kind and due day. A bounded number of queries and of rows, whatever waits.
    """
    return list(first_waiting(user, MOST, today).items)


def first_waiting(user: User | AnonymousUser, shown: int, today: dt.date | None = None) -> Waits:
    """The most pressing of what `waiting_for` gives, at most so many of each sort, and how many there are in all."""
    if not user.is_authenticated:
        return Waits((), 0)
    day = today or clock.today()
    lines = _lines_at_desk(user)
    others = [*_opinions(user, day), *_commitments(user, day)]
    found = [*_at_desk(_most_pressing(lines, day)[:shown], day), *others]
    is_more = len(lines) > MOST
    return Waits(sorted(found, key=_pressing), min(len(lines), MOST) + len(others), is_more)


def _pressing(item: Waiting) -> tuple[bool, int, dt.date, str]:
    what = item.record or item.asked or item.commitment
    return (
        item.standing is not Standing.LATE,
        _ORDER[item.kind],
        item.due_on or dt.date.max,
        str(getattr(what, "pk", "")),
    )


@dataclass(frozen=True)
class _Line:
    """A record at a desk, as little of it as its place in the order follows from."""

    uid: UUID
    due_on: dt.date | None
    kind: WaitingKind


def _lines_at_desk(user: User) -> list[_Line]:
    """The records whose awaited step is this person's, at most one more than `MOST`, the oldest due first."""
    cases = waiting_cases(user)
    kinds = _kinds_of_states()
    states = dict(cases.values_list("record_uid", "state_id").order_by()[: MOST + 1])
    rows = Record.objects.visible_to(user).live().filter(is_closed=False)
    if len(states) > MOST:
        # Too many to be named: they are met again along the index of due days.
        here = cases.filter(pk=OuterRef("pk"))
        rows = rows.filter(Exists(here), due_on__isnull=False).order_by("due_on", "pk")
        found = list(rows.values_list("pk", "due_on")[: MOST + 1])
        states = dict(cases.filter(pk__in=[uid for uid, _due in found]).values_list("record_uid", "state_id"))
    else:
        found = list(rows.filter(pk__in=list(states)).values_list("pk", "due_on"))
    return [_Line(uid, due, kinds.get(states[uid], WaitingKind.DESK)) for uid, due in found if uid in states]


def _most_pressing(lines: Sequence[_Line], day: dt.date) -> list[UUID]:
    def pressing(line: _Line) -> tuple[bool, int, dt.date, str]:
        due = line.due_on
        return due is None or due >= day, _ORDER[line.kind], due or dt.date.max, str(line.uid)

    return [line.uid for line in sorted(lines, key=pressing)]


def _kinds_of_states() -> dict[int, WaitingKind]:
    """For each state in which a step is awaited, what waiting there is; a bounded number, as procedures are few."""
    rows = Transition.objects.filter(awaited=True).order_by("-order")
    return {
        state: _kind(code, permission)
        for state, code, permission in rows.values_list("from_state", "from_state__code", "permission")
    }


def _at_desk(uids: Sequence[UUID], day: dt.date) -> Iterable[Waiting]:
    # They were found among what the person sees.
    records = Record.objects.select_related("due_rule").in_bulk(list(uids))
    cases = cases_of(list(records))
    ways = next_ways(list(cases.values()))
    for uid, record in records.items():
        case, way = cases[uid], ways.get(uid)
        yield Waiting(
            kind=_kind(case.state.code, way.permission if way is not None else ""),
            since=case.entered_on,
            due_on=record.due_on,
            today=day,
            record=record,
            case=case,
            way=way,
            soon_days=record.due_rule.soon_days if record.due_rule else 3,
        )


def _kind(state: str, permission: str) -> WaitingKind:
    if state == RETURNED:
        return WaitingKind.RETURNED
    return WaitingKind.DECIDE if permission == Permission.RECORD_DECIDE else WaitingKind.DESK


def _opinions(user: User, day: dt.date) -> Iterable[Waiting]:
    """Questions put to the offices where the person sits, and those of their own that nobody answered in time."""
    seats = desks_of(user, Permission.RECORD_CHANGE)
    if not seats:
        return
    waiting = Opinion.objects.waiting()
    asked = standings(waiting.filter(office_code__in=seats), today=day)
    ours = [one for one in standings(waiting.filter(asked_by__in=seats), today=day) if one.is_late]
    records = _visible(user, {one.opinion.case_id for one in (*asked, *ours)})
    for one in asked:
        yield _of_opinion(WaitingKind.OPINION, one, records.get(one.opinion.case_id))
    for one in ours:
        # Told by the record: whoever may not see a private trip does not hear of what was asked about it.
        if one.opinion.case_id in records:
            yield _of_opinion(WaitingKind.CHASE, one, records[one.opinion.case_id])


def _of_opinion(kind: WaitingKind, one: Asked, record: Record | None) -> Waiting:
    rule = one.opinion.rule
    return Waiting(
        kind=kind,
        since=one.opinion.asked_on,
        due_on=one.due_on,
        today=one.today,
        record=record,
        asked=one,
        soon_days=rule.soon_days if rule is not None else 2,
    )


def _commitments(user: User, day: dt.date) -> Iterable[Waiting]:
    seats = desks_of(user, Permission.RECORD_CHANGE)
    rows = Commitment.objects.filter(
        lead_office_code__in=seats,
        status=CommitmentStatus.OPEN,
        due_on__lte=day + dt.timedelta(days=AHEAD),
    ).order_by("due_on", "pk")
    found = list(rows)
    records = _visible(user, {row.record_id for row in found if row.record_id is not None})
    for row in found:
        yield Waiting(
            kind=WaitingKind.COMMITMENT,
            since=row.made_on,
            due_on=row.due_on,
            today=day,
            record=records.get(row.record_id) if row.record_id is not None else None,
            commitment=row,
            soon_days=AHEAD,
        )


def _visible(user: User, uids: Collection[UUID]) -> dict[UUID, Record]:
    """Of these records those that the person may see and that count."""
    rows = Record.objects.visible_to(user).live().filter(pk__in=uids, is_closed=False)
    return {record.pk: record for record in rows.select_related("due_rule")}
