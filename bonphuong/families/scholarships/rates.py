"""Stipends by dated rates: what is due for the months in which a student was present. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.families.scholarships.enums import Per
from bonphuong.families.scholarships.facts import presence
from bonphuong.families.scholarships.years import month_starts, next_month, school_year_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bonphuong.families.scholarships.models import Payment, Rate, Scholarship

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """What one line of payment is made of; `rate` and `amount` in đồng, `months` 0 for what is paid at once."""

    item: str
    school_year: str
    since: dt.date
    until: dt.date
    months: int
    rate: int

    @property
    def amount(self) -> int:
        """Đồng."""
        return self.rate * (self.months or 1)


def rate_on(rates: Iterable[Rate], item: str, student: Scholarship, day: dt.date) -> Rate | None:
    """The rate of an item that holds for the student on a day; one for the level goes before one for all."""
    fitting = [
        rate
        for rate in rates
        if rate.item == item
        and rate.level in {"", student.level}
        and rate.funding in {"", student.funding}
        and rate.valid_from <= day
        and (rate.valid_to is None or rate.valid_to >= day)
    ]
    return max(
        fitting, key=lambda rate: (rate.level != "", rate.funding != "", rate.valid_from), default=None
    )


def present_months(student: Scholarship, since: dt.date, until: dt.date) -> list[dt.date]:
    """First days of the months, within the span, of at least one day of which the student was present."""
    stays = _stays(student)
    return [
        first
        for first in month_starts(since, until)
        if any(begin < next_month(first) and end > first for begin, end in stays)
    ]


def _stays(student: Scholarship) -> list[tuple[dt.date, dt.date]]:
    """Spans of presence: from a day on, up to (not with) a day."""
    found: list[tuple[dt.date, dt.date]] = []
    begun: dt.date | None = None
    for day, step in sorted(presence(student)):
        if step > 0:
            begun = day
        elif begun is not None:
            found.append((begun, day))
            begun = None
    return [*found, (begun, dt.date.max)] if begun is not None else found


def paid_months(payments: Iterable[Payment], item: str) -> set[dt.date]:
    """First days of the months that were paid of an item."""
    return {
        first
        for one in payments
        if one.item == item and one.since and one.until
        for first in month_starts(one.since, one.until)
    }


def due_for(
    student: Scholarship, rates: Sequence[Rate], item: str, since: dt.date, until: dt.date
) -> list[Due]:
    """What is still to be paid of an item for the months of a span, by the rates that held in each month.

    A new line begins where the rate or the school year changes, or where a month is left out. What is paid by the
    school year, or once, is due where nothing of it was paid in that year, or ever.
    """
    payments = [one for one in student.payments.all() if one.item == item]
    settled, years = paid_months(payments, item), [one.school_year for one in payments]
    lines: list[Due] = []
    for first in present_months(student, since, until):
        rate, year = rate_on(rates, item, student, max(first, since)), school_year_of(first)
        if rate is None:
            continue
        if rate.per == Per.MONTH:
            if first not in settled:
                _add_month(lines, item, first, rate.amount)
        elif not (years if rate.per == Per.ONCE else year in years):
            lines.append(Due(item, year, first, next_month(first) - _DAY, 0, rate.amount))
            years.append(year)
    return lines


def _add_month(lines: list[Due], item: str, first: dt.date, rate: int) -> None:
    last, year, end = lines[-1] if lines else None, school_year_of(first), next_month(first) - _DAY
    if last and (last.rate, last.school_year) == (rate, year) and last.until + _DAY == first:
        lines[-1] = Due(item, year, last.since, end, last.months + 1, rate)
    else:
        lines.append(Due(item, year, first, end, 1, rate))
