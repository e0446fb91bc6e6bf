"""What the page of an event shows beside its fields: timetable, seats, gifts, arrangements, products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.events.enums import GiftWay
from bonphuong.families.events.queries import sides, timetable
from bonphuong.kernel.numbers import format_number
from bonphuong.kit.specs import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.events.models import Event, Gift


def panels(row: Event, user: User) -> Sequence[Panel]:
    """Only what there is something to say of."""
    del user
    found = [_timetable(row), _seating(row), _gifts(row), _arrangements(row), _products(row)]
    return [panel for panel in found if panel.rows]


def _timetable(row: Event) -> Panel:
    rows: list[Sequence[object]] = []
    for day, lines in timetable(row):
        for number, line in enumerate(lines):
            hours = "–".join(filter(None, (line.begins_at, line.ends_at)))
            # The day is written once, at the head of its lines.
            rows.append((f"{day:%d/%m/%Y}" if not number else "", hours, line.what, line.where, line.who))
    return Panel(
        label=_("Programme by the hour"),
        heads=(_("Day"), _("Hours"), pgettext_lazy("programme", "What"), _("Where"), _("Who")),
        rows=rows,
    )


def _seating(row: Event) -> Panel:
    rows: list[Sequence[object]] = []
    for guests in sides(row).values():
        rows += [
            (
                guest.get_side_display(),
                "" if guest.precedence is None else str(guest.precedence),
                " ".join(filter(None, (guest.full_name, guest.name_native))),
                ", ".join(filter(None, (guest.post_then, guest.unit_then))),
                guest.seat,
                guest.interpreter,
                guest.vehicle,
            )
            for guest in guests
        ]
    return Panel(
        label=_("Seats by precedence"),
        heads=(
            _("Side"),
            _("Precedence"),
            _("Full name"),
            _("Post held then"),
            _("Seat"),
            _("Interpreter"),
            _("Vehicle"),
        ),
        rows=rows,
    )


def _gifts(row: Event) -> Panel:
    gifts = sorted(row.gifts.all(), key=lambda gift: (gift.way, gift.order))
    rows: list[Sequence[object]] = [
        (
            gift.get_way_display(),
            gift.what,
            str(gift.quantity),
            "" if gift.value_vnd is None else format_number(gift.value_vnd),
            gift.person,
            gift.kept_by,
        )
        for gift in gifts
    ]
    for way in GiftWay:
        some = [gift for gift in gifts if gift.way == way]
        if some:
            rows.append((way.label, _("together"), _count(some), _worth(some), "", ""))
    unknown = any(gift.value_vnd is None for gift in gifts)
    return Panel(
        label=_("Gifts"),
        heads=(
            pgettext_lazy("column", "Way"),
            _("Gift"),
            _("Quantity"),
            _("Assessed value (đồng)"),
            _("To whom, or from whom"),
            _("Kept or handed in where"),
        ),
        rows=rows,
        text=_("Some gifts have no assessed value.") if unknown else "",
        tone="warn" if unknown else "",
    )


def _count(gifts: Sequence[Gift]) -> str:
    return str(sum(gift.quantity for gift in gifts))


def _worth(gifts: Sequence[Gift]) -> str:
    # Assessed values are of the whole line, not of one piece.
    return format_number(sum(gift.value_vnd or 0 for gift in gifts))


def _arrangements(row: Event) -> Panel:
    lines = sorted(row.arrangements.all(), key=lambda line: (line.is_ready, line.order))
    return Panel(
        label=_("Protocol arrangements"),
        heads=(_("Kind"), _("In detail"), _("Who sees to it"), _("When"), _("Ready")),
        rows=[
            (line.get_sort_display(), line.what, line.who, line.when, _("ready") if line.is_ready else "")
            for line in lines
        ],
        tone="" if all(line.is_ready for line in lines) else "warn",
    )


def _products(row: Event) -> Panel:
    return Panel(
        label=_("What was published"),
        heads=(
            _("Kind"),
            _("Title"),
            _("Published by"),
            _("Language"),
            _("Published on"),
            pgettext_lazy("media product", "Number"),
        ),
        rows=[
            (
                line.get_form_display(),
                (line.name, line.address) if line.address.startswith(("http://", "https://")) else line.name,
                line.outlet,
                line.get_language_display(),
                f"{line.published_on:%d/%m/%Y}" if line.published_on else "",
                str(line.count),
            )
            for line in row.products.all()
        ],
    )
