"""Checks that need no database: what cannot be, and what is only worth a remark."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bonphuong.families.support.enums import YEARLY, Role, Series, SupportKind
from bonphuong.kernel.numbers import format_number
from bonphuong.kit.money import stray_rate

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from bonphuong.kit.drafts import Draft

Finding = tuple[str, str]
_DAYS = ("asked_on", "consulted_on", "approved_on", "agreed_on", "started_on", "completed_on", "settled_on")
_LINES_WITH_DAYS = (("sums", "on"), ("given", "on"), ("groups", "since"))
#: What kinds of support are about people, and as what.
_ABOUT_PEOPLE: dict[str, Role] = {
    SupportKind.EXPERTS: Role.EXPERT,
    SupportKind.COURSE: Role.TRAINEE,
    SupportKind.EXCHANGE: Role.EXCHANGE,
}


def errors_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """(field, message) for everything that cannot be."""
    return [*_sense(draft), *_days(draft, today), *_sums(draft, today)]


def _sense(draft: Draft) -> Iterator[Finding]:
    if not (draft.get("partner_code") or draft.get("partner_text")):
        yield "partner", _("Name the partner that is helped.")
    if draft.get("country") == "VN":
        yield "country", _("Support goes to a partner abroad.")
    starts, ends = draft.get("starts_on"), draft.get("ends_on")
    if starts and ends and ends < starts:
        yield "ends_on", _("The last day is before the first.")
    for number, line in enumerate(draft.lines.get("groups", ())):
        since, until = line.get("since"), line.get("until")
        if since and until and until < since:
            yield f"groups-{number}-until", _("The last day is before the first.")


def _days(draft: Draft, today: dt.date) -> Iterator[Finding]:
    known = [(name, day) for name in _DAYS if (day := draft.get(name)) is not None]
    for (_earlier, first), (name, second) in pairwise(known):
        if second < first:
            yield name, _("This day is before that of the step before it.")
    for lines, name in _LINES_WITH_DAYS:
        for number, line in enumerate(draft.lines.get(lines, ())):
            if line.get(name) is not None and line.get(name) > today:
                yield f"{lines}-{number}-{name}", _("This day is still to come.")


def _sums(draft: Draft, today: dt.date) -> Iterator[Finding]:
    for number, line in enumerate(draft.lines.get("sums", ())):
        series, year = line.get("series"), line.get("year")
        if series in YEARLY and not year:
            yield f"sums-{number}-year", _("Say which year the slice is for.")
        if series == Series.YEAR_SLICE and year and year > today.year:
            yield f"sums-{number}-year", _("That year has not begun: enter the sum as planned.")
        if series == Series.DISBURSED and line.get("on") is None:
            yield f"sums-{number}-on", _("Say on which day it was disbursed.")


def warnings_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """(field, message) for what is possible but unusual; stops nothing."""
    del today
    return [*_rates(draft), *_people(draft), *_spent(draft)]


def _rates(draft: Draft) -> Iterator[Finding]:
    lang = get_language() or "vi"
    for name in ("sums", "given"):
        for number, line in enumerate(draft.lines.get(name, ())):
            rate, amount = line.get("rate"), line.get("amount")
            if rate is None or amount is None:
                continue
            around = Decimal(rate)
            implied = stray_rate(amount, line.get("currency") or "VND", line.get("stated_vnd"), around)
            if implied is not None:
                message = _(
                    "The two sums imply a rate of %(implied)s, outside the band around %(rate)s. Both are kept."
                )
                told = {"implied": format_number(implied, lang), "rate": format_number(around, lang)}
                yield f"{name}-{number}-stated_vnd", message % told


def _people(draft: Draft) -> Iterator[Finding]:
    role = _ABOUT_PEOPLE.get(str(draft.get("support_kind") or ""))
    if (
        role
        and draft.get("started_on")
        and not any(one.get("role") == role for one in draft.lines.get("groups", ()))
    ):
        yield "groups", _("It has begun: enter the people who take part.")


def _spent(draft: Draft) -> Iterator[Finding]:
    spent, whole = _total(draft, Series.DISBURSED), _total(draft, Series.APPROVED, Series.WHOLE_LIFE)
    if spent and whole and spent > whole:
        yield "sums", _("More was disbursed than approved.")


def _total(draft: Draft, *series: str) -> int | None:
    """What the first of these series comes to, where all sums are in one currency; else None."""
    sums = draft.lines.get("sums", ())
    if len({one.get("currency") or "VND" for one in sums}) != 1:
        return None
    for name in series:
        found = [one.get("amount") or 0 for one in sums if one.get("series") == name]
        if found:
            return sum(found)
    return None
