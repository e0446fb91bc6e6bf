"""The words of a PDF, as far as they are had without a library: enough to see what a page says on top.

Fonts inside office PDFs carry a table from their own codes to letters; each table found is tried on each
piece of text. Scanned pages are pictures and have no words.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MAX_STREAM = 8 * 1024 * 1024
_MAX_TOTAL = 64 * 1024 * 1024
_MAX_TABLES = 40
_WORD_GAP = -180
_STREAM = re.compile(rb"stream\r?\n")
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>")
_RANGE = re.compile(
    rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>\s*(?:<\s*([0-9A-Fa-f]+)\s*>|\[([^\]]*)\])"
)
_HEX = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>")
_TOKEN = re.compile(
    rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>|\[|\]|[-+]?\d*\.?\d+|[A-Za-z'\"*]+[0-9]?\*?|/[^\s/\[\]()<>]+",
    re.DOTALL,
)
_NUMBER = re.compile(rb"[-+]?\d*\.?\d+")
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3}|\r?\n)")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

Table = dict[int, str]


def pdf_lines(data: bytes) -> list[str]:
    """Lines of text, once for each table of letters that makes anything of them; [] where there are none."""
    streams = list(_streams(data))
    tables = [table for stream in streams if b"begincmap" in stream if (table := _table(stream))][
        :_MAX_TABLES
    ]
    found: list[str] = []
    for stream in streams:
        if b"BT" in stream and (b"Tj" in stream or b"TJ" in stream):
            lines = _text_lines(stream)
            found += [
                text for table in (*tables, None) for line in lines if (text := _decoded(line, table).strip())
            ]
    return found


def _streams(data: bytes) -> Iterator[bytes]:
    total = 0
    for match in _STREAM.finditer(data):
        end = data.find(b"endstream", match.end())
        packed = data[match.end() : end if end > 0 else len(data)]
        try:
            content = zlib.decompressobj().decompress(packed, _MAX_STREAM)
        except zlib.error:
            content = packed[:_MAX_STREAM]
        total += len(content)
        if total > _MAX_TOTAL:
            return
        yield content


def _table(stream: bytes) -> Table:
    """Codes of a font to letters."""
    table: Table = {}
    for block in _CHARS.findall(stream):
        for code, letters in _PAIR.findall(block):
            table[int(code, 16)] = _letters(letters)
    for block in _RANGES.findall(stream):
        for first, last, start, each in _RANGE.findall(block):
            low, high = int(first, 16), min(int(last, 16), int(first, 16) + 0xFFFF)
            if start:
                base = _letters(start)
                for code in range(low, high + 1):
                    table[code] = base[:-1] + chr(min(ord(base[-1]) + code - low, 0x10FFFF)) if base else ""
            else:
                table.update(zip(range(low, high + 1), map(_letters, _HEX.findall(each)), strict=False))
    return table


def _letters(digits: bytes) -> str:
    return bytes.fromhex(digits.decode().zfill(len(digits) + len(digits) % 2)).decode("utf-16-be", "ignore")


def _text_lines(stream: bytes) -> list[list[bytes]]:
    """Pieces of text line by line; a new line begins where the pen moves up or down."""
    lines: list[list[bytes]] = [[]]
    operands: list[bytes] = []
    height = b""
    for match in _TOKEN.finditer(stream):
        token = match.group()
        if token[:1] in b"(<[]/+-." or token[:1].isdigit():
            operands.append(token)
            continue
        if token in {b"Tj", b"TJ", b"'", b'"'}:
            lines[-1].extend(_pieces(operands))
        elif token in {b"Td", b"TD"} and operands and _number(operands[-1]):
            lines.append([])
        elif token == b"Tm" and len(operands) >= 6:
            if operands[-1] != height:
                lines.append([])
            height = operands[-1]
        elif token == b"T*":
            lines.append([])
        operands = []
    return [line for line in lines if line]


def _pieces(operands: Iterable[bytes]) -> Iterator[bytes]:
    for token in operands:
        if token[:1] in b"(<":
            yield token
        elif _number(token) < _WORD_GAP:
            yield b" "


def _number(token: bytes) -> float:
    return float(token) if _NUMBER.fullmatch(token) else 0


def _decoded(line: Iterable[bytes], table: Table | None) -> str:
    return "".join(" " if piece == b" " else _piece_text(_codes(piece), table) for piece in line)


def _piece_text(codes: bytes, table: Table | None) -> str:
    if table is None:
        return (
            codes.decode("utf-16-be", "ignore")
            if codes[:2] == b"\xfe\xff"
            else codes.decode("cp1252", "ignore")
        )
    if max(table) > 0xFF and len(codes) % 2 == 0:
        return "".join(table.get(int.from_bytes(codes[i : i + 2]), "") for i in range(0, len(codes), 2))
    return "".join(table.get(code, "") for code in codes)


def _codes(piece: bytes) -> bytes:
    if piece[:1] == b"<":
        digits = re.sub(rb"\s", b"", piece[1:-1]).decode()
        return bytes.fromhex(digits + "0" * (len(digits) % 2))
    return _ESCAPE.sub(_unescape, piece[1:-1])


def _unescape(match: re.Match[bytes]) -> bytes:
    what = match[1]
    if what[:1].isdigit():
        return bytes([int(what, 8) & 0xFF])
    if what.endswith(b"\n"):
        return b""
    return _ESCAPED.get(what, what)
