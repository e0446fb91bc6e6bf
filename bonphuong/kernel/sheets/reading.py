"""One door for every kind of sheet that people hand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel.sheets.delimited import read_delimited
from bonphuong.kernel.sheets.tables import MAX_FILE_BYTES, SheetError, SheetTable
from bonphuong.kernel.sheets.workbooks import OLE_MAGIC, ZIP_MAGIC, read_workbook

if TYPE_CHECKING:
    from pathlib import Path

_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<table")


def read_table(source: Path | bytes, *, name: str = "") -> list[SheetTable]:
    """Every sheet of a file: .xlsx, .xls, .ods, .csv or .tsv, told by its content, not by its name.

    `name` is what messages call the file. Raises `SheetError` (or `ArchiveError`) with a plain message;
    nothing is ever half read.
    """
    data, name = _load(source, name)
    if not data.strip():
        raise SheetError(_("{file} is empty.").format(file=name), code="sheet_empty")
    if data[:4] == ZIP_MAGIC or data[:8] == OLE_MAGIC:
        tables = read_workbook(data, name=name)
    else:
        _refuse_disguised(data, name)
        tables = read_delimited(data, name=name)
    if not any(table.rows for table in tables):
        raise SheetError(_("{file} is empty.").format(file=name), code="sheet_empty")
    return tables


def _load(source: Path | bytes, name: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        data = source
        name = name or _("the file")
    else:
        name = name or source.name
        try:
            if source.stat().st_size > MAX_FILE_BYTES:
                raise _too_large(name)
            data = source.read_bytes()
        except OSError as error:
            message = _("{file} cannot be opened: {reason}.")
            reason = error.strerror or type(error).__name__
            raise SheetError(message.format(file=name, reason=reason), code="sheet_file") from error
    if len(data) > MAX_FILE_BYTES:
        raise _too_large(name)
    return data, name


def _too_large(name: str) -> SheetError:
    message = _("{file} is larger than {limit} MB.")
    return SheetError(message.format(file=name, limit=MAX_FILE_BYTES // 1024**2), code="sheet_too_large")


def _refuse_disguised(data: bytes, name: str) -> None:
    """Web pages saved as .xls, PDF and pictures: say what they are, not that a letter is wrong."""
    start = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(_MARKUP):
        message = _("{file} is a web page, not a spreadsheet. Open it in Excel and save it as .xlsx.")
        raise SheetError(message.format(file=name), code="sheet_kind")
    if start.startswith((b"%pdf", b"\x89png", b"\xff\xd8\xff")):
        raise SheetError(_("{file} is not a spreadsheet.").format(file=name), code="sheet_kind")
