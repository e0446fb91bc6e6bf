"""A record on its way: the case moves, the header follows, papers are kept, all in one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from bonphuong.procedures.queries import case_of
from bonphuong.procedures.services import pass_through, take
from bonphuong.procedures.services import reopen_if_changed as reopen_case_if_changed
from bonphuong.records.services.headers import write_header
from bonphuong.records.services.papers import hang_papers
from bonphuong.records.services.stands import dates_of, new_dates, stand_of
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.procedures.models import Case, Step
    from bonphuong.procedures.services import Passage
    from bonphuong.records.models import Record
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
        )
        hang_papers([(record.pk, uid) for uid in paper_uids], actor=actor)
        _follow(record, case, expected_version, dates, changes)
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
