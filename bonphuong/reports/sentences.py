"""Sentences: pieces of text chosen by what the figures are, each figure left standing as a link of its own.

Nothing runs here: a piece is text, a list, or an object with a condition. A piece whose figure does not exist says
nothing, so that no sentence ever speaks of "None".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from bonphuong.indicators.enums import FigureStatus
from bonphuong.reports.compared import is_multiple
from bonphuong.reports.phrases import deeds_said, split_said, together, years_said
from bonphuong.reports.schema import PART_TESTS, PLACE, REPORT_TESTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal

    from bonphuong.reports.figurebook import Entry, FigureBook, Scope
    from bonphuong.reports.schema import Node

_SPACES = re.compile(" {2,}")
#: Days of the longest quarter: longer periods are told in more detail.
_A_QUARTER = 92
#: A run of a paragraph: plain text, or {"f": id of a figure, "t": its text there}.
Run = str | dict[str, str]


class _NothingToSay(Exception):
    """A figure that a piece names does not exist."""


@dataclass(frozen=True)
class Bound:
    """What names mean where a piece stands: macro arguments, and the part of a dimension that is told of."""

    names: Mapping[str, str] = field(default_factory=dict)
    scope: Scope | None = None
    span: str = ""
    label: str = ""


class Speaker:
    """Turns pieces of a definition into runs."""

    def __init__(self, book: FigureBook, words: Mapping[str, str], macros: Mapping[str, Node]) -> None:
        self.book = book
        self.words = words
        self.macros = macros
        self._turns: Counter[tuple[str, ...]] = Counter()

    def begin_section(self) -> None:
        """Connecting words begin anew with each section."""
        self._turns.clear()

    def say(self, node: Node, bound: Bound | None = None) -> list[Run]:
        """The runs of a piece, joined where plain texts meet; empty where it has nothing to say."""
        return tidied(self.optional(node, bound or Bound()))

    def text(self, node: Node) -> str:
        """The piece as plain text: for titles and captions."""
        return "".join(run if isinstance(run, str) else run["t"] for run in self.say(node))

    def items(self, node: Mapping[str, Any]) -> list[list[Run]]:
        """One paragraph for each part that has something to say."""
        return [tidy for runs in self._each(node, Bound()) if (tidy := tidied(runs))]

    # --- pieces ------------------------------------------------------------------------------------------

    def _say(self, node: Node, bound: Bound) -> list[Run]:
        if isinstance(node, str):
            return self._string(node, bound)
        if isinstance(node, Mapping):
            return self._object(node, bound)
        return [run for part in node for run in self._say(part, bound)]

    def optional(self, node: Node, bound: Bound) -> list[Run]:
        """The runs of a piece, none where it names a figure that is not there."""
        before = Counter(self._turns)
        try:
            return self._say(node, bound)
        except _NothingToSay:
            # What was not said has used no connecting words up.
            self._turns = before
            return []

    def _object(self, node: Mapping[str, Any], bound: Bound) -> list[Run]:
        if "when" in node and not self.holds(node["when"], bound):
            return []
        say = next((say for key, say in self._SHAPES.items() if key in node), Speaker._said)
        return say(self, node, bound)

    def _said(self, node: Mapping[str, Any], bound: Bound) -> list[Run]:
        return self.optional(node["say"], bound)

    def _first(self, node: Mapping[str, Any], bound: Bound) -> list[Run]:
        return next((runs for part in node["first"] if (runs := self.optional(part, bound))), [])

    def _nodes(self, node: Mapping[str, Any], bound: Bound) -> list[Run]:
        return together([self.optional(part, bound) for part in node["nodes"]], node.get("join", ", "))

    def _parts(self, node: Mapping[str, Any], bound: Bound) -> list[Run]:
        return together(self._each(node, bound), node.get("join", ", "))

    def _macro(self, node: Mapping[str, Any], bound: Bound) -> list[Run]:
        names = {**bound.names, **({"x": self.bind(node["x"], bound)} if "x" in node else {})}
        return self.optional(self.macros[node["macro"]], replace(bound, names=names))

    def _varied(self, node: Mapping[str, Any], bound: Bound) -> list[Run]:
        """The next of several wordings each time, from the first again, or with `stay` the last one for good."""
        options = node["vary"]
        key = tuple(str(option) for option in options)
        turn = self._turns[key]
        index = min(turn, len(options) - 1) if node.get("stay") else turn % len(options)
        runs = self._say(options[index], bound)
        self._turns[key] += 1
        return runs

    def _each(self, node: Mapping[str, Any], bound: Bound) -> list[list[Run]]:
        if node["each"] == "year":
            return years_said(self, node, bound)
        names, span = node["of"], node.get("span", "period")
        scopes = self.book.scopes(node["each"], names, span)
        if not node.get("unstated", True):
            scopes = [scope for scope in scopes if scope.codes != ("",)]
        limit = node.get("limit", len(scopes))
        told, rest = scopes[:limit], scopes[limit:]
        said = [self.optional(node["say"], replace(bound, scope=scope, span=span)) for scope in told]
        if rest and "rest" in node:
            codes = tuple(code for scope in rest for code in scope.codes)
            scope = replace(rest[0], codes=codes, label="")
            said.append(self.optional(node["rest"], replace(bound, scope=scope, span=span)))
        return said

    def _string(self, text: str, bound: Bound) -> list[Run]:
        runs: list[Run] = []
        last = 0
        for match in PLACE.finditer(text):
            runs.append(text[last : match.start()])
            last = match.end()
            if match[1]:
                runs.append(self._word(match[2], bound))
            else:
                entry, facet = self._entry(match[0][1:-1], bound)
                runs.append({"f": entry.identifier, "t": entry.bare if facet == "bare" else entry.text})
        return [*runs, text[last:]]

    def _word(self, name: str, bound: Bound) -> str:
        if name == "name":
            return bound.scope.label if bound.scope else bound.label
        return self.words.get(name, "")

    # --- figures -----------------------------------------------------------------------------------------

    def bind(self, reference: str, bound: Bound) -> str:
        """The reference with what a bound name stands for put in."""
        name, at, rest = reference.partition("@")
        return bound.names[name] + (at + rest if at else "") if name in bound.names else reference

    def parsed(self, reference: str, bound: Bound) -> tuple[str, str, str]:
        """(figure, span, side) that a reference names where it stands."""
        match = PLACE.fullmatch(f"{{{reference}}}")
        if match is None:
            raise _NothingToSay
        name, span, facet = match[2], match[3] or bound.span or "period", match[4] or ""
        if name in bound.names:
            inner = PLACE.fullmatch(f"{{{bound.names[name]}}}")
            if inner is None:
                raise _NothingToSay
            name, span = inner[2], match[3] or inner[3] or bound.span or "period"
        return name, span, facet

    def _entry(self, reference: str, bound: Bound) -> tuple[Entry, str]:
        name, span, facet = self.parsed(reference, bound)
        found = self.book.get(name, span, facet, bound.scope)
        if found is None:
            raise _NothingToSay
        return found, facet

    def value(self, reference: str, bound: Bound, facet: str = "") -> Decimal | None:
        """The value that a reference names, without telling it."""
        name, span, own = self.parsed(reference, bound)
        return self.book.value(name, span, facet or own, bound.scope)

    def holds_plainly(self, condition: Mapping[str, Any]) -> bool:
        """Whether a condition outside any part or macro holds."""
        return self.holds(condition, Bound())

    # --- conditions --------------------------------------------------------------------------------------

    def holds(self, condition: Mapping[str, Any], bound: Bound) -> bool:
        """Whether a condition of a definition that passed the gate holds."""
        [(test, value)] = condition.items()
        match test:
            case "all":
                return all(self.holds(part, bound) for part in value)
            case "any":
                return any(self.holds(part, bound) for part in value)
            case "not":
                return not self.holds(value, bound)
            case "annex":
                return any(annex.spec.code == value for annex in self.book.ground.annexes)
        judge = next((judge for tests, judge in self._JUDGES if test in tests), Speaker._compares)
        return judge(self, test, value, bound)

    def _compares(self, test: str, reference: str, bound: Bound) -> bool:
        return _TESTS[test](self.value(reference, bound), self._same(reference, bound))

    def _shape(self, test: str, value: Any, bound: Bound) -> bool:
        """What is asked of the report itself, or of how a figure can be told."""
        ground = self.book.ground
        match test:
            case "open":
                return ground.is_open is bool(value)
            case "whole":
                return (ground.office.code == ground.office.book) is bool(value)
            case "term":
                return (len(ground.spans.years) > 1) is bool(value)
            case "mid_year":
                return ground.spans.is_mid_year is bool(value)
            case "long":
                return (ground.spans["period"].days > _A_QUARTER) is bool(value)
        return self._is_parted(test, value, bound)

    def _is_parted(self, test: str, value: Any, bound: Bound) -> bool:
        """Whether a figure has parts by a dimension, or such that somebody named, or enough to compare with."""
        if test in ("parts", "named"):
            name, span, _facet = self.parsed(value[0], bound)
            parts = self.book.parts(name, span, value[1])
            return bool(parts if test == "parts" else parts.keys() - {""})
        base = self.value(value[0], bound, "same")
        return base is not None and base >= value[1]

    def _of_target(self, test: str, reference: str, bound: Bound) -> bool:
        """Whether the result is over what was planned, exactly that, or under it; nothing of these without a plan."""
        now, planned = self.value(reference, bound), self.value(reference, bound, "target")
        if now is None or planned is None:
            return False
        return {"over": now > planned, "met": now == planned, "under": now < planned}[test]

    def _of_year(self, test: str, reference: str, bound: Bound) -> bool:
        """Whether what the period has is all that the year has had so far, or the year has had more before it."""
        name, _span, _facet = self.parsed(reference, bound)
        if not self.book.ground.spans.is_mid_year:
            return False
        now, year = (self.book.value(name, span, "", bound.scope) or 0 for span in ("period", "to_date"))
        return 0 < now == year if test == "first" else 0 < now < year

    def _same(self, reference: str, bound: Bound) -> Decimal | None:
        name, span, facet = self.parsed(reference, bound)
        if facet not in ("", "bare") or not self.book.comparable(name, span, bound.scope):
            return None
        return self.value(reference, bound, "same")

    def _stands(self, test: str, reference: str, bound: Bound) -> bool:
        name, span, _facet = self.parsed(reference, bound)
        if test == "estimated":
            return self.book.estimated(name, span) and bound.scope is None
        if test == "late":
            return self.book.value(name, "period", "late") is not None
        if test == "differs":
            told = self.book.value(name, span, "same_published", bound.scope)
            now = self.book.value(name, span, "same_now", bound.scope)
            return told is not None and now is not None and told != now
        return bound.scope is None and self.book.figure(name, span).status == FigureStatus.STATED

    #: Shapes of pieces by the key that tells them; of several keys the first one here decides.
    _SHAPES: ClassVar[Mapping[str, Callable[[Speaker, Mapping[str, Any], Bound], list[Run]]]] = {
        "deeds": deeds_said,
        "split": split_said,
        "vary": _varied,
        "first": _first,
        "nodes": _nodes,
        "each": _parts,
        "macro": _macro,
    }
    _JUDGES: ClassVar[Sequence[tuple[frozenset[str], Callable[[Speaker, str, Any, Bound], bool]]]] = (
        (frozenset({"first", "more"}), _of_year),
        (frozenset({"over", "met", "under"}), _of_target),
        (frozenset({*PART_TESTS, *REPORT_TESTS}), _shape),
        (frozenset({"incomplete", "estimated", "late", "differs"}), _stands),
    )


_TESTS: dict[str, Callable[[Decimal | None, Decimal | None], bool]] = {
    "some": lambda now, _then: bool(now),
    "one": lambda now, _then: now == 1,
    "zero": lambda now, _then: now is not None and not now,
    "missing": lambda now, _then: now is None,
    "rise": lambda now, then: now is not None and then is not None and now > then > 0,
    "fall": lambda now, then: now is not None and then is not None and now < then,
    "level": lambda now, then: now is not None and now == then and now > 0,
    "has_same": lambda _now, then: bool(then),
    "multiple": lambda now, then: now is not None and then is not None and is_multiple(now, then),
    "no_same": lambda _now, then: then is not None and not then,
}


def tidied(runs: Iterable[Run]) -> list[Run]:
    """The same runs with neighbouring texts put together, no space doubled, none at either end."""
    found: list[Run] = []
    for run in runs:
        if isinstance(run, str) and found and isinstance(found[-1], str):
            found[-1] += run
        elif run:
            found.append(run)
    plain = [_SPACES.sub(" ", run) if isinstance(run, str) else run for run in found]
    if plain and isinstance(plain[0], str):
        plain[0] = plain[0].lstrip(" ")
    if plain and isinstance(plain[-1], str):
        plain[-1] = plain[-1].rstrip(" ")
    return [run for run in plain if run]
