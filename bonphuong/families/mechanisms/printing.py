"""What the general papers say of a mechanism or a meeting beside its fields. Vietnamese is chosen by whoever prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext

from bonphuong.families.mechanisms.enums import Kind, Side
from bonphuong.kernel.dates import date_range, format_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.families.mechanisms.models import Mechanism, Participant, ProgrammeItem


def print_context(row: Mechanism) -> Mapping[str, Any]:
    """Of a meeting its points, people, programme and outcomes; of a series only what is asked for."""
    title = row.record.title[:1].lower() + row.record.title[1:]
    if row.kind == Kind.MECHANISM:
        about = pgettext("in an official paper", "founding %(title)s") % {"title": title}
        return {"about": about, "lines": ("members", "results")}
    first, last = row.held_on or row.planned_on, row.held_until or row.planned_until
    points = list(row.agenda.all())
    heads = ((row.our_head, row.our_head_post), (row.their_head, row.their_head_post))
    return {
        "about": pgettext("in an official paper", "holding %(title)s") % {"title": title},
        "dates": date_range(first, last or first, "vi") if first else "",
        "chair": "; ".join(", ".join(filter(None, pair)) for pair in heads if pair[0]),
        "participants": [_person(line) for line in row.participants.all()],
        "guests": [row.partner_text] if row.partner_text else [],
        "contents": [
            *row.content.splitlines(),
            *(f"{number}. {point.topic}" for number, point in enumerate(points, start=1)),
        ],
        "results": [
            *(f"{point.topic}: {point.outcome}" for point in points if point.outcome),
            *row.result.splitlines(),
        ],
        "agenda": [_item(line) for line in row.programme.all()],
        "lines": ("agenda", "participants"),
    }


def _person(line: Participant) -> str:
    side = (
        pgettext("in an official paper", "Our side")
        if line.side == Side.OURS
        else pgettext("in an official paper", "The partner's side")
    )
    return f"{side}: {', '.join(filter(None, (line.full_name, line.post_then, line.unit_then)))}"


def _item(line: ProgrammeItem) -> Mapping[str, str]:
    return {
        "day": format_date(line.on) if line.on else "",
        "hour": line.hours,
        "what": line.what,
        "place": line.place,
        "who": line.who,
    }
