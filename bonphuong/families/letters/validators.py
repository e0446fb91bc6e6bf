"""Checks of a letter that need no database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.families.letters.enums import Kind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from bonphuong.kit.drafts import Draft

Finding = tuple[str, str]
#: An answer asked for sooner than this many days after the letter is worth a look.
SHORT = 2


def errors_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """What cannot be."""
    return [*_sides(draft), *_order(draft, today)]


def _sides(draft: Draft) -> Iterator[Finding]:
    if not draft.get("partner_code") and not draft.get("partner_text"):
        yield "partner", _("Say whom it came from, or whom it is for.")
    if draft.kind == Kind.INCOMING and draft.get("sent_on"):
        yield "sent_on", _("A letter that was received has a day of receipt, not of sending.")
    if draft.kind == Kind.OUTGOING and draft.get("received_on"):
        yield "received_on", _("A letter that is sent has a day of sending, not of receipt.")


def _order(draft: Draft, today: dt.date) -> Iterator[Finding]:
    dated, answered = draft.get("dated_on"), draft.get("answered_on")
    passed = draft.get("received_on") or draft.get("sent_on")
    for name in ("dated_on", "received_on", "sent_on", "answered_on"):
        day = draft.get(name)
        if day is not None and day > today:
            yield name, _("This day is still to come.")
    if dated and passed and passed < dated:
        yield (
            "received_on" if draft.kind == Kind.INCOMING else "sent_on",
            _("It cannot pass before it is written."),
        )
    first = passed or dated
    if answered and first and answered < first:
        yield "answered_on", _("The answer cannot come before the letter.")
    if answered and passed is None:
        yield "answered_on", _("Say first when the letter came or went.")


def warnings_of(draft: Draft, today: dt.date, /) -> Sequence[Finding]:
    """What is possible but unusual."""
    del today
    return list(_warnings(draft))


def _warnings(draft: Draft) -> Iterator[Finding]:
    passed = draft.get("received_on") or draft.get("sent_on")
    due = draft.get("answer_due_on")
    if due and not draft.get("needs_answer"):
        yield "needs_answer", _("A day for the answer is given, but no answer is said to be expected.")
    if due and passed and (due - passed).days < SHORT:
        yield (
            "answer_due_on",
            _("The answer is due within %(days)s days.") % {"days": max((due - passed).days, 0)},
        )
    if not draft.get("symbol"):
        yield "symbol", _("It has no number and symbol: the same letter entered twice is harder to find.")
