import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonphuong.kernel.money import (
    Money,
    Rate,
    convert,
    format_money,
    from_scaled,
    implied_rate,
    is_near,
    minor_units,
    short_money,
    spell_money,
    to_scaled,
)

RATE = Rate("USD", "VND", Decimal(25_000), dt.date(2025, 1, 1), "report definition")


def vnd(amount):
    return Money(Decimal(amount), "VND")


def usd(amount):
    return Money(Decimal(amount), "USD")


def test_convert_goes_both_ways_and_rounds_to_the_smallest_unit():
    assert convert(usd("1.555"), "VND", RATE) == vnd(38_875)
    assert convert(vnd(38_880), "USD", RATE) == usd("1.56")
    assert convert(vnd(7), "VND", RATE) == vnd(7)


def test_convert_refuses_a_rate_between_others():
    with pytest.raises(ValueError, match="LAK"):
        convert(Money(Decimal(1), "LAK"), "VND", RATE)


def test_c25_both_sums_stay_and_the_implied_rate_is_outside_the_band():
    rate = implied_rate(usd(1_000_000), vnd(27_300_000_000))

    assert rate == 27_300
    assert not is_near(rate, RATE.value, Decimal(5))
    assert is_near(Decimal(26_250), RATE.value, Decimal(5))
    assert implied_rate(usd(0), vnd(5)) is None
    assert implied_rate(usd(3), vnd(10)) == Decimal("3.333333")


@pytest.mark.parametrize(("currency", "places"), [("VND", 0), ("USD", 2), ("CNY", 2), ("JPY", 0)])
def test_minor_units(currency, places):
    assert minor_units(currency) == places


def test_sums_of_one_currency_add_and_others_do_not():
    assert vnd(5) + vnd(7) - vnd(2) == vnd(10)
    with pytest.raises(ValueError, match="USD"):
        vnd(5) + usd(7)


@pytest.mark.parametrize("currency", ["", "vnd", "VN", "ĐỒNG", "VNDX"])
def test_a_currency_is_a_code(currency):
    with pytest.raises(ValueError, match="VND"):
        Money(Decimal(1), currency)


def test_floats_and_rates_of_nothing_are_refused():
    with pytest.raises(TypeError):
        Money(1.5, "VND")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Rate("USD", "VND", 25_000.0, dt.date(2025, 1, 1), "")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money(Decimal("NaN"), "VND")
    with pytest.raises(ValueError, match=r"\w"):
        Rate("USD", "VND", Decimal(0), dt.date(2025, 1, 1), "")


@pytest.mark.parametrize(
    ("money", "figures", "short", "words"),
    [
        (vnd(1_800_000_000), "1.800.000.000 đồng", "1,8 tỷ đồng", "một tỷ tám trăm triệu đồng"),
        (usd(1_170_000), "1.170.000 USD", "1,17 triệu USD", "một triệu một trăm bảy mươi nghìn đô la Mỹ"),
        (Money(Decimal("2.5"), "XAF"), "2,5 XAF", "2,5 XAF", "hai phẩy năm XAF"),
    ],
)
def test_sums_in_vietnamese(money, figures, short, words):
    assert (format_money(money), short_money(money), spell_money(money)) == (figures, short, words)


def test_sums_in_english():
    money = vnd(1_800_000_000)
    assert format_money(money, "en") == "VND 1,800,000,000"
    assert short_money(money, "en") == "VND 1.8 billion"
    assert spell_money(money, "en") == "one billion eight hundred million Vietnamese dong"


def test_to_scaled_never_rounds():
    assert to_scaled(Decimal("9.0"), 1) == 90
    assert to_scaled(Decimal("1E+3"), 0) == 1000
    for value, exponent in ((Decimal("9.05"), 1), (Decimal("Infinity"), 1)):
        with pytest.raises(ValueError, match=str(value)):
            to_scaled(value, exponent)


@given(scaled=st.integers(-(10**24), 10**24), exponent=st.integers(0, 6))
def test_scaled_numbers_come_back(scaled, exponent):
    assert to_scaled(from_scaled(scaled, exponent), exponent) == scaled


@given(amount=st.integers(-(10**12), 10**12), value=st.integers(1, 100_000))
def test_a_whole_sum_of_dollars_survives_the_way_there_and_back(amount, value):
    rate = Rate("USD", "VND", Decimal(value), RATE.on, "test")
    assert convert(convert(usd(amount), "VND", rate), "USD", rate) == usd(amount).rounded()
