"""One sheet of a long list, without counting it: a count of a large table costs more than the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

T = TypeVar("T")
SIZE = 50
LAST = 1000
# Python refuses to read a number of thousands of digits.
_DIGITS = 9


@dataclass(frozen=True)
class Sheet(Generic[T]):
    """Rows of one page and whether others follow; the names are those that `parts/pager.html` asks for."""

    rows: Sequence[T]
    number: int
    has_next: bool
    size: int = SIZE

    @property
    def has_previous(self) -> bool:
        """Whether this is not the first."""
        return self.number > 1

    @property
    def previous_page_number(self) -> int:
        """The number of the one before."""
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        """The number of the one after."""
        return self.number + 1

    @property
    def first(self) -> int:
        """Which row of the whole list stands first here, counting from one."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """Which row of the whole list stands last here."""
        return self.first + len(self.rows) - 1


def page_number(given: Mapping[str, str]) -> int:
    """The page that an address asks for; the first where it cannot be read."""
    written = given.get("page", "")[:_DIGITS]
    return min(int(written), LAST) if written.isascii() and written.isdigit() and int(written) else 1


def sheet_of(take: Callable[[int, int], Sequence[T]], number: int, size: int = SIZE) -> Sheet[T]:
    """The sheet with this number; `take` gives the rows from a first to before a last place."""
    start = (number - 1) * size
    rows = take(start, start + size + 1)
    return Sheet(rows=rows[:size], number=number, has_next=len(rows) > size, size=size)
