"""What lists of records have in common: filters that can be put on and taken off, and what each would leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from django.db.models import Count
from django.utils.translation import gettext as _

from bonphuong.kernel import clock
from bonphuong.kernel.bulk import chunks
from bonphuong.kernel.periods import Period
from bonphuong.kit.names import names_of
from bonphuong.procedures.models import State
from bonphuong.records.enums import TieKind
from bonphuong.records.models import Record, RecordTie, is_guest
from bonphuong.records.queries import search
from bonphuong.web.desk.forms.records import COMMON_FLAGS
from bonphuong.web.desk.pages.exports import Listing
from bonphuong.web.desk.pages.ordering import order_of
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet
    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User
    from bonphuong.records.registry import Family
    from bonphuong.web.desk.forms.records import RecordFilter
    from bonphuong.web.desk.pages.facets import Facets

CHIPS = 12
#: So many quick filters fit one row of a desk.
QUICK = 6
YEARS = 8
# Of a longer list than this the countries are named and not counted.
NEWEST = 5000
# What search and finding doubles need of a header, and no list shows.
HEADERS_UNREAD = ("words", "fold", "head_fold", "summary")


@dataclass(frozen=True)
class Chip:
    """A filter that can be put on or taken off."""

    label: str
    url: str
    is_on: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Group:
    """Filters under what they are about."""

    label: str
    chips: Sequence[Chip]


@dataclass(frozen=True)
class Shelf:
    """A family's list: where it stands and what its ready-made filters are called."""

    family: Family
    address: str
    flags: Mapping[str, _StrOrPromise]

    def parts(self, user: User, wanted: RecordFilter) -> list[QuerySet[Record]]:
        """All records of the family that the person may see and that the words find: those of their own books,
        and apart from them what other books show them, so that each is read by its own index.
        """
        if wanted.text:
            return [search(user, wanted.text, family=self.family.code)]
        known = Record.objects.live().filter(family=self.family.code)
        return [known.inside(user), known.outside(user)] if is_guest(user) else [known.inside(user)]

    def records(self, user: User, wanted: RecordFilter) -> QuerySet[Record]:
        """The same in one, narrowed: for what takes the list as a whole."""
        if wanted.text:
            return wanted.narrow(search(user, wanted.text, family=self.family.code))
        return wanted.narrow(Record.objects.visible_to(user).live().filter(family=self.family.code))

    def url(self, wanted: RecordFilter, **changes: object) -> str:
        """The address of the list with something changed, back on its first page."""
        asked = replace(wanted, **{"after": "", **changes})  # type: ignore[arg-type]
        return f"{self.address}?{query_of(asked)}"

    def tabs(self, facets: Facets, wanted: RecordFilter) -> list[Chip]:
        """The kinds of the family, with how many of each the other filters leave."""
        counts = facets.kinds
        tabs = [Chip(_("All"), self.url(wanted, kind=""), is_on=not wanted.kind, count=sum(counts.values()))]
        return tabs + [
            Chip(
                str(kind.label),
                self.url(wanted, kind=kind.code),
                is_on=wanted.kind == kind.code,
                count=counts.get(kind.code, 0),
            )
            for kind in self.family.kinds
            if counts.get(kind.code) or wanted.kind == kind.code
        ]

    def chosen(self, wanted: RecordFilter) -> list[Chip]:
        """The filters that are on, each of which can be taken off."""
        chips = []
        if wanted.text:
            chips.append(Chip(f"“{wanted.text}”", self.url(wanted, text=""), is_on=True))
        if wanted.period is not None:
            label = wanted.period.label(language())
            chips.append(Chip(label[:1].upper() + label[1:], self.url(wanted, period=None), is_on=True))
        if wanted.country:
            name = names_of(countries=[wanted.country]).country(wanted.country)
            chips.append(Chip(name, self.url(wanted, country=""), is_on=True))
        if wanted.state:
            word = state_labels([wanted.state])[wanted.state]
            chips.append(Chip(word, self.url(wanted, state=""), is_on=True))
        if wanted.order == "due":
            chips.append(Chip(_("With a due day, the oldest first"), self.url(wanted, order=""), is_on=True))
        if wanted.flag:
            chips.append(Chip(str(self.flags[wanted.flag]), self.url(wanted, flag=""), is_on=True))
        return chips

    def offered(self, facets: Facets, wanted: RecordFilter) -> list[Chip]:
        """What an officer looks for most, where it would still part the list: one row, the others stand under more."""
        return self._flagged(facets, wanted)[:QUICK]

    def _flagged(self, facets: Facets, wanted: RecordFilter) -> list[Chip]:
        flags = sorted(filter(facets.flags.get, self.flags), key=lambda flag: flag not in COMMON_FLAGS)
        return [
            Chip(str(self.flags[flag]), self.url(wanted, flag=flag), count=facets.flags[flag])
            for flag in flags
        ]

    def more(self, parts: Sequence[QuerySet[Record]], facets: Facets, wanted: RecordFilter) -> list[Group]:
        """Every other filter, under what it is about. Read when somebody asks for it."""
        groups = (
            Group(_("What to look at"), self._flagged(facets, wanted)[QUICK:]),
            Group(_("Year"), self._years(parts, wanted)),
            Group(_("Country"), [] if wanted.country else self._countries(parts, wanted)),
            Group(_("State"), [] if wanted.state else self._states(facets, wanted)),
        )
        return [group for group in groups if group.chips]

    def _years(self, parts: Sequence[QuerySet[Record]], wanted: RecordFilter) -> list[Chip]:
        """Whole years of the person's own cut-off from the last with a record to the first, at most so many."""
        ends = [day for rows in parts for day in _ends(wanted.narrow(rows, without="period"))]
        if not ends:
            return []
        chosen = wanted.period.code if wanted.period else ""
        years = range(max(ends).year, max(min(ends).year, max(ends).year - YEARS + 1) - 1, -1)
        periods = [Period.parse(str(year), wanted.cutoff) for year in years]
        chips = [
            Chip(period.label(language()), self.url(wanted, period=period))
            for period in periods
            if period.code != chosen
        ]
        return [*chips, Chip(_("All years"), self.url(wanted, period=None))] if chosen else chips

    def _countries(self, parts: Sequence[QuerySet[Record]], wanted: RecordFilter) -> list[Chip]:
        """The countries of the newest records of the list, the most frequent first; counted where these are all."""
        uids = [uid for rows in parts for uid in _newest(wanted.narrow(rows))]
        counts: dict[str, int] = {}
        # Not asked by the kind of tie: the index by records answers, and not one over the ties of the nation.
        for chunk in chunks(uids):
            ties = RecordTie.objects.filter(record__in=chunk).values("kind", "code").annotate(n=Count("pk"))
            for tie in ties.order_by():
                if tie["kind"] == TieKind.COUNTRY:
                    counts[tie["code"]] = counts.get(tie["code"], 0) + tie["n"]
        if len(counts) < 2:
            return []
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:CHIPS]
        names, are_all = names_of(countries=[code for code, _n in ranked]), len(uids) < NEWEST
        return [
            Chip(names.country(code), self.url(wanted, country=code), count=n if are_all else None)
            for code, n in ranked
        ]

    def _states(self, facets: Facets, wanted: RecordFilter) -> list[Chip]:
        counted = [(state, n) for state, n in facets.states.items() if state][:CHIPS]
        labels = state_labels([state for state, _n in counted])
        return [Chip(labels[state], self.url(wanted, state=state), count=n) for state, n in counted]

    def listing(self, user: User, wanted: RecordFilter) -> Listing:
        """What of the list leaves as a file."""
        what = self.family.kind(wanted.kind).plural if wanted.kind else self.family.plural
        when = wanted.period.label(language()) if wanted.period else clock.today().isoformat()
        return Listing(
            family=self.family,
            records=self.records(user, wanted),
            kind=wanted.kind,
            title=f"{what}, {when}",
            said=[chip.label for chip in self.chosen(wanted)],
            asked=dict(parse_qsl(query_of(replace(wanted, after="")))),
            is_demo=user.is_demo,
        )


def _ends(rows: QuerySet[Record]) -> list[dt.date]:
    """The first and the last day of a list, each read at an end of the index."""
    days = rows.filter(begins_on__isnull=False).values_list("begins_on", flat=True)
    found = [days.order_by("begins_on", "pk").first(), days.order_by("-begins_on", "-pk").first()]
    return [day for day in found if day is not None]


def _newest(rows: QuerySet[Record]) -> list[UUID]:
    return list(order_of("").sort(rows).values_list("pk", flat=True)[:NEWEST])


def state_labels(codes: Sequence[str]) -> dict[str, str]:
    """What states are called; a code that no procedure knows stays as it is."""
    found = {state.code: state.label for state in State.objects.filter(code__in=codes)}
    return {code: found.get(code, code) for code in codes}


def query_of(asked: RecordFilter) -> str:
    """A filter as the end of an address."""
    parts = {
        "kind": asked.kind,
        "q": asked.text,
        "period": asked.period.code if asked.period else "all",
        "country": asked.country,
        "state": asked.state,
        "flag": asked.flag,
        "sort": asked.order,
        "after": asked.after,
    }
    return urlencode({name: value for name, value in parts.items() if value})
