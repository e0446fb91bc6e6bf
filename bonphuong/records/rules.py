"""Who may do what with a record."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User


def can_add(user: User | AnonymousUser, office_code: str) -> bool:
    """Whether the person may add records for the office."""
    return can(user, Permission.RECORD_ADD, office_code)


def can_change(user: User | AnonymousUser, office_code: str) -> bool:
    """Whether the person may change records of the office."""
    return can(user, Permission.RECORD_CHANGE, office_code)


def check_can_add(user: User | AnonymousUser, office_code: str) -> None:
    """Raise NotAllowed unless the person may add records for the office."""
    if not can_add(user, office_code):
        raise NotAllowed(_("You may not add records for this office."))


def check_can_change(user: User | AnonymousUser, office_code: str) -> None:
    """Raise NotAllowed unless the person may change records of the office."""
    if not can_change(user, office_code):
        raise NotAllowed(_("You may not change records of this office."))


def masked(visibility: str, user: User, permission: Permission) -> Q:
    """Records that show themselves to few, where the person is one of them."""
    return Q(visibility=visibility, office_code__in=sorted(office_codes_for(user, permission)))


def in_other_books(books: Sequence[str], offices: Sequence[str]) -> Q:
    """Rows of these offices in any book but these, as ranges between them: "not in" would read every row of theirs."""
    found = Q(pk__in=[])
    for after, before in pairwise(["", *books, ""]):
        between = Q(office_code__in=offices, book__gt=after)
        found |= between & Q(book__lt=before) if before else between
    return found
