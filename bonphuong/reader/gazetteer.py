"""Names of places and organisations found in a text, in any of their spellings and scripts."""

from __future__ import annotations

import csv
import io
import json
import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import ahocorasick

from bonphuong.kernel.text import fold
from bonphuong.reader.claims import BODIES
from bonphuong.reader.lexicon import lexicon
from bonphuong.reader.source import pattern

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

_WORD_BEFORE = re.compile(r"([^\W\d_]+)[ ]$")
_TYPE_BEFORE = re.compile(r" (?:tỉnh|thành phố|tp\.?|nước|huyện|thị xã|châu) $| $")
_HONORIFICS = frozenset({"ông", "bà", "anh", "chị", "ngài", "cô", "em"})
_NAME_REACH = 40
HOME = "VN"
GATE = "gate"
# Offices of the neighbours are partners; organisations from further away are donors.
_NEIGHBOURS = frozenset({HOME, "LA", "CN", "KH"})
_PARTY_FILES = ("china", "laos", "viet-nam", "international")


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing with a name. `local` maps a place to the code of the office that the name means there."""

    code: str
    kind: str
    country: str
    name: str
    aliases: tuple[str, ...] = ()
    local: tuple[tuple[str, str], ...] = ()
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at a place of the plain twin."""

    start: int
    end: int
    code: str
    name: str
    kind: str
    country: str
    local: tuple[tuple[str, str], ...] = ()
    gate: str = ""  # the code of the border gate that bears the same name

    @property
    def is_foreign(self) -> bool:
        """Whether it lies abroad or comes from there."""
        return self.country not in {"", HOME}

    @property
    def is_place(self) -> bool:
        """Whether it is a place rather than an organisation."""
        return self.kind not in BODIES

    @property
    def is_donor(self) -> bool:
        """Whether it is an organisation that gives rather than a neighbour's office."""
        return self.kind == "organisation" and self.country not in _NEIGHBOURS


class Mentions:
    """All mentions of a text in order."""

    __slots__ = ("_starts", "all")

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.all = mentions
        self._starts = [mention.start for mention in mentions]

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """Mentions that begin in [start, end)."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


class Gazetteer:
    """Finds names by one automaton over exact spellings: capitals and marks tell "Lào" from "lao"."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._named: dict[str, list[Entry]] = {}
        for entry in entries:
            for spelling in _spellings(entry):
                known = self._named.setdefault(spelling, [])
                if entry not in known:
                    known.append(entry)
        self._machine: Any = ahocorasick.Automaton()
        for spelling, named in self._named.items():
            self._machine.add_word(spelling, (len(spelling), tuple(named)))
        if self._named:
            self._machine.make_automaton()

    @property
    def spellings(self) -> list[str]:
        """Everything that is looked for."""
        return list(self._named)

    def resolve(self, name: str, on: dt.date | None = None) -> Entry | None:
        """The thing of that name, spelled in any of its ways, as of a day."""
        named = self._named.get(pattern(name.strip(), exact=True))
        return _on([one for one in named if one.kind != GATE] or named, on) if named else None

    def find(
        self, exact: str, on: dt.date | None = None, *, first: int = 0, stop: int | None = None
    ) -> Mentions:
        """Every name in a stretch of a plain text, the longest at a place winning. Linear."""
        if not self._named or not exact:
            return Mentions(())
        found: list[Mention] = []
        last = 0
        for start, end, named in sorted(
            self._candidates(exact, first, len(exact) if stop is None else stop),
            key=lambda one: (one[0], -one[1]),
        ):
            if start < last or _is_part_of_person(exact, start, end):
                continue
            found.append(_mention(start, end, named, on))
            last = end
        return Mentions(_with_seats(found, exact))

    def _candidates(self, exact: str, first: int, stop: int) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
        length = len(exact)
        for place, (size, named) in self._machine.iter(exact, first, stop):
            end = place + 1
            start = end - size
            # Lao and Chinese put no space between words.
            spaced = exact[start] < "\u0e00" or "\u1e00" <= exact[start] < "\u2e00"
            if spaced and ((end < length and exact[end].isalnum()) or (start and exact[start - 1].isalnum())):
                continue
            yield start, end, named


def _mention(start: int, end: int, named: Sequence[Entry], on: dt.date | None) -> Mention:
    gate = next((one.code for one in named if one.kind == GATE), "")
    entry = _on([one for one in named if one.kind != GATE] or named, on)
    return Mention(start, end, entry.code, entry.name, entry.kind, entry.country, entry.local, gate)


def _on(named: Sequence[Entry], day: dt.date | None) -> Entry:
    """The one that is valid on a day; a name from before or after its time keeps its first meaning."""
    if day is None or len(named) == 1:
        return named[0]
    text = day.isoformat()
    return next(
        (one for one in named if one.since <= text and (not one.until or text <= one.until)), named[0]
    )


