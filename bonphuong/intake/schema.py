"""What a loaded sheet looks like to people and to programs: its tables, every remark by row and cell, the counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.intake.enums import BatchStatus, MatchedBy


@dataclass(frozen=True)
class CellRemark:
    """What is wrong with a cell, or unusual about it. `row` is None where the whole sheet is meant.

    `cell` is "E17", `column` the heading as it stands in the sheet, `code` the column that it was taken for,
    `value` the cell's value as written.
    """

    sheet: str
    row: int | None
    cell: str
    column: str
    code: str
    value: str
    message: str

    @property
    def text(self) -> str:
        """As in "row 17, column E (Country): …"."""
        if self.row is None:
            return self.message
        if not self.cell:
            return _("row %(row)s: %(message)s") % {"row": self.row, "message": self.message}
        return _("row %(row)s, column %(letter)s (%(column)s): %(message)s") % {
            "row": self.row,
            "letter": self.cell.rstrip("0123456789"),
            "column": self.column,
            "message": self.message,
        }


@dataclass(frozen=True)
class ColumnView:
    """A column of a sheet: its letter and heading, what it was taken for and by what, what it may be."""

    letter: str
    heading: str
    key: str
    code: str
    label: str
    by: MatchedBy
    suggestions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TableView:
    """A table of a batch. `missing` are labels of required columns; an ignored table holds nothing to enter."""

    sheet: str
    kind: str
    kind_label: str
    columns: tuple[ColumnView, ...]
    missing: tuple[str, ...] = ()
    is_ignored: bool = False

    @property
    def unmapped(self) -> tuple[ColumnView, ...]:
        """Columns with a heading that nothing was made of."""
        return tuple(column for column in self.columns if column.heading and column.by == "none")


@dataclass(frozen=True)
class TwinView:
    """A row that seems to be entered already: as another row, or as records. Those unseen are counted only."""

    sheet: str
    row: int
    title: str
    same_row: int | None = None
    same_sheet: str = ""
    pk: UUID | None = None
    choice: str = ""
    records: tuple[RecordView, ...] = ()
    unseen: int = 0


@dataclass(frozen=True)
class RecordView:
    """A record that a row looks like, names, or became."""

    uid: UUID
    number: str
    title: str
    family: str = ""

    @property
    def pk(self) -> UUID:
        """The key of the record."""
        return self.uid


@dataclass(frozen=True)
class ChangeView:
    """A cell that changes a stored record: what it says now, and what the sheet says."""

    cell: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class UpdateView:
    """A row that brings a stored record up to date."""

    sheet: str
    row: int
    record: RecordView | None
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True)
class SkippedView:
    """A row that holds no record, and why it was taken for that."""

    sheet: str
    row: int
    remark: str
    text: str


@dataclass(frozen=True)
class Counts:
    """How many rows there are of each sort; together they are all rows below the heads.

    `changing` are those of the good ones that bring a stored record up to date.
    """

    rows: int = 0
    new: int = 0
    good: int = 0
    bad: int = 0
    skipped: int = 0
    twins: int = 0
    posted: int = 0
    undone: int = 0
    same: int = 0
    changing: int = 0


@dataclass(frozen=True)
class Preview:
    """A batch as it stands. With `problems` no row was judged: they must be solved first."""

    batch: UUID
    file_name: str
    office_code: str
    status: BatchStatus
    counts: Counts
    tables: tuple[TableView, ...] = ()
    problems: tuple[CellRemark, ...] = ()
    errors: tuple[CellRemark, ...] = ()
    warnings: tuple[CellRemark, ...] = ()
    twins: tuple[TwinView, ...] = ()
    skipped: tuple[SkippedView, ...] = ()
    updates: tuple[UpdateView, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def can_post(self) -> bool:
        """Whether there is something to enter and nothing that stands in the way."""
        return not self.problems and self.status in {"staged", "posting"} and self.counts.good > 0


@dataclass(frozen=True)
class Result:
    """What posting did: the records of this call, and the batch as it stands now."""

    records: tuple[UUID, ...]
    preview: Preview


def preview_json(found: Preview | Result) -> dict[str, Any]:
    """The batch as one plain object, for the command line and other programs."""
    preview = found.preview if isinstance(found, Result) else found
    counts = preview.counts
    return {
        "batch": str(preview.batch),
        "file": preview.file_name,
        "office": preview.office_code,
        "status": str(preview.status),
        "rows": counts.rows,
        "good": counts.good,
        "bad": counts.bad,
        "skipped": counts.skipped,
        "twins": counts.twins,
        "posted": counts.posted,
        "unchanged": counts.same,
        "changing": counts.changing,
        "tables": [_table(table) for table in preview.tables],
        "errors": _remarks([*preview.problems, *preview.errors]),
        "warnings": _remarks(preview.warnings),
        "duplicates": [_twin(twin) for twin in preview.twins],
        "changes": [_update(update) for update in preview.updates],
        "left_out": [vars(row) for row in preview.skipped],
        "notes": list(preview.notes),
    }


def _remarks(remarks: Sequence[CellRemark]) -> list[dict[str, object]]:
    return [
        {
            "sheet": remark.sheet,
            "row": remark.row,
            "cell": remark.cell,
            "column": remark.column,
            "value": remark.value,
            "message": remark.message,
        }
        for remark in remarks
    ]


def _table(table: TableView) -> dict[str, object]:
    return {
        "sheet": table.sheet,
        "kind": table.kind,
        "ignored": table.is_ignored,
        "missing": list(table.missing),
        "columns": [
            {
                "letter": column.letter,
                "heading": column.heading,
                "code": column.code,
                "by": str(column.by),
                "suggestions": [code for code, _label in column.suggestions],
            }
            for column in table.columns
        ],
    }


def _twin(twin: TwinView) -> dict[str, object]:
    return {
        "sheet": twin.sheet,
        "row": twin.row,
        "same_sheet": twin.same_sheet,
        "same_row": twin.same_row,
        "records": [{"uid": str(record.uid), "number": record.number} for record in twin.records],
    }


def _update(update: UpdateView) -> dict[str, object]:
    return {
        "sheet": update.sheet,
        "row": update.row,
        "record": update.record.number if update.record else "",
        "cells": [vars(change) for change in update.changes],
    }
