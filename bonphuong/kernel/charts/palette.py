"""The colours of the tokens, for pictures that leave the page: on it they follow the style sheet.

`tests/kernel/charts` holds this list against `tokens.css`, so that both say the same.
"""

from __future__ import annotations

import re

LIGHT, DARK = "light", "dark"
LOOKS = (LIGHT, DARK)

#: Token → its colour by day and by night.
COLOURS = {
    "paper": ("#faf6ee", "#15151f"),
    "surface": ("#fffdf9", "#1d1d2a"),
    "sunken": ("#f3ecdf", "#101018"),
    "line": ("#e2d9c8", "#343447"),
    "line-strong": ("#857c6b", "#8886a0"),
    "ink": ("#1c1b2a", "#ece7dc"),
    "ink-2": ("#575263", "#b4afbf"),
    "indigo": ("#2e3388", "#adb4f8"),
    "indigo-deep": ("#1f2358", "#cfd3fd"),
    "indigo-wash": ("#ebe9f3", "#272a4b"),
    "cloth": ("#1e2151", "#1e2151"),
    "cloth-ink": ("#f5edda", "#f5edda"),
    "cloth-ink-2": ("#c6c0d2", "#c6c0d2"),
    "brocade": ("#ad1a30", "#ff9499"),
    "brocade-fill": ("#ad1a30", "#b52a3f"),
    "moss": ("#28623f", "#8ccfa6"),
    "moss-wash": ("#e6efe3", "#1c3229"),
    "ochre": ("#7d5000", "#e8bd66"),
    "ochre-wash": ("#f8ecd0", "#37301c"),
    "chart-1": ("#2e3388", "#8f97ee"),
    "chart-2": ("#a97620", "#d8ab57"),
    "chart-3": ("#8a8596", "#817e94"),
    "chart-4": ("#3c7d63", "#7fc7a4"),
    "chart-5": ("#8e4b73", "#dd9ec2"),
}
#: Series in drawing order, and the words that stand beside them in the same colour, dark enough to be read.
SERIES = ("chart-1", "chart-2", "chart-4", "chart-5")
WORDS = {
    "chart-1": "indigo",
    "chart-2": "ochre",
    "chart-4": "moss",
    "chart-5": "ink",
    "chart-3": "ink-2",
}
#: What is left over is always grey.
REST = "chart-3"
FONT_ON_PAGE = "var(--font-ui)"
FONT_IN_FILE = "'Noto Sans', 'Segoe UI', 'DejaVu Sans', sans-serif"
_TOKEN = re.compile(r"var\(--([a-z0-9-]+)\)")


def token(name: str) -> str:
    """A colour as the page's style sheet knows it."""
    if name not in COLOURS:
        raise ValueError(f"unknown token {name}")
    return f"var(--{name})"


def coloured(svg: str, look: str = LIGHT) -> str:
    """The drawing with its own colours and fonts, for whatever has no style sheet. Raises ValueError."""
    index = LOOKS.index(look)
    own = svg.replace(FONT_ON_PAGE, FONT_IN_FILE)
    return _TOKEN.sub(lambda found: COLOURS[found[1]][index], own)
