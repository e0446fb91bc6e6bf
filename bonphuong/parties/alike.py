"""Parties and persons that look like one: the same name in any spelling, or nearly, and nothing against it."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Any

from bonphuong.kernel.text import fold
from bonphuong.parties.enums import Alike
from bonphuong.parties.models import Apart, Party, PartyAlias, Person, Post
from bonphuong.parties.rules import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bonphuong.accounts.models import User

_NEAR = 0.9
#: Names that share their beginning are compared letter by letter; nobody mistypes the first letters of a name.
_BEGINNING = 3
_MOST = 200


class Why(StrEnum):
    """What speaks for it."""

    NAME = "name"
    SPELLING = "spelling"
    PASSPORT = "passport"
    PLACE = "place"


@dataclass(frozen=True)
class Pair:
    """Two that look like one; `one` was there first."""

    kind: Alike
    one: Any
    other: Any
    why: frozenset[Why]


def alike_parties(user: User) -> list[Pair]:
    """Parties of one country and tier with one name, or names that differ by a letter; the surest first."""
    rows = Party.objects.visible_to(user).filter(merged_into__isnull=True)
    parties = list(rows.order_by("code"))
    names: dict[str, set[str]] = {party.code: _names(party) for party in parties}
    for code, text in PartyAlias.objects.filter(party__in=rows.values("pk")).values_list("party_id", "text"):
        names[code].add(name_key(text))
    shelves: defaultdict[object, list[Party]] = defaultdict(list)
    for party in parties:
        for beginning in {name[:_BEGINNING] for name in names[party.code] if name}:
            shelves[party.country_id, party.level, party.kind, beginning].append(party)
    found: dict[tuple[str, str], Pair] = {}
    for shelf in shelves.values():
        for one, other in combinations(shelf, 2):
            why = _why(names[one.code], names[other.code])
            if why and not _one_in_other(one, other):
                key = (min(one.code, other.code), max(one.code, other.code))
                found.setdefault(key, Pair(Alike.PARTY, one, other, frozenset({why})))
    apart = set(Apart.objects.filter(kind=Alike.PARTY).values_list("one", "other"))
    pairs = [pair for key, pair in found.items() if key not in apart]
    return sorted(pairs, key=lambda pair: (Why.NAME not in pair.why, pair.one.code))[:_MOST]


def alike_persons(user: User) -> list[Pair]:
    """Persons with one passport, or with one name and one party, office or unit."""
    rows = Person.objects.visible_to(user).filter(merged_into__isnull=True)
    persons = list(rows.order_by("pk"))
    places: defaultdict[object, set[str]] = defaultdict(set)
    # A subquery and no list of keys: a nation has more persons than a statement may hold values.
    posts = Post.objects.filter(person__in=rows.values("pk"))
    for holder, party, office, unit in posts.values_list("person_id", "party_id", "office_id", "unit_text"):
        places[holder].add(party or office or fold(unit))
    shelves: defaultdict[object, list[Person]] = defaultdict(list)
    for person in persons:
        shelves["name", fold(person.full_name)].append(person)
        if person.passport_index:
            shelves["passport", person.passport_index].append(person)
    apart = set(Apart.objects.filter(kind=Alike.PERSON).values_list("one", "other"))
    found: dict[tuple[str, str], Pair] = {}
    for one, other in _pairs(shelves.values()):
        low, high = sorted((str(one.pk), str(other.pk)))
        why = _why_persons(one, other, places[one.pk], places[other.pk])
        if why and (low, high) not in apart:
            found.setdefault((low, high), Pair(Alike.PERSON, one, other, why))
    return list(found.values())[:_MOST]


def _pairs(shelves: Iterable[list[Person]]) -> Iterator[tuple[Person, Person]]:
    for shelf in shelves:
        yield from combinations(shelf, 2)


def _names(party: Party) -> set[str]:
    return {name_key(text) for text in (party.name_vi, party.name_en, party.name_native) if text}


def _why(one: set[str], other: set[str]) -> Why | None:
    if one & other:
        return Why.NAME
    near = any(
        difflib.SequenceMatcher(None, a, b).ratio() >= _NEAR
        for a in one
        for b in other
        if a[:_BEGINNING] == b[:_BEGINNING] and abs(len(a) - len(b)) <= 2 and min(len(a), len(b)) > 5
    )
    return Why.SPELLING if near else None


def _one_in_other(one: Party, other: Party) -> bool:
    return one.parent_id == other.code or other.parent_id == one.code


def _why_persons(one: Person, other: Person, here: set[str], there: set[str]) -> frozenset[Why]:
    if one.passport_index and other.passport_index:
        # Two different passports are two people, whatever their names; one passport is one person.
        return frozenset({Why.PASSPORT}) if one.passport_index == other.passport_index else frozenset()
    if fold(one.full_name) == fold(other.full_name) and here & there:
        return frozenset({Why.NAME, Why.PLACE})
    return frozenset()
