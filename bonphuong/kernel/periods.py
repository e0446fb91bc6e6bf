"""Reporting periods and their cut-off rules.

A period of reports is not always one of the calendar: periodic reports under NĐ 09/2019/NĐ-CP run from the
15th of the month before to the 14th. Which rule holds is dated data of each report definition; only the
arithmetic is here.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import BadValue
from bonphuong.kernel.languages import language

FIRST_YEAR, LAST_YEAR = 1000, 9998
_STATUTORY_DAY = 15
_MONTHS_A_YEAR = 12
_MOST_YEARS = 30
_LONGEST_YEAR = 366
_ONE_DAY = dt.timedelta(days=1)


class Cutoff(enum.StrEnum):
    """Where a month begins. FREE knows no months: its periods are two dates that somebody chose."""

    CALENDAR = "calendar"
    STATUTORY = "statutory"
    FREE = "free"


class PeriodKind(enum.StrEnum):
    """The kinds of periods that reports are due for."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    TERM = "term"
    RANGE = "range"


# Kinds made of whole months: how many months each has.
_LENGTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}
# Kinds that begin with the year only and so come once in it.
_ONCE_A_YEAR = {PeriodKind.NINE_MONTHS, PeriodKind.YEAR}
_CODE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|Q(?P<quarter>\d)|H(?P<half>\d)|(?P<nine>9M)))?",
    re.ASCII,
)
# The hyphen, or the dash that offices type between two years.
_TERM = re.compile(r"(?P<first>\d{4}) ?[-\N{EN DASH}] ?(?P<last>\d{4})", re.ASCII)


