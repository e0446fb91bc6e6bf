"""Few hits are put in order of how well they fit; many stand as they came, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bonphuong.kernel.fulltext import mark
from bonphuong.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bonphuong.kernel.fulltext import Asked

T = TypeVar("T")


def ranked(rows: Sequence[T], wanted: Asked, text: str, texts: Callable[[T], Sequence[str]]) -> list[T]:
    """Rows that are called exactly so, then those whose title holds every word, then most of them.

    Rows that fit alike keep their order.
    """
    whole = fold(text)

    def weight(row: T) -> tuple[bool, int]:
        said = [one for one in texts(row) if one]
        exact = any(fold(one) == whole for one in said)
        return not exact, -len(mark(said[0], wanted).groups) if said else 0

    return sorted(rows, key=weight)
