"""What the demonstration tells on days of its own: no database is asked."""

import datetime as dt

import pytest

from bonphuong.config.demonstration.reviewing import review_acts
from bonphuong.kernel import clock


@pytest.mark.parametrize("day", [(2026, 12, 3), (2026, 12, 7), (2026, 12, 15), (2027, 3, 15), (2027, 9, 18)])
def test_no_report_is_reviewed_before_its_period(day):
    with clock.fixed(dt.date(*day)):
        begun, *_later = review_acts(dt.date(*day))
    assert begun.at.date() in begun.do.keywords["period"]
