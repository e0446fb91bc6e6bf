"""What each row of a batch is worth: through the family's gate, beside the register and beside the other rows.

Reads the database and writes nothing; the rows given are changed in memory.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.intake import cells as cell_text
from bonphuong.intake.cells import Note, RowNotes, StoredCells
from bonphuong.intake.doubles import mark_doubles
from bonphuong.intake.enums import RowPart, RowStatus, TwinChoice
from bonphuong.intake.sums import Column as Sum
from bonphuong.intake.tables import mapped_tables, problems_of
from bonphuong.intake.updating import identify
from bonphuong.kernel.sheets.tables import ERROR_VALUES
from bonphuong.records.registry import ColumnKind, get_family

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from bonphuong.intake.cells import Change
    from bonphuong.intake.models import Batch, BatchRow
    from bonphuong.intake.schema import CellRemark
    from bonphuong.intake.stored import Stored
    from bonphuong.intake.sums import Mismatch
    from bonphuong.intake.tables import MappedTable
    from bonphuong.kernel.sheets import Value
    from bonphuong.records.registry import Cleaned

_SUMMED = frozenset({ColumnKind.NUMBER, ColumnKind.MONEY})


@dataclass
class Judged:
    """A row on its way: its values by code, what is wrong so far, what the gate made of it."""

    row: BatchRow
    table: MappedTable
    values: dict[str, object]
    errors: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    draft: object | None = None
    # The stored record that the row names, the version that its list showed, and what it changes of it.
    of: UUID | None = None
    version: int | None = None
    known: Stored | None = None
    changes: tuple[Change, ...] = ()
    unchanged: bool = False

    @property
    def kind(self) -> str:
        """The kind of the record that the row names; else by the heading above it, else its table's."""
        if self.known is not None:
            return self.known.kind
        return (self.row.kind if self.row.kind in self.table.kinds else "") or self.table.kind

    def refuse(self, code: str, message: str) -> None:
        """Say what is wrong with the cell of a column."""
        self.errors.append(self.note(code, message))

    def note(self, code: str, message: str) -> Note:
        """A remark on the column that a code was read from."""
        return Note(self.table.place_of.get(code), code, message)

    def settle(self) -> None:
        """Write onto the row what was found."""
        self.row.status = self._status()
        self.row.twins, self.row.same_as, self.row.of_uid = [], None, self.of
        changes = self.changes if self.row.status == RowStatus.GOOD else ()
        warnings = () if self.row.status == RowStatus.SAME else tuple(self.warnings)
        self.row.notes = cell_text.pack_notes(RowNotes(tuple(self.errors), warnings, changes=changes))

    def _status(self) -> RowStatus:
        if self.unchanged and not self.errors:
            return RowStatus.SAME
        return RowStatus.GOOD if self.draft is not None and not self.errors else RowStatus.BAD


@dataclass(frozen=True)
class Judgement:
    """The rows that may still be entered, judged; drafts of those fit for it; what keeps all from being judged."""

    rows: Sequence[BatchRow]
    tables: Sequence[MappedTable]
    problems: Sequence[CellRemark]
    drafts: dict[UUID, object]
    kinds: dict[UUID, str]


def judge(batch: Batch, rows: Sequence[BatchRow]) -> Judgement:
    """Judge the rows of a batch that are not entered yet, all tables together."""
    tables = mapped_tables(batch)
    problems = problems_of(batch, tables)
    by_table: defaultdict[int, list[BatchRow]] = defaultdict(list)
    for row in rows:
        by_table[row.table].append(row)
    judged: list[Judged] = []
    for table in tables:
        members = by_table[table.place]
        if problems:
            _leave(members)
        elif table.is_ignored:
            _pass_over(members, _("This table is no list of records."))
        else:
            judged += _read(members, table, batch)
    identify(judged, batch)
    _check_kinds(judged)
    # What a row cannot be laid over is named already.
    _clean([one for one in judged if not one.unchanged and (one.of is None or one.known is not None)], batch)
    for one in judged:
        one.settle()
    new = [one for one in judged if one.row.status == RowStatus.GOOD and one.of is None]
    mark_doubles(new, batch)
    _choose(new)
    drafts = {one.row.pk: one.draft for one in judged if one.draft is not None and not one.errors}
    return Judgement(rows, tables, problems, drafts, {one.row.pk: one.kind for one in judged})


def _leave(rows: Iterable[BatchRow]) -> None:
    for row in rows:
        row.status = RowStatus.NEW if row.part == RowPart.DATA else RowStatus.SKIPPED
        row.notes, row.twins, row.same_as = "", [], None


def _pass_over(rows: Iterable[BatchRow], remark: str) -> None:
    for row in rows:
        row.status, row.twins, row.same_as = RowStatus.SKIPPED, [], None
        row.notes = cell_text.pack_notes(RowNotes(remark=remark))


