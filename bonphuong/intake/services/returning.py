"""Rows that did not go in, handed back as a workbook in the layout that they came in, with the reason."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.intake.cells import shown, unpack_cells, unpack_notes
from bonphuong.intake.enums import RowStatus
from bonphuong.intake.headings import REASON
from bonphuong.intake.models import BatchRow
from bonphuong.intake.previews import preview_of, reason_of
from bonphuong.intake.tables import mapped_tables
from bonphuong.kernel import clock
from bonphuong.kernel.sheets import Column, SheetSpec, write_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.intake.models import Batch
    from bonphuong.intake.schema import TwinView
    from bonphuong.intake.tables import MappedTable
    from bonphuong.kernel.sheets import Value
    from bonphuong.kernel.sheets.writing import Written

_WIDTH = 18
_REASON_WIDTH = 50


def bad_rows_file(batch: Batch, *, actor: User | None = None) -> bytes:
    """An .xlsx file of the rows with errors, then of those that seem to be entered already, sheet by sheet.

    Headings and values are those of the original; the last column says why, and bad cells are marked. Corrected,
    the file can be loaded as it is. One empty sheet where nothing came back.
    """
    rows = BatchRow.objects.filter(batch=batch, status__in=(RowStatus.BAD, RowStatus.TWIN))
    by_table: defaultdict[tuple[str, int], list[BatchRow]] = defaultdict(list)
    for row in rows.order_by("table", "number"):
        by_table[row.status, row.table].append(row)
    tables = mapped_tables(batch)
    reasons = (
        _twin_reasons(batch, tables, by_table, actor)
        if any(s == RowStatus.TWIN for s, _t in by_table)
        else {}
    )
    specs = [
        _spec(tables[place], batch.tables[place]["titles"], by_table[status, place], reasons, status)
        for status in (RowStatus.BAD, RowStatus.TWIN)
        for place in range(len(tables))
        if by_table[status, place]
    ]
    empty = SheetSpec(name=_("Nothing came back"), columns=[Column(str(REASON))], rows=[])
    return write_workbook(specs or [empty], created=clock.now())


def _spec(
    table: MappedTable,
    titles: Sequence[str],
    rows: Sequence[BatchRow],
    twins: Mapping[UUID, str],
    status: str,
) -> SheetSpec:
    columns = [_column(table, index) for index in range(len(table.matched))]
    lines: list[list[Written]] = []
    marks: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        stored = unpack_cells(row.cells)
        values = [_written(stored.at(index)) for index in range(len(columns))]
        lines.append([*values, reason_of(row, table, twins)])
        for note in unpack_notes(row.notes).errors:
            if note.column is not None and note.column < len(columns):
                marks[number, note.column] = note.message
    name = table.sheet if status == RowStatus.BAD else _("%(sheet)s, already there") % {"sheet": table.sheet}
    return SheetSpec(
        name=name,
        title=list(titles),
        columns=[*columns, Column(str(REASON), width=_REASON_WIDTH)],
        rows=lines,
        marks=marks,
    )


def _column(table: MappedTable, index: int) -> Column:
    found = table.matched[index]
    group, _slash, label = found.heading.text.rpartition(" / ")
    known = table.column_of.get(found.code)
    return Column(label, width=known.width if known else _WIDTH, group=group if label else "")


def _written(value: Value) -> Written:
    return shown(value) if isinstance(value, dt.time | dt.timedelta) else value


def _twin_reasons(
    batch: Batch,
    tables: Sequence[MappedTable],
    by_table: Mapping[tuple[str, int], Sequence[BatchRow]],
    actor: User | None,
) -> dict[UUID, str]:
    sheets = [table.sheet for table in tables]
    views = {(twin.sheet, twin.row): twin for twin in preview_of(batch, actor).twins}
    return {
        row.pk: _same_as(views[sheets[place], row.number])
        for (status, place), rows in by_table.items()
        if status == RowStatus.TWIN
        for row in rows
    }


def _same_as(twin: TwinView) -> str:
    if twin.records:
        return _("Entered already: %(numbers)s.") % {"numbers": ", ".join(r.number for r in twin.records)}
    if twin.same_row is not None:
        return _("The same as row %(row)s of “%(sheet)s”.") % {"row": twin.same_row, "sheet": twin.same_sheet}
    return _("Entered already by another office.")
