"""How a rule becomes a day, and how that day stands against today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.procedures.enums import DayUnit, Direction, Standing
from bonphuong.reference.calendars import work_calendar

if TYPE_CHECKING:
    from bonphuong.procedures.models import DeadlineRule
    from bonphuong.reference.calendars import WorkCalendar


def due_on(rule: DeadlineRule, start: dt.date, calendar: WorkCalendar | None = None) -> dt.date:
    """The day that the rule gives when counted from `start`, which itself is not counted.

    Working days are those of Viet Nam, public holidays and make-up days included, unless an office's own
    `calendar` is given.
    """
    days = rule.days if rule.direction == Direction.AFTER else -rule.days
    if rule.unit == DayUnit.WORKING:
        return (calendar or work_calendar("VN")).add(start, days)
    return start + dt.timedelta(days=days)


@dataclass(frozen=True)
class Deadline:
    """One deadline of one case, as it stands on `today`.

    `done_on` is the day when it was fulfilled; before that, `days_left` is negative once it is overdue.
    """

    rule: DeadlineRule
    starts_on: dt.date
    due_on: dt.date
    today: dt.date
    done_on: dt.date | None = None

    @property
    def days_left(self) -> int:
        """Calendar days from today to the due day."""
        return (self.due_on - self.today).days

    @property
    def standing(self) -> Standing:
        """Late, soon, in time, or done."""
        if self.done_on is not None:
            return Standing.DONE
        return standing_of(self.due_on, self.today, self.rule.soon_days)

    @property
    def was_late(self) -> bool:
        """Fulfilled, but after the due day."""
        return self.done_on is not None and self.done_on > self.due_on


def standing_of(due: dt.date, today: dt.date, soon_days: int = 3) -> Standing:
    """How an open due day stands: late from the day after it, soon within `soon_days` before it."""
    left = (due - today).days
    if left < 0:
        return Standing.LATE
    return Standing.SOON if left <= soon_days else Standing.OK
