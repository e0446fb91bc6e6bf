"""What is done with an event beside its steps: seats by precedence, a programme taken over."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.families.events.enums import Side
from bonphuong.families.events.queries import numbered, sides
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import draft_of, row_of
from bonphuong.kit.services import save_lines
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.families.events.models import Event, Guest
    from bonphuong.records.models import Record

#: Letters of the two sides of a table in seats such as "A1", "B3".
_ROWS = {Side.OURS: "A", Side.GUESTS: "B"}


def seat_guests(record: Record, values: Mapping[str, Any], *, actor: User) -> Record | None:
    """Give each side its seats by precedence: the first in the middle, then right and left of the first in turn.

    Seats run "A1", "A2"… from left to right as one faces the table; seats typed before are kept unless `anew` is set.
    Raises NotAllowed, BadInput, Conflict.
    """
    row: Event = row_of(record)
    seats: dict[UUID, str] = {}
    for side, guests in sides(row).items():
        ranked = [guest for guest in guests if guest.precedence is not None]
        seats |= _seats(ranked, _ROWS[Side(side)])
    if not seats:
        raise BadInput({"": [_("Give the guests their precedence first.")]})
    anew = bool(values.get("anew"))
    lines = [_seated(line, seats, anew=anew) for line in draft_of(row).lines["guests"]]
    verb = "events.event.seat"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record):
        save_lines(record, "guests", lines, expected_version=record.version, actor=actor)
    return None


def _seats(ranked: list[Guest], letter: str) -> dict[UUID, str]:
    # The second sits at the right of the first, the third at the left, and so on outwards.
    places: list[UUID] = []
    for number, guest in enumerate(ranked):
        if number % 2:
            places.append(guest.pk)
        else:
            places.insert(0, guest.pk)
    return {pk: f"{letter}{number}" for number, pk in enumerate(places, 1)}


def _seated(line: LineDraft, seats: Mapping[UUID, str], *, anew: bool) -> LineDraft:
    seat = seats.get(line.uid) if line.uid else None
    if seat is None or (line.get("seat") and not anew):
        return line
    return replace(line, values={**line.values, "seat": seat})


def copy_programme(record: Record, values: Mapping[str, Any], *, actor: User) -> Record | None:
    """Take the programme of another record over, its days counted from this one's first day; what is here stays.

    Raises NotAllowed, BadInput (no such record, no programme there, no first day here), Conflict.
    """
    row: Event = row_of(record)
    first = row.started_on or row.starts_on
    source = row_of(numbered(actor, record.book, str(values.get("number") or "")))
    there = draft_of(source).lines["programme"]
    if not there or first is None:
        raise BadInput({"number": [_("That record has no programme.")]})
    lines = [*draft_of(row).lines["programme"], *_moved(there, first)]
    verb = "events.event.copy_programme"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record):
        save_lines(record, "programme", lines, expected_version=record.version, actor=actor)
    return None


def _moved(lines: Iterable[LineDraft], first: dt.date) -> list[LineDraft]:
    listed = list(lines)
    since = min(line.get("on") for line in listed)
    return [
        LineDraft({**line.values, "on": first + dt.timedelta(days=(line.get("on") - since).days)})
        for line in listed
    ]
