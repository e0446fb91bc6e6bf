"""How wide the columns of a table in the text are: alike, unless a long number needs more room than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Millimetres: what stands between the margins, a digit of 11 points, the room at both sides of a cell as
# LibreOffice leaves it.
_TEXT, _DIGIT, _ROOM = 165.0, 1.94, 4.0
#: A head is bold and is broken at spaces; it asks for no more than this many letters in one line.
_BOLD = 1.08
_LETTERS, _POINTS = 1.12, 0.5


def column_widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Millimetres of each column. The first, which names the rows, gives way before any word of others is cut."""
    others = max(len(heads) - 1, 1)
    shares = [24 + 36 / others, *[60 / others] * (len(heads) - 1)]
    widths = [share * _TEXT / sum(shares) for share in shares]
    needed = [_needed(head, [row[index] for row in rows]) for index, head in enumerate(heads)]
    missing = sum(max(need - width, 0) for need, width in zip(needed, widths, strict=True))
    if not missing:
        return widths
    spare = [max(width - need, 0) for need, width in zip(needed, widths, strict=True)]
    taken = min(missing / sum(spare), 1) if sum(spare) else 0
    return [
        max(width, need) if need > width else width - room * taken
        for width, need, room in zip(widths, needed, spare, strict=True)
    ]


def _needed(head: str, cells: Sequence[str]) -> float:
    """What the longest word of a column takes in one line."""
    return max(_longest(head) * _BOLD, *(map(_longest, cells)), 0) * _DIGIT + _ROOM


def _longest(text: str) -> float:
    """The length of the longest word in digits: letters are wider, points narrower."""
    return max((sum(map(_wide, word)) for word in text.split()), default=0)


def _wide(letter: str) -> float:
    return _LETTERS if letter.isalpha() else _POINTS if letter in ".," else 1
