"""What kind of file this is, told by its content, and the words in it as far as they are cheaply had."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from bonphuong.kernel.archives import MEGABYTE, ArchiveError, ArchiveLimits, open_archive
from bonphuong.kernel.pdftext import pdf_lines

_LIMITS = ArchiveLimits(parts=5_000, unpacked=300 * MEGABYTE)
_MAX_PART = 20 * MEGABYTE
_MAX_LINES = 20_000
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ZIPPED = (
    ("word/document.xml", f"{_OFFICE}.wordprocessingml.document"),
    ("xl/workbook.xml", f"{_OFFICE}.spreadsheetml.sheet"),
    ("ppt/presentation.xml", f"{_OFFICE}.presentationml.presentation"),
)
_OLD_WORD = "application/msword"
_PARAGRAPHS = ("p", "si", "h", "row")
_BODY = re.compile(r"word/document\.xml|xl/sharedStrings\.xml|ppt/slides/slide\d+\.xml|content\.xml")
_MARGINS = re.compile(r"word/(?:header|footer|footnotes)\d*\.xml|styles\.xml|xl/worksheets/sheet\d+\.xml")
_HEADER_FOOTER = ("headerFooter", "header", "footer")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of a file in order, and those of its headers and footers."""

    lines: list[str] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)


def media_type(data: bytes) -> str:
    """The MIME type by content: office files, PDF, pictures, text; "" for anything else."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(_ZIP):
        return _zipped_type(data)
    if data.startswith(_OLE):
        return _OLD_WORD if "WordDocument".encode("utf-16-le") in data else "application/vnd.ms-excel"
    return "text/plain" if _as_text(data) is not None else ""


def has_macros(data: bytes) -> bool:
    """Whether an office file carries code."""
    if data.startswith(_OLE):
        return "_VBA_PROJECT".encode("utf-16-le") in data
    if not data.startswith(_ZIP):
        return False
    with open_archive(data, _LIMITS) as archive:
        names = [name.lower() for name in archive.namelist()]
    return any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in names)


def words(data: bytes) -> Words:
    """The words of a file; none where they cannot be had (pictures, scans, passwords, damage)."""
    if data.startswith(b"%PDF-"):
        return Words(lines=_clean(pdf_lines(data)))
    if data.startswith(_ZIP):
        return _zipped_words(data)
    if data.startswith(_OLE):
        return Words(lines=_old_office_lines(data))
    text = _as_text(data)
    return Words(lines=_clean(_TAG.sub("\n", text).splitlines())) if text else Words()


def _zipped_type(data: bytes) -> str:
    try:
        with open_archive(data, _LIMITS) as archive:
            names = set(archive.namelist())
            for part, kind in _ZIPPED:
                if part in names:
                    return kind
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").decode("ascii", "ignore").strip()
                return kind if kind.startswith("application/vnd.oasis.opendocument.") else ""
    except (ArchiveError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        pass
    return ""


def _zipped_words(data: bytes) -> Words:
    found = Words()
    try:
        with open_archive(data, _LIMITS) as archive:
            for part in archive.infolist():
                body, margin = _BODY.fullmatch(part.filename), _MARGINS.fullmatch(part.filename)
                if (body or margin) and part.file_size <= _MAX_PART:
                    content = archive.read(part)
                    if body:
                        found.lines.extend(_xml_lines(content))
                    else:
                        found.margins.extend(_xml_lines(content, only_margins="word/" not in part.filename))
    except (ArchiveError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        pass
    return Words(_clean(found.lines), _clean(found.margins))


def _xml_lines(content: bytes, *, only_margins: bool = False) -> list[str]:
    """Text by paragraph; a paragraph inside another (a text box) is a line of its own."""
    try:
        root = etree.fromstring(
            content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        )
    except etree.XMLSyntaxError:
        return []
    if only_margins:
        found = [node for node in root.iter("*") if _name(node) in _HEADER_FOOTER]
        # A sheet's header is one code: "&L…&C…&R…", each part a line.
        return [
            line for node in found for line in re.split(r"&[LCR]|&\"[^\"]*\"|\n", "\n".join(_texts(node)))
        ]
    return ["".join(_own_texts(node)) for node in root.iter("*") if _name(node) in _PARAGRAPHS]


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname


def _texts(node: etree._Element) -> list[str]:
    return [str(text) for text in node.itertext()]


def _own_texts(node: etree._Element) -> list[str]:
    """Text of a paragraph without that of paragraphs inside it."""
    texts = [node.text or ""]
    for child in node.iterchildren("*"):
        if _name(child) in {"br", "tab", "line-break", "s"}:
            texts.append("\n" if _name(child) != "tab" else "\t")
        elif _name(child) not in _PARAGRAPHS:
            texts += _own_texts(child)
        texts.append(child.tail or "")
    return texts


def _old_office_lines(data: bytes) -> list[str]:
    """Runs of letters in an old .doc or .xls, which keep text in two bytes a letter, at any offset."""
    lines: list[str] = []
    for start in (0, 1):
        text = data[start:].decode("utf-16-le", "ignore")
        lines += re.findall(r"[\u0020-\u024f\u1e00-\u1eff]{3,200}", text)
    return _clean(lines)


def _as_text(data: bytes) -> str | None:
    for encoding in ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1258"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text) else text
    return None


def _clean(lines: list[str]) -> list[str]:
    """Lines with something in them, composed, single-spaced."""
    found = []
    for line in lines:
        for part in line.split("\n"):
            text = " ".join(unicodedata.normalize("NFC", part).split())
            if text:
                found.append(text)
        if len(found) >= _MAX_LINES:
            break
    return found
