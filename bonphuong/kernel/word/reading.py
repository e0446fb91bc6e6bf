"""A Word document read back: its paragraphs and rows as text, the marks in them, what it says of itself.

Whatever a word processor did to it in the meantime (runs cut and joined, marks lost, changes tracked) is read as
what a person sees: deleted words are gone, inserted ones are there, hidden ones are not seen.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from lxml import etree

from bonphuong.kernel.archives import MEGABYTE, ArchiveLimits, open_archive
from bonphuong.kernel.errors import ProductError
from bonphuong.kernel.word.package import FIGURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MAX_BYTES = 50 * MEGABYTE
_LIMITS = ArchiveLimits(parts=5_000, unpacked=200 * MEGABYTE, ratio=300, ratio_from=40 * MEGABYTE)
_MAX_PART = 30 * MEGABYTE
MOST_UNITS = 60_000
# A paragraph of ours is far from either; beyond them marks are not looked for.
_LONGEST_MARKED, _MOST_MARKS = 50_000, 500
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Strict documents name the same things by another address.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TAG = re.compile(r"f[1-9]\d{0,5}")
_SPACE = re.compile(r"[\s\u00a0\u2000-\u200a\u202f]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WRITTEN = {**dict.fromkeys((f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}ptab"), " "), f"{_W}noBreakHyphen": "-"}
_SKIPPED = {
    f"{_W}{name}"
    for name in (
        "del", "moveFrom", "delText", "delInstrText", "instrText", "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr",
        "tcPr", "sdtPr", "sdtEndPr", "rubyPr", "rt",
    )
}  # fmt: skip
_MARGINS = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")


class DocumentError(ProductError):
    """A document that cannot be read; nothing of it was taken."""

    code = "document"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked place in a text: the tag, and from where to where."""

    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a paragraph or of a cell, with one space wherever there is room, and its marks."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph (one cell) or a row of a table. `heading` is the level of a heading, 0 for anything else."""

    cells: tuple[Cell, ...]
    is_row: bool = False
    heading: int = 0

    @property
    def text(self) -> str:
        """All of it."""
        return " | ".join(cell.text for cell in self.cells)


@dataclass(frozen=True)
class ReadDocument:
    """A document: its body, the lines of its margins and notes, its properties and the bookmarks in it."""

    units: list[Unit]
    margins: list[str] = field(default_factory=list)
    properties: Mapping[str, str] = field(default_factory=dict)
    listed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    bookmarks: frozenset[str] = frozenset()


def read_document(data: bytes, *, name: str = "") -> ReadDocument:
    """Read a .docx file. Raises DocumentError or ArchiveError with a plain message."""
    name = name or _("the file")
    _refuse(data, name)
    with open_archive(data, _LIMITS) as archive:
        names = archive.namelist()
        if any(one.lower().endswith("vbaproject.bin") for one in names):
            raise DocumentError(
                _("{file} contains macros. Save it as .docx without macros.").format(file=name),
                code="document_macros",
            )
        if "word/document.xml" not in names:
            raise DocumentError(_("{file} is not a Word document (.docx).").format(file=name))
        body = _Body(_root(archive, "word/document.xml", name), name)
        margins = [
            text
            for part in sorted(names)
            if _MARGINS.fullmatch(part)
            for unit in _Body(_root(archive, part, name), name).units
            if (text := unit.text)
        ]
        properties, listed = _own(archive, names, name)
    return ReadDocument(body.units, margins, properties, listed, frozenset(body.bookmarks))


def own_properties(data: bytes, name: str) -> dict[str, str]:
    """The properties of an office file that are not of the format itself. Raises as `read_document`."""
    with open_archive(data, _LIMITS) as archive:
        return _own(archive, archive.namelist(), name)[0]


