"""Reading what is restricted: each reading of a member's sealed data is an act of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import User
    from bonphuong.families.delegations.models import Member

RESTRICTED = ("passport_no", "birth_date")


def reveal_member(*, actor: User, member: Member, field: str, reason: str) -> str:
    """The plain text of a member's passport number or birth date, for a stated reason.

    Raises NotAllowed, BadInput without a reason, and RuntimeError inside another transaction: what was read must
    stay on record even when the caller's own work comes to nothing.
    """
    record = member.delegation.record
    if field not in RESTRICTED or not can(actor, Permission.RESTRICTED_READ, record.office_code):
        raise NotAllowed(_("You may not read restricted personal data."))
    if not reason.strip():
        raise BadInput({"reason": [_("Say why you need to read this.")]})
    why = f"{field}: {reason.strip()}"
    verb, office = "delegations.member.reveal", record.office_code
    with (
        transaction.atomic(durable=True),
        acting(actor=actor, verb=verb, reason=why, office=office, obj=record),
    ):
        return str(getattr(member, field))
