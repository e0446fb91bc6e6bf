"""Which letters the fonts that travel with the product can draw: an archival PDF may hold no other."""

from __future__ import annotations

import re
import struct
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Stands for a letter that no font has: it shows that one is missing and that Word has it.
MISSING = "\N{WHITE SQUARE}"
# Marks that are there and draw nothing; PDF/A has no place for them.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_SEGMENTS, _GROUPS = 4, 12


@cache
def drawable(folder: Path) -> frozenset[int]:
    """The code points that a font of the folder has."""
    return frozenset(
        code for path in sorted(folder.glob("*.[ot]tf")) for code in _code_points(path.read_bytes())
    )


def only_drawable(text: str, folder: Path) -> str:
    """The text with a square for each letter that no font of the folder has."""
    known = drawable(folder)
    return "".join(
        letter if ord(letter) in known or letter in "\n\t" else MISSING for letter in _UNSEEN.sub("", text)
    )


def _code_points(font: bytes) -> Iterator[int]:
    """What the table of letters of an OpenType font names, in the two shapes that fonts of today have."""
    tables = struct.unpack_from(">H", font, 4)[0]
    for index in range(tables):
        tag, _sum, start, _length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if tag == b"cmap":
            for number in range(struct.unpack_from(">H", font, start + 2)[0]):
                offset = struct.unpack_from(">HHI", font, start + 4 + 8 * number)[2]
                yield from _table(font, start + offset)


def _table(font: bytes, start: int) -> Iterator[int]:
    shape = struct.unpack_from(">H", font, start)[0]
    if shape == _SEGMENTS:
        count = struct.unpack_from(">H", font, start + 6)[0] // 2
        ends = struct.unpack_from(f">{count}H", font, start + 14)
        begins = struct.unpack_from(f">{count}H", font, start + 16 + 2 * count)
        for first, last in zip(begins, ends, strict=True):
            yield from range(first, min(last, 0xFFFE) + 1)
    elif shape == _GROUPS:
        for group in range(struct.unpack_from(">I", font, start + 12)[0]):
            first, last, _glyph = struct.unpack_from(">III", font, start + 16 + 12 * group)
            yield from range(first, last + 1)
