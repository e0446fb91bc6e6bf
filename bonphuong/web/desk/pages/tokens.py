"""The design tokens as the style sheet has them, with the contrast of each pair that pages use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHEET = Path(__file__).resolve().parents[1] / "static" / "desk" / "tokens.css"
_TOKEN = re.compile(r"^\s*--([\w-]+):\s*(.+?);", re.MULTILINE)
_COLOUR = re.compile(r"(?:light-dark\((#\w{6}),\s*(#\w{6})\)|(#\w{6}))")

#: What text needs beside its ground, and what a mark or the edge of a control needs (WCAG 2.2, 1.4.3 and 1.4.11).
TEXT, MARK = 4.5, 3.0
#: Ink, the grounds that it stands on, and how much it needs there.
USES: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("ink", ("paper", "surface", "sunken", "indigo-wash", "brocade-wash", "ochre-wash", "moss-wash"), TEXT),
    ("ink-2", ("paper", "surface", "sunken", "indigo-wash", "brocade-wash", "ochre-wash"), TEXT),
    ("indigo", ("paper", "surface", "sunken", "indigo-wash"), TEXT),
    ("indigo-deep", ("paper", "surface", "indigo-wash"), TEXT),
    ("brocade", ("paper", "surface", "sunken", "brocade-wash", "indigo-wash"), TEXT),
    ("ochre", ("paper", "surface", "sunken", "ochre-wash", "indigo-wash"), TEXT),
    ("moss", ("paper", "surface", "sunken", "moss-wash", "indigo-wash"), TEXT),
    ("on-button", ("button", "button-hover", "brocade-fill"), TEXT),
    ("cloth-ink", ("cloth", "cloth-raised"), TEXT),
    ("cloth-ink-2", ("cloth", "cloth-raised"), TEXT),
    ("paper", ("moss",), TEXT),
    ("chart-on-1", ("chart-1",), TEXT),
    ("wax", ("cloth", "cloth-raised"), MARK),
    ("focus-on-cloth", ("cloth", "cloth-raised"), MARK),
    ("focus", ("paper", "surface", "sunken", "indigo-wash"), MARK),
    ("line-strong", ("paper", "surface", "sunken"), MARK),
    ("button", ("paper", "surface"), MARK),
    ("chart-1", ("paper", "surface"), MARK),
    ("chart-2", ("paper", "surface"), MARK),
    ("chart-3", ("paper", "surface"), MARK),
    ("chart-4", ("paper", "surface"), MARK),
    ("chart-5", ("paper", "surface"), MARK),
)


@dataclass(frozen=True)
class Pair:
    """An ink on a ground: how far apart they are by day and by night, beside what is needed."""

    ink: str
    ground: str
    day: float
    night: float
    needed: float

    @property
    def is_enough(self) -> bool:
        """Whether it can be read in both."""
        return min(self.day, self.night) >= self.needed


@cache
def tokens() -> dict[str, str]:
    """Every token with its value for the screen, in the order of the sheet."""
    screen = _SHEET.read_text(encoding="utf-8").partition("@media")[0]
    return {name: re.sub(r"\s*/\*.*", "", value) for name, value in _TOKEN.findall(screen)}


@cache
def colours() -> dict[str, tuple[str, str]]:
    """Tokens that are a plain colour, by day and by night, as #rrggbb."""
    found = ((name, _COLOUR.fullmatch(value)) for name, value in tokens().items())
    return {name: (m[1] or m[3], m[2] or m[3]) for name, m in found if m is not None}


def contrast(one: str, other: str) -> float:
    """How far apart two colours #rrggbb are: 1 for the same, 21 for black on white."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def pairs() -> Sequence[Pair]:
    """Every ink on every ground that it is used on."""
    return tuple(_pairs())


def _pairs() -> Iterator[Pair]:
    known = colours()
    for ink, grounds, needed in USES:
        for ground in grounds:
            day, night = (contrast(known[ink][at], known[ground][at]) for at in (0, 1))
            yield Pair(ink, ground, day, night, needed)
