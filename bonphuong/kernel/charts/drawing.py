"""From a specification to a picture: SVG that follows the page's tokens, or a file with its own colours.

The drawing library costs half a second and 70 MB when it is first asked, so it is loaded then and not before.
"""

from __future__ import annotations

import re
from html import escape, unescape
from textwrap import wrap
from typing import TYPE_CHECKING, cast

from bonphuong.kernel.charts.palette import COLOURS, FONT_ON_PAGE, LIGHT, LOOKS, coloured
from bonphuong.kernel.charts.specs import LINK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.kernel.charts.specs import Spec

#: Raised whenever the same specification would give another picture: it is part of the name in the cache.
VERSION = 4
#: A drawing without marks: only its words are seen, which say that there is no figure yet.
NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" width="872" height="8" viewBox="0 0 872 8"></svg>'
#: Twice the pixels of the page: sharp on paper and on a good screen.
PNG_SCALE = 2.0
_VIETNAMESE = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]}
_LONG = re.compile(r"-?\d+\.\d{3,}")
#: Where the places of marks are: texts hold numbers too, and theirs are not rounded.
_PLACES = re.compile(r' (?:d|transform|[xy]2?|width|height)="[^"]*"')
_CLASS = re.compile(r' (?:class|role|aria-roledescription|pointer-events|opacity="1")(?:="[^"]*")?')
_HIDDEN = re.compile(r'<path[^>]*(?:display="none"|d="M0,0h0v0h0Z")[^>]*/>')
_BACK = re.compile(r'<path aria-hidden="true" d="[^"]*"/>')
_LINKED = re.compile(r'<a xlink:href="([^"]*)"><path aria-label="([^"]*)"([^>]*)/></a>')
_SAID = re.compile(r'<path aria-label="([^"]*)"([^>]*)/>')
_LABEL = re.compile(r'(<(?:g|svg)[^>]*) aria-label="[^"]*"')
_EMPTY = re.compile(r"<g[^>]*></g>")
_HEAD = re.compile(r"<svg[^>]*?width=\"([\d.]+)\" height=\"([\d.]+)\" viewBox=\"[^\"]*\"[^>]*>")
_MARGIN, _TITLE, _SOURCE = 16, 30, 18
#: Average widths of a letter of a title and of a source line, in pixels.
_TITLE_LETTER, _SOURCE_LETTER = 11.2, 6.6


def draw(spec: Spec) -> str:
    """The inside of the picture, with tokens for colours and links of the site; slow, see `keeping`.

    Raises ValueError when the specification cannot be drawn. Nothing is ever fetched.
    """
    import vl_convert  # noqa: PLC0415  (half a second and 70 MB, only for whoever draws)

    lang = spec.get("usermeta", {}).get("lang", "vi")
    svg = vl_convert.vegalite_to_svg(
        cast("dict[str, object]", spec),
        format_locale=_VIETNAMESE if lang == "vi" else None,
        allowed_base_urls=[],
    )
    return _slim(svg)


def on_page(svg: str, *, alt: str) -> str:
    """The drawing for a page: named for whoever hears it, sized by its box, in the colours of the style sheet."""
    width, height = size(svg)
    head = f'<svg class="drawing" viewBox="0 0 {width:g} {height:g}" role="group" aria-label="{escape(alt)}">'
    return _HEAD.sub(lambda _found: head, svg, count=1)


def as_file(svg: str, *, look: str = LIGHT, words: Mapping[str, str] | None = None) -> str:
    """A drawing that stands alone, with its own colours: `words` may give its title, source and alt text."""
    words = words or {}
    if look not in LOOKS:
        raise ValueError(f"no such look: {look}")
    width, height = size(svg)
    titles = wrap(words.get("title", ""), int(width / _TITLE_LETTER))
    sources = wrap(words.get("source", ""), int(width / _SOURCE_LETTER))
    above = _MARGIN + _TITLE * len(titles)
    below = _MARGIN + _SOURCE * len(sources)
    whole = (width + 2 * _MARGIN, above + height + below)
    inside = _HEAD.sub("", svg, count=1).removesuffix("</svg>")
    # A file is looked at, not walked through: links would lead nowhere outside the office.
    inside = re.sub(r"</?a\b[^>]*>", "", inside)
    lines = [
        _written(text, _MARGIN + 14 + n * _TITLE, points=20, tone="indigo-deep", weight=700)
        for n, text in enumerate(titles)
    ]
    lines += [
        _written(text, above + height + 14 + n * _SOURCE, points=12, tone="ink-2", weight=400)
        for n, text in enumerate(sources)
    ]
    text = "".join(lines)
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole[0]:g}" height="{whole[1]:g}" '
        f'viewBox="0 0 {whole[0]:g} {whole[1]:g}" role="img" aria-label="{escape(words.get("alt") or words.get("title", ""))}">'
        f'<rect width="100%" height="100%" fill="{COLOURS["paper"][LOOKS.index(look)]}"/>'
        f'{text}<g transform="translate({_MARGIN},{above:g})">{inside}</g></svg>'
    )
    return coloured(drawn, look)


def as_png(file: str) -> bytes:
    """A file of `as_file` as PNG, twice as many pixels as the page."""
    import vl_convert  # noqa: PLC0415  (see `draw`)

    return vl_convert.svg_to_png(file, scale=PNG_SCALE)


def size(svg: str) -> tuple[float, float]:
    """Width and height of a drawing. Raises ValueError for what is none."""
    found = _HEAD.search(svg)
    if found is None:
        raise ValueError("not a drawing")
    return float(found[1]), float(found[2])


def _written(text: str, y: float, *, points: int, tone: str, weight: int) -> str:
    return (
        f'<text x="{_MARGIN}" y="{y:g}" font-family="{FONT_ON_PAGE}" font-size="{points}" '
        f'font-weight="{weight}" fill="var(--{tone})">{escape(text)}</text>'
    )


def _slim(svg: str) -> str:
    """What the library writes for its own scripts is left out; what a person or a reader needs is put in."""
    svg = _HIDDEN.sub("", _CLASS.sub("", svg))
    svg = _LABEL.sub(r"\1", _BACK.sub("", svg))
    svg = _PLACES.sub(lambda place: _LONG.sub(lambda long: f"{float(long[0]):.1f}", place[0]), svg)
    svg = _LINKED.sub(_linked, svg)
    svg = _SAID.sub(r"<path\2><title>\1</title></path>", svg)
    svg = svg.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "").replace(' version="1.1"', "")
    while (shorter := _EMPTY.sub("", svg)) != svg:
        svg = shorter
    return svg


def _linked(found: re.Match[str]) -> str:
    url, said, rest = found.groups()
    address = unescape(url).removeprefix(LINK)
    # Only an address of this site may be followed from a drawing.
    if not address.startswith("/") or address.startswith("//"):
        return f"<path{rest}><title>{said}</title></path>"
    return f'<a href="{escape(address)}" aria-label="{said}"><path{rest}><title>{said}</title></path></a>'
