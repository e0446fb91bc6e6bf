"""iCalendar (RFC 5545, 7986): plain events in, the octets of a calendar out. Asks neither clock nor database."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import icalendar

from bonphuong.kernel.clock import LOCAL

if TYPE_CHECKING:
    from collections.abc import Iterable

MEDIA_TYPE = "text/calendar; charset=utf-8"
DOMAIN = "bonphuong"
_PRODUCT = "-//Bon Phuong//Calendar//VI"
#: Programs are asked to come again after so long.
REFRESH = dt.timedelta(hours=1)
#: The stamp of what never changes, such as the day of a feast: the same input gives the same octets.
_ALWAYS = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
#: Reminders of whole days come when the office opens, not at midnight.
_MORNING = dt.timedelta(hours=8)
_LONGEST = 300
_NEEDS_MARKS = re.compile(r"\s*[,;\\]\s*")


@dataclass(frozen=True)
class Happening:
    """One event. Whole days from `since` to `until`, both included, or from an hour to an hour where `begins` is given.

    `key` is its name for ever. `remind_days` before it a program is asked to remind, where a number is given.
    """

    key: str
    title: str
    since: dt.date
    until: dt.date
    begins: dt.time | None = None
    ends: dt.time | None = None
    text: str = ""
    url: str = ""
    where: str = ""
    category: str = ""
    is_off: bool = False
    version: int = 1
    changed_at: dt.datetime | None = None
    remind_days: int | None = None


def calendar(happenings: Iterable[Happening], *, name: str) -> bytes:
    """The whole calendar under the name that programs show."""
    found = icalendar.Calendar()
    found.add("prodid", _PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    # The library knows no type of these two, and would write commas and line ends as they are.
    found.add("name", icalendar.vText(_one_line(name)))
    # Some programs show the marks that hide commas (ical.js does): it goes without any.
    found.add("x-wr-calname", icalendar.vText(_NEEDS_MARKS.sub(" · ", _one_line(name))))
    found.add("x-wr-timezone", str(LOCAL))
    found.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", icalendar.vDuration(REFRESH))
    listed = list(happenings)
    if any(one.begins for one in listed):
        found.add_component(_zone())
    for one in listed:
        found.add_component(_event(one))
    return bytes(found.to_ical())


def plain(text: str) -> str:
    """Text that a calendar may hold: no control characters but line ends, of bounded length."""
    kept = "".join(
        sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign >= " " or sign == "\n"
    )
    clean = kept.replace("\x7f", "").encode("utf-8", "ignore").decode("utf-8")
    return clean if len(clean) <= _LONGEST else f"{clean[: _LONGEST - 1]}…"


def _one_line(text: str) -> str:
    return plain(text).replace("\n", " ")


def _event(one: Happening) -> icalendar.Event:
    event = icalendar.Event()
    stamp = (one.changed_at or _ALWAYS).astimezone(dt.UTC).replace(microsecond=0)
    event.add("uid", f"{one.key}@{DOMAIN}")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", max(one.version - 1, 0))
    _days(event, one)
    event.add("summary", _one_line(one.title))
    event.add("status", "CANCELLED" if one.is_off else "CONFIRMED")
    event.add("transp", "OPAQUE" if one.begins else "TRANSPARENT")
    for name, value in (("description", plain(one.text)), ("location", plain(one.where)), ("url", one.url)):
        if value:
            event.add(name, value)
    if one.category:
        event.add("categories", [one.category])
    if one.remind_days is not None and not one.is_off:
        event.add_component(_alarm(one))
    return event


def _days(event: icalendar.Event, one: Happening) -> None:
    """Whole days end with the day after; hours stand in the offices' own zone."""
    if one.begins is None:
        event.add("dtstart", one.since)
        event.add("dtend", one.until + dt.timedelta(days=1))
        return
    begins = dt.datetime.combine(one.since, one.begins, tzinfo=LOCAL)
    event.add("dtstart", begins)
    if one.ends is not None and (one.until, one.ends) > (one.since, one.begins):
        event.add("dtend", dt.datetime.combine(one.until, one.ends, tzinfo=LOCAL))


def _alarm(one: Happening) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _one_line(one.title))
    before = dt.timedelta(days=-(one.remind_days or 0))
    alarm.add("trigger", before if one.begins else before + _MORNING)
    return alarm


def _zone() -> icalendar.Timezone:
    """Asia/Ho_Chi_Minh as it has been since 13 June 1975: seven hours ahead, no summer time."""
    zone = icalendar.Timezone()
    zone.add("tzid", str(LOCAL))
    standard = icalendar.TimezoneStandard()
    standard.add("dtstart", dt.datetime(1975, 6, 13))  # noqa: DTZ001 - RFC 5545 asks for local time here
    standard.add("tzoffsetfrom", dt.timedelta(hours=8))
    standard.add("tzoffsetto", dt.timedelta(hours=7))
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone
