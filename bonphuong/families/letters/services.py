"""Answers: registered from what came or went, or begun as a letter of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.families.letters.enums import Kind
from bonphuong.families.letters.models import Letter
from bonphuong.families.letters.queries import numbered
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.drafts import Draft
from bonphuong.kit.services import change, create, take_step
from bonphuong.procedures.queries import available, case_of
from bonphuong.records.enums import LinkKind
from bonphuong.records.services import link
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.records.models import Record

FAMILY, ANSWER = "letters", "answer"
_SAID = ("answer_symbol", "answer_record", "answer_summary")


def register_answer(record: Record, values: Mapping[str, Any], *, actor: User) -> Record | None:
    """Note that a letter was answered, by which paper and by which record; the two records are linked.

    The case takes its step where it stands so that it may; a case that is past it only has the row changed. Raises
    NotAllowed, BadInput, LateReasonNeeded.
    """
    said = {name: values[name] for name in _SAID if values.get(name)}
    on = values.get("answered_on") or clock.today()
    late = str(values.get("late_reason") or "")
    verb = "letters.letter.answer"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record):
        if said.get("answer_record"):
            answer = numbered(actor, record.book, str(said["answer_record"]))
            said["answer_record"] = answer.number
            _link(answer, record, actor)
        if any(way.code == ANSWER for way in available(case_of(record.pk), actor)):
            asked = _asked(record, said)
            take_step(
                record,
                ANSWER,
                on=on,
                expected_version=record.version,
                actor=actor,
                values=asked,
                late_reason=late,
            )
        change(
            record,
            {**said, "answered_on": on},
            expected_version=record.version,
            actor=actor,
            reason=_("answered"),
            verb=verb,
            late_reason=late,
        )
        return None


def _link(answer: Record, letter: Record, actor: User) -> None:
    if not answer.links_out.filter(to_record=letter, kind=LinkKind.FOLLOWS).exists():
        link(answer, letter, LinkKind.FOLLOWS, actor=actor, note=_("answer"))


def _asked(record: Record, said: Mapping[str, Any]) -> dict[str, Any]:
    # An answer by word of mouth, or by a record of another kind, has no number of its own.
    symbol = said.get("answer_symbol") or said.get("answer_record") or _("no number")
    return {"answer_symbol": symbol} if record.kind == Kind.INCOMING else {}


def begin_reply(record: Record, values: Mapping[str, Any], *, actor: User) -> Record | None:
    """Begin our own letter as the answer to one received: same partner, linked; sending it answers this one.

    Gives the new record. Raises NotAllowed, BadInput.
    """
    row = Letter.objects.get(pk=record.pk)
    title = str(values.get("title") or _("Answer: %(title)s") % {"title": record.title})[:300]
    draft = Draft(
        kind=Kind.OUTGOING,
        title=title,
        lead_office_code=row.handler_office_code or row.lead_office_code,
        values={
            "form": row.form,
            "partner_code": row.partner_code,
            "partner_text": row.partner_text,
            "country_code": row.country_code,
            "language": row.language,
            "field_code": row.field_code,
            "addressee": row.signer,
            "reply_to": record.number,
        },
    )
    office, demo = record.office_code, record.is_demo
    with acting(actor=actor, verb="letters.letter.reply", office=office, obj=record):
        made = create(draft, family=FAMILY, office_code=office, actor=actor, is_demo=demo)
        _link(made, record, actor)
        return made


def settle_replies(rows: Sequence[Letter], actor: User) -> None:
    """A letter of ours that was sent as an answer answers the one received. Called after every write."""
    for row in rows:
        answers = row.kind == Kind.OUTGOING and row.reply_to and row.sent_on and row.cancelled_on is None
        if answers and row.counts:
            _settle(row, actor)


def _settle(row: Letter, actor: User) -> None:
    asked = numbered(actor, row.record.book, row.reply_to, field="reply_to")
    letter = Letter.objects.filter(pk=asked.pk, kind=Kind.INCOMING).first()
    if letter is None:
        raise BadInput({"reply_to": [_("Name a letter that was received.")]})
    if letter.answered_on is None:
        values = {
            "answered_on": row.sent_on,
            "answer_symbol": row.symbol,
            "answer_record": row.record.number,
            # Whoever sent it late has said why already.
            "late_reason": _("answered by %(number)s") % {"number": row.record.number},
        }
        register_answer(asked, values, actor=actor)
