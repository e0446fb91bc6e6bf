"""Steps of a delegation's way: each moves the case, sets the facts' dates and posts what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.families.delegations.enums import Kind
from bonphuong.families.delegations.queries import with_all
from bonphuong.families.delegations.services import rows
from bonphuong.families.delegations.services.correcting import draft_of, refuse_struck
from bonphuong.families.delegations.services.posting import post
from bonphuong.families.delegations.validators import errors_of
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.papers.enums import PaperKind
from bonphuong.papers.models import Paper
from bonphuong.papers.services import PaperNote, note_papers
from bonphuong.procedures.errors import WrongState
from bonphuong.procedures.models import Transition
from bonphuong.records.services import advance
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.families.delegations.models import Delegation
    from bonphuong.papers.signatures import Signing
    from bonphuong.records.models import Record


@dataclass(frozen=True)
class StepValues:
    """What a step asks for beside its day. Empty values leave what is known."""

    approved_heads: int | None = None
    actual_heads: int | None = None
    decision_number: str = ""
    result: str = ""
    note: str = ""


def _approve(row: Delegation, on: dt.date, values: StepValues) -> None:
    row.decided_on = on
    row.decision_number = values.decision_number or row.decision_number
    row.approved_heads = values.approved_heads or row.approved_heads or _listed(row)
    if not row.approved_heads:
        raise BadInput({"approved_heads": [_("Give the number of people that the decision allows.")]})


def _listed(row: Delegation) -> int | None:
    return row.members.filter(withdrew=False).count() or None


def _start(row: Delegation, on: dt.date, values: StepValues) -> None:
    row.started_on = on
    # The approved head count is replaced by the real one; without one, those on the list who did not withdraw.
    row.actual_heads = values.actual_heads or row.actual_heads or _listed(row) or row.approved_heads
    if not row.actual_heads and row.kind != Kind.SESSION:
        raise BadInput({"actual_heads": [_("Give the number of people who actually took part.")]})


def _end(row: Delegation, on: dt.date, values: StepValues) -> None:
    row.ended_on = on
    row.actual_heads = values.actual_heads or row.actual_heads


def _report(row: Delegation, on: dt.date, values: StepValues) -> None:
    row.report_received_on = on
    row.result = values.result or row.result


def _cancel(row: Delegation, on: dt.date, values: StepValues) -> None:
    if not values.note.strip():
        raise BadInput({"note": [_("Say why it is called off.")]})
    row.cancelled_on, row.cancel_reason = on, values.note.strip()[:300]
    row.started_on = row.ended_on = row.actual_heads = None


#: Codes of transitions that mean more than a new state, in every procedure of the family.
CHANGES: dict[str, Callable[[Delegation, dt.date, StepValues], None]] = {
    "approve": _approve,
    "depart": _start,
    "receive": _start,
    "hold": _start,
    "come_back": _end,
    "leave": _end,
    "declare_return": _end,
    "receive_report": _report,
    "cancel": _cancel,
}


def take_step(
    record: Record,
    transition: str,
    *,
    on: dt.date,
    expected_version: int,
    actor: User,
    values: StepValues | None = None,
    paper_uids: Sequence[UUID] = (),
    late_reason: str = "",
    from_decision: bool = False,
    signing: Signing | None = None,
) -> Record:
    """Take a step of the record's case on a day, with what it asks for; the ledger follows in the same act.

    An approval whose decision is not filed yet notes it by the number given. Raises what the procedure raises
    (NotAllowed, WrongState, MissingPaper, Conflict), BadInput, LateReasonNeeded.
    """
    given = values or StepValues()
    if on > clock.today():
        raise BadInput({"on": [_("This day is still to come.")]})
    verb = f"delegations.delegation.{transition}"
    with acting(actor=actor, verb=verb, office=record.office_code, reason=given.note, obj=record):
        _refuse_out_of_turn(record, transition)
        row = with_all().get(pk=record.pk)
        refuse_struck(row)
        papers = [*paper_uids, *_noted(record, transition, on, given, paper_uids, actor)]
        change = CHANGES.get(transition)
        if change is not None:
            change(row, on, given)
            _check(row)
        begins, ends = rows.span_of(row)
        advance(
            record,
            transition,
            on=on,
            expected_version=expected_version,
            actor=actor,
            paper_uids=papers,
            note=given.note,
            from_decision=from_decision,
            signing=signing,
            counts_on=row.started_on,
            begins_on=begins,
            ends_on=ends,
        )
        row.record = record
        row.alone_is_group = rows.alone_is_group(draft_of(row))
        row.save(force_update=True)
        post([record.pk], late_reason=late_reason)
        return record


def _refuse_out_of_turn(record: Record, transition: str) -> None:
    # Said before anything is asked for: whoever is out of turn need not first fill in what the step wants.
    ways = Transition.objects.filter(procedure__cases__record_uid=record.pk, code=transition)
    if not ways.filter(from_state__cases__record_uid=record.pk).exists():
        raise WrongState(_("The record does not stand where this step begins. Open it again."))


def _check(row: Delegation) -> None:
    errors = errors_of(draft_of(row), today=clock.today())
    if errors:
        raise BadInput({name: [message] for name, message in errors})


_PAPERS = {"approve": PaperKind.DECISION, "receive_report": PaperKind.TRIP_REPORT}


def _noted(  # noqa: PLR0917 - what a noted paper is made of
    record: Record, transition: str, on: dt.date, given: StepValues, filed: Sequence[UUID], actor: User
) -> list[UUID]:
    """The paper that the step needs, noted by its reference when nobody filed it."""
    kind = _PAPERS.get(transition)
    if kind is None or Paper.objects.filter(pk__in=list(filed), kind=kind).exists():
        return []
    if kind == PaperKind.DECISION and not given.decision_number:
        return []
    abstract = rows.told_title(record.kind, record.title)
    note = PaperNote(kind, record.office_code, given.decision_number, on, abstract, is_demo=record.is_demo)
    return [paper.pk for paper in note_papers([note], actor=actor)]
