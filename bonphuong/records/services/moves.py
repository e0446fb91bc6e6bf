"""A record on its way: the case moves, the header follows, papers are kept, all in one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel.errors import NotAllowed
from bonphuong.procedures.queries import case_of
from bonphuong.procedures.services import move_case, pass_through, running_cases, take, version_of
from bonphuong.procedures.services import reopen_if_changed as reopen_case_if_changed
from bonphuong.records.models import Record
from bonphuong.records.registry import get_family
from bonphuong.records.services.headers import write_header
from bonphuong.records.services.papers import hang_papers
from bonphuong.records.services.stands import dates_of, new_dates, stand_of
from bonphuong.records.services.telling import tell_of_step
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.papers.signatures import Signing
    from bonphuong.procedures.models import Case, Step
    from bonphuong.procedures.services import Passage
    from bonphuong.records.schema import HeaderChanges


def advance(
    record: Record,
    transition: str,
    *,
    on: dt.date,
    expected_version: int,
    actor: User,
    paper_uids: Sequence[UUID] = (),
    note: str = "",
    from_decision: bool = False,
    signing: Signing | None = None,
    dates: Mapping[str, dt.date | None] | None = None,
    **changes: Unpack[HeaderChanges],
) -> Step:
    """Take a step of the record's case and let the header follow, with whatever else changes by it.

    `dates` are the family's own dates that deadlines may count from. Raises what `procedures.services.take`
    raises, and Conflict when the header was changed since `expected_version`.
    """
    with acting(
        actor=actor, verb="records.record.advance", office=record.office_code, obj=record, reason=note
    ):
        case = case_of(record.pk)
        step = take(
            case,
            transition,
            on=on,
            actor=actor,
            paper_uids=paper_uids,
            note=note,
            from_decision=from_decision,
            signing=signing,
        )
        hang_papers([(record.pk, uid) for uid in paper_uids], actor=actor)
        _follow(record, case, expected_version, dates, changes)
        tell_of_step(record, case, step, actor=actor)
        return step


def pass_on(
    record: Record,
    passage: Passage,
    *,
    expected_version: int,
    actor: User,
    dates: Mapping[str, dt.date | None] | None = None,
    **changes: Unpack[HeaderChanges],
) -> Step:
    """Register from its papers how far the record has come; raises what `procedures.services.pass_through` raises."""
    with acting(
        actor=actor, verb="records.record.advance", office=record.office_code, obj=record, reason=passage.note
    ):
        case = case_of(record.pk)
        step = pass_through(case, passage, actor=actor)
        hang_papers([(record.pk, uid) for uid in passage.paper_uids], actor=actor)
        _follow(record, case, expected_version, dates, changes)
        return step


def move_record_to_version(
    record: Record,
    to_version: int,
    *,
    expected_version: int,
    actor: User,
    reason: str,
    state_map: Mapping[str, str] | None = None,
) -> Step:
    """Take a running record to another version of its procedure and under today's rules; its header follows.

    Raises what `procedures.services.move_case` raises, and Conflict when the header was changed meanwhile.
    """
    with acting(
        actor=actor, verb="procedures.case.move", office=record.office_code, obj=record, reason=reason
    ):
        case = case_of(record.pk)
        step = move_case(case, to_version, actor=actor, reason=reason, state_map=state_map)
        _follow(record, case, expected_version, get_family(record.family).dates_of(record), {})
        return step


def move_records_to_version(
    procedure_code: str,
    to_version: int,
    *,
    actor: User,
    reason: str,
    state_map: Mapping[str, str] | None = None,
) -> int:
    """Take all running records of a procedure, of the offices whose settings are the actor's, to one version.

    All or nothing; gives how many. Raises what `move_record_to_version` raises, NotAllowed where nothing is theirs.
    """
    offices = office_codes_for(actor, Permission.SETTINGS_CHANGE)
    if not offices:
        raise NotAllowed(_("You may not change the settings of this office."))
    with acting(actor=actor, verb="procedures.case.move", obj=procedure_code, reason=reason):
        version_of(procedure_code, to_version)
        cases = running_cases(procedure_code, except_version=to_version, offices=offices)
        records = Record.objects.filter(pk__in=list(cases.values_list("pk", flat=True))).order_by("pk")
        for record in records:
            move_record_to_version(
                record,
                to_version,
                expected_version=record.version,
                actor=actor,
                reason=reason,
                state_map=state_map,
            )
        return len(records)


def reopen_if_changed(
    record: Record,
    changed: Collection[str],
    *,
    on: dt.date,
    actor: User,
    note: str = "",
    dates: Mapping[str, dt.date | None] | None = None,
) -> Step | None:
    """Take the step that a change of these fields calls for (a new round of consulting), if there is one.

    Called after the change itself was written, inside the same action: `record` is at its newest version.
    """
    with acting(
        actor=actor, verb="records.record.advance", office=record.office_code, obj=record, reason=note
    ):
        case = case_of(record.pk)
        step = reopen_case_if_changed(case, changed, on=on, actor=actor, note=note)
        if step is not None:
            _follow(record, case, record.version, dates, {})
        return step


def refresh_due(record: Record, *, actor: User, dates: Mapping[str, dt.date | None] | None = None) -> Record:
    """Find the record's nearest deadline anew, after dates or rules changed; nothing is written if it is the same."""
    with acting(actor=actor, verb="records.record.advance", office=record.office_code, obj=record):
        stand = stand_of(case_of(record.pk), dates_of(record, dates))
        if (record.due_on, record.due_rule) == (stand["due_on"], stand["due_rule"]):
            return record
        return write_header(record, record.version, {}, stand)


def _follow(
    record: Record,
    case: Case,
    expected_version: int,
    dates: Mapping[str, dt.date | None] | None,
    changes: HeaderChanges,
) -> None:
    write_header(record, expected_version, changes, stand_of(case, new_dates(record, changes, dates)))
