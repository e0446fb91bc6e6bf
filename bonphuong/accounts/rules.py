"""The one table of roles and permissions, and the predicate that every part of the product asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.accounts.enums import Permission, Role

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User

_SEE = frozenset(
    {
        Permission.FIGURE_VIEW,
        Permission.PAPER_VIEW,
        Permission.PARTY_VIEW,
        Permission.RECORD_VIEW,
        Permission.REPORT_VIEW,
    }
)
_WORK = frozenset(
    {
        Permission.COVERAGE_DECLARE,
        Permission.PAPER_ADD,
        Permission.PARTY_CHANGE,
        Permission.PERSONAL_TRIP_VIEW,
        Permission.READER_USE,
        Permission.RECORD_ADD,
        Permission.RECORD_CHANGE,
        Permission.RECORD_CONFIRM,
        Permission.RECORD_IMPORT,
        Permission.RECORD_REGISTER,
        Permission.REPORT_DRAFT,
        Permission.RESTRICTED_READ,
        Permission.STATEMENT_ADD,
        Permission.TEMPLATE_CHANGE,
        Permission.TRAIL_VIEW,
    }
)

# A leader and an auditor see no restricted data: neither decides by a passport number.
MATRIX: Mapping[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(
        {
            Permission.LEDGER_CHECK,
            Permission.PARTY_VIEW,
            Permission.SETTINGS_CHANGE,
            Permission.TEMPLATE_CHANGE,
            Permission.TRAIL_VIEW,
            Permission.USER_MANAGE,
        }
    ),
    Role.AUDITOR: _SEE | {Permission.LEDGER_CHECK, Permission.TRAIL_VIEW},
    Role.CLERK: _SEE | {Permission.PAPER_ADD, Permission.RECORD_ADD, Permission.RECORD_CHANGE},
    Role.HEAD: _SEE
    | _WORK
    | {
        Permission.LEDGER_CHECK,
        Permission.PERIOD_CLOSE,
        Permission.RECORD_DECIDE,
        Permission.REPORT_SIGN,
        Permission.SETTINGS_CHANGE,
    },
    # Whoever decides files the decision.
    Role.LEADER: _SEE
    | {
        Permission.PAPER_ADD,
        Permission.PERSONAL_TRIP_VIEW,
        Permission.RECORD_DECIDE,
        Permission.REPORT_SIGN,
        Permission.TRAIL_VIEW,
    },
    Role.OFFICER: _SEE | _WORK,
}


@dataclass(frozen=True)
class Holding:
    """One live assignment and the offices that it reaches (codes, its own included); `kind` is that of its office."""

    role: Role
    office: str
    book: str
    codes: frozenset[str]
    kind: str = ""


@dataclass(frozen=True)
class Access:
    """All that a person holds on one day."""

    day: dt.date
    holdings: tuple[Holding, ...] = ()

    @property
    def books(self) -> frozenset[str]:
        """Codes of the root offices in whose books the person has any role."""
        return frozenset(holding.book for holding in self.holdings)

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of the offices where the person sits."""
        return frozenset(holding.kind for holding in self.holdings)

    @property
    def roles(self) -> frozenset[Role]:
        """Every role that the person holds, anywhere."""
        return frozenset(holding.role for holding in self.holdings)

    def books_for(self, permission: Permission) -> frozenset[str]:
        """Codes of the root offices in whose books the person has `permission` anywhere."""
        return frozenset(h.book for h in self.holdings if permission in MATRIX[h.role])

    def codes_for(self, permission: Permission) -> frozenset[str]:
        """Codes of the offices for which the person has `permission`; empty when nowhere."""
        reached = (holding.codes for holding in self.holdings if permission in MATRIX[holding.role])
        return frozenset[str]().union(*reached)


def can(user: User | AnonymousUser, permission: Permission, office_code: str | None = None) -> bool:
    """Whether `user` has `permission` today for the office, or anywhere when no office is given.

    Anonymous and inactive people have none. Costs at most three small queries, once per user object.
    """
    if not user.is_authenticated:
        return False
    codes = user.access().codes_for(permission)
    return bool(codes) if office_code is None else office_code in codes


def can_manage(actor: User, office_codes: set[str]) -> bool:
    """Whether `actor` manages the people of all these offices (of any, when somebody has no office yet).

    All and not some: an administrator of one book must not reach, through a shared person, into another.
    """
    reached = actor.access().codes_for(Permission.USER_MANAGE)
    return bool(reached) and office_codes <= reached
