"""Dates as people write them, and reading what people typed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from django.utils.translation import gettext as _

from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadValue
from bonphuong.kernel.languages import en, language

_TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?" + _TIME, re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})" + _TIME, re.ASCII)
_WORDS_VI = re.compile(r"(?:ngày )?(\d{1,2}) ?tháng ?(\d{1,2})(?: ?,? ?năm ?(\d{4}))?", re.ASCII)
_WORDS_EN = re.compile(r"(\d{1,2}) ([a-z]{3,9})\.?(?:,? (\d{4}))?", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?", re.ASCII)
_MONTH_ONLY = re.compile(r"(\d{1,2})[/.-](\d{4})", re.ASCII)
_MONTHS = {name.lower(): number for number, name in enumerate(en.MONTHS, 1)}
_MONTHS |= {name[:3]: number for name, number in list(_MONTHS.items())}
# Excel counts days from here (its day 60, 29 February 1900, never was); later serials all agree.
_EXCEL_EPOCH = dt.date(1899, 12, 30)
# Outside these years a typed date is a slip of the hand.
_FIRST_YEAR, _LAST_YEAR = 1800, 2200
# A two-digit year lies at most this far ahead; further ahead it means the century before.
_YEARS_AHEAD = 20
_LONGEST = 60


def format_date(day: dt.date, lang: str = "vi") -> str:
    """05/03/2026 in Vietnamese, 5 Mar 2026 in English."""
    return language(lang).short_date(day)


def long_date(day: dt.date, lang: str = "vi") -> str:
    """As in "ngày 05 tháng 3 năm 2026" (padded as NĐ 30/2020/NĐ-CP asks), "5 March 2026"."""
    return language(lang).long_date(day)


def date_range(since: dt.date, until: dt.date, lang: str = "vi") -> str:
    """12–16/01/2026: what repeats is written once; a single day as `format_date` writes it."""
    if since > until:
        raise BadValue(_("A period must not end before it begins."))
    return format_date(since, lang) if since == until else language(lang).date_range(since, until)


def format_moment(moment: dt.datetime, lang: str = "vi") -> str:
    """Hour and day in the offices' time zone: "14:05, 05/03/2026"."""
    here = clock.local(moment)
    return f"{here:%H:%M}, {format_date(here.date(), lang)}"


def parse_date(text: str, *, today: dt.date, year: int | None = None) -> dt.date:
    """The day that a person typed or a sheet holds; BadValue (a ValueError) in plain words otherwise.

    Takes 5/3, 05/03/2026, 5-3-26, 5.3.2026, 2026-03-05, with or without a time, "ngày 5 tháng 3 năm 2026",
    "5 March 2026" and the serial day numbers of Excel. The day always comes before the month. A missing year
    is `year` (that of the paper it stands in), else the year of `today`.
    """
    cleaned = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    if not cleaned or len(cleaned) > _LONGEST:
        raise _unreadable(text)
    parts = _split(cleaned.upper()) or _split_words(cleaned)
    if parts is not None:
        day, month, given = parts
        return _build(day, month, _full_year(given, today) if given else year or today.year)
    if found := _SERIAL.fullmatch(cleaned):
        return _EXCEL_EPOCH + dt.timedelta(days=int(found[1]))
    if _MONTH_ONLY.fullmatch(cleaned):
        raise BadValue(_("“%(text)s” is a month: add the day, such as 05/03/2026.") % {"text": text[:40]})
    raise _unreadable(text)


def _split(text: str) -> tuple[int, int, str] | None:
    """Day, month and the year as written, from figures."""
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[4]), int(found[3]), found[1]
    if found := _DAY_FIRST.fullmatch(text):
        return int(found[1]), int(found[3]), found[4] or ""
    return None


def _split_words(text: str) -> tuple[int, int, str] | None:
    """Day, month and the year as written, from words."""
    if found := _WORDS_VI.fullmatch(text):
        return int(found[1]), int(found[2]), found[3] or ""
    if (found := _WORDS_EN.fullmatch(text)) and found[2] in _MONTHS:
        return int(found[1]), _MONTHS[found[2]], found[3] or ""
    return None


def _full_year(written: str, today: dt.date) -> int:
    year = int(written)
    if len(written) > 2:
        return year
    year += today.year // 100 * 100
    return year - 100 if year > today.year + _YEARS_AHEAD else year


def _build(day: int, month: int, year: int) -> dt.date:
    if not 1 <= month <= 12:
        raise BadValue(
            _("There is no month %(month)s. Write the day before the month, such as 05/03/2026.")
            % {"month": month}
        )
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise BadValue(_("The year %(year)s cannot be right.") % {"year": year})
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise BadValue(
            _("Month %(month)s of %(year)s has no day %(day)s.") % {"day": day, "month": month, "year": year}
        ) from None


def _unreadable(text: str) -> BadValue:
    return BadValue(_("“%(text)s” is no date. Write it as 05/03/2026.") % {"text": text[:40]})
