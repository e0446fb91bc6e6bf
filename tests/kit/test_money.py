"""Worth of sums by dated rates, the band around a rate, series that are never mixed, days of slices."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest

from bonphuong.kernel.money import Rate
from bonphuong.kit.money import RateBook, Worth, is_new_in, of_series, slice_day, stray_rate, worth

FIRST, SECOND = dt.date(2025, 1, 1), dt.date(2026, 1, 1)
DAY = dt.date(2026, 6, 1)


def rate(currency: str, value: str, on: dt.date) -> Rate:
    return Rate(currency=currency, quote="VND", value=Decimal(value), on=on, source="giả định")


RATES = RateBook({
    "USD": [rate("USD", "24500", FIRST), rate("USD", "25000", SECOND)],
    "CNY": [rate("CNY", "3500", SECOND)],
})  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "currency", "day", "vnd", "usd", "used"),
    [
        (100_00, "USD", DAY, 2_500_000, 100_00, 25000),
        (100_00, "USD", FIRST, 2_450_000, 100_00, 24500),
        (2_500_000, "VND", DAY, 2_500_000, 100_00, 25000),
        (1000_00, "CNY", DAY, 3_500_000, 140_00, 3500),
        (500, "LAK", DAY, None, None, None),
        (100_00, "USD", dt.date(2020, 1, 1), None, 100_00, None),
    ],
)
def test_a_sum_is_worth_what_the_rate_of_its_day_gives(amount, currency, day, vnd, usd, used):
    found = worth(amount, currency, day, RATES)
    assert (found.vnd, found.usd, found.rate) == (vnd, usd, None if used is None else Decimal(used))


def test_what_a_paper_states_and_whoever_gives_a_rate_go_first():
    assert worth(100_00, "USD", DAY, RATES, stated_vnd=2_730_000).vnd == 2_730_000
    found = worth(100_00, "USD", DAY, RATES, rate=Decimal(26000), rate_on=FIRST, rate_source="văn bản")
    assert found == Worth(2_600_000, 100_00, Decimal(26000), FIRST, "văn bản")
    stated = worth(1000, "EUR", DAY, RATES, stated_vnd=250_000)
    assert (stated.vnd, stated.usd, stated.rate) == (250_000, 10_00, None)


def test_only_a_rate_outside_the_band_is_remarked_on():
    million = 1_000_000_00
    assert stray_rate(million, "USD", 27_300_000_000, Decimal(25000)) == 27300
    assert stray_rate(million, "USD", 25_500_000_000, Decimal(25000)) is None
    assert stray_rate(million, "USD", 26_250_000_000, Decimal(25000)) is None
    assert stray_rate(million, "USD", None, Decimal(25000)) is None
    assert stray_rate(million, "USD", 27_300_000_000, None) is None
    assert stray_rate(0, "USD", 27_300_000_000, Decimal(25000)) is None


@dataclass
class Line:
    series: str
    currency: str = "USD"
    vnd: int | None = None
    usd: int | None = None


def test_one_series_stands_in_for_another_and_none_are_mixed():
    whole, approved = Line("whole_life"), Line("approved")
    assert of_series([whole, approved], "approved", "whole_life") == [approved]
    assert of_series([whole], "approved", "whole_life") == [whole]
    assert of_series([whole], "disbursed") == []


@pytest.mark.parametrize(
    ("year", "approved_on", "is_new", "day"),
    [
        (2026, dt.date(2026, 5, 4), True, dt.date(2026, 5, 4)),
        (2026, dt.date(2026, 12, 20), True, dt.date(2026, 12, 14)),
        (2026, dt.date(2024, 5, 4), False, dt.date(2026, 1, 1)),
        (2026, dt.date(2025, 12, 20), True, dt.date(2026, 1, 1)),
    ],
)
def test_a_slice_counts_inside_its_own_year_however_years_are_cut(year, approved_on, is_new, day):
    assert slice_day(year, approved_on, is_new=is_new) == day


def test_new_is_what_was_approved_in_the_year_unless_somebody_says_otherwise():
    day = dt.date(2025, 12, 20)
    assert (is_new_in(2025, day), is_new_in(2026, day), is_new_in(2026, day, said=True)) == (
        True,
        False,
        True,
    )
