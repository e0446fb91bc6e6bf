"""The words of `data/lexicon.toml`, found in one pass over a text."""

from __future__ import annotations

import csv
import io
import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import ahocorasick

from bonphuong.reader.source import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

# Each category is matched for itself, the longest phrase at a place winning: a cue never hides a unit.
NUMBER, UNIT, BOUND, CUE, POST, GATE, FIELD = range(7)


@dataclass(frozen=True, slots=True)
class Unit:
    """A counting word: `kind` is what the rules look at, `name` what the claim says."""

    kind: str
    name: str
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of the lexicon at a place. `tags` are the cues it gives; `value` depends on the category."""

    start: int
    end: int
    tags: frozenset[str]
    value: Any


Entry = dict[int, tuple[frozenset[str], Any]]


class Marks:
    """All hits of a text, by category, in order."""

    __slots__ = ("_hits", "_starts")

    def __init__(self, hits: tuple[list[Hit], ...]) -> None:
        self._hits = hits
        self._starts = tuple([hit.start for hit in some] for some in hits)

    def within(self, category: int, start: int, end: int) -> list[Hit]:
        """Hits of a category that begin in [start, end)."""
        starts = self._starts[category]
        return self._hits[category][bisect_left(starts, start) : bisect_left(starts, end)]


class Lexicon:
    """The compiled word lists."""

    def __init__(self, words: dict[str, Any], fields: list[tuple[str, str]]) -> None:
        self._entries: dict[str, Entry] = {}
        self._topics: dict[str, dict[str, str]] = words["topics"]
        self.surnames = frozenset(pattern(name) for name in words["names"]["surnames"])
        for unit in words["unit"]:
            self._add_unit(unit)
        self._add_tagged(CUE, words["cues"])
        self._add_tagged(NUMBER, words["numbers"])
        for phrase, sense in words["bounds"].items():
            self._add(BOUND, phrase, (words["bound_words"].get(phrase, phrase), sense))
        for phrase in words["posts"]["phrases"]:
            self._add(POST, phrase, None)
        for phrase, status in words["gates"].items():
            self._add(GATE, phrase, status)
        for phrase, code in fields:
            self._add(FIELD, phrase, code)
        self._machine = self._compile()

    def _add_unit(self, unit: dict[str, Any]) -> None:
        for phrase in unit["phrases"]:
            self._add(UNIT, phrase, Unit(unit["class"], unit.get("unit", phrase), unit.get("direction", "")))

    def _add_tagged(self, category: int, tagged: dict[str, list[str]]) -> None:
        for tag, phrases in tagged.items():
            for phrase in phrases:
                self._add(category, phrase, None, tag)

    def _add(self, category: int, phrase: str, value: object, tag: str = "") -> None:
        entry = self._entries.setdefault(pattern(phrase), {})
        tags, first = entry.get(category, (frozenset(), value))
        entry[category] = (tags | {tag} if tag else tags, first)

    def _compile(self) -> Any:
        machine = ahocorasick.Automaton()
        for phrase, entry in self._entries.items():
            machine.add_word(phrase, (len(phrase), entry))
        machine.make_automaton()
        return machine

    @property
    def phrases(self) -> list[str]:
        """Everything that is looked for."""
        return list(self._entries)

    def topic(self, kind: str) -> tuple[str, str | None]:
        """What figures of a counting word are called where no measure fits, and how they add up."""
        known = self._topics.get(kind, {})
        return known.get("topic", kind), known.get("shape")

    def marks(self, key: str, start: int = 0, end: int | None = None) -> Marks:
        """Every phrase of the lexicon in a stretch of a plain lower-case text, on word boundaries."""
        last = [0] * 7
        hits: tuple[list[Hit], ...] = ([], [], [], [], [], [], [])
        for first, stop, entry in sorted(
            self._whole_words(key, start, len(key) if end is None else end), key=_first_then_longest
        ):
            for category, (tags, value) in entry.items():
                if first >= last[category]:
                    hits[category].append(Hit(first, stop, tags, value))
                    last[category] = stop
        return Marks(hits)

    def _whole_words(self, key: str, start: int, end: int) -> Iterator[tuple[int, int, Entry]]:
        length = len(key)
        for place, (size, entry) in self._machine.iter(key, start, end):
            stop = place + 1
            first = stop - size
            if stop < length and key[stop].isalnum() and key[place].isalnum():
                continue
            if first and key[first - 1].isalpha() and key[first].isalnum():
                continue
            yield first, stop, entry


def _first_then_longest(found: tuple[int, int, Entry]) -> tuple[int, int]:
    return found[0], -found[1]


@cache
def lexicon() -> Lexicon:
    """The product's own lexicon, with the cooperation fields of the reference."""
    text = (resources.files("bonphuong.reader") / "data" / "lexicon.toml").read_text("utf-8")
    words = tomllib.loads(text)
    fields = [(phrase, code) for code, phrases in words["fields"].items() for phrase in phrases]
    return Lexicon(words, [*fields, *_reference_fields()])


def _reference_fields() -> Iterator[tuple[str, str]]:
    text = (resources.files("bonphuong.reference") / "data" / "fields.csv").read_text("utf-8")
    for row in csv.DictReader(io.StringIO(text)):
        for phrase in (row["name_vi"], *row["aliases"].split("|")):
            if phrase:
                yield phrase, row["code"]
