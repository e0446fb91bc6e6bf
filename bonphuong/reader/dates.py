"""Days and periods as Vietnamese papers write them; a missing year comes from the paper's own date line."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
# A day without a year that would lie further ahead than this, in a paper about the past, is last year's.
_AHEAD = dt.timedelta(days=183)
_REACH_OF_COMPARISON = 48
_MOST_OTHER = 24


@dataclass(frozen=True, slots=True)
class When:
    """A day or period in a text. `open_start`: only an end is given ("đến nay", "tính đến 30/6")."""

    start: int
    end: int
    since: dt.date | None
    until: dt.date | None
    open_start: bool = False
    compared: bool = False  # the period that something is compared with, or a plan's: never the figure's own

    @property
    def is_exact(self) -> bool:
        """Whether both ends are known."""
        return self.since is not None and self.until is not None


@dataclass(frozen=True, slots=True)
class Frame:
    """What undated words lean on: the day of the paper, the period of its title, and the tense of the sentence."""

    published: dt.date | None
    titled: tuple[dt.date, dt.date] | None = None
    is_future: bool = False

    def year(self, given: str | None) -> int | None:
        """The written year, else the paper's."""
        if given:
            return int(given)
        if self.titled is not None:
            return self.titled[0].year
        return self.published.year if self.published else None

    @property
    def today(self) -> dt.date | None:
        """The day that "up to now" means: the end of the titled period, else the day of the paper."""
        return self.titled[1] if self.titled is not None else self.published


_NUMBER_WORDS = {
    "ba": 3,
    "sáu": 6,
    "chín": 9,
    "hai": 2,
    "bốn": 4,
    "năm": 5,
    "bảy": 7,
    "tám": 8,
    "mười": 10,
    "mười một": 11,
}
_MONTH_WORDS = {
    "giêng": 1,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "chạp": 12,
}
_QUARTERS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
}

_Y = r"(?:[/.-]|\s+năm\s+|\s*,\s*năm\s+)"
_D = r"(?:\b(?:ngày|sáng|chiều|tối|trưa|hôm)\s+){0,2}"
_DM = r"(?<![\d/.,])(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])"
_TO = r"\s*(?:-|đến hết|đến|tới|và)\s*"
_END_WORDS = r"(?:đến hết|tính đến hết|tính đến|đến cuối|đến thời điểm|cho đến|tính tới|đến|tới)"
_END = rf"{_END_WORDS}\s+"

