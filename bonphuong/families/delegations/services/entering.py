"""Entering delegations: one from a form or thousands from a sheet pass the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.families.delegations.services import rows
from bonphuong.families.delegations.services.posting import post_rows, reverse
from bonphuong.kernel.bulk import insert_rows
from bonphuong.papers.services import note_papers
from bonphuong.records.models import Record
from bonphuong.records.services import create_headers, remove_records
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.families.delegations.models import Delegation
    from bonphuong.families.delegations.schema import DelegationDraft


def create_many(
    drafts: Sequence[DelegationDraft],
    *,
    kind: str = "",
    office_code: str,
    actor: User,
    reason: str = "",
    late_reason: str = "",
    is_demo: bool = False,
) -> list[Record]:
    """Enter delegations, in the order of the drafts; those that are decided pass every state with their papers.

    Raises NotAllowed, BadInput, LateReasonNeeded; nothing is written then. `late_reason` is `reason` where it is
    not given: whoever brings in a sheet says why once.
    """
    del kind  # each draft says its own
    verb = "delegations.delegation.register" if any(d.decided_on or d.started_on for d in drafts) else _ENTER
    told = rows.told_title(drafts[0].kind, drafts[0].title) if drafts else None
    with acting(actor=actor, verb=verb, office=office_code, reason=reason, obj=told):
        papers = _note(drafts, office_code, actor, is_demo=is_demo)
        headers = [
            rows.header_of(draft, office_code, uids, is_demo=is_demo)
            for draft, uids in zip(drafts, papers, strict=True)
        ]
        records = create_headers(headers, actor=actor)
        rows_made = _store(drafts, records)
        post_rows(rows_made, late_reason=late_reason or reason)
        return records


_ENTER = "delegations.delegation.enter"


def create(
    draft: DelegationDraft, *, office_code: str, actor: User, reason: str = "", late_reason: str = ""
) -> Record:
    """Enter one delegation; see `create_many`."""
    return create_many([draft], office_code=office_code, actor=actor, reason=reason, late_reason=late_reason)[
        0
    ]


def undo_many(uids: Sequence[UUID], *, actor: User, reason: str) -> None:
    """Take delegations back as if they had never been entered: rows go, their postings are reversed."""
    records = list(Record.objects.filter(pk__in=uids, family=rows.FAMILY))
    offices = {record.office_code for record in records}
    office = min(offices) if len(offices) == 1 else ""
    with acting(actor=actor, verb="delegations.delegation.undo", office=office, reason=reason):
        remove_records([record.pk for record in records], actor=actor, reason=reason)
        reverse(records, late_reason=reason)


def _note(
    drafts: Sequence[DelegationDraft], office_code: str, actor: User, *, is_demo: bool
) -> list[list[UUID]]:
    notes = [rows.paper_notes(draft, office_code, is_demo=is_demo) for draft in drafts]
    papers = iter(note_papers([note for some in notes for note in some], actor=actor))
    return [[next(papers).pk for _note in some] for some in notes]


def _store(drafts: Sequence[DelegationDraft], records: Sequence[Record]) -> list[Delegation]:
    """Write the family's own rows; each comes back knowing its places and co-hosts, as its facts need them."""
    made = []
    for draft, record in zip(drafts, records, strict=True):
        row = rows.row_of(draft, record)
        made.append((draft, row, rows.places_of(draft, row), rows.cohosts_of(draft, row)))
    insert_rows([row for _draft, row, _places, _hosts in made])
    insert_rows([place for _draft, _row, places, _hosts in made for place in places])
    insert_rows([m for draft, row, _places, _hosts in made for m in rows.members_of(draft, row)])
    insert_rows([host for _draft, _row, _places, hosts in made for host in hosts])
    for _draft, row, places, hosts in made:
        # What a prefetch would have put there, without reading back what was written a moment ago.
        vars(row)["_prefetched_objects_cache"] = {"places": places, "cohosts": hosts}
    return [row for _draft, row, _places, _hosts in made]
