"""Days counted as the hand-worked cases C23 and C24 say."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.procedures.deadlines import Deadline, due_on, standing_of
from bonphuong.procedures.enums import DayUnit, Direction, Standing
from tests.factories.procedures import DeadlineRuleFactory

pytestmark = pytest.mark.django_db


def rule(**fields):
    return DeadlineRuleFactory.build(**fields)


def test_calendar_days_after_return():
    assert due_on(rule(days=15), dt.date(2026, 1, 20)) == dt.date(2026, 2, 4)


def test_working_days_after_return():
    assert due_on(rule(days=15, unit=DayUnit.WORKING), dt.date(2026, 1, 20)) == dt.date(2026, 2, 10)


def test_working_days_over_tet():
    assert due_on(rule(days=7, unit=DayUnit.WORKING), dt.date(2026, 2, 12)) == dt.date(2026, 3, 2)


def test_days_before():
    assert due_on(rule(days=30, direction=Direction.BEFORE), dt.date(2026, 1, 29)) == dt.date(2025, 12, 30)
    back = rule(days=7, unit=DayUnit.WORKING, direction=Direction.BEFORE)
    assert due_on(back, dt.date(2026, 3, 2)) == dt.date(2026, 2, 12)


def test_no_days_at_all_is_the_day_itself():
    assert due_on(rule(days=0, unit=DayUnit.WORKING), dt.date(2026, 2, 17)) == dt.date(2026, 2, 17)


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (dt.date(2026, 1, 31), Standing.OK),
        (dt.date(2026, 2, 1), Standing.SOON),
        (dt.date(2026, 2, 4), Standing.SOON),
        (dt.date(2026, 2, 5), Standing.LATE),
    ],
)
def test_standing_of_an_open_day(today, standing):
    assert standing_of(dt.date(2026, 2, 4), today) == standing


def test_a_deadline_says_how_it_stands():
    report = rule(days=15)
    day, due = dt.date(2026, 2, 6), dt.date(2026, 2, 4)
    still_open = Deadline(rule=report, starts_on=dt.date(2026, 1, 20), due_on=due, today=day)
    fulfilled = Deadline(rule=report, starts_on=dt.date(2026, 1, 20), due_on=due, today=day, done_on=day)
    assert (still_open.days_left, still_open.standing, still_open.was_late) == (-2, Standing.LATE, False)
    assert (fulfilled.standing, fulfilled.was_late) == (Standing.DONE, True)
