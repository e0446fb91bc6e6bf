"""Answers: given in the desk, taken in from a file, returned to be completed, accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.contributions.enums import Asks, Via
from bonphuong.contributions.models import EXPONENT, Answer, Invitee
from bonphuong.contributions.schema import wrong_value
from bonphuong.contributions.services.calling import check_lead
from bonphuong.contributions.sheets import read_form
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.kernel.money import to_scaled
from bonphuong.papers.enums import PaperDirection, PaperKind
from bonphuong.papers.services import PaperNote, file_paper
from bonphuong.papers.validators import check_texts
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.contributions.schema import Given
    from bonphuong.papers.models import Paper


def give_answer(
    invitee: Invitee, answers: Mapping[UUID, Given], *, expected_version: int, actor: User
) -> Invitee:
    """Answer for one's own office, or better an answer that was not accepted yet; what is left out is emptied.

    Raises NotAllowed, BadInput (by the question's uid), Conflict.
    """
    office = invitee.office_code
    if not office or not can(actor, Permission.RECORD_ADD, office):
        raise NotAllowed(_("You may not answer for that office."))
    _refuse_over(invitee)
    with acting(actor=actor, verb="contributions.answer.give", office=office, obj=invitee.call):
        _write(invitee, answers, expected_version, author=actor, name=actor.get_full_name())
        return invitee


def take_in_file(
    invitee: Invitee,
    content: bytes,
    file_name: str,
    *,
    author_name: str,
    expected_version: int,
    actor: User,
    on: dt.date | None = None,
) -> Invitee:
    """Take in the form that came back from an addressee; the file itself is kept as the source.

    Whoever asks may take it in for anybody, and an office for itself. Raises NotAllowed, SheetError, BadInput
    naming each cell ("" → messages), Conflict. Nothing is taken in then.
    """
    call = invitee.call
    lead = can(actor, Permission.REPORT_DRAFT, call.office_code)
    own = bool(invitee.office_code) and can(actor, Permission.RECORD_ADD, invitee.office_code)
    if not (lead or own):
        raise NotAllowed(_("You may not answer for that office."))
    _refuse_over(invitee)
    read = read_form(content, file_name, list(call.questions.all()))
    if read.errors:
        told = [f"{error.cell}: {error.message}" if error.cell else error.message for error in read.errors]
        raise BadInput({"file": told})
    office = call.office_code if lead else invitee.office_code
    with acting(actor=actor, verb="contributions.answer.take_in", office=office, obj=call):
        paper = _filed(invitee, content, file_name, actor, office, on or clock.today())
        _write(invitee, read.answers, expected_version, name=author_name.strip()[:200], source=paper)
        return invitee


def return_answer(invitee: Invitee, *, reason: str, expected_version: int, actor: User) -> Invitee:
    """Send an answer back to be completed; what was written stays. Raises NotAllowed, BadInput, Conflict."""
    check_lead(actor, invitee.call.office_code)
    if not reason.strip():
        raise BadInput({"reason": [_("Say what is missing.")]})
    if invitee.answered_on is None:
        raise BadInput({"": [_("Nothing has been answered yet.")]})
    verb, office = "contributions.answer.return", invitee.call.office_code
    with acting(actor=actor, verb=verb, office=office, obj=invitee.call, reason=reason):
        return _set(
            invitee,
            expected_version,
            returned_on=clock.today(),
            return_reason=reason.strip()[:300],
            accepted_on=None,
        )


def accept_answer(invitee: Invitee, *, expected_version: int, actor: User) -> Invitee:
    """Say that an answer is complete: its author changes it no more. Raises NotAllowed, BadInput, Conflict."""
    check_lead(actor, invitee.call.office_code)
    if invitee.answered_on is None or invitee.returned_on is not None:
        raise BadInput({"": [_("There is no answer that could be accepted.")]})
    with acting(
        actor=actor, verb="contributions.answer.accept", office=invitee.call.office_code, obj=invitee.call
    ):
        return _set(invitee, expected_version, accepted_on=clock.today())


def _refuse_over(invitee: Invitee) -> None:
    if invitee.call.sent_on is None or invitee.call.closed_on is not None:
        raise BadInput({"": [_("Nothing is taken in for this call now.")]})
    if invitee.accepted_on is not None:
        raise BadInput({"": [_("This contribution was accepted. Ask the office that calls to return it.")]})


def _write(
    invitee: Invitee,
    answers: Mapping[UUID, Given],
    expected_version: int,
    *,
    author: User | None = None,
    name: str,
    source: Paper | None = None,
) -> None:
    questions = {question.pk: question for question in invitee.call.questions.all()}
    given = {uid: one for uid, one in answers.items() if uid in questions and not one.is_empty}
    errors = {str(uid): [wrong] for uid, one in given.items() if (wrong := wrong_value(one.value))}
    if not given:
        errors[""] = [_("Answer at least one question.")]
    if errors:
        raise BadInput(errors)
    check_texts(*(one.body for one in given.values()))
    _set(invitee, expected_version, answered_on=clock.today(), returned_on=None, return_reason="")
    invitee.answers.exclude(question__in=given).delete()
    for uid, one in given.items():
        scaled = to_scaled(one.value, EXPONENT) if one.value is not None else None
        values = {
            "body": one.body.strip(),
            "scaled": scaled if questions[uid].asks == Asks.FIGURE else None,
            "author": author,
            "author_name": name,
            "via": Via.FILE if source else Via.DESK,
            "source": source,
            "received_at": clock.now(),
        }
        Answer.objects.update_or_create(invitee=invitee, question=questions[uid], defaults=values)


def _set(invitee: Invitee, expected_version: int, **values: object) -> Invitee:
    rows = Invitee.objects.filter(pk=invitee.pk, version=expected_version)
    if not rows.update(**values, version=F("version") + 1):
        raise Conflict(
            _("Somebody else has changed this contribution since you opened it. Nothing was overwritten.")
        )
    for name, value in values.items():
        setattr(invitee, name, value)
    invitee.version = expected_version + 1
    return invitee


def _filed(  # noqa: PLR0917 - what a file that came is filed as
    invitee: Invitee, content: bytes, file_name: str, actor: User, office: str, on: dt.date
) -> Paper:
    note = PaperNote(
        PaperKind.OTHER,
        office,
        on=on,
        abstract=_("Contribution of %(name)s: %(title)s")
        % {"name": invitee.name or invitee.office_code, "title": invitee.call.title},
        issuer=invitee.name,
        issuer_code=invitee.office_code,
        direction=PaperDirection.IN,
        is_demo=invitee.call.is_demo,
    )
    return file_paper(note, actor=actor, content=content, file_name=file_name).paper
