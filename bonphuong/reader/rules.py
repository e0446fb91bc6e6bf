"""Who may read documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from bonphuong.accounts.models import User


def check_may_read(actor: User, office: str) -> None:
    """Raise NotAllowed unless the person may read documents for the office."""
    if not can(actor, Permission.READER_USE, office):
        raise NotAllowed(_("You may not read documents for this office."))
