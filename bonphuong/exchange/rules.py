"""Who may do what with packages: whoever drafts reports sends and reads them, whoever keeps settings confirms keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from bonphuong.accounts.models import User

#: Making, taking in, asking, answering, returning, accepting.
HANDLE = Permission.REPORT_DRAFT
#: Confirming whose key is believed.
TRUST = Permission.SETTINGS_CHANGE


def must(actor: User, permission: Permission, office: str) -> None:
    """Raise NotAllowed for whoever may not, for this office."""
    if not can(actor, permission, office):
        raise NotAllowed(_("You may not do this for that office."))
