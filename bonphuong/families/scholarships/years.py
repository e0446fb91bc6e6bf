"""School years: "2025-2026" is the one that begins in September 2025."""

from __future__ import annotations

import datetime as dt
import re

FIRST_MONTH = 9
_YEAR = re.compile(r"(\d{4})-(\d{4})", re.ASCII)


def is_school_year(text: str) -> bool:
    """Whether it is written as two years that follow each other."""
    found = _YEAR.fullmatch(text)
    return found is not None and int(found[2]) == int(found[1]) + 1


def school_year_of(day: dt.date) -> str:
    """The school year that a day falls into; the summer belongs to the year that ends."""
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    return f"{first}-{first + 1}"


def next_school_year(text: str) -> str:
    """The one after."""
    first = int(text[:4]) + 1
    return f"{first}-{first + 1}"


def first_day_of(text: str) -> dt.date:
    """1 September of the year in which it begins."""
    return dt.date(int(text[:4]), FIRST_MONTH, 1)


def month_starts(since: dt.date, until: dt.date) -> list[dt.date]:
    """The first days of all months from that of `since` to that of `until`."""
    found, here = [], since.replace(day=1)
    while here <= until:
        found.append(here)
        here = next_month(here)
    return found


def next_month(first: dt.date) -> dt.date:
    """The first day of the month after."""
    return (first.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