def _read(rows: Sequence[BatchRow], table: MappedTable, batch: Batch) -> list[Judged]:
    """The records of a table, sums compared on the way, rows that go on with the one above put into it."""
    sums = {
        code: Sum()
        for code in table.place_of
        if code in table.column_of and table.column_of[code].kind in _SUMMED
    }
    found: list[Judged] = []
    _leave(rows)
    for row in rows:
        stored = cell_text.unpack_cells(row.cells)
        if row.part == RowPart.TOTALS:
            _compare(row, stored, table, sums)
        elif row.part == RowPart.SECTION:
            for one in sums.values():
                one.new_section()
        elif row.part == RowPart.DATA:
            if found and _goes_on(stored, table):
                _add_to(found[-1], row, stored)
                continue
            found.append(_record(row, stored, table, batch))
            for code, one in sums.items():
                one.add(stored.at(table.place_of[code]))
    return found


def _record(row: BatchRow, stored: StoredCells, table: MappedTable, batch: Batch) -> Judged:
    one = Judged(row, table, {"happened": batch.happened})
    if table.year is not None:
        one.values["year"] = table.year
    for index, code in table.code_at.items():
        value = stored.at(index)
        if index in stored.unsaved:
            message = _(
                "The formula's result was not saved. Open the file in Excel, save it and load it again."
            )
            one.errors.append(Note(index, code, message))
        elif isinstance(value, str) and value in ERROR_VALUES:
            one.errors.append(Note(index, code, _("The formula failed: %(value)s.") % {"value": value}))
            value = None
        one.values[code] = value
    return one


def _check_kinds(judged: Iterable[Judged]) -> None:
    for one in judged:
        if not one.kind and not one.errors and not one.unchanged:
            one.errors.append(Note(None, "", _("Nothing tells what kind of record this is.")))


def _choose(judged: Iterable[Judged]) -> None:
    """Rows that seem to be entered already, as a person has said of each."""
    for one in judged:
        row = one.row
        if row.status == RowStatus.TWIN and row.choice == TwinChoice.TAKE:
            row.status = RowStatus.GOOD
        elif row.status == RowStatus.TWIN and row.choice == TwinChoice.SKIP:
            row.status = RowStatus.SKIPPED
            notes = cell_text.unpack_notes(row.notes)
            row.notes = cell_text.pack_notes(replace(notes, remark=_("Left out: it is entered already.")))


def _goes_on(stored: StoredCells, table: MappedTable) -> bool:
    """Whether a row only goes on with the one above: all that makes a record is merged with it, places apart."""
    own = [
        table.place_of[code]
        for column in table.columns
        if column.required and column.kind != ColumnKind.COUNTRY
        for code in (column.code, *" ".join(column.instead).split())
        if code in table.place_of
    ]
    return len(own) > 1 and stored.merged.issuperset(own)


def _add_to(above: Judged, row: BatchRow, stored: StoredCells) -> None:
    for index, code in above.table.code_at.items():
        value, known = stored.at(index), above.values.get(code)
        if value is None or index in stored.merged or value == known:
            continue
        above.values[code] = value if known is None else f"{_written(known)}; {_written(value)}"
    _pass_over([row], _("Goes on with row %(number)s.") % {"number": above.row.number})


def _written(value: object) -> str:
    return value if isinstance(value, str) else cell_text.shown(value)  # type: ignore[arg-type]


def _compare(row: BatchRow, stored: StoredCells, table: MappedTable, sums: dict[str, Sum]) -> None:
    warnings = []
    for code, one in sums.items():
        index = table.place_of[code]
        wrong = one.compare(stored.at(index))
        if wrong is not None:
            warnings.append(Note(index, code, _words_of(wrong)))
    row.notes = cell_text.pack_notes(RowNotes(warnings=tuple(warnings)))


def _words_of(wrong: Mismatch) -> str:
    values = {"stated": wrong.stated, "added": wrong.added, "unread": wrong.unread}
    if wrong.unread:
        return (
            _("The total says %(stated)s, the rows add up to %(added)s; %(unread)s cells could not be added.")
            % values
        )
    return _("The total says %(stated)s, the rows add up to %(added)s.") % values


def _clean(judged: Sequence[Judged], batch: Batch) -> None:
    by_kind: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        if one.kind:
            by_kind[one.kind].append(one)
    clean_many = get_family(batch.family).get_clean_many()
    for kind, members in by_kind.items():
        cleaned = clean_many(
            [one.values for one in members], kind=kind, office_code=batch.office_code, actor=batch.actor
        )
        for one, result in zip(members, cleaned, strict=True):
            _take(one, result)
            if one.known is not None and one.draft is not None:
                one.unchanged = not result.changed


def _take(one: Judged, result: Cleaned) -> None:
    refused = {note.code for note in one.errors}
    one.errors += [one.note(e.column, e.message) for e in result.errors if e.column not in refused]
    one.warnings += [one.note(w.column, w.message) for w in result.warnings]
    one.draft = result.draft if result.is_good else None


def with_remark(row: BatchRow, message: str) -> None:
    """Say of a row that it could not be entered after all."""
    notes = cell_text.unpack_notes(row.notes)
    row.notes = cell_text.pack_notes(replace(notes, errors=(*notes.errors, Note(None, "", message))))
    row.status = RowStatus.BAD


def text_of(values: Iterable[Value]) -> str:
    """A row in one line, for lists."""
    return " | ".join(cell_text.shown(value) for value in values if value is not None)
