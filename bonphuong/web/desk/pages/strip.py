"""Two weeks on one strip: who comes, who goes, what is due, laid out so that nothing covers anything."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import ngettext

from bonphuong.families.delegations.enums import OUTWARD, Kind
from bonphuong.kernel import clock
from bonphuong.kit.names import names_of
from bonphuong.kit.queries import scheme_of
from bonphuong.records.models import Record
from bonphuong.records.queries import between, due_between
from bonphuong.records.registry import families, get_family, kind_label
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
LINES = 6
# A visit that began before this is not looked for: the index is read from here on.
LONGEST = dt.timedelta(days=92)
# Under two days wide no name can be read.
LEAST_SPAN = 2
# What is due takes room for its words even on a single day.
DUE_SPAN = 3


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
        .prefetch_related("delegation__places")[: LINES * DAYS]
    )
    others = _others(user, since, until)
    due = due_between(user, since, until, shown=LINES * DAYS)
    working = work_calendar()
    events = [*_visits(found, since, until), *others, *_due(due, since, until)]
    placed = _placed(events)
    return Strip(
        days=[Day(day, day == today, not working.is_working(day)) for day in days],
        events=placed,
        hidden=len(events) - len(placed),
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
    codes = [family.code for family in families() if family.code != "delegations"]
    rows = Record.objects.visible_to(user).live().filter(family__in=codes, begins_on__range=(since, until))
    found = list(rows.order_by("begins_on", "pk")[: LINES * DAYS])
    struck = _struck(found)
    return [_happening(record, until) for record in found if record.pk not in struck]


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
    today = until - dt.timedelta(days=DAYS - 1)
    return Event(
        record=record,
        at=min((first - today).days + 1, DAYS - LEAST_SPAN + 1),
        span=max((last - first).days + 1, LEAST_SPAN),
        line=0,
        state="",
        icon=get_family(record.family).kind(record.kind).icon or "file",
        title=record.title,
        under=str(kind_label(record.family, record.kind)),
        since=first,
        until=last,
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


def _due(items: Sequence[DueItem], since: dt.date, until: dt.date) -> list[Event]:
    return [
        _mark(item.record, item.rule, item.due_on, (item.due_on - since).days + 1)
        for item in items
        if item.record is not None and since <= item.due_on <= until
    ]


def _mark(record: Record, rule: DeadlineRule | None, due: dt.date, at: int) -> Event:
    """What is due on a day. On the last days there is room for its words only before it."""
    is_last = at > DAYS - DUE_SPAN + 1
    return Event(
        record=record,
        at=at - DUE_SPAN + 1 if is_last else at,
        span=DUE_SPAN,
        line=0,
        state="is-due is-last" if is_last else "is-due",
        icon="clock",
        title=rule.label if rule else "",
        under="",
        since=due,
        until=due,
    )


def _placed(events: Sequence[Event]) -> list[Event]:
    """Each on the first line with room: visits above, what is due below them."""
    taken: list[set[int]] = []
    placed = []
    for event in sorted(events, key=lambda e: (e.state.startswith("is-due"), e.at, -e.span)):
        days = set(range(event.at, event.at + event.span))
        line = next((n for n, used in enumerate(taken) if not used & days), len(taken))
        if line >= LINES:
            continue
        if line == len(taken):
            taken.append(set())
        taken[line] |= days
        placed.append(_on_line(event, line + 1))
    return sorted(placed, key=lambda e: (e.at, e.line))


def _on_line(event: Event, line: int) -> Event:
    return Event(**{**vars(event), "line": line})
