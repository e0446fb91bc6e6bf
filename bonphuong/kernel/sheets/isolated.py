"""Read a workbook in a process of its own; started by path, so it imports nothing of the product.

The library that reads workbooks asks for memory for the whole rectangle between the first and the last
cell: two cells in opposite corners ask for half a terabyte and end the process on the spot. Here that ends
this process only, and the one who asked gets a plain error. Bytes come on standard input; a pickled
`{"sheets": …}` or `{"error": code, …}` goes to standard output.
"""

from __future__ import annotations

import datetime as dt
import io
import pickle
import re
import resource
import sys
import unicodedata
import zipfile
from decimal import Decimal
from typing import Any

import python_calamine

MEMORY = 2 * 1024**3
SECONDS = 60
MAX_ROWS = 200_000
MAX_COLUMNS = 512

_CELL = r"<(?:\w+:)?c\s(?:[^>]*?\s)?r=[\"']%s[\"'][^>]*"
_FORMULA = re.compile((_CELL % r"([A-Z]+)(\d+)" + r">\s*<(?:\w+:)?f[\s/>]").encode())
# A failed formula or a pasted error: the library gives nothing for it, people must be told.
_ERROR = re.compile(
    rb"<(?:\w+:)?c\s(?=[^>]*\bt=[\"']e[\"'])(?:[^>]*?\s)?r=[\"']([A-Z]+)(\d+)[\"'][^>]*>"
    rb"(?:<(?:\w+:)?f[^>]*/>|<(?:\w+:)?f[^>]*>[^<]*</(?:\w+:)?f>)?<(?:\w+:)?v>(#[^<]*)<"
)
# Three letters, or a row of at least six digits, and a tag that is not closed at once (an empty, merely
# coloured cell): only such a cell is worth looking at twice.
_FAR = re.compile((_CELL % r"([A-Z]{3}|[A-Z]{1,2}(?=\d{6}))(\d+)" + r"(?<!/)>").encode())
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
# A tuple: the library's kinds cannot be members of a set.
_MACRO_KINDS = (python_calamine.SheetTypeEnum.MacroSheet, python_calamine.SheetTypeEnum.Vba)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u200c\u200d\u2060\ufeff]")


class Refused(Exception):
    """The workbook cannot be taken; carries the answer that is sent back."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.answer: dict[str, object] = {"error": code, **details}


def main() -> None:
    """Read standard input, write one pickled answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    answer: dict[str, object]
    try:
        answer = {"sheets": read(sys.stdin.buffer.read())}
    except Refused as refused:
        answer = refused.answer
    except MemoryError:
        answer = {"error": "too_large"}
    except python_calamine.PasswordError:
        answer = {"error": "password"}
    except BaseException as error:  # noqa: BLE001 - a panic of the library is no Exception
        answer = {"error": "damaged", "why": type(error).__name__}
    sys.stdout.buffer.write(pickle.dumps(answer, protocol=5))


def read(data: bytes) -> list[dict[str, Any]]:
    """Every sheet: name, visible, rows as (number, values), merged ranges, formulas, error values."""
    marks = _inspect_parts(data) if data[:2] == b"PK" else {}
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    for index, meta in enumerate(book.sheets_metadata):
        if meta.typ in _MACRO_KINDS:
            raise Refused("macros")
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(index)
        _refuse_too_large(meta.name, sheet.end)
        sheets.append(
            {
                "name": meta.name,
                "visible": meta.visible == python_calamine.SheetVisibleEnum.Visible,
                "rows": _rows(sheet),
                "merges": sheet.merged_cell_ranges or [],
                "formulas": marks.get(meta.name, ([], {}))[0],
                "failed": marks.get(meta.name, ([], {}))[1],
            }
        )
    return sheets


