"""Workbooks that people open in Excel: real numbers and dates, set up for print, the same bytes twice."""

from __future__ import annotations

import datetime as dt
import io
import re
import textwrap
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import xlsxwriter

from bonphuong.kernel import clock
from bonphuong.kernel.archives import canonical_zip
from bonphuong.kernel.sheets.offering import Lists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

FONT = "Times New Roman"
_A4 = 9
_LINE_POINTS = 15.75
_TALLEST_ROW = 409
_LONGEST_TEXT = 32_767
_LONGEST_NAME = 31
_MOST_DIGITS = 15
_LARGEST_EXACT = 10**_MOST_DIGITS
_NAME_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
# What a spreadsheet program may take for a formula when the cell is edited or saved as CSV.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_SAFE_LINKS = ("https://", "http://", "mailto:", "internal:")
_FIRST_EXCEL_DAY = dt.date(1900, 3, 1)


class Kind(StrEnum):
    """What the cells of a column hold; it decides how they are shown and aligned."""

    TEXT = "text"
    CENTRED = "centred"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    DATE = "date"
    MOMENT = "moment"


_NUMBER_FORMATS = {
    Kind.INTEGER: "#,##0",
    Kind.DECIMAL: "#,##0.##",
    Kind.PERCENT: "0.0%",
    Kind.DATE: "dd/mm/yyyy",
    Kind.MOMENT: "dd/mm/yyyy hh:mm",
}
_ALIGNMENTS = {
    Kind.TEXT: "left",
    Kind.INTEGER: "right",
    Kind.DECIMAL: "right",
    Kind.PERCENT: "right",
}


class Link(NamedTuple):
    """A text that leads somewhere: a web address, or `internal:'Sheet'!A1`."""

    text: str
    address: str


Written: TypeAlias = str | int | Decimal | bool | dt.date | dt.datetime | Link | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its label, its width in characters and its kind. `group` stands above several columns.

    For sheets that are filled in: `offers` are words to choose from, `note` is shown beside a chosen cell, and a
    `required` column is marked. A hidden column is there for those who read the file by program; one that is not
    `printed` stays on the screen, with all that stand to its right, and leaves paper to the others.
    """

    header: str
    width: float = 16
    kind: Kind = Kind.TEXT
    group: str = ""
    offers: Sequence[str] = ()
    note: str = ""
    required: bool = False
    hidden: bool = False
    printed: bool = True


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet: title lines above the table, columns, rows, a row of totals, notes below.

    `rows` may be made one by one; totals and notes given as functions are then asked for after the last of them.
    `blanks` empty rows are prepared for filling in.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Written]]
    title: Sequence[str] = ()
    totals: Sequence[Written] | Callable[[], Sequence[Written]] = ()
    notes: Sequence[str] | Callable[[], Sequence[str]] = ()
    numbered: bool = False
    blanks: int = 0
    hidden: bool = False
    # Cells to mark, as (row from 0, column from 0) to the reason that is attached as a comment.
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)


def write_workbook(
    sheets: Iterable[SheetSpec],
    *,
    created: dt.datetime,
    mark: str = "",
    large: bool = False,
    stamps: Mapping[str, str] | None = None,
) -> bytes:
    """An .xlsx file, A4 landscape, head repeated on each page, the same bytes for the same input.

    `created` (aware) goes into the file's properties. `mark` is printed at the top of every page: a draft, an
    illustration. No text is ever taken for a formula: it is written as
    text and marked as such, so that it stays text when it is edited. Numbers keep 15 digits, as Excel does;
    longer ones are written as text. A `large` workbook is written row by row and needs no more memory for more
    rows; its heads have one line. `stamps` are properties for programs.
    """
    target = io.BytesIO()
    options = {
        "in_memory": not large,
        "constant_memory": large,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        # Widths are counted in digits of this face and size. The usual one is missing where there is no Excel: columns
        # became wider there, and rows taller than their text.
        "default_format_properties": {"font_name": FONT, "font_size": 11},
    }
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"created": created.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)})
    for name, value in (stamps or {}).items():
        book.set_custom_property(name, value, "text")
    formats = _Formats(book)
    lists = Lists(book)
    taken: set[str] = set()
    for spec in sheets:
        sheet = book.add_worksheet(sheet_name(spec.name, taken))
        if spec.hidden:
            sheet.hide()
        if mark:
            sheet.set_header(f'&C&"{FONT},Italic"&10{mark.replace("&", "&&")}')
        _SheetWriter(sheet, spec, formats).write()
        for index, column in enumerate(spec.columns if spec.blanks else ()):
            lists.offer(sheet, column, index, spec.blanks)
    lists.write()
    book.close()
    return canonical_zip(target.getvalue(), created)


class _Formats:
    """Cell formats, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": FONT, "font_size": 12, "valign": "vcenter"}
            self._made[key] = self._book.add_format({**base, **properties})
        return self._made[key]

    def body(self, kind: Kind, **more: Any) -> Any:
        number_format = _NUMBER_FORMATS.get(kind)
        if number_format:
            more["num_format"] = number_format
        return self.get(
            align=_ALIGNMENTS.get(kind, "center"), border=1, text_wrap=True, valign="vcenter", **more
        )


