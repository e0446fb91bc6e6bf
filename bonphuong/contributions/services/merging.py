"""What is made of answers: one text with its authors kept, and figures that papers state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from bonphuong.contributions.enums import Asks
from bonphuong.contributions.models import EXPONENT, Answer, Call, Merged
from bonphuong.contributions.queries import names_of_invitees
from bonphuong.contributions.services.calling import check_lead
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.kernel.money import from_scaled, to_scaled
from bonphuong.kernel.numbers import format_number
from bonphuong.kernel.periods import Period
from bonphuong.ledger.enums import Shape, StatementKind
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.services import state_figure
from bonphuong.papers.validators import check_texts
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.contributions.models import Question


def merge_answers(question: Question, *, actor: User) -> Merged:
    """Begin the merged text of a question anew from all answers, each with the name of who wrote it.

    Figures that can be added are added up at the end. What was edited before is replaced: the trail keeps it.
    Raises NotAllowed.
    """
    call = question.call
    check_lead(actor, call.office_code)
    rows = _answers(question)
    names = names_of_invitees([row.invitee for row in rows])
    lines = [_line(row, names[row.invitee_id], question.unit) for row in rows]
    values = [value for row in rows if (value := row.value) is not None]
    if question.asks == Asks.FIGURE and len(values) > 1:
        total = format_number(sum(values), "vi")
        lines.append(_("In all: %(total)s %(unit)s.") % {"total": total, "unit": question.unit})
    body = "\n".join(line.strip() for line in lines)
    with acting(actor=actor, verb="contributions.call.merge", office=call.office_code, obj=call):
        there = Merged.objects.filter(question=question).first()
        return _save(question, body, [row.pk for row in rows], actor, there)


def save_merged(question: Question, body: str, *, expected_version: int, actor: User) -> Merged:
    """Keep what a person made of the answers. Raises NotAllowed, ClassifiedPaper, Conflict."""
    call = question.call
    check_lead(actor, call.office_code)
    check_texts(body)
    with acting(actor=actor, verb="contributions.call.merge", office=call.office_code, obj=call):
        there = Merged.objects.filter(question=question).first()
        if (there.version if there else 0) != expected_version:
            raise _overtaken()
        return _save(question, body, [row.pk for row in _answers(question)], actor, there)


def state_answers(call: Call, *, actor: User) -> int:
    """Enter figures of accepted answers as stated figures of their offices; gives how many were entered.

    Only questions that name a measure, only addressees that are offices of ours, each answer once, and for exactly
    the period of the call. Raises NotAllowed, BadInput for a call without a period.
    """
    check_lead(actor, call.office_code)
    if not call.period_code:
        raise BadInput({"": [_("The call names no period that the figures could be for.")]})
    period = Period.parse(call.period_code)
    rows = Answer.objects.filter(
        invitee__call=call,
        invitee__accepted_on__isnull=False,
        question__asks=Asks.FIGURE,
        scaled__isnull=False,
        statement_uid__isnull=True,
    ).exclude(question__measure="")
    stated = 0
    with acting(actor=actor, verb="contributions.call.state", office=call.office_code, obj=call):
        # Two who press the button together state each figure once.
        list(Call.objects.select_for_update().filter(pk=call.pk))
        for row in rows.exclude(invitee__office_code="").select_related("invitee", "question"):
            measure = MEASURES[row.question.measure]
            since, until = _days(measure.shape, period.since, period.until)
            statement = state_figure(
                actor=actor,
                office=row.invitee.office_code,
                measure=measure.code,
                since=since,
                until=until,
                value=to_scaled(from_scaled(row.scaled or 0, EXPONENT), measure.exponent),
                kind=StatementKind.STATED,
                paper_uid=row.source_id,
                text=f"{call.title}: {row.question.heading}",
                signer=row.author_name,
            )
            Answer.objects.filter(pk=row.pk).update(statement_uid=statement.uid)
            stated += 1
    return stated


def _days(shape: Shape, since: dt.date, until: dt.date) -> tuple[dt.date | None, dt.date | None]:
    if shape is Shape.TIMELESS:
        return None, None
    return (until, until) if shape is Shape.LEVEL else (since, until)


def _answers(question: Question) -> list[Answer]:
    rows = Answer.objects.filter(question=question).select_related("invitee")
    return list(rows.order_by("invitee__order"))


def _line(row: Answer, name: str, unit: str) -> str:
    told = []
    if row.value is not None:
        told.append(f"{format_number(row.value, 'vi')} {unit}".strip())
    if row.body:
        told.append(row.body.rstrip("."))
    return _("%(text)s (%(name)s).") % {"text": "; ".join(told), "name": name}


def _overtaken() -> Conflict:
    return Conflict(_("Somebody else has changed this text since you opened it. Nothing was overwritten."))


def _save(
    question: Question, body: str, sources: Sequence[UUID], actor: User, there: Merged | None
) -> Merged:
    values = {
        "body": body,
        "sources": [str(uid) for uid in sources],
        "updated_by": actor.get_full_name(),
        "updated_at": clock.now(),
    }
    if there is None:
        merged, created = Merged.objects.get_or_create(question=question, defaults=values)
        if not created:
            raise _overtaken()
        return merged
    # Looked at and written in one statement: whoever wrote in between is not overwritten unseen.
    rows = Merged.objects.filter(pk=there.pk, version=there.version)
    if not rows.update(**values, version=F("version") + 1):
        raise _overtaken()
    there.refresh_from_db()
    return there
