"""Two documents side by side: which paragraph or row of the one is which of the other, and what differs in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bonphuong.kernel.word.reading import Cell, Mark, Unit

#: A paragraph is compared word by word up to this length; a longer one only as a whole.
_LONGEST = 20_000
#: So many words in common make two paragraphs the same one, changed.
_ALIKE = 0.34
#: How far paragraphs that changed are looked for around where they should stand.
_BAND = 40
#: So many likenesses are computed at most; where more would be, only marks pair.
_MOST_COMPARED = 300_000
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+|\s|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit of the signed document and its like in the given one; None where the one or the other has none."""

    signed: Unit | None
    given: Unit | None

    @property
    def is_same(self) -> bool:
        """Whether both say the same, cell by cell."""
        return self.signed is not None and self.given is not None and _key(self.signed) == _key(self.given)


@dataclass(frozen=True, slots=True)
class Compared:
    """What a cell shows in the place of each mark, and whether the words around the marks differ."""

    shown: tuple[tuple[Mark, str], ...]
    differs_around: bool


def paired(signed: Sequence[Unit], given: Sequence[Unit]) -> Iterator[Pair]:
    """Every unit of both in order, each with its like."""
    matcher = SequenceMatcher(None, [_key(u) for u in signed], [_key(u) for u in given], autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield from (Pair(a, b) for a, b in zip(signed[i1:i2], given[j1:j2], strict=True))
        else:
            yield from _matched(signed[i1:i2], given[j1:j2])


def _key(unit: Unit) -> tuple[str, ...]:
    return tuple(cell.text for cell in unit.cells)


def _matched(signed: Sequence[Unit], given: Sequence[Unit]) -> Iterator[Pair]:
    """Units between two that are the same: the likeliest pairs in order, what is left is gone or new."""
    best = _best(signed, given)
    i = j = 0
    for a, b in best:
        yield from (Pair(one, None) for one in signed[i:a])
        yield from (Pair(None, one) for one in given[j:b])
        yield Pair(signed[a], given[b])
        i, j = a + 1, b + 1
    yield from (Pair(one, None) for one in signed[i:])
    yield from (Pair(None, one) for one in given[j:])


def _best(signed: Sequence[Unit], given: Sequence[Unit]) -> list[tuple[int, int]]:
    """The pairs of the greatest likeness together, in order: the classic table, kept to a band."""
    left, right = [_Words(unit) for unit in signed], [_Words(unit) for unit in given]
    rows, columns = len(left), len(right)
    band = _BAND + abs(rows - columns)
    if rows * min(columns, 2 * band) > _MOST_COMPARED:
        return _by_marks(left, right)
    total = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    worth: dict[tuple[int, int], float] = {}
    for i in range(1, rows + 1):
        middle = i * columns // max(rows, 1)
        low, high = max(1, middle - band), min(columns, middle + band)
        total[i][:low] = total[i - 1][:low]
        for j in range(low, high + 1):
            value = left[i - 1].likeness(right[j - 1])
            worth[i, j] = value
            total[i][j] = max(total[i - 1][j], total[i][j - 1], total[i - 1][j - 1] + value)
        for j in range(high + 1, columns + 1):
            total[i][j] = max(total[i - 1][j], total[i][j - 1])
    return _walked_back(total, worth, rows, columns)


def _by_marks(left: Sequence[_Words], right: Sequence[_Words]) -> list[tuple[int, int]]:
    """Units that share a mark, in order."""
    where: dict[str, int] = {}
    for index, unit in enumerate(right):
        for tag in unit.tags:
            where.setdefault(tag, index)
    pairs: list[tuple[int, int]] = []
    for index, unit in enumerate(left):
        found = min((where[tag] for tag in unit.tags if tag in where), default=-1)
        if found > (pairs[-1][1] if pairs else -1):
            pairs.append((index, found))
    return pairs


def _walked_back(
    total: list[list[float]], worth: dict[tuple[int, int], float], i: int, j: int
) -> list[tuple[int, int]]:
    pairs = []
    while i and j:
        value = worth.get((i, j), 0.0)
        if value and total[i][j] == total[i - 1][j - 1] + value:
            pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif total[i][j] == total[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


class _Words:
    """The words and marks of a unit, counted once."""

    def __init__(self, unit: Unit) -> None:
        self.shape = (unit.is_row, len(unit.cells))
        self.words = Counter(word for word in _WORD.findall(unit.text[:_LONGEST]) if not word.isspace())
        self.size = self.words.total()
        self.tags = {mark.tag for cell in unit.cells for mark in cell.marks}

    def likeness(self, other: _Words) -> float:
        """From 0, two different things, to 1 and more, one thing."""
        if self.shape[0] != other.shape[0]:
            return 0.0
        if self.tags & other.tags:
            return 1.0 + len(self.tags & other.tags) / len(self.tags | other.tags)
        common = (self.words & other.words).total()
        alike = common / max(self.size, other.size, 1)
        # Rows of as many cells differ in a number or two; so short a row has little else in common.
        needed = _ALIKE / 2 if self.shape[0] and self.shape == other.shape else _ALIKE
        return alike if alike >= needed else 0.0


# --- inside a unit ---------------------------------------------------------------------------------------


def compared(signed: Cell, given: Cell) -> Compared:
    """What the given cell shows where the signed one has its marks. A place that is gone shows ""."""
    if signed.text == given.text:
        return Compared(tuple((mark, signed.text[mark.start : mark.end]) for mark in signed.marks), False)  # noqa: FBT003
    if max(len(signed.text), len(given.text)) > _LONGEST:
        return Compared(tuple((mark, _marked(mark, given)) for mark in signed.marks), True)  # noqa: FBT003
    found = _Diff(signed, given).result()
    shown = tuple((mark, _agreed(signed, mark, text, given)) for mark, text in found.shown)
    return Compared(shown, found.differs_around and _around(signed) != _around(given))


def _marked(mark: Mark, given: Cell) -> str:
    return next((given.text[m.start : m.end] for m in given.marks if m.tag == mark.tag), "")


def _agreed(signed: Cell, mark: Mark, by_words: str, given: Cell) -> str:
    """What a figure shows: by its mark where that holds other words, else by the words in its place.

    A mark that holds what was signed says no more: a digit may have been typed in front of it.
    """
    was, by_mark = signed.text[mark.start : mark.end], _marked(mark, given)
    if by_mark and by_mark != was:
        return by_mark
    return by_mark if by_mark and not by_words else by_words


def _around(cell: Cell) -> tuple[str, ...]:
    """The words between the marks, and the marks in their order."""
    found, at = [], 0
    for mark in cell.marks:
        found += [cell.text[at : mark.start], mark.tag]
        at = max(at, mark.end)
    return (*found, cell.text[at:])


class _Diff:
    """Word by word; a word never reaches over the edge of a mark."""

    def __init__(self, signed: Cell, given: Cell) -> None:
        self.signed, self.given = signed, given
        self.left = _cut(signed.text, signed.marks)
        # Not cut at its own marks: a digit typed before a figure makes another number.
        self.right = _cut(given.text, ())
        starts = [0]
        for word in self.left:
            starts.append(starts[-1] + len(word))
        self.places = {start: index for index, start in enumerate(starts)}
        self.codes = SequenceMatcher(None, self.left, self.right, autojunk=False).get_opcodes()

    def result(self) -> Compared:
        spans = [(self._at(mark.start), self._at(mark.end)) for mark in self.signed.marks]
        shown = [(mark, self._shown(*span)) for mark, span in zip(self.signed.marks, spans, strict=True)]
        return Compared(tuple(shown), self._differs_around(spans))

    def _at(self, offset: int) -> int:
        return self.places.get(offset, len(self.left))

    def _shown(self, first: int, last: int) -> str:
        """The given words in the place of the signed words `first` to `last`."""
        found: list[str] = []
        for kind, i1, i2, j1, j2 in self.codes:
            if kind == "insert":
                if first < i1 < last:
                    found += self.right[j1:j2]
            elif i1 < last and i2 > first:
                begin, end = max(first, i1), min(last, i2)
                if i2 - i1 == j2 - j1:
                    found += self.right[j1 + begin - i1 : j1 + end - i1]
                elif kind == "replace":
                    found += self._part(i1, i2, j1, j2)
        return "".join(found).strip()

    def _part(self, i1: int, i2: int, j1: int, j2: int) -> list[str]:
        """What replaced words of another count: the numbers in it where there are such, else all of it."""
        del i1, i2
        words = self.right[j1:j2]
        return [word for word in words if word[0].isdigit()][:1] or words

    def _differs_around(self, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether a word outside the marks was changed, taken out, or put in."""
        inside = {index for first, last in spans for index in range(first, last)}
        for kind, i1, i2, _j1, _j2 in self.codes:
            if kind == "insert":
                # Between two words of one mark it belongs to the mark, else to the words around.
                if not (i1 in inside and i1 - 1 in inside and self._together(i1, spans)):
                    return True
            elif kind != "equal" and any(index not in inside for index in range(i1, i2)):
                return True
        return False

    @staticmethod
    def _together(index: int, spans: Sequence[tuple[int, int]]) -> bool:
        return any(first < index < last for first, last in spans)


def _cut(text: str, marks: Sequence[Mark]) -> list[str]:
    edges = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    return [word for start, end in pairwise(edges) for word in _WORD.findall(text[start:end])]
