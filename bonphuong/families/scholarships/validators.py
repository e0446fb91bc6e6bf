"""Checks over a draft that need no database: what cannot be, and what is only unusual."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.families.scholarships.enums import Course, Kind
from bonphuong.families.scholarships.years import is_school_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bonphuong.kit.drafts import Draft, LineDraft

Finding = tuple[str, str]

#: In the order in which they may come; each only after those before it.
_ROAD = ("nominated_on", "decided_on", "residence_on", "entered_on", "language_on", "major_on")
_ACTUAL = (*_ROAD, "suspended_on", "resumed_on", "graduated_on", "withdrawn_on", "started_on", "reviewed_on")
_LONGEST_SHORT = dt.timedelta(days=366)
_HIGHEST_MARK = 10
_MOST_PLACES = 500


def errors_of(draft: Draft, today: dt.date) -> Sequence[Finding]:
    """(field, message) for everything that cannot be."""
    own = _student(draft) if draft.kind == Kind.STUDENT else _scheme(draft)
    return [*_future(draft, today), *_years(draft), *_spending(draft, today), *own]


def _future(draft: Draft, today: dt.date) -> Iterator[Finding]:
    for name in _ACTUAL:
        day = draft.get(name)
        if day is not None and day > today:
            yield name, _("This day is still to come.")


def _years(draft: Draft) -> Iterator[Finding]:
    for name in ("quotas", "payments", "costs", "results"):
        years = [line.get("school_year") for line in draft.lines.get(name, ())]
        if any(year and not is_school_year(year) for year in years):
            yield name, _("Write a school year as 2025-2026.")


def _spending(draft: Draft, today: dt.date) -> Iterator[Finding]:
    for name in ("payments", "costs"):
        days = [line.get("paid_on") for line in draft.lines.get(name, ())]
        if any(day is not None and day > today for day in days):
            yield name, _("A day of payment is still to come.")
    for line in draft.lines.get("payments", ()):
        since, until = line.get("since"), line.get("until")
        if since and until and until < since:
            yield "payments", _("The last month is before the first.")


def _scheme(draft: Draft) -> Iterator[Finding]:
    starts, ends = draft.get("starts_on"), draft.get("ends_on")
    if starts and ends and ends < starts:
        yield "ends_on", _("It ends before it begins.")
    for rate in draft.lines.get("rates", ()):
        first, last = rate.get("valid_from"), rate.get("valid_to")
        if first and last and last < first:
            yield "rates", _("A rate ends before it begins.")
    if _overlapping(draft.lines.get("rates", ())):
        yield (
            "rates",
            _("Two rates for the same thing, level and funding hold on one day. End the older one."),
        )


def _overlapping(rates: Sequence[LineDraft]) -> bool:
    spans: dict[tuple[object, ...], list[tuple[dt.date, dt.date]]] = {}
    for rate in rates:
        if rate.get("valid_from") is None:
            continue
        key = (rate.get("item"), rate.get("level") or "", rate.get("funding") or "")
        spans.setdefault(key, []).append((rate.get("valid_from"), rate.get("valid_to") or dt.date.max))
    return any(later[0] <= earlier[1] for some in spans.values() for earlier, later in pairwise(sorted(some)))


def _student(draft: Draft) -> Iterator[Finding]:
    yield from _in_order(draft)
    yield from _leaving(draft)
    yield from _pauses(draft)
    scores = [line.get("score") for line in draft.lines.get("results", ())]
    if any(score is not None and score > _HIGHEST_MARK for score in scores):
        yield "results", _("A mark is at most 10.")


def _leaving(draft: Draft) -> Iterator[Finding]:
    entered = draft.get("entered_on") or draft.get("language_on") or draft.get("major_on")
    if draft.get("graduated_on") and draft.get("withdrawn_on"):
        yield "withdrawn_on", _("A student either graduates or withdraws.")
    for name in ("graduated_on", "withdrawn_on"):
        day = draft.get(name)
        if day and entered is None:
            yield "entered_on", _("Say when the student entered.")
        elif day and day < entered:
            yield name, _("It is before the day of entry.")


def _in_order(draft: Draft) -> Iterator[Finding]:
    last: dt.date | None = None
    for name in _ROAD:
        day = draft.get(name)
        if day is not None and last is not None and day < last:
            yield name, _("It is before the step that comes before it.")
        last = day or last


def _pauses(draft: Draft) -> Iterator[Finding]:
    since, until = draft.get("suspended_on"), draft.get("resumed_on")
    entered, left = draft.get("entered_on"), draft.get("graduated_on") or draft.get("withdrawn_on")
    if until and (since is None or until < since):
        yield "resumed_on", _("Studies cannot be resumed before they were suspended.")
    spans = _spans(draft)
    if any(last < first for first, last in spans):
        yield "breaks", _("A pause ends before it begins.")
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        yield "breaks", _("Two pauses overlap.")
    if spans and (entered is None or spans[0][0] < entered):
        yield "suspended_on", _("A pause is before the day of entry.")
    if left and spans and spans[-1][0] > left:
        yield "suspended_on", _("A pause is after the student left.")


def _spans(draft: Draft) -> list[tuple[dt.date, dt.date]]:
    spans = [(one.get("since"), one.get("until")) for one in draft.lines.get("breaks", ())]
    spans.append((draft.get("suspended_on"), draft.get("resumed_on") or dt.date.max))
    return sorted((first, last) for first, last in spans if first and last)


def warnings_of(draft: Draft, today: dt.date) -> Sequence[Finding]:
    """(field, message) for what is possible but unusual; stops nothing."""
    del today
    return list(_student_warnings(draft) if draft.kind == Kind.STUDENT else _scheme_warnings(draft))


def _student_warnings(draft: Draft) -> Iterator[Finding]:
    if not draft.get("gender"):
        yield "gender", _("Without the sex the student is missing from the counts of women.")
    if not draft.get("funding"):
        yield "funding", _("Say who pays: fully, partly, or at their own cost.")
    entered, left = draft.get("entered_on"), draft.get("graduated_on") or draft.get("expected_end_on")
    if draft.get("course") == Course.SHORT and entered and left and left - entered > _LONGEST_SHORT:
        yield "course", _("A short course of more than a year is unusual.")
    ended = draft.get("graduated_on") or draft.get("withdrawn_on")
    starts = [line.get("since") for line in draft.lines.get("payments", ()) if line.get("since")]
    if any((entered and day < entered.replace(day=1)) or (ended and day > ended) for day in starts):
        yield "payments", _("Months are paid in which the student was not here.")


def _scheme_warnings(draft: Draft) -> Iterator[Finding]:
    if any((line.get("places") or 0) > _MOST_PLACES for line in draft.lines.get("quotas", ())):
        yield "quotas", _("That is many places for one school year.")
    if not (draft.get("partner_code") or draft.get("partner_text") or draft.get("country_code")):
        yield "partner", _("Say which province or country sends the students.")
