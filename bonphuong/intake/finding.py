"""Tables in what was handed in: one sheet may hold several, each with its own head, and much that is no table.

Pure functions over what the kernel read. Every row below a head comes back, with what it was taken for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bonphuong.kernel.sheets import RowKind, SheetTable, read_layout
from bonphuong.kernel.sheets.tables import column_name
from bonphuong.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from bonphuong.kernel.sheets import Header, Layout, SheetRow

#: Headings of running numbers.
ORDINALS = frozenset({"tt", "stt", "so tt", "so thu tu", "no", "#", "thu tu"})
#: As many known headings in one row are a head, whatever stands above it.
_HEADINGS = 3
_TALLEST_HEAD = 3
# Below a signature stands no record; but a row as full as this is one all the same.
_FULL = 4
_YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)(?!\d)")
_PARTS = re.compile(r"\s/\s|\(|\)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: its place from 0, its words, and the key by which it is spoken of in its table.

    The key is the folded heading; a heading that stands twice, or is empty, has the column's letter with it.
    """

    index: int
    text: str
    key: str

    @property
    def letter(self) -> str:
        """As Excel names the column."""
        return column_name(self.index)


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row below a head, what it was taken for, and the heading of the part of the table that it stands in."""

    row: SheetRow
    kind: RowKind
    section: str = ""


@dataclass(frozen=True)
class FoundTable:
    """One table: the sheet that it stands in, the lines above it, its head, its rows."""

    sheet: str
    visible: bool
    titles: tuple[str, ...]
    headings: tuple[Heading, ...]
    head_rows: tuple[int, int]
    rows: tuple[FoundRow, ...] = field(default=())

    def years(self, *names: str) -> set[int]:
        """Years named in the lines above, or else in the sheet's name or `names` (the file's)."""
        for texts in (self.titles, (self.sheet, *names)):
            found = {int(year) for text in texts for year in _YEAR.findall(text)}
            if found:
                return found
        return set()


def plain(label: str) -> str:
    """A heading for comparing: folded, without marks at its ends."""
    return fold(label).strip(" .:*()")


def find_tables(sheet: SheetTable, *, known: Collection[str]) -> list[FoundTable]:
    """The tables of a sheet, from top to bottom; none where no head is found.

    `known` are headings that are expected, in any writing.
    """
    expected = frozenset(map(plain, known))
    tables = []
    for part in _parts(sheet, expected):
        layout = read_layout(part, known=known)
        if layout is not None:
            tables.append(_table(part, layout))
    return tables


def _parts(sheet: SheetTable, expected: frozenset[str]) -> Iterator[SheetTable]:
    """The sheet cut before every further head, with the lines right above it."""
    starts = [0]
    labels: set[str] = set()
    last = -_TALLEST_HEAD
    for index, row in enumerate(sheet.rows):
        texts = {plain(text) for text in row.texts() if text}
        hits = len(texts & expected)
        if hits < _HEADINGS or hits < 0.6 * len(texts):
            continue
        is_same_head = index - last < _TALLEST_HEAD or len(texts & labels) >= 0.8 * len(texts)
        if labels and not is_same_head:
            starts.append(_above(sheet.rows, index, starts[-1]))
        labels, last = texts, index
    for start, end in zip(starts, [*starts[1:], len(sheet.rows)], strict=True):
        yield replace(sheet, rows=sheet.rows[start:end])


def _above(rows: Sequence[SheetRow], head: int, bottom: int) -> int:
    """The first of the lines of title that stand right above a head."""
    first = head
    while first - 1 > bottom and sum(1 for text in rows[first - 1].texts() if text) == 1:
        first -= 1
    return first


def _table(sheet: SheetTable, layout: Layout) -> FoundTable:
    header = layout.header
    titles, rows, section = [], [], ""
    for row, kind in layout.rows:
        if row.number < header.first_row:
            titles += list(dict.fromkeys(text for text in row.texts() if text))
            continue
        if row.number <= header.last_row:
            continue
        if kind == RowKind.NOTE and _may_be_record(row):
            kind = RowKind.DATA  # noqa: PLW2901 - nothing that may be a record is passed over
        if kind == RowKind.SECTION:
            section = " ".join(dict.fromkeys(text for text in row.texts() if text))
        rows.append(FoundRow(row, kind, section))
    return FoundTable(
        sheet=sheet.name,
        visible=sheet.visible,
        titles=tuple(titles),
        headings=_headings(header),
        head_rows=(header.first_row, header.last_row),
        rows=tuple(rows),
    )


def _may_be_record(row: SheetRow) -> bool:
    """Whether a row below a note or a signature is full enough to be a record, or has a number or a day in it."""
    filled = [value for value in row.values if value is not None]
    counts = (not isinstance(value, str) or value.strip().isdigit() for value in filled)
    return len(filled) >= _FULL or (len(filled) > 1 and any(counts))


def _headings(header: Header) -> tuple[Heading, ...]:
    found, taken = [], set()
    for index, label in enumerate(header.labels):
        key = plain(label)
        if not key or key in taken:
            key = f"{key} [{column_name(index).lower()}]".strip()
        taken.add(key)
        found.append(Heading(index, label, key))
    return tuple(found)


def parts_of(heading: str) -> list[str]:
    """What a heading may be known by, the surest first: whole, without what is in brackets, its lowest line."""
    whole = plain(heading)
    lines = [plain(line) for line in heading.split(" / ")]
    bare = plain(_PARTS.split(heading)[0]) if " / " not in heading else ""
    return list(dict.fromkeys(part for part in (whole, bare, lines[-1]) if part))


def group_of(heading: str) -> str:
    """The common heading above a column, folded; "" where it has none."""
    upper, _slash, lower = heading.rpartition(" / ")
    return plain(upper) if lower else ""
