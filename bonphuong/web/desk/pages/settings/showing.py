"""The pages of a table of the settings: its list with filters, and one row with what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.accounts.rules import can
from bonphuong.kernel.numbers import format_number
from bonphuong.trail.models import Action, Change
from bonphuong.trail.queries import row_key
from bonphuong.web.desk.pages.listing import Chip, Group
from bonphuong.web.desk.pages.paging import page_number, sheet_of
from bonphuong.web.desk.pages.settings.kit import line_of, narrowed
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.web.desk.pages.paging import Sheet
    from bonphuong.web.desk.pages.settings.kit import Deed, Line, Panel, Table

_ACTS = 20


@dataclass(frozen=True)
class TablePage:
    """The list of a table."""

    table: Table
    sheet: Sheet[Line]
    chips: Sequence[Chip]
    more: Sequence[Group]
    add_url: str
    summary: str


@dataclass(frozen=True)
class RowPage:
    """One row: all that is known of it, what can be done, what belongs to it, who changed it."""

    table: Table
    line: Line
    details: Line
    deeds: Sequence[Deed]
    panels: Sequence[Panel]
    acts: Sequence[Action]


def table_page(table: Table, user: User, given: Mapping[str, str]) -> TablePage:
    """The rows in force, page by page."""
    asked = {name: given.get(name, "")[:80] for name in _asked(table) if given.get(name)}
    rows = narrowed(table, user, asked)

    def take(first: int, stop: int) -> list[Line]:
        found = list(rows[first:stop])
        table.prepare(user, found)
        return [line_of(table, row) for row in found]

    sheet = sheet_of(take, page_number(given))
    first, last = (format_number(n, language()) for n in (sheet.first, sheet.last))
    return TablePage(
        table=table,
        sheet=sheet,
        chips=_chips(table, user, asked),
        more=[
            Group(
                str(one.label),
                [Chip(str(label), _url(table, {**asked, one.name: code})) for code, label in options],
            )
            for one in table.narrowings
            if not asked.get(one.name) and len(options := one.choices(user)) > 1
        ],
        add_url=_add_url(table, user, asked),
        summary=_("rows %(first)s to %(last)s") % {"first": first, "last": last},
    )


def row_page(table: Table, user: User, row: Any) -> RowPage:
    """One row."""
    table.prepare(user, [row])
    return RowPage(
        table=table,
        line=line_of(table, row),
        details=line_of(table, row, columns=(*table.columns, *table.details)),
        deeds=[deed for deed in table.deeds if deed.may(user, row)],
        panels=table.panels(user, row),
        acts=_acts_on(user, row),
    )


def _asked(table: Table) -> list[str]:
    return ["all", *(one.name for one in table.narrowings)]


def _chips(table: Table, user: User, asked: dict[str, str]) -> list[Chip]:
    """What narrows the list now, to be taken off; and whether ended rows are shown too."""
    found = []
    for one in table.narrowings:
        code = asked.get(one.name)
        if code:
            label = dict(one.choices(user)).get(code, code)
            rest = {name: value for name, value in asked.items() if name != one.name}
            found.append(Chip(str(label), _url(table, rest), is_on=True))
    if table.is_dated:
        is_on = bool(asked.get("all"))
        rest = {name: value for name, value in asked.items() if name != "all"}
        found.append(
            Chip(_("with what has ended"), _url(table, rest if is_on else {**rest, "all": "1"}), is_on=is_on)
        )
    return found


def _url(table: Table, asked: Mapping[str, str]) -> str:
    url = reverse("desk:settings-table", args=[table.code])
    return f"{url}?{urlencode(asked)}" if asked else url


def _add_url(table: Table, user: User, asked: Mapping[str, str]) -> str:
    if table.add is None or not table.add.may(user, None):
        return ""
    url = reverse("desk:settings-new", args=[table.code])
    given = {name: value for name, value in asked.items() if name != "all"}
    return f"{url}?{urlencode(given)}" if given else url


def _acts_on(user: User, row: Any) -> list[Action]:
    """The newest acts that changed this row, for those who read the trail."""
    if not can(user, Permission.TRAIL_VIEW):
        return []
    changes = Change.objects.filter(table=row._meta.db_table, row=row_key(row.pk)).order_by("-id")
    ids = list(dict.fromkeys(changes.values_list("action", flat=True)[: 2 * _ACTS]))[:_ACTS]
    seen = {*office_codes_for(user, Permission.TRAIL_VIEW), ""}
    return [act for act in Action.objects.filter(pk__in=ids).order_by("-id") if act.office in seen]
