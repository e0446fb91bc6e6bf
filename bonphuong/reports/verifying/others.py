"""Excel and PDF: what they say of themselves, and workbooks row by row in the shape of documents."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from bonphuong.kernel.sheets import read_table
from bonphuong.kernel.word.reading import Cell, Mark, ReadDocument, Unit, own_properties, plain
from bonphuong.reports.verifying.finding import SelfTold

if TYPE_CHECKING:
    from bonphuong.kernel.sheets import Value
    from bonphuong.reports.rendering.reading import View

#: The column of the sheet of figures that holds the values.
_VALUE = 3
_KEYWORD = re.compile(rb"(bonphuong-[a-z]+)=([0-9A-Za-z-]+)")


def told_by_sheets(data: bytes, name: str) -> SelfTold:
    """What a workbook says of itself."""
    return SelfTold(own_properties(data, name))


def told_by_pdf(data: bytes) -> SelfTold:
    """What a PDF of ours says of itself: its keywords stand in the clear among its properties."""
    return SelfTold({key.decode(): value.decode() for key, value in reversed(_KEYWORD.findall(data))})


def workbook(data: bytes, name: str, view: View | None = None) -> ReadDocument:
    """A workbook as rows under the names of its sheets.

    With the `view` that it was made of, the values of its first sheet are marked as the figures that they are.
    """
    units: list[Unit] = []
    listed: dict[str, dict[str, str]] = {}
    numbers = {} if view is None else {str(figure["n"]): figure for figure in view.told}
    for index, table in enumerate(read_table(data, name=name)):
        units.append(Unit((Cell(plain(table.name)),), heading=1))
        for row in table.rows:
            texts = [plain(_text(value)) for value in row.values]
            while texts and not texts[-1]:
                texts.pop()
            figure = numbers.get(texts[0]) if not index and len(texts) > _VALUE else None
            cells = [Cell(text) for text in texts]
            if figure is not None:
                tag = f"f{figure['n']}"
                cells[_VALUE] = Cell(texts[_VALUE], (Mark(tag, 0, len(texts[_VALUE])),))
                listed[tag] = {
                    "name": figure["id"],
                    "code": figure["code"],
                    "period": figure["period"]["code"],
                }
            if texts:
                units.append(Unit(tuple(cells), is_row=True))
    return ReadDocument(units, listed=listed)


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value)
        case int() | Decimal():
            number = Decimal(value)
            whole = number.to_integral_value()
            return format(whole if number == whole else number.normalize(), "f")
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
    return str(value)
