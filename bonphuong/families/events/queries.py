"""Reads of events."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from bonphuong.families.events.enums import Kind, Side
from bonphuong.kernel.errors import BadInput
from bonphuong.records.models import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.events.models import Event, Guest, ProgrammeLine

_LIVE = Q(event__cancelled_on__isnull=True, event__is_void=False, is_closed=False)
#: How long after its last day an event without a report is shown.
_PATIENCE = 15


def timetable(row: Event) -> Iterator[tuple[dt.date, list[ProgrammeLine]]]:
    """The programme day by day, each day by the hour; what has no hour stands where it was written."""
    lines = sorted(row.programme.all(), key=lambda line: (line.on, line.begins_at or "99", line.order))
    for day, some in groupby(lines, key=lambda line: line.on):
        yield day, list(some)


def by_precedence(guests: Sequence[Guest]) -> list[Guest]:
    """Guests in the order of precedence, those without one last in the order of the list."""
    return sorted(guests, key=lambda guest: (guest.precedence is None, guest.precedence or 0, guest.order))


def sides(row: Event) -> dict[str, list[Guest]]:
    """Each side's people by precedence: ours and the guests sit facing one another."""
    guests = list(row.guests.all())
    return {side: by_precedence([one for one in guests if one.side == side]) for side in Side.values}


def numbered(user: User, book: str, number: str) -> Record:
    """The record of an event by its number, as far as the person sees it. Raises BadInput."""
    rows = Record.objects.visible_to(user).live().filter(book=book, family="events")
    found = rows.filter(number__iexact=number.strip()).first()
    if found is None:
        raise BadInput(
            {"number": [_("No record has the number “%(number)s”.") % {"number": number.strip()[:40]}]}
        )
    return found


def not_permitted(today: dt.date) -> Q:
    """Conferences still ahead that have no permission."""
    return _LIVE & Q(event__kind=Kind.CONFERENCE, event__decided_on__isnull=True, event__starts_on__gte=today)


def not_confirmed(today: dt.date) -> Q:
    """Events whose day has passed and of which nobody has said that they were held."""
    return _LIVE & Q(event__started_on__isnull=True, event__starts_on__lt=today)


def not_reported(today: dt.date) -> Q:
    """Conferences held more than half a month ago whose report has not come."""
    since = today - dt.timedelta(days=_PATIENCE)
    late = Q(event__ended_on__lt=since) | Q(event__ended_on__isnull=True, event__started_on__lt=since)
    return _LIVE & late & Q(event__kind=Kind.CONFERENCE, event__report_received_on__isnull=True)


def gifts_without_value(today: dt.date) -> Q:
    """Events with gifts that nobody has assessed."""
    del today
    uids = Record.objects.filter(
        event__gifts__isnull=False, event__gifts__value_vnd__isnull=True, event__is_void=False
    )
    return Q(pk__in=uids.values("pk"))
