"""Excel and OpenDocument workbooks, read by a process of their own."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from bonphuong.kernel.archives import open_archive
from bonphuong.kernel.sheets.isolated import MAX_ROWS
from bonphuong.kernel.sheets.tables import (
    MergedRange,
    SheetError,
    SheetRow,
    SheetTable,
    Value,
)

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_READER = Path(__file__).with_name("isolated.py")
_TIMEOUT_SECONDS = 90
_MACRO_PARTS = ("vbaproject.bin", "xl/macrosheets/", "basic/", "scripts/")


def read_workbook(data: bytes, *, name: str) -> list[SheetTable]:
    """Sheets of an .xlsx, .xls or .ods file; hidden ones too, marked so. Raises `SheetError`.

    Macros are refused, formulas give their saved results, merged cells repeat downwards.
    """
    _refuse_foreign(data, name)
    sheets = _read_isolated(data, name)
    return [_table(sheet) for sheet in sheets]


def _refuse_foreign(data: bytes, name: str) -> None:
    """Turn away what is no plain workbook before anything reads it."""
    if data[:4] == ZIP_MAGIC:
        with open_archive(data) as archive:
            parts = [part.lower() for part in archive.namelist()]
        if any(part.startswith(_MACRO_PARTS) or part.endswith(_MACRO_PARTS) for part in parts):
            raise _macros(name)
        if "xl/workbook.bin" in parts:
            raise SheetError(_("{file} is a binary workbook (.xlsb). Save it as .xlsx.").format(file=name))
        if not {"xl/workbook.xml", "content.xml"} & set(parts):
            raise SheetError(_("{file} is not a spreadsheet.").format(file=name), code="sheet_kind")
        return
    if _utf16("EncryptedPackage") in data:
        raise _password(name)
    if _utf16("_VBA_PROJECT") in data:
        raise _macros(name)


def _read_isolated(data: bytes, name: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-I", str(_READER)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_TIMEOUT_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise _too_large(name) from error
    if done.returncode != 0 or not done.stdout:
        raise _too_large(name)
    answer = pickle.loads(done.stdout)  # noqa: S301 - written by our own reader
    if "error" in answer:
        raise _refusal(answer, name)
    sheets: list[dict[str, Any]] = answer["sheets"]
    return sheets


def _refusal(answer: dict[str, Any], name: str) -> SheetError:
    code = answer["error"]
    if code == "macros":
        return _macros(name)
    if code == "password":
        return _password(name)
    if code == "too_large":
        return _too_large(name)
    if code in {"rows", "columns"}:
        return _beyond(answer, name)
    message = _("{file} is damaged or no spreadsheet: it cannot be read.")
    return SheetError(message.format(file=name), code="sheet_damaged")


def _beyond(answer: dict[str, Any], name: str) -> SheetError:
    """Too many rows or columns, or one stray value far outside the table."""
    values = {
        "file": name,
        "sheet": answer["sheet"],
        "limit": answer["limit"],
        "cell": answer.get("cell", ""),
    }
    if answer["error"] == "rows":
        message = _("{file}, sheet {sheet}: more than {limit} rows. Divide the file and load the parts.")
    else:
        message = _("{file}, sheet {sheet}: more than {limit} columns.")
    if values["cell"]:
        message += " " + _("The value in cell {cell} stands outside; remove it if it is stray.")
    return SheetError(message.format(**values), code=f"sheet_{answer['error']}")


def _macros(name: str) -> SheetError:
    message = _("{file} contains macros. Save it as .xlsx without macros and load that.")
    return SheetError(message.format(file=name), code="sheet_macros")


def _password(name: str) -> SheetError:
    message = _("{file} is protected by a password. Save it without one.")
    return SheetError(message.format(file=name), code="sheet_password")


def _too_large(name: str) -> SheetError:
    message = _("{file} is too large or damaged: it cannot be read. Copy the table into a new workbook.")
    return SheetError(message.format(file=name), code="sheet_too_large")


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _table(sheet: dict[str, Any]) -> SheetTable:
    merges = [
        MergedRange(first[0] + 1, first[1], last[0] + 1, last[1]) for first, last in sorted(sheet["merges"])
    ]
    formulas: dict[int, set[int]] = defaultdict(set)
    for number, column in sheet["formulas"]:
        formulas[number].add(column)
    rows: dict[int, tuple[Value, ...]] = dict(sheet["rows"])
    for (number, column), error in sheet["failed"].items():
        _put(rows, number, column, error)
    for number in formulas.keys() - rows.keys():
        # A row of formulas without saved results is not empty: it must be named as wanting.
        rows[number] = ()
    merged = expand_down(rows, merges)
    return SheetTable(
        name=sheet["name"],
        rows=[
            SheetRow(
                number, rows[number], frozenset(merged.get(number, ())), frozenset(formulas.get(number, ()))
            )
            for number in sorted(rows)
        ],
        merges=merges,
        visible=sheet["visible"],
    )


def expand_down(rows: dict[int, tuple[Value, ...]], merges: list[MergedRange]) -> dict[int, set[int]]:
    """Repeat the value of each merged block in the rows below it, in its first column.

    Changes `rows`; gives the columns so filled by row. A block over several columns is a heading or a
    title: its other columns stay empty.
    """
    filled: dict[int, set[int]] = defaultdict(set)
    for block in merges:
        top = rows.get(block.first_row, ())
        value = top[block.first_column] if block.first_column < len(top) else None
        if value is None:
            continue
        for number in range(block.first_row + 1, min(block.last_row, MAX_ROWS) + 1):
            # A block that reaches far below the table must not make rows of its own without end.
            if number not in rows and block.last_column > block.first_column:
                continue
            _put(rows, number, block.first_column, value)
            filled[number].add(block.first_column)
    return filled


def _put(rows: dict[int, tuple[Value, ...]], number: int, column: int, value: Value) -> None:
    values = list(rows.get(number, ()))
    values.extend([None] * (column + 1 - len(values)))
    values[column] = value
    rows[number] = tuple(values)