# Longest shapes first: the first that fits at a place is taken.
_SHAPES: tuple[tuple[str, str], ...] = (
    ("range_dm", rf"(?:từ\s+)?{_D}{_DM}{_TO}{_D}{_DM}"),
    ("day_range", rf"(?:từ\s+)?{_D}(\d{{1,2}}){_TO}{_D}{_DM}"),
    (
        "day_range_words",
        rf"(?:từ\s+)?ngày\s+(\d{{1,2}}){_TO}(?:ngày\s+)?(\d{{1,2}})\s+tháng\s+(\d{{1,2}})(?:{_Y}(\d{{4}}))?",
    ),
    ("day_words", r"(?:ngày\s+)(\d{1,2})\s+tháng\s+(\d{1,2})(?:(?:[/.-]|\s+năm\s+|\s*,\s*năm\s+)(\d{4}))?"),
    ("iso", r"\b(\d{4})-(\d{2})-(\d{2})\b"),
    ("day_dashed", r"\b(\d{1,2})-(\d{1,2})-(\d{4})\b"),
    ("day_dotted", r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b"),
    (
        "start_to_now",
        r"từ\s+(?:ngày\s+)?đầu\s+năm(?:\s+(?:học\s+)?(\d{4}))?(?:\s+(?:đến|tới)\s+(?:nay|thời điểm này|hiện nay))?",
    ),
    ("since_year", r"(?:kể\s+)?từ\s+(?:năm\s+)?(\d{4})\s+(?:đến|tới)\s+(?:nay|hiện nay)"),
    ("from_year", r"(?:kể từ|từ)\s+năm\s+(\d{4})(?!\s*(?:-|đến|tới))"),
    (
        "years",
        r"(?:\b(?:giai đoạn|nhiệm kỳ|các năm|từ năm|từ|năm|thời kỳ|trong các năm)\s+)(\d{4})\s*(?:-|đến năm|đến hết năm|đến)\s*(\d{4})",
    ),
    ("bare_years", r"(?<![\d/-])(\d{4})\s*-\s*(\d{4})(?![\d/-])"),
    ("school_year", r"năm học\s+(\d{4})\s*-\s*(\d{4})"),
    (
        "months_range",
        rf"từ\s+tháng\s+(\d{{1,2}})(?:/(\d{{4}}))?\s+(?:đến|tới)(?:\s+hết)?\s+tháng\s+(\d{{1,2}})(?:{_Y}(\d{{4}}))?",
    ),
    ("half", r"(?:0?6|sáu)\s+tháng\s+(đầu|cuối)\s+(?:của\s+)?năm(?:\s+(\d{4}))?"),
    (
        "first_months",
        r"(\d{1,2}|ba|bốn|năm|bảy|tám|chín|mười|mười một)\s+tháng(?:\s+đầu)?(?:\s+của)?\s+năm(?:\s+(\d{4}))?(?!\s+\w+\s+năm)",
    ),
    ("quarter", rf"quý\s+(iii|ii|iv|i|[1-4]|một|hai|ba|tư)\b(?:{_Y}(\d{{4}}))?"),
    (
        "month",
        rf"tháng\s+(\d{{1,2}}\b|(?:giêng|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|chạp)(?=\s+năm\s+\d{{4}}|\s*[,.;)]|$))(?:{_Y}(\d{{4}}))?",
    ),
    ("this_month", r"trong\s+tháng\b(?!\s+(?:\d|giêng|qua))|tháng này|trong kỳ(?:\s+báo cáo)?\b"),
    ("end_of_year", r"(?:cuối|hết)\s+năm\s+(\d{4})"),
    ("year", r"\bnăm\s+(\d{4})\b(?!\s*[-/]\s*\d{4})"),
    ("this_year", r"\b(?:trong\s+)?năm nay\b"),
    ("last_year", r"\bnăm (?:ngoái|trước)\b"),
    ("now", r"(?:tính\s+)?(?:đến|tới)\s+(?:nay|thời điểm này|thời điểm hiện tại)|hiện nay|hiện tại"),
    ("day", rf"{_D}{_DM}"),
    ("month_year", r"(?<![\d/])(\d{1,2})/(\d{4})\b(?!/)"),
)
_ALL = re.compile("|".join(f"(?P<{name}>{shape})" for name, shape in _SHAPES))
_ONE = {name: re.compile(shape) for name, shape in _SHAPES}
_END_BEFORE = re.compile(rf"(?:{_END}){_D}$")
_END_ONLY = re.compile(rf"{_END_WORDS}(?:\s+(?:ngày|hết))?")
# Every shape begins with one of these: plain words are found much faster than the shapes themselves.
_STARTS = re.compile(
    r"(?<!\w)(?:\d|từ|ngày|sáng|chiều|tối|trưa|hôm|kể từ|giai đoạn|nhiệm kỳ|các năm|thời kỳ|trong|năm|ba|bốn|bảy|tám|chín"
    r"|mười|quý|tháng|cuối|hết|tính|đến|tới|hiện)"
)
_COMPARED = re.compile(r"(?:\bso với|\bcùng kỳ|\bso\s+cùng)[^,;]*$")

_LINE_DAY = re.compile(
    r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b|\bngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b"
)
_LINE_NOISE = re.compile(
    r"\d{1,2}[:h]\d{2}(?::\d{2})?|\(?gmt\s*[+-]?\s*\d*\)?|thứ (?:hai|ba|tư|năm|sáu|bảy|\d)|chủ nhật|ngày đăng|cập nhật(?: lúc)?|đăng lúc|ngày|xuất bản|[|,.:()/-]"
)


def day_of_line(low: str) -> dt.date | None:
    """The day of a date line ("12:59 | 13/02/2020 GMT+7", "Lai Châu, ngày 20 tháng 6 năm 2025"), else None."""
    found = _LINE_DAY.search(low)
    if found is None:
        return None
    rest = _LINE_NOISE.sub(" ", low[: found.start()] + " " + low[found.end() :])
    if len(" ".join(rest.split())) > _MOST_OTHER:
        return None
    one = found.groups()
    if one[0]:
        return _day(one[2], one[1], one[0])
    return _day(one[5], one[4], one[3]) if one[3] else _day(one[6], one[7], one[8])


def whens(key: str, start: int, end: int, frame: Frame) -> list[When]:
    """Every day and period between two offsets of a plain lower-case text, in order."""
    text = key[start:end]
    found = _joined(list(_found(text, frame)), text)
    return [replace(when, start=when.start + start, end=when.end + start) for when in found]


def _joined(found: list[When], text: str) -> list[When]:
    """As in "từ đầu năm" and "đến hết tháng 5" are one period."""
    joined: list[When] = []
    for when in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.since is not None
            and not last.open_start
            and when.open_start
            and when.until is not None
        ):
            gap = text[last.end : when.start].strip()
            if not gap or _END_ONLY.fullmatch(gap):
                joined[-1] = replace(last, end=when.end, until=when.until)
                continue
        joined.append(when)
    return joined


