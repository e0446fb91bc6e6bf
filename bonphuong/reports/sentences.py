"""Sentences: pieces of text chosen by what the figures are, each figure left standing as a link of its own.

Nothing runs here: a piece is text, a list, or an object with a condition. A piece whose figure does not exist says
nothing, so that no sentence ever speaks of "None".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bonphuong.indicators.enums import FigureStatus
from bonphuong.reports.schema import PLACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal

    from bonphuong.reports.figurebook import Entry, FigureBook, Scope
    from bonphuong.reports.schema import Node

_SPACES = re.compile(" {2,}")
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


class Speaker:
    """Turns pieces of a definition into runs."""

    def __init__(self, book: FigureBook, words: Mapping[str, str], macros: Mapping[str, Node]) -> None:
        self.book = book
        self.words = words
        self.macros = macros

    def say(self, node: Node, bound: Bound | None = None) -> list[Run]:
        """The runs of a piece, joined where plain texts meet; empty where it has nothing to say."""
        try:
            return tidied(self._say(node, bound or Bound()))
        except _NothingToSay:
            return []

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

    def _optional(self, node: Node, bound: Bound) -> list[Run]:
        try:
            return self._say(node, bound)
        except _NothingToSay:
            return []

    def _object(self, node: Mapping[str, Any], bound: Bound) -> list[Run]:
        if "when" in node and not self.holds(node["when"], bound):
            return []
        if "first" in node:
            return next((runs for part in node["first"] if (runs := self._optional(part, bound))), [])
        if "nodes" in node:
            return _together([self._optional(part, bound) for part in node["nodes"]], node.get("join", ", "))
        if "each" in node:
            return _together(self._each(node, bound), node.get("join", ", "))
        if "macro" in node:
            names = {**bound.names, "x": self._bind(node["x"], bound)}
            return self._optional(self.macros[node["macro"]], replace(bound, names=names))
        return self._optional(node["say"], bound)

    def _each(self, node: Mapping[str, Any], bound: Bound) -> list[list[Run]]:
        names, span = node["of"], node.get("span", "period")
        scopes = self.book.scopes(node["each"], names, span)
        if not node.get("unstated", True):
            scopes = [scope for scope in scopes if scope.codes != ("",)]
        limit = node.get("limit", len(scopes))
        told, rest = scopes[:limit], scopes[limit:]
        said = [self._optional(node["say"], replace(bound, scope=scope, span=span)) for scope in told]
        if rest and "rest" in node:
            codes = tuple(code for scope in rest for code in scope.codes)
            scope = replace(rest[0], codes=codes, label="")
            said.append(self._optional(node["rest"], replace(bound, scope=scope, span=span)))
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
            return bound.scope.label if bound.scope else ""
        return self.words.get(name, "")

    # --- figures -----------------------------------------------------------------------------------------

    def _bind(self, reference: str, bound: Bound) -> str:
        name, at, rest = reference.partition("@")
        return bound.names[name] + (at + rest if at else "") if name in bound.names else reference

    def _parse(self, reference: str, bound: Bound) -> tuple[str, str, str]:
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
        name, span, facet = self._parse(reference, bound)
        found = self.book.get(name, span, facet, bound.scope)
        if found is None:
            raise _NothingToSay
        return found, facet

    def value(self, reference: str, bound: Bound, facet: str = "") -> Decimal | None:
        """The value that a reference names, without telling it."""
        name, span, own = self._parse(reference, bound)
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
            case "first" | "more":
                return self._of_year(test, value, bound)
            case "annex":
                return any(annex.spec.code == value for annex in self.book.ground.annexes)
            case "open" | "whole" | "parts" | "base":
                return self._shape(test, value, bound)
            case "incomplete" | "estimated" | "late" | "differs":
                return self._stands(test, value, bound)
        return _TESTS[test](self.value(value, bound), self._same(value, bound))

    def _shape(self, test: str, value: Any, bound: Bound) -> bool:
        """What is asked of the report itself, or of how a figure can be told."""
        ground = self.book.ground
        if test == "open":
            return ground.is_open is bool(value)
        if test == "whole":
            return (ground.office.code == ground.office.book) is bool(value)
        if test == "parts":
            name, span, _facet = self._parse(value[0], bound)
            return bool(self.book.parts(name, span, value[1]))
        base = self.value(value[0], bound, "same")
        return base is not None and base >= value[1]

    def _of_year(self, test: str, reference: str, bound: Bound) -> bool:
        """Whether what the period has is all that the year has had so far, or the year has had more before it."""
        name, _span, _facet = self._parse(reference, bound)
        spans = self.book.ground.spans
        if "to_date" not in spans.by_name or spans["to_date"].since == spans["period"].since:
            return False
        now, year = (self.book.value(name, span, "", bound.scope) or 0 for span in ("period", "to_date"))
        return 0 < now == year if test == "first" else 0 < now < year

    def _same(self, reference: str, bound: Bound) -> Decimal | None:
        name, span, facet = self._parse(reference, bound)
        if facet not in ("", "bare") or not self.book.comparable(name, span, bound.scope):
            return None
        return self.value(reference, bound, "same")

    def _stands(self, test: str, reference: str, bound: Bound) -> bool:
        name, span, _facet = self._parse(reference, bound)
        if test == "estimated":
            return self.book.estimated(name, span) and bound.scope is None
        if test == "late":
            return self.book.value(name, "period", "late") is not None
        if test == "differs":
            told = self.book.value(name, span, "same_published", bound.scope)
            now = self.book.value(name, span, "same_now", bound.scope)
            return told is not None and now is not None and told != now
        return bound.scope is None and self.book.figure(name, span).status == FigureStatus.STATED


_TESTS: dict[str, Callable[[Decimal | None, Decimal | None], bool]] = {
    "some": lambda now, _then: bool(now),
    "zero": lambda now, _then: now is not None and not now,
    "missing": lambda now, _then: now is None,
    "rise": lambda now, then: now is not None and then is not None and now > then > 0,
    "fall": lambda now, then: now is not None and then is not None and now < then,
    "level": lambda now, then: now is not None and now == then and now > 0,
    "has_same": lambda _now, then: bool(then),
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


def _together(said: Sequence[list[Run]], joint: str) -> list[Run]:
    """Those that say something, with the joint between them."""
    found: list[Run] = []
    for runs in said:
        if runs:
            found += [joint, *runs] if found else runs
    return found
