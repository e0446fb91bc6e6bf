"""Totals that a sheet gives, beside what its rows add up to. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bonphuong.kernel.numbers import parse_number

if TYPE_CHECKING:
    from bonphuong.kernel.sheets import Value

_NUMBER = re.compile(r"\s*([\d.,\s]*\d)\s*[^\d]*")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A total that no sum of the rows above gives; `unread` cells could not be added."""

    stated: int
    added: int
    unread: int


@dataclass
class Column:
    """The running sums of one column of numbers: of everything, of the part, since the last row of totals."""

    table: int = 0
    section: int = 0
    since_totals: int = 0
    unread: int = 0

    def add(self, value: Value) -> None:
        """Count a record's cell in."""
        if value is None:
            return
        number = whole_number(value)
        if number is None:
            self.unread += 1
            return
        self.table += number
        self.section += number
        self.since_totals += number

    def new_section(self) -> None:
        """A heading within the table begins a new part."""
        self.section = 0

    def compare(self, value: Value) -> Mismatch | None:
        """Hold a total against the sums; None where it fits one of them, or is no number."""
        stated = whole_number(value)
        sums = (self.table, self.section, self.since_totals)
        self.since_totals = 0
        if stated is None or stated in sums:
            return None
        return Mismatch(stated, min(sums, key=lambda number: abs(number - stated)), self.unread)


def whole_number(value: Value) -> int | None:
    """The whole number that a cell says ("12", "12 người", 12); None where it says none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else None
    found = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    try:
        return int(parse_number(found[1], whole=True).value)
    except ValueError:
        return None
