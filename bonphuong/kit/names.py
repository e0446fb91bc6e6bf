"""Names for the codes that a page shows, read together in as few queries as there are kinds of codes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.accounts.queries import offices_by_code
from bonphuong.kernel.languages import reader_language
from bonphuong.kit.lookups import bare
from bonphuong.parties.queries import parties_by_code
from bonphuong.reference.models import AdminUnit, CooperationField, Country

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bonphuong.parties.models import Party

#: By so many letters spellings of one foreign name differ: U Đôm Xay, Oudomxay.
_SPELT = 2


@dataclass(frozen=True)
class Names:
    """Code → name in the language of the page; an unknown code is its own name."""

    countries: Mapping[str, str] = dataclasses.field(default_factory=dict)
    offices: Mapping[str, str] = dataclasses.field(default_factory=dict)
    parties: Mapping[str, Party] = dataclasses.field(default_factory=dict)
    units: Mapping[str, str] = dataclasses.field(default_factory=dict)
    fields: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def country(self, code: str) -> str:
        """A country's name."""
        return self.countries.get(code, code)

    def office(self, code: str) -> str:
        """An office's name."""
        return self.offices.get(code, code)

    def party(self, code: str) -> str:
        """A partner's name."""
        party = self.parties.get(code)
        return party.name(reader_language()) if party else code

    def told(self, code: str, text: str) -> str:
        """A partner as it was written down, which is in Vietnamese; in another language by its own name there.

        What was written stays where it says more than the name: an office of the partner's.
        """
        party, lang = self.parties.get(code), reader_language()
        if party is None or (text and (lang == "vi" or _letters(text) > _letters(party.name_vi) + _SPELT)):
            return text or code
        return party.name(lang)

    def unit(self, code: str) -> str:
        """The name of a unit of Viet Nam as it was called under that code."""
        return self.units.get(code, code)

    def field(self, code: str) -> str:
        """A field of cooperation."""
        return self.fields.get(code, code)


def names_of(
    *,
    countries: Iterable[str] = (),
    offices: Iterable[str] = (),
    parties: Iterable[str] = (),
    units: Iterable[str] = (),
    fields: Iterable[str] = (),
) -> Names:
    """Read the names of these codes; a kind of which none is asked for costs no query."""
    lang = reader_language()
    country_codes, office_codes, party_codes = _codes(countries), _codes(offices), _codes(parties)
    unit_codes, field_codes = _codes(units), _codes(fields)
    return Names(
        countries={c.code: c.name(lang) for c in Country.objects.filter(pk__in=country_codes)}
        if country_codes
        else {},
        offices={o.code: o.name(lang) for o in offices_by_code(office_codes).values()}
        if office_codes
        else {},
        parties=parties_by_code(party_codes) if party_codes else {},
        units={u.code: u.name(lang) for u in AdminUnit.objects.filter(pk__in=unit_codes)}
        if unit_codes
        else {},
        fields={f.code: f.name(lang) for f in CooperationField.objects.filter(pk__in=field_codes)}
        if field_codes
        else {},
    )


def _letters(name: str) -> int:
    return len(bare(name).replace(" ", ""))


def _codes(codes: Iterable[str]) -> set[str]:
    return {code for code in codes if code}
