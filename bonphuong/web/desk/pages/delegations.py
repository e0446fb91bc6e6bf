"""The list of delegations: rows, filters with their counts, and totals set beside the ledger's own figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.families.delegations.enums import Kind
from bonphuong.indicators.figures import Figure, FigureRequest
from bonphuong.indicators.queries import figures
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Period
from bonphuong.procedures.models import State
from bonphuong.procedures.queries import cases_of
from bonphuong.records.enums import TieKind
from bonphuong.records.models import Record, RecordTie
from bonphuong.records.queries import search
from bonphuong.records.registry import get_family
from bonphuong.web.desk.pages.exports import Listing
from bonphuong.web.desk.pages.figures import page_url
from bonphuong.kit.names import Names, names_of
from bonphuong.web.desk.pages.standing import StateView, state_view
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from bonphuong.accounts.models import User
    from bonphuong.families.delegations.models import Delegation
    from bonphuong.web.desk.forms.records import RecordFilter

FAMILY = "delegations"
PAGE = 50
CHIPS = 12
YEARS = 8
# Which figures a kind's list adds up to: how many, and how many people.
TOTALS: dict[str, tuple[str, str]] = {
    Kind.OUTBOUND: ("outbound.groups", "outbound.person_visits"),
    Kind.INBOUND: ("inbound.groups", "inbound.person_visits"),
    Kind.INDIVIDUAL: ("", "outbound.individuals"),
    Kind.PERSONAL: ("outbound.personal_trips", ""),
    Kind.DAY_CONTACT: ("border.day_contacts", "border.day_contact_people"),
    Kind.SESSION: ("sessions.held", ""),
}
PLURALS = {
    Kind.OUTBOUND: lambda n: ngettext("%(n)s outbound delegation", "%(n)s outbound delegations", n),
    Kind.INBOUND: lambda n: ngettext("%(n)s inbound delegation", "%(n)s inbound delegations", n),
    Kind.INDIVIDUAL: lambda n: ngettext("%(n)s case of individuals", "%(n)s cases of individuals", n),
    Kind.PERSONAL: lambda n: ngettext("%(n)s personal trip", "%(n)s personal trips", n),
    Kind.DAY_CONTACT: lambda n: ngettext("%(n)s border day contact", "%(n)s border day contacts", n),
    Kind.SESSION: lambda n: ngettext("%(n)s session", "%(n)s sessions", n),
}


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    record: Record
    delegation: Delegation
    state: StateView
    where: str
    office: str
    heads: int | None


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
class Total:
    """What the rows come to, and what the ledger says of the same."""

    groups: int
    people: int
    figure: Figure | None = None
    people_figure: Figure | None = None
    url: str = ""

    @property
    def is_equal(self) -> bool:
        """Whether the list and the ledger agree."""
        pairs = ((self.groups, self.figure), (self.people, self.people_figure))
        return all(figure is None or (figure.recorded or Decimal(0)) == value for value, figure in pairs)


@dataclass(frozen=True)
class ListPage:
    """Everything that the page of a list shows."""

    title: str
    rows: Sequence[Row]
    count: int
    tabs: Sequence[Chip]
    chips: Sequence[Chip]
    more: Sequence[Group]
    total: Total
    next_url: str
    is_first: bool


def list_page(user: User, wanted: RecordFilter) -> ListPage:
    """Gather the list. The number of queries does not depend on the number of rows."""
    known = search(user, wanted.text) if wanted.text else Record.objects.visible_to(user).live()
    base = known.filter(family=FAMILY)
    narrowed = wanted.narrow(base)
    count = narrowed.count()
    found = _slice(narrowed, wanted.after)
    late = wanted.narrow(base).filter(due_on__lt=clock.today(), is_closed=False).count()
    return ListPage(
        title=_title(wanted, count, late),
        rows=_rows(found[:PAGE]),
        count=count,
        tabs=_tabs(base, wanted),
        chips=[*_chosen(wanted), *_offered(base, wanted)],
        more=_more(narrowed, base, wanted),
        total=_total(user, narrowed, wanted),
        next_url=_url(wanted, after=_mark(found[PAGE - 1])) if len(found) > PAGE else "",
        is_first=not wanted.after,
    )


def _slice(records: QuerySet[Record], after: str) -> list[Record]:
    """One page and one row more, found by the mark of the last row before and never by counting."""
    ordered = records.select_related("delegation", "due_rule").prefetch_related("delegation__places")
    if after:
        day, _dot, uid = after.partition(".")
        undated = Q(begins_on__isnull=True, pk__lt=uid)
        ordered = ordered.filter(
            Q(begins_on__lt=day) | Q(begins_on=day, pk__lt=uid)
            if day
            else undated | Q(begins_on__isnull=False)
        )
    return list(ordered.order_by(F("begins_on").desc(nulls_first=True), "-pk")[: PAGE + 1])


def _mark(record: Record) -> str:
    return f"{record.begins_on.isoformat() if record.begins_on else ''}.{record.pk}"


def _rows(records: Sequence[Record]) -> list[Row]:
    today = clock.today()
    cases = cases_of([record.pk for record in records])
    rows = [record.delegation for record in records]
    places = [place for row in rows for place in row.places.all()]
    names = names_of(
        countries={row.main_country for row in rows} | {place.country_code for place in places},
        offices={row.lead_office_code for row in rows},
        parties={place.party_code for place in places} | {row.partner_code for row in rows},
    )
    return [
        Row(
            record=record,
            delegation=record.delegation,
            state=state_view(record, cases.get(record.pk), today),
            where=where_text(record.delegation, names),
            office=names.office(record.delegation.lead_office_code),
            heads=record.delegation.heads or None,
        )
        for record in records
    ]


def where_text(row: Delegation, names: Names) -> str:
    """The places in their order: a partner's name where it is known, else the country's."""
    words = [
        names.party(place.party_code) if place.party_code else place.text or names.country(place.country_code)
        for place in row.places.all()
    ]
    return ", ".join(dict.fromkeys(words)) or names.country(row.main_country)


def _title(wanted: RecordFilter, count: int, late: int) -> str:
    plural = PLURALS.get(wanted.kind)  # type: ignore[call-overload]
    what = (plural(count) if plural else ngettext("%(n)s record", "%(n)s records", count)) % {"n": count}
    if wanted.period is not None:
        what = _("%(what)s in %(period)s") % {"what": what, "period": wanted.period.label(language())}
    if not late:
        return what
    overdue = ngettext("%(n)s overdue", "%(n)s overdue", late) % {"n": late}
    return f"{what}, {overdue}"


def _tabs(base: QuerySet[Record], wanted: RecordFilter) -> list[Chip]:
    counted = wanted.narrow(base, without="kind").values_list("kind").annotate(n=Count("pk")).order_by()
    counts = dict(counted)
    tabs = [Chip(_("All"), _url(wanted, kind=""), is_on=not wanted.kind, count=sum(counts.values()))]
    return tabs + [
        Chip(
            str(kind.label),
            _url(wanted, kind=kind.value),
            is_on=wanted.kind == kind,
            count=counts.get(kind, 0),
        )
        for kind in Kind
        if counts.get(kind) or wanted.kind == kind
    ]


def _chosen(wanted: RecordFilter) -> list[Chip]:
    chips = []
    if wanted.text:
        chips.append(Chip(f"“{wanted.text}”", _url(wanted, text=""), is_on=True))
    if wanted.period is not None:
        label = wanted.period.label(language())
        chips.append(Chip(label[:1].upper() + label[1:], _url(wanted, period=None), is_on=True))
    if wanted.country:
        name = names_of(countries=[wanted.country]).country(wanted.country)
        chips.append(Chip(name, _url(wanted, country=""), is_on=True))
    if wanted.state:
        chips.append(Chip(_state_labels([wanted.state])[wanted.state], _url(wanted, state=""), is_on=True))
    if wanted.flag:
        chips.append(Chip(flag_words()[wanted.flag], _url(wanted, flag=""), is_on=True))
    return chips


def flag_words() -> dict[str, str]:
    """What the ready-made filters are called."""
    return {
        "late": _("Overdue"),
        "unfiled": _("No report yet"),
        "off_plan": _("Off the plan"),
        "open": _("Not closed"),
    }


def _offered(base: QuerySet[Record], wanted: RecordFilter) -> list[Chip]:
    """What an officer looks for most, where it would still part the list."""
    if wanted.flag:
        return []
    counts = {flag: replace(wanted, flag=flag).narrow(base).count() for flag in flag_words()}
    return [
        Chip(word, _url(wanted, flag=flag), count=counts[flag])
        for flag, word in flag_words().items()
        if counts[flag]
    ]


def _more(narrowed: QuerySet[Record], base: QuerySet[Record], wanted: RecordFilter) -> list[Group]:
    """Every other filter, under what it is about."""
    groups = (
        Group(_("Year"), _years(base, wanted)),
        Group(_("Country"), [] if wanted.country else _countries(narrowed, wanted)),
        Group(_("State"), [] if wanted.state else _states(narrowed, wanted)),
    )
    return [group for group in groups if group.chips]


def _years(base: QuerySet[Record], wanted: RecordFilter) -> list[Chip]:
    """Whole years of the person's own cut-off, the latest first."""
    cutoff = wanted.cutoff
    known = wanted.narrow(base, without="period").dates("begins_on", "year", order="DESC")[:YEARS]
    chosen = wanted.period.code if wanted.period else ""
    years = [Period.parse(str(day.year), cutoff) for day in known]
    chips = [
        Chip(period.label(language()), _url(wanted, period=period))
        for period in years
        if period.code != chosen
    ]
    return [*chips, Chip(_("All years"), _url(wanted, period=None))] if chosen else chips


