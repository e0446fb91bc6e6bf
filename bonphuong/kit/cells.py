"""Cells to values: each reader gives a value or raises BadValue in plain words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel.dates import parse_date
from bonphuong.kernel.errors import BadValue
from bonphuong.kernel.numbers import parse_number
from bonphuong.kernel.text import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import _StrOrPromise

# Dashes stand inside dates too ("5-3-2026 - 9-3-2026"): what surely parts two days is tried first.
_RANGES = (
    re.compile(r"\s*(?:–|—|->|→|\bđến\b|\btới\b|\bto\b)\s*(?:ngày\s+)?|\s+-\s+", re.IGNORECASE),
    re.compile(r"\s*-\s*"),
)
_LASTING = re.compile(r"\s*\(\s*\d+\s*ngày\s*\)\s*$", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}(?!\d)")
_LEAD = re.compile(r"^(?:từ|ngày|from|on)\s+(?:ngày\s+)?", re.IGNORECASE)
_SHORT_FIRST = re.compile(r"^(\d{1,2})$")
_SHORT_MONTH = re.compile(r"^(\d{1,2})[/.](\d{1,2})$")
_DAY_OF = re.compile(r"(?:,|;|\s)\s*ngày\s+(.+)$", re.IGNORECASE)
_FULL_DAY = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_UNITS = re.compile(r"\s*(?:người|nguoi|khách|khach|thành viên|lượt người|pax|people)\s*$", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:ông|bà|đ/c|đồng chí|mr\.?|ms\.?|mrs\.?)\s+", re.IGNORECASE)
_BEFORE_POST = re.compile(r"\s[-–—]\s|;|\(")
_DECISION = re.compile(r"^(?:quyết định|qđ|công văn|số)\s*(?:số)?\s*:?\s+", re.IGNORECASE)
MOST_HEADS = 5000


def text(value: object) -> str:
    """The cell as one tidy line of text; a whole number loses its ".0"."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.datetime | dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
        return f"{day:%d/%m/%Y}"
    # PostgreSQL keeps no NUL in a text, and a damaged CSV brings some.
    return tidy(str(value).replace("\0", ""))


def lacks_year(value: object) -> bool:
    """Whether a day or a span is written without any year."""
    return isinstance(value, str) and bool(value.strip()) and not _YEAR.search(value)


def day(value: object, *, today: dt.date, year: int | None = None) -> dt.date | None:
    """A day from a date cell or from text; None for an empty cell. A missing year is `year`, else that of `today`."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    written = _LEAD.sub("", text(value))
    return parse_date(written, today=today, year=year) if written else None


def days(value: object, *, today: dt.date, year: int | None = None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day from "12–16/01/2026", "28/12/2025 - 03/01/2026", "từ 5/3 đến 9/3/2025" or one day."""
    if isinstance(value, dt.datetime | dt.date):
        one = day(value, today=today)
        return one, one
    written = _LASTING.sub("", _LEAD.sub("", text(value)))
    if not written:
        return None, None
    try:
        one = parse_date(written, today=today, year=year)
    except BadValue as error:
        parts = _two_parts(written)
        if parts is None and _FULL_DAY.fullmatch(written):
            raise
        if parts is None:
            raise BadValue(
                _("“%(text)s” is no span of days. Write it as 12–16/01/2026.") % {"text": written[:40]}
            ) from error
    else:
        return one, one
    last = parse_date(parts[1], today=today, year=year)
    return _first(parts[0], last, today), last


def _two_parts(written: str) -> tuple[str, str] | None:
    for pattern in _RANGES:
        parts = [_LEAD.sub("", part) for part in pattern.split(written) if part]
        if len(parts) == 2:
            return parts[0], parts[1]
    return None


def _first(written: str, last: dt.date, today: dt.date) -> dt.date:
    try:
        if _SHORT_FIRST.match(written):
            return last.replace(day=int(written))
        if short := _SHORT_MONTH.match(written):
            first = dt.date(last.year, int(short[2]), int(short[1]))
            return first if first <= last else first.replace(year=last.year - 1)
    except ValueError:
        raise BadValue(_("“%(text)s” is no day of that month.") % {"text": written[:40]}) from None
    return parse_date(written, today=today, year=last.year)


def heads(value: object) -> int | None:
    """A number of people; None for an empty cell."""
    written = _UNITS.sub("", text(value))
    if not written:
        return None
    number = parse_number(written, whole=True).value
    if not 0 < number <= MOST_HEADS:
        raise BadValue(_("%(number)s people cannot be right.") % {"number": number})
    return int(number)


def amount(value: object) -> int | None:
    """An amount in đồng; None for an empty cell."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number = Decimal(str(value))
    else:
        written = re.sub(r"\s*(?:đồng|vnđ|vnd|đ)\s*$", "", text(value), flags=re.IGNORECASE)
        if not written:
            return None
        number = parse_number(written).value
    if number < 0 or number != number.to_integral_value():
        raise BadValue(_("The amount must be a whole number of đồng."))
    return int(number)


def decision(value: object, *, today: dt.date, year: int | None = None) -> tuple[str, dt.date | None]:
    """Number and day of "123/QĐ-UBND ngày 03/3/2026"; the day may be missing."""
    written = _DECISION.sub("", text(value))
    if found := _DAY_OF.search(written):
        when = parse_date(found[1].strip(" )."), today=today, year=year)
        return written[: found.start()].strip(" ,;("), when
    if found := _FULL_DAY.search(written):
        return written[: found.start()].strip(" ,;("), parse_date(found[0], today=today)
    return written, None


@dataclass(frozen=True)
class Vocabulary:
    """The words by which a sheet may name the members of a choice, folded → code; made once for a batch."""

    known: Mapping[str, str]
    labels: str

    @classmethod
    def of(
        cls, choices: Iterable[tuple[str, _StrOrPromise]], words: Iterable[tuple[str, str]] = ()
    ) -> Vocabulary:
        """Its codes, its words in the reader's language, each word of a label that has several, other known words."""
        pairs = [(code, str(label)) for code, label in choices]
        parts = [(fold(part.strip()), code) for code, label in pairs for part in label.split(",")]
        # A word that two labels share names neither.
        known = {part: code for part, code in parts if len({c for p, c in parts if p == part}) == 1}
        known |= {fold(label): code for code, label in pairs}
        known |= {code: code for code, _label in pairs}
        known |= {fold(word): code for word, code in words}
        return cls(known, "; ".join(label for _code, label in pairs))

    def read(self, value: object) -> str:
        """The code; "" for an empty cell."""
        written = text(value)
        if not written:
            return ""
        code = self.known.get(fold(written))
        if code is None:
            raise BadValue(
                _("“%(text)s” is none of: %(choices)s.") % {"text": written[:40], "choices": self.labels}
            )
        return code


def person(value: object) -> tuple[str, str]:
    """Name and post of "Ông Lò Minh Họa, Phó Chủ tịch UBND tỉnh" or "Lò Minh Họa - Giám đốc Sở"."""
    written = _ADDRESS.sub("", text(value))
    name, _comma, post = written.partition(",")
    if not post:
        parts = _BEFORE_POST.split(written, maxsplit=1)
        name, post = parts[0], parts[1].rstrip(")") if len(parts) > 1 else ""
    return name.strip(), post.strip()
