"""A procedure as a picture: its states from top to bottom, what stands aside at the right, steps as numbered arrows.

Only places are computed here; the template draws them. The list of steps beside it says the same in words.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.procedures.enums import StateKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.procedures.models import State, Transition

# In units of the drawing, which a page scales.
ROW, BOX, HIGH = 76, 300, 48
MAIN, ASIDE, WIDTH = 190, 620, 930
_LINE, _MOST_LINES = 36, 2
_ASIDE = {StateKind.SIDE, StateKind.STOPPED}
# A step that may be taken from more states than this would only darken the picture: its goal says it in words.
_FEW = 2


@dataclass(frozen=True)
class Box:
    """A state."""

    code: str
    lines: Sequence[tuple[int, str]]
    x: int
    y: int
    kind: str
    # The step that leads here from many states, and from how many.
    from_many: tuple[int, int] | None = None
    width: int = BOX
    height: int = HIGH

    @property
    def middle(self) -> int:
        """Where its words are centred."""
        return self.x + self.width // 2


@dataclass(frozen=True)
class Arrow:
    """A step: the line, and the number under which the list tells it."""

    path: str
    number: int
    x: int
    y: int
    kind: str


@dataclass(frozen=True)
class Band:
    """A phase: the stretch of states that belong to it."""

    label: Sequence[tuple[int, str]]
    y: int
    height: int


@dataclass(frozen=True)
class Diagram:
    """All that is drawn."""

    boxes: Sequence[Box]
    arrows: Sequence[Arrow]
    bands: Sequence[Band]
    height: int
    width: int = WIDTH


def diagram_of(states: Sequence[State], ways: Sequence[Transition], numbers: Mapping[str, int]) -> Diagram:
    """Where everything stands. `numbers` gives each step's code its number in the list."""
    main = [state for state in states if state.kind not in _ASIDE]
    rows = {state.pk: place for place, state in enumerate(main)}
    together = Counter(way.code for way in ways)
    many = {
        way.to_state_id: (numbers[way.code], together[way.code]) for way in ways if together[way.code] > _FEW
    }
    aside = _beside([state for state in states if state.kind in _ASIDE], ways, rows)
    boxes = {state.pk: _box(state, MAIN, rows[state.pk]) for state in main}
    boxes |= {state.pk: _box(state, ASIDE, place, many.get(state.pk)) for state, place in aside}
    drawn = [way for way in ways if together[way.code] <= _FEW or way.to_state_id in rows]
    arrows = [_arrow(boxes[way.from_state_id], boxes[way.to_state_id], way, numbers) for way in drawn]
    return Diagram(
        boxes=list(boxes.values()),
        arrows=_apart(arrows),
        bands=_bands(main),
        height=max(len(main), *(place + 1 for _state, place in aside), 1) * ROW + 16,
    )


def _beside(
    aside: Sequence[State], ways: Sequence[Transition], rows: Mapping[int, int]
) -> list[tuple[State, int]]:
    """What stands aside, each near the first state from which one comes to it, never two in one row."""
    found: list[tuple[State, int]] = []
    for state in aside:
        starts = [
            rows[way.from_state_id]
            for way in ways
            if way.to_state_id == state.pk and way.from_state_id in rows
        ]
        place = min(starts, default=0)
        taken = {other for _state, other in found}
        while place in taken:
            place += 1
        found.append((state, place))
    return found


def _box(state: State, x: int, place: int, from_many: tuple[int, int] | None = None) -> Box:
    y = place * ROW + 12
    return Box(state.code, _words(state.label, y + HIGH // 2), x, y, state.kind, from_many)


def _words(label: str, middle: int) -> list[tuple[int, str]]:
    """The lines of a label with their heights, centred about `middle`."""
    lines = textwrap.wrap(label, _LINE)
    if len(lines) > _MOST_LINES:
        lines = [lines[0], f"{lines[1][: _LINE - 1]}…"]
    top = middle + 5 - (len(lines) - 1) * 9
    return [(top + 18 * place, line) for place, line in enumerate(lines)]


def _bands(main: Sequence[State]) -> list[Band]:
    found: list[Band] = []
    start = 0
    for place, state in enumerate(main):
        is_last = place + 1 == len(main) or main[place + 1].phase_id != state.phase_id
        if is_last:
            if state.phase is not None:
                y, height = start * ROW + 4, (place + 1 - start) * ROW - 8
                words = textwrap.wrap(state.phase.label, 18)[:3]
                top = y + height // 2 + 5 - (len(words) - 1) * 9
                label = [(top + 18 * line, word) for line, word in enumerate(words)]
                found.append(Band(label, y, height))
            start = place + 1
    return found


def _arrow(start: Box, goal: Box, way: Transition, numbers: Mapping[str, int]) -> Arrow:
    """A line between two boxes: straight to the next one, in a bow past others, across to what stands aside."""
    number = numbers[way.code]
    kind = "on" if way.forward else "back"
    if start is goal:
        x, y = start.x + start.width, start.y + 12
        return Arrow(f"M{x} {y}c34 -8 34 32 0 24", number, x + 26, y + 12, kind)
    if start.x == goal.x:
        return _down(start, goal, number, kind) if start.y < goal.y else _up(start, goal, number)
    if start.x < goal.x:
        x1, y1, x2, y2 = start.x + start.width, start.y + 30, goal.x, goal.y + 18
    else:
        x1, y1, x2, y2 = start.x, start.y + 30, goal.x + goal.width, goal.y + 18
    half = (x1 + x2) // 2
    return Arrow(f"M{x1} {y1}C{half} {y1} {half} {y2} {x2} {y2}", number, half, (y1 + y2) // 2, kind)


def _down(start: Box, goal: Box, number: int, kind: str) -> Arrow:
    if goal.y - start.y == ROW:
        x, y1, y2 = start.middle, start.y + start.height, goal.y
        return Arrow(f"M{x} {y1}V{y2}", number, x, (y1 + y2) // 2, kind)
    x, y1, y2 = start.x, start.y + 32, goal.y + 14
    bow = x - 14 - min((goal.y - start.y) // ROW, 4) * 8
    return Arrow(
        f"M{x} {y1}C{bow} {y1} {bow} {y2} {x} {y2}", number, (x + 3 * bow) // 4, (y1 + y2) // 2, kind
    )


def _up(start: Box, goal: Box, number: int) -> Arrow:
    x, y1, y2 = start.x + start.width, start.y + 14, goal.y + 32
    bow = x + 20 + min((start.y - goal.y) // ROW, 6) * 12
    return Arrow(
        f"M{x} {y1}C{bow} {y1} {bow} {y2} {x} {y2}", number, (x + 3 * bow) // 4, (y1 + y2) // 2, "back"
    )


def _apart(arrows: Sequence[Arrow]) -> list[Arrow]:
    """The same arrows with their numbers moved along, where two would lie on one another."""
    taken: list[tuple[int, int]] = []
    found = []
    for arrow in arrows:
        x, y = arrow.x, arrow.y
        while any(abs(x - a) < 22 and abs(y - b) < 20 for a, b in taken):
            x += 24
        taken.append((x, y))
        found.append(Arrow(arrow.path, arrow.number, x, y, arrow.kind))
    return found
