"""What the general papers say of a conference, an event or press work beside its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext

from bonphuong.families.events.enums import Kind, Side
from bonphuong.kernel.dates import date_range, format_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.families.events.models import Event, Guest, ProgrammeLine


def print_context(row: Event) -> Mapping[str, Any]:
    """Programme and guests of the day; gifts and protocol are nobody else's business and stay out of papers."""
    title = row.record.title[:1].lower() + row.record.title[1:]
    asked = (
        pgettext("in an official paper", "receiving foreign press: %(title)s")
        if row.kind == Kind.MEDIA
        else pgettext("in an official paper", "organising %(title)s")
    )
    first, last = row.started_on or row.starts_on, row.ended_on or row.ends_on
    people = list(row.guests.all())
    return {
        "about": asked % {"title": title},
        "dates": date_range(first, last or first, "vi") if first else "",
        "guests": [_guest(line) for line in people if line.side == Side.GUESTS],
        "participants": [_guest(line) for line in people],
        "agenda": [_item(line) for line in row.programme.all()],
        "lines": ("programme", "talks", "endpoints"),
    }


def _guest(line: Guest) -> str:
    return ", ".join(filter(None, (line.full_name, line.post_then, line.unit_then)))


def _item(line: ProgrammeLine) -> Mapping[str, str]:
    return {
        "day": format_date(line.on),
        "hour": "–".join(filter(None, (line.begins_at, line.ends_at))),
        "what": line.what,
        "place": line.where,
        "who": line.who,
    }
