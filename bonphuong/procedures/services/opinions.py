"""Opinions asked of other bodies, answered, put off, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import Office
from bonphuong.accounts.rules import can
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.kernel.text import tidy
from bonphuong.papers.models import Paper
from bonphuong.procedures.enums import Answer, BodyKind, DayUnit
from bonphuong.procedures.errors import WrongState
from bonphuong.procedures.history import history
from bonphuong.procedures.models import Opinion
from bonphuong.procedures.opinions import opinion_rule
from bonphuong.procedures.rounds import rounds
from bonphuong.procedures.rules import desks_of
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.procedures.models import Case, OpinionRule


@dataclass(frozen=True)
class Body:
    """A body that is asked: an office of ours, a party by its code, or a name as written.

    `days` (in `unit`) or `due_on` go before the rule; without a rule and without either, no day is set.
    """

    kind: str
    office_code: str = ""
    party_code: str = ""
    text: str = ""
    days: int | None = None
    unit: str = DayUnit.WORKING
    due_on: dt.date | None = None


@dataclass(frozen=True)
class Reply:
    """What a body answered. A placeholder has no words: its opinion is kept elsewhere under the rules of secrecy."""

    on: dt.date
    answer: str = ""
    text: str = ""
    paper_uid: UUID | None = None
    is_placeholder: bool = False


def ask_opinions(
    case: Case,
    bodies: Sequence[Body],
    *,
    question: str,
    on: dt.date,
    actor: User,
    paper_uid: UUID | None = None,
) -> list[Opinion]:
    """Ask several bodies at once, each with its own clock; the case goes on meanwhile.

    By whoever may change the record. Raises NotAllowed, WrongState for a case that is over, BadInput (nobody asked,
    nothing asked, one body twice, a day still to come).
    """
    _check_keeper(actor, case)
    with acting(actor=actor, verb="procedures.opinion.ask", office=case.office_code, obj=case.record_uid):
        if case.state.is_end:
            raise WrongState(_("The case is over: no opinion is asked any more."))
        _check_asking(bodies, question, on)
        chain = _chain(case.office_code)
        round_number = rounds(history(case)).number
        made = []
        for body in bodies:
            rule = opinion_rule(case.procedure.code, body.kind, chain, on)
            opinion = _asked(case, body, rule, on=on, actor=actor)
            opinion.question, opinion.round = question.strip(), round_number
            opinion.asked_paper_id = paper_uid
            made.append(opinion)
        return Opinion.objects.bulk_create(made)


def answer_opinion(opinion: Opinion, reply: Reply, *, expected_version: int, actor: User) -> Opinion:
    """Note what a body answered: by its own people in the desk, or by those who asked, from its paper.

    An answer may be noted again, over one noted by mistake. Raises NotAllowed, BadInput, Conflict.
    """
    if not may_answer(actor, opinion):
        raise NotAllowed(_("This opinion is not yours to give."))
    with acting(actor=actor, verb="procedures.opinion.answer", office=opinion.asked_by, obj=opinion):
        _check_reply(opinion, reply)
        return _write(
            opinion,
            expected_version,
            answered_on=reply.on,
            answer=reply.answer,
            text=reply.text.strip(),
            paper_id=reply.paper_uid,
            is_placeholder=reply.is_placeholder,
        )


def withdraw_opinion(
    opinion: Opinion, *, on: dt.date, reason: str, expected_version: int, actor: User
) -> Opinion:
    """Ask no longer: the body need not answer. Raises NotAllowed, BadInput, Conflict."""
    _check_keeper(actor, opinion.case)
    with acting(
        actor=actor, verb="procedures.opinion.withdraw", office=opinion.asked_by, obj=opinion, reason=reason
    ):
        _check_open(opinion, reason)
        if not opinion.asked_on <= on <= clock.today():
            raise BadInput({"on": [_("Not before it was asked, and not in days to come.")]})
        return _write(opinion, expected_version, withdrawn_on=on, withdrawn_why=tidy(reason)[:300])


def defer_opinion(
    opinion: Opinion, *, due_on: dt.date, reason: str, expected_version: int, actor: User
) -> Opinion:
    """Set by hand the day by which an opinion is due. Raises NotAllowed, BadInput, Conflict."""
    _check_keeper(actor, opinion.case)
    with acting(
        actor=actor, verb="procedures.opinion.defer", office=opinion.asked_by, obj=opinion, reason=reason
    ):
        _check_open(opinion, reason)
        if due_on < opinion.asked_on:
            raise BadInput({"due_on": [_("It cannot be due before it is asked.")]})
        return _write(opinion, expected_version, due_by_hand=due_on)


def may_answer(user: User, opinion: Opinion) -> bool:
    """Whether `user` may note the answer: sits in the office asked, or may change the record."""
    own = bool(opinion.office_code) and opinion.office_code in desks_of(user, Permission.RECORD_CHANGE)
    return own or can(user, Permission.RECORD_CHANGE, opinion.case.office_code)


def _asked(case: Case, body: Body, rule: OpinionRule | None, *, on: dt.date, actor: User) -> Opinion:
    by_hand = body.days is not None or body.due_on is not None
    held = None if by_hand else rule
    return Opinion(
        case=case,
        book=case.book,
        body_kind=body.kind,
        office_code=body.office_code,
        party_code=body.party_code,
        body_text=tidy(body.text)[:200],
        asked_by=case.office_code,
        asker=actor,
        asked_on=on,
        rule=held,
        days=body.days if held is None else held.days,
        unit=body.unit if held is None else held.unit,
        due_by_hand=body.due_on,
    )


def _write(opinion: Opinion, expected_version: int, **values: object) -> Opinion:
    rows = Opinion.objects.filter(pk=opinion.pk, version=expected_version)
    if not rows.update(**values, version=F("version") + 1):
        raise Conflict(_("Somebody else has changed this since you opened it. Nothing was overwritten."))
    for name, value in values.items():
        setattr(opinion, name, value)
    opinion.version = expected_version + 1
    return opinion


def _check_keeper(actor: User, case: Case) -> None:
    if not can(actor, Permission.RECORD_CHANGE, case.office_code):
        raise NotAllowed(_("Only those who may change the record ask for opinions on it."))


def _check_asking(bodies: Sequence[Body], question: str, on: dt.date) -> None:
    errors = {}
    if not question.strip():
        errors["question"] = [_("Say what is asked.")]
    if on > clock.today():
        errors["on"] = [_("This day is still to come.")]
    named = [(body.office_code, body.party_code, tidy(body.text)) for body in bodies]
    if not named or any(not any(names) for names in named):
        errors["bodies"] = [_("Say who is asked.")]
    elif len(set(named)) < len(named):
        errors["bodies"] = [_("A body is named twice.")]
    elif any(body.kind not in BodyKind.values for body in bodies):
        errors["bodies"] = [_("There is no such kind of body.")]
    if any(body.due_on is not None and body.due_on < on for body in bodies):
        errors["due_on"] = [_("It cannot be due before it is asked.")]
    if errors:
        raise BadInput(errors)


def _check_reply(opinion: Opinion, reply: Reply) -> None:
    errors = {}
    if opinion.withdrawn_on is not None:
        raise WrongState(_("This question was withdrawn."))
    if not opinion.asked_on <= reply.on <= clock.today():
        errors["on"] = [_("Not before it was asked, and not in days to come.")]
    if reply.is_placeholder:
        if reply.text.strip() or reply.answer:
            errors["text"] = [_("An opinion that is kept elsewhere has no words here.")]
        if reply.paper_uid is not None and not _is_placeholder(reply.paper_uid):
            errors["paper"] = [_("Note the paper without its file: it is kept elsewhere.")]
    elif reply.answer not in Answer.values:
        errors["answer"] = [_("Say what the answer is.")]
    elif reply.answer in {Answer.REMARKS, Answer.DISAGREE} and not (reply.text.strip() or reply.paper_uid):
        errors["text"] = [_("Say what the remarks are, or name the paper that holds them.")]
    if errors:
        raise BadInput(errors)


def _is_placeholder(uid: UUID) -> bool:
    return Paper.objects.filter(pk=uid, is_placeholder=True).exists()


def _check_open(opinion: Opinion, reason: str) -> None:
    if not opinion.is_waiting:
        raise WrongState(_("It was answered or withdrawn already."))
    if not reason.strip():
        raise BadInput({"reason": [_("Say why.")]})


def _chain(office: str) -> list[str]:
    path = Office.objects.values_list("path", flat=True).filter(pk=office).first() or office
    return path.strip("/").split("/")
