"""Who may take a step: a permission, at the desk of an office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import MATRIX, can
from bonphuong.procedures.enums import Desk

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User


@dataclass(frozen=True)
class Seat:
    """Where a step is taken: the owner of the record, its book, the book's focal agency."""

    office: str
    book: str
    focal: str

    def at(self, desk: str) -> str:
        """Code of the office whose turn it is."""
        return {Desk.OWNER: self.office, Desk.FOCAL: self.focal, Desk.ROOT: self.book}[Desk(desk)]


def can_take(user: User | AnonymousUser, permission: str, desk: str, seat: Seat) -> bool:
    """Whether `user` may take a step that asks for `permission` at `desk`.

    At the owner's desk whoever reaches the office may help: the focal agency works for its whole book. The focal
    agency's and the leaders' own desks are theirs alone: a role held elsewhere does not reach up to them.
    """
    if desk == Desk.OWNER:
        return can(user, Permission(permission), seat.office)
    return user.is_authenticated and seat.at(desk) in desks_of(user, Permission(permission))


def desks_of(user: User, permission: Permission) -> frozenset[str]:
    """Codes of the offices where `user` sits with `permission`, not of all that it reaches."""
    return frozenset(h.office for h in user.access().holdings if permission in MATRIX[h.role])


def can_register(user: User | AnonymousUser, seat: Seat) -> bool:
    """Whether `user` may register what a paper already decided, whoever decided it."""
    return can(user, Permission.RECORD_REGISTER, seat.office)
