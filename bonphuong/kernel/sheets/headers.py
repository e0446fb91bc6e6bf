"""Where the table is in a sheet as offices make them: mottos and titles above, heads of two rows, rows of
column numbers "(1) (2) (3)", sections, totals, and signatures below.

Pure functions. Nothing is thrown away: every row comes back with what it was taken for.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from bonphuong.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bonphuong.kernel.sheets.tables import MergedRange, SheetRow, SheetTable

_SEARCHED_ROWS = 40
_LONGEST_LABEL = 120
_ORDINAL_LABELS = frozenset({"tt", "stt", "so tt", "so thu tu", "no", "no.", "#"})
_FIGURES = re.compile(r"[\d.,/:\s%()=+-]*")
_NUMBERING = re.compile(r"\(?\s*(\d{1,2})\s*\)?(?:\s*=.*)?")
_NUMBERING_LETTER = re.compile(r"\(?[a-z]\)?")
_ROMAN = re.compile(r"(?:[ivx]{1,5}|[a-z])[.)]?")
_TOTALS = re.compile(
    r"(?:tong cong|tong so|cong don|luy ke|grand total|total|sub-?total)\b.*"
    r"|(?:tong|cong)(?:\s+(?:thang|quy|nam|muc|phan|trang|[ivx]+|\d+)\b.*)?\s*[:.]?(?:\s*\([^)]*\))?[:.]?"
)
_BELOW = re.compile(
    r"(?:ghi chu|nguoi lap|nguoi tong hop|noi nhan|thu truong|giam doc|chu tich|ky ten|nguon)\b.*"
    r"|.*,?\s*ngay\s+[\d.…]+\s+thang\s+[\d.…]+\s+nam\b.*"
)


class RowKind(StrEnum):
    """What a row of a sheet is taken for."""

    TITLE = "title"
    HEADER = "header"
    NUMBERING = "numbering"
    SECTION = "section"
    DATA = "data"
    TOTALS = "totals"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a table: the numbers of its rows and one label for each column ("" where it has none).

    A column under a common heading has both: "Thời gian / Từ ngày".
    """

    first_row: int
    last_row: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet taken apart: its head, and every row with its kind, in order."""

    header: Header
    rows: tuple[tuple[SheetRow, RowKind], ...]

    @property
    def data(self) -> list[SheetRow]:
        """The rows that are records."""
        return self.of(RowKind.DATA)

    def of(self, kind: RowKind) -> list[SheetRow]:
        """The rows of one kind."""
        return [row for row, found in self.rows if found == kind]


def read_layout(table: SheetTable, *, known: Collection[str] = ()) -> Layout | None:
    """The parts of a sheet; None where no head of a table was found.

    `known` are labels that are expected, in any writing; they help where a title looks like a head.
    """
    header = find_header(table, known=known)
    if header is None:
        return None
    rows = []
    ended = False
    for row in table.rows:
        kind = _kind_of(row, header)
        # Below a signature or a note stands no record any more, however full the line is.
        ended = ended or kind == RowKind.NOTE
        rows.append((row, RowKind.NOTE if ended else kind))
    return Layout(header=header, rows=tuple(rows))


def find_header(table: SheetTable, *, known: Collection[str] = ()) -> Header | None:
    """The head among the first rows: most labels, best known ones, an ordinal column, records below."""
    expected = {_plain(label) for label in known}
    candidates = table.rows[:_SEARCHED_ROWS]
    best, best_score = -1, 0
    for index, row in enumerate(candidates):
        score = _header_score(row, candidates[index + 1 : index + 3], expected)
        if score > best_score:
            best, best_score = index, score
    if best < 0:
        return None
    top = bottom = best
    while top > 0 and _is_upper(candidates[top - 1], candidates[top]):
        top -= 1
    while bottom + 1 < len(table.rows) and _is_lower(table.rows[bottom], table.rows[bottom + 1]):
        bottom += 1
    rows = table.rows[top : bottom + 1]
    return Header(rows[0].number, rows[-1].number, _labels(rows, table))


def is_numbering(row: SheetRow) -> bool:
    """A row of column numbers under the head: 1 2 3, (1) (2) (3), or A B 1 2 3."""
    texts = [fold(text) for text in row.texts() if text]
    numbers = [int(found[1]) for text in texts if (found := _NUMBERING.fullmatch(text))]
    letters = [text for text in texts if _NUMBERING_LETTER.fullmatch(text)]
    if len(numbers) < 2 or len(numbers) + len(letters) < len(texts):
        return False
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 2


def is_totals(row: SheetRow) -> bool:
    """A row of sums: "Tổng cộng", "Cộng:", "Tổng số …" in one of its first two filled cells."""
    return any(_TOTALS.fullmatch(fold(text)) for text in _filled(row)[:2])


def is_section(row: SheetRow) -> bool:
    """A line that only divides the table: "I. Đoàn cấp cao", "Tháng 6"."""
    texts = _filled(row)
    if len(texts) == 1:
        return _is_label(texts[0]) and not is_totals(row)
    return 2 <= len(texts) <= 3 and bool(_ROMAN.fullmatch(fold(texts[0]))) and not is_numbering(row)


def _kind_of(row: SheetRow, header: Header) -> RowKind:
    if row.number < header.first_row:
        return RowKind.TITLE
    if row.number <= header.last_row or _repeats(row, header):
        return RowKind.HEADER
    if is_numbering(row):
        return RowKind.NUMBERING
    if is_totals(row):
        return RowKind.TOTALS
    texts = _filled(row)
    if len(texts) <= 3 and any(_BELOW.fullmatch(fold(text)) for text in texts):
        return RowKind.NOTE
    if sum(1 for label in header.labels if label) > 1 and is_section(row):
        return RowKind.SECTION
    return RowKind.DATA


def _repeats(row: SheetRow, header: Header) -> bool:
    """The head once more, as at the top of each printed page."""
    labels = _folded(header.labels)
    texts = [fold(text) for text in _filled(row)]
    return len(texts) > 1 and sum(text in labels for text in texts) >= 0.8 * len(texts)


@lru_cache(maxsize=32)
def _folded(labels: tuple[str, ...]) -> frozenset[str]:
    """Whole labels and each line of them, folded; every row of a sheet is held against them."""
    return frozenset(fold(part) for label in labels for part in (label, *label.split(" / ")) if label)


def _header_score(row: SheetRow, below: Sequence[SheetRow], expected: Collection[str]) -> int:
    texts = _filled(row)
    labels = [text for text in texts if _is_label(text)]
    if len(labels) < 2 or len(labels) < 0.8 * len(texts):
        return 0
    plain = [_plain(text) for text in labels]
    score = min(len(labels), 20)
    score += 6 * sum(label in expected for label in plain)
    score += 5 * any(label in _ORDINAL_LABELS for label in plain)
    score += 4 * any(is_numbering(other) for other in below)
    return score


def _filled(row: SheetRow) -> list[str]:
    """Texts of the filled cells; a value that was repeated into this row from above counts too."""
    return [text for text in row.texts() if text]


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and not _FIGURES.fullmatch(text)


def _plain(label: str) -> str:
    return fold(label).strip(" .:*()")


def _only_labels(row: SheetRow) -> bool:
    values = [value for value in row.values if value is not None]
    return bool(values) and all(
        _is_label(str(value)) and not isinstance(value, (int, Decimal, dt.date, dt.time)) for value in values
    )


def _is_upper(upper: SheetRow, lower: SheetRow) -> bool:
    """Whether `upper` is the first line of the head that goes on in `lower`."""
    if upper.number + 1 != lower.number or not _only_labels(upper) or len(_filled(upper)) < 2:
        return False
    return bool(lower.merged) or _fills_gaps(upper, lower)


def _is_lower(upper: SheetRow, lower: SheetRow) -> bool:
    """Whether `lower` is the next line of the head that began in `upper`."""
    if upper.number + 1 != lower.number or not _only_labels(lower) or is_numbering(lower):
        return False
    if lower.merged:
        return all(lower.values[column] == upper.cell(column).value for column in lower.merged)
    return _fills_gaps(upper, lower)


def _fills_gaps(upper: SheetRow, lower: SheetRow) -> bool:
    """Without merged cells to go by: the lower labels stand only where the upper ones leave room."""
    above = {column for column, value in enumerate(upper.values) if value is not None}
    under = {column for column, value in enumerate(lower.values) if value is not None}
    if not under or len(under) > len(above) or not under - above:
        return False
    # A heading over several columns has its first sub-label right below it.
    return all(column + 1 in under and column + 1 not in above for column in under & above)


def _labels(rows: Sequence[SheetRow], table: SheetTable) -> tuple[str, ...]:
    width = max(table.width, *(len(row.values) for row in rows))
    lines = [
        _spread(row, rows[index + 1] if index + 1 < len(rows) else None, table.merges, width)
        for index, row in enumerate(rows)
    ]
    labels = []
    for parts in zip(*lines, strict=True):
        label: list[str] = []
        for part in parts:
            text = " ".join(part.split())
            if text and text not in label:
                label.append(text)
        labels.append(" / ".join(label))
    return tuple(labels)


def _spread(row: SheetRow, lower: SheetRow | None, merges: Sequence[MergedRange], width: int) -> list[str]:
    """Texts of one line of the head, a heading over several columns repeated over each of them."""
    texts = (row.texts() + [""] * width)[:width]
    for block in merges:
        if block.first_row <= row.number <= block.last_row:
            for column in range(block.first_column, min(block.last_column + 1, width)):
                texts[column] = texts[block.first_column]
    if lower is None or merges:
        return texts
    for column in range(1, width):
        if not texts[column] and lower.cell(column).value is not None:
            texts[column] = texts[column - 1]
    return texts
