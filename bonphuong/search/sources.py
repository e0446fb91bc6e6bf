"""What else than records is searched. A package above registers what it keeps; nothing here is edited for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kernel.fulltext import Asked


@dataclass(frozen=True)
class Source:
    """One kind of thing. `find` gives keys of the newest that the person may see, `rows` the rows of such keys.

    `texts` are what a row is found by, its title first: there the hits are marked.
    """

    kind: str
    find: Callable[[User, Asked, int], list[Any]]
    rows: Callable[[Sequence[Any]], dict[Any, Any]]
    texts: Callable[[Any], Sequence[str]]


_SOURCES: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Let one more kind of thing be found. A kind is registered once."""
    _SOURCES[source.kind] = source


def sources() -> list[Source]:
    """All of them, in the order in which they were registered."""
    return list(_SOURCES.values())


def source_of(kind: str) -> Source:
    """The source of a kind. Raises KeyError."""
    return _SOURCES[kind]
