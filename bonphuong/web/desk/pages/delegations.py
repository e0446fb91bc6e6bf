"""The list of delegations: rows, filters with their counts, and totals set beside the ledger's own figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.families.delegations.enums import Kind
from bonphuong.families.delegations.models import Place
from bonphuong.indicators.figures import Figure, FigureRequest
from bonphuong.indicators.queries import figures
from bonphuong.kernel import clock
from bonphuong.kit.names import Names, names_of
from bonphuong.records.registry import get_family
from bonphuong.web.desk.forms.records import COMMON_FLAGS
from bonphuong.web.desk.pages.facets import facets_of
from bonphuong.web.desk.pages.figures import page_url
from bonphuong.web.desk.pages.listing import HEADERS_UNREAD, Chip, Group, Shelf
from bonphuong.web.desk.pages.ordering import PAGE, order_of, page_of
from bonphuong.web.desk.pages.standing import StateView, state_views
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.families.delegations.models import Delegation
    from bonphuong.kernel.periods import Period
    from bonphuong.records.models import Record
    from bonphuong.web.desk.forms.records import RecordFilter
    from bonphuong.web.desk.pages.exports import Listing
    from bonphuong.web.desk.pages.facets import Facets

FAMILY = "delegations"
# Which figures a kind's list adds up to: how many, and how many people.
TOTALS: dict[str, tuple[str, str]] = {
    Kind.OUTBOUND: ("outbound.groups", "outbound.person_visits"),
    Kind.INBOUND: ("inbound.groups", "inbound.person_visits"),
    Kind.INDIVIDUAL: ("", "outbound.individuals"),
    Kind.PERSONAL: ("outbound.personal_trips", ""),
    Kind.DAY_CONTACT: ("border.day_contacts", "border.day_contact_people"),
    Kind.SESSION: ("sessions.held", ""),
}
_HAPPENED = Q(counts_on__isnull=False, delegation__is_void=False)
# What of the list adds up: what took place, and who went or came.
SUMS = {
    "groups": Count("pk", filter=_HAPPENED),
    "people": Sum("delegation__actual_heads", filter=_HAPPENED),
}
# Long texts that no list shows.
UNREAD = (
    *HEADERS_UNREAD,
    "delegation__content",
    "delegation__result",
    "delegation__venue",
    "delegation__cost_vnd",
    "delegation__head_title",
    "delegation__decision_number",
)
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


def shelf() -> Shelf:
    """The list of delegations."""
    return Shelf(get_family(FAMILY), reverse("desk:delegations"), flag_words())


def list_page(user: User, wanted: RecordFilter, *, more: bool = False) -> ListPage:
    """Gather the list. The number of queries does not depend on the number of rows."""
    here, order = shelf(), order_of(wanted.order)
    parts = here.parts(user, wanted)
    facets = facets_of(user, FAMILY, parts, wanted, SUMS)
    rows = [wanted.narrow(part).select_related("delegation").defer(*UNREAD) for part in parts]
    found = page_of(rows, order, wanted.after)
    return ListPage(
        title=_title(wanted, facets.count, facets.late),
        rows=_rows(found[:PAGE]),
        count=facets.count,
        tabs=here.tabs(facets, wanted),
        chips=[*here.chosen(wanted), *here.offered(facets, wanted)],
        more=here.more(parts, facets, wanted) if more else (),
        total=_total(user, facets, wanted),
        next_url=here.url(wanted, after=order.mark(found[PAGE - 1])) if len(found) > PAGE else "",
        is_first=not wanted.after,
    )


def _rows(records: Sequence[Record]) -> list[Row]:
    rows = [record.delegation for record in records]
    places = list(Place.objects.filter(delegation__in=[record.pk for record in records]).order_by("order"))
    by_row: dict[UUID, list[Place]] = {}
    for place in places:
        by_row.setdefault(place.delegation_id, []).append(place)
    names = names_of(
        countries={row.main_country for row in rows} | {place.country_code for place in places},
        offices={row.lead_office_code for row in rows},
        parties={place.party_code for place in places} | {row.partner_code for row in rows},
    )
    return [
        Row(
            record=record,
            delegation=record.delegation,
            state=state,
            where=where_of(by_row.get(record.pk, ()), record.delegation.main_country, names),
            office=names.office(record.delegation.lead_office_code),
            heads=record.delegation.heads or None,
        )
        for record, state in zip(records, state_views(records, clock.today()), strict=True)
    ]


def where_text(row: Delegation, names: Names) -> str:
    """Where a delegation goes or comes from; its places were fetched with it."""
    return where_of(row.places.all(), row.main_country, names)


def where_of(places: Iterable[Place], country: str, names: Names) -> str:
    """The places in their order: a partner's name where it is known, else the country's."""
    words = [
        names.party(place.party_code) if place.party_code else place.text or names.country(place.country_code)
        for place in places
    ]
    return ", ".join(dict.fromkeys(words)) or names.country(country)


def _title(wanted: RecordFilter, count: int, late: int) -> str:
    plural = PLURALS.get(wanted.kind)  # type: ignore[call-overload]
    what = (plural(count) if plural else ngettext("%(n)s record", "%(n)s records", count)) % {"n": count}
    if wanted.period is not None:
        what = _("%(what)s in %(period)s") % {"what": what, "period": wanted.period.label(language())}
    if not late:
        return what
    overdue = ngettext("%(n)s overdue", "%(n)s overdue", late) % {"n": late}
    return f"{what}, {overdue}"


def flags() -> dict[str, Callable[[dt.date], Q]]:
    """The ready-made filters of delegations."""
    return {
        "late": COMMON_FLAGS["late"],
        "unfiled": lambda today: (
            Q(delegation__ended_on__lte=today, delegation__report_received_on__isnull=True)
            & Q(kind__in=("outbound", "individual", "inbound"), is_closed=False, delegation__is_void=False)
        ),
        "off_plan": lambda _today: Q(delegation__plan_status="off"),
        "open": COMMON_FLAGS["open"],
    }


def flag_words() -> dict[str, str]:
    """What the ready-made filters are called."""
    return {
        "late": _("Overdue"),
        "unfiled": _("No report yet"),
        "off_plan": _("Off the plan"),
        "open": _("Not closed"),
    }


def _total(user: User, facets: Facets, wanted: RecordFilter) -> Total:
    """The rows that have happened, added up, and the ledger's figure where the list asks for nothing else."""
    total = Total(groups=facets.sums.get("groups", 0), people=facets.sums.get("people", 0))
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
    return shelf().listing(user, wanted)
