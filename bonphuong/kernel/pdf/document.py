"""The official document as PDF/A: the same measures as the Word paper, from plain blocks. No font of the machine is used.

The same document gives the same bytes, on every machine: the fonts travel with the product and the time is given.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typst

from bonphuong.kernel.pdf.letters import only_drawable
from bonphuong.kernel.word.layout import DECREE_30_2020, OfficialForm

if TYPE_CHECKING:
    from collections.abc import Sequence

_HERE = Path(__file__).resolve().parent / "data"
FONTS = _HERE / "fonts"
#: Tried in this order for every letter: Latin and Vietnamese, Chinese, Lao, Thai, Khmer.
FAMILIES = ("Tinos", "Noto Serif CJK SC", "Noto Serif Lao", "Noto Serif Thai", "Noto Serif Khmer")
_REGIONS = {"vi": "vn"}
#: Letters of a document after which memory is given back, and how many settings the typesetter remembers.
_LARGE, _REMEMBERED = 60_000, 10
#: A compiler refuses a second thread while it works; it uses all cores for one document anyway.
_ONE_AT_A_TIME = threading.Lock()


Align = Literal["left", "center", "right"]


@dataclass
class Run:
    """Words in one style; `link` is a web address, `target` a place of the document, `anchor` is such a place."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    target: str = ""
    anchor: str = ""
    size: float | None = None


Runs = str | list[str | Run]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3."""

    text: Runs
    level: int = 1
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    """A justified paragraph with its first line indented, or a centred line; `kept` with what follows."""

    runs: Runs
    italic: bool = False
    centred: bool = False
    kept: bool = False
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
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """A table over the whole width; its head is repeated on each page, `numbered` adds (1) (2) (3) to it.

    A row is not torn between pages, unless `True` stands behind its cells: for one that may be taller than a page.
    A `kept` table stands on one page as a whole; the last row of one that is `summed` with the row above it.
    `size` of its letters is in points, else that of the form.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Runs | bool]]
    caption: str = ""
    numbered: bool = False
    kept: bool = False
    summed: bool = False
    size: float | None = None
    kind: str = "table"


@dataclass(frozen=True)
class Break:
    """What follows begins on a new page."""

    kind: str = "break"


@dataclass(frozen=True)
class Signed:
    """Who signs: the lines above, the name below the room for it; on the left those who receive it, line by line."""

    lines: Sequence[str]
    name: str
    recipients: Sequence[str] = ()
    kind: str = "signed"


@dataclass(frozen=True)
class Annex:
    """An annex begins on a new page, with its `label` ("Phụ lục I"), name and `reference` to the document."""

    name: str
    blocks: Sequence[Block]
    label: str = ""
    reference: str = ""
    landscape: bool = False
    kind: str = "annex"


Block = Heading | Paragraph | Items | Table | Break | Signed | Annex


@dataclass(frozen=True)
class Head:
    """The two columns at the head of an official document; `number` may be empty."""

    issuer: str
    place_date: str
    number: str = ""
    parent: str = ""
    about: str = ""


@dataclass(frozen=True)
class Document:
    """What a PDF is made of. `created` (aware) is written into it; `mark` stands at the foot of every page.

    `keywords` are for programs: they go into the properties of the file, not onto a page.
    """

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
    keywords: Sequence[str] = ()


def render_pdf(document: Document) -> bytes:
    """The document as PDF/A-2a, with its structure for those who listen to it. The same document gives the same bytes.

    A letter that no font has is drawn as an empty square: an archival file may hold none that it cannot draw.
    """
    moment = document.created.astimezone(dt.UTC)
    # A mark of byte order inside a text is forbidden in archival files, and draws nothing.
    given = json.dumps(_data(document), ensure_ascii=False, sort_keys=True, default=vars).replace(
        "\ufeff", ""
    )
    with _ONE_AT_A_TIME:
        try:
            return _compiled(given, moment)
        except typst.TypstError:
            return _compiled(only_drawable(given, FONTS), moment)
        finally:
            if len(given) > _LARGE:
                _forget()


def _forget() -> None:
    """Let the typesetter forget: sixty pages leave 200 MB behind, which it drops after so many other settings."""
    for _turn in range(_REMEMBERED + 1):
        _blank().compile(input=b"", format="svg")


@cache
def _blank() -> typst.Compiler:
    return typst.Compiler(input=b"", ignore_system_fonts=True)


def _compiled(given: str, moment: dt.datetime) -> bytes:
    made = _compiler().compile(
        format="pdf",
        pdf_standards=["a-2a"],
        sys_inputs={"document": given},
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
    language, _dash, region = document.language.partition("-")
    return {
        "title": document.title,
        "creator": document.creator,
        "keywords": document.keywords,
        "kind": document.kind,
        "about": document.about,
        "language": language,
        "region": (region or _REGIONS.get(language, "us")).lower(),
        "mark": document.mark,
        "letterhead": document.head,
        "form": {
            **measures,
            "page": asdict(form.portrait),
            "landscape": asdict(form.landscape),
            "fonts": list(FAMILIES),
        },
        "blocks": document.blocks,
    }
