"""The same thing entered twice: merged so that it counts once, and parted again where that was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.kit.queries import row_of, scheme_of
from bonphuong.kit.services.correcting import bring_along, refuse_struck
from bonphuong.kit.services.posting import post
from bonphuong.records.models import Record
from bonphuong.records.services import mark_duplicate, unmark_duplicate, update_header
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import User


def merge(keep: Record, double: Record, *, expected_version: int, actor: User, reason: str) -> Record:
    """`keep` stays, `double` counts for nothing; the offices of both go on seeing it.

    `expected_version` is the double's. Raises NotAllowed, BadInput, Conflict, WrongState for one that was struck
    out, LateReasonNeeded.
    """
    with acting(actor=actor, verb="kit.record.merge", office=keep.office_code, reason=reason, obj=keep):
        # In one order: two people who merge the same pair the other way round must not wait for each other.
        list(Record.objects.select_for_update().filter(pk__in=[keep.pk, double.pk]).order_by("pk"))
        mark_duplicate(double, keep, expected_version=expected_version, actor=actor, reason=reason)
        refuse_struck(row_of(keep))
        seen = {*keep.shares.values_list("office_code", flat=True), double.office_code}
        seen |= set(double.shares.values_list("office_code", flat=True))
        shared = sorted(seen - {keep.office_code})
        update_header(keep, expected_version=keep.version, actor=actor, shared_with=shared)
        # The double stands for nothing from now on.
        bring_along(scheme_of(keep.family), [keep, double], actor)
        post([keep.pk, double.pk], late_reason=reason)
        return keep


def unmerge(double: Record, *, expected_version: int, actor: User, reason: str) -> Record:
    """Say that it was no double after all: it counts again for what it is. Raises NotAllowed, Conflict."""
    with acting(actor=actor, verb="kit.record.unmerge", office=double.office_code, reason=reason, obj=double):
        unmark_duplicate(double, expected_version=expected_version, actor=actor, reason=reason)
        bring_along(scheme_of(double.family), [double], actor)
        post([double.pk], late_reason=reason)
        return double
