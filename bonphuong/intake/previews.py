"""A batch as people see it, read from what was kept beside its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.intake.cells import shown, unpack_cells, unpack_notes
from bonphuong.intake.enums import BatchStatus, RowStatus
from bonphuong.intake.judging import text_of
from bonphuong.intake.models import BatchRow
from bonphuong.intake.queries import count_changing, count_rows
from bonphuong.intake.schema import (
    CellRemark,
    ChangeView,
    Counts,
    Preview,
    RecordView,
    SkippedView,
    TwinView,
    UpdateView,
)
from bonphuong.intake.tables import mapped_tables, problems_of
from bonphuong.kernel import clock
from bonphuong.kernel.bulk import chunks
from bonphuong.kernel.dates import format_moment
from bonphuong.kernel.sheets.tables import column_name
from bonphuong.records.models import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.intake.cells import Change, Note, StoredCells
    from bonphuong.intake.judging import Judgement
    from bonphuong.intake.models import Batch
    from bonphuong.intake.tables import MappedTable

_OPEN = (BatchStatus.STAGED, BatchStatus.POSTING)


def preview_of(batch: Batch, user: User | None = None, *, judgement: Judgement | None = None) -> Preview:
    """The batch as it stands, without judging it again. Records that `user` (its actor) may not see are counted only.

    `judgement` spares reading rows that were judged a moment ago.
    """
    tables = judgement.tables if judgement else mapped_tables(batch)
    problems = judgement.problems if judgement else problems_of(batch, tables)
    # What went in and what is good without a remark has nothing to say.
    rows = [row for row in _rows(batch, judgement) if row.notes or row.status not in _QUIET]
    errors, warnings = _remarks(rows, tables)
    return Preview(
        batch=batch.pk,
        file_name=batch.file_name,
        office_code=batch.office_code,
        status=BatchStatus(batch.status),
        counts=counts_of(batch),
        tables=tuple(table.view() for table in tables),
        problems=tuple(problems) if batch.status in _OPEN else (),
        errors=tuple(errors),
        warnings=tuple(warnings),
        twins=tuple(_twins(rows, tables, user or batch.actor)),
        skipped=tuple(_skipped(rows, tables)),
        updates=tuple(_updates(rows, tables, user or batch.actor)),
        notes=tuple(_notes(batch)),
    )


_QUIET = {RowStatus.GOOD, RowStatus.POSTED, RowStatus.NEW, RowStatus.UNDONE, RowStatus.SAME}


def _rows(batch: Batch, judgement: Judgement | None) -> Iterable[BatchRow]:
    if judgement is not None and batch.status == BatchStatus.STAGED:
        return judgement.rows
    return BatchRow.objects.filter(batch=batch).order_by("table", "number")


def counts_of(batch: Batch) -> Counts:
    """How many rows of each sort there are now; as they were last, where the rows are forgotten."""
    if batch.forgotten_at is not None:
        return Counts(
            rows=batch.rows,
            good=batch.good,
            bad=batch.bad,
            skipped=batch.skipped,
            twins=batch.twins,
            posted=batch.posted,
            same=batch.same,
        )
    numbers = count_rows(batch)
    return Counts(
        rows=batch.rows,
        new=numbers[RowStatus.NEW],
        good=numbers[RowStatus.GOOD],
        bad=numbers[RowStatus.BAD],
        skipped=numbers[RowStatus.SKIPPED],
        twins=numbers[RowStatus.TWIN],
        posted=numbers[RowStatus.POSTED],
        undone=numbers[RowStatus.UNDONE],
        same=numbers[RowStatus.SAME],
        changing=count_changing(batch),
    )


def _remarks(
    rows: Sequence[BatchRow], tables: Sequence[MappedTable]
) -> tuple[list[CellRemark], list[CellRemark]]:
    errors: list[CellRemark] = []
    warnings: list[CellRemark] = []
    for row in rows:
        if not row.notes:
            continue
        notes, stored, table = unpack_notes(row.notes), unpack_cells(row.cells), tables[row.table]
        errors += [_remark(note, row, stored, table) for note in notes.errors]
        warnings += [_remark(note, row, stored, table) for note in notes.warnings]
    return errors, warnings


def _remark(note: Note, row: BatchRow, stored: StoredCells, table: MappedTable) -> CellRemark:
    if note.column is None:
        column = table.column_of.get(note.code)
        label = "" if column is None else str(column.label)
        return CellRemark(table.sheet, row.number, "", label, note.code, "", note.message)
    return CellRemark(
        sheet=table.sheet,
        row=row.number,
        cell=f"{column_name(note.column)}{row.number}",
        column=table.heading_at(note.column),
        code=note.code,
        value=shown(stored.at(note.column)),
        message=note.message,
    )


def _twins(rows: Sequence[BatchRow], tables: Sequence[MappedTable], user: User) -> Iterable[TwinView]:
    double = [row for row in rows if row.status == RowStatus.TWIN]
    records = _records([uid for row in double for uid in row.twins], user)
    wanted = [row.same_as for row in double if row.same_as is not None]
    same = {row.pk: row for row in BatchRow.objects.filter(pk__in=wanted).only("pk", "table", "number")}
    for row in double:
        table, first = tables[row.table], same.get(row.same_as) if row.same_as else None
        seen = tuple(records[uid] for uid in row.twins if uid in records)
        yield TwinView(
            sheet=table.sheet,
            row=row.number,
            title=shown(unpack_cells(row.cells).at(table.place_of.get("title", -1))),
            same_row=first.number if first else None,
            same_sheet=tables[first.table].sheet if first else "",
            records=seen,
            unseen=len(row.twins) - len(seen),
            pk=row.pk,
            choice=row.choice,
        )


def _updates(rows: Sequence[BatchRow], tables: Sequence[MappedTable], user: User) -> Iterable[UpdateView]:
    changing = [row for row in rows if row.of_uid is not None and row.notes]
    records = _records([str(row.of_uid) for row in changing], user)
    for row in changing:
        table, changes = tables[row.table], unpack_notes(row.notes).changes
        if changes:
            cells = tuple(_change_view(change, row, table) for change in changes)
            yield UpdateView(table.sheet, row.number, records.get(str(row.of_uid)), cells)


def _change_view(change: Change, row: BatchRow, table: MappedTable) -> ChangeView:
    place, column = table.place_of.get(change.code), table.column_of.get(change.code)
    return ChangeView(
        cell=f"{column_name(place)}{row.number}" if place is not None else "",
        label=str(column.label) if column else change.code,
        before=shown(change.before),
        after=shown(change.after),
    )


def _records(uids: Sequence[str], user: User) -> Mapping[str, RecordView]:
    found: dict[str, RecordView] = {}
    for some in chunks(list(dict.fromkeys(uids))):
        rows = Record.objects.visible_to(user).filter(pk__in=some)
        values = rows.values_list("pk", "number", "title", "family")
        found |= {str(uid): RecordView(uid, number, title, family) for uid, number, title, family in values}
    return found


def _skipped(rows: Sequence[BatchRow], tables: Sequence[MappedTable]) -> Iterable[SkippedView]:
    for row in rows:
        if row.status == RowStatus.SKIPPED:
            remark = unpack_notes(row.notes).remark or str(row.get_part_display())
            yield SkippedView(
                tables[row.table].sheet, row.number, remark, text_of(unpack_cells(row.cells).values)
            )


def _notes(batch: Batch) -> Iterable[str]:
    yield from batch.notes
    if batch.repeats is not None:
        moment = batch.repeats.posted_at or batch.repeats.staged_at
        yield _("This very file was loaded before, on %(moment)s; %(number)s of its rows were entered.") % {
            "moment": format_moment(moment),
            "number": batch.repeats.posted,
        }
    if batch.forgotten_at is not None:
        yield _("The rows were forgotten on %(day)s.") % {
            "day": f"{clock.local(batch.forgotten_at):%d/%m/%Y}"
        }


def reason_of(row: BatchRow, table: MappedTable, twins: Mapping[UUID, str]) -> str:
    """Why a row came back, in one text: every error with its column, or what it is the same as."""
    notes, stored = unpack_notes(row.notes), unpack_cells(row.cells)
    parts = [_remark(note, row, stored, table) for note in notes.errors]
    lines = [f"{part.column or part.code}: {part.message}" if part.column else part.message for part in parts]
    return "\n".join(lines) if lines else twins.get(row.pk, "")
