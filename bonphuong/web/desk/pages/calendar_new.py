"""What can be entered for a day of the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.kit.queries import scheme_of
from bonphuong.records.enums import CalendarSort
from bonphuong.records.registry import ENDS
from bonphuong.web.desk.addresses import new_url
from bonphuong.web.desk.navigation import families_in_order
from bonphuong.web.desk.pages.listing import Chip, Group

if TYPE_CHECKING:
    import datetime as dt

    from bonphuong.records.registry import Family, Kind


def beginnings(day: dt.date) -> list[Group]:
    """Families with their kinds whose form takes the day as its first; the form then has it filled in."""
    groups = []
    for family in families_in_order():
        chips = [
            Chip(str(kind.label), new_url(family.code, kind=kind.code, **{name: f"{day:%d/%m/%Y}"}))
            for kind in family.kinds
            if (name := _first_day(family, kind))
        ]
        if chips:
            groups.append(Group(str(family.plural), chips))
    return groups


def _first_day(family: Family, kind: Kind) -> str:
    """The field of the form of a new record that such a day fills; none for kinds that happen on no day."""
    marks = [mark for mark in family.calendar.marks if kind.code in (mark.kinds or {kind.code})]
    marks = [mark for mark in marks if mark.day != ENDS and mark.sort != CalendarSort.ENDS]
    if not marks:
        return ""
    asks = next((mark.asks for mark in marks if mark.asks), "")
    if asks or not family.scheme:
        return asks
    scheme = scheme_of(family.code)
    asked = {spec.name for spec in scheme.specs_of(kind.code) if spec.in_form and not spec.late}
    own = [mark.day for mark in marks if mark.is_own]
    return next((name for name in (*scheme.begins, *own) if name in asked), "")