def _rows(sheet: python_calamine.CalamineSheet) -> list[tuple[int, tuple[object, ...]]]:
    if sheet.start is None:
        return []
    first, left = sheet.start
    margin: tuple[object, ...] = (None,) * left
    rows = []
    # Not `iter_rows`: it counts rows from the top of the sheet and columns from the first filled one.
    for number, cells in enumerate(sheet.to_python(), start=first + 1):
        values = tuple(map(_plain, cells))
        if any(value is not None for value in values):
            rows.append((number, margin + values))
    return rows


def _plain(value: object) -> object:
    kind = type(value)
    if kind is str:
        return clean_text(value)  # type: ignore[arg-type]
    if kind is float:
        return _number(value)  # type: ignore[arg-type]
    if kind is dt.datetime:
        moment: dt.datetime = value  # type: ignore[assignment]
        return moment.date() if moment.time() == dt.time() else moment
    return value


def _number(value: float) -> int | Decimal | str:
    """Excel keeps fifteen digits; what stands behind them is noise of the machine."""
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 - NaN
        return str(value)
    if value.is_integer():
        return int(value)
    return Decimal(f"{value:.15g}")


def clean_text(text: str) -> str | None:
    """Composed letters, plain spaces and line ends, no unseen characters; None where nothing is left."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("\xa0", " ")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    return _UNSEEN.sub("", text).strip() or None


def _refuse_too_large(sheet: str, end: tuple[int, int] | None) -> None:
    if end is None:
        return
    last_row, last_column = end
    if last_row >= MAX_ROWS:
        raise Refused("rows", sheet=sheet, limit=MAX_ROWS)
    if last_column >= MAX_COLUMNS:
        raise Refused("columns", sheet=sheet, limit=MAX_COLUMNS)


def _inspect_parts(data: bytes) -> dict[str, tuple[list[tuple[int, int]], dict[tuple[int, int], str]]]:
    """By sheet: cells with formulas, and cells with error values; what only the XML of .xlsx tells.

    Refuses a sheet with a value far outside before memory is asked for.
    """
    marks = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name, part in _sheet_parts(archive).items():
            xml = archive.read(part)
            _refuse_far(name, xml)
            has_formulas = b"<f" in xml or b":f" in xml
            formulas = [_position(match) for match in _FORMULA.finditer(xml)] if has_formulas else []
            has_errors = b't="e"' in xml or b"t='e'" in xml
            failed = (
                {_position(m): m[3].decode("ascii", "replace") for m in _ERROR.finditer(xml)}
                if has_errors
                else {}
            )
            marks[name] = (formulas, failed)
    return marks


def _refuse_far(sheet: str, xml: bytes) -> None:
    for match in _FAR.finditer(xml):
        row, column = _position(match)
        if row > MAX_ROWS:
            raise Refused("rows", sheet=sheet, limit=MAX_ROWS, cell=_label(match))
        if column >= MAX_COLUMNS:
            raise Refused("columns", sheet=sheet, limit=MAX_COLUMNS, cell=_label(match))


def _label(match: re.Match[bytes]) -> str:
    return (match[1] + match[2]).decode()


def _position(match: re.Match[bytes]) -> tuple[int, int]:
    """(row from 1, column from 0) of a matched cell."""
    column = 0
    for letter in match[1]:
        column = column * 26 + letter - 64
    return int(match[2]), column - 1


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name to the part that holds it; empty for anything but .xlsx."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    targets = {}
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        values = _attributes(tag)
        targets[values.get("Id", "")] = values.get("Target", "")
    parts = {}
    for tag in _SHEET.findall(archive.read("xl/workbook.xml")):
        values = _attributes(tag)
        relation = next((v for k, v in values.items() if k.endswith(":id")), "")
        target = targets.get(relation, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            parts[values.get("name", "")] = part
    return parts


def _attributes(tag: bytes) -> dict[str, str]:
    found = {}
    for key, double, single in _ATTRIBUTE.findall(tag):
        text = (double or single).decode("utf-8", "replace")
        for entity, letter in (
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", '"'),
            ("&apos;", "'"),
            ("&amp;", "&"),
        ):
            text = text.replace(entity, letter)
        found[key.decode("ascii", "replace")] = text
    return found


if __name__ == "__main__":
    main()
