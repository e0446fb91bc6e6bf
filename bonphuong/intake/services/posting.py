"""Good rows become records, some hundred at a time, each piece one act: what is cut off goes on where it stopped."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from bonphuong.intake.enums import BatchStatus, RowStatus
from bonphuong.intake.judging import with_remark
from bonphuong.intake.models import Batch, BatchRow
from bonphuong.intake.previews import preview_of
from bonphuong.intake.rules import check_can_import, is_worked_on
from bonphuong.intake.schema import Result
from bonphuong.intake.services.checking import OPEN, check_rows, save_counts
from bonphuong.kernel import clock
from bonphuong.kernel.bulk import chunks, uncollected, update_rows
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed, ProductError
from bonphuong.ledger.services import LateReasonNeeded
from bonphuong.records.registry import get_family
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.intake.judging import Judgement
    from bonphuong.records.registry import CreateMany, UpdateMany

CHUNK = 2000
_ENTERED = ("status", "record_uid", "record_version", "notes")


def post_batch(
    batch: Batch,
    *,
    actor: User,
    reason: str,
    take_twins: bool = False,
    progress: Callable[[int, int], None] | None = None,
    chunk: int = CHUNK,
) -> Result:
    """Enter the good rows of a batch; with `take_twins` also those that seem to be entered already.

    All rows are judged anew first. Each piece of at most `chunk` rows is one act: after a crash the same call goes
    on with what is left and enters nothing twice. A row that cannot be entered after all is named and the others
    go in. `progress` is told how many of how many are done. Raises NotAllowed, Conflict for a batch that is over,
    BadInput where the sheet must first be understood, LateReasonNeeded where a closed period would change and
    `reason` is empty; pieces entered before stay.
    """
    check_can_import(actor, batch.office_code)
    judgement = check_rows(batch)
    if judgement.problems:
        raise BadInput({"": [problem.message for problem in judgement.problems]})
    taken = {RowStatus.GOOD, RowStatus.TWIN} if take_twins else {RowStatus.GOOD}
    rows = [row for row in judgement.rows if row.status in taken and row.pk in judgement.drafts]
    posted: list[UUID] = []
    work = _Work(batch, judgement, actor, reason, taken, batch.posted + len(rows))
    for done, piece in _pieces(rows, judgement.kinds, chunk):
        if progress is not None:
            progress(done, len(rows))
        with uncollected():
            posted += _post_chunk(work, piece)
    with acting(actor=actor, verb="intake.batch.post", office=batch.office_code, reason=reason, obj=batch):
        _lock(batch)
        save_counts(
            batch,
            status=BatchStatus.POSTED,
            posted_at=clock.now(),
            reason=reason[:500],
            beat_at=None,
            trouble="",
        )
    return Result(tuple(posted), preview_of(batch, actor))


@dataclass(frozen=True)
class _Work:
    """What all pieces of one posting share."""

    batch: Batch
    judgement: Judgement
    actor: User
    reason: str
    taken: set[RowStatus]
    aim: int


def _pieces(
    rows: Sequence[BatchRow], kinds: Mapping[UUID, str], size: int
) -> Iterator[tuple[int, Sequence[BatchRow]]]:
    """Pieces of one kind each, of new records or of stored ones, with how many rows went before."""
    done = 0
    for _kind, members in groupby(rows, key=lambda row: (row.table, kinds[row.pk], row.of_uid is not None)):
        for piece in chunks(list(members), size):
            yield done, piece
            done += len(piece)


def _post_chunk(work: _Work, rows: Sequence[BatchRow]) -> list[UUID]:
    batch, reason = work.batch, work.reason
    with acting(
        actor=work.actor, verb="intake.batch.post", office=batch.office_code, reason=reason, obj=batch
    ):
        _lock(batch)
        # Whoever else posts the same sheet has waited at the lock: what they entered is not entered again.
        still = set(
            BatchRow.objects.filter(pk__in=[row.pk for row in rows], status__in=work.taken).values_list(
                "pk", flat=True
            )
        )
        waiting = [row for row in rows if row.pk in still]
        _enter(work, waiting)
        update_rows(waiting, _ENTERED)
        # Work behind the page says that it goes on.
        beat = batch.beat_at and clock.now()
        save_counts(batch, status=BatchStatus.POSTING, reason=reason[:500], aim=work.aim, beat_at=beat)
        return [row.record_uid for row in waiting if row.record_uid is not None]


def _lock(batch: Batch) -> None:
    status = Batch.objects.select_for_update().values_list("status", flat=True).get(pk=batch.pk)
    if status not in OPEN:
        raise Conflict(_("Somebody else has finished this sheet meanwhile."))


def _enter(work: _Work, rows: Sequence[BatchRow]) -> None:
    """Enter the rows; where that fails, halve them until the one that cannot be entered stands alone."""
    if not rows:
        return
    family = get_family(work.batch.family)
    write: CreateMany | UpdateMany | None = family.get_create_many()
    if rows[0].of_uid is not None:
        write = family.get_update_many()
    if write is None:
        raise Conflict(_("Records of this kind are only added by sheets, not changed."))
    try:
        with transaction.atomic():
            records = write(
                [work.judgement.drafts[row.pk] for row in rows],
                kind=work.judgement.kinds[rows[0].pk],
                office_code=work.batch.office_code,
                actor=work.actor,
                reason=work.reason,
            )
    except (NotAllowed, LateReasonNeeded):
        raise
    except (ProductError, DataError, IntegrityError) as error:
        if len(rows) > 1:
            middle = len(rows) // 2
            _enter(work, rows[:middle])
            _enter(work, rows[middle:])
        else:
            said = error.message if isinstance(error, ProductError) else _("It cannot be stored.")
            with_remark(rows[0], said)
        return
    for row, record in zip(rows, records, strict=True):
        row.status, row.record_uid, row.record_version = RowStatus.POSTED, record.pk, record.version


def claim_posting(batch: Batch, *, actor: User, reason: str) -> None:
    """Say that the rows of a batch are about to be entered behind the page; `tasks.post_behind` does it.

    Raises NotAllowed, and Conflict for a batch that is over or that somebody is entering at this moment.
    """
    check_can_import(actor, batch.office_code)
    with acting(actor=actor, verb="intake.batch.post", office=batch.office_code, reason=reason, obj=batch):
        _lock(batch)
        batch.refresh_from_db()
        if is_worked_on(batch):
            raise Conflict(_("The rows of this sheet are being entered at this moment."))
        batch.beat_at, batch.trouble, batch.aim = clock.now(), "", 0
        batch.save(update_fields=["beat_at", "trouble", "aim"])


def leave_posting(batch: Batch, *, actor: User, trouble: str) -> None:
    """Say that work behind the page has stopped before its end, and why."""
    with acting(actor=actor, verb="intake.batch.post", office=batch.office_code, obj=batch):
        batch.beat_at, batch.trouble = None, trouble[:500]
        batch.save(update_fields=["beat_at", "trouble"])
