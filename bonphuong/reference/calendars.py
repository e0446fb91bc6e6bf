"""Calendars: working days with their swaps, the lunar calendars of Viet Nam and China, the feasts of a year."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import holidays
from lunar_vn import SUPPORTED_YEAR_RANGE, convert_lunar_to_solar, convert_solar_to_lunar
from lunar_vn.can_chi import get_year_can_chi

from bonphuong.reference.enums import FeastCalendar
from bonphuong.reference.models import Feast, WorkingDayOverride

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

ONE_DAY = timedelta(days=1)
# The new moon is dated by the midnight of each capital: hence a day's difference in some years.
_ZONES = {FeastCalendar.LUNAR: 7.0, FeastCalendar.LUNAR_CN: 8.0}
_MONTHS_VI = (*("Giêng", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Chạp"),)
_NAMES_IN = {
    "VN": {"vi": "vi", "en": "en_US"},
    "LA": {"lo": "lo", "en": "en_US"},
    "CN": {"zh": "zh_CN", "en": "en_US"},
}


# --- working days ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Year:
    """What the published calendar of a country says of one year."""

    days_off: frozenset[date]
    weekend: frozenset[int]
    worked_weekends: frozenset[date]


@lru_cache(maxsize=512)
def _year(country: str, year: int) -> _Year:
    # Building a country's calendar takes half a second, asking it a few microseconds.
    found = holidays.country_holidays(country, years=[year], expand=False)
    return _Year(
        days_off=frozenset(day for day in found if day.year == year),
        weekend=frozenset(found.weekend),
        worked_weekends=frozenset(day for day in found.weekend_workdays if day.year == year),
    )


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of a country, and of an office where decisions of its own are given. Asks no database."""

    country: str
    overrides: Mapping[date, bool]

    def is_working(self, day: date) -> bool:
        """Whether people work on `day`: a decision on that very day goes before the published calendar."""
        decided = self.overrides.get(day)
        if decided is not None:
            return decided
        year = _year(self.country, day.year)
        if day in year.worked_weekends:
            return True
        return day.weekday() not in year.weekend and day not in year.days_off

    def add(self, day: date, number: int) -> date:
        """The `number`-th working day after `day` (before it when negative); `day` itself for 0."""
        step = ONE_DAY if number > 0 else -ONE_DAY
        left = abs(number)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def count(self, after: date, until: date) -> int:
        """Working days after `after` up to and including `until`; negative when `until` is the earlier one."""
        if until < after:
            return -self.count(until, after)
        return sum(self.is_working(after + ONE_DAY * step) for step in range(1, (until - after).days + 1))


def work_calendar(country: str = "VN", *, offices: Sequence[str] = ()) -> WorkCalendar:
    """The calendar of a country as decisions changed it, in one query; fit for many days at once.

    `offices` are codes from the widest to the nearest; a nearer office's decision goes before a wider one's and
    before the country's. Raises ValueError for a country without a published calendar.
    """
    _require_calendar(country)
    order = {code: place for place, code in enumerate(("", *offices))}
    rows = WorkingDayOverride.objects.filter(country=country, office_code__in=order)
    decided = sorted(rows.values_list("office_code", "day", "working"), key=lambda row: order[row[0]])
    return WorkCalendar(country=country, overrides={day: working for _office, day, working in decided})


@lru_cache(maxsize=1)
def _known_countries() -> frozenset[str]:
    return frozenset(holidays.list_supported_countries())


def _require_calendar(country: str) -> None:
    if country not in _known_countries():
        raise ValueError(f"no calendar of working days for {country!r}")


def is_working_day(day: date, country: str = "VN", office: str = "") -> bool:
    """Whether people work on `day`. For many days take `work_calendar` once."""
    return work_calendar(country, offices=[office] if office else []).is_working(day)


def add_working_days(day: date, number: int, *, holidays_of: str = "VN", office: str = "") -> date:
    """The `number`-th working day after `day`, which itself is not counted; backwards when negative."""
    return work_calendar(holidays_of, offices=[office] if office else []).add(day, number)


def public_holidays(year: int, country: str = "VN", language: str = "vi") -> tuple[tuple[date, str], ...]:
    """Days off of a year with their names in `language` where the calendar has it, else in English.

    Raises ValueError for a country without a published calendar.
    """
    _require_calendar(country)
    names = _NAMES_IN.get(country, {})
    return _named_days_off(year, country, names.get(language) or names.get("en"))


