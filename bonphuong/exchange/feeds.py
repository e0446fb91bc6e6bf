"""What a feed holds: a person's calendar as they may see it now, in plain events."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bonphuong.exchange.enums import Scope
from bonphuong.exchange.ical import Happening, calendar
from bonphuong.kernel import clock
from bonphuong.kit.names import names_of
from bonphuong.records.agenda import entries_between, entries_of
from bonphuong.records.entries import Entry, Wanted
from bonphuong.records.enums import CalendarSort, TieKind, WaitingKind
from bonphuong.records.registry import get_family
from bonphuong.records.waiting import waiting_for
from bonphuong.trail.models import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.exchange.models import CalendarFeed
    from bonphuong.kit.names import Names
    from bonphuong.records.models import Record
    from bonphuong.records.registry import Timetable
    from bonphuong.records.waiting import Waiting

#: A feed looks so far back and ahead, and holds at most so many events: the nearest to today stay.
BACK, AHEAD, MOST = dt.timedelta(days=90), dt.timedelta(days=400), 2_000
#: What somebody must do by a day; only of this a program is asked to remind.
_REMINDED = {CalendarSort.DEADLINE, CalendarSort.PROMISE, CalendarSort.REPORT, CalendarSort.ENDS,
             CalendarSort.GREETING}  # fmt: skip
_PLACES = 4


def happenings_of(feed: CalendarFeed) -> list[Happening]:
    """What the owner may see now of what the feed is about, in its language. Nothing personal or restricted, ever."""
    with translation.override(feed.language):
        entries = _desk(feed.user) if feed.scope == Scope.DESK else _window(feed)
        sorts = {CalendarSort(code) for code in feed.sorts if code in CalendarSort.values}
        taken = [entry for entry in entries if (not sorts or entry.sort in sorts) and not entry.is_masked]
        remind = feed.remind_days
        return [
            replace(one, remind_days=remind if entry.sort in _REMINDED else None)
            for entry, one in zip(taken, _happenings(taken), strict=True)
        ]


def write(feed: CalendarFeed, happenings: Iterable[Happening]) -> bytes:
    """The feed as programs read it."""
    return calendar(happenings, name=feed.name)


def digest_of(feed: CalendarFeed, happenings: Sequence[Happening]) -> str:
    """A mark of the content, told before anything is written: the same mark is the same octets."""
    return hashlib.sha256(repr((feed.name, happenings)).encode()).hexdigest()[:32]


def last_change() -> dt.datetime | None:
    """When anything at all was last changed in this installation: a feed cannot have changed since.

    None within the last minute, while an act that began earlier may still be ending, and before today began, as a new
    day moves the window.
    """
    at = Action.objects.order_by("-id").values_list("at", flat=True).first()
    morning = dt.datetime.combine(clock.today(), dt.time(), tzinfo=clock.LOCAL)
    latest = max(morning, at) if at is not None else morning
    return latest if clock.now() - latest > dt.timedelta(minutes=1) else None


def _window(feed: CalendarFeed) -> list[Entry]:
    today = clock.today()
    sorts = frozenset(CalendarSort(code) for code in feed.sorts if code in CalendarSort.values)
    offices = frozenset([feed.office_code]) if feed.scope == Scope.OFFICE else frozenset[str]()
    wanted = Wanted(sorts=sorts, offices=offices, masked=False)
    found = entries_between(feed.user, today - BACK, today + AHEAD, wanted, ties=True)
    if len(found) > MOST:
        nearest = sorted(found, key=lambda entry: abs((entry.since - today).days))[:MOST]
        found = sorted(nearest, key=lambda entry: (entry.since, entry.key))
    return found


def _desk(user: User) -> list[Entry]:
    """What waits for the person and has a day, without what may not leave the office."""
    return [
        _of_waiting(item, item.due_on)
        for item in waiting_for(user)
        if item.due_on is not None and not (item.record is not None and item.is_masked)
    ]


def _of_waiting(item: Waiting, on: dt.date) -> Entry:
    what = item.record or (item.asked.opinion if item.asked else None) or item.commitment
    is_promise = item.kind == WaitingKind.COMMITMENT
    text = item.commitment.text if item.commitment else item.record.title if item.record else ""
    page: str = ""
    args: tuple[object, ...] = ()
    if item.record is not None:
        page, args = get_family(item.record.family).url_name, (item.record.pk,)
    elif item.asked is not None:
        page, args = "desk:opinion", (item.asked.opinion.pk,)
    return Entry(
        key=f"{getattr(what, 'pk', '')}.{item.kind}",
        sort=CalendarSort.PROMISE if is_promise else CalendarSort.DEADLINE,
        since=on,
        until=on,
        title=text or str(item.kind.label),
        note=str(item.kind.label),
        page=page,
        args=args,
        version=item.record.version if item.record else 1,
        changed_at=item.record.updated_at if item.record else None,
    )


# --- entries to events ----------------------------------------------------------------------------


def _happenings(entries: Sequence[Entry]) -> list[Happening]:
    ties = {tie for entry in entries for tie in entry.ties}
    names = names_of(
        countries={code for kind, code in ties if kind == TieKind.COUNTRY},
        parties={code for kind, code in ties if kind == TieKind.PARTY},
    )
    return [_happening(entry, names) for entry in entries]


def _happening(entry: Entry, names: Names) -> Happening:
    title = f"{_capital(entry.note)}: {entry.title}" if entry.note and entry.sort in _NOTED else entry.title
    told = [
        entry.head.number if entry.head else "",
        "" if entry.sort in _NOTED else _capital(entry.note),
        entry.source,
    ]
    return Happening(
        key=entry.key,
        title=_("Called off: %(title)s") % {"title": title} if entry.is_off else title,
        since=entry.since,
        until=entry.until,
        text="\n".join(filter(None, told)),
        url=address_of(entry),
        where=_where(entry, names),
        category=_capital(str(entry.sort.label)),
        is_off=entry.is_off,
        version=entry.version,
        changed_at=entry.changed_at,
    )


#: What happens then is said before what it happens to.
_NOTED = {CalendarSort.DEADLINE, CalendarSort.ENDS, CalendarSort.GREETING, CalendarSort.WORK, CalendarSort.EVENT,
          CalendarSort.PROMISE, CalendarSort.MEETING}  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _where(entry: Entry, names: Names) -> str:
    """Partners and countries: what a calendar has of a place that every family knows."""
    parties = sorted(names.party(code) for kind, code in entry.ties if kind == TieKind.PARTY)
    countries = sorted(names.country(code) for kind, code in entry.ties if kind == TieKind.COUNTRY)
    return ", ".join([*parties, *countries][:_PLACES])


def address_of(entry: Entry) -> str:
    """Where people open it, with the installation's own address; empty for what has no page."""
    page, args = entry.page, entry.args
    if entry.head is not None and not page:
        page, args = get_family(entry.head.family).url_name, (entry.head.pk,)
    try:
        return f"{settings.DESK_ADDRESS}{reverse(page, args=args)}" if page else ""
    except NoReverseMatch:
        return ""


