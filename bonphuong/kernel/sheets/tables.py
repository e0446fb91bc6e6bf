"""What a spreadsheet is once it was read: plain values, each still knowing the cell it stood in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from bonphuong.kernel.errors import ProductError

Value: TypeAlias = str | int | Decimal | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

MAX_FILE_BYTES = 50 * 1024 * 1024
# What Excel shows where a formula failed.
ERROR_VALUES = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
_ALPHABET = 26


class SheetError(ProductError):
    """A sheet that cannot be read; the message names file, sheet and cell as far as they are known."""

    code = "sheet"


class Cell(NamedTuple):
    """One cell. `row` counts from 1 as Excel shows it, `column` from 0.

    `merged` says that the value was written once for several rows; `formula` that it is the saved
    result of a formula (known for .xlsx only).
    """

    value: Value
    row: int
    column: int
    merged: bool = False
    formula: bool = False

    @property
    def address(self) -> str:
        """As Excel names it: "C17"."""
        return f"{column_name(self.column)}{self.row}"

    @property
    def is_error(self) -> bool:
        """Excel's own error value, such as #REF!."""
        return isinstance(self.value, str) and self.value in ERROR_VALUES

    @property
    def lacks_result(self) -> bool:
        """A formula whose result was not saved with the file."""
        return self.formula and self.value is None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row with something in it. `number` counts from 1 as Excel shows it; `values` has every column.

    Values and marks are kept apart from `cells`, so that a sheet of 200,000 rows stays small.
    """

    number: int
    values: tuple[Value, ...]
    merged: frozenset[int] = frozenset()
    formulas: frozenset[int] = frozenset()

    @property
    def cells(self) -> list[Cell]:
        """Every cell of the row, empty ones too."""
        return [self.cell(column) for column in range(len(self.values))]

    def cell(self, column: int) -> Cell:
        """The cell of one column (from 0); an empty one beyond the row's end."""
        value = self.values[column] if column < len(self.values) else None
        return Cell(value, self.number, column, column in self.merged, column in self.formulas)

    def texts(self) -> list[str]:
        """The values as text, "" where empty."""
        return ["" if value is None else str(value) for value in self.values]


class MergedRange(NamedTuple):
    """A merged block, both ends included; rows count from 1, columns from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet: its rows that hold anything, in order."""

    name: str
    rows: list[SheetRow]
    merges: list[MergedRange] = field(default_factory=list)
    visible: bool = True

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max((len(row.values) for row in self.rows), default=0)


def column_name(column: int) -> str:
    """A column counted from 0 as Excel names it: 0 is A, 26 is AA."""
    name = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, _ALPHABET)
        name = chr(ord("A") + letter) + name
    return name


def column_number(name: str) -> int:
    """The opposite of `column_name`: A is 0, AA is 26."""
    number = 0
    for letter in name:
        number = number * _ALPHABET + ord(letter) - ord("A") + 1
    return number - 1
