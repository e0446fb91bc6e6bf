"""Text with separators: CSV and TSV files in the encodings that offices have, and what is pasted from Excel."""

from __future__ import annotations

import csv
import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel.sheets.isolated import MAX_COLUMNS, MAX_ROWS, clean_text
from bonphuong.kernel.sheets.tables import (
    MAX_FILE_BYTES,
    SheetError,
    SheetRow,
    SheetTable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DELIMITERS = "\t;,|"
_SAMPLE_LINES = 30
_MAX_FIELD = 131_072
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Letters of the old TCVN3 (ABC) fonts as Western text shows them, inside words: "Së Ngo¹i vô", "§oµn".
_TCVN3 = re.compile(r"[A-Za-z][µ¸¶·¹¨©ª«¬®¢£¤¥¦§¼½¾»]|[µ¸¶·¹¨©ª«¬®][A-Za-z]|§[A-Za-zµ¸¶·¹]")
_VOWELS = frozenset("aeiouyAEIOUY")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def read_delimited(data: bytes, *, name: str) -> list[SheetTable]:
    """The one table of a CSV or TSV file: separator and encoding are found out. Raises `SheetError`."""
    text = decode(data, name=name)
    delimiter = guess_delimiter(text)
    return [SheetTable(name=name, rows=list(_rows(text, delimiter, name)))]


def paste_rows(text: str) -> SheetTable:
    """What was copied from Excel, Word or a web page: tabs between cells; cells may hold quoted line ends.

    Rows count from 1 in what was pasted. Raises `SheetError` over the limits.
    """
    name = _("pasted text")
    if len(text) > MAX_FILE_BYTES:
        raise SheetError(_("{file} is too large.").format(file=name), code="sheet_too_large")
    return SheetTable(name=name, rows=list(_rows(text, "\t", name)))


def decode(data: bytes, *, name: str) -> str:
    """Text of a file in UTF-8, UTF-16 or the old Windows code pages 1258 and 1252, composed (NFC).

    Raises `SheetError` for anything else, fonts of the TCVN3 kind among it, naming what to do.
    """
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _decode_as(data, "utf-16", name)
    if _looks_utf16(data):
        return _decode_as(data, "utf-16-le" if data[1] == 0 else "utf-16-be", name)
    if _BINARY.search(data):
        raise SheetError(_("{file} is not a text file.").format(file=name), code="sheet_kind")
    try:
        return unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _decode_old(data, name)


def guess_delimiter(text: str) -> str:
    """The separator that cuts the first lines into the most equal number of cells; a comma where none does."""
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:_SAMPLE_LINES]
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        score = (usual - 1) * widths.count(usual) / max(len(widths), 1)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _looks_utf16(data: bytes) -> bool:
    """UTF-16 without its mark: every second byte of the plain Latin in it is zero."""
    sample = data[:400]
    zeros = sample.count(0)
    return len(sample) >= 4 and len(data) % 2 == 0 and zeros >= len(sample) // 4 and 0 in sample[:2]


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unknown_encoding(name) from error
    if "\x00" in text:
        raise SheetError(_("{file} is not a text file.").format(file=name), code="sheet_kind")
    return unicodedata.normalize("NFC", text)


def _decode_old(data: bytes, name: str) -> str:
    western = data.decode("cp1252", errors="replace")
    if len(_TCVN3.findall(western)) > max(2, len(western) // 200):
        message = _(
            "{file} uses an old font encoding (TCVN3/ABC or VNI). Convert it to Unicode and save as UTF-8."
        )
        raise SheetError(message.format(file=name), code="sheet_encoding")
    try:
        vietnamese = data.decode("cp1258")
    except UnicodeDecodeError:
        vietnamese = ""
    if vietnamese and _tones_sit_on_vowels(vietnamese):
        return unicodedata.normalize("NFC", vietnamese)
    if "\ufffd" in western:
        raise _unknown_encoding(name)
    return unicodedata.normalize("NFC", western)


def _tones_sit_on_vowels(text: str) -> bool:
    """In code page 1258 a tone is a letter of its own behind its vowel; elsewhere those bytes fall anywhere."""
    for before, letter in zip(" " + text, text, strict=False):
        if letter in _TONES and unicodedata.normalize("NFD", before)[0] not in _VOWELS:
            return False
    return True


def _unknown_encoding(name: str) -> SheetError:
    message = _("The letters of {file} cannot be read. Save it as UTF-8 (in Excel: CSV UTF-8) or as .xlsx.")
    return SheetError(message.format(file=name), code="sheet_encoding")


def _rows(text: str, delimiter: str, name: str) -> Iterator[SheetRow]:
    for number, fields in enumerate(_records(text, delimiter, name), start=1):
        if number > MAX_ROWS:
            message = _("{file}: more than {limit} rows. Divide the file and load the parts.")
            raise SheetError(message.format(file=name, limit=MAX_ROWS), code="sheet_rows")
        if len(fields) > MAX_COLUMNS:
            message = _("{file}, row {row}: more than {limit} columns.")
            raise SheetError(message.format(file=name, row=number, limit=MAX_COLUMNS), code="sheet_columns")
        values = tuple(map(clean_text, fields))
        if any(value is not None for value in values):
            yield SheetRow(number, values)


def _records(text: str, delimiter: str, name: str) -> Iterable[list[str]]:
    """Rows of fields; a quotation mark that is never closed is taken for what it is, a letter."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    try:
        return list(csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True))
    except csv.Error:
        pass
    fields = [line.split(delimiter) if delimiter == "\t" else _lenient(line, delimiter) for line in lines]
    if any(len(field) > _MAX_FIELD for record in fields for field in record):
        raise SheetError(_("{file}: a cell is too long to be one.").format(file=name), code="sheet_damaged")
    return fields


def _lenient(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)