class _SheetWriter:
    """Writes one sheet from top to bottom."""

    def __init__(self, sheet: Any, spec: SheetSpec, formats: _Formats) -> None:
        self.sheet = sheet
        self.spec = spec
        self.formats = formats
        self.line = 0
        self.last_column = max(len(spec.columns) - 1, 0)
        kept = (index for index, column in enumerate(spec.columns) if not column.printed)
        self.last_printed = max(next(kept, len(spec.columns)) - 1, 0)

    def write(self) -> None:
        for index, column in enumerate(self.spec.columns):
            options = {"hidden": True} if column.hidden else {}
            self.sheet.set_column(index, index, column.width, self.formats.get(), options)
        self._titles()
        first_line = self.line
        self._head()
        self._print_setup(first_line)
        body = [
            self._body_formats(),
            self._body_formats(quote_prefix=True),
            self._body_formats(bg_color="#FFF2CC"),
        ]
        for number, row in enumerate(self.spec.rows):
            self._row(row, number, body)
        for _number in range(self.spec.blanks):
            self._row([None] * len(self.spec.columns), -1, body)
        totals = self.spec.totals() if callable(self.spec.totals) else self.spec.totals
        if totals:
            bold = self._body_formats(bold=True)
            self._row(totals, -1, [bold, self._body_formats(bold=True, quote_prefix=True), bold])
        self._notes()
        self._print_area()

    def _body_formats(self, **more: Any) -> list[Any]:
        return [self.formats.body(column.kind, **more) for column in self.spec.columns]

    def _titles(self) -> None:
        title = self.formats.get(bold=True, align="center", text_wrap=True, font_size=13)
        further = self.formats.get(italic=True, align="center", text_wrap=True)
        for index, text in enumerate(self.spec.title):
            self._across(text, further if index else title)
        self.line += bool(self.spec.title)

    def _across(self, text: str, style: Any) -> None:
        """One text over the whole width."""
        if self.last_printed:
            self.sheet.merge_range(self.line, 0, self.line, self.last_printed, "", style)
        self.sheet.write_string(self.line, 0, _cut(text), style)
        self.line += 1

    def _head(self) -> None:
        head = {"bold": True, "align": "center", "text_wrap": True, "border": 1}
        style = self.formats.get(**head, bg_color="#E8ECF4")
        needed = self.formats.get(**head, bg_color="#FFE3C2")
        if any(column.group for column in self.spec.columns):
            self._group_line(style)
        self._height([column.header for column in self.spec.columns])
        for index, column in enumerate(self.spec.columns):
            if column.group or not any(other.group for other in self.spec.columns):
                text = f"{column.header} *" if column.required else column.header
                self.sheet.write_string(self.line, index, text, needed if column.required else style)
        self.line += 1
        if self.spec.numbered:
            small = self.formats.get(italic=True, align="center", border=1, font_size=10)
            for index in range(len(self.spec.columns)):
                self.sheet.write_string(self.line, index, f"({index + 1})", small)
            self.line += 1

    def _group_line(self, style: Any) -> None:
        """The upper line of a head of two lines; a column without a group spans both."""
        columns = self.spec.columns
        start = 0
        while start < len(columns):
            end = start
            group = columns[start].group
            while group and end + 1 < len(columns) and columns[end + 1].group == group:
                end += 1
            if not group:
                self.sheet.merge_range(self.line, start, self.line + 1, start, columns[start].header, style)
            elif end > start:
                self.sheet.merge_range(self.line, start, self.line, end, group, style)
            else:
                self.sheet.write_string(self.line, start, group, style)
            start = end + 1
        self.line += 1

    def _print_setup(self, first_line: int) -> None:
        self.sheet.set_paper(_A4)
        self.sheet.set_landscape()
        self.sheet.set_margins(left=0.6, right=0.5, top=0.7, bottom=0.7)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.center_horizontally()
        self.sheet.set_footer(f'&C&"{FONT},Regular"&11&P/&N')
        self.sheet.repeat_rows(first_line, self.line - 1)
        self.sheet.freeze_panes(self.line, 0)

    def _row(self, row: Sequence[Written], number: int, styles: list[list[Any]]) -> None:
        plain, quoted, marked = styles
        marks = self.spec.marks
        self._height(row)
        for index, value in enumerate(row[: len(plain)]):
            reason = marks.get((number, index))
            style = marked[index] if reason else plain[index]
            self._cell(index, value, style, marked[index] if reason else quoted[index])
            if reason:
                self.sheet.write_comment(self.line, index, reason, {"author": "", "x_scale": 2})
        self.line += 1

    def _height(self, texts: Sequence[Written]) -> None:
        """Room for wrapped text: not every program finds the height of a row by itself."""
        lines = 1
        for text, column in zip(texts, self.spec.columns, strict=False):
            wrapped = text.text if isinstance(text, Link) else text
            if isinstance(wrapped, str) and (len(wrapped) > column.width or "\n" in wrapped):
                lines = max(lines, _lines(wrapped, column.width))
        if lines > 1:
            self.sheet.set_row(self.line, min(lines * _LINE_POINTS + 2, _TALLEST_ROW))

    def _cell(self, column: int, value: Written, style: Any, quoted: Any) -> None:
        # Text first: most cells are, and a long annex has many.
        if isinstance(value, str):
            self._text(column, value, style, quoted)
        elif value is None:
            self.sheet.write_blank(self.line, column, None, style)
        elif isinstance(value, bool):
            self.sheet.write_boolean(self.line, column, value, style)
        elif isinstance(value, (int, Decimal)):
            self._number(column, value, style)
        elif isinstance(value, dt.date):
            self._date(column, value, style)
        else:
            self._link(column, value, style)

    def _text(self, column: int, text: str, style: Any, quoted: Any) -> None:
        if not text:
            self.sheet.write_blank(self.line, column, None, style)
            return
        kept = quoted if text.startswith(_FORMULA_STARTS) else style
        self.sheet.write_string(self.line, column, _cut(text), kept)

    def _link(self, column: int, link: Link, style: Any) -> None:
        if link.address.startswith(_SAFE_LINKS) and len(link.address) < 2_000:
            self.sheet.write_url(self.line, column, link.address, style, _cut(link.text))
        else:
            self.sheet.write_string(self.line, column, _cut(link.text), style)

    def _date(self, column: int, value: dt.date, style: Any) -> None:
        day = value.date() if isinstance(value, dt.datetime) else value
        if day < _FIRST_EXCEL_DAY:
            self.sheet.write_string(self.line, column, f"{day:%d/%m/}{day.year:04}", style)
            return
        kind = Kind.DATE
        if isinstance(value, dt.datetime):
            kind = Kind.MOMENT
            value = (clock.local(value) if value.tzinfo else value).replace(tzinfo=None)
        if self.spec.columns[column].kind not in {Kind.DATE, Kind.MOMENT}:
            # Without a format of its own Excel shows a day as a bare number.
            style = self.formats.body(kind)
        self.sheet.write_datetime(self.line, column, value, style)

    def _number(self, column: int, value: int | Decimal, style: Any) -> None:
        if isinstance(value, int):
            exact = -_LARGEST_EXACT < value < _LARGEST_EXACT
        else:
            exact = value.is_finite() and len(value.normalize().as_tuple().digits) <= _MOST_DIGITS
        if exact:
            self.sheet.write_number(self.line, column, value, style)
        else:
            self.sheet.write_string(self.line, column, str(value), style)

    def _notes(self) -> None:
        style = self.formats.get(italic=True, text_wrap=True, align="left")
        notes = self.spec.notes() if callable(self.spec.notes) else self.spec.notes
        self.line += bool(notes)
        shown = self.spec.columns[: self.last_printed + 1]
        width = sum(column.width for column in shown if not column.hidden)
        for text in notes:
            self.sheet.set_row(self.line, min(_lines(text, width) * _LINE_POINTS + 2, _TALLEST_ROW))
            self._across(text, style)

    def _print_area(self) -> None:
        if self.last_printed < self.last_column:
            self.sheet.print_area(0, 0, max(self.line - 1, 0), self.last_printed)


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column, words kept whole."""
    return sum(len(textwrap.wrap(part, max(int(width), 1))) or 1 for part in text.splitlines())


def _cut(text: str) -> str:
    """A cell holds 32,767 characters and no more; the rest would be dropped without a word."""
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1]}…"


def sheet_name(wished: str, taken: set[str] | None = None) -> str:
    """A name that Excel takes: short, without its forbidden signs, different from those `taken`."""
    taken = set() if taken is None else taken
    base = _NAME_FORBIDDEN.sub(" ", wished).strip().strip("'")[:_LONGEST_NAME] or "Sheet"
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        suffix = f" ({number})"
        name = f"{base[: _LONGEST_NAME - len(suffix)]}{suffix}"
    taken.add(name.casefold())
    return name
