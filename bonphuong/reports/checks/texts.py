"""What people wrote, beside the figures: names that cannot be told, numbers that say otherwise, percentages, the past."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.reports.checks.base import Check
from bonphuong.reports.checks.counts import insides
from bonphuong.reports.enums import Severity
from bonphuong.reports.handwritten import contradictions, numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bonphuong.reports.checks.base import Matter, ToldText
    from bonphuong.reports.handwritten import Number
    from bonphuong.reports.written import Choice

#: Measures that the definitions of one of them forbid to add: money promised, decided, set aside and paid out, aid
#: received and support given, relief and aid, guests who are counted elsewhere.
_APART = (
    ("aid.pledged", "aid.approved", "aid.committed_year", "aid.disbursed", "aid.counterpart"),
    (
        "support.promised",
        "support.approved",
        "support.committed_year",
        "support.disbursed",
        "support.counterpart",
    ),
    ("aid.approved", "support.approved"),
    ("aid.committed_year", "support.committed_year"),
    ("aid.disbursed", "support.disbursed"),
    ("aid.approved", "aid.relief"),
    ("aid.items", "aid.relief_items"),
    ("aid.items", "support.items"),
    ("inbound.groups", "inbound.cohosted"),
    ("outbound.groups", "outbound.country_visits"),
    ("outbound.groups", "outbound.approved_groups"),
    ("inbound.groups", "inbound.approved_groups"),
    ("inbound.person_visits", "events.foreign_participants"),
    ("sessions.held", "border.joint_meetings"),
    ("sessions.held", "mechanisms.meetings"),
)
_UP = re.compile(r"(?:tăng|up by|increased? (?:by|of)|rose by)[^.;%]{0,24}$", re.IGNORECASE)
_DOWN = re.compile(r"(?:giảm|down by|decreased? (?:by|of)|fell by)[^.;%]{0,24}$", re.IGNORECASE)
_TIMES = re.compile(
    r"(?:gấp|tăng)\s+(?:hơn |gần |khoảng )?(\d+(?:,\d+)?)\s+lần|(\d+(?:\.\d+)?) times", re.IGNORECASE
)
_HUNDRED = Decimal(100)


def texts_bound(matter: Matter) -> Iterator[Check]:
    """A text that names a figure which there is not would be signed with its braces."""
    for slot, text in matter.texts.items():
        untold = matter.writer.untold(text.body)
        if untold:
            words = ", ".join(untold)
            message = _("%(part)s names what cannot be told in this report: %(names)s.") % {
                "part": matter.part(slot),
                "names": words,
            }
            yield Check("texts_bound", Severity.ERROR, message, slots=(slot,), words=words)


def texts_agree(matter: Matter) -> Iterator[Check]:
    """A number typed by hand says what the figure says that it is about."""
    own = _own_periods(matter)
    for slot, text in _with_numbers(matter):
        found = contradictions(text.plain, matter.choices, matter.ground.language, own=own)
        for number, choice in found:
            if text.is_told(number.start):
                continue
            message = _("%(part)s says “%(words)s”; %(label)s, %(period)s: %(figure)s.") % {
                "part": matter.part(slot),
                "words": number.text,
                "label": choice.label,
                "period": choice.period,
                "figure": choice.text,
            }
            names = (f"{choice.name}@{choice.span}",)
            yield Check("texts_agree", Severity.WARNING, message, names, slots=(slot,), words=number.sentence)


def _own_periods(matter: Matter) -> list[str]:
    """The names of the report's own days, as sentences have them."""
    ground = matter.ground
    spans = [ground.spans[name] for name in ground.definition.spans]
    labels = [span.label(ground.language) for span in spans]
    return [*labels, *(_("year %(year)s") % {"year": span.year} for span in spans)]


def never_added(matter: Matter) -> Iterator[Check]:
    """A number that is the sum of a total and its part, or of money promised and money paid, counts twice."""
    if not any(_with_numbers(matter)):
        return
    pairs = {frozenset(pair) for pair in insides(matter)}
    names = {
        spec.indicator: name for name, spec in matter.ground.definition.figures.items() if not spec.filters
    }
    for sorts in _APART:
        pairs |= {
            frozenset(pair) for pair in combinations([names[code] for code in sorts if code in names], 2)
        }
    plain = {(c.name, c.span): c for c in matter.choices if not c.facet and not c.is_part and c.value}
    for slot, _text, number in _typed(matter):
        same = (c for c in matter.choices if c.value == number.value and c.unit.lower() == number.unit)
        if not number.unit or any(same):
            continue
        twos = (
            [plain[name, span] for name in sorted(pair) if (name, span) in plain]
            for span in matter.ground.definition.spans
            for pair in sorted(pairs, key=sorted)
        )
        added = next(
            (two for two in twos if len(two) == 2 and sum(c.value for c in two) == number.value), None
        )
        if added is not None:
            yield _added(matter, slot, number, added)


