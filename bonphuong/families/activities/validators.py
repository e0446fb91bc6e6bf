"""What cannot be in an activity, and what is only unusual. Pure, over a draft."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.families.activities.enums import QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bonphuong.kit.drafts import Draft

Finding = tuple[str, str]
LONG = dt.timedelta(days=92)


def errors_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """Findings that refuse the draft."""
    return [*_days(draft, today), *_quantities(draft)]


def warnings_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """Findings that a person may leave as they are."""
    return [*_odd(draft, today)]


def _days(draft: Draft, today: dt.date) -> Iterator[Finding]:
    begins, ends = draft.get("held_on") or draft.get("planned_on"), draft.get("until_on")
    if begins is None:
        yield "held_on", _("Say when it was held, or for when it is planned.")
    if begins and ends and ends < begins:
        yield "until_on", _("It ends before it begins.")
    if draft.get("reported_on") and draft.get("held_on") is None:
        yield "held_on", _("What is reported was held: say when.")
    del today


def _quantities(draft: Draft) -> Iterator[Finding]:
    for n in QUANTITIES:
        name, value, unit = (draft.get(f"quantity{n}_{part}") for part in ("name", "value", "unit"))
        if value is not None and not (name or unit):
            yield f"quantity{n}_name", _("Say what this number counts.")
        if value is None and unit:
            yield f"quantity{n}_value", _("A unit stands here without a number.")


def _odd(draft: Draft, today: dt.date) -> Iterator[Finding]:
    held, ends, planned = (draft.get(name) for name in ("held_on", "until_on", "planned_on"))
    if held and ends and ends - held > LONG:
        yield "until_on", _("It lasts longer than three months.")
    if planned and held is None and planned < today:
        yield "planned_on", _("Its day is over, and nobody has said that it was held.")
    for n in QUANTITIES:
        if draft.get(f"quantity{n}_name") and draft.get(f"quantity{n}_value") is None:
            yield f"quantity{n}_value", _("A quantity is named without a number.")
