"""What cannot be in a twinned pair, and what is only unusual. Pure, over a draft."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.families.twinning.rules import later

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from bonphuong.kit.drafts import Draft

Finding = tuple[str, str]
_ROAD = ("surveyed_on", "proposed_on", "authorised_on", "agreed_on", "signed_on")


def errors_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """Findings that refuse the draft."""
    return [*_who(draft), *_days(draft), *_lines(draft, today)]


def warnings_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """Findings that a person may leave as they are."""
    return [*_order(draft), *_contents(draft), *_lasting(draft, today)]


def _who(draft: Draft) -> Iterator[Finding]:
    if not (draft.get("partner_code") or draft.get("partner_text")):
        yield "partner_text", _("Say with whom: a pair has two sides.")
    if draft.get("review_months") == 0:
        yield "review_months", _("Write the number of months between two reviews, such as 12 or 36.")


def _days(draft: Draft) -> Iterator[Finding]:
    since = draft.get("signed_on") or draft.get("active_on")
    paused, resumed, ended = draft.get("paused_on"), draft.get("resumed_on"), draft.get("ended_on")
    if ended and since and ended < since:
        yield "ended_on", _("It ends before it was signed.")
    if (paused or ended) and since is None:
        yield (
            "signed_on",
            _("Only a pair that was signed, or is known to be twinned, can be paused or ended."),
        )
    if resumed and paused is None:
        yield "paused_on", _("Say when it was paused.")
    elif resumed and paused and resumed < paused:
        yield "resumed_on", _("It goes on before it was paused.")


def _lines(draft: Draft, today: dt.date) -> Iterator[Finding]:
    for name in ("activities", "reviews"):
        if any((on := line.get("on")) and on > today for line in draft.lines.get(name, ())):
            yield name, _("Only what has taken place is written here; this day is still to come.")
    for line in draft.lines.get("activities", ()):
        on, until = line.get("on"), line.get("until")
        if on and until and until < on:
            yield "activities", _("It ends before it begins.")
    for line in draft.lines.get("pauses", ()):
        since, until = line.get("since"), line.get("until")
        if since and since > today:
            yield "pauses", _("Only what has taken place is written here; this day is still to come.")
        if since and until and until < since:
            yield "pauses", _("It goes on before it was paused.")


def _order(draft: Draft) -> Iterator[Finding]:
    known = [(name, day) for name in _ROAD if (day := draft.get(name))]
    for (_before, first), (name, second) in itertools.pairwise(known):
        if second < first:
            yield name, _("This day is before the step that should come first.")
    since = draft.get("signed_on") or draft.get("active_on")
    if since and any((on := line.get("on")) and on < since for line in draft.lines.get("activities", ())):
        yield "activities", _("An activity is older than the pair itself.")


def _contents(draft: Draft) -> Iterator[Finding]:
    count = draft.get("contents_count")
    listed = len([line for line in str(draft.get("contents") or "").splitlines() if line.strip()])
    if count and listed > 1 and listed != count:
        yield (
            "contents_count",
            _("%(listed)s contents are listed, and the number says %(count)s.")
            % {"listed": listed, "count": count},
        )


def _lasting(draft: Draft, today: dt.date) -> Iterator[Finding]:
    expires = draft.get("expires_on")
    if expires and expires < today and not (draft.get("ended_on") or draft.get("renewed_on")):
        yield "expires_on", _("Its time is over, and it was neither renewed nor ended.")
    last, months = draft.get("reviewed_on"), draft.get("review_months")
    if last and months and later(last, months) < today and not draft.get("ended_on"):
        yield "reviewed_on", _("The next review is overdue.")
