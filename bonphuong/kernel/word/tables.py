"""Tables of a document. Widths stand on the grid as well as on each cell: LibreOffice reads only the former."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from bonphuong.kernel.word.layout import mm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bonphuong.kernel.word.runs import Runs

Align = Literal["left", "center", "right", "both"]
_NO_MARGINS = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: label, width as a share of the whole, alignment. `group` stands above several columns."""

    header: str
    width: float
    align: Align = "left"
    group: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; a single cell with `across` spans the table (a section, a note)."""

    cells: Sequence[Runs]
    bold: bool = False
    italic: bool = False
    across: bool = False


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How the words of a cell stand; `kept` with the row below, on one page; `size` in points, else the form's."""

    align: Align = "left"
    bold: bool = False
    italic: bool = False
    kept: bool = False
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head that is repeated on each page; `kept` on one page as a whole."""

    columns: Sequence[TableColumn]
    rows: Sequence[TableRow | Sequence[Runs]]
    # What makes one paragraph of a cell.
    paragraph: Callable[[Runs, CellStyle], str] = field(repr=False)
    numbered: bool = False
    kept: bool = False
    size: float | None = None

    def xml(self, width: float) -> str:
        """The table over `width` millimetres."""
        widths = spread(width, [column.width for column in self.columns])
        given = [row if isinstance(row, TableRow) else TableRow(row) for row in self.rows]
        rows = self._head(widths)
        for index, row in enumerate(given):
            rows.append(self._row(row, widths, kept=self._is_kept(given, index)))
        return table_xml(widths, rows, borders=True)

    def _is_kept(self, rows: Sequence[TableRow], index: int) -> bool:
        """Whether a row stays with the next one: all of a kept table, and the last before a line of totals."""
        if index + 1 == len(rows):
            return False
        return self.kept or (index + 2 == len(rows) and rows[index + 1].bold)

    def _head(self, widths: Sequence[int]) -> list[str]:
        rows = []
        style = CellStyle("center", bold=True, kept=self.kept, size=self.size)
        grouped = any(column.group for column in self.columns)
        if grouped:
            rows.append(row_xml(self._groups(widths, style), head=True))
        lower = []
        for column, width in zip(self.columns, widths, strict=True):
            under = grouped and not column.group
            text = "" if under else column.header
            merge = "<w:vMerge/>" if under else ""
            lower.append(cell_xml(self.paragraph(text, style), width, merge))
        rows.append(row_xml(lower, head=True))
        if self.numbered:
            small = CellStyle("center", italic=True, kept=self.kept, size=self.size)
            cells = [
                cell_xml(self.paragraph(f"({index})", small), width)
                for index, width in enumerate(widths, start=1)
            ]
            rows.append(row_xml(cells, head=True))
        return rows

    def _groups(self, widths: Sequence[int], style: CellStyle) -> list[str]:
        """The upper line of a head of two lines."""
        cells: list[str] = []
        start = 0
        while start < len(self.columns):
            column = self.columns[start]
            end = start + 1
            while column.group and end < len(self.columns) and self.columns[end].group == column.group:
                end += 1
            extra = f'<w:gridSpan w:val="{end - start}"/>' if column.group else '<w:vMerge w:val="restart"/>'
            text = self.paragraph(column.group or column.header, style)
            cells.append(cell_xml(text, sum(widths[start:end]), extra))
            start = end
        return cells

    def _row(self, row: TableRow, widths: Sequence[int], *, kept: bool) -> str:
        style = CellStyle(bold=row.bold, italic=row.italic, kept=kept, size=self.size)
        if row.across:
            content = self.paragraph(row.cells[0], style)
            return row_xml([cell_xml(content, sum(widths), f'<w:gridSpan w:val="{len(widths)}"/>')])
        cells = []
        for index, (column, width) in enumerate(zip(self.columns, widths, strict=True)):
            runs = row.cells[index] if index < len(row.cells) else ""
            cells.append(cell_xml(self.paragraph(runs, replace(style, align=column.align)), width))
        return row_xml(cells)


def spread(width: float, shares: Sequence[float]) -> list[int]:
    """Column widths in twips that add up to `width` millimetres exactly."""
    total = mm(width)
    scale = total / sum(shares)
    widths = [int(share * scale) for share in shares]
    widths[-1] += total - sum(widths)
    return widths


def table_xml(widths: Sequence[int], rows: Sequence[str], *, borders: bool) -> str:
    """A table of fixed widths (twips); without borders its cells reach to the margins of the page."""
    kind, size = ("single", 4) if borders else ("nil", 0)
    margins = "" if borders else _NO_MARGINS
    lines = "".join(
        f'<w:{side} w:val="{kind}" w:sz="{size}" w:space="0" w:color="000000"/>' for side in _SIDES
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row_xml(cells: Sequence[str], *, head: bool = False) -> str:
    """A row that is never torn between pages."""
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def cell_xml(content: str, width: int, extra: str = "", *, middle: bool = True) -> str:
    """A cell; `content` is one or more paragraphs."""
    align = '<w:vAlign w:val="center"/>' if middle else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{extra}{align}</w:tcPr>{content}</w:tc>'
