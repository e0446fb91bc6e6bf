"""Checks that need no database: what cannot be, and what is only worth a remark."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bonphuong.families.aid.enums import RECEIVED, YEARLY, AidKind, DonorKind, Kind, Series, Share
from bonphuong.families.aid.terms import term_on
from bonphuong.kernel.numbers import format_number
from bonphuong.kit.money import stray_rate

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from bonphuong.kit.drafts import Draft, LineDraft

Finding = tuple[str, str]
_ITEM_DAYS = (
    "consented_on", "submitted_on", "approved_on", "agreed_on", "started_on", "completed_on", "settled_on",
)  # fmt: skip
_RELIEF_DAYS = ("need_on", "offered_on", "accepted_on", "distributed_on", "reported_on")
_LINES_WITH_DAYS = ("sums", "goods", "results", "approaches")


def errors_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """(field, message) for everything that cannot be."""
    return [*_sense(draft), *_order(draft), *_days(draft, today), *_sums(draft, today)]


def _sense(draft: Draft) -> Iterator[Finding]:
    if draft.kind == Kind.ITEM and draft.get("aid_kind") == AidKind.RELIEF:
        yield "aid_kind", _("Enter emergency relief as such: it is counted apart.")
    if draft.kind == Kind.RELIEF and draft.get("aid_kind") not in {None, "", AidKind.RELIEF}:
        yield "aid_kind", _("This is emergency relief; enter an item for other aid.")
    for number, line in enumerate(draft.lines.get("approaches", ())):
        if not (line.get("party_code") or line.get("party_text")):
            yield f"approaches-{number}-party", _("Name whom you approached.")
    if draft.kind in RECEIVED and not (draft.get("donor_code") or draft.get("donor_text")):
        yield "donor", _("Name the donor.")


def _order(draft: Draft) -> Iterator[Finding]:
    for first, last in (("starts_on", "ends_on"), ("certificate_from", "certificate_to")):
        since, until = draft.get(first), draft.get(last)
        if since and until and until < since:
            yield last, _("The last day is before the first.")
    for number, line in enumerate(draft.lines.get("certificates", ())):
        since, until = line.get("since"), line.get("until")
        if since and until and until < since:
            yield f"certificates-{number}-until", _("The last day is before the first.")


def _days(draft: Draft, today: dt.date) -> Iterator[Finding]:
    for names in (_ITEM_DAYS, _RELIEF_DAYS):
        known = [(name, day) for name in names if (day := draft.get(name)) is not None]
        for (_earlier, first), (name, second) in pairwise(known):
            if second < first:
                yield name, _("This day is before that of the step before it.")
    for name in _LINES_WITH_DAYS:
        for number, line in enumerate(draft.lines.get(name, ())):
            if line.get("on") is not None and line.get("on") > today:
                yield f"{name}-{number}-on", _("This day is still to come.")


def _sums(draft: Draft, today: dt.date) -> Iterator[Finding]:
    for number, line in enumerate(draft.lines.get("sums", ())):
        series, year = line.get("series"), line.get("year")
        if series in YEARLY and not year:
            yield f"sums-{number}-year", _("Say which year the slice is for.")
        if series == Series.YEAR_SLICE and year and year > today.year:
            yield (
                f"sums-{number}-year",
                _("That year has not begun: enter the sum as planned, and open the year when it comes."),
            )
        if series == Series.DISBURSED and line.get("on") is None:
            yield f"sums-{number}-on", _("Say on which day it was disbursed.")
        if line.get("share") == Share.OTHER and not line.get("unit_code"):
            yield f"sums-{number}-unit", _("Say which province this share is of.")


def warnings_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """(field, message) for what is possible but unusual; stops nothing."""
    del today
    return [*_rates(draft), *_shares(draft), *_series(draft), *_terms(draft), *_relief(draft)]


def _rates(draft: Draft) -> Iterator[Finding]:
    lang = get_language() or "vi"
    for name in ("sums", "goods"):
        for number, line in enumerate(draft.lines.get(name, ())):
            implied = _implied(line)
            if implied is not None:
                yield (
                    f"{name}-{number}-stated_vnd",
                    _("The two sums imply a rate of %(implied)s, outside the band around %(rate)s. Both are kept.")
                    % {"implied": format_number(implied, lang), "rate": format_number(line.get("rate"), lang)},
                )  # fmt: skip


def _implied(line: LineDraft) -> Decimal | None:
    amount, currency = line.get("amount"), line.get("currency") or "VND"
    if amount is None or line.get("rate") is None:
        return None
    return stray_rate(amount, currency, line.get("stated_vnd"), Decimal(line.get("rate")))


def _shares(draft: Draft) -> Iterator[Finding]:
    lines = draft.lines.get("sums", ())
    for series in Series.values:
        parts = [one for one in lines if one.get("series") == series]
        whole = [one for one in parts if one.get("share") == Share.WHOLE]
        if not whole or len({one.get("currency") or "VND" for one in parts}) > 1:
            continue
        told = sum(one.get("amount") or 0 for one in parts if one.get("share") != Share.WHOLE)
        if told > sum(one.get("amount") or 0 for one in whole):
            yield "sums", _("The shares of the provinces come to more than the whole project.")


def _series(draft: Draft) -> Iterator[Finding]:
    if draft.kind != Kind.ITEM:
        return
    whole = _total(draft, Series.APPROVED, Series.WHOLE_LIFE)
    for series, message in (
        (Series.YEAR_SLICE, _("The slices of the years come to more than was approved.")),
        (Series.DISBURSED, _("More was disbursed than approved.")),
    ):
        part = _total(draft, series)
        if part is not None and whole and part > whole:
            yield "sums", message


def _total(draft: Draft, *series: str) -> int | None:
    """What the first of these series comes to in US cents or, in one currency, as it is; None where it is mixed."""
    own = [one for one in draft.lines.get("sums", ()) if (one.get("share") or Share.OWN) == Share.OWN]
    all_alike = len({one.get("currency") or "VND" for one in own}) == 1
    for name in series:
        found = [one for one in own if one.get("series") == name]
        if found:
            return sum(one.get("amount") or 0 for one in found) if all_alike else None
    return None


def _terms(draft: Draft) -> Iterator[Finding]:
    if draft.kind != Kind.DONOR:
        return
    kind, since, until = (draft.get(f"certificate_{part}") for part in ("kind", "from", "to"))
    term = term_on(kind, since) if kind and since else None
    if term and until and _years_before(until, term.years) > (since.year, since.month, since.day):
        message = _("Such a certificate is given for %(years)s years at most (%(source)s).")
        yield "certificate_to", message % {"years": term.years, "source": term.source}
    ngo = (draft.get("donor_kind") or DonorKind.FOREIGN_NGO) == DonorKind.FOREIGN_NGO
    if draft.get("certificate_number") and not ngo:
        yield (
            "certificate_number",
            _("Only foreign non-governmental organisations are registered by certificate."),
        )


def _years_before(day: dt.date, years: int) -> tuple[int, int, int]:
    return (day.year - years, day.month, day.day)


def _relief(draft: Draft) -> Iterator[Finding]:
    sums = [one for one in draft.lines.get("sums", ()) if one.get("series") != Series.DISBURSED]
    if draft.kind == Kind.RELIEF and sums and draft.lines.get("goods"):
        yield "goods", _("The sums stand for the whole relief: the value of the goods is not added to them.")
