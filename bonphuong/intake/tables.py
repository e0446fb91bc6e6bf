"""The tables of a batch as they were found, with what their headings are taken for now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.intake.finding import Heading
from bonphuong.intake.headings import RECORD_UID, columns_for, fingerprint_keys, match, missing
from bonphuong.intake.queries import remembered_columns, similar_columns
from bonphuong.intake.schema import CellRemark, ColumnView, TableView
from bonphuong.records.registry import get_family, kind_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.intake.finding import FoundTable
    from bonphuong.intake.headings import Matched
    from bonphuong.intake.models import Batch
    from bonphuong.records.registry import Column

# A table that names fewer of the required columns is something else: a summary, a list of members.
_ENOUGH = 2


def describe(table: FoundTable, *, kind: str, kinds: Sequence[str], year: int | None) -> dict[str, Any]:
    """A found table in the plain form that a batch keeps."""
    return {
        "sheet": table.sheet,
        "titles": list(table.titles),
        "headings": [[heading.text, heading.key] for heading in table.headings],
        "head": list(table.head_rows),
        "kind": kind,
        "kinds": list(kinds),
        "year": year,
    }


@dataclass(frozen=True)
class MappedTable:
    """A table of a batch: its headings, the columns that it may have, what each heading is taken for."""

    place: int
    family: str
    sheet: str
    kind: str
    kinds: tuple[str, ...]
    year: int | None
    columns: tuple[Column, ...]
    matched: tuple[Matched, ...]
    missing: tuple[Column, ...]

    @property
    def all_kinds(self) -> list[str]:
        """Its kind and those that its parts name."""
        return list(dict.fromkeys(kind for kind in (self.kind, *self.kinds) if kind))

    @cached_property
    def code_at(self) -> dict[int, str]:
        """Place of a column in the sheet → code."""
        return {found.heading.index: found.code for found in self.matched if found.code}

    @cached_property
    def place_of(self) -> dict[str, int]:
        """Code → place of the column in the sheet."""
        return {code: index for index, code in self.code_at.items()}

    @cached_property
    def column_of(self) -> dict[str, Column]:
        """Code → column, those not in the sheet too."""
        return {column.code: column for column in self.columns}

    @cached_property
    def is_ignored(self) -> bool:
        """Whether the table is something else than a list of records."""
        if RECORD_UID in self.place_of:
            return False
        required = [column for column in self.columns if column.required]
        named = len(required) - len(self.missing)
        return not self.code_at or (bool(self.missing) and named < min(_ENOUGH, len(required)))

    def heading_at(self, index: int) -> str:
        """The words of a column's heading."""
        return self.matched[index].heading.text if index < len(self.matched) else ""

    def view(self) -> TableView:
        """As people see it."""
        return TableView(
            sheet=self.sheet,
            kind=self.kind,
            kind_label=", ".join(str(kind_label(self.family, kind)) for kind in self.all_kinds),
            columns=tuple(self._column_view(found) for found in self.matched),
            missing=tuple(str(column.label) for column in self.missing),
            is_ignored=self.is_ignored,
        )

    def _column_view(self, found: Matched) -> ColumnView:
        label = self.column_of[found.code].label if found.code else ""
        return ColumnView(
            letter=found.heading.letter,
            heading=found.heading.text,
            key=found.heading.key,
            code=found.code,
            label=str(label),
            by=found.by,
            suggestions=tuple((code, str(self.column_of[code].label)) for code in found.suggestions),
        )


def mapped_tables(batch: Batch) -> list[MappedTable]:
    """The batch's tables, their headings matched by what is known now."""
    return [_mapped(batch, place, content) for place, content in enumerate(batch.tables)]


def _mapped(batch: Batch, place: int, content: dict[str, Any]) -> MappedTable:
    headings = [Heading(index, text, key) for index, (text, key) in enumerate(content["headings"])]
    kind = batch.kind or content["kind"]
    kinds = () if batch.kind else tuple(content["kinds"])
    columns = columns_for(get_family(batch.family), dict.fromkeys(k for k in (kind, *kinds) if k))
    matched = match(
        headings,
        columns,
        given=batch.mapping,
        remembered=remembered_columns(batch, kind, fingerprint_keys(headings)),
        similar=similar_columns(batch, kind),
    )
    return MappedTable(
        place=place,
        family=batch.family,
        sheet=content["sheet"],
        kind=kind,
        kinds=kinds,
        year=content["year"],
        columns=tuple(columns),
        matched=tuple(matched),
        missing=tuple(missing(columns, [found.code for found in matched])),
    )


def problems_of(batch: Batch, tables: Sequence[MappedTable]) -> list[CellRemark]:
    """What keeps the rows from being judged. Where no table is a list of records, each says what it lacks."""
    lists = [table for table in tables if not table.is_ignored] or list(tables)
    problems = []
    for table in lists:
        # Rows that name their records need no more columns than those that change, and no kind.
        if RECORD_UID in table.place_of:
            continue
        if not table.kind and not table.kinds:
            problems.append(_problem(table, _ask_kind(batch, table)))
        if table.missing:
            names = ", ".join(str(column.label) for column in table.missing)
            message = _("Sheet “%(sheet)s” has no column for: %(columns)s. Say which one it is, or add it.")
            problems.append(_problem(table, message % {"sheet": table.sheet, "columns": names}))
    return problems


def _ask_kind(batch: Batch, table: MappedTable) -> str:
    family = get_family(batch.family)
    kinds = ", ".join(str(kind.label) for kind in family.kinds if kind.takes_import)
    message = _("Sheet “%(sheet)s” does not tell what its rows are. Say which: %(kinds)s.")
    return message % {"sheet": table.sheet, "kinds": kinds}


def _problem(table: MappedTable, message: str) -> CellRemark:
    return CellRemark(table.sheet, None, "", "", "", "", message)
