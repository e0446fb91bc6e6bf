"""What can be done with any record: each family's own services behind one door, so that one page serves all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bonphuong.families.delegations import services as delegations
from bonphuong.kit import services as kit

if TYPE_CHECKING:
    from bonphuong.accounts.models import User
    from bonphuong.records.models import Record


class Strike(Protocol):
    """Entered by mistake. Raises ProductError."""

    def __call__(self, record: Record, *, expected_version: int, actor: User, reason: str) -> Record:
        """The record as it stands then."""
        ...


class Merge(Protocol):
    """Entered twice. Raises ProductError."""

    def __call__(
        self, keep: Record, double: Record, *, expected_version: int, actor: User, reason: str
    ) -> Record:
        """The record that stays; the version is the double's."""
        ...


class Unmerge(Protocol):
    """Not entered twice after all. Raises ProductError."""

    def __call__(self, double: Record, *, expected_version: int, actor: User, reason: str) -> Record:
        """The double, which counts again."""
        ...


@dataclass(frozen=True)
class Doing:
    """The services that every family has."""

    void: Strike
    merge: Merge
    unmerge: Unmerge


_KIT = Doing(kit.void, kit.merge, kit.unmerge)
_OWN = {"delegations": Doing(delegations.void, delegations.merge, delegations.unmerge)}


def doing_of(record: Record) -> Doing:
    """The services for a record."""
    return _OWN.get(record.family, _KIT)
