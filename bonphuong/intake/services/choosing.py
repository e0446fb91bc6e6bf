"""What a person says of rows that seem to be entered already: another one, leave it out, or add what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from bonphuong.intake.enums import TwinChoice
from bonphuong.intake.models import BatchRow
from bonphuong.intake.rules import check_can_import
from bonphuong.intake.services.checking import OPEN
from bonphuong.kernel.bulk import update_rows
from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.records.models import Record
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.accounts.models import User
    from bonphuong.intake.models import Batch

_FIELDS = ("choice", "of_uid")


def choose_twins(batch: Batch, said: Mapping[UUID, str], *, actor: User) -> int:
    """Keep what was said of rows (key of the row → a `TwinChoice`, "" to take it back); gives how many changed.

    Rows are judged by it from the next dry run on. Merging is with the likeliest record that the person may see.
    Raises NotAllowed, BadInput, Conflict for a batch that is over.
    """
    check_can_import(actor, batch.office_code)
    if batch.status not in OPEN:
        raise Conflict(_("This sheet is “%(status)s” already.") % {"status": batch.get_status_display()})
    if not set(said.values()) <= {"", *TwinChoice.values}:
        raise BadInput({"": [_("There is no such choice.")]})
    with acting(actor=actor, verb="intake.batch.choose", office=batch.office_code, obj=batch):
        rows = list(BatchRow.objects.filter(batch=batch, pk__in=list(said)).select_for_update())
        changed = [row for row in rows if row.choice != said[row.pk]]
        for row in changed:
            row.choice = said[row.pk]
            row.of_uid = _partner(row, actor) if row.choice == TwinChoice.MERGE else None
        update_rows(changed, _FIELDS, unless=("status", ("posted", "undone")))
        batch.save(update_fields=["status"])
    return len(changed)


def _partner(row: BatchRow, actor: User) -> UUID:
    wanted = [UUID(uid) for uid in row.twins]
    seen = set(Record.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True))
    found = next((uid for uid in wanted if uid in seen), None)
    if found is None:
        message = _("Row %(row)s is like no record that you may see: enter it or leave it out.")
        raise BadInput({"": [message % {"row": row.number}]})
    return found
