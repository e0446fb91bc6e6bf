"""The user manual inside the product: its pages rendered, its sections found by words, each page's own section.

The pages are `docs/user/{vi,en}/*.md`; an installed product carries a copy of them beside this package. Raw HTML
in them is shown as text, so that a page of the manual can run nothing.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markdown_it import MarkdownIt

from bonphuong.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_HERE = Path(__file__).resolve().parent
_PLACES = (_HERE.parents[1] / "manual", _HERE.parents[2] / "docs" / "user")
LANGUAGES = ("vi", "en")
FIRST = "README"
_NAME = re.compile(r"[a-z0-9-]+|README")
_PICTURE = re.compile(r"[a-z0-9-]+\.(png|webp)")
_TYPES = {".png": "image/png", ".webp": "image/webp"}
_MOST_FOUND = 20
_AROUND = 110


@dataclass(frozen=True)
class Section:
    """A part of a page under one heading; `anchor` is the same in both languages."""

    page: str
    anchor: str
    title: str
    text: str


@dataclass(frozen=True)
class Found:
    """A section that the words were found in, with the words around the first of them."""

    section: Section
    page_title: str
    excerpt: str


def folder() -> Path:
    """Where the manual lies: in an installed product beside the packages, else in the tree."""
    return next((place for place in _PLACES if (place / "vi" / f"{FIRST}.md").exists()), _PLACES[-1])


def pages() -> list[str]:
    """Names of all pages in the order in which the first page names them, what it does not name at the end."""
    text = _source("vi", FIRST)
    named = list(dict.fromkeys(re.findall(r"\]\(([a-z-]+)\.md", text)))
    found = sorted(path.stem for path in (folder() / "vi").glob("*.md") if path.stem != FIRST)
    return [name for name in named if name in found] + [name for name in found if name not in named]


def exists(page: str) -> bool:
    """Whether the manual has such a page."""
    return bool(_NAME.fullmatch(page)) and (folder() / "vi" / f"{page}.md").exists()


@cache
def title(language: str, page: str) -> str:
    """What a page is called."""
    return sections(language, page)[0].title


@cache
def html(language: str, page: str) -> str:
    """A page as HTML: its headings bear the anchors of its sections, its links lead to pages of the product."""
    reader = _reader()
    tokens = reader.parse(_source(language, page))
    _anchor(tokens)
    for token in tokens:
        for child in token.children or []:
            _lead(child)
    text = str(reader.renderer.render(tokens, reader.options, {}))
    return text.replace("<table>", '<div class="table-box" tabindex="0"><table class="table">').replace(
        "</table>", "</table></div>"
    )


@cache
def sections(language: str, page: str) -> Sequence[Section]:
    """The sections of a page, the first being what stands under its title."""
    tokens = _reader().parse(_source(language, page))
    _anchor(tokens)
    found: list[Section] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag in {"h1", "h2"}:
            found.append(Section(page, str(token.attrs.get("id", "")), tokens[place + 1].content, ""))
        elif token.type == "inline" and found and tokens[place - 1].type != "heading_open":
            last = found[-1]
            words = re.sub(r"[*`]|!?\[([^\]]*)\]\([^)]*\)", r"\1", token.content)
            found[-1] = Section(page, last.anchor, last.title, f"{last.text} {words}".strip())
    return found


def search(language: str, words: str) -> list[Found]:
    """Sections in which all the words stand, with or without marks; those whose title has them first."""
    wanted = fold(words).split()
    if not wanted:
        return []
    ranked = []
    for page in (FIRST, *pages()):
        for section in sections(language, page):
            heading, text = _folded(language, section)
            if all(word in heading or word in text for word in wanted):
                ranked.append((-sum(word in heading for word in wanted), section, text))
    ranked.sort(key=lambda one: one[0])
    return [
        Found(section, title(language, section.page), _excerpt(section.text, text, wanted))
        for _rank, section, text in ranked[:_MOST_FOUND]
    ]


@cache
def page_map() -> dict[str, tuple[str, str]]:
    """Page of the desk (or `family:…`) → page of the manual and the anchor of its section.

    The data name a section by its English heading; the anchor is the same in Vietnamese.
    """
    with (_HERE / "data" / "help.toml").open("rb") as file:
        told: dict[str, list[str]] = tomllib.load(file)["pages"]
    return {name: (target[0], _anchor_of(*target)) for name, target in told.items()}


def picture(name: str) -> tuple[Path, str] | None:
    """The file of a picture of the manual and its media type."""
    path = folder() / "pictures" / name
    if not _PICTURE.fullmatch(name) or not path.is_file():
        return None
    return path, _TYPES[path.suffix]


def _anchor_of(page: str, heading: str = "") -> str:
    if not heading:
        return ""
    return next(one.anchor for one in sections("en", page) if one.title == heading)


@cache
def _folded(language: str, section: Section) -> tuple[str, str]:
    return fold(f"{title(language, section.page)} {section.title}"), fold(section.text)


def _excerpt(text: str, folded: str, wanted: Sequence[str]) -> str:
    # Folding keeps the number of letters of composed text, so places in both are the same or nearly so.
    at = max(min((folded.find(word) for word in wanted if word in folded), default=0), 0)
    start = max(text.rfind(" ", 0, max(at - _AROUND // 3, 0)), 0)
    cut = text[start : at + 2 * _AROUND].strip()
    return f"{'… ' if start else ''}{cut}{' …' if at + 2 * _AROUND < len(text) else ''}"


@cache
def _source(language: str, page: str) -> str:
    text = (folder() / language / f"{page}.md").read_text(encoding="utf-8")
    return re.sub(r"<!--.*?-->\n?", "", text, flags=re.DOTALL)


def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _anchor(tokens: Sequence[Token]) -> None:
    count = 0
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2":
            count += 1
            token.attrSet("id", f"part-{count}")


def _lead(token: Token) -> None:
    """Turn what is relative among the files of the manual into addresses of the product."""
    if token.type == "link_open":
        target = urlsplit(str(token.attrs.get("href", "")))
        if not target.scheme and target.path.endswith(".md"):
            name = target.path.rpartition("/")[2].removesuffix(".md")
            token.attrSet("href", f"/help/{name}" if exists(name) and name != FIRST else "/help/")
    elif token.type == "image":
        token.attrSet("src", f"/help/pictures/{str(token.attrs.get('src', '')).rpartition('/')[2]}")
        token.attrSet("loading", "lazy")


def help_for(page: str, family: str = "") -> tuple[str, str]:
    """Page of the manual and anchor for a page of the desk.

    The page of a family stands before the section of all families; what has no line of its own is helped by the
    page that its name begins with ("figure-chart" by "figure").
    """
    known = page_map()
    own = known.get(f"family:{family}")
    if own is not None and page in {"records", "record", "record-new"}:
        return own
    name = page
    while name:
        if name in known:
            return known[name]
        name = name.rpartition("-")[0]
    return own or (FIRST, "")


def is_told(page: str) -> bool:
    """Whether the data say which section speaks of a page, or of what its name begins with."""
    parts = page.split("-")
    return any("-".join(parts[: n + 1]) in page_map() for n in range(len(parts)))