@lru_cache(maxsize=256)
def _named_days_off(year: int, country: str, language: str | None) -> tuple[tuple[date, str], ...]:
    found = holidays.country_holidays(country, years=[year], expand=False, language=language)
    return tuple(sorted((day, name) for day, name in found.items() if day.year == year))


# --- the lunar calendars --------------------------------------------------------------------------


@dataclass(frozen=True, order=True)
class LunarDate:
    """A day of the lunar calendar; `leap` marks the second month of the same number."""

    year: int
    month: int
    day: int
    leap: bool = False

    @property
    def year_name(self) -> str:
        """The name of the year in the cycle of sixty: "Ất Tỵ"."""
        return str(get_year_can_chi(self.year))


@lru_cache(maxsize=4096)
def lunar_date(day: date, calendar: str = FeastCalendar.LUNAR) -> LunarDate:
    """The lunar day of a solar one, as counted in Viet Nam, or in China by `FeastCalendar.LUNAR_CN`.

    Raises ValueError outside of 1901-2099.
    """
    _in_range(day.year)
    found = convert_solar_to_lunar(day.day, day.month, day.year, time_zone=_ZONES[FeastCalendar(calendar)])
    return LunarDate(year=found.year, month=found.month, day=found.day, leap=found.leap)


@lru_cache(maxsize=4096)
def solar_date(lunar: LunarDate, calendar: str = FeastCalendar.LUNAR) -> date:
    """The solar day of a lunar one. Raises ValueError outside of 1901-2099 or when the year has no such month."""
    _in_range(lunar.year)
    zone = _ZONES[FeastCalendar(calendar)]
    found: date = convert_lunar_to_solar(lunar.day, lunar.month, lunar.year, int(lunar.leap), time_zone=zone)
    if lunar_date(found, calendar) != lunar:
        raise ValueError(f"no such day in the lunar calendar: {lunar}")
    return found


def _in_range(year: int) -> None:
    first, last = SUPPORTED_YEAR_RANGE
    if not first < year < last:
        raise ValueError(f"the lunar calendar is known from {first + 1} to {last - 1}, not for {year}")


def lunar_label(day: date, language: str = "vi") -> str:
    """The lunar day in words: "ngày 29 tháng Mười Ất Tỵ", "29th of the 10th lunar month, Ất Tỵ"."""
    lunar = lunar_date(day)
    if language.startswith("en"):
        leap = "leap " if lunar.leap else ""
        return f"{_ordinal(lunar.day)} of the {leap}{_ordinal(lunar.month)} lunar month, {lunar.year_name}"
    first_decade = "mồng " if lunar.day <= 10 else ""
    leap = " nhuận" if lunar.leap else ""
    return f"ngày {first_decade}{lunar.day} tháng {_MONTHS_VI[lunar.month - 1]}{leap} {lunar.year_name}"


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


# --- feasts ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FeastDay:
    """A feast in a given year; `years` since the event where its year is known ("kỷ niệm 75 năm")."""

    feast: Feast
    on: date
    until: date
    years: int | None


def feasts_on(year: int, countries: Collection[str] | None = None) -> list[FeastDay]:
    """The feasts of a solar year in the order of their days, of all countries or of those given by code."""
    rows = Feast.objects.all()
    if countries is not None:
        rows = rows.filter(country__in=countries)
    found = [found for feast in rows for found in _in_year(feast, year)]
    return sorted(found, key=lambda feast_day: (feast_day.on, feast_day.feast.code))


def _in_year(feast: Feast, year: int) -> Iterator[FeastDay]:
    for day in _days_in(feast, year):
        begun = feast.valid_from is None or feast.valid_from <= day
        if begun and (feast.valid_to is None or day <= feast.valid_to) and (feast.since_year or 0) <= year:
            years = None if feast.since_year is None else year - feast.since_year
            yield FeastDay(feast=feast, on=day, until=day + ONE_DAY * (feast.days - 1), years=years)


def _days_in(feast: Feast, year: int) -> Iterator[date]:
    if feast.calendar == FeastCalendar.SOLAR:
        if not (feast.month == 2 and feast.day == 29) or _is_leap(year):
            yield date(year, feast.month, feast.day)
        return
    # The last lunar months reach into the next solar year; a month of 29 days has no 30th.
    for lunar_year in (year - 1, year):
        with suppress(ValueError):
            day = solar_date(LunarDate(lunar_year, feast.month, feast.day), feast.calendar)
            if day.year == year:
                yield day


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
