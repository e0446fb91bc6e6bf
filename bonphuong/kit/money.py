"""Sums in đồng and in US dollars beside their own currency, and series of money that are never mixed."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from bonphuong.kernel.money import (
    Money,
    Rate,
    convert,
    from_scaled,
    implied_rate,
    is_near,
    minor_units,
    to_scaled,
)
from bonphuong.kit.specs import Holds
from bonphuong.reference.models import ExchangeRate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bonphuong.kit.models import MoneyLine

DONG, DOLLAR = "VND", "USD"
#: What is kept in the smallest unit of a currency and told in whole ones.
SCALED = frozenset({Holds.MINOR, Holds.CENTS})
#: How far an implied rate may lie from the rate of the day before it is remarked on, in per cent.
BAND = Decimal(5)
#: What `price` sets on a line.
PRICED = ("vnd", "usd", "rate", "rate_on", "rate_source")
#: The statutory year ends on 14 December: a slice counts in the year that it is for under both ways to cut a year.
_LAST_DAY = (12, 14)


def whole_units_of(holds: Holds, value: int | None, holder: Any) -> Decimal | None:
    """A scaled sum of a row or a line in whole units: of its own currency, or in dollars."""
    if value is None:
        return None
    return in_whole_units(value, DOLLAR if holds == Holds.CENTS else currency_of(holder))


def currency_of(holder: Any) -> str:
    """The currency of the sums of a row or a line."""
    return str(getattr(holder, "currency", "") or DONG)


def in_whole_units(value: int, currency: str) -> Decimal:
    """A sum in the smallest unit of a currency in whole units, without needless noughts."""
    return tidied(from_scaled(value, minor_units(currency)))


def tidied(value: int | Decimal) -> Decimal:
    """The number without noughts behind its mark."""
    number = Decimal(value)
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


@dataclass(frozen=True)
class Worth:
    """A sum beside its own currency: whole đồng, US cents, and the rate that gave them.

    `rate` is đồng for one unit of the currency; of a sum in đồng itself it is đồng for one US dollar. What cannot
    be known is None.
    """

    vnd: int | None
    usd: int | None
    rate: Decimal | None = None
    rate_on: dt.date | None = None
    rate_source: str = ""


@dataclass(frozen=True)
class RateBook:
    """Rates to đồng by currency, each list in the order of its days: read once, asked for each sum."""

    rates: Mapping[str, Sequence[Rate]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> RateBook:
        """Every rate to đồng that was entered, in one query."""
        found: defaultdict[str, list[Rate]] = defaultdict(list)
        rows = ExchangeRate.objects.filter(quote=DONG).order_by("currency", "on", "-kind")
        for row in rows:
            found[row.currency_id].append(
                Rate(currency=row.currency_id, quote=DONG, value=row.value, on=row.on, source=row.source)
            )
        return cls(dict(found))

    def on(self, currency: str, day: dt.date) -> Rate | None:
        """The newest rate on or before the day; None where none was entered."""
        listed = self.rates.get(currency, ())
        place = bisect_right(listed, day, key=lambda rate: rate.on)
        return listed[place - 1] if place else None


def worth(
    amount: int,
    currency: str,
    day: dt.date,
    rates: RateBook,
    *,
    stated_vnd: int | None = None,
    rate: Decimal | None = None,
    rate_on: dt.date | None = None,
    rate_source: str = "",
) -> Worth:
    """What a sum (in the smallest unit of its currency) comes to in đồng and in US cents.

    What a paper states in đồng is kept as stated. A rate that is given goes before the rate book's, which is asked
    for `rate_on` or else for `day`.
    """
    priced = DOLLAR if currency == DONG else currency
    known = rates.on(priced, rate_on or day)
    if rate is not None:
        known = Rate(
            currency=priced, quote=DONG, value=Decimal(rate), on=rate_on or day, source=rate_source or "?"
        )
    own = Money(from_scaled(amount, minor_units(currency)), currency)
    vnd = _in_dong(own, stated_vnd, known)
    dollar = known if priced == DOLLAR else rates.on(DOLLAR, rate_on or day)
    usd = _in_cents(own, vnd, dollar)
    if known is None:
        return Worth(vnd, usd, rate, rate_on, rate_source)
    source = rate_source if rate is not None else known.source
    return Worth(vnd, usd, known.value, rate_on if rate is not None else known.on, source)


def _in_dong(own: Money, stated: int | None, rate: Rate | None) -> int | None:
    if own.currency == DONG:
        return int(own.amount)
    if stated is not None:
        return stated
    return None if rate is None else int(convert(own, DONG, rate).amount)


def _in_cents(own: Money, vnd: int | None, dollar: Rate | None) -> int | None:
    if own.currency == DOLLAR:
        return to_scaled(own.amount, 2)
    if vnd is None or dollar is None:
        return None
    return to_scaled(convert(Money(Decimal(vnd), DONG), DOLLAR, dollar).amount, 2)


def stray_rate(
    amount: int, currency: str, stated_vnd: int | None, around: Decimal | None, percent: Decimal = BAND
) -> Decimal | None:
    """The rate that a sum and its stated đồng imply, where it lies outside the band around another; else None."""
    if stated_vnd is None or around is None or currency == DONG:
        return None
    own = Money(from_scaled(amount, minor_units(currency)), currency)
    implied = implied_rate(own, Money(Decimal(stated_vnd), DONG))
    return None if implied is None or is_near(implied, around, percent) else implied


class Told(Protocol):
    """A sum of a series, as facts read it."""

    series: str
    currency: str
    vnd: int | None
    usd: int | None


T = TypeVar("T", bound=Told)


def of_series(sums: Iterable[T], *series: str) -> list[T]:
    """The sums of the first of these series that has any: series are never mixed, one stands in for another."""
    listed = list(sums)
    for name in series:
        found = [one for one in listed if one.series == name]
        if found:
            return found
    return []


def slice_day(year: int, approved_on: dt.date, *, is_new: bool) -> dt.date:
    """The day on which a year's slice counts: with its approval when it is new, else as its year begins.

    Always inside the year under both ways to cut a year, so an approval of late December counts a fortnight back.
    """
    first, last = dt.date(year, 1, 1), dt.date(year, *_LAST_DAY)
    return min(max(approved_on, first), last) if is_new else first


def is_new_in(year: int, approved_on: dt.date, *, said: bool | None = None) -> bool:
    """Whether an item is new in a year; what a person says goes before the year of its approval."""
    return approved_on.year == year if said is None else said


def price(line: MoneyLine, day: dt.date, rates: RateBook) -> bool:
    """Bring a line's sums in đồng and in US cents, and the rate behind them, up to date; gives whether any changed.

    A line that knows `stated_vnd` keeps it. Nothing is saved here.
    """
    found = worth(
        line.amount,
        line.currency,
        day,
        rates,
        stated_vnd=getattr(line, "stated_vnd", None),
        rate=line.rate,
        rate_on=line.rate_on,
        rate_source=line.rate_source,
    )
    before = {name: getattr(line, name) for name in PRICED}
    for name in PRICED:
        setattr(line, name, getattr(found, name))
    return before != {name: getattr(line, name) for name in PRICED}
