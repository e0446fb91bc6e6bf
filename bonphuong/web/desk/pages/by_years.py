"""Lists that stand by years, one sheet at a time: editions of reports, and the periods that they close."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from bonphuong.web.desk.pages.narrowing import Narrowing
    from bonphuong.web.desk.pages.paging import Sheet

#: So many lines stand on one page, and beside the form that begins a report without leaving its column empty.
LINES = 24

Line = TypeVar("Line")
Row = TypeVar("Row")


@dataclass(frozen=True)
class YearList(Generic[Line, Row]):
    """One sheet of the lines that are left, as rows of their years. `total` is how many there are in all."""

    groups: Sequence[tuple[str, Sequence[Row]]]
    sheet: Sheet[Line]
    narrowing: Narrowing
    total: int

    @property
    def span(self) -> dict[str, int]:
        """Which lines these are, for a sentence that says it."""
        return {"first": self.sheet.first, "last": self.sheet.last, "all": self.narrowing.count}


def by_years(
    lines: Iterable[Line], until: Callable[[Line], dt.date], row: Callable[[Line], Row]
) -> list[tuple[str, list[Row]]]:
    """Year → rows of the lines that end in it. Lines come in the order of their ends."""
    years = groupby(lines, key=lambda line: until(line).year)
    return [(str(year), [row(line) for line in found]) for year, found in years]
