"""Reading what is restricted: each reading is an act of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.queries import scheme_of
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import User
    from bonphuong.kit.models import FamilyLine, FamilyRow
    from bonphuong.records.models import Record


def reveal(record: Record, holder: FamilyRow | FamilyLine, field: str, *, actor: User, reason: str) -> str:
    """The plain text of a restricted field of the record's row or of one of its lines, for a stated reason.

    Raises NotAllowed, BadInput without a reason, and RuntimeError inside another transaction: what was read must
    stay on record even when the caller's own work comes to nothing.
    """
    if field not in restricted_of(record.family) or not can(
        actor, Permission.RESTRICTED_READ, record.office_code
    ):
        raise NotAllowed(_("You may not read restricted personal data."))
    if not reason.strip():
        raise BadInput({"reason": [_("Say why you need to read this.")]})
    why, office = f"{field}: {reason.strip()}", record.office_code
    with (
        transaction.atomic(durable=True),
        acting(actor=actor, verb="kit.line.reveal", reason=why, office=office, obj=record),
    ):
        return str(getattr(holder, field))


def restricted_of(family: str) -> frozenset[str]:
    """Names of the restricted fields of a family and its lines."""
    scheme = scheme_of(family)
    specs = [*scheme.specs, *(spec for line in scheme.lines for spec in line.specs)]
    return frozenset(spec.name for spec in specs if spec.restricted)