# --- one record -----------------------------------------------------------------------------------


def record_calendar(record: Record) -> bytes | None:
    """The days of one record, and its programme by the hour, as a file; None where it has no days."""
    entries = entries_of(record)
    if not entries:
        return None
    return calendar([*_happenings(entries), *_programme(record)], name=record.number)


def _programme(record: Record) -> list[Happening]:
    family = get_family(record.family)
    timetable = family.calendar.timetable
    if timetable is None:
        return []
    row: Any = family.get_model()._default_manager.filter(pk=record.pk).first()
    lines = getattr(row, timetable.lines).order_by("order") if row is not None else ()
    return [_of_line(line, timetable, record) for line in lines if getattr(line, timetable.on) is not None]


def _of_line(line: Any, timetable: Timetable, record: Record) -> Happening:
    on = getattr(line, timetable.on)
    return Happening(
        key=f"{record.pk}.{line.pk}",
        title=getattr(line, timetable.what),
        since=on,
        until=on,
        begins=_hour(getattr(line, timetable.begins, "")) if timetable.begins else None,
        ends=_hour(getattr(line, timetable.ends, "")) if timetable.ends else None,
        where=getattr(line, timetable.where, "") if timetable.where else "",
        text=record.number,
        version=record.version,
        changed_at=record.updated_at,
    )


def _hour(text: str) -> dt.time | None:
    """An hour from "8:30" or "08:30"; None for what is none."""
    try:
        return dt.time.fromisoformat(text.strip().zfill(5))
    except ValueError:
        return None