def _countries(narrowed: QuerySet[Record], wanted: RecordFilter) -> list[Chip]:
    ties = RecordTie.objects.filter(kind=TieKind.COUNTRY, record__in=narrowed.values("pk"))
    counted = list(ties.values_list("code").annotate(n=Count("pk")).order_by("-n", "code")[:CHIPS])
    if len(counted) < 2:
        return []
    names = names_of(countries=[code for code, _n in counted])
    return [Chip(names.country(code), _url(wanted, country=code), count=n) for code, n in counted]


def _states(narrowed: QuerySet[Record], wanted: RecordFilter) -> list[Chip]:
    counted = narrowed.values_list("state").annotate(n=Count("pk")).order_by("-n", "state")[:CHIPS]
    labels = _state_labels([state for state, _n in counted])
    return [Chip(labels[state], _url(wanted, state=state), count=n) for state, n in counted if state]


def _state_labels(codes: Sequence[str]) -> dict[str, str]:
    found = {state.code: state.label for state in State.objects.filter(code__in=codes)}
    return {code: found.get(code, code) for code in codes}


def _total(user: User, narrowed: QuerySet[Record], wanted: RecordFilter) -> Total:
    """The rows that have happened, added up, and the ledger's figure where the list asks for nothing else."""
    counted = narrowed.filter(counts_on__isnull=False, delegation__is_void=False)
    sums = counted.aggregate(groups=Count("pk"), people=Sum("delegation__actual_heads"))
    total = Total(groups=sums["groups"] or 0, people=sums["people"] or 0)
    office = _whole_book(user)
    codes = TOTALS.get(wanted.kind)
    plain = not (wanted.text or wanted.state or wanted.flag)
    if codes is None or wanted.period is None or not office or not plain:
        return total
    requests = [_request(code, office, wanted.period, wanted.country) for code in codes if code]
    found = {figure.request.indicator: figure for figure in figures(requests)}
    return replace(
        total,
        figure=found.get(codes[0]),
        people_figure=found.get(codes[1]),
        url=page_url(requests[0]),
    )


