import datetime as dt

import pytest

from bonphuong.kernel import clock

NOON_UTC = dt.datetime(2026, 3, 4, 12, 30, tzinfo=dt.UTC)


def test_now_is_aware_and_moves():
    first, second = clock.now(), clock.now()

    assert first.tzinfo is dt.UTC
    assert first <= second


def test_today_is_the_day_of_the_offices():
    with clock.fixed(dt.datetime(2026, 3, 4, 17, 30, tzinfo=dt.UTC)):
        assert clock.today() == dt.date(2026, 3, 5)


def test_a_fixed_moment_holds_inside_the_block_only():
    with clock.fixed(NOON_UTC):
        assert clock.now() == NOON_UTC
        with clock.fixed(dt.date(2025, 1, 2)):
            assert clock.local(clock.now()).isoformat() == "2025-01-02T09:00:00+07:00"
        assert clock.now() == NOON_UTC
    assert clock.now() != NOON_UTC


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="aware"), clock.fixed(NOON_UTC.replace(tzinfo=None)):
        pass
