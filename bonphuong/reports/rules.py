"""Who may do what with reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from bonphuong.accounts.enums import Permission
    from bonphuong.accounts.models import User


def must(actor: User, permission: Permission, office: str) -> None:
    """Raise NotAllowed unless the person may do this for the office."""
    if not can(actor, permission, office):
        raise NotAllowed(_("You may not do this for that office."))
