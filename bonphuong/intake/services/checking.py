"""The dry run: every row judged, every remark kept beside its row, nothing entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.intake.enums import BatchStatus, RowStatus
from bonphuong.intake.judging import judge
from bonphuong.intake.models import BatchRow
from bonphuong.intake.previews import preview_of
from bonphuong.intake.queries import count_rows
from bonphuong.intake.rules import check_can_import
from bonphuong.intake.services.mapping import checked_mapping, remember
from bonphuong.kernel import clock
from bonphuong.kernel.bulk import uncollected, update_rows
from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.records.registry import get_family
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.accounts.models import User
    from bonphuong.intake.judging import Judgement
    from bonphuong.intake.models import Batch
    from bonphuong.intake.schema import Preview

__all__ = ["check_rows", "dry_run", "preview_of", "set_mapping"]

OPEN = (BatchStatus.STAGED, BatchStatus.POSTING)
_WAITING = (
    RowStatus.NEW,
    RowStatus.GOOD,
    RowStatus.BAD,
    RowStatus.SKIPPED,
    RowStatus.TWIN,
    RowStatus.SAME,
)
_OVER = (RowStatus.POSTED.value, RowStatus.UNDONE.value)
_FOUND = ("status", "notes", "same_as", "twins", "of_uid")


def dry_run(batch: Batch, *, actor: User | None = None) -> Preview:
    """Judge every row that is not entered yet; `batch` is brought up to date. May be called as often as one likes.

    Raises NotAllowed, Conflict for a batch that is over, or whose reading was cut off.
    """
    person = actor or batch.actor
    check_can_import(person, batch.office_code)
    judgement = check_rows(batch)
    with acting(actor=person, verb="intake.batch.check", office=batch.office_code, obj=batch):
        save_counts(batch, checked_at=clock.now())
    return preview_of(batch, person, judgement=judgement)


def check_rows(batch: Batch) -> Judgement:
    """Judge the rows that are not entered yet and keep what was found beside each."""
    batch.refresh_from_db()
    if batch.status not in OPEN:
        raise Conflict(_("This sheet is “%(status)s” already.") % {"status": batch.get_status_display()})
    if batch.forgotten_at is not None:
        raise Conflict(_("This sheet is too old: its rows were forgotten. Load the file again."))
    with uncollected():
        return _check(batch)


def _check(batch: Batch) -> Judgement:
    rows = list(BatchRow.objects.filter(batch=batch).order_by("table", "number"))
    if len(rows) < batch.rows:
        raise Conflict(_("The reading of this file was cut off. Load it again."))
    waiting = [row for row in rows if row.status in _WAITING]
    before = {row.pk: _state(row) for row in waiting}
    judgement = judge(batch, waiting)
    changed = [row for row in waiting if _state(row) != before[row.pk]]
    # Somebody else may be entering the same sheet: what is in stays in.
    update_rows(changed, _FOUND, unless=("status", _OVER))
    return judgement


def _state(row: BatchRow) -> tuple[object, ...]:
    return (row.status, row.notes, row.same_as, row.of_uid, tuple(row.twins))


def save_counts(batch: Batch, **changes: object) -> None:
    """Count the rows of each sort anew, inside an open action; `changes` are saved with them."""
    numbers = count_rows(batch)
    batch.good = numbers[RowStatus.GOOD]
    batch.bad = numbers[RowStatus.BAD]
    batch.skipped = numbers[RowStatus.SKIPPED]
    batch.twins = numbers[RowStatus.TWIN]
    batch.posted = numbers[RowStatus.POSTED]
    batch.same = numbers[RowStatus.SAME]
    for name, value in changes.items():
        setattr(batch, name, value)
    batch.save(update_fields=["good", "bad", "skipped", "twins", "posted", "same", *changes])


def set_mapping(
    batch: Batch, mapping: Mapping[str, str], *, kind: str | None = None, actor: User | None = None
) -> Batch:
    """Say what columns are: heading, or letter of the column → code, "" to leave it out. Remembered for the office.

    What was said before of other headings stays. `kind` says what the rows are ("" to guess again). Raises
    NotAllowed, BadInput, Conflict for a batch that is no longer waiting.
    """
    person = actor or batch.actor
    check_can_import(person, batch.office_code)
    batch.refresh_from_db()
    if batch.status != BatchStatus.STAGED:
        raise Conflict(_("This sheet is “%(status)s” already.") % {"status": batch.get_status_display()})
    if kind:
        _check_kind(batch, kind)
    said = checked_mapping(batch, mapping)
    with acting(actor=person, verb="intake.batch.map", office=batch.office_code, obj=batch):
        batch.mapping = {**_without(batch.mapping, said), **said}
        batch.kind = batch.kind if kind is None else kind
        batch.save(update_fields=["mapping", "kind"])
        remember(batch)
    return batch


def _check_kind(batch: Batch, kind: str) -> None:
    known = {k.code for k in get_family(batch.family).kinds if k.takes_import}
    if kind not in known:
        raise BadInput({"kind": [_("There is no such kind of records.")]})


def _without(before: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """What was said before, without columns that have now been given to another heading."""
    given = {code for code in said.values() if code}
    return {key: code for key, code in before.items() if code not in given}
