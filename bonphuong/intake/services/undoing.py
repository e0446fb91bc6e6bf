"""A batch taken back as a whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from bonphuong.intake.enums import BatchStatus, RowStatus
from bonphuong.intake.models import Batch, BatchRow
from bonphuong.intake.rules import check_can_import
from bonphuong.intake.services.checking import save_counts
from bonphuong.intake.services.restoring import restore
from bonphuong.kernel import clock
from bonphuong.kernel.bulk import chunks
from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.records.models import Record
from bonphuong.records.registry import get_family
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User

_NAMED = 20


def undo_batch(batch: Batch, *, actor: User, reason: str) -> Batch:
    """Take back everything that a batch entered, as if it had never been; the ledger shows the reversals.

    Records that it brought up to date say again what they said before.

    Raises NotAllowed, BadInput without a reason, and Conflict, naming them, where records were changed since:
    nothing is taken back then.
    """
    check_can_import(actor, batch.office_code)
    if not reason.strip():
        raise BadInput({"reason": [_("Say why the sheet is taken back.")]})
    with acting(actor=actor, verb="intake.batch.undo", office=batch.office_code, reason=reason, obj=batch):
        _lock(batch)
        rows = list(BatchRow.objects.filter(batch=batch, status=RowStatus.POSTED).order_by("table", "number"))
        _refuse_changed(rows)
        restore([row for row in rows if row.of_uid is not None], batch, actor=actor, reason=reason)
        uids = [row.record_uid for row in rows if row.record_uid is not None and row.of_uid is None]
        try:
            get_family(batch.family).get_undo_many()(uids, actor=actor, reason=reason)
        except ProtectedError as error:
            message = _("Something else holds on to records of this sheet: %(what)s.")
            names = ", ".join(sorted({str(row)[:60] for row in error.protected_objects})[:_NAMED])
            raise Conflict(message % {"what": names}) from error
        for some in chunks([row.pk for row in rows]):
            BatchRow.objects.filter(pk__in=some).update(status=RowStatus.UNDONE)
        save_counts(batch, status=BatchStatus.UNDONE, undone_at=clock.now(), undo_reason=reason[:500])
    return batch


def _lock(batch: Batch) -> None:
    found = Batch.objects.select_for_update().get(pk=batch.pk)
    if found.status not in {BatchStatus.POSTING, BatchStatus.POSTED}:
        raise Conflict(_("Nothing of this sheet is entered."))
    if found.forgotten_at is not None:
        raise Conflict(_("This sheet is too old: its rows were forgotten. Take its records back one by one."))


def _refuse_changed(rows: Sequence[BatchRow]) -> None:
    versions: dict[object, tuple[int, str]] = {}
    for some in chunks([row.record_uid for row in rows if row.record_uid is not None]):
        found = Record.objects.filter(pk__in=some)
        versions |= {
            pk: (version, number) for pk, version, number in found.values_list("pk", "version", "number")
        }
    changed = [row for row in rows if versions.get(row.record_uid, (0, ""))[0] != row.record_version]
    if changed:
        named = [
            _("row %(row)s (%(number)s)")
            % {"row": row.number, "number": versions.get(row.record_uid, (0, "–"))[1]}
            for row in changed[:_NAMED]
        ]
        more = "" if len(changed) <= _NAMED else " …"
        message = _("Changed since it was entered: %(rows)s. Nothing was taken back.")
        raise Conflict(message % {"rows": ", ".join(named) + more})