def _added(matter: Matter, slot: str, number: Number, parts: Sequence[Choice]) -> Check:
    message = _(
        "%(part)s says “%(words)s”, which adds %(one)s (%(first)s) and %(other)s (%(second)s): never added."
    )
    said = message % {
        "part": matter.part(slot),
        "words": number.text,
        "one": parts[0].label,
        "first": parts[0].text,
        "other": parts[1].label,
        "second": parts[1].text,
    }
    names = tuple(f"{part.name}@{part.span}" for part in parts)
    return Check("never_added", Severity.WARNING, said, names, slots=(slot,), words=number.sentence)


def _with_numbers(matter: Matter) -> Iterator[tuple[str, ToldText]]:
    """The texts into which anybody typed a number: only for them all figures are looked through."""
    return ((slot, text) for slot, text in matter.texts.items() if text.has_numbers)


def _typed(matter: Matter) -> Iterator[tuple[str, ToldText, Number]]:
    for slot, text in _with_numbers(matter):
        units = [choice.unit for choice in matter.choices]
        for number in numbers_in(text.plain, units, matter.ground.language):
            if not text.is_told(number.start):
                yield slot, text, number


def percent_agrees(matter: Matter) -> Iterator[Check]:
    """A percentage or a multiple typed by hand is what the two numbers of its sentence give, or its figure's growth."""
    for slot, text, number in _typed(matter):
        if number.unit != "%":
            continue
        before = text.plain[: number.start]
        sign = 1 if _UP.search(before) else -1 if _DOWN.search(before) else 0
        right = _growths(matter, text, number) if sign else []
        if right and not any(_same(sign * number.value, one) for one in right):
            yield _wrong(matter, slot, number.text, number.sentence, f"{matter.book.number(right[0])}%")
    for slot, text in _with_numbers(matter):
        yield from _multiples(matter, slot, text)


def _growths(matter: Matter, text: ToldText, percent: Number) -> list[Decimal]:
    """What the growth told by a sentence can be: of its two numbers, else of the figure that its one number is."""
    units = [choice.unit for choice in matter.choices]
    others = [
        one
        for one in numbers_in(text.plain, units, matter.ground.language)
        if one.sentence == percent.sentence and one.unit not in ("", "%")
    ]
    two = [one for one in others if others and one.unit == others[0].unit]
    if len(two) == 2 and two[1].value:
        return [(two[0].value - two[1].value) * _HUNDRED / two[1].value]
    if len(two) != 1:
        return []
    now = {
        (c.name, c.span)
        for c in matter.choices
        if not c.facet and c.unit.lower() == two[0].unit and c.value == two[0].value
    }
    return [c.value for c in matter.choices if c.facet == "growth" and (c.name, c.span) in now]


def _multiples(matter: Matter, slot: str, text: ToldText) -> Iterator[Check]:
    units = [choice.unit for choice in matter.choices]
    numbers = numbers_in(text.plain, units, matter.ground.language)
    for match in _TIMES.finditer(text.plain):
        said = Decimal((match[1] or match[2]).replace(",", "."))
        two = [one for one in numbers if one.unit not in ("", "%") and match[0] in one.sentence]
        if len(two) != 2 or two[0].unit != two[1].unit or not two[1].value:
            continue
        right = two[0].value / two[1].value
        if not _same(said, right):
            shown = matter.book.number(right.quantize(Decimal("0.1"), ROUND_HALF_UP))
            yield _wrong(matter, slot, match[0], two[0].sentence, shown)


def _same(said: Decimal, right: Decimal) -> bool:
    """Whether a number is another one, rounded to the decimals that it has itself."""
    return said == right.quantize(Decimal(1).scaleb(min(0, int(said.as_tuple().exponent))), ROUND_HALF_UP)


def _wrong(matter: Matter, slot: str, words: str, sentence: str, right: str) -> Check:
    message = _("%(part)s says “%(words)s”; computed again it is %(right)s.") % {
        "part": matter.part(slot),
        "words": words,
        "right": right,
    }
    return Check("percent_agrees", Severity.WARNING, message, slots=(slot,), words=sentence)


def texts_of_now(matter: Matter) -> Iterator[Check]:
    """Numbers typed by hand that came with the last report's text are that report's."""
    by_slot: dict[str, list[str]] = {}
    for slot, text, number in _typed(matter):
        if text.is_carried:
            by_slot.setdefault(slot, []).append(number.text)
    for slot, numbers in by_slot.items():
        words = ", ".join(numbers)
        message = _("%(part)s was taken over with numbers of the last report: %(numbers)s.") % {
            "part": matter.part(slot),
            "numbers": words,
        }
        yield Check("texts_of_now", Severity.WARNING, message, slots=(slot,), words=words)


def estimates_of_over(matter: Matter) -> Iterator[Check]:
    """A number that a text still calls an estimate when its period is over."""
    if matter.ground.is_open:
        return
    for slot, text, number in _typed(matter):
        before = text.plain[: number.start].rstrip().lower()
        if number.unit and re.search(r"\b(?:ước(?: tính| đạt| khoảng| thực hiện)?|est\.|estimated)$", before):
            message = _("%(part)s still estimates “%(words)s”, and the period is over.") % {
                "part": matter.part(slot),
                "words": number.text,
            }
            yield Check("estimates_over", Severity.WARNING, message, slots=(slot,), words=number.sentence)
