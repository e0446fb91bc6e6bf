"""Figures with their counting words: where each begins and ends, what it is worth, what cannot be decided."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bonphuong.kernel.numbers import parse_number
from bonphuong.reader.lexicon import BOUND, CUE, NUMBER, UNIT, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from bonphuong.reader.lexicon import Hit, Marks

# Things that come in whole numbers: that decides between readings.
_MEASURED = frozenset({"money", "percent", "points", "length", "area", "weight"})
_MOST_PERCENT = 1000
_MOST_SPACES = 3

_FIGURES = re.compile(r"(?<![\w.,])\d{1,3}(?: \d{3}){2,}(?![\d])|(?<![\w])\d+(?:[.,]\d+)*(?![\d])")
_ONE_DOT = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_ONE_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")
_RANGE = re.compile(r"\s*(?:-|đến)\s*(\d+(?:[.,]\d+)*)")
_BOUND_GAP = re.compile(r"\s{0,3}(?:có |là |đạt )?\s*")
_CURRENCY_BEFORE = re.compile(r"(?:\b(usd|us\$|eur|vnd)|(\$))\s?$")
_JOINT = re.compile(
    r"\s*(?:/|,|\(|-|;)?\s*(?:với|và|gồm|cùng|bao gồm|có|là|,\s*với|và có)?\s*(?:tổng số|tổng cộng|tổng)?\s*"
)
_YEAR_BEFORE = re.compile(
    r"(?<!\w)(?:mỗi|trong|cả|hàng|hằng|cuối|đầu|giữa|một|nhiều|các|từng|mấy|tháng|hết|sang|theo|của|qua|những|vài)\s$"
)
_CURRENCIES = {"usd": "USD", "us$": "USD", "$": "USD", "eur": "EUR", "vnd": "đồng"}
_SEPARATORS = re.compile(r"[;,(]| và | còn |\.\s")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure and its counting word. `start` includes the bound words, `figure` is where the number begins."""

    start: int
    figure: int
    end: int
    value: Decimal
    unit: Unit
    bound: str = ""
    bound_sense: str = ""
    is_ambiguous: bool = False
    alternatives: tuple[Decimal, ...] = ()
    is_range: bool = False
    written: str = ""

    def meaning(self, value: Decimal) -> Quantity:
        """The same figure with another of its readings proposed."""
        others = tuple(one for one in (self.value, *self.alternatives) if one != value)
        return replace(self, value=value, alternatives=others, is_ambiguous=True)


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that belong together ("42 đoàn/ 410 lượt người và 64 cá nhân") and the words around them."""

    quantities: tuple[Quantity, ...]
    start: int  # of the segment of the sentence that speaks of them
    end: int

    @property
    def first(self) -> Quantity:
        """The leading figure."""
        return self.quantities[0]

    @property
    def last(self) -> Quantity:
        """The closing figure."""
        return self.quantities[-1]

    def has(self, *kinds: str) -> bool:
        """Whether a figure of one of these kinds stands in the group."""
        return any(one.unit.kind in kinds for one in self.quantities)


def quantities(key: str, start: int, end: int, marks: Marks) -> list[Quantity]:
    """Every figure with a known counting word between two offsets."""
    units = {hit.start: hit for hit in marks.within(UNIT, start, end)}
    if not units:
        return []
    found: list[Quantity] = []
    last = start
    for first, stop in _numbers(key, start, end, marks):
        if first < last or _is_label(key, first, start, marks):
            continue
        quantity = _quantity(key, first, stop, units, end)
        if quantity is not None:
            quantity = _bounded(quantity, key, max(start, last), marks)
            found.append(quantity)
            last = quantity.end
    return found


def _numbers(key: str, start: int, end: int, marks: Marks) -> Iterator[tuple[int, int]]:
    """Where numbers stand, in figures or in words, their scale words included."""
    words = marks.within(NUMBER, start, end)
    starts = {hit.start: hit for hit in words}
    spans = [(found.start(), found.end()) for found in _FIGURES.finditer(key, start, end)]
    spans += [(hit.start, hit.end) for hit in words if "scales" not in hit.tags]
    done = start
    for first, stop in sorted(spans):
        if first < done or _is_year(key, first, stop):
            continue
        done = _chain(key, stop, end, starts)
        yield first, done


def _is_year(key: str, first: int, stop: int) -> bool:
    """Whether "năm" is the year ("mỗi năm tỉnh đón …") and not the number five."""
    return key[first:stop] == "năm" and bool(_YEAR_BEFORE.search(key, max(0, first - 8), first))


def _chain(key: str, stop: int, end: int, words: dict[int, Hit]) -> int:
    """Follow "1 tỷ 800 triệu" and "hai mươi lăm" to their end."""
    while stop < end:
        place = _skip_spaces(key, stop, end)
        hit = words.get(place)
        if hit is not None:
            stop = hit.end
            continue
        figures = _FIGURES.match(key, place, end) if place > stop and key[stop - 1].isalpha() else None
        if figures is None:
            return stop
        stop = figures.end()
    return stop


def _skip_spaces(key: str, place: int, end: int) -> int:
    limit = min(end, place + _MOST_SPACES)
    while place < limit and key[place] == " ":
        place += 1
    return place


def _is_label(key: str, first: int, start: int, marks: Marks) -> bool:
    """Whether the number names a thing ("lần thứ 8", "cột mốc số 17") instead of counting."""
    near = marks.within(CUE, max(start, first - 12), first)
    return any("not_count" in hit.tags and not key[hit.end : first].strip() for hit in near)


def _quantity(key: str, first: int, stop: int, units: dict[int, Hit], end: int) -> Quantity | None:
    place = _skip_spaces(key, stop, end)
    hit = units.get(place)
    reach = _RANGE.match(key, stop, end) if hit is None else None
    if reach is not None and key[first].isdigit():
        hit = units.get(_skip_spaces(key, reach.end(), end))
        if hit is not None:
            return _range(key, first, stop, reach, hit)
    if hit is None:
        return _money_before(key, first, stop)
    return _read(key, first, stop, hit.end, hit.value)


def _read(key: str, first: int, stop: int, end: int, unit: Unit) -> Quantity | None:
    written = key[first:stop].strip()
    while written:
        try:
            parsed = parse_number(written, "vi", whole=unit.kind not in _MEASURED)
        except ValueError:
            # "trong năm hai đoàn": the words before the number proper are dropped one by one.
            head, _, rest = written.partition(" ")
            if not rest or head[0].isdigit():
                return None
            first += len(written) - len(rest)
            written = rest
            continue
        quantity = Quantity(
            first, first, end, parsed.value, unit, alternatives=parsed.alternatives, written=written
        )
        return _decided(quantity, ambiguous=parsed.ambiguous)
    return None


def _decided(quantity: Quantity, *, ambiguous: bool) -> Quantity:
    """Keep as ambiguous only what a reader would stumble over, and propose the sensible reading."""
    if not ambiguous:
        return replace(quantity, alternatives=())
    number, _, scale = quantity.written.partition(" ")
    other = quantity.alternatives[0]
    if _ONE_DOT.fullmatch(number):
        if number.endswith("00"):  # nobody writes decimals that end so
            return replace(quantity, alternatives=())
        if quantity.unit.kind in {"percent", "points"} and quantity.value >= _MOST_PERCENT:
            return quantity.meaning(other)
        return replace(quantity, is_ambiguous=True)
    if _ONE_COMMA.fullmatch(number) and quantity.unit.kind == "money" and not scale:
        return quantity.meaning(other)  # no currency has three decimals here
    return replace(quantity, alternatives=())


def _range(key: str, first: int, stop: int, reach: re.Match[str], hit: Hit) -> Quantity | None:
    """As in "10-15 đoàn": one figure cannot be made of two; the upper end is proposed and flagged."""
    low = _read(key, first, stop, hit.end, hit.value)
    high = _read(key, reach.start(1), reach.end(1), hit.end, hit.value)
    if low is None or high is None or low.value >= high.value:
        return None
    return replace(
        high, start=first, figure=first, is_range=True, is_ambiguous=True, alternatives=(low.value,)
    )


def _money_before(key: str, first: int, stop: int) -> Quantity | None:
    found = _CURRENCY_BEFORE.search(key, max(0, first - 6), first)
    if found is None:
        return None
    name = _CURRENCIES[found[1] or found[2]]
    quantity = _read(key, first, stop, stop, Unit("money", name))
    return None if quantity is None else replace(quantity, start=found.start())


def _bounded(quantity: Quantity, key: str, start: int, marks: Marks) -> Quantity:
    """Take in the bound words directly before the figure."""
    for hit in reversed(marks.within(BOUND, max(start, quantity.start - 60), quantity.start)):
        gap = key[hit.end : quantity.start]
        word, sense = hit.value
        if not sense or not _BOUND_GAP.fullmatch(gap) or (word == "vượt" and quantity.unit.kind == "points"):
            break
        bound = f"{word} {quantity.bound}".strip() if word != quantity.bound else word
        quantity = replace(quantity, start=hit.start, bound=bound, bound_sense=quantity.bound_sense or sense)
        if sense == "estimated":
            quantity = replace(quantity, bound_sense=sense)
    return quantity


def groups(found: Sequence[Quantity], key: str, start: int, end: int) -> list[Group]:
    """Figures that stand side by side, each group with the segment of the sentence around it."""
    clusters: list[list[Quantity]] = []
    for quantity in found:
        if clusters and _belongs(clusters[-1], quantity, key):
            clusters[-1].append(quantity)
        else:
            clusters.append([quantity])
    if not clusters:
        return []
    starts, ends = [start], list[int]()
    for before, after in itertools.pairwise(clusters):
        left, right = _edges(key, before[-1].end, after[0].start)
        ends.append(left)
        starts.append(right)
    ends.append(end)
    return [Group(tuple(one), first, last) for one, first, last in zip(clusters, starts, ends, strict=True)]


def _belongs(cluster: Sequence[Quantity], quantity: Quantity, key: str) -> bool:
    kinds = {one.unit.kind for one in cluster}
    gap = key[cluster[-1].end : quantity.start]
    if len(gap) > 24 or not _JOINT.fullmatch(gap) or quantity.unit.kind in kinds:
        return False
    return (quantity.unit.kind in _TOGETHER and kinds <= _TOGETHER) or (
        kinds <= _AID and quantity.unit.kind in _AID
    )


_TOGETHER = frozenset({"groups", "visits", "individuals", "people", "trips", "contacts", "tourists"})
_AID = frozenset({"aid_items", "aid_projects", "aid_nonprojects", "aid_programmes", "ngos", "countries"})


def _edges(key: str, left: int, right: int) -> tuple[int, int]:
    """Where one figure's words end and the next one's begin: the last semicolon, else the last comma or "và".

    Words that nothing parts belong to both.
    """
    gap = key[left:right]
    semicolon = gap.rfind(";")
    if semicolon >= 0:
        return left + semicolon, left + semicolon + 1
    last = None
    for found in _SEPARATORS.finditer(gap):
        last = found
    return (right, left) if last is None else (left + last.start(), left + last.end())
