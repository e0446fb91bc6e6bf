"""Two records that were merged and are two events after all: each counts again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.families.delegations.models import CoHost
from bonphuong.families.delegations.queries import with_all
from bonphuong.families.delegations.services import rows
from bonphuong.families.delegations.services.correcting import draft_of
from bonphuong.families.delegations.services.posting import post
from bonphuong.kernel.errors import BadInput
from bonphuong.records.models import Record
from bonphuong.records.services import unmark_duplicate, update_header
from bonphuong.trail.acting import acting
from bonphuong.trail.enums import Operation
from bonphuong.trail.models import Action, Change
from bonphuong.trail.queries import changes_of

if TYPE_CHECKING:
    from bonphuong.accounts.models import User

MERGED = "delegations.delegation.merge"


def unmerge(double: Record, *, expected_version: int, actor: User, reason: str) -> Record:
    """Undo `merge`: the double counts for what it did, and hosts that only came by the merging are no hosts.

    Raises NotAllowed, BadInput (it was not merged), Conflict, LateReasonNeeded.
    """
    if not reason.strip():
        raise BadInput({"reason": [_("Say why they are not the same.")]})
    keep = double.duplicate_of
    if keep is None:
        raise BadInput({"": [_("This record is not marked as entered twice.")]})
    with acting(
        actor=actor,
        verb="delegations.delegation.unmerge",
        office=double.office_code,
        reason=reason,
        obj=double,
    ):
        list(Record.objects.select_for_update().filter(pk__in=[keep.pk, double.pk]).order_by("pk"))
        keep = Record.objects.get(pk=keep.pk)
        _take_hosts_back(keep, double)
        unmark_duplicate(double, expected_version=expected_version, actor=actor, reason=reason)
        row = with_all().get(pk=keep.pk)
        doubles = Record.objects.filter(duplicate_of=keep).values_list("office_code", flat=True)
        shared = {*rows.header_changes(draft_of(row), keep.office_code)["shared_with"], *doubles}
        update_header(
            keep,
            expected_version=keep.version,
            actor=actor,
            shared_with=sorted(shared - {keep.office_code}),
        )
        post([keep.pk, double.pk], late_reason=reason)
        return double


def _take_hosts_back(keep: Record, double: Record) -> None:
    """Co-hosts that the merging of this very double added, as the trail tells."""
    touched = changes_of(Record._meta.db_table, double.pk).order_by().values("action")
    act = Action.objects.filter(pk__in=touched, verb=MERGED).order_by("-id").first()
    if act is None:
        return
    added = Change.objects.filter(action=act, table=CoHost._meta.db_table, op=Operation.INSERT)
    keys = [CoHost._meta.pk.to_python(key) for key in added.values_list("row", flat=True)]
    CoHost.objects.filter(pk__in=keys, delegation=keep.pk).delete()
