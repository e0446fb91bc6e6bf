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
from bonphuong.indicators.figures import Figure, FigureRequest
from bonphuong.indicators.queries import figures
from bonphuong.kernel import clock
from bonphuong.kit.names import Names, names_of
from bonphuong.procedures.queries import cases_of
from bonphuong.records.registry import get_family
from bonphuong.web.desk.forms.records import COMMON_FLAGS
from bonphuong.web.desk.pages.figures import page_url
from bonphuong.web.desk.pages.listing import PAGE, Chip, Group, Shelf, mark_of, page_of
from bonphuong.web.desk.pages.standing import StateView, state_view
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet

    from bonphuong.accounts.models import User
    from bonphuong.families.delegations.models import Delegation
    from bonphuong.kernel.periods import Period
    from bonphuong.records.models import Record
    from bonphuong.web.desk.forms.records import RecordFilter
    from bonphuong.web.desk.pages.exports import Listing

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


def list_page(user: User, wanted: RecordFilter) -> ListPage:
    """Gather the list. The number of queries does not depend on the number of rows."""
    here = shelf()
    base = here.records(user, wanted)
    narrowed = wanted.narrow(base)
    count = narrowed.count()
    found = page_of(
        narrowed.select_related("delegation", "due_rule").prefetch_related("delegation__places"), wanted.after
    )
    late = narrowed.filter(due_on__lt=clock.today(), is_closed=False).count()
    return ListPage(
        title=_title(wanted, count, late),
        rows=_rows(found[:PAGE]),
        count=count,
        tabs=here.tabs(base, wanted),
        chips=[*here.chosen(wanted), *here.offered(base, wanted)],
        more=here.more(narrowed, base, wanted),
        total=_total(user, narrowed, wanted),
        next_url=here.url(wanted, after=mark_of(found[PAGE - 1])) if len(found) > PAGE else "",
        is_first=not wanted.after,
    )


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
    return shelf().listing(user, wanted)
