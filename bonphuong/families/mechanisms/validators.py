"""Checks across the fields of mechanisms and meetings. Errors say what cannot be, warnings what is only unusual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.families.mechanisms.enums import Form, Kind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.kit.drafts import Draft

Finding = tuple[str, str]

_ORDER = (
    ("planned_until", "planned_on"),
    ("held_until", "held_on"),
    ("minutes_signed_on", "held_on"),
    ("tracked_on", "held_on"),
    ("ended_on", "founded_on"),
)
_NEEDS = (("held_until", "held_on"), ("minutes_signed_on", "held_on"), ("tracked_on", "held_on"))
_LONG = 10


def errors_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """What cannot be."""
    del today  # the gate judges days to come
    found = [
        (late, _("It is earlier than the day before it."))
        for late, early in _ORDER
        if draft.get(late) and draft.get(early) and draft.get(late) < draft.get(early)
    ]
    found += [
        (name, _("Say first on which day it was held."))
        for name, before in _NEEDS
        if draft.get(name) and not draft.get(before)
    ]
    if draft.kind == Kind.MEETING and not draft.get("form"):
        found.append(("form", _("Say how the sides meet.")))
    if draft.kind == Kind.MECHANISM and not draft.get("sort"):
        found.append(("sort", _("Say what sort of mechanism it is.")))
    if draft.get("form") == Form.ONLINE and draft.get("crossers"):
        found.append(("crossers", _("Online nobody crosses the line.")))
    return found


def warnings_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """What is only unusual."""
    found: list[Finding] = []
    held, until, planned = draft.get("held_on"), draft.get("held_until"), draft.get("planned_on")
    if held and until and (until - held).days > _LONG:
        found.append(("held_until", _("It lasts longer than %(days)s days.") % {"days": _LONG}))
    if (
        draft.kind == Kind.MEETING
        and planned
        and not held
        and planned < today
        and not draft.get("cancelled_on")
    ):
        found.append(("planned_on", _("This day has passed. Confirm the meeting, or set a new day.")))
    if draft.get("crossers") and draft.get("our_count") and draft.get("crossers") > draft.get("our_count"):
        found.append(("crossers", _("More people crossed than were there.")))
    if draft.kind == Kind.MEETING and not draft.get("series_number") and draft.get("session_number"):
        found.append(("series_number", _("It has a number, but no series.")))
    return found
