"""The list of a family made of the kit, from its columns and its ready-made filters alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.kernel import clock
from bonphuong.kit.names import names_of
from bonphuong.kit.queries import scheme_of
from bonphuong.records.registry import ColumnKind
from bonphuong.web.desk.forms.records import COMMON_FLAGS, once_each
from bonphuong.web.desk.pages.facets import facets_of
from bonphuong.web.desk.pages.listing import HEADERS_UNREAD, Chip, Group, Shelf
from bonphuong.web.desk.pages.ordering import PAGE, order_of, page_of
from bonphuong.web.desk.pages.standing import StateView, state_views
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from django.db.models import Q
    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User
    from bonphuong.kit.specs import Flag, Scheme
    from bonphuong.records.models import Record
    from bonphuong.records.registry import Column, Family, Kind
    from bonphuong.web.desk.forms.records import RecordFilter

_NUMBERS = {ColumnKind.NUMBER, ColumnKind.MONEY}
# What stands in the first column already.
_IN_FIRST = {"title", "lead_office"}
# So many columns fit beside the title and the state; the file has them all.
MOST_COLUMNS = 6


@dataclass(frozen=True)
class Cell:
    """A value of a row under its column."""

    value: object
    is_number: bool
    is_date: bool


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    record: Record
    kind: _StrOrPromise
    office: str
    state: StateView
    cells: Sequence[Cell]


@dataclass(frozen=True)
class ListPage:
    """Everything that the page of a list shows."""

    family: Family
    title: str
    heads: Sequence[Column]
    has_days: bool
    rows: Sequence[Row]
    count: int
    tabs: Sequence[Chip]
    chips: Sequence[Chip]
    more: Sequence[Group]
    summary: str
    next_url: str
    is_first: bool


def flags_of(family: Family) -> dict[str, Callable[[dt.date], Q]]:
    """The ready-made filters of a family: what is late or open, and its own."""
    own = {flag.code: partial(_flagged, family.code, flag) for flag in scheme_of(family.code).flags}
    return {**COMMON_FLAGS, **own}


def _flagged(family: str, flag: Flag, today: dt.date) -> Q:
    return once_each(flag.where(today), family)


def shelf_of(family: Family) -> Shelf:
    """The list of a family."""
    words = {"late": _("Overdue"), **{flag.code: flag.label for flag in scheme_of(family.code).flags}}
    return Shelf(family, reverse("desk:records", args=[family.code]), {**words, "open": _("Not closed")})


def list_page(user: User, family: Family, wanted: RecordFilter, *, more: bool = False) -> ListPage:
    """Gather the list. The number of queries does not depend on the number of rows."""
    here, order = shelf_of(family), order_of(wanted.order)
    parts = here.parts(user, wanted)
    facets = facets_of(user, family.code, parts, wanted, {})
    rows = [wanted.narrow(part).defer(*HEADERS_UNREAD) for part in parts]
    found = page_of(rows, order, wanted.after)
    heads = columns_of(family, wanted.kind)
    return ListPage(
        family=family,
        title=_title(family, wanted, facets.late),
        heads=heads,
        # The days of the header, where no column tells a day of its own.
        has_days=not any(column.kind == ColumnKind.DATE for column in heads),
        rows=_rows(family, heads, found[:PAGE]),
        count=facets.count,
        tabs=here.tabs(facets, wanted) if len(family.kinds) > 1 else (),
        chips=[*here.chosen(wanted), *here.offered(facets, wanted)],
        more=here.more(parts, facets, wanted) if more else (),
        summary=_summary(facets.count, facets.open, facets.late),
        next_url=here.url(wanted, after=order.mark(found[PAGE - 1])) if len(found) > PAGE else "",
        is_first=not wanted.after,
    )


def columns_of(family: Family, kind: str) -> list[Column]:
    """The columns on the screen: those of the kind, or what all kinds have in common."""
    if kind or len(family.kinds) == 1:
        columns = family.columns_of(kind or family.kinds[0].code)
        return [c for c in columns if c.on_screen and not c.restricted and c.code not in _IN_FIRST][
            :MOST_COLUMNS
        ]
    shared = set.intersection(*({c.code for c in _shown(family, one)} for one in family.kinds))
    return [c for c in _shown(family, family.kinds[0]) if c.code in shared][:MOST_COLUMNS]


def _shown(family: Family, kind: Kind) -> list[Column]:
    columns = family.columns_of(kind.code)
    return [c for c in columns if c.on_screen and not c.restricted and c.code not in _IN_FIRST]


def _rows(family: Family, heads: Sequence[Column], records: Sequence[Record]) -> list[Row]:
    states = dict(zip(records, state_views(records, clock.today()), strict=True))
    own = _own_rows(scheme_of(family.code), records)
    prepare = family.get_prepare()
    if prepare is not None:
        prepare(list(own.values()))
    kinds = {kind.code: kind.label for kind in family.kinds}
    names = names_of(offices={row.lead_office_code for row in own.values()})
    return [
        Row(
            record=record,
            kind=kinds.get(record.kind, family.label) if len(kinds) > 1 else "",
            office=names.office(own[record.pk].lead_office_code),
            state=states[record],
            cells=[_cell(column, own[record.pk]) for column in heads],
        )
        for record in records
        if record.pk in own
    ]


def _own_rows(scheme: Scheme, records: Sequence[Record]) -> Mapping[Any, Any]:
    """The family's rows of these records, each knowing its header."""
    rows = scheme.model._default_manager.in_bulk([record.pk for record in records])
    for record in records:
        if record.pk in rows:
            rows[record.pk].record = record
    return rows


def _cell(column: Column, row: Any) -> Cell:
    return Cell(column.value(row), column.kind in _NUMBERS, column.kind == ColumnKind.DATE)


def _title(family: Family, wanted: RecordFilter, late: int) -> str:
    what = str(family.kind(wanted.kind).plural if wanted.kind else family.plural)
    if wanted.period is not None:
        what = _("%(what)s in %(period)s") % {"what": what, "period": wanted.period.label(language())}
    if not late:
        return what
    overdue = ngettext("%(n)s overdue", "%(n)s overdue", late) % {"n": late}
    return f"{what}, {overdue}"


def _summary(count: int, is_open: int, late: int) -> str:
    """How many there are, and how many of them still wait for something."""
    parts = [ngettext("%(n)s record", "%(n)s records", count) % {"n": count}]
    if is_open:
        parts.append(ngettext("%(n)s not closed", "%(n)s not closed", is_open) % {"n": is_open})
    if late:
        parts.append(ngettext("%(n)s overdue", "%(n)s overdue", late) % {"n": late})
    return ", ".join(parts)
