"""What lists of records have in common: one page of rows by a mark, filters that can be put on and taken off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from bonphuong.kernel import clock
from bonphuong.kernel.periods import Period
from bonphuong.kit.names import names_of
from bonphuong.procedures.models import State
from bonphuong.records.enums import TieKind
from bonphuong.records.models import Record, RecordTie
from bonphuong.records.queries import search
from bonphuong.web.desk.pages.exports import Listing
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet
    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User
    from bonphuong.records.registry import Family
    from bonphuong.web.desk.forms.records import RecordFilter

PAGE = 50
CHIPS = 12
YEARS = 8


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

    def records(self, user: User, wanted: RecordFilter) -> QuerySet[Record]:
        """All records of the family that the person may see and that the words find."""
        if wanted.text:
            return search(user, wanted.text, family=self.family.code)
        return Record.objects.visible_to(user).live().filter(family=self.family.code)

    def url(self, wanted: RecordFilter, **changes: object) -> str:
        """The address of the list with something changed, back on its first page."""
        asked = replace(wanted, **{"after": "", **changes})  # type: ignore[arg-type]
        return f"{self.address}?{query_of(asked)}"

    def tabs(self, base: QuerySet[Record], wanted: RecordFilter) -> list[Chip]:
        """The kinds of the family, with how many of each the other filters leave."""
        counted = wanted.narrow(base, without="kind").values_list("kind").annotate(n=Count("pk")).order_by()
        counts = dict(counted)
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
        if wanted.flag:
            chips.append(Chip(str(self.flags[wanted.flag]), self.url(wanted, flag=""), is_on=True))
        return chips

    def offered(self, base: QuerySet[Record], wanted: RecordFilter) -> list[Chip]:
        """What an officer looks for most, where it would still part the list."""
        if wanted.flag:
            return []
        counts = {flag: replace(wanted, flag=flag).narrow(base).count() for flag in self.flags}
        return [
            Chip(str(word), self.url(wanted, flag=flag), count=counts[flag])
            for flag, word in self.flags.items()
            if counts[flag]
        ]

    def more(self, narrowed: QuerySet[Record], base: QuerySet[Record], wanted: RecordFilter) -> list[Group]:
        """Every other filter, under what it is about."""
        groups = (
            Group(_("Year"), self._years(base, wanted)),
            Group(_("Country"), [] if wanted.country else self._countries(narrowed, wanted)),
            Group(_("State"), [] if wanted.state else self._states(narrowed, wanted)),
        )
        return [group for group in groups if group.chips]

    def _years(self, base: QuerySet[Record], wanted: RecordFilter) -> list[Chip]:
        """Whole years of the person's own cut-off, the latest first."""
        cutoff = wanted.cutoff
        known = wanted.narrow(base, without="period").dates("begins_on", "year", order="DESC")[:YEARS]
        chosen = wanted.period.code if wanted.period else ""
        years = [Period.parse(str(day.year), cutoff) for day in known]
        chips = [
            Chip(period.label(language()), self.url(wanted, period=period))
            for period in years
            if period.code != chosen
        ]
        return [*chips, Chip(_("All years"), self.url(wanted, period=None))] if chosen else chips

    def _countries(self, narrowed: QuerySet[Record], wanted: RecordFilter) -> list[Chip]:
        ties = RecordTie.objects.filter(kind=TieKind.COUNTRY, record__in=narrowed.values("pk"))
        counted = list(ties.values_list("code").annotate(n=Count("pk")).order_by("-n", "code")[:CHIPS])
        if len(counted) < 2:
            return []
        names = names_of(countries=[code for code, _n in counted])
        return [Chip(names.country(code), self.url(wanted, country=code), count=n) for code, n in counted]

    def _states(self, narrowed: QuerySet[Record], wanted: RecordFilter) -> list[Chip]:
        counted = narrowed.values_list("state").annotate(n=Count("pk")).order_by("-n", "state")[:CHIPS]
        labels = state_labels([state for state, _n in counted])
        return [Chip(labels[state], self.url(wanted, state=state), count=n) for state, n in counted if state]

    def listing(self, user: User, wanted: RecordFilter) -> Listing:
        """What of the list leaves as a file."""
        what = self.family.kind(wanted.kind).plural if wanted.kind else self.family.plural
        when = wanted.period.label(language()) if wanted.period else clock.today().isoformat()
        return Listing(
            family=self.family,
            records=wanted.narrow(self.records(user, wanted)),
            kind=wanted.kind,
            title=f"{what}, {when}",
            said=[chip.label for chip in self.chosen(wanted)],
            asked=dict(parse_qsl(query_of(replace(wanted, after="")))),
            is_demo=user.is_demo,
        )


def page_of(records: QuerySet[Record], after: str) -> list[Record]:
    """One page and one row more, found by the mark of the last row before and never by counting."""
    if after:
        day, _dot, uid = after.partition(".")
        undated = Q(begins_on__isnull=True, pk__lt=uid)
        records = records.filter(
            Q(begins_on__lt=day) | Q(begins_on=day, pk__lt=uid)
            if day
            else undated | Q(begins_on__isnull=False)
        )
    return list(records.order_by(F("begins_on").desc(nulls_first=True), "-pk")[: PAGE + 1])


def mark_of(record: Record) -> str:
    """The mark by which the page after this row is found."""
    return f"{record.begins_on.isoformat() if record.begins_on else ''}.{record.pk}"


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
        "after": asked.after,
    }
    return urlencode({name: value for name, value in parts.items() if value})
