"""The official document as PDF/A: the same measures as the Word paper, from plain blocks. No font of the machine is used.

The same document gives the same bytes, on every machine: the fonts travel with the product and the time is given.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typst

from bonphuong.kernel.word.layout import DECREE_30_2020, OfficialForm

if TYPE_CHECKING:
    from collections.abc import Sequence

_HERE = Path(__file__).resolve().parent / "data"
FONTS = _HERE / "fonts"
#: Tried in this order for every letter: Latin and Vietnamese, Chinese, Lao.
FAMILIES = ("Tinos", "Noto Serif CJK SC", "Noto Serif Lao")


@dataclass(frozen=True)
class Run:
    """Words in one style; `link` is a web address, or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


Runs = str | list[str | Run]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3."""

    text: str
    level: int = 1
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    """A justified paragraph with its first line indented, or a centred line."""

    runs: Runs
    italic: bool = False
    centred: bool = False
    kind: str = "paragraph"


@dataclass(frozen=True)
class Items:
    """Points, each with a dash."""

    items: Sequence[Runs]
    kind: str = "items"


@dataclass(frozen=True)
class Column:
    """A column; `width` is its share of the whole."""

    label: str
    width: float
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True)
class Table:
    """A table over the whole width; its head is repeated on each page."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    kind: str = "table"


@dataclass(frozen=True)
class Break:
    """What follows begins on a new page."""

    kind: str = "break"


Block = Heading | Paragraph | Items | Table | Break


@dataclass(frozen=True)
class Head:
    """The two columns at the head of an official document; `number` may be empty."""

    issuer: str
    place_date: str
    number: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Document:
    """What a PDF is made of. `created` (aware) is written into it; `mark` stands at the foot of every page."""

    title: str
    creator: str
    created: dt.datetime
    kind: str
    about: str
    blocks: Sequence[Block]
    head: Head | None = None
    language: str = "vi"
    mark: str = ""
    form: OfficialForm = field(default=DECREE_30_2020)


def render_pdf(document: Document) -> bytes:
    """The document as PDF/A-2b. The same document gives the same bytes."""
    moment = document.created.astimezone(dt.UTC)
    made = _compiler().compile(
        format="pdf",
        pdf_standards=["a-2b"],
        sys_inputs={"document": json.dumps(_data(document), ensure_ascii=False, sort_keys=True)},
        timestamp=int(moment.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


@cache
def _compiler() -> typst.Compiler:
    """One for each process: reading the fonts takes longer than a page."""
    return typst.Compiler(
        input=_HERE / "official.typ", root=_HERE, font_paths=[FONTS], ignore_system_fonts=True
    )


def _data(document: Document) -> dict[str, object]:
    form = document.form
    measures = {
        name: value
        for name, value in asdict(form).items()
        if isinstance(value, int | float | str) and name not in {"source", "font"}
    }
    return {
        "title": document.title,
        "creator": document.creator,
        "kind": document.kind,
        "about": document.about,
        "language": document.language,
        "region": "vn" if document.language == "vi" else "us",
        "mark": document.mark,
        "letterhead": asdict(document.head) if document.head else None,
        "form": {**measures, "page": asdict(form.portrait), "fonts": list(FAMILIES)},
        "blocks": [asdict(block) for block in document.blocks],
    }
