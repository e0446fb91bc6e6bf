"""Maps as SVG in the colours of the tokens: names in every script, marks that say themselves and lead somewhere."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING

from bonphuong.kernel.charts.palette import FONT_ON_PAGE, token

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bonphuong.kernel.maps.sketches import Area, Islands, Place, Sketch

#: Ground and edge of each kind of land.
TONES = {
    "home": ("cloth", "cloth"),
    "china": ("indigo-wash", "indigo"),
    "range": ("paper", "indigo"),
    "lao": ("ochre-wash", "ochre"),
    "land": ("surface", "line-strong"),
    "country": ("indigo-wash", "indigo"),
}
GATE, MINOR, TWIN, COUNT = "gate", "minor", "twin", "count"
#: The width of a letter beside its height, on average.
_LETTER = 0.58
_STEP_ASIDE = 26
_FONT = f'font-family="{FONT_ON_PAGE}"'


@dataclass(frozen=True)
class Name:
    """What stands on an area: its name, the same in its own script with the language of that, where it leads."""

    label: str
    native: str = ""
    lang: str = ""
    url: str = ""
    said: str = ""


@dataclass(frozen=True)
class Mark:
    """Something at a place. `ours` and `theirs` fill the halves of a gate: which side has said yes.

    `weight` is the radius of a disc that counts; 0: the usual one.
    """

    shape: str
    place: str
    said: str
    url: str = ""
    text: str = ""
    ours: bool = True
    theirs: bool = True
    weight: float = 0


def draw_map(
    sketch: Sketch,
    names: Mapping[str, Name],
    marks: Sequence[Mark] = (),
    *,
    lang: str = "vi",
    picked: Collection[str] = (),
) -> str:
    """The map with its names and marks; `picked` areas have a thick edge. Marks without a place are left out."""
    inside = [
        *(_area(area, names.get(area.code), picked=area.code in picked) for area in sketch.areas),
        *(_border(path) for path in sketch.lines),
        *(_islands(one, lang) for one in sketch.islands),
        *(_label(area, names.get(area.code)) for area in sketch.areas),
        *(_word(names[code], tone, at) for code, tone, at in sketch.words if code in names),
        *_marks(sketch, marks),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sketch.width:g}" height="{sketch.height:g}" '
        f'viewBox="0 0 {sketch.width:g} {sketch.height:g}">{"".join(inside)}</svg>'
    )


def _linked(content: str, url: str, said: str) -> str:
    if not url.startswith("/") or url.startswith("//"):
        return content
    return f'<a href="{escape(url)}" aria-label="{escape(said)}">{content}</a>'


def _area(area: Area, name: Name | None, *, picked: bool) -> str:
    ground, edge = TONES[area.tone]
    width = 4 if picked else 1.25
    edge = "indigo-deep" if picked else edge
    title = f"<title>{escape(name.said or name.label)}</title>" if name else ""
    shape = (
        f'<path d="{area.path}" fill="{token(ground)}" stroke="{token(edge)}" stroke-width="{width:g}" '
        f'stroke-linejoin="round">{title}</path>'
    )
    return _linked(shape, name.url, name.said or name.label) if name else shape


def _border(path: str) -> str:
    return f'<path d="{path}" fill="none" stroke="{token("brocade")}" stroke-width="3" stroke-dasharray="14 5 3 5"/>'


def _islands(one: Islands, lang: str) -> str:
    key = "en" if lang.startswith("en") else "vi"
    dots = "".join(f'<circle cx="{x:g}" cy="{y:g}" r="2.6" fill="{token("indigo")}"/>' for x, y in one.points)
    x, y = one.label
    name = _text(one.names[key], (x, y), size=15, tone="ink", bold=True)
    return (
        f'<g data-islands="{one.code}">{dots}{name}{_text(f"({one.part_of[key]})", (x, y + 18), size=13)}</g>'
    )


def _label(area: Area, name: Name | None) -> str:
    if name is None or area.label is None:
        return ""
    x, y = area.label
    if area.tone == "home":
        return _text(name.label, (x, y), size=32, tone="cloth-ink", bold=True)
    plain = area.tone == "land"
    size = next((one for one in (22, 18) if len(name.label) * one * _LETTER <= area.room), 18)
    lines = wrap(name.label, max(int(area.room / (size * _LETTER)), 5)) or [""]
    step = round(size * 1.2)
    tone = "ink-2" if plain else "ink"
    words = [
        _text(line, (x, y + n * step), size=size, tone=tone, bold=not plain) for n, line in enumerate(lines)
    ]
    if name.native:
        # A name of twelve signs stands in the same room as one of two.
        wide = len(name.native) * (1.0 if name.lang.startswith("zh") else _LETTER)
        small = max(min(size - 2, int(area.room / wide)), 12)
        below = (x, y + (len(lines) - 1) * step + size + 6)
        words.append(_text(name.native, below, size=small, lang=name.lang))
    return "".join(words)


def _word(name: Name, tone: str, at: Place) -> str:
    native = f' <tspan lang="{escape(name.lang)}">{escape(name.native)}</tspan>' if name.native else ""
    content = (
        f'<text x="{at[0]:g}" y="{at[1]:g}" text-anchor="middle" {_FONT} font-size="22" font-weight="600" '
        f'fill="{token(tone)}">{escape(name.label)}{native}</text>'
    )
    return _linked(content, name.url, name.said or name.label)


def _text(text: str, at: Place, *, size: int, tone: str = "ink-2", bold: bool = False, lang: str = "") -> str:
    told = f' lang="{escape(lang)}"' if lang else ""
    return (
        f'<text x="{at[0]:g}" y="{at[1]:g}" text-anchor="middle" {_FONT} font-size="{size}" '
        f'font-weight="{600 if bold else 400}" fill="{token(tone)}" pointer-events="none"{told}>{escape(text)}</text>'
    )


def _marks(sketch: Sketch, marks: Sequence[Mark]) -> list[str]:
    """Marks in their places, those of one place beside each other."""
    taken: dict[Place, int] = {}
    found = []
    for mark in marks:
        place = sketch.place(mark.place)
        if place is None:
            continue
        beside = taken.get(place, 0)
        taken[place] = beside + 1
        at = (place[0] + beside * _STEP_ASIDE, place[1])
        found.append(_linked(_mark(mark, at), mark.url, mark.said))
    return found


def _mark(mark: Mark, at: Place) -> str:
    title = f"<title>{escape(mark.said)}</title>"
    if mark.shape == COUNT:
        return f"<g>{title}{_count(mark, at)}</g>"
    if mark.shape == TWIN:
        return f"<g>{title}{_twin(mark, at)}</g>"
    return f"<g>{title}{_gate(mark, at, half=14 if mark.shape == GATE else 10)}</g>"


def _gate(mark: Mark, at: Place, *, half: int) -> str:
    """A diamond in two halves: ours on our side of the line, theirs on theirs; empty for who has not said yes."""
    x, y = at
    full, none = token("brocade-fill"), token("paper")
    edge = f'stroke="{token("brocade")}" stroke-width="2" stroke-linejoin="round"'
    theirs = f'<path d="M{x - half:g} {y:g}L{x:g} {y - half:g}L{x + half:g} {y:g}Z" fill="{full if mark.theirs else none}" {edge}/>'
    ours = f'<path d="M{x - half:g} {y:g}L{x:g} {y + half:g}L{x + half:g} {y:g}Z" fill="{full if mark.ours else none}" {edge}/>'
    return theirs + ours + _text(mark.text, (x, y + half + 22), size=20, tone="cloth-ink", bold=True)


def _twin(mark: Mark, at: Place) -> str:
    """Two dots that touch."""
    x, y = at
    edge = f'fill="{token("moss-wash")}" stroke="{token("moss")}" stroke-width="2"'
    dots = f'<circle cx="{x - 6:g}" cy="{y:g}" r="7" {edge}/><circle cx="{x + 6:g}" cy="{y:g}" r="7" {edge}/>'
    return dots + _text(mark.text, (x, y - 13), size=15, tone="moss", bold=True)


def _count(mark: Mark, at: Place) -> str:
    """A disc with a number in it."""
    x, y = at
    radius = mark.weight or 14
    disc = f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{token("surface")}" stroke="{token("ochre")}" stroke-width="2"/>'
    return disc + _text(mark.text, (x, y + 5), size=15 if radius > 12 else 12, tone="ochre", bold=True)
