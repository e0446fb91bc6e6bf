"""What a chart shows, before it is a picture. Values are decimals; links and words are the caller's."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.kernel.charts.palette import REST, SERIES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from decimal import Decimal

_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Point:
    """One value of a series: None where there is no figure. `said` is read aloud and shown on the mark."""

    value: Decimal | None
    said: str = ""
    url: str = ""


@dataclass(frozen=True)
class Series:
    """One row of marks, a point for each category; `tone` is a token of the palette."""

    label: str
    points: Sequence[Point]
    tone: str = SERIES[0]


@dataclass(frozen=True)
class Band:
    """Days that were not like others, from one category to another, both included."""

    first: str
    last: str
    text: str


@dataclass(frozen=True)
class Span:
    """One bar on a line of time; without an end it runs on."""

    label: str
    since: dt.date | None
    until: dt.date | None
    said: str = ""
    url: str = ""
    tone: str = SERIES[0]


@dataclass(frozen=True)
class Chart:
    """Columns or lines over categories. `strong` is the category that the page speaks of."""

    categories: Sequence[str]
    series: Sequence[Series]
    lang: str = "vi"
    bands: Sequence[Band] = ()
    strong: str = ""

    @property
    def totals(self) -> list[Decimal | None]:
        """The sum of each category; None where no series has a value."""
        found: list[Decimal | None] = []
        for n in range(len(self.categories)):
            values = [s.points[n].value for s in self.series]
            known = [value for value in values if value is not None]
            found.append(sum(known[1:], known[0]) if known else None)
        return found


def tones(number: int, *, rest: bool) -> list[str]:
    """Colours for so many series, the last of them grey where it is what is left over."""
    named = [SERIES[n % len(SERIES)] for n in range(number - 1 if rest else number)]
    return [*named, REST] if rest else named


def ceiling(value: Decimal | float) -> float:
    """The next round number that leaves at most five lines of grid; 0 when there is nothing to draw."""
    if value <= 0:
        return 0
    step = grid_step(value)
    return math.ceil(float(value) / step) * step


def grid_step(value: Decimal | float) -> float:
    """A round distance between lines of grid: 1, 2 or 5 and a power of ten."""
    size = math.pow(10, math.floor(math.log10(float(value) / 5)))
    return next((step * size for step in _STEPS if float(value) <= 5 * step * size * (1 + 1e-9)), 10.0 * size)
