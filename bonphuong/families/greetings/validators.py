"""Checks of greetings that need no database."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.families.greetings.enums import PROMPT, Kind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from bonphuong.kit.drafts import Draft

Finding = tuple[str, str]
_PAST = ("drafted_on", "translated_on", "approved_on", "sent_on", "received_on", "answered_on")
_LINE_PAST = ("sent_on", "acknowledged_on", "replied_on")


def errors_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """What cannot be."""
    by_kind = {Kind.CALENDAR: _calendar, Kind.CAMPAIGN: _campaign, Kind.RECEIVED: _received}
    return [*_still_to_come(draft, today), *by_kind[Kind(draft.kind)](draft)]


def _still_to_come(draft: Draft, today: dt.date) -> Iterator[Finding]:
    for name in _PAST:
        day = draft.get(name)
        if day is not None and day > today:
            yield name, _("This day is still to come.")
    for line in draft.lines.get("addressees", ()):
        days = [line.get(name) for name in _LINE_PAST]
        if any(day is not None and day > today for day in days):
            yield "addressees", _("A day of %(name)s is still to come.") % {"name": _who(line.values)}


def _who(values: Mapping[str, Any]) -> str:
    get = values.get
    return str(get("full_name") or get("title_then") or get("party_text") or "")


def _calendar(draft: Draft) -> Iterator[Finding]:
    year = draft.get("year")
    if not year:
        yield "year", _("Give the year of the calendar.")
        return
    for line in draft.lines.get("occasions", ()):
        on = line.get("on")
        if on is not None and on.year != year:
            yield (
                "occasions",
                _("“%(name)s” does not lie in %(year)s.") % {"name": line.get("name"), "year": year},
            )


def _campaign(draft: Draft) -> Iterator[Finding]:
    if not draft.get("occasion_on"):
        yield "occasion_on", _("Give the day of the occasion.")
    if not draft.get("occasion"):
        yield "occasion", _("Say what is greeted.")
    names = ("drafted_on", "translated_on", "approved_on", "sent_on")
    known = [(name, draft.get(name)) for name in names if draft.get(name)]
    for (_before, earlier), (name, later) in pairwise(known):
        if later < earlier:
            yield name, _("Greetings are drafted, translated, approved and sent in this order.")
    for line in draft.lines.get("addressees", ()):
        went = line.get("sent_on") or draft.get("sent_on")
        for name in ("acknowledged_on", "replied_on"):
            day = line.get(name)
            if day is not None and (went is None or day < went):
                yield (
                    "addressees",
                    _("%(name)s cannot answer before the letter went.") % {"name": _who(line.values)},
                )


def _received(draft: Draft) -> Iterator[Finding]:
    if not draft.get("received_on"):
        yield "received_on", _("Say on which day it came.")
    if not draft.get("partner_code") and not draft.get("partner_text") and not draft.get("sender_name"):
        yield "partner", _("Say from whom it came.")
    received, answered = draft.get("received_on"), draft.get("answered_on")
    if received and answered and answered < received:
        yield "answered_on", _("The answer cannot come before the greeting.")


def warnings_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """What is possible but unusual."""
    del today
    return list(_warnings(draft))


def _warnings(draft: Draft) -> Iterator[Finding]:
    if draft.kind != Kind.CAMPAIGN:
        return
    sent, day = draft.get("sent_on"), draft.get("occasion_on")
    if sent and day and sent > day and draft.get("occasion") not in PROMPT:
        yield "sent_on", _("It was sent after the occasion.")
    text = str(draft.get("text") or "").strip()
    if text and text == str(draft.get("last_text") or "").strip():
        yield "text", _("It says word for word what was said last year.")
    lines = draft.lines.get("addressees", ())
    nameless = [line for line in lines if not line.get("full_name")]
    if nameless:
        yield "addressees", _("%(count)s addressees have no name yet.") % {"count": len(nameless)}
