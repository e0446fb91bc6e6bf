"""Checks across the fields of an agreement. Errors say what cannot be, warnings what is only unusual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.families.agreements.enums import Classified, Form, Kind, Level, Renewal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.kit.drafts import Draft

Finding = tuple[str, str]

# Each day and the one that it may not be earlier than.
_ORDER = (
    ("consulted_on", "consulting_on"),
    ("pm_opinion_on", "pm_asked_on"),
    ("reported_on", "signed_on"),
    ("copy_sent_on", "signed_on"),
    ("effective_on", "signed_on"),
    ("amended_on", "signed_on"),
    ("renewed_on", "signed_on"),
    ("suspended_on", "effective_on"),
    ("resumed_on", "suspended_on"),
    ("lapsed_on", "effective_on"),
    ("ended_on", "signed_on"),
    ("ended_on", "effective_on"),
    ("inherited_on", "signed_on"),
    ("names_updated_on", "inherited_on"),
    ("reviewed_on", "names_updated_on"),
    ("kept_on", "reviewed_on"),
)
# What follows in a procedure cannot be there without what it follows.
_NEEDS = (
    ("names_updated_on", "inherited_on"),
    ("reviewed_on", "names_updated_on"),
    ("kept_on", "reviewed_on"),
    ("ended_on", "signed_on"),
    ("effective_on", "signed_on"),
)


def errors_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """What cannot be."""
    del today  # the gate judges days to come
    found: list[Finding] = []
    if draft.kind == Kind.AGREEMENT and not draft.get("level"):
        found.append(("level", _("Say on whose behalf it is signed.")))
    found += [
        (late, _("It is earlier than the day before it."))
        for late, early in _ORDER
        if _wrong(draft, late, early)
    ]
    found += [
        (name, _("The day that comes before it is missing."))
        for name, before in _NEEDS
        if draft.kind == Kind.AGREEMENT and draft.get(name) and not draft.get(before)
    ]
    return [*found, *_term(draft), *_classifying(draft)]


def warnings_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """What is only unusual."""
    found: list[Finding] = []
    if draft.kind == Kind.AGREEMENT and draft.get("form") == Form.MINUTES and not draft.get("classified_as"):
        found.append(
            ("form", _("Minutes are an agreement only if a person classifies them so, and says why."))
        )
    if draft.get("has_objection") and draft.get("decided_on") and not draft.get("pm_opinion_on"):
        found.append(("has_objection", _("A body objected: the Prime Minister's opinion is to be asked.")))
    expires = draft.get("expires_on")
    if _is_live(draft) and expires and expires < today and not draft.get("lapsed_on"):
        found.append(("expires_on", _("This day has passed. Note the renewal, or that it has left force.")))
    if _is_live(draft) and not expires and not draft.get("has_no_end"):
        found.append(("expires_on", _("Say when it runs out, or that it has no end date.")))
    if draft.get("level") == Level.DISTRICT and draft.get("effective_on") and not draft.get("inherited_on"):
        found.append(("level", _("Districts ended on 30 June 2025: say who inherited it.")))
    if draft.get("renewal") == Renewal.AUTOMATIC and draft.get("has_no_end"):
        found.append(("renewal", _("What has no end date needs no renewal.")))
    return found


def _is_live(draft: Draft) -> bool:
    counts = draft.kind == Kind.AGREEMENT or draft.get("classified_as") == Classified.AGREEMENT
    return bool(
        counts and draft.get("effective_on") and not draft.get("ended_on") and not draft.get("is_amendment")
    )


def _wrong(draft: Draft, late: str, early: str) -> bool:
    one, other = draft.get(late), draft.get(early)
    return bool(one and other and one < other)


def _term(draft: Draft) -> list[Finding]:
    expires, effective = draft.get("expires_on"), draft.get("effective_on") or draft.get("signed_on")
    found = []
    if expires and draft.get("has_no_end"):
        found.append(("has_no_end", _("It has a day on which it runs out.")))
    if expires and effective and expires < effective:
        found.append(("expires_on", _("It runs out before it begins.")))
    return found


def _classifying(draft: Draft) -> list[Finding]:
    if not draft.get("classified_as"):
        return []
    found = []
    if not str(draft.get("classification_reason") or "").strip():
        found.append(("classification_reason", _("Say why it is so.")))
    if not str(draft.get("classified_by") or "").strip():
        found.append(("classified_by", _("Say who found so.")))
    return found