def _is_part_of_person(exact: str, start: int, end: int) -> bool:
    """Whether "Nga" in "Nguyễn Phương Nga", "Thái Bình" in "Nguyễn Thái Bình"."""
    before = exact[max(0, start - _NAME_REACH) : start]
    alone = " " not in exact[start:end]
    while found := _WORD_BEFORE.search(before):
        word = found[1]
        low = word.lower()
        if low in _HONORIFICS:
            return alone
        if not word[0].isupper() or word.isupper():
            return False
        if low in lexicon().surnames:
            return True
        before = before[: found.start()]
    return False


def _with_seats(found: Sequence[Mention], exact: str) -> list[Mention]:
    """Join "Liên hiệp các tổ chức hữu nghị" and "tỉnh Lai Châu": one organisation, with the code it has there."""
    joined: list[Mention] = []
    for mention in found:
        last = joined[-1] if joined else None
        if last is not None and not last.is_place and not last.code and mention.is_place:
            gap = exact[last.end : mention.start].lower()
            if _TYPE_BEFORE.fullmatch(gap):
                office = dict(last.local).get(mention.code, "")
                name = exact[last.start : mention.end]
                joined[-1] = replace(last, end=mention.end, code=office, name=name, country=mention.country)
                continue
        joined.append(mention)
    return joined


def _spellings(entry: Entry) -> Iterator[str]:
    for name in (entry.name, *entry.aliases):
        spelling = pattern(name, exact=True)
        yield spelling
        if spelling.upper() != spelling and len(spelling) > 3:
            yield pattern(name.upper(), exact=True)
        if " " in name:
            bare = fold(name)
            if bare.isascii():
                yield bare.title()


@cache
def shipped() -> Gazetteer:
    """What is known without a database: countries, provinces, Lai Châu, the partners that the product ships."""
    return Gazetteer((*own_entries(), *party_entries(), *country_entries(), *unit_entries()))


def _rows(package: str, name: str) -> Iterator[dict[str, str]]:
    text = (resources.files(package) / "data" / name).read_text("utf-8")
    return csv.DictReader(io.StringIO(text))


def own_entries() -> Iterator[Entry]:
    """What stands in no register: gates, general names of offices, spellings of the press."""
    for row in _rows("bonphuong.reader", "names.csv"):
        local = tuple(
            (place, code) for place, _, code in (one.partition("=") for one in _split(row["local"]))
        )
        yield Entry(row["code"], row["kind"], row["country"], row["name"], _split(row["aliases"]), local)


def party_entries() -> Iterator[Entry]:
    """The partners that the product ships."""
    for name in _PARTY_FILES:
        text = (resources.files("bonphuong.parties") / "data" / f"{name}.json").read_text("utf-8")
        for row in json.loads(text)["parties"]:
            if row.get("unit"):
                continue  # a unit of our own: it is read with the units
            aliases = [alias for several in row.get("aliases", {}).values() for alias in several]
            names = (row["name_en"], row.get("name_native", ""), *aliases)
            kind = row.get("level", "") if row["kind"] == "locality" else row["kind"]
            yield Entry(row["code"], kind, row.get("country", ""), row["name_vi"], tuple(filter(None, names)))


def country_entries() -> Iterator[Entry]:
    """Countries by the names that the reference ships."""
    own = {row["code"]: row for row in _rows("bonphuong.reference", "countries-own.csv")}
    for row in _rows("bonphuong.reference", "countries.csv"):
        better = own.get(row["code"], {})
        names = [row[key] for key in ("name_en", "name_lo", "name_zh") if row[key]]
        names += [better[key] for key in ("name_vi", "name_en") if better.get(key)]
        aliases = (*names, *_split(row["aliases"]), *_split(better.get("aliases", "")))
        yield Entry(
            row["code"],
            "country",
            row["code"],
            row["name_vi"],
            tuple(name for name in aliases if len(name) > 1),
        )


def unit_entries() -> Iterator[Entry]:
    """The provinces of Viet Nam through time, and what lies in Lai Châu under a name of more than one word."""
    own = {row["code"]: row for row in _rows("bonphuong.reference", "units-own.csv")}
    seen: set[str] = set()
    for row in _rows("bonphuong.reference", "units.csv"):
        is_province = row["kind"] == "province"
        if not is_province and (not row["code"].startswith("vn-lai-chau.") or row["name_vi"] in seen):
            continue
        if is_province:
            seen.add(row["name_vi"])
        elif " " not in row["name_vi"]:
            continue
        aliases = (*_split(row["aliases"]), *_split(own.get(row["code"], {}).get("aliases", "")))
        yield Entry(
            row["code"],
            row["kind"],
            HOME,
            row["name_vi"],
            aliases,
            since=row["valid_from"],
            until=row["valid_to"],
        )


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())
