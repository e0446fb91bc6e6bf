"""Entering records: one from a form or thousands from a sheet pass the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from bonphuong.kernel.bulk import insert_rows
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.queries import scheme_of, with_all
from bonphuong.kit.services import rows
from bonphuong.kit.services.correcting import refuse_unfit
from bonphuong.kit.services.posting import post_rows, reverse
from bonphuong.papers.services import note_papers
from bonphuong.records.models import Record
from bonphuong.records.rules import check_can_change
from bonphuong.records.services import create_headers, remove_records
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.kit.drafts import Draft
    from bonphuong.kit.specs import Scheme

#: So many of what holds on to a record are named.
_NAMED = 5


def create_many(
    drafts: Sequence[Draft],
    *,
    family: str,
    office_code: str,
    actor: User,
    reason: str = "",
    late_reason: str = "",
    is_demo: bool = False,
) -> list[Record]:
    """Enter records of a family, in the order of the drafts; those that came further pass every state before.

    Raises NotAllowed, BadInput, LateReasonNeeded; nothing is written then. `late_reason` is `reason` where it is
    not given: whoever brings in a sheet says why once.
    """
    scheme = scheme_of(family)
    finished = any(rows.passage_of(scheme, draft, ()) for draft in drafts)
    verb = "kit.record.register" if finished else "kit.record.enter"
    # Who may read the trail need not see the record: a hidden one is named by what it is, not by its title.
    told = _told(scheme, drafts[0]) if drafts else None
    with acting(actor=actor, verb=verb, office=office_code, reason=reason, obj=told):
        for draft in drafts:
            refuse_unfit(scheme, draft)
        papers = _note(scheme, drafts, office_code, actor, is_demo=is_demo)
        headers = [
            rows.header_of(scheme, draft, office_code, uids, is_demo=is_demo)
            for draft, uids in zip(drafts, papers, strict=True)
        ]
        records = create_headers(headers, actor=actor)
        made = _store(scheme, drafts, records)
        if scheme.after_write:
            scheme.after_write(made, actor)
        post_rows(family, made, late_reason=late_reason or reason)
        return records


def _told(scheme: Scheme, draft: Draft) -> str:
    return draft.kind if scheme.hide and scheme.hide(draft) in {"personal", "restricted"} else draft.title


def create(
    draft: Draft,
    *,
    family: str,
    office_code: str,
    actor: User,
    reason: str = "",
    late_reason: str = "",
    is_demo: bool = False,
) -> Record:
    """Enter one record; see `create_many`."""
    return create_many(
        [draft],
        family=family,
        office_code=office_code,
        actor=actor,
        reason=reason,
        late_reason=late_reason,
        is_demo=is_demo,
    )[0]


def undo_many(uids: Sequence[UUID], *, family: str, actor: User, reason: str) -> None:
    """Take records back as if they had never been entered: rows go, their postings are reversed."""
    records = list(Record.objects.filter(pk__in=uids, family=family))
    offices = {record.office_code for record in records}
    office = min(offices) if len(offices) == 1 else ""
    with acting(actor=actor, verb="kit.record.undo", office=office, reason=reason):
        _let_go(scheme_of(family), [record.pk for record in records], actor)
        _remove(records, actor, reason)
        reverse(records, late_reason=reason)


def _remove(records: Sequence[Record], actor: User, reason: str) -> None:
    try:
        remove_records([record.pk for record in records], actor=actor, reason=reason)
    except ProtectedError as error:
        names = ", ".join(sorted({str(row)[:60] for row in error.protected_objects})[:_NAMED])
        message = _("Something else holds on to it: %(what)s. Strike it out instead.")
        raise BadInput({"": [message % {"what": names}]}) from error


def _let_go(scheme: Scheme, uids: Sequence[UUID], actor: User) -> None:
    """Let the family take back what it keeps beside these records, as if they were struck out: they are gone next."""
    if scheme.after_write and uids:
        for record in Record.objects.filter(pk__in=uids):
            check_can_change(actor, record.office_code)
        scheme.model._default_manager.filter(pk__in=uids).update(is_void=True)
        scheme.after_write(list(with_all(scheme).filter(pk__in=uids)), actor)


def _note(
    scheme: Scheme, drafts: Sequence[Draft], office_code: str, actor: User, *, is_demo: bool
) -> list[list[UUID]]:
    notes = [rows.paper_notes(scheme, draft, office_code, is_demo=is_demo) for draft in drafts]
    papers = iter(note_papers([note for some in notes for note in some], actor=actor))
    return [[next(papers).pk for _note in some] for some in notes]


def _store(scheme: Scheme, drafts: Sequence[Draft], records: Sequence[Record]) -> list[Any]:
    """Write the family's own rows; each comes back knowing its lines, as its facts need them."""
    made = [
        (draft, rows.row_of(scheme, draft, record)) for draft, record in zip(drafts, records, strict=True)
    ]
    insert_rows([row for _draft, row in made])
    lines = [(row, rows.lines_of(scheme, draft, row)) for draft, row in made]
    for spec in scheme.lines:
        insert_rows([line for _row, some in lines for line in some[spec.name]])
    for row, some in lines:
        # What a prefetch would have put there, without reading back what was written a moment ago.
        vars(row)["_prefetched_objects_cache"] = dict(some)
    return [row for row, _some in lines]
