"""Names listed beside a figure: "3 huyện (Giang Thành, Lục Xuân, Kim Bình)", "… là Cống, Mảng, La Hủ"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bonphuong.reader.gazetteer import Mention
    from bonphuong.reader.scenes import Scene

_OPEN = re.compile(r"\s*(?:\(\s*|:\s*|gồm(?: có)?\s*:?\s*|là\s*:?\s*)?")
_LATER = re.compile(r"[^.,;:()]{0,40}?(?:\blà\b|\bgồm(?: có)?\b|:)\s*:?\s*")
# The capital letters of Latin scripts, Vietnamese ones included.
_UPPER = "".join(chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())
_CAPITAL = re.compile(rf"[{_UPPER}][^\W\d_]*(?:[ -][{_UPPER}][^\W\d_]*)*")
_COMMA = re.compile(r"\s*(?:,\s*và|,|;|và|-)\s*")
_TYPE = re.compile(r"(?:tỉnh|huyện|nước|châu|dân tộc|xã|thành phố|bản)\s+")
_MOST = 80


@dataclass(frozen=True, slots=True)
class Listing:
    """Names in a row. `end` takes in the closing bracket; `is_direct` says that they follow the figure at once."""

    names: tuple[str, ...]
    mentions: tuple[Mention, ...]
    end: int
    is_direct: bool


def listing(scene: Scene, place: int) -> Listing | None:
    """The list of at least two names after a figure, if there is one."""
    opened = _OPEN.match(scene.key, place, scene.end)
    if opened is not None:
        found = _names(scene, opened.end(), bracket="(" in opened[0], is_direct=True)
        if found is not None:
            return found
    later = _LATER.match(scene.key, place, scene.end)
    return None if later is None else _names(scene, later.end(), bracket=False, is_direct=False)


def _names(scene: Scene, place: int, *, bracket: bool, is_direct: bool) -> Listing | None:
    exact = scene.source.exact
    names: list[str] = []
    mentions: list[Mention] = []
    end = place
    while len(names) < _MOST:
        typed = _TYPE.match(scene.key, place, scene.end)
        if typed is not None:
            place = typed.end()
        known = next((one for one in scene.names(place, place + 1) if one.start == place), None)
        found = None if known else _CAPITAL.match(exact, place, scene.end)
        if known is None and found is None:
            break
        stop = known.end if known is not None else (found.end() if found else place)
        names.append(scene.source.cut(place, stop))
        if known is not None:
            mentions.append(known)
        end = stop
        comma = _COMMA.match(scene.key, stop, scene.end)
        if comma is None:
            break
        place = comma.end()
    if len(names) < 2:
        return None
    if bracket and exact[end : end + 1] == ")":
        end += 1
    return Listing(tuple(names), tuple(mentions), end, is_direct)