def _month_start(months: int, cutoff: Cutoff) -> dt.date:
    """First day of the month numbered `year * 12 + month - 1`."""
    if cutoff is Cutoff.STATUTORY:
        return dt.date((months - 1) // _MONTHS_A_YEAR, (months - 1) % _MONTHS_A_YEAR + 1, _STATUTORY_DAY)
    return dt.date(months // _MONTHS_A_YEAR, months % _MONTHS_A_YEAR + 1, 1)


def _month_of(day: dt.date, cutoff: Cutoff) -> int:
    """The number of the month that a day falls into."""
    months = day.year * _MONTHS_A_YEAR + day.month - 1
    return months + 1 if cutoff is Cutoff.STATUTORY and day.day >= _STATUTORY_DAY else months


def _years_back(day: dt.date, years: int) -> dt.date:
    """The same day some years before; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` to `until`, both included, under the name that reports give them.

    `year` is the year of reports: 20 December 2024 belongs to 2025 under the statutory rule. `number` counts
    months, quarters and halves within it from 1; of a term it is how many years it has, and `year` is the last
    of them; it is 0 for other kinds. Make one with `parse`, `of`, `named`, `term` or `between`.
    """

    kind: PeriodKind
    year: int
    number: int
    cutoff: Cutoff
    since: dt.date
    until: dt.date

    def __post_init__(self) -> None:
        """Refuse periods that end before they begin."""
        if self.since > self.until:
            raise BadValue(_("A period must not end before it begins."))

    @classmethod
    def named(
        cls, kind: PeriodKind, year: int, number: int = 0, *, cutoff: Cutoff = Cutoff.CALENDAR
    ) -> Period:
        """A month, quarter, half, nine months or year by its number in the year."""
        length = _LENGTHS[kind]
        _must_know_months(cutoff)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise BadValue(_("The year %(year)s is out of reach.") % {"year": year})
        last = 0 if kind in _ONCE_A_YEAR else _MONTHS_A_YEAR // length
        if not min(1, last) <= number <= last:
            raise BadValue(_("A year has no such month, quarter or half: %(number)s.") % {"number": number})
        first = year * _MONTHS_A_YEAR + max(number - 1, 0) * length
        since = _month_start(first, cutoff)
        return cls(kind, year, number, cutoff, since, _month_start(first + length, cutoff) - _ONE_DAY)

    @classmethod
    def term(cls, first: int, last: int, *, cutoff: Cutoff = Cutoff.CALENDAR) -> Period:
        """The years from the first to the last, as plans and terms of office have them."""
        if first >= last:
            raise BadValue(_("A term runs from one year to a later one, such as 2021-2025."))
        if last - first >= _MOST_YEARS:
            raise BadValue(_("A term has %(most)s years at most.") % {"most": _MOST_YEARS})
        since = cls.named(PeriodKind.YEAR, first, cutoff=cutoff).since
        until = cls.named(PeriodKind.YEAR, last, cutoff=cutoff).until
        return cls(PeriodKind.TERM, last, last - first + 1, cutoff, since, until)

    @classmethod
    def of(cls, day: dt.date, kind: PeriodKind, cutoff: Cutoff = Cutoff.CALENDAR) -> Period:
        """The period of a kind that a day falls into (the nine months: of the same year, even in its last quarter).

        Terms and ranges begin where somebody says: of these it is the day alone.
        """
        months = _month_of(day, cutoff)
        year, month = divmod(months, _MONTHS_A_YEAR)
        if kind in {PeriodKind.DAY, PeriodKind.TERM, PeriodKind.RANGE}:
            return cls(PeriodKind.DAY, year, 0, cutoff, day, day)
        number = 0 if kind in _ONCE_A_YEAR else month // _LENGTHS[kind] + 1
        return cls.named(kind, year, number, cutoff=cutoff)

    @classmethod
    def span(cls, since: dt.date, until: dt.date, cutoff: Cutoff = Cutoff.CALENDAR) -> Period:
        """A range of days as such; its year is the one it ends in."""
        return cls(PeriodKind.RANGE, _month_of(until, cutoff) // _MONTHS_A_YEAR, 0, cutoff, since, until)

    @classmethod
    def between(cls, since: dt.date, until: dt.date, cutoff: Cutoff = Cutoff.CALENDAR) -> Period:
        """The named period that has exactly these days, the longest name first, or else the range."""
        if since == until:
            return cls.of(since, PeriodKind.DAY, cutoff)
        if cutoff is not Cutoff.FREE:
            for kind in reversed(_LENGTHS):
                found = cls.of(since, kind, cutoff)
                if (found.since, found.until) == (since, until):
                    return found
        return cls.span(since, until, cutoff)

    @classmethod
    def parse(cls, text: str, cutoff: Cutoff = Cutoff.CALENDAR) -> Period:
        """Read "2025", "2025-06", "2025-Q3", "2025-H1", "2025-9M", "2021-2025", "2025-06-11" or two days joined by ".."."""
        code = text.strip().upper()
        if ".." in code:
            since, until = (_day(part.strip()) for part in code.split("..", 1))
            return cls.span(since, until, cutoff)
        years = _TERM.fullmatch(code)
        if years is not None:
            return cls.term(int(years["first"]), int(years["last"]), cutoff=cutoff)
        found = _CODE.fullmatch(code)
        if found is None:
            raise _unreadable(text)
        if found["day"]:
            return cls.of(_day(code), PeriodKind.DAY, cutoff)
        for group, kind in (
            ("month", PeriodKind.MONTH),
            ("quarter", PeriodKind.QUARTER),
            ("half", PeriodKind.HALF),
        ):
            if found[group]:
                return cls.named(kind, int(found["year"]), int(found[group]), cutoff=cutoff)
        kind = PeriodKind.NINE_MONTHS if found["nine"] else PeriodKind.YEAR
        return cls.named(kind, int(found["year"]), cutoff=cutoff)

    @property
    def code(self) -> str:
        """The text that `parse` reads back (under the same cut-off)."""
        match self.kind:
            case PeriodKind.DAY:
                return self.since.isoformat()
            case PeriodKind.RANGE:
                return f"{self.since.isoformat()}..{self.until.isoformat()}"
            case PeriodKind.MONTH:
                return f"{self.year:04}-{self.number:02}"
            case PeriodKind.QUARTER:
                return f"{self.year:04}-Q{self.number}"
            case PeriodKind.HALF:
                return f"{self.year:04}-H{self.number}"
            case PeriodKind.NINE_MONTHS:
                return f"{self.year:04}-9M"
            case PeriodKind.YEAR:
                return f"{self.year:04}"
            case PeriodKind.TERM:
                return f"{self.first_year:04}-{self.year:04}"

    @property
    def first_year(self) -> int:
        """The year of reports that the first day belongs to."""
        return _month_of(self.since, self.cutoff) // _MONTHS_A_YEAR

    @property
    def days(self) -> int:
        """How many days, both ends included."""
        return (self.until - self.since).days + 1

    def __contains__(self, day: dt.date) -> bool:
        """Whether a day falls into the period."""
        return self.since <= day <= self.until

    def contains(self, day: dt.date) -> bool:
        """Whether a day falls into the period."""
        return day in self

    def covers(self, other: Period) -> bool:
        """Whether every day of the other period is in this one."""
        return self.since <= other.since and other.until <= self.until

    def months(self) -> list[Period]:
        """The months that tile this period, in order; empty when it is not made of whole months."""
        whole = self._whole_months()
        if whole is None:
            return []
        parts = (divmod(first, _MONTHS_A_YEAR) for first in range(whole[0], whole[0] + whole[1]))
        return [Period.named(PeriodKind.MONTH, year, month + 1, cutoff=self.cutoff) for year, month in parts]

    def years(self) -> list[Period]:
        """The years that tile this period, in order; empty when it is not made of whole years."""
        whole = self._whole_months()
        if whole is None or whole[0] % _MONTHS_A_YEAR or whole[1] % _MONTHS_A_YEAR:
            return []
        first, count = (months // _MONTHS_A_YEAR for months in whole)
        return [
            Period.named(PeriodKind.YEAR, year, cutoff=self.cutoff) for year in range(first, first + count)
        ]

    def year_to_date(self) -> Period:
        """From the first day of the year of reports to the last day of this period."""
        january = _month_of(self.until, self.cutoff) // _MONTHS_A_YEAR * _MONTHS_A_YEAR
        return Period.between(_month_start(january, self.cutoff), self.until, self.cutoff)

    def previous(self) -> Period:
        """The period of the same length just before; for the nine months, those of the year before.

        A range of whole months goes back by as many months, any other range by as many days.
        """
        if self.kind in _ONCE_A_YEAR:
            return Period.named(self.kind, self.year - 1, cutoff=self.cutoff)
        if self.kind is PeriodKind.TERM:
            return Period.term(self.first_year - self.number, self.first_year - 1, cutoff=self.cutoff)
        whole = self._whole_months()
        if self.kind is PeriodKind.RANGE and whole is not None:
            return self._moved(whole, whole[1])
        if self.kind is PeriodKind.RANGE:
            length = dt.timedelta(days=self.days)
            return Period.span(self.since - length, self.until - length, self.cutoff)
        return Period.of(self.since - _ONE_DAY, self.kind, self.cutoff)

    def next(self) -> Period:
        """The period that work is planned for when this one is told: after nine months the last quarter of the year."""
        if self.kind is PeriodKind.NINE_MONTHS:
            return Period.named(PeriodKind.QUARTER, self.year, 4, cutoff=self.cutoff)
        if self.kind is PeriodKind.TERM:
            return Period.term(self.year + 1, self.year + self.number, cutoff=self.cutoff)
        after = self.until + _ONE_DAY
        whole = self._whole_months()
        if self.kind is PeriodKind.RANGE and whole is not None:
            return self._moved(whole, -whole[1])
        if self.kind is PeriodKind.RANGE:
            return Period.span(after, after + dt.timedelta(days=self.days - 1), self.cutoff)
        return Period.of(after, self.kind, self.cutoff)

    def compared_with(self) -> Period:
        """What reports set this period beside: the year before, or for more than a year as long a time before it."""
        if self.kind is PeriodKind.TERM or self.days > _LONGEST_YEAR:
            return self.previous()
        return self.same_period_last_year()

    def same_period_last_year(self) -> Period:
        """The days that bear the same name one year before; a whole February stays whole."""
        if self.kind in _LENGTHS:
            return Period.named(self.kind, self.year - 1, self.number, cutoff=self.cutoff)
        if self.kind is PeriodKind.DAY:
            return Period.of(_years_back(self.since, 1), PeriodKind.DAY, self.cutoff)
        whole = self._whole_months()
        if whole is not None:
            return self._moved(whole, _MONTHS_A_YEAR)
        return Period.span(_years_back(self.since, 1), _years_back(self.until, 1), self.cutoff)

    def label(self, lang: str = "vi") -> str:
        """The name as running text of a report writes it: "quý III năm 2025", "6 tháng đầu năm 2025"."""
        words = language(lang)
        match self.kind:
            case PeriodKind.DAY:
                return words.long_date(self.since)
            case PeriodKind.MONTH:
                return words.month(self.number, self.year)
            case PeriodKind.QUARTER:
                return words.quarter(self.number, self.year)
            case PeriodKind.HALF:
                return words.half(self.number, self.year)
            case PeriodKind.NINE_MONTHS:
                return words.first_months(_LENGTHS[self.kind], self.year)
            case PeriodKind.YEAR:
                return words.year(self.year)
            case PeriodKind.TERM:
                return words.years(self.first_year, self.year)
            case PeriodKind.RANGE:
                return self._range_label(lang)

    def _range_label(self, lang: str) -> str:
        """A range that runs from New Year for whole months is named by them, any other by its two days."""
        whole = self._whole_months()
        if whole and whole[0] % _MONTHS_A_YEAR == 0 and 1 < whole[1] < _MONTHS_A_YEAR:
            return language(lang).first_months(whole[1], self.year)
        return language(lang).span(self.since, self.until)

    def _whole_months(self) -> tuple[int, int] | None:
        """Number of the first month and count of months, when the period is made of whole ones."""
        if self.cutoff is Cutoff.FREE:
            return None
        first, last = _month_of(self.since, self.cutoff), _month_of(self.until, self.cutoff)
        whole = self.since == _month_start(first, self.cutoff)
        whole = whole and self.until == _month_start(last + 1, self.cutoff) - _ONE_DAY
        return (first, last - first + 1) if whole else None

    def _moved(self, whole: tuple[int, int], back: int) -> Period:
        first, count = whole[0] - back, whole[1]
        until = _month_start(first + count, self.cutoff) - _ONE_DAY
        return Period.span(_month_start(first, self.cutoff), until, self.cutoff)


def _must_know_months(cutoff: Cutoff) -> None:
    if cutoff is Cutoff.FREE:
        raise BadValue(_("A free period needs its first and last day, such as 2025-01-05..2025-03-07."))


def _day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise _unreadable(text) from None
    # Python reads weeks and days without hyphens too; a code has one form only.
    if day.isoformat() != text or not FIRST_YEAR < day.year < LAST_YEAR:
        raise _unreadable(text)
    return day


def _unreadable(text: str) -> BadValue:
    return BadValue(
        _(
            "“%(text)s” is no period. Write 2025, 2025-06, 2025-Q3, 2025-H1, 2025-9M, 2021-2025, 2025-06-11 "
            "or 2025-01-05..2025-03-07."
        )
        % {"text": text[:40]}
    )
