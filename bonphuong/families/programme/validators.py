"""Checks over a draft that need no database: what cannot be, and what is only unusual."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.families.programme.enums import FIRST_YEAR, LAST_YEAR, Kind
from bonphuong.families.programme.measured import measure_of
from bonphuong.kernel.errors import BadValue
from bonphuong.kernel.money import to_scaled
from bonphuong.kernel.text import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from bonphuong.kit.drafts import Draft, LineDraft

Finding = tuple[str, str]

_ROAD = ("gathered_from_on", "submitted_on", "approved_on", "begun_on", "reviewed_on")
_ACTUAL = (*_ROAD, "adjusted_on", "checked_on")
_LAST_MONTH = 12


def errors_of(draft: Draft, today: dt.date) -> Sequence[Finding]:
    """(field, message) for everything that cannot be."""
    found = list(_future(draft, today))
    if draft.kind == Kind.PROGRAMME:
        found += [*_year(draft), *_in_order(draft), *_works(draft, today), *_targets(draft)]
    return found


def _future(draft: Draft, today: dt.date) -> Iterator[Finding]:
    for name in _ACTUAL:
        day = draft.get(name)
        if day is not None and day > today:
            yield name, _("This day is still to come.")


def _year(draft: Draft) -> Iterator[Finding]:
    year = draft.get("year")
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        yield "year", _("The year %(year)s cannot be right.") % {"year": year}
    starts, ends = draft.get("starts_on"), draft.get("ends_on")
    if starts and ends and ends < starts:
        yield "ends_on", _("It ends before it begins.")


def _in_order(draft: Draft) -> Iterator[Finding]:
    last: dt.date | None = None
    for name in _ROAD:
        day = draft.get(name)
        if day is not None and last is not None and day < last:
            yield name, _("It is before the step that comes before it.")
        last = day or last


def _works(draft: Draft, today: dt.date) -> Iterator[Finding]:
    lines = draft.lines.get("works", ())
    numbers = Counter(fold(line.get("number") or "") for line in lines)
    if any(times > 1 for number, times in numbers.items() if number):
        yield "works", _("Two lines have the same plan number.")
    months = [line.get("month") for line in lines if line.get("month") is not None]
    if any(not 1 <= month <= _LAST_MONTH for month in months):
        yield "works", _("A month is a number from 1 to 12.")
    days = [line.get(name) for line in lines for name in ("added_on", "dropped_on")]
    if any(day is not None and day > today for day in days):
        yield "works", _("A line was added or given up on a day that is still to come.")


def _targets(draft: Draft) -> Iterator[Finding]:
    lines = draft.lines.get("targets", ())
    for line in lines:
        message = _wrong(line)
        if message:
            yield "targets", message
    named = Counter(_key(line) for line in lines)
    if any(times > 1 for key, times in named.items() if key[0]):
        yield "targets", _("One thing has two targets.")


def _key(line: LineDraft) -> tuple[str, str]:
    measure = measure_of(line.get("measure") or "")
    return (measure.code if measure else "", line.get("country_code") or "")


def _wrong(line: LineDraft) -> str:
    text = line.get("measure") or ""
    measure = measure_of(text)
    if measure is None:
        return _("No figure of the product that can have a target is called “%(text)s”.") % {"text": text}
    try:
        to_scaled(Decimal(line.get("value") or 0), measure.exponent)
    except BadValue as error:
        return str(error)
    return ""


def warnings_of(draft: Draft, today: dt.date) -> Sequence[Finding]:
    """(field, message) for what is possible but unusual; stops nothing."""
    del today
    return list(_warnings(draft)) if draft.kind == Kind.PROGRAMME else []


def _warnings(draft: Draft) -> Iterator[Finding]:
    year, approved = draft.get("year"), draft.get("approved_on")
    if year and approved and approved.year > year:
        yield "approved_on", _("It was approved after its year.")
    if any(not line.get("lead_office_code") for line in draft.lines.get("works", ())):
        yield "works", _("Some lines name no lead office.")
