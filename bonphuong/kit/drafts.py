"""What a record of a family is before it is a row: checked, with every name resolved to its code."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class LineDraft:
    """One line by the names of its model's fields; `uid` where it is there already."""

    values: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    uid: UUID | None = None

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a field, or `default`."""
        return self.values.get(name, default)


@dataclass(frozen=True)
class Draft:
    """A record by the names of its family's fields.

    `values` hold only what was said; what is missing keeps the model's default (or, over a stored record, what it
    has). `uid` and `version` are those of a stored record that the draft replaces.
    """

    kind: str
    title: str
    lead_office_code: str
    values: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    lines: Mapping[str, tuple[LineDraft, ...]] = field(default_factory=lambda: _NOTHING)
    uid: UUID | None = None
    version: int | None = None

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a field, or `default`."""
        return self.values.get(name, default)
