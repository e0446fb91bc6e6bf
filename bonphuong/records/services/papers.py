"""Papers in the dossier of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel.bulk import chunks, insert_rows, new_row
from bonphuong.kernel.errors import BadInput
from bonphuong.papers.models import Paper
from bonphuong.records.enums import ROLE_OF_KIND, PaperRole
from bonphuong.records.models import RecordPaper
from bonphuong.records.rules import check_can_change
from bonphuong.trail.acting import acting
from bonphuong.trail.enums import Operation
from bonphuong.trail.models import Change
from bonphuong.trail.queries import row_key

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.records.models import Record

_BATCH = 500


def attach_papers(record: Record, paper_uids: Sequence[UUID], *, actor: User, role: str = "") -> None:
    """Put papers into the dossier of a record; those that are there already stay as they are.

    `role` (a `PaperRole`) is by default what papers of the kind usually are. Raises NotAllowed, BadInput.
    """
    check_can_change(actor, record.office_code)
    with acting(actor=actor, verb="records.record.attach", office=record.office_code, obj=record):
        hang_papers([(record.pk, uid) for uid in paper_uids], role, actor=actor)


def papers_noted_with(uids: Collection[UUID]) -> list[UUID]:
    """Papers in these records' dossiers that were noted in the very act that entered the record."""
    held: list[UUID] = []
    for some in chunks(list(uids)):
        pairs = list(RecordPaper.objects.filter(record__in=some).values_list("record_id", "paper_id"))
        acts = _added("records_record", some) | _added("papers_paper", [paper for _record, paper in pairs])
        held += [
            paper
            for record, paper in pairs
            if acts.get(row_key(record)) == acts.get(row_key(paper)) is not None
        ]
    return held


def _added(table: str, keys: Sequence[UUID]) -> dict[str, int]:
    """Row → the act that added it."""
    rows = Change.objects.filter(table=table, op=Operation.INSERT, row__in=[row_key(key) for key in keys])
    return dict(rows.values_list("row", "action_id"))


def hang_papers(
    pairs: Sequence[tuple[UUID, UUID]], role: str = "", *, actor: User, are_new: bool = False
) -> None:
    """Papers to records, as (record, paper), inside an open action.

    Raises BadInput for a paper that is not there or that the person may not see: whoever sees the record will see
    its papers. `are_new` says that the records were made just now and hold no papers yet.
    """
    wanted = list(dict.fromkeys(pairs))
    kinds: dict[UUID, str] = {}
    uids = list({paper for _record, paper in wanted})
    for some in chunks(uids):
        kinds.update(Paper.objects.visible_to(actor).filter(pk__in=some).values_list("pk", "kind"))
    if len(kinds) < len(uids):
        raise BadInput({"papers": [_("A paper that was named does not exist.")]})
    rows = [
        new_row(
            RecordPaper,
            record_id=record,
            paper_id=paper,
            role=role or ROLE_OF_KIND.get(kinds[paper], PaperRole.OTHER),
        )
        for record, paper in wanted
    ]
    if are_new:
        insert_rows(rows)
    else:
        RecordPaper.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
