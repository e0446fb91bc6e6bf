"""Filters over a short list: what each would leave, counted in memory from rows that were grouped before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from bonphuong.web.desk.pages.listing import Chip, Group

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.utils.functional import _StrOrPromise

#: So many quick filters of one sort fit a row.
_QUICK = 3


@dataclass(frozen=True)
class Facet:
    """One thing that a list may be narrowed by: its name in the address, its label, the word of each value."""

    name: str
    label: _StrOrPromise
    word: Callable[[str], str]
    #: The largest value first, as years are; else what there is most of.
    is_ranked: bool = False


@dataclass(frozen=True)
class Narrowing:
    """A list under its filters. `counted` are values of all facets with how many rows have them together.

    The first facet makes the tabs, what there is most of in the second and third the quick filters; all else stands
    under more. A value that no row has is not taken from an address.
    """

    address: str
    facets: Sequence[Facet]
    counted: Sequence[tuple[Mapping[str, str], int]]
    given: Mapping[str, str]

    @cached_property
    def asked(self) -> dict[str, str]:
        """The filters that are on: name → value."""
        known = {one.name: {values[one.name] for values, _n in self.counted} for one in self.facets}
        return {name: self.given[name] for name, values in known.items() if self.given.get(name) in values}

    @property
    def count(self) -> int:
        """How many rows are left."""
        return sum(n for values, n in self.counted if self.keeps(values))

    def keeps(self, values: Mapping[str, str], *, without: str = "") -> bool:
        """Whether a row with these values is left; `without` leaves one filter out."""
        return all(values[name] == value for name, value in self.asked.items() if name != without)

    def url(self, name: str, value: str) -> str:
        """The address with one filter changed, back on its first page."""
        asked = {**self.asked, name: value}
        query = urlencode({key: one for key, one in asked.items() if one})
        return f"{self.address}?{query}" if query else self.address

    @property
    def tabs(self) -> list[Chip]:
        """The values of the first facet, and all of them."""
        facet = self.facets[0]
        chips = self._chips(facet)
        if len(chips) < 2:
            return []
        every = sum(n for values, n in self.counted if self.keeps(values, without=facet.name))
        return [
            Chip(_("All"), self.url(facet.name, ""), is_on=facet.name not in self.asked, count=every),
            *chips,
        ]

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on, then the quick ones that would still part the list."""
        on = [
            Chip(one.word(self.asked[one.name]), self.url(one.name, ""), is_on=True)
            for one in self.facets[1:]
            if one.name in self.asked
        ]
        return on + [chip for one in self.facets[1:3] for chip in self._quick(one)]

    @property
    def more(self) -> list[Group]:
        """Every other value, under what it is about."""
        shown = {chip.url for chip in self.chips}
        groups = [
            Group(str(one.label), [chip for chip in self._offered(one) if chip.url not in shown])
            for one in self.facets[1:]
        ]
        return [group for group in groups if group.chips]

    def _quick(self, facet: Facet) -> list[Chip]:
        return [chip for chip in self._offered(facet) if (chip.count or 0) > 1][:_QUICK]

    def _offered(self, facet: Facet) -> list[Chip]:
        chips = [] if facet.name in self.asked else self._chips(facet)
        return chips if len(chips) > 1 else []

    def _chips(self, facet: Facet) -> list[Chip]:
        counts: dict[str, int] = {}
        for values, n in self.counted:
            if self.keeps(values, without=facet.name):
                counts[values[facet.name]] = counts.get(values[facet.name], 0) + n
        asked = self.asked.get(facet.name)
        if asked:
            counts.setdefault(asked, 0)
        ordered = (
            sorted(counts, reverse=True) if facet.is_ranked else sorted(counts, key=lambda v: (-counts[v], v))
        )
        return [
            Chip(facet.word(value), self.url(facet.name, value), is_on=value == asked, count=counts[value])
            for value in ordered
        ]
