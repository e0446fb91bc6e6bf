"""What stands inside a line of a document: text, figures that lead to their evidence, links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

# What XML cannot hold at all: control characters, halves of pairs, non-characters.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BOOKMARK = re.compile(r"[A-Za-z_]\w{0,39}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Text:
    """Words in one style; a line end in them breaks the line, a tab jumps."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a report. It leads to the bookmark `evidence` of the annex that shows its rows, where there is one.

    `code`, `period`, `as_of`, `digest` and `name` go to the list of figures that travels with the document; `name`
    is what the content calls it.
    """

    text: str
    evidence: str
    code: str
    period: str
    as_of: str
    digest: str = ""
    bold: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a bookmark of the same document ("#e12") or to a web address."""

    text: str
    target: str
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that figures and links lead to."""

    name: str
    text: str = ""


Run: TypeAlias = str | Text | Figure | Link | Anchor
Runs: TypeAlias = Run | Sequence[Run]


def clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return _NOT_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def attribute(value: str) -> str:
    """A value as a quoted XML attribute."""
    return quoteattr(clean(value).replace("\n", " "))


def bookmark_name(name: str) -> str:
    """The name, if Word takes it for a bookmark: a letter, then letters, digits and _, at most 40."""
    if not _BOOKMARK.fullmatch(name):
        raise ValueError(f"not a bookmark name: {name!r}")
    return name


def as_list(runs: Runs) -> Sequence[Run]:
    """One run or several, as several."""
    return (runs,) if isinstance(runs, (str, Text, Figure, Link, Anchor)) else runs


def run_xml(text: str, properties: str = "") -> str:
    """One run of WordprocessingML."""
    pieces = []
    for index, line in enumerate(clean(text).split("\n")):
        if index:
            pieces.append("<w:br/>")
        for place, part in enumerate(line.split("\t")):
            if place:
                pieces.append("<w:tab/>")
            if part:
                pieces.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>')
    style = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{style}{''.join(pieces)}</w:r>"


def properties(
    *, bold: bool = False, italic: bool = False, underline: bool = False, size: float | None = None
) -> str:
    """Run properties in the order that the format demands."""
    found = []
    if bold:
        found.append("<w:b/><w:bCs/>")
    if italic:
        found.append("<w:i/><w:iCs/>")
    if size is not None:
        found.append(f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>')
    if underline:
        found.append('<w:u w:val="single"/>')
    return "".join(found)
