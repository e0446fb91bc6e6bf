"""The maps that the product draws: shapes and places as data, each with its source.

A map that shows the whole of Viet Nam shows Hoàng Sa and Trường Sa. One that does not is refused when it is read, so
that no page, file or paper can show it.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DATA = Path(__file__).parent / "data"
#: What no map of the whole country may be without.
ISLANDS = frozenset({"hoang-sa", "truong-sa"})
_STEP = re.compile(r"([MLH])(-?[\d.]+)(?: (-?[\d.]+))?")
_MIDDLE = math.cos(math.radians(16))
Place = tuple[float, float]


@dataclass(frozen=True)
class Area:
    """A piece of land: its code, how it is drawn, where its name stands, how wide it may be, where marks are put."""

    code: str
    tone: str
    path: str
    label: Place | None = None
    badge: Place | None = None
    room: float = 0


@dataclass(frozen=True)
class Islands:
    """An archipelago: dots too small for an outline, with its name beside them."""

    code: str
    names: Mapping[str, str]
    part_of: Mapping[str, str]
    label: Place
    points: Sequence[Place]


@dataclass(frozen=True)
class Sketch:
    """A map without its marks. Everything is in the units of its drawing, from its upper left corner."""

    code: str
    titles: Mapping[str, str]
    source: str
    width: float
    height: float
    areas: Sequence[Area]
    places: Mapping[str, Place]
    whole_country: bool
    home: str = ""
    lines: Sequence[str] = ()
    words: Sequence[tuple[str, str, Place]] = ()
    islands: Sequence[Islands] = field(default=())

    def title(self, lang: str) -> str:
        """What it shows, in "vi" or "en"."""
        return self.titles["en" if lang.startswith("en") else "vi"]

    def place(self, code: str) -> Place | None:
        """Where a mark for this code stands: its own place, else the one in its area; None where neither is known."""
        if code in self.places:
            return self.places[code]
        return next((area.badge for area in self.areas if area.code == code), None)


@lru_cache(maxsize=1)
def sketches() -> Mapping[str, Sketch]:
    """All maps by their codes. Raises ValueError for a map of the country without its islands."""
    found = [read_sketch(json.loads(path.read_text("utf-8"))) for path in sorted(DATA.glob("*.json"))]
    return {one.code: one for one in found}


def read_sketch(raw: Mapping[str, Any]) -> Sketch:
    """A map from its data. Raises ValueError for a map of the country without Hoàng Sa and Trường Sa."""
    sketch = _country(raw) if "rings" in raw else _drawn(raw)
    missing = ISLANDS - {one.code for one in sketch.islands if one.points and all(one.names.values())}
    if sketch.whole_country and missing:
        raise ValueError(f"{sketch.code} shows the whole country without {', '.join(sorted(missing))}")
    return sketch


def _drawn(raw: Mapping[str, Any]) -> Sketch:
    """A sketch in units of its own."""
    left, top, width, height = raw["view"]

    def moved(point: Sequence[float]) -> Place:
        return (point[0] - left, point[1] - top)

    return Sketch(
        code=raw["code"],
        titles=_both(raw, "title"),
        source=raw["source"],
        width=width,
        height=height,
        areas=[
            Area(
                one["code"],
                one["tone"],
                _moved_path(one["path"], left, top),
                moved(one["label"]),
                moved(one["badge"]),
                one["room"],
            )
            for one in raw["areas"]
        ],
        places={code: moved(point) for code, point in raw["places"].items()},
        whole_country=raw["whole_country"],
        home=raw["home"],
        lines=[_moved_path(line["path"], left, top) for line in raw["lines"]],
        words=[(one["code"], one["tone"], moved((one["x"], one["y"]))) for one in raw["words"]],
    )


def _moved_path(path: str, left: float, top: float) -> str:
    """A path of absolute M, L, H and Z moved to the drawing's own corner."""

    def moved(step: re.Match[str]) -> str:
        across = f"{step[1]}{float(step[2]) - left:g}"
        return across if step[3] is None else f"{across} {float(step[3]) - top:g}"

    return _STEP.sub(moved, path)


def _country(raw: Mapping[str, Any]) -> Sketch:
    """A country in degrees, laid flat so that its middle is not stretched."""
    west, south, east, north = raw["view"]
    scale = raw["scale"]

    def laid(point: Sequence[float]) -> Place:
        return (round((point[0] - west) * _MIDDLE * scale, 1), round((north - point[1]) * scale, 1))

    path = "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in map(laid, ring)) + "Z" for ring in raw["rings"])
    return Sketch(
        code=raw["code"],
        titles=_both(raw, "title"),
        source=raw["source"],
        width=round((east - west) * _MIDDLE * scale),
        height=round((north - south) * scale),
        areas=[Area(raw["code"], "country", path)],
        places={code: laid(point) for code, point in raw["places"].items()},
        whole_country=raw["whole_country"],
        islands=[
            Islands(
                one["code"],
                _both(one, "name"),
                _both(one, "part_of"),
                laid(one["label"]),
                [laid(point) for point in one["points"]],
            )
            for one in raw["islands"]
        ],
    )


def _both(raw: Mapping[str, Any], name: str) -> dict[str, str]:
    return {"vi": raw[f"{name}_vi"], "en": raw[f"{name}_en"]}
