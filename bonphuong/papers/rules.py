"""Pure rules of papers: the marking of a classified one, references, what kinds of files are taken."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from bonphuong.kernel.text import fold
from bonphuong.papers.enums import PaperKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_BYTES = 50 * 1024 * 1024
# Told by content, never by name. Formats whose words cannot be looked at for a marking are few and known.
EXTENSIONS = {
    "application/pdf": ("pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/msword": ("doc",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.ms-excel": ("xls",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/tiff": ("tif", "tiff"),
    "text/plain": ("txt", "csv", "html", "htm", "md"),
}

_WORDS = r"(?:tuyệt\s*mật|tối\s*mật|mật)"
_ALONE = re.compile(_WORDS, re.IGNORECASE)
_IN_CAPITALS = re.compile(r"(?:TUYỆT\s*MẬT|TỐI\s*MẬT|MẬT)")
# "Độ mật: Tối mật" on a form; "Độ mật: không" says the contrary.
_DECLARED = re.compile(
    rf"(?:(?:độ|mức độ|dấu(?: chỉ)?(?: độ)?) mật|dấu)\s*[:：\-–]\s*({_WORDS})\b", re.IGNORECASE
)
# In the name of a file or an abstract: in brackets or in capitals before or after a dash.
_TAGGED = re.compile(rf"[\[(]\s*({_WORDS})\s*[\])]", re.IGNORECASE)
_PREFIXED = re.compile(
    r"^(TUYỆT MẬT|TỐI MẬT|MẬT)\s*[-–_:.]|[-–_]\s*(TUYỆT MẬT|TỐI MẬT|MẬT)\s*(?:\.\w{2,5})?$"
)
_EDGES = " \t.,;:*-–—_|[](){}<>«»\"'“”‘’"
_SPELT = re.compile(r"(?:\S )+\S")
# Where a marking stands on paper: on top of the first page. Further down only one in capitals counts.
_TOP_LINES = 25
_DIGITS = re.compile(r"\d{1,7}[a-zđ]?", re.IGNORECASE)


def find_marking(lines: Iterable[str], margins: Iterable[str] = ()) -> str:
    """The marking of a classified document as it is written, "" where there is none.

    Only a marking counts, a line of its own or a declared grade: "bí mật nhà nước", "bảo mật" or "mật ong"
    in a sentence are plain words. `margins` are lines of headers and footers.
    """
    for number, line in enumerate(lines):
        marking = _marking_of(line, on_top=number < _TOP_LINES)
        if marking:
            return marking
    return next((marking for line in margins if (marking := _marking_of(line, on_top=True))), "")


def find_marking_in_name(*texts: str) -> str:
    """The marking in a short text that a person typed: an abstract, a symbol, the name of a file."""
    for text in map(_plain, texts):
        found = _TAGGED.search(text) or _DECLARED.search(text) or _PREFIXED.search(text.replace("_", " - "))
        if found:
            return next(group for group in found.groups() if group)
        if _IN_CAPITALS.fullmatch(text.strip(_EDGES)):
            return text.strip(_EDGES)
    return ""


def _marking_of(line: str, *, on_top: bool) -> str:
    if len(line) > 60 or ("ậ" not in line.lower() and "\u0323" not in line):
        return ""
    text = _plain(line).strip(_EDGES)
    if _SPELT.fullmatch(text):
        text = re.sub(r" (?=\S(?: |$))", "", text)
    pattern = _ALONE if on_top else _IN_CAPITALS
    if pattern.fullmatch(text):
        return text
    declared = _DECLARED.search(text)
    return declared[1] if declared else ""


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def split_reference(reference: str) -> tuple[str, str]:
    """Number and symbol of "123/QĐ-UBND"; all of it is the symbol where it begins with no number."""
    number, slash, symbol = _plain(reference).removeprefix("Số:").removeprefix("số").strip().partition("/")
    if slash and _DIGITS.fullmatch(number.strip()):
        return number.strip()[:40], symbol.strip()[:60]
    return "", _plain(reference)[:60]


def allowed_names(media_type: str) -> Sequence[str]:
    """Endings that a file of this kind may have; () where the kind is not taken."""
    return EXTENSIONS.get(media_type, ())


def searchable(paper: Any) -> str:
    """Folded text of all that should find a paper: what it is called in both languages, its number, its words."""
    said = (
        *_kind_words(paper.kind),
        f"{paper.number}/{paper.symbol}" if paper.symbol else paper.number,
        paper.abstract,
        paper.issuer,
        paper.signer,
        paper.file_name,
    )
    return fold(" ".join(filter(None, said)))


@cache
def _kind_words(kind: str) -> tuple[str, ...]:
    """The kind in Vietnamese and in English, whoever files it: the other one searches in theirs."""
    if kind not in PaperKind.values:
        return (kind,)
    found = []
    for language in ("vi", "en"):
        with override(language):
            found.append(str(PaperKind(kind).label))
    return tuple(found)
