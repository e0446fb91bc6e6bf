"""Columns drawn here as SVG with links and titles: the same for screen, print and whoever has no script."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bonphuong.kernel.numbers import format_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

WIDTH, HEIGHT = 1040, 280
LEFT, RIGHT, TOP, BOTTOM = 48, 8, 26, 30
_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    """One column: its word, its value, the value to compare with, and where it leads."""

    label: str
    value: Decimal
    then: Decimal | None
    url: str
    title: str


def bar_chart(bars: Sequence[Bar], *, label: str, lang: str) -> SafeString:
    """Columns of now beside thin ones of then, with a light grid; empty text when there is nothing to draw."""
    top = _ceiling(
        max([bar.value for bar in bars] + [bar.then for bar in bars if bar.then is not None], default=0)
    )
    if not top:
        return SafeString("")
    room = (WIDTH - LEFT - RIGHT) / len(bars)
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}</svg>',
        WIDTH,
        HEIGHT,
        label,
        _grid(top, lang),
        format_html_join("", "{}", ((_column(bar, n, room, top, lang),) for n, bar in enumerate(bars))),
    )


def _ceiling(value: Decimal | int) -> int:
    """The next round number that leaves at most five lines of grid."""
    if value <= 0:
        return 0
    step = _step(math.ceil(value))
    return math.ceil(math.ceil(value) / step) * step


def _step(value: int) -> int:
    size = 1
    while True:
        for step in _STEPS:
            if value <= 5 * step * size:
                return step * size
        size *= 10


def _down(value: Decimal | int, top: int) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * float(value) / top


def _grid(top: int, lang: str) -> SafeString:
    step = _step(top)
    lines = (
        (
            "axis" if mark == 0 else "grid",
            LEFT,
            WIDTH - RIGHT,
            f"{_down(mark, top):.1f}",
            f"{_down(mark, top) + 4:.1f}",
            format_number(mark, lang),
        )
        for mark in range(0, top + 1, step)
    )
    return format_html_join(
        "",
        '<line class="{0}" x1="{1}" x2="{2}" y1="{3}" y2="{3}"/><text x="40" y="{4}" text-anchor="end">{5}</text>',
        lines,
    )


def _column(bar: Bar, index: int, room: float, top: int, lang: str) -> SafeString:
    middle = LEFT + room * (index + 0.5)
    width = min(room * 0.56, 64)
    then = SafeString("")
    if bar.then is not None:
        then = format_html(
            '<rect class="s3" x="{}" y="{}" width="6" height="{}"/>',
            f"{middle - width / 2 - 8:.1f}",
            f"{_down(bar.then, top):.1f}",
            f"{_down(0, top) - _down(bar.then, top):.1f}",
        )
    return format_html(
        '{}<a href="{}" aria-label="{}"><rect class="s1" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect></a>'
        '<text class="strong" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        then,
        bar.url,
        bar.title,
        f"{middle - width / 2:.1f}",
        f"{_down(bar.value, top):.1f}",
        f"{width:.1f}",
        f"{_down(0, top) - _down(bar.value, top):.1f}",
        bar.title,
        f"{middle:.1f}",
        f"{_down(bar.value, top) - 7:.1f}",
        format_number(bar.value, lang) if bar.value else "",
        f"{middle:.1f}",
        HEIGHT - 10,
        bar.label,
    )
