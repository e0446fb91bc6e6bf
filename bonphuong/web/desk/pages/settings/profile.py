"""One's own profile: the roles that one holds, and what was lent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.accounts.models import Assignment
from bonphuong.procedures.models import Authority
from bonphuong.web.desk.pages.settings.kit import line_of
from bonphuong.web.desk.pages.settings.people import ROLES
from bonphuong.web.desk.pages.settings.procedures import AUTHORITIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.web.desk.pages.settings.kit import Line


@dataclass(frozen=True)
class ProfilePage:
    """What others have given to a person."""

    roles: Sequence[Line]
    authorities: Sequence[Line]


def profile_page(user: User) -> ProfilePage:
    """Roles, past and to come too, and authorities to sign."""
    held = Assignment.objects.filter(user=user).select_related("user", "office").order_by("-valid_from")
    lent = list(Authority.objects.filter(holder=user).order_by("-valid_from"))
    AUTHORITIES.prepare(user, lent)
    return ProfilePage(
        roles=[line_of(ROLES, row) for row in held], authorities=[line_of(AUTHORITIES, row) for row in lent]
    )