def _found(text: str, frame: Frame) -> Iterator[When]:
    place = 0
    while start := _STARTS.search(text, place):
        found = _ALL.match(text, start.start())
        if found is None:
            place = start.end()
            continue
        name = found.lastgroup or ""
        place = found.end()
        # The groups of one shape alone, numbered from one.
        match = _ONE[name].match(text, found.start())
        when = None if match is None else _READERS[name](match, frame)
        if when is None or (name == "day" and _is_fraction(text, found)):
            place = found.start() + 1 if when is None and name not in {"day", "month_year"} else place
            continue
        yield _in_context(when, text, frame)


def _is_fraction(text: str, found: re.Match[str]) -> bool:
    """Whether "9/10 xã" rather than a day: figures before a counting word, without "ngày"."""
    if not found[0][:1].isdigit():
        return False
    before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
    return before.endswith(("đạt", "có", "số", "/")) or after.startswith(
        ("xã", "huyện", "tỉnh", "chỉ tiêu", "nước", "đoàn", "người", "%")
    )


def _in_context(when: When, text: str, frame: Frame) -> When:
    before = text[max(0, when.start - _REACH_OF_COMPARISON) : when.start]
    if not when.open_start and _END_BEFORE.search(before) and when.until is not None:
        when = replace(when, since=None, open_start=True)
    if _COMPARED.search(before):
        return replace(when, compared=True)
    return _last_year_if_ahead(when, text, frame)


def _last_year_if_ahead(when: When, text: str, frame: Frame) -> When:
    """A December day in a January paper was last year's, unless the sentence looks ahead."""
    written = re.search(r"\d{4}", text[when.start : when.end])
    if written or frame.published is None or frame.is_future or when.since is None or when.until is None:
        return when
    if frame.titled is not None or when.since - frame.published <= _AHEAD:
        return when
    back = [
        day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)
        for day in (when.since, when.until)
    ]
    return replace(when, since=back[0], until=back[1])


# --- one reader per shape --------------------------------------------------------------------------------


def _day(year: str | int | None, month: str, day: str) -> dt.date | None:
    try:
        made = dt.date(int(year or 0), int(month), int(day))
    except ValueError:
        return None
    return made if _FIRST_YEAR <= made.year <= _LAST_YEAR else None


def _span(match: re.Match[str], since: dt.date | None, until: dt.date | None) -> When | None:
    if since is not None and until is not None and since > until:
        return None
    return When(match.start(), match.end(), since, until)


def _month_span(year: int | None, first: int, last: int) -> tuple[dt.date, dt.date] | None:
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR or not 1 <= first <= last <= 12:
        return None
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _months(match: re.Match[str], year: int | None, first: int, last: int) -> When | None:
    span = _month_span(year, first, last)
    if span is None:
        return None if first < 1 or last > 12 else When(match.start(), match.end(), None, None)
    return _span(match, *span)


def _read_day(match: re.Match[str], frame: Frame) -> When | None:
    day = _day(frame.year(match[3]), match[2], match[1])
    if day is None and frame.year(match[3]) is None and int(match[2]) <= 12 and int(match[1]) <= 31:
        return When(match.start(), match.end(), None, None)
    return None if day is None else _span(match, day, day)


def _read_range_dm(match: re.Match[str], frame: Frame) -> When | None:
    year = match[6] or match[3]
    since = _day(match[3] or frame.year(year), match[2], match[1])
    until = _day(frame.year(year), match[5], match[4])
    if since is None or until is None:
        return None
    if since > until and match[3] is None:
        since = since.replace(year=since.year - 1)
    return _span(match, since, until)


def _read_day_range(match: re.Match[str], frame: Frame) -> When | None:
    year = frame.year(match[4])
    since, until = _day(year, match[3], match[1]), _day(year, match[3], match[2])
    return None if since is None or until is None else _span(match, since, until)


def _read_iso(match: re.Match[str], _frame: Frame) -> When | None:
    day = _day(match[1], match[2], match[3])
    return None if day is None else _span(match, day, day)


def _read_dashed(match: re.Match[str], _frame: Frame) -> When | None:
    day = _day(match[3], match[2], match[1])
    return None if day is None else _span(match, day, day)