def plain(text: str) -> str:
    """A text as it is compared: composed letters, one space for any room, nothing unseen."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", _UNSEEN.sub("", text))).strip()


def _refuse(data: bytes, name: str) -> None:
    if len(data) > MAX_BYTES:
        message = _("{file} is larger than {limit} MB.")
        raise DocumentError(message.format(file=name, limit=MAX_BYTES // MEGABYTE), code="document_large")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            message = _("{file} is protected by a password. Save it without one.")
            raise DocumentError(message.format(file=name), code="document_password")
        message = _("{file} is of an old kind of Word (.doc). Save it as .docx.")
        raise DocumentError(message.format(file=name), code="document_old")
    if not data.startswith(_ZIP):
        raise DocumentError(_("{file} is not a Word document (.docx).").format(file=name))


def _root(archive: zipfile.ZipFile, part: str, name: str) -> etree._Element:
    damaged = DocumentError(_("{file} is damaged: it cannot be read.").format(file=name))
    try:
        if archive.getinfo(part).file_size > _MAX_PART:
            raise DocumentError(_("{file} has too much text.").format(file=name), code="document_large")
        content = archive.read(part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise damaged from error
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise damaged
    content = content.replace(_STRICT, _W[1:-1].encode())
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise damaged from error


def _own(
    archive: zipfile.ZipFile, names: list[str], name: str
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """The properties that we gave the file, and its list of figures by tag; empty where they were lost."""
    properties: dict[str, str] = {}
    listed: dict[str, dict[str, str]] = {}
    for part in names:
        if re.fullmatch(r"customXml/item\d+\.xml", part):
            root = _root(archive, part, name)
            if root.tag == f"{{{FIGURES}}}figures":
                properties |= {str(key): str(value) for key, value in root.attrib.items()}
                for line in root:
                    own = {str(key): str(value) for key, value in line.attrib.items()}
                    listed[own.get("tag", "")] = {**own, "text": line.text or ""}
    if "docProps/custom.xml" in names:
        for one in _root(archive, "docProps/custom.xml", name):
            properties.setdefault(one.get("name", ""), "".join(str(text) for text in one.itertext()))
    return properties, listed


class _Body:
    """Goes through a part once and gives its paragraphs and rows in order."""

    def __init__(self, root: etree._Element, name: str) -> None:
        self.name = name
        self.units: list[Unit] = []
        self.bookmarks: set[str] = set()
        body = root.find(f"{_W}body")
        self._blocks(root if body is None else body)

    def _blocks(self, parent: etree._Element) -> None:
        for node in parent:
            if node.tag == f"{_W}p":
                self._add(Unit((self._cell(node),), heading=_level(node)))
            elif node.tag == f"{_W}tbl":
                for row in _own_rows(node):
                    self._add(Unit(tuple(map(self._cell, _own_cells(row))), is_row=True))
            elif node.tag not in _SKIPPED:
                self._blocks(node)

    def _add(self, unit: Unit) -> None:
        if any(cell.text for cell in unit.cells):
            self.units.append(unit)
        if len(self.units) > MOST_UNITS:
            raise DocumentError(_("{file} has too much text.").format(file=self.name), code="document_large")

    def _cell(self, node: etree._Element) -> Cell:
        line = _Line()
        line.walk(node)
        self.bookmarks |= line.bookmarks
        return line.cell()


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    for node in table:
        if node.tag == f"{_W}tr":
            if node.find(f"{_W}trPr/{_W}del") is None:
                yield node
        elif node.tag not in _SKIPPED:
            yield from _own_rows(node)


def _own_cells(row: etree._Element) -> Iterator[etree._Element]:
    for node in row:
        if node.tag == f"{_W}tc":
            yield node
        elif node.tag not in _SKIPPED:
            yield from _own_cells(node)


def _level(paragraph: etree._Element) -> int:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    value = "" if style is None else style.get(f"{_W}val", "").lower()
    if value.startswith("heading") and value[7:8].isdigit():
        return int(value[7])
    return 1 if value == "annexname" else 0


class _Line:
    """The text of one paragraph or cell, and where its marks begin and end."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.bookmarks: set[str] = set()
        self._open: dict[str, tuple[str, int]] = {}
        self._found: list[Mark] = []

    def walk(self, node: etree._Element) -> None:
        for child in node:
            tag = child.tag
            if tag == f"{_W}t":
                self._write(child.text or "")
            elif tag in _WRITTEN:
                self._write(_WRITTEN[tag])
            elif tag in _STEPS:
                _STEPS[tag](self, child)
            elif child.tag not in _SKIPPED and not _is_hidden(child):
                self._inner(child)

    def _inner(self, child: etree._Element) -> None:
        # A paragraph inside (of a cell, of a text box) is set off from what stands before it.
        if child.tag == f"{_W}p" and self.length:
            self._write(" ")
        self.walk(child)

    def alternative(self, node: etree._Element) -> None:
        """What is said twice, for newer and for older programs, is read once."""
        for chosen in islice(node, 1):
            self.walk(chosen)

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def begin(self, node: etree._Element) -> None:
        name = node.get(f"{_W}name", "")
        self.bookmarks.add(name)
        if _TAG.fullmatch(name):
            self._open[node.get(f"{_W}id", "")] = (name, self.length)

    def end(self, node: etree._Element) -> None:
        name, start = self._open.pop(node.get(f"{_W}id", ""), ("", 0))
        if name:
            self._found.append(Mark(name, start, self.length))

    def control(self, node: etree._Element) -> None:
        tag = node.find(f"{_W}sdtPr/{_W}tag")
        name = "" if tag is None else tag.get(f"{_W}val", "")
        start = self.length
        for content in node.findall(f"{_W}sdtContent"):
            self.walk(content)
        if _TAG.fullmatch(name):
            self._found.append(Mark(name, start, self.length))

    def cell(self) -> Cell:
        raw = "".join(self.pieces)
        marks: dict[str, Mark] = {}
        is_ours = len(raw) <= _LONGEST_MARKED and len(self._found) <= _MOST_MARKS
        for one in self._found if is_ours else ():
            marks.setdefault(one.tag, Mark(one.tag, _length(raw[: one.start]), _length(raw[: one.end])))
        return Cell(plain(raw), tuple(sorted(marks.values(), key=lambda mark: (mark.start, mark.end))))


#: What some elements do to a line; all others are gone through.
_STEPS: Mapping[str, Callable[[_Line, etree._Element], None]] = {
    f"{_W}bookmarkStart": _Line.begin,
    f"{_W}bookmarkEnd": _Line.end,
    f"{_W}sdt": _Line.control,
    f"{_MC}AlternateContent": _Line.alternative,
}


def _length(text: str) -> int:
    """Where the compared text stands after so much of the raw one; room at the end counts only before a word."""
    done = plain(text)
    return len(done) + (bool(done) and plain(text + "x") == f"{done} x")


def _is_hidden(run: etree._Element) -> bool:
    if run.tag != f"{_W}r":
        return False
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(f"{_W}val", "1") not in {"0", "false", "off"}
