"""The list as a workbook: the same rows, in the columns that offices use, so that it can be loaded again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.families.delegations.enums import Kind
from bonphuong.kernel import clock
from bonphuong.kernel import sheets as workbook
from bonphuong.kernel.dates import format_moment
from bonphuong.kernel.numbers import format_number
from bonphuong.records.models import Record
from bonphuong.records.queries import search
from bonphuong.records.registry import ColumnKind, get_family
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.delegations.models import Delegation
    from bonphuong.kernel.sheets.writing import Written
    from bonphuong.records.registry import Column
    from bonphuong.web.desk.forms.records import RecordFilter

FAMILY = "delegations"
# More rows than this are no list to be looked at; narrower ones are asked for.
MOST = 5000
KINDS = {
    ColumnKind.NUMBER: workbook.Kind.INTEGER,
    ColumnKind.MONEY: workbook.Kind.INTEGER,
    ColumnKind.DATE: workbook.Kind.DATE,
}


def list_workbook(user: User, wanted: RecordFilter) -> bytes:
    """One sheet for each kind; what is restricted never leaves."""
    known = search(user, wanted.text) if wanted.text else Record.objects.visible_to(user).live()
    uids = wanted.narrow(known.filter(family=FAMILY)).values("pk")
    rows = get_family(FAMILY).get_facts_rows().filter(pk__in=uids)
    ordered = rows.order_by(F("record__begins_on").asc(nulls_last=True), "pk")[: MOST + 1]
    found: dict[str, list[Delegation]] = {}
    for row in ordered:
        found.setdefault(row.kind, []).append(row)
    kinds = [kind for kind in Kind.values if kind in found] or [wanted.kind or Kind.OUTBOUND]
    mark = _("illustration data") if user.is_demo else ""
    sheets = [_sheet(kind, found.get(kind, ()), wanted, mark) for kind in kinds]
    return workbook.write_workbook(sheets, created=clock.now(), mark=mark)


def file_name(wanted: RecordFilter) -> str:
    """What the file is saved as."""
    what = get_family(FAMILY).kind(wanted.kind).plural if wanted.kind else get_family(FAMILY).plural
    when = wanted.period.label(language()) if wanted.period else clock.today().isoformat()
    return f"{what}, {when}.xlsx"


def _sheet(kind: str, rows: Sequence[Delegation], wanted: RecordFilter, mark: str) -> workbook.SheetSpec:
    known = get_family(FAMILY).kind(kind)
    columns = [column for column in get_family(FAMILY).columns_of(kind) if _leaves(column)]
    head = [workbook.Column(_("No."), 6, workbook.Kind.CENTRED), workbook.Column(_("Case number"), 14)]
    head += [workbook.Column(str(c.label), c.width, KINDS.get(c.kind, workbook.Kind.TEXT)) for c in columns]
    lines = [
        [n, row.record.number, *(_cell(column.value(row)) for column in columns)]
        for n, row in enumerate(rows, start=1)
    ]
    title = [str(known.plural).upper()]
    if wanted.period is not None:
        title.append(wanted.period.label(language()))
    return workbook.SheetSpec(
        name=str(known.plural),
        title=[*title, *filter(None, [mark])],
        columns=head,
        rows=lines,
        totals=_totals(columns, lines),
        numbered=True,
        notes=[_said(len(rows))],
    )


def _leaves(column: Column) -> bool:
    return column.on_screen and not column.restricted


def _cell(value: object) -> Written:
    if isinstance(value, bool):
        return _("yes") if value else ""
    return value if value is None or isinstance(value, int | dt.date) else str(value)


def _totals(columns: Sequence[Column], lines: Iterable[Sequence[Written]]) -> list[Written]:
    """Numbers add up; everything else has no total."""
    totals: list[Written] = [None, _("Total")]
    for place, column in enumerate(columns, start=2):
        adds = column.kind in {ColumnKind.NUMBER, ColumnKind.MONEY}
        values = [line[place] for line in lines]
        totals.append(sum(v for v in values if isinstance(v, int)) if adds else None)
    return totals


def _said(count: int) -> str:
    rows = ngettext("%(n)s row", "%(n)s rows", count) % {"n": format_number(count, language())}
    at = format_moment(clock.now(), language())
    return _("%(rows)s, as entered by %(at)s.") % {"rows": rows, "at": at}
