"""Checks over a draft that need no database: what cannot be, and what is only unusual."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.families.associations.enums import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bonphuong.kit.drafts import Draft

Finding = tuple[str, str]

_ACTUAL = ("decided_on", "founded_on", "merged_on", "dissolved_on", "held_on", "recognised_on")
_LONGEST_TERM = dt.timedelta(days=366 * 6)


def errors_of(draft: Draft, today: dt.date) -> Sequence[Finding]:
    """(field, message) for everything that cannot be."""
    own = _congress(draft) if draft.kind == Kind.CONGRESS else _body(draft, today)
    return [*_days(draft, today), *own]


def _days(draft: Draft, today: dt.date) -> Iterator[Finding]:
    for name in _ACTUAL:
        day = draft.get(name)
        if day is not None and day > today:
            yield name, _("This day is still to come.")
    since, until = draft.get("term_from"), draft.get("term_to")
    if since and until and until < since:
        yield "term_to", _("The term ends before it begins.")


def _congress(draft: Draft) -> Iterator[Finding]:
    held, recognised = draft.get("held_on"), draft.get("recognised_on")
    if recognised and (held is None or recognised < held):
        yield "recognised_on", _("Results are recognised after the congress.")
    delegates, women = draft.get("delegates"), draft.get("women")
    if women is not None and delegates is not None and women > delegates:
        yield "women", _("There are more women than delegates.")


def _body(draft: Draft, today: dt.date) -> Iterator[Finding]:
    founded, merged, dissolved = (draft.get(name) for name in ("founded_on", "merged_on", "dissolved_on"))
    if merged and dissolved:
        yield "dissolved_on", _("A body is either merged or dissolved.")
    if merged and not draft.get("merged_into"):
        yield "merged_into", _("Say into which body it was merged.")
    for name, day in (("merged_on", merged), ("dissolved_on", dissolved)):
        if day and founded is None:
            yield "founded_on", _("Say when it was founded.")
        elif day and day < founded:
            yield name, _("It is before the founding.")
    yield from _counts(draft, today, merged or dissolved)
    yield from _spans(draft)


def _counts(draft: Draft, today: dt.date, ended: dt.date | None) -> Iterator[Finding]:
    lines = draft.lines.get("counts_of_members", ())
    days = [line.get("counted_on") for line in lines if line.get("counted_on")]
    if any(day > today for day in days):
        yield "counts_of_members", _("Members were counted on a day that is still to come.")
    if ended and any(day > ended for day in days):
        yield "counts_of_members", _("Members were counted after the body had ended.")
    counted = Counter(line.get("counted_on") for line in lines if not line.get("moved_from"))
    if any(times > 1 for times in counted.values()):
        yield "counts_of_members", _("Members were counted twice on one day.")


def _spans(draft: Draft) -> Iterator[Finding]:
    names = (("leaders", "since", "until"), ("branches", "founded_on", "closed_on"))
    for lines, first, last in names:
        spans = [(line.get(first), line.get(last)) for line in draft.lines.get(lines, ())]
        if any(since and until and until < since for since, until in spans):
            yield lines, _("The last day is before the first.")


def warnings_of(draft: Draft, today: dt.date) -> Sequence[Finding]:
    """(field, message) for what is possible but unusual; stops nothing."""
    return list(_warnings(draft, today))


def _warnings(draft: Draft, today: dt.date) -> Iterator[Finding]:
    since, until = draft.get("term_from"), draft.get("term_to")
    if since and until and until - since > _LONGEST_TERM:
        yield "term_to", _("A term of more than six years is unusual.")
    if draft.kind == Kind.ASSOCIATION and not draft.get("country_code"):
        yield "country", _("Say with which country the friendship is.")
    if draft.kind != Kind.CONGRESS and until and until < today and not draft.get("dissolved_on"):
        yield "term_to", _("The term is over: a congress is due.")