def _read_start_to_now(match: re.Match[str], frame: Frame) -> When | None:
    year = frame.year(match[1])
    since = None if year is None else dt.date(year, 1, 1)
    return When(
        match.start(),
        match.end(),
        since,
        frame.today if since and frame.today and since <= frame.today else None,
    )


def _read_since_year(match: re.Match[str], frame: Frame) -> When | None:
    since = _day(match[1], "1", "1")
    return None if since is None else When(match.start(), match.end(), since, frame.today)


def _read_years(match: re.Match[str], _frame: Frame) -> When | None:
    since, until = _day(match[1], "1", "1"), _day(match[2], "12", "31")
    return None if since is None or until is None else _span(match, since, until)


def _read_school_year(match: re.Match[str], _frame: Frame) -> When | None:
    # When a school year begins and ends is not written here: a person decides.
    return When(match.start(), match.end(), None, None)


def _read_months_range(match: re.Match[str], frame: Frame) -> When | None:
    until_year = frame.year(match[4] or match[2])
    first = _month_span(int(match[2]) if match[2] else until_year, int(match[1]), int(match[1]))
    last = _month_span(until_year, int(match[3]), int(match[3]))
    return None if first is None or last is None else _span(match, first[0], last[1])


def _read_half(match: re.Match[str], frame: Frame) -> When | None:
    return _months(match, frame.year(match[2]), *((1, 6) if match[1] == "đầu" else (7, 12)))


def _read_first_months(match: re.Match[str], frame: Frame) -> When | None:
    count = int(match[1]) if match[1].isdigit() else _NUMBER_WORDS.get(match[1], 0)
    return _months(match, frame.year(match[2]), 1, count) if 1 < count <= 12 else None


def _read_quarter(match: re.Match[str], frame: Frame) -> When | None:
    last = 3 * _QUARTERS[match[1]]
    return _months(match, frame.year(match[2]), last - 2, last)


def _read_month(match: re.Match[str], frame: Frame) -> When | None:
    month = int(match[1]) if match[1].isdigit() else _MONTH_WORDS[match[1]]
    return _months(match, frame.year(match[2]), month, month)


def _read_this_month(match: re.Match[str], frame: Frame) -> When | None:
    # Only a title that names a month says which one; the day of the paper does not (reports go out before
    # the month ends or after it).
    span = frame.titled if frame.titled is not None else (None, None)
    return When(match.start(), match.end(), *span)


def _read_year(match: re.Match[str], _frame: Frame) -> When | None:
    year = int(match[1])
    return _months(match, year, 1, 12) if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _read_end_of_year(match: re.Match[str], _frame: Frame) -> When | None:
    day = _day(match[1], "12", "31")
    return None if day is None else When(match.start(), match.end(), None, day, open_start=True)


def _read_from_year(match: re.Match[str], _frame: Frame) -> When | None:
    return When(match.start(), match.end(), _day(match[1], "1", "1"), None)


def _read_this_year(match: re.Match[str], frame: Frame) -> When | None:
    return _months(match, frame.year(None), 1, 12)


def _read_last_year(match: re.Match[str], frame: Frame) -> When | None:
    year = frame.year(None)
    return _months(match, None if year is None else year - 1, 1, 12)


def _read_now(match: re.Match[str], frame: Frame) -> When | None:
    return When(match.start(), match.end(), None, frame.today, open_start=True)


def _read_month_year(match: re.Match[str], _frame: Frame) -> When | None:
    return _months(match, int(match[2]), int(match[1]), int(match[1]))


_READERS: dict[str, Callable[[re.Match[str], Frame], When | None]] = {
    "range_dm": _read_range_dm,
    "day_range": _read_day_range,
    "day_range_words": _read_day_range,
    "day_words": _read_day,
    "iso": _read_iso,
    "day_dashed": _read_dashed,
    "day_dotted": _read_dashed,
    "start_to_now": _read_start_to_now,
    "since_year": _read_since_year,
    "from_year": _read_from_year,
    "years": _read_years,
    "bare_years": _read_years,
    "school_year": _read_school_year,
    "months_range": _read_months_range,
    "half": _read_half,
    "first_months": _read_first_months,
    "quarter": _read_quarter,
    "month": _read_month,
    "this_month": _read_this_month,
    "end_of_year": _read_end_of_year,
    "year": _read_year,
    "this_year": _read_this_year,
    "last_year": _read_last_year,
    "now": _read_now,
    "day": _read_day,
    "month_year": _read_month_year,
}