def _request(code: str, office: str, period: Period, country: str) -> FigureRequest:
    return FigureRequest(code, office, period, filters={"country": (country,)} if country else {})


def _whole_book(user: User) -> str:
    """The book that the person sees the whole of: only then is their list the book's own."""
    return next((h.book for h in user.access().holdings if h.book in h.codes), "")


def listing_of(user: User, wanted: RecordFilter) -> Listing:
    """What of the list leaves as a file."""
    known = search(user, wanted.text) if wanted.text else Record.objects.visible_to(user).live()
    family = get_family(FAMILY)
    what = family.kind(wanted.kind).plural if wanted.kind else family.plural
    when = wanted.period.label(language()) if wanted.period else clock.today().isoformat()
    return Listing(
        family=family,
        records=wanted.narrow(known.filter(family=FAMILY)),
        kind=wanted.kind,
        title=f"{what}, {when}",
        said=[chip.label for chip in _chosen(wanted)],
        asked=dict(parse_qsl(_query(replace(wanted, after="")))),
        is_demo=user.is_demo,
    )


def export_url(wanted: RecordFilter) -> str:
    """The same rows as a workbook."""
    return f"{reverse('desk:delegations-file')}?{_query(replace(wanted, after=''))}"


def _url(wanted: RecordFilter, **changes: object) -> str:
    """The address of the list with something changed, back on its first page."""
    asked = replace(wanted, **{"after": "", **changes})  # type: ignore[arg-type]
    return f"{reverse('desk:delegations')}?{_query(asked)}"


def _query(asked: RecordFilter) -> str:
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
