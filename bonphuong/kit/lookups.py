"""Names to codes, from memory: read once for a whole batch, asked once for each cell."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from bonphuong.accounts.models import Office
from bonphuong.kernel.text import fold
from bonphuong.kit.places import PlaceDraft
from bonphuong.parties.models import Party, PartyAlias
from bonphuong.parties.queries import kept_codes
from bonphuong.reference.models import AdminUnit, Country
from bonphuong.reference.queries import country_index, field_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PARTING = re.compile(r"[,;()\[\]/:\n+]|\s[-–—]\s|\s(?:và|and|&)\s", re.IGNORECASE)
# What stands before a name in official writing and says nothing of which one it is.
_TITLES = ("tinh ", "thanh pho ", "chau ", "huyen ", "nuoc ", "cong hoa dan chu nhan dan ", "chdcnd ")
_NEAR = 0.72
# What parts the offices of a cell; some names of offices hold the same words, so the longest known name wins.
_AND = re.compile(r"[,;\n+]|\s(?:phối hợp với|phối hợp|cùng|và|with|and)\s", re.IGNORECASE)
_SEGMENT = re.compile(r"[,;()\[\]\n]|\s[-–—]\s")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_NAME = 6
# A short name without marks may be any other word ("Anh", "Nga"): it counts only where it stands alone.
_SURE_LETTERS = 5


@dataclass(frozen=True)
class Found:
    """Places read from a cell, names that nobody knows, and what each may have been meant to be."""

    places: tuple[PlaceDraft, ...] = ()
    unknown: tuple[str, ...] = ()
    suggestions: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Lookups:
    """Folded name → code for everything that a record may name."""

    countries: Mapping[str, str]
    parties: Mapping[str, str]
    party_country: Mapping[str, str]
    offices: Mapping[str, str]
    fields: Mapping[str, str]
    units: Mapping[str, str]
    # What a country or a partner is called where a cell is near to its name.
    names: Mapping[str, str] = field(default_factory=dict)
    _read: dict[str, Found] = field(default_factory=dict)

    @classmethod
    def load(cls, book: str) -> Lookups:
        """Everything that a batch of the book may name, in a handful of queries."""
        countries = country_index()
        language = get_language() or "vi"
        names = {country.code: country.name(language) for country in Country.objects.all()}
        parties: dict[str, str] = {}
        party_country: dict[str, str] = {}
        for party in Party.objects.all():
            names[party.code] = party.name(language)
            party_country[party.code] = party.country_id or ""
            for name in (party.name_vi, party.name_en, party.name_native, party.code):
                if name:
                    parties.setdefault(fold(name), party.code)
        parties |= dict(PartyAlias.objects.values_list("fold", "party_id"))
        kept = kept_codes()
        parties = {name: kept.get(code, code) for name, code in parties.items()}
        return cls(
            countries=countries,
            parties=parties,
            party_country=party_country,
            offices=_offices(book),
            fields=field_index(),
            units=_provinces(),
            names=names,
        )

    def office(self, text: str) -> str:
        """Code of an office by its name, short name or code; empty where nobody knows it."""
        folded = fold(text)
        return self.offices.get(folded) or self.offices.get(_COMPACT.sub("", folded), "")

    @cached_property
    def office_codes(self) -> frozenset[str]:
        """Codes of all offices of the book."""
        return frozenset(self.offices.values())

    def office_list(self, text: str) -> tuple[list[str], str]:
        """Codes of the offices that a cell names, in order, and the first name that nobody knows ("" if none)."""
        codes: list[str] = []
        starts, ends = [0], []
        for gap in _AND.finditer(text):
            ends.append(gap.start())
            starts.append(gap.end())
        ends.append(len(text))
        here = 0
        while here < len(starts):
            found = next(
                (
                    (c, last)
                    for last in range(len(ends), here, -1)
                    if (c := self.office(text[starts[here] : ends[last - 1]]))
                ),
                None,
            )
            name = text[starts[here] : ends[here]].strip()
            if found is None and name:
                return codes, name
            if found is not None and found[0] not in codes:
                codes.append(found[0])
            here = found[1] if found else here + 1
        return codes, ""

    def organiser(self, text: str) -> str:
        """Code of a body, ours or not, that organises a delegation."""
        return self.office(text) or self.parties.get(bare(text), "") or self.parties.get(fold(text), "")

    def party(self, text: str) -> str:
        """Code of a partner by any of its names in any script."""
        return self.parties.get(fold(text), "") or self.parties.get(bare(text), "")

    def field(self, text: str) -> str:
        """Code of a field of cooperation."""
        return self.fields.get(fold(text), "")

    def places(self, text: str) -> Found:
        """Read "Lào (Phongsaly, Oudomxay)", "Vân Nam, Trung Quốc", "Lào và Thái Lan" in their order."""
        found = self._read.get(text)
        if found is None:
            found = self._read[text] = self._find_places(text)
        return found

    def named_in(self, title: str) -> tuple[PlaceDraft, ...]:
        """Foreign countries and partners that a title names, by words that begin with a capital letter."""
        places = [place for segment in _SEGMENT.split(title) for place in self._in_segment(segment.strip())]
        return tuple(_merged(place for place in places if place.country_code != "VN"))

    def _in_segment(self, segment: str) -> list[PlaceDraft]:
        whole = self._place(segment) if segment else None
        if whole is not None:
            return [whole]
        words = list(_WORD.finditer(segment))
        found, here = [], 0
        while here < len(words):
            place, length = self._at(segment, words[here : here + _LONGEST_NAME])
            if place is not None:
                found.append(place)
            here += length
        return found

    def _at(self, segment: str, words: list[re.Match[str]]) -> tuple[PlaceDraft | None, int]:
        """The longest name that begins with the first of these words, and how many words it takes."""
        if words[0][0][0].islower():
            return None, 1
        for length in range(len(words), 0, -1):
            name = segment[words[0].start() : words[length - 1].end()]
            sure = length > 1 or len(name) >= _SURE_LETTERS or not name.isascii()
            place = self._place(name) if sure else None
            if place is not None:
                return place, length
        return None, 1

    def _find_places(self, text: str) -> Found:
        places: list[PlaceDraft] = []
        unknown, suggestions = [], {}
        for name in filter(None, (part.strip(" .\t") for part in _PARTING.split(text))):
            place = self._place(name)
            if place is not None:
                places.append(place)
                continue
            unknown.append(name)
            near = self._near(name)
            if near:
                suggestions[name] = near
        return Found(tuple(_merged(places)), tuple(unknown), suggestions)

    def _place(self, name: str) -> PlaceDraft | None:
        for folded in (fold(name), bare(name)):
            code = self.countries.get(folded, "")
            # Two letters are a code only as they stand: "BO" is Bolivia, "Bộ" is a ministry.
            if code and (name.isascii() or code.lower() != folded):
                return PlaceDraft(code, text=name)
            if folded in self.parties:
                code = self.parties[folded]
                return PlaceDraft(self.party_country[code], party_code=code, text=name)
            if folded in self.units:
                return PlaceDraft("VN", unit_code=self.units[folded], text=name)
        return None

    def _near(self, name: str) -> str:
        known = [*self.countries, *self.parties]
        close = difflib.get_close_matches(bare(name), known, n=1, cutoff=_NEAR)
        code = (self.countries.get(close[0]) or self.parties[close[0]]) if close else ""
        return self.names.get(code, "")


_COMPACT = re.compile(r"[^a-z0-9]+")


def bare(text: str) -> str:
    """A name without marks and without what the place is: "Tỉnh Phông Sa Lỳ" is "phong sa ly"."""
    folded = fold(text).strip()
    for title in _TITLES:
        folded = folded.removeprefix(title)
    return folded


def _merged(places: Iterable[PlaceDraft]) -> list[PlaceDraft]:
    """A country named beside its own locality is one place, not two; the same place twice is one."""
    kept: list[PlaceDraft] = []
    listed = list(places)
    with_locality = {p.country_code for p in listed if p.party_code}
    for place in listed:
        is_frame = not place.party_code and not place.unit_code and place.country_code in with_locality
        if not is_frame and not any(_same(place, other) for other in kept):
            kept.append(place)
    return kept


def _same(one: PlaceDraft, other: PlaceDraft) -> bool:
    return (one.country_code, one.party_code, one.unit_code) == (
        other.country_code,
        other.party_code,
        other.unit_code,
    )


def _offices(book: str) -> dict[str, str]:
    """Folded names, with and without the province at their end, then the same without any marks between letters."""
    found: dict[str, str] = {}
    offices = list(Office.objects.filter(path__startswith=f"{book}/"))
    for office in offices:
        for name in (office.name_vi, office.name_en, office.short_vi, office.code):
            if name:
                found.setdefault(fold(name), office.code)
    for office in offices:
        if office.belongs_to_id:
            found.setdefault(fold(office.name_vi).partition(" tinh ")[0], office.code)
    for name, code in list(found.items()):
        found.setdefault(_COMPACT.sub("", name), code)
    return found


def _provinces() -> dict[str, str]:
    rows = AdminUnit.objects.filter(kind="province").order_by("valid_to")
    return {fold(row.name_vi): row.code for row in rows}
