"""The list of partners: who they are, what ties us, what was done with each this year, which promises are open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.kernel import clock
from bonphuong.kernel.text import fold
from bonphuong.parties.enums import PartyKind, PartyLevel, TieKind
from bonphuong.parties.models import Party, PartyTie
from bonphuong.records.dossier import Dealings, dealings_of
from bonphuong.reference.models import Country
from bonphuong.web.desk.pages.paging import Sheet, page_number, sheet_of
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.parties.models import PartyQuerySet

SIZE = 60


@dataclass(frozen=True)
class PartnerRow:
    """One line of the list."""

    party: Party
    dealings: Dealings
    ties: Sequence[str]
    about: str


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; what cannot be read is left out."""

    text: str = ""
    country: str = ""
    kind: str = ""
    level: str = ""
    tied: bool = False

    @property
    def is_any(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.text or self.country or self.kind or self.level or self.tied)


@dataclass(frozen=True)
class PartnerList:
    """The list as its page shows it."""

    wanted: Wanted
    sheet: Sheet[PartnerRow]
    year: int
    total: int
    countries: Sequence[Country]

    @property
    def groups(self) -> Iterator[tuple[str, Sequence[PartnerRow]]]:
        """Rows under the country that they lie in."""
        for country, rows in groupby(self.sheet.rows, key=lambda row: row.party.country):
            yield (str(country) if country else _("International bodies")), list(rows)

    @property
    def summary(self) -> str:
        """How many there are, and what was done with those on the page."""
        done = sum(row.dealings.done for row in self.sheet.rows)
        told = ngettext("%(n)s partner", "%(n)s partners", self.total) % {"n": self.total}
        return _("%(partners)s; on this page %(done)s things done in %(year)s") % {
            "partners": told,
            "done": done,
            "year": self.year,
        }


def wanted_of(asked: Mapping[str, str]) -> Wanted:
    """What is asked for, from an address that anybody may have typed."""
    kind, level, country = (asked.get(name, "") for name in ("kind", "level", "country"))
    return Wanted(
        text=asked.get("q", "").strip()[:100],
        country=country if len(country) == 2 and country.isascii() else "",
        kind=kind if kind in PartyKind.values else "",
        level=level if level in PartyLevel.values else "",
        tied=asked.get("tied") == "1",
    )


def partner_list(user: User, asked: Mapping[str, str]) -> PartnerList:
    """One sheet of the list; the number of queries does not grow with it."""
    wanted = wanted_of(asked)
    rows = narrowed(user, wanted)
    ordered = _in_order(user, rows.select_related("country", "parent"))
    sheet = sheet_of(lambda first, last: list(ordered[first:last]), page_number(asked), SIZE)
    year = clock.today().year
    used = Country.objects.filter(parties__in=Party.objects.visible_to(user).values("pk")).distinct()
    return PartnerList(
        wanted=wanted,
        sheet=_with_dealings(user, sheet, year),
        year=year,
        total=rows.count(),
        countries=list(used.order_by("sort")),
    )


def _in_order(user: User, rows: PartyQuerySet) -> PartyQuerySet:
    """Countries with which our offices are tied first, then by name; in each what we are tied to first."""
    ties = list(
        PartyTie.objects.visible_to(user).on(clock.today()).values_list("party_id", "party__country_id")
    )
    tied = {code for code, _country in ties}
    near = {country for _code, country in ties if country}
    is_far = Case(When(country__in=near, then=Value(0)), When(country="VN", then=Value(2)), default=Value(1))
    is_loose = Case(When(pk__in=tied, then=Value(0)), default=Value(1))
    return rows.annotate(is_far=is_far, is_loose=is_loose).order_by(
        "is_far", F("country__sort").asc(nulls_last=True), "is_loose", "sort", "code"
    )


def narrowed(user: User, wanted: Wanted) -> PartyQuerySet:
    """Partners that the words and filters leave."""
    rows = Party.objects.visible_to(user).filter(merged_into__isnull=True)
    for word in fold(wanted.text).split():
        rows = rows.filter(fold__contains=word)
    for name in ("country", "kind", "level"):
        value = getattr(wanted, name)
        if value:
            rows = rows.filter(**{name: value})
    if wanted.tied:
        ties = PartyTie.objects.visible_to(user).on(clock.today())
        rows = rows.filter(pk__in=ties.values("party"))
    return rows


def _with_dealings(user: User, sheet: Sheet[Party], year: int) -> Sheet[PartnerRow]:
    codes = [party.code for party in sheet.rows]
    dealings = dealings_of(user, codes, year)
    ties = ties_of(user, codes)
    rows = [
        PartnerRow(party, dealings.get(party.code, Dealings()), ties.get(party.code, ()), about(party))
        for party in sheet.rows
    ]
    return Sheet(rows=rows, number=sheet.number, has_next=sheet.has_next, size=sheet.size)


def ties_of(user: User, codes: Sequence[str]) -> dict[str, list[str]]:
    """Code → what ties our offices to it today, each kind once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    ties = PartyTie.objects.visible_to(user).on(clock.today()).filter(party__in=codes).order_by("kind")
    for code, kind in ties.values_list("party_id", "kind"):
        found[code][str(TieKind(kind).label)] = None
    return {code: list(kinds) for code, kinds in found.items()}


def about(party: Party) -> str:
    """What sort of body it is and what it lies in, in a few words."""
    sort = str(party.get_level_display() if party.kind == PartyKind.LOCALITY and party.level else "")
    words = sort or str(party.get_kind_display())
    above = party.parent.name(language()) if party.parent_id and party.parent else ""
    return f"{words}, {above}" if above else words
