"""Numbers that a person typed by hand into a written part: where they stand, which figure of the report they may be.

What is bound to a figure cannot drift; what is typed can. So equal ones are offered for binding, and one that says
otherwise than the figures do is pointed at with its own words. Pure: the same text and figures give the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from bonphuong.kernel.text import fold
from bonphuong.reports.references import BRACED, CHANGE, read_reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bonphuong.reports.written import Choice

_NUMBER = {
    "vi": re.compile(
        r"(?<![\w.,\-])(?<!\d/)\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d.]\d)|(?<![\w.,\-])(?<!\d/)\d+(?:,\d+)?"
    ),
    "en": re.compile(
        r"(?<![\w.,\-])(?<!\d/)\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]\d)|(?<![\w.,\-])(?<!\d/)\d+(?:\.\d+)?"
    ),
}
#: What stands after a number that is a part of something else: a date, an hour, a symbol.
_GOES_ON = re.compile(r"[/:\-–]\s*\w|[^\W\d_]|[.,]\d")
#: What stands before a number that only names something: a day, an article, a decision.
_NAMES = re.compile(
    r"\b(?:ngày|tháng|năm|quý|số|điều|khoản|điểm|mục|chương|phụ lục|bảng|kỳ|thứ|khóa|đợt|giai đoạn|mốc|"
    r"từ|no\.?|article|annex|table|year|day|quarter)\s*$",
    re.IGNORECASE,
)
_SCALE = re.compile(r"[ \u00a0]*(nghìn|ngàn|triệu|tỷ|tỉ|thousand|million|billion)\b", re.IGNORECASE)
_SCALES = {
    "nghìn": 3, "ngàn": 3, "thousand": 3, "triệu": 6, "million": 6, "tỷ": 9, "tỉ": 9, "billion": 9,
}  # fmt: skip
_BOUNDS = {
    "over": ("hơn", "trên", "tối thiểu", "ít nhất", "over", "more than", "at least"),
    "under": ("gần", "dưới", "không quá", "lên tới", "tối đa", "nearly", "under", "up to", "at most"),
    "about": ("khoảng", "ước", "ước khoảng", "chừng", "xấp xỉ", "about", "around", "some"),
}
#: A sentence that speaks of another time, or of what is still to come, says nothing about the figures of the report.
_OTHER_TIME = re.compile(
    r"\b(?:cung ky|nam truoc|nam ngoai|ky truoc|thang truoc|nam toi|nam sau|ky toi|ky sau|thang toi|nhiem ky|"
    r"giai doan|ke hoach|du kien|phan dau|chi tieu|muc tieu|se|tu nam|den nay|last year|plan|planned|next|will|"
    r"nam \d{4}|thang \d{1,2}|quy (?:[ivx]+|\d)|in \d{4})\b"
)
_YEARS = (1900, 2100)
#: So small a number comes near to anything.
_TELLING = 10
_NEAR = Decimal("0.1")
_MOST_OFFERED = 3


@dataclass(frozen=True)
class Number:
    """A number in a text: from `start` to `end` with its unit, `text` being the very words."""

    start: int
    end: int
    text: str
    value: Decimal
    unit: str = ""
    bound: str = ""
    sentence: str = ""

    def allows(self, value: Decimal) -> bool:
        """Whether a figure may be told by these words: "hơn 40" tells 43, "42" does not."""
        room = max(abs(self.value) * _NEAR, self._step())
        match self.bound:
            case "over":
                return self.value <= value < self.value + room
            case "under":
                return self.value - room < value <= self.value
            case "about":
                return abs(self.value - value) <= room
        return value == self.value

    def _step(self) -> Decimal:
        """What a round number is rounded to: "hơn 40" stands for anything below 50."""
        trimmed = self.value.normalize()
        return Decimal(1).scaleb(int(trimmed.as_tuple().exponent)) if self.value else Decimal(1)

    def is_near(self, value: Decimal) -> bool:
        """Whether it could be that figure, of some days ago or rounded."""
        return abs(self.value - value) <= max(abs(value) * _NEAR, Decimal(1))


@dataclass(frozen=True)
class Offer:
    """A number typed by hand, and the figures that it may be; `is_same` where one of them is just this."""

    number: Number
    choices: Sequence[Choice] = field(default_factory=tuple)
    is_same: bool = True


def numbers_in(body: str, units: Sequence[str], language: str = "vi") -> list[Number]:
    """The numbers of a text that count something: no dates, no numbers of papers, nothing between braces."""
    taken = [match.span() for match in BRACED.finditer(body)]
    after = _unit_pattern(units)
    found = []
    for match in _NUMBER.get(language, _NUMBER["vi"]).finditer(body):
        if any(start <= match.start() < end for start, end in taken):
            continue
        number = _number(body, match, after, language)
        if number is not None:
            found.append(number)
    return found


def _unit_pattern(units: Sequence[str]) -> re.Pattern[str]:
    known = sorted({unit for unit in units if unit and unit != "%"}, key=len, reverse=True)
    words = "|".join(map(re.escape, known)) or r"(?!)"
    return re.compile(rf"[ \u00a0]*(%)|[ \u00a0]+({words})(?!\w)", re.IGNORECASE)


def _number(body: str, match: re.Match[str], after: re.Pattern[str], language: str) -> Number | None:
    start, end = match.span()
    value = _value(match[0], language)
    scale = _SCALE.match(body, end)
    if scale is not None:
        value, end = value.scaleb(_SCALES[scale[1].lower()]), scale.end()
    counted = after.match(body, end)
    unit = (counted[1] or counted[2]) if counted else ""
    if counted is not None:
        end = counted.end()
    elif scale is None and (
        _GOES_ON.match(body, end) or _YEARS[0] <= value <= _YEARS[1] or _NAMES.search(body[:start])
    ):
        return None
    return Number(
        start,
        end,
        body[start:end],
        value,
        unit.lower(),
        _bound_before(body[:start]),
        _sentence(body, start, end),
    )


def _value(text: str, language: str) -> Decimal:
    group, point = (",", ".") if language == "en" else (".", ",")
    return Decimal(text.replace(group, "").replace(point, "."))


def _bound_before(text: str) -> str:
    before = text.lower().rstrip()
    for sense, words in _BOUNDS.items():
        if any(before.endswith(word) and not before[: -len(word)][-1:].isalpha() for word in words):
            return sense
    return ""


def _sentence(body: str, start: int, end: int) -> str:
    """The sentence that a number stands in; a mark between digits ends none."""
    edges = [0, *(match.end() for match in re.finditer(r"[.;!?](?=\s)|\n", body)), len(body)]
    first = max(edge for edge in edges if edge <= start)
    last = min(edge for edge in edges if edge >= end)
    return body[first:last].strip()


def offers(body: str, choices: Sequence[Choice], language: str = "vi") -> list[Offer]:
    """The numbers of a text that equal figures of the report or come near to them, with those figures."""
    found = []
    for number in numbers_in(body, [choice.unit for choice in choices], language):
        same = [choice for choice in _of_unit(number, choices) if choice.value == number.value]
        near = [] if same else _near(number, choices)
        if same or near:
            ranked = sorted(same or near, key=lambda choice: -_rank(number, choice))
            found.append(Offer(number, tuple(ranked[:_MOST_OFFERED]), is_same=bool(same)))
    return found


def contradictions(
    body: str, choices: Sequence[Choice], language: str = "vi", *, own: Sequence[str] = ()
) -> Iterator[tuple[Number, Choice]]:
    """The numbers typed by hand that say otherwise than the figure which they can only be, with that figure.

    `own` are the names of the report's own periods. Bound words decide what says otherwise; a sentence about another
    time is left alone, and so is a number that any figure of the report confirms.
    """
    plain_own = sorted(map(fold, own), key=len, reverse=True)
    for number in numbers_in(body, [choice.unit for choice in choices], language):
        if not number.unit or number.unit == "%" or _speaks_of_another_time(number.sentence, plain_own):
            continue
        of_unit = _of_unit(number, choices)
        if any(number.allows(choice.value) for choice in of_unit):
            continue
        main = [choice for choice in of_unit if choice.is_main and not choice.facet]
        named = [choice for choice in main if _names_figure(number, choice)]
        near = [choice for choice in main if number.is_near(choice.value) and number.value >= _TELLING]
        meant = sorted(named or near, key=lambda choice: abs(choice.value - number.value))
        if meant:
            yield number, meant[0]


def _of_unit(number: Number, choices: Sequence[Choice]) -> list[Choice]:
    if not number.unit:
        # A number alone may count anything: only a figure that its sentence names can be meant.
        return [c for c in choices if not c.facet and number.value >= _TELLING and _names_figure(number, c)]
    return [c for c in choices if c.unit.lower() == number.unit and c.facet != CHANGE]


def _near(number: Number, choices: Sequence[Choice]) -> list[Choice]:
    if not number.unit or number.unit == "%" or number.value < _TELLING:
        return []
    return [
        choice
        for choice in _of_unit(number, choices)
        if choice.is_main and not choice.facet and number.is_near(choice.value)
    ]


def _names_figure(number: Number, choice: Choice) -> bool:
    return f" {fold(choice.label)} " in f" {_words(number.sentence)} "


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _speaks_of_another_time(sentence: str, own: Sequence[str]) -> bool:
    plain = fold(sentence)
    for name in own:
        plain = plain.replace(name, " ")
    return bool(_OTHER_TIME.search(plain))


def _rank(number: Number, choice: Choice) -> int:
    """The figure that the sentence names goes before others, main ones before parts, this period before others."""
    said = set(_words(number.sentence).split())
    words = set(fold(choice.label).split())
    near = round(4 * len(words & said) / max(len(words), 1))
    return 4 * near + 2 * choice.is_main + (choice.span == "period") + 2 * (not choice.facet)


def bound(body: str, start: int, piece: str, reference: str) -> str | None:
    """The text with a number replaced by the figure that it is; None where it does not stand there any more.

    A number that was typed without a unit is told without one.
    """
    braced = BRACED.fullmatch(reference)
    named = read_reference(braced[1]) if braced else None
    at = start if body[start : start + len(piece)] == piece else body.find(piece)
    if named is None or not piece or at < 0:
        return None
    told = reference
    if re.fullmatch(r"[\d.,]+", piece) and reference.endswith("}") and ":" not in reference:
        told = f"{reference[:-1]}:bare}}"
    return f"{body[:at]}{told}{body[at + len(piece) :]}"
