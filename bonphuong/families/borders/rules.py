"""What follows from a border record's own days and words. Pure: no clock, no database beyond fetched lines."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.families.borders.enums import PASSAGES, Scope, Standing
from bonphuong.kernel.text import fold, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bonphuong.families.borders.models import BorderItem

_PAIR = re.compile(r"\s+[-–—]\s+|\s*[–—]\s*")
_TITLES = re.compile(
    r"^(?:cua khau (?:quoc te|chinh|song phuong|phu)?|loi mo|cap cho|cap cua khau|cap loi mo)\s*"
)
#: What officers call the whole border of the province, folded.
_WHOLE = frozenset(
    {"", "toan tuyen", "toan tuyen bien gioi", "toan tinh", "ca tuyen", "bien gioi toan tinh", "tong"}
)
_MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*(?:[/.-]|năm|\s)\s*(\d{4})", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})")
_DECEMBER = 12
#: Decimals of the measures of value.
CENTS = 2
#: Currency of the measures of value; figures in another one carry it as a dimension.
CURRENCY = "USD"


def code_of(name: str) -> str:
    """The code of a gate by its name, of ours where a pair is named: "Ma Lù Thàng – Kim Thủy Hà" → "ma-lu-thang".

    Empty for what means the whole border of the province.
    """
    folded = fold(_PAIR.split(name.strip(), maxsplit=1)[0])
    bare = _TITLES.sub("", folded).strip()
    return "" if folded in _WHOLE or bare in _WHOLE else slug(bare)


def month_of(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of "10/2026", "2026-10", "tháng 10 năm 2026"; None for what is no month."""
    text = text.strip()
    if found := _YEAR_FIRST.fullmatch(text):
        year, month = int(found[1]), int(found[2])
    elif found := _MONTH.fullmatch(text):
        year, month = int(found[2]), int(found[1])
    else:
        return None
    if not 1 <= month <= _DECEMBER:
        return None
    return dt.date(year, month, 1), dt.date(year, month, monthrange(year, month)[1])


def month_span(
    text: str, since: dt.date | None, until: dt.date | None
) -> tuple[dt.date | None, dt.date | None]:
    """The days of a month: those given, where they lie in it (a month by another cut-off does), else the calendar's."""
    found = month_of(text)
    if found is None:
        return since, until
    first, last = since or found[0], until or found[1]
    # Days of another month stayed behind when the month was corrected.
    return (first, last) if first <= found[1] and last >= found[0] else found


@dataclass(frozen=True)
class Span:
    """A time in which a gate worked as one type; `until` is the first day on which it no longer did."""

    gate_type: str
    since: dt.date
    until: dt.date | None
    announced_on: dt.date | None = None


def grades_of(row: BorderItem) -> list[Span]:
    """All that the gate has worked as, in order; the row's own case wins over a line of the same day."""
    found = {
        line.since: Span(line.gate_type, line.since, line.until, line.announced_on)
        for line in row.grades.all()
    }
    if row.operating_on is not None:
        found[row.operating_on] = Span(row.gate_type, row.operating_on, None, row.announced_on)
    spans = [span for _since, span in sorted(found.items())]
    following = [*(span.since for span in spans[1:]), None][: len(spans)]
    return [
        Span(span.gate_type, span.since, _first(span.until, after, row.closed_on), span.announced_on)
        for span, after in zip(spans, following, strict=True)
    ]


def _first(*days: dt.date | None) -> dt.date | None:
    return min((day for day in days if day is not None), default=None)


def type_on(row: BorderItem, day: dt.date) -> str:
    """What the gate works as on a day; empty where it is not open or wholly shut."""
    if any(since <= day and (until is None or day < until) for since, until in shut_spans(row)):
        return ""
    return next(
        (s.gate_type for s in grades_of(row) if s.since <= day and (s.until is None or day < s.until)), ""
    )


def shut_spans(row: BorderItem) -> list[tuple[dt.date, dt.date | None]]:
    """(first day, day on which something passes again) of the pauses of everything."""
    return sorted(
        ((line.since, line.until) for line in row.pauses.all() if line.scope == Scope.ALL),
        key=lambda span: span[0],
    )


def turns_of(row: BorderItem) -> Iterator[tuple[dt.date, str, str]]:
    """(day, type before, type after) of every day on which what the gate works as changes."""
    spans = [(s.since, s.until) for s in grades_of(row)] + shut_spans(row)
    days = sorted({day for span in spans for day in span if day is not None})
    before = ""
    for day in days:
        after = type_on(row, day)
        if after != before:
            yield day, before, after
        before = after


def latest_type(row: BorderItem) -> str:
    """What the gate last worked as, shut or not; empty for one that never opened."""
    grades = grades_of(row)
    return grades[-1].gate_type if grades else ""


def standing_of(row: BorderItem) -> str:
    """Where a gate stands by its days; empty for what is no gate."""
    if row.kind not in PASSAGES:
        return ""
    if row.closed_on is not None:
        return Standing.CLOSED
    if any(line.until is None for line in row.pauses.all() if line.scope == Scope.ALL):
        return Standing.PAUSED
    if not grades_of(row):
        return Standing.PLANNED
    return Standing.OPERATING if row.operating_on is not None or not _on_the_road(row) else Standing.UPGRADING


def _on_the_road(row: BorderItem) -> bool:
    if row.cancelled_on is not None:
        return False
    days = (
        row.proposed_on,
        row.surveyed_on,
        row.dossier_on,
        row.opinion_on,
        row.vn_decided_on,
        row.partner_decided_on,
    )
    return any(days) and row.gate_type != latest_type(row)


@dataclass(frozen=True)
class Stated:
    """A figure that a record gives: measure, days (none for a figure without a period), filter, scaled value."""

    measure: str
    since: dt.date | None
    until: dt.date | None
    dimensions: Mapping[str, str]
    value: int


_COUNTS = (
    ("border.people_out", "people_out"),
    ("border.people_in", "people_in"),
    ("border.vehicles_out", "vehicles_out"),
    ("border.vehicles_in", "vehicles_in"),
    ("border.cases", "cases"),
    ("border.case_people", "case_people"),
)
_VALUES = (("border.export_value", "export_amount"), ("border.import_value", "import_amount"))


def stated_by(row: BorderItem) -> Sequence[Stated]:
    """What the record states; nothing for a mistake, a double or what was taken back."""
    if not row.counts or row.cancelled_on is not None:
        return ()
    if row.kind == "traffic" and row.since_on and row.until_on:
        return [*_of_month(row, row.since_on, row.until_on)]
    if row.kind == "section" and row.is_whole and row.left_on is None:
        return [*_of_line(row)]
    return ()


def _of_month(row: BorderItem, since: dt.date, until: dt.date) -> Iterator[Stated]:
    gate = {"slot1": row.gate_code} if row.gate_code else {}
    for measure, name in _COUNTS:
        value = getattr(row, name)
        if value is not None:
            yield Stated(measure, since, until, gate, value)
    money = gate if row.currency == CURRENCY else {**gate, "currency": row.currency}
    for measure, name in _VALUES:
        amount = getattr(row, name)
        if amount is not None:
            yield Stated(measure, since, until, money, int(amount * 10**CENTS))


def _of_line(row: BorderItem) -> Iterator[Stated]:
    if row.length_km is not None:
        yield Stated("border.length", None, None, {}, int(row.length_km * 1000))
    if row.marker_count is not None:
        yield Stated("border.markers", None, None, {}, row.marker_count)
    counties = len(row.counties.all())
    if counties:
        yield Stated("border.neighbour_counties", None, None, {}, counties)
