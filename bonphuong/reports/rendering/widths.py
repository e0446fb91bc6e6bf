"""How wide the columns of tables are: as they were meant, unless a word needs more room or a column has nothing to say."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from bonphuong.reports.rendering.reading import cell_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

# Millimetres: what stands between the margins of a page, the size of the letters, the room at both sides of a cell
# as LibreOffice leaves it. Twelve points, as the form has them in tables.
FULL_SIZE = 12.0
_TEXT, _EM, _ROOM = 165.0, FULL_SIZE * 25.4 / 72, 4.2
#: With more columns than this beside their numbers an annex has smaller letters.
_MOST_COLUMNS, _SMALL_SIZE = 11, 10.0
#: Rows of an annex that are looked at, and millimetres that a column is given at once.
_SAMPLE, _STEP = 200, 2.0
#: Heads are bold.
_BOLD = 1.06
#: Widths of letters as shares of their size, by the metrics of Times New Roman; other small ones take a half.
_NARROW = {
    **dict.fromkeys("ijlt/", 0.28), **dict.fromkeys("fr-()I", 0.34), **dict.fromkeys(".,:;' ", 0.25),
    **dict.fromkeys("acesz", 0.44), **dict.fromkeys("mwMW%", 0.9),
}  # fmt: skip
_SMALL, _CAPITAL = 0.5, 0.7
#: After these a line may end within a word.
_BREAK = re.compile(r"(?<=[-–])|\s+")


def column_widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Millimetres of each column of a table in the text.

    All but the first are alike; the first, which names the rows, gives way before any word of others is cut.
    """
    others = max(len(heads) - 1, 1)
    shares = [24 + 36 / others, *[60 / others] * (len(heads) - 1)]
    return _fitted(shares, heads, rows, _TEXT)


def size_of(annex: Mapping[str, Any]) -> float:
    """The points of the letters of an annex: smaller where many columns share the page."""
    return _SMALL_SIZE if len(annex["columns"]) > _MOST_COLUMNS else FULL_SIZE


def annex_widths(annex: Mapping[str, Any], language: str, total: float) -> list[float]:
    """Millimetres of each column of an annex, `total` together.

    A column whose cells fit into the definition's width takes what they need; the others share what is left so that
    rows become low.
    """
    heads = [column["label"] for column in annex["columns"]]
    rows = [[cell_text(cell, language) for cell in row["cells"]] for row in annex["rows"]]
    rows.append(["" if cell is None else cell_text(cell, language) for cell in annex["totals"]])
    # Letters are measured at their full size: smaller ones have so much more room.
    scale = size_of(annex) / FULL_SIZE
    total, room = total / scale, _ROOM / scale
    shares = [float(column["width"]) for column in annex["columns"]]
    given = [share * total / sum(shares) for share in shares]
    cells = [[row[index] for row in rows] for index in range(len(heads))]
    whole = [max(map(_across, column)) + room for column in cells]
    # What fits into one line stays in one; what does not begins with its longest word.
    least = [
        max(wide, _needed(head, (), room)) if wide <= width else _needed(head, column, room)
        for head, column, width, wide in zip(heads, cells, given, whole, strict=True)
    ]
    widths = _shared([[_across(cell) for cell in row] for row in rows[:_SAMPLE]], least, total, room)
    return [width * scale for width in _fitted(widths, heads, rows, total, room)]


def _shared(
    lengths: Sequence[Sequence[float]], least: Sequence[float], total: float, room: float
) -> list[float]:
    """`least`, and what is left of `total` step by step to the column that makes the most of the rows tall."""
    widths = list(least)
    while (left := total - sum(widths)) > _STEP:
        gains = [0.0] * len(widths)
        for row in lengths:
            lines = [length / (width - room) for length, width in zip(row, widths, strict=True)]
            tallest = max(range(len(lines)), key=lines.__getitem__)
            if lines[tallest] > 1:
                gains[tallest] += lines[tallest] / (widths[tallest] - room)
        if not any(gains):
            return [width * total / sum(widths) for width in widths]
        widths[max(range(len(gains)), key=gains.__getitem__)] += min(_STEP, left)
    return widths


def lines_of(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> int:
    """About how many lines of text the rows of a table take, one under the other."""
    return sum(
        max(ceil(_across(cell) / (width - _ROOM)) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )


def _across(text: str) -> float:
    """Millimetres that a text takes in one line."""
    return sum(map(_length, text.split())) + text.count(" ") * _NARROW[" "] * _EM


def _fitted(
    shares: Sequence[float],
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    total: float,
    room: float = _ROOM,
) -> list[float]:
    """Widths by their shares, where no word is cut as long as there is room elsewhere."""
    widths = [share * total / sum(shares) for share in shares]
    needed = [_needed(head, [row[index] for row in rows], room) for index, head in enumerate(heads)]
    missing = sum(max(need - width, 0) for need, width in zip(needed, widths, strict=True))
    if not missing:
        return widths
    spare = [max(width - need, 0) for need, width in zip(needed, widths, strict=True)]
    taken = min(missing / sum(spare), 1) if sum(spare) else 0
    return [
        max(width, need) if need > width else width - left * taken
        for width, need, left in zip(widths, needed, spare, strict=True)
    ]


def _needed(head: str, cells: Sequence[str], room: float) -> float:
    """What the longest word of a column takes in one line."""
    # A column without a word has room for one blank: widths divide by what is left beside the room at their sides.
    return max(_longest(head) * _BOLD, *(map(_longest, cells)), _NARROW[" "] * _EM) + room


def _longest(text: str) -> float:
    return max((_length(word) for word in _BREAK.split(text)), default=0)


@lru_cache(maxsize=8192)
def _length(word: str) -> float:
    """Millimetres that a word takes; marks above and below letters take none. Words of an annex recur."""
    return sum(map(_wide, unicodedata.normalize("NFD", word))) * _EM


def _wide(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    return _NARROW.get(letter, _CAPITAL if letter.isupper() else _SMALL)
