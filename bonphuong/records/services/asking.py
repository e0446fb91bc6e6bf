"""Opinions asked about a record, and those told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.accounts.models import Office
from bonphuong.parties.models import Party
from bonphuong.procedures import services as procedures
from bonphuong.procedures.queries import case_of
from bonphuong.records.models import Record
from bonphuong.records.services.papers import hang_papers
from bonphuong.records.services.telling import tell_of_answer, tell_of_asking, tell_of_withdrawal
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.procedures.models import Opinion
    from bonphuong.procedures.services import Body, Reply


def ask_opinions(
    record: Record,
    bodies: Sequence[Body],
    *,
    question: str,
    on: dt.date,
    actor: User,
    paper_uid: UUID | None = None,
) -> list[Opinion]:
    """Ask several bodies about a record at once; offices with people in the desk hear of it.

    Raises what `procedures.services.ask_opinions` raises.
    """
    with acting(actor=actor, verb="procedures.opinion.ask", office=record.office_code, obj=record):
        made = procedures.ask_opinions(
            case_of(record.pk), bodies, question=question, on=on, actor=actor, paper_uid=paper_uid
        )
        _hang(record, paper_uid, actor)
        tell_of_asking(record, made, actor=actor)
        return made


def answer_opinion(opinion: Opinion, reply: Reply, *, expected_version: int, actor: User) -> Opinion:
    """Note what a body answered; those who asked hear of it. Raises what `procedures.services.answer_opinion` raises."""
    record = Record.objects.get(pk=opinion.case_id)
    with acting(actor=actor, verb="procedures.opinion.answer", office=record.office_code, obj=record):
        procedures.answer_opinion(opinion, reply, expected_version=expected_version, actor=actor)
        _hang(record, reply.paper_uid, actor)
        tell_of_answer(record, opinion, body=name_of_body(opinion), actor=actor)
        return opinion


def withdraw_opinion(
    opinion: Opinion, *, on: dt.date, reason: str, expected_version: int, actor: User
) -> Opinion:
    """Ask no longer. Raises what `procedures.services.withdraw_opinion` raises."""
    record = Record.objects.get(pk=opinion.case_id)
    with acting(
        actor=actor, verb="procedures.opinion.withdraw", office=record.office_code, obj=record, reason=reason
    ):
        procedures.withdraw_opinion(
            opinion, on=on, reason=reason, expected_version=expected_version, actor=actor
        )
        tell_of_withdrawal(record, opinion, actor=actor)
        return opinion


def name_of_body(opinion: Opinion) -> dict[str, str]:
    """The body asked, in both languages, as far as it has a name in both."""
    office = Office.objects.filter(pk=opinion.office_code).first() if opinion.office_code else None
    if office is not None:
        return {"vi": office.name_vi, "en": office.name_en}
    party = Party.objects.filter(code=opinion.party_code).first() if opinion.party_code else None
    if party is not None:
        return {"vi": party.name("vi"), "en": party.name("en")}
    said = opinion.body_text or opinion.party_code or opinion.office_code
    return {"vi": said, "en": said}


def _hang(record: Record, paper_uid: UUID | None, actor: User) -> None:
    if paper_uid is not None:
        hang_papers([(record.pk, paper_uid)], actor=actor)
