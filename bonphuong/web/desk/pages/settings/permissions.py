"""The one table of roles and permissions, as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission, Role
from bonphuong.accounts.rules import MATRIX

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Permissions under what they are about, by the first part of their names.
_GROUPS = {
    "record": "records", "restricted": "records", "personal_trip": "records", "paper": "records",
    "template": "records", "party": "records", "reader": "records", "figure": "figures", "statement": "figures",
    "coverage": "figures", "period": "figures", "report": "figures",
}  # fmt: skip
_ORDER = (Role.CLERK, Role.OFFICER, Role.HEAD, Role.LEADER, Role.AUDITOR, Role.ADMIN)


@dataclass(frozen=True)
class PermissionLine:
    """One thing that may be allowed, and which roles may."""

    label: str
    held: Sequence[bool]


@dataclass(frozen=True)
class PermissionTable:
    """Roles across, permissions down, in groups."""

    roles: Sequence[str]
    groups: Sequence[tuple[str, Sequence[PermissionLine]]]


def permission_table() -> PermissionTable:
    """The table as it stands in the code: the same for every installation."""
    groups: dict[str, list[PermissionLine]] = {"records": [], "figures": [], "house": []}
    for permission in Permission:
        about = _GROUPS.get(permission.value.partition(".")[0], "house")
        held = [permission in MATRIX[role] for role in _ORDER]
        groups[about].append(PermissionLine(label=str(permission.label), held=held))
    words = {
        "records": _("Records, papers, partners"),
        "figures": _("Figures and reports"),
        "house": _("The house"),
    }
    return PermissionTable(
        roles=[str(role.label) for role in _ORDER],
        groups=[(words[name], lines) for name, lines in groups.items()],
    )
