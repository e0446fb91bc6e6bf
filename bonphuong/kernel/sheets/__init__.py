"""Spreadsheets: read what offices hand in, write what they take away."""

from bonphuong.kernel.sheets.delimited import paste_rows
from bonphuong.kernel.sheets.headers import Header, Layout, RowKind, find_header, read_layout
from bonphuong.kernel.sheets.reading import read_table
from bonphuong.kernel.sheets.tables import Cell, SheetError, SheetRow, SheetTable, Value
from bonphuong.kernel.sheets.writing import Column, Kind, Link, SheetSpec, sheet_name, write_workbook

__all__ = [
    "Cell",
    "Column",
    "Header",
    "Kind",
    "Layout",
    "Link",
    "RowKind",
    "SheetError",
    "SheetRow",
    "SheetSpec",
    "SheetTable",
    "Value",
    "find_header",
    "paste_rows",
    "read_layout",
    "read_table",
    "sheet_name",
    "write_workbook",
]
