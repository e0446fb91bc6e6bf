"""One record and another: links, and the same thing entered twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.records.enums import LinkKind
from bonphuong.records.models import Record, RecordLink
from bonphuong.records.rules import check_can_change
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import User


def link(from_record: Record, to_record: Record, kind: str, *, actor: User, note: str = "") -> RecordLink:
    """Say how one record relates to another; the same link twice is one. Raises NotAllowed, BadInput."""
    check_can_change(actor, from_record.office_code)
    if from_record.pk == to_record.pk:
        raise BadInput({"to_record": [_("A record cannot be linked to itself.")]})
    with acting(actor=actor, verb="records.record.link", office=from_record.office_code, obj=from_record):
        found, _created = RecordLink.objects.update_or_create(
            from_record=from_record, to_record=to_record, kind=LinkKind(kind), defaults={"note": note}
        )
        return found


def unlink(from_record: Record, to_record: Record, kind: str, *, actor: User) -> bool:
    """Take a link away; gives whether there was one. Raises NotAllowed."""
    check_can_change(actor, from_record.office_code)
    with acting(actor=actor, verb="records.record.link", office=from_record.office_code, obj=from_record):
        rows = RecordLink.objects.filter(from_record=from_record, to_record=to_record, kind=LinkKind(kind))
        count, _rows = rows.delete()
        return count > 0


def mark_duplicate(record: Record, of: Record, *, expected_version: int, actor: User, reason: str) -> Record:
    """Say that `record` is the same thing as `of`, entered twice: `of` stays, `record` counts for nothing.

    The family settles the ledger in the same action. Doubles of `record` become doubles of `of`. Raises
    NotAllowed, Conflict, and BadInput (the two are not of one family and book, or one of them is a double already).
    """
    check_can_change(actor, record.office_code)
    if record.pk == of.pk or of.duplicate_of_id is not None or record.duplicate_of_id is not None:
        raise BadInput({"of": [_("Choose the record that stays, not one that was itself entered twice.")]})
    if (record.family, record.book) != (of.family, of.book):
        raise BadInput({"of": [_("Only records of one kind of work and one province can be the same.")]})
    verb = "records.record.mark_duplicate"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record, reason=reason):
        _point(record, of, expected_version)
        Record.objects.filter(duplicate_of=record).update(duplicate_of=of, version=F("version") + 1)
        RecordLink.objects.get_or_create(
            from_record=record, to_record=of, kind=LinkKind.DUPLICATE, defaults={"note": reason[:300]}
        )
        return record


def unmark_duplicate(record: Record, *, expected_version: int, actor: User, reason: str) -> Record:
    """Say that a record was not entered twice after all; the family settles the ledger in the same action.

    Raises NotAllowed, Conflict.
    """
    check_can_change(actor, record.office_code)
    verb = "records.record.unmark_duplicate"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record, reason=reason):
        RecordLink.objects.filter(from_record=record, kind=LinkKind.DUPLICATE).delete()
        _point(record, None, expected_version)
        return record


def _point(record: Record, of: Record | None, expected_version: int) -> None:
    rows = Record.objects.filter(pk=record.pk, version=expected_version)
    if not rows.update(duplicate_of=of, version=F("version") + 1, updated_at=clock.now()):
        raise Conflict(
            _("Somebody else has changed this record since you opened it. Nothing was overwritten.")
        )
    record.duplicate_of, record.version = of, expected_version + 1
