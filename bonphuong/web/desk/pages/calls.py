"""Pages of calls for contributions: who has answered what, and what a report asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.contributions.models import Call, Merged
from bonphuong.contributions.queries import (
    Counted,
    answers_of,
    call_for,
    counted,
    invitees_for,
    may_answer,
    may_lead,
    names_of_invitees,
)
from bonphuong.contributions.schema import QuestionDraft
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.names import names_of
from bonphuong.reports.queries import definition_on
from bonphuong.reports.schema import read_definition
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.contributions.enums import Standing
    from bonphuong.contributions.models import Answer, Chase, Invitee, Question

#: Answered ones are in time however late they came; the colour says what to do now.
TONES = {
    "late": "late",
    "waiting": "soon",
    "answered": "doing",
    "accepted": "done",
    "returned": "soon",
    "draft": "next",
}
SHOWN = 100


@dataclass(frozen=True)
class Line:
    """A call in the list."""

    call: Call
    office: str
    counted: Counted
    tone: str


@dataclass(frozen=True)
class Addressee:
    """An addressee on the page of a call."""

    invitee: Invitee
    name: str
    standing: Standing
    tone: str
    answers: Sequence[tuple[Question, Answer | None]]
    chases: Sequence[Chase]
    may_answer: bool


@dataclass(frozen=True)
class CallPage:
    """Everything that the page of a call shows."""

    call: Call
    office: str
    questions: Sequence[Question]
    addressees: Sequence[Addressee]
    merged: dict[UUID, Merged]
    counted: Counted
    may_lead: bool


def call_lines(user: User) -> list[Line]:
    """Calls that the person may see, the newest first."""
    calls = list(Call.objects.visible_to(user).prefetch_related("invitees")[:SHOWN])
    names = names_of(offices={call.office_code for call in calls})
    lines = []
    for call in calls:
        count = counted(invitees_for(user, call))
        tone = "late" if count.late else "done" if count.is_whole else "soon"
        lines.append(Line(call, names.office(call.office_code), count, tone if call.sent_on else ""))
    return lines


def call_page(user: User, uid: UUID) -> CallPage:
    """The page of a call. Raises Call.DoesNotExist, also to a stranger."""
    call = call_for(user, uid)
    lead = may_lead(user, call)
    invitees = invitees_for(user, call)
    questions = list(call.questions.all())
    given = answers_of(invitees)
    names = names_of_invitees(invitees, language())
    today = clock.today()
    addressees = []
    for one in invitees:
        standing = one.standing(today)
        addressees.append(
            Addressee(
                invitee=one,
                name=names[one.pk],
                standing=standing,
                tone=TONES[standing],
                answers=[(question, given.get((one.pk, question.pk))) for question in questions],
                chases=list(one.chases.all()),
                may_answer=may_answer(user, one),
            )
        )
    merged = {row.question_id: row for row in Merged.objects.filter(question__call=call)} if lead else {}
    return CallPage(
        call=call,
        office=names_of(offices=[call.office_code]).office(call.office_code),
        questions=questions,
        addressees=addressees,
        merged=merged,
        counted=counted(invitees, today),
        may_lead=lead,
    )


def questions_of_report(code: str, office: str) -> list[QuestionDraft]:
    """What a report needs people to write: one question for each written part; none for an unknown report."""
    try:
        found = read_definition(definition_on(code, office, clock.today()).content)
    except BadInput:
        return []
    questions = []
    for section in found.sections:
        title = section.title.split("{")[0].strip(" .:")
        for block in section.blocks:
            if block.get("slot"):
                heading = title.capitalize() if title.isupper() else title
                hint = str(block.get("hint", ""))
                questions.append(QuestionDraft(heading, slot=str(block["slot"]), guidance=hint))
    return questions
