"""Sums of money, dated rates, and whole numbers that stand for decimals in the database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from babel.numbers import get_currency_precision
from django.utils.translation import gettext as _

from bonphuong.kernel.errors import BadValue
from bonphuong.kernel.languages import language
from bonphuong.kernel.numbers import format_number, short_amount, spell

if TYPE_CHECKING:
    import datetime as dt

_CODE = re.compile(r"[A-Z]{3}", re.ASCII)
# Far beyond any sum, so that nothing is rounded but where it is said.
_EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
_IMPLIED_DIGITS = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole units of its currency (ISO 4217), as exact as it was stated."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        """Refuse what is no amount or no currency code."""
        _check_exact(self.amount)
        _check_currency(self.currency)

    def __add__(self, other: Money) -> Money:
        return Money(_EXACT.add(self.amount, self._alike(other).amount), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(_EXACT.subtract(self.amount, self._alike(other).amount), self.currency)

    def rounded(self) -> Money:
        """To the smallest unit of the currency, half up."""
        step = Decimal(1).scaleb(-minor_units(self.currency))
        return Money(self.amount.quantize(step, context=_EXACT), self.currency)

    def _alike(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise BadValue(
                _("Sums in %(one)s and %(other)s cannot be added without a rate.")
                % {"one": self.currency, "other": other.currency}
            )
        return other


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of `currency` is `value` units of `quote`, on a day, by a source that can be named."""

    currency: str
    quote: str
    value: Decimal
    on: dt.date
    source: str

    def __post_init__(self) -> None:
        """Refuse rates that are not above zero."""
        _check_currency(self.currency)
        _check_currency(self.quote)
        _check_exact(self.value)
        if self.value <= 0:
            raise BadValue(_("A rate of exchange must be above zero."))


def minor_units(currency: str) -> int:
    """Decimals that sums of a currency have in practice (CLDR): VND 0, USD 2."""
    _check_currency(currency)
    return get_currency_precision(currency)


def convert(money: Money, to: str, rate: Rate) -> Money:
    """The sum in another currency at one rate, used in either direction, rounded to its smallest unit."""
    if money.currency == to:
        return money
    if (money.currency, to) == (rate.currency, rate.quote):
        return Money(_EXACT.multiply(money.amount, rate.value), to).rounded()
    if (money.currency, to) == (rate.quote, rate.currency):
        return Money(_EXACT.divide(money.amount, rate.value), to).rounded()
    raise BadValue(
        _("A rate between %(one)s and %(two)s does not turn %(currency)s into %(to)s.")
        % {"one": rate.currency, "two": rate.quote, "currency": money.currency, "to": to}
    )


def implied_rate(money: Money, quoted: Money) -> Decimal | None:
    """The rate that two statements of one sum imply: quoted units for one unit; None for a zero sum.

    27.3 tỷ đồng beside 1,000,000 USD imply 27300.
    """
    if money.amount == 0:
        return None
    rate = _EXACT.divide(quoted.amount, money.amount).quantize(_IMPLIED_DIGITS, context=_EXACT)
    return rate.to_integral_value() if rate == rate.to_integral_value() else rate.normalize(_EXACT)


def is_near(rate: Decimal, around: Decimal, percent: Decimal) -> bool:
    """Whether a rate lies within so many per cent of another, limits included."""
    return abs(rate - around) * 100 <= percent * around


def to_scaled(value: Decimal, exponent: int) -> int:
    """The whole number that stands for a decimal with `exponent` places: 9.0 with 1 is 90.

    Refused when the value is finer than that: rounding is the caller's decision.
    """
    scaled = value.scaleb(exponent, context=_EXACT)
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        raise BadValue(
            _("%(value)s has more than %(places)s decimal places.") % {"value": value, "places": exponent}
        )
    return int(scaled)


def from_scaled(scaled: int, exponent: int) -> Decimal:
    """The decimal that a scaled whole number stands for, with exactly `exponent` places."""
    return Decimal(scaled).scaleb(-exponent, context=_EXACT)


def format_money(money: Money, lang: str = "vi") -> str:
    """In figures: "1.800.000.000 đồng", "1.000 USD"; "VND 1,800,000,000" in English."""
    return language(lang).sum_of(format_number(money.amount, lang), money.currency)


def short_money(money: Money, lang: str = "vi", decimals: int = 2) -> str:
    """By its large unit: "1,8 tỷ đồng", "1 triệu USD"; rounded to `decimals` at most."""
    return language(lang).sum_of(short_amount(money.amount, lang, decimals), money.currency)


def spell_money(money: Money, lang: str = "vi") -> str:
    """In words: "một tỷ tám trăm triệu đồng"."""
    return language(lang).spelled_sum(spell(money.amount, lang), money.currency)


def _check_exact(value: object) -> None:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise TypeError("amounts and rates are finite Decimals, never floats")


def _check_currency(code: str) -> None:
    if not _CODE.fullmatch(code):
        raise BadValue(_("“%(code)s” is no currency code, such as VND or USD.") % {"code": code[:20]})
