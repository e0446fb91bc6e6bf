"""Two weeks on one strip: who comes, who goes, what is due, laid out so that nothing covers anything.

It is a glance, not the calendar: visits, meetings and events, and of what is due the few nearest. The rest is counted
and one click away.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import ngettext

from bonphuong.families.delegations.enums import OUTWARD, Kind
from bonphuong.kernel import clock
from bonphuong.kit.names import names_of
from bonphuong.kit.queries import scheme_of
from bonphuong.records.enums import CalendarSort
from bonphuong.records.models import Record
from bonphuong.records.queries import between, due_between
from bonphuong.records.registry import SPAN, families, get_family, kind_label
from bonphuong.reference.calendars import work_calendar
from bonphuong.web.desk.pages.delegations import where_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.families.delegations.models import Delegation
    from bonphuong.procedures.models import DeadlineRule
    from bonphuong.records.queries import DueItem

DAYS = 14
LINES = 4
# Lines for who comes and goes; the last is kept for what is due.
VISIT_LINES = 3
# Deadlines are shown from today on, so many of the nearest: those that have passed stand in the list below.
DUE_SHOWN = 4
# Read at most so many of each sort.
_READ = 84
# A visit that began before this is not looked for: the index is read from here on.
LONGEST = dt.timedelta(days=92)
# Under two days wide no name can be read.
LEAST_SPAN = 2
# What happens on a single day is no bar: its words run on over the next days, as far as they need and no further.
_MOST_SPAN = 4
# Letters that fit on one day beside the icon, on the narrowest screen that shows the days side by side.
_LETTERS = 9
_SORTS = {CalendarSort.OUT, CalendarSort.IN, CalendarSort.MEETING, CalendarSort.EVENT}


@dataclass(frozen=True)
class Day:
    """One day of the strip."""

    on: dt.date
    is_today: bool
    is_off: bool


@dataclass(frozen=True)
class Event:
    """Something on the strip: at which day it begins, for how many, on which line."""

    record: Record
    at: int
    span: int
    line: int
    state: str
    icon: str
    title: str
    under: str
    since: dt.date
    until: dt.date


@dataclass(frozen=True)
class Strip:
    """The whole strip. `hidden` is how many did not fit."""

    days: Sequence[Day]
    events: Sequence[Event]
    hidden: int

    @property
    def since(self) -> dt.date:
        """Its first day, a Monday."""
        return self.days[0].on

    @property
    def until(self) -> dt.date:
        """Its last day, a Sunday."""
        return self.days[-1].on


def strip_of(user: User) -> Strip:
    """The two weeks from this Monday."""
    today = clock.today()
    since = today - dt.timedelta(days=today.weekday())
    until = since + dt.timedelta(days=DAYS - 1)
    days = [since + dt.timedelta(days=n) for n in range(DAYS)]
    found = list(
        between(user, since, until)
        .filter(begins_on__gte=since - LONGEST, family="delegations")
        .filter(delegation__isnull=False, delegation__cancelled_on__isnull=True)
        .select_related("delegation")
        .prefetch_related("delegation__places")[:_READ]
    )
    others = _others(user, since, until)
    due = due_between(user, today, until, shown=_READ)
    working = work_calendar()
    visits = [*_visits(found, since, until), *others]
    marks = _due(due, since)
    placed = _placed(visits, marks)
    return Strip(
        days=[Day(day, day == today, not working.is_working(day)) for day in days],
        events=placed,
        hidden=len(visits) + len(marks) - len(placed),
    )


def _visits(records: Sequence[Record], since: dt.date, until: dt.date) -> list[Event]:
    places = [place for record in records for place in record.delegation.places.all()]
    names = names_of(
        countries={record.delegation.main_country for record in records} | {p.country_code for p in places},
        parties={place.party_code for place in places},
    )
    events = []
    for record in records:
        row = record.delegation
        first, last = record.begins_on or since, record.ends_on or record.begins_on or since
        shown, end = max(first, since), min(last, until)
        state, icon = _looks(row)
        events.append(
            Event(
                record=record,
                at=min((shown - since).days + 1, DAYS - LEAST_SPAN + 1),
                span=max((end - shown).days + 1, LEAST_SPAN),
                line=0,
                state=state,
                icon=icon,
                title=where_text(row, names),
                under=_people(row),
                since=first,
                until=last,
            )
        )
    return events


def _others(user: User, since: dt.date, until: dt.date) -> list[Event]:
    """What of the other families begins in these days: an agreement that runs for years happens on its first."""
    kinds = _kinds()
    codes = {family for family, _kind in kinds}
    rows = Record.objects.visible_to(user).live().filter(family__in=codes, begins_on__range=(since, until))
    read = rows.filter(kind__in={kind for _family, kind in kinds}).order_by("begins_on", "pk")[:_READ]
    found = [record for record in read if (record.family, record.kind) in kinds]
    struck = _struck(found)
    return [_happening(record, until) for record in found if record.pk not in struck]


def _kinds() -> set[tuple[str, str]]:
    """Families and kinds whose records are meetings or events: papers and letters are no visit."""
    return {
        (family.code, kind.code)
        for family in families()
        if family.code != "delegations"
        for mark in family.calendar.marks
        if mark.sort in _SORTS and mark.day == SPAN
        for kind in family.kinds
        if not mark.kinds or kind.code in mark.kinds
    }


def _struck(records: Sequence[Record]) -> set[UUID]:
    """Records that were called off or entered by mistake, asked once for each family."""
    gone: set[UUID] = set()
    for code in {record.family for record in records}:
        rows = scheme_of(code).model._default_manager.filter(pk__in=[r.pk for r in records])
        off = rows.filter(Q(is_void=True) | Q(cancelled_on__isnull=False))
        gone |= set(off.values_list("pk", flat=True))
    return gone


def _happening(record: Record, until: dt.date) -> Event:
    first = record.begins_on or until
    last = min(record.ends_on or first, until)
    since = until - dt.timedelta(days=DAYS - 1)
    event = Event(
        record=record,
        at=min((first - since).days + 1, DAYS - LEAST_SPAN + 1),
        span=max((last - first).days + 1, LEAST_SPAN),
        line=0,
        state="",
        icon=get_family(record.family).kind(record.kind).icon or "file",
        title=record.title,
        under=str(kind_label(record.family, record.kind)),
        since=first,
        until=last,
    )
    return event if last > first else _point(event, (first - since).days + 1, "is-point")


def _point(event: Event, at: int, state: str) -> Event:
    """Something on a single day. On the last days there is room for its words only before it."""
    span = min(max(-(-len(event.title) // _LETTERS), LEAST_SPAN), _MOST_SPAN)
    is_last = at > DAYS - span + 1
    return replace(
        event,
        at=at - span + 1 if is_last else at,
        span=span,
        state=f"{state} is-last" if is_last else state,
    )


def _looks(row: Delegation) -> tuple[str, str]:
    if row.kind == Kind.INBOUND:
        return "is-in", "in"
    if row.kind in OUTWARD:
        return "is-out", "out"
    return "", "gate" if row.kind == Kind.DAY_CONTACT else "people"


def _people(row: Delegation) -> str:
    heads = row.heads
    if not heads:
        return str(row.get_kind_display())
    if row.kind == Kind.INBOUND:
        return ngettext("%(n)s guest comes", "%(n)s guests come", heads) % {"n": heads}
    if row.kind in OUTWARD:
        return ngettext("%(n)s person goes", "%(n)s people go", heads) % {"n": heads}
    return str(row.get_kind_display())


def _due(items: Sequence[DueItem], since: dt.date) -> list[Event]:
    return [
        _mark(item.record, item.rule, item.due_on, (item.due_on - since).days + 1)
        for item in items
        if item.record is not None
    ]


def _mark(record: Record, rule: DeadlineRule | None, due: dt.date, at: int) -> Event:
    """What is due on a day."""
    event = Event(
        record=record,
        at=at,
        span=LEAST_SPAN,
        line=0,
        state="",
        icon="clock",
        title=rule.label if rule else record.title,
        under="",
        since=due,
        until=due,
    )
    return _point(event, at, "is-due")


def _placed(visits: Sequence[Event], due: Sequence[Event]) -> list[Event]:
    """Each on the first line with room: visits above, what is due below them."""
    taken: list[set[int]] = [set() for _line in range(LINES)]
    placed = []
    for event in sorted(visits, key=lambda e: (e.at, -e.span)):
        placed += _fitted(event, taken[:VISIT_LINES])
    below = max((event.line for event in placed), default=0)
    nearest: list[Event] = []
    for event in due:
        if len(nearest) < DUE_SHOWN:
            nearest += _fitted(event, taken[max(below - 1, 0) :], after=max(below - 1, 0))
    return sorted([*placed, *nearest], key=lambda e: (e.at, e.line))


def _fitted(event: Event, lines: Sequence[set[int]], *, after: int = 0) -> list[Event]:
    """The event on the first of these lines with room for the whole of it; nothing where there is none."""
    days = set(range(event.at, event.at + event.span))
    for number, used in enumerate(lines, after + 1):
        if not used & days:
            used.update(days)
            return [replace(event, line=number)]
    return []
