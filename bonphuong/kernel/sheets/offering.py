"""Drop-downs of a workbook that people fill in: each list of words stands once, on a hidden sheet at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bonphuong.kernel.sheets.tables import column_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.kernel.sheets.writing import Column

#: What the hidden sheet is called; a reader leaves it out, as it does with every hidden sheet.
LISTS = "_lists"
_LONGEST_NOTE = 255
_LONGEST_TITLE = 32


class Lists:
    """Collects the words that columns offer, and puts them below the columns' heads."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._columns: dict[tuple[str, ...], str] = {}

    def offer(self, sheet: Any, column: Column, index: int, rows: int) -> None:
        """Prepare the last `rows` rows that the sheet has so far: a list to choose from, a note beside the cell.

        Whatever else is typed stays: people write more than a list knows, and every cell is judged when the sheet
        is loaded.
        """
        if not column.offers and not column.note:
            return
        last = sheet.dim_rowmax
        how: dict[str, Any] = {"validate": "any", "show_error": False}
        if column.offers:
            how |= {"validate": "list", "source": self._place(tuple(column.offers))}
        if column.note:
            how |= {
                "input_title": column.header[:_LONGEST_TITLE],
                "input_message": column.note[:_LONGEST_NOTE],
            }
        sheet.data_validation(last - rows + 1, index, last, index, how)

    def _place(self, words: Sequence[str]) -> str:
        """Where on the hidden sheet these words stand; a list that several columns offer stands once."""
        known = tuple(words)
        if known not in self._columns:
            place = len(self._columns)
            letter = column_name(place)
            self._columns[known] = f"='{LISTS}'!${letter}$1:${letter}${len(known)}"
        return self._columns[known]

    def write(self) -> None:
        """Write the hidden sheet, if any words are offered."""
        if not self._columns:
            return
        sheet = self._book.add_worksheet(LISTS)
        sheet.hide()
        for row in range(max(map(len, self._columns))):
            for place, words in enumerate(self._columns):
                if row < len(words):
                    sheet.write_string(row, place, words[row])
