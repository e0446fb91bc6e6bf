"""Whose settings a person keeps: the same questions for every table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.accounts.rules import can

if TYPE_CHECKING:
    from bonphuong.accounts.models import User

KEEP = Permission.SETTINGS_CHANGE


def keeps(user: User, office: str) -> bool:
    """Whether the person keeps the settings of the office."""
    return can(user, KEEP, office)


def keeps_any(user: User) -> bool:
    """Whether the person keeps the settings of some office."""
    return can(user, KEEP)


def reach(user: User) -> set[str]:
    """Codes of the offices whose settings the person keeps."""
    return office_codes_for(user, KEEP)


def keeps_a_book(user: User) -> bool:
    """Whether the person keeps the settings of a whole book, of its root, and so what all of its offices share."""
    return bool(reach(user) & {holding.book for holding in user.access().holdings})
