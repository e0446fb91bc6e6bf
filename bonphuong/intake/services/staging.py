"""A file becomes a batch of rows, each as it stood there. Nothing is judged yet and nothing entered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.models import Office
from bonphuong.accounts.queries import focal_agency
from bonphuong.intake.cells import StoredCells, pack_cells
from bonphuong.intake.enums import RowPart, RowStatus
from bonphuong.intake.finding import find_tables
from bonphuong.intake.headings import columns_for, guess_kind, in_languages, kind_in, names_of
from bonphuong.intake.models import Batch, BatchRow
from bonphuong.intake.queries import earlier_batch
from bonphuong.intake.rules import check_can_import
from bonphuong.intake.services.mapping import checked_mapping, remember
from bonphuong.intake.tables import describe
from bonphuong.intake.templates import HELP, MARKER, read_marker
from bonphuong.kernel.bulk import chunks, insert_rows, new_row
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.sheets import SheetError, paste_rows, read_table
from bonphuong.kernel.sheets.offering import LISTS
from bonphuong.papers.rules import find_marking, find_marking_in_name
from bonphuong.records.registry import families
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.intake.finding import FoundRow, FoundTable
    from bonphuong.kernel.sheets import SheetTable
    from bonphuong.records.registry import Family

#: More records than any province has in many years; a larger file is divided.
MAX_RECORDS = 50_000
DEFAULT = "delegations"
# Rows are written in short pieces: nobody else waits while a large file is being read in.
_PIECE = 1000


@dataclass(frozen=True)
class _Request:
    """Whose sheet it is and what was said about it."""

    office: Office
    family: Family
    kind: str
    actor: User
    happened: bool
    mapping: Mapping[str, str]
    # Of a workbook that we made: sheet → the kind of its rows.
    kinds: Mapping[str, str] = field(default_factory=dict)

    def kind_of(self, sheet: str) -> str:
        """What the workbook itself says of a sheet, as far as there is such a kind."""
        known = {kind.code for kind in self.family.kinds if kind.takes_import}
        return self.kinds.get(sheet, "") if self.kinds.get(sheet) in known else ""


def stage_file(
    content: bytes,
    *,
    name: str,
    office_code: str,
    actor: User,
    family: str = "",
    kind: str = "",
    happened: bool = True,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
) -> Batch:
    """Read a spreadsheet (.xlsx, .xls, .ods, .csv, .tsv) into a new batch.

    Without a `family` the file says it, where it is a template or a list of ours; else they are delegations. The root of a book as `office_code` means its focal agency. Without a `kind` each table's own is guessed.
    `happened` says that the rows are a register of what took place. `mapping` takes headings, or letters of
    columns, to codes of columns. `sheet` chooses one sheet by its name or number from 1. Raises NotAllowed,
    BadInput, and SheetError for a file that cannot be taken; nothing is kept then.
    """
    check_can_import(actor, _office_of(office_code).code)
    file_name = PurePath(name.replace("\\", "/")).name or _("the file")
    _refuse_marking(find_marking_in_name(file_name))
    read = read_table(content, name=file_name)
    own, kinds = read_marker(read)
    _refuse_other(own, family, file_name)
    request = _request(
        office_code, own or family or DEFAULT, kind, actor, happened=happened, mapping=mapping, kinds=kinds
    )
    sheets = [one for one in _chosen(read, sheet) if not _is_ours(one)]
    return _stage(request, sheets, file_name, hashlib.sha256(content).hexdigest())


def stage_text(
    text: str,
    *,
    office_code: str,
    actor: User,
    family: str = "delegations",
    kind: str = "",
    happened: bool = True,
    mapping: Mapping[str, str] | None = None,
) -> Batch:
    """Read rows that were copied from Excel, Word or a web page; otherwise as `stage_file`."""
    request = _request(office_code, family, kind, actor, happened=happened, mapping=mapping)
    pasted = paste_rows(text)
    if not pasted.rows:
        raise SheetError(_("Nothing was pasted."), code="sheet_empty")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _stage(request, [pasted], pasted.name, digest)


def _request(
    office_code: str,
    family: str,
    kind: str,
    actor: User,
    *,
    happened: bool,
    mapping: Mapping[str, str] | None,
    kinds: Mapping[str, str] | None = None,
) -> _Request:
    office = _office_of(office_code)
    check_can_import(actor, office.code)
    known = next((one for one in families() if one.code == family and one.create_many), None)
    if known is None or (kind and kind not in {k.code for k in known.kinds if k.takes_import}):
        raise BadInput({"kind": [_("There is no such kind of records.")]})
    return _Request(office, known, kind, actor, happened, mapping or {}, kinds or {})


def _refuse_other(own: str, said: str, name: str) -> None:
    if own and said and own != said:
        label = next((str(one.plural) for one in families() if one.code == own), own)
        message = _("%(file)s was made for something else: %(what)s. Choose that and load it again.")
        raise BadInput({"kind": [message % {"file": name, "what": label}]})


def _is_ours(sheet: SheetTable) -> bool:
    """Whether a sheet holds our own help or lists and no rows."""
    return sheet.name in {MARKER, LISTS, *in_languages(HELP)}


def _office_of(code: str) -> Office:
    office = Office.objects.filter(pk=code).first()
    if office is None:
        raise BadInput({"office": [_("There is no such office.")]})
    agency = focal_agency(code) if office.book == office.code else None
    return agency or office


def _chosen(sheets: Sequence[SheetTable], wanted: str | None) -> list[SheetTable]:
    if wanted is None:
        return list(sheets)
    for number, sheet in enumerate(sheets, 1):
        if wanted in {sheet.name, str(number)}:
            # Asked for by name, a hidden sheet is meant.
            return [type(sheet)(sheet.name, sheet.rows, sheet.merges, visible=True)]
    names = ", ".join(sheet.name for sheet in sheets)
    raise BadInput({"sheet": [_("There is no such sheet. The file has: %(names)s.") % {"names": names}]})


def _stage(request: _Request, sheets: Sequence[SheetTable], name: str, digest: str) -> Batch:
    tables, notes = _find(request, sheets, name)
    rows = sum(len(table.rows) for table in tables)
    if rows > MAX_RECORDS:
        message = _("%(file)s has %(rows)s rows; at most %(limit)s are taken at once. Divide the file.")
        raise SheetError(message % {"file": name, "rows": rows, "limit": MAX_RECORDS}, code="sheet_rows")
    batch = Batch(
        office_code=request.office.code,
        book=request.office.book,
        family=request.family.code,
        kind=request.kind,
        file_name=name[:200],
        digest=digest,
        happened=request.happened,
        notes=notes,
        actor=request.actor,
        rows=rows,
        repeats=earlier_batch(request.office.code, request.family.code, digest),
    )
    staged = list(_rows(request, tables, batch, name))
    batch.mapping = checked_mapping(batch, request.mapping)
    with acting(actor=request.actor, verb="intake.batch.stage", office=batch.office_code, obj=batch):
        batch.save(force_insert=True)
        remember(batch)
    for some in chunks(staged, _PIECE):
        insert_rows(some)
    return batch


def _find(request: _Request, sheets: Sequence[SheetTable], name: str) -> tuple[list[FoundTable], list[str]]:
    columns = columns_for(request.family, [request.kind] if request.kind else [])
    known = [word for column in columns for word in names_of(column)]
    tables, notes = [], []
    for sheet in sheets:
        if not sheet.visible:
            notes.append(_("The sheet “%(name)s” is hidden and was left out.") % {"name": sheet.name})
            continue
        found = find_tables(sheet, known=known)
        for table in found:
            _refuse_marking(find_marking(table.titles))
        if sheet.rows and not any(table.rows for table in found):
            notes.append(_("The sheet “%(name)s” holds no table and was left out.") % {"name": sheet.name})
        tables += [table for table in found if table.rows]
    if not tables:
        message = _("%(file)s: no table was found. Its head must name the columns, such as: %(columns)s.")
        wanted = ", ".join(str(column.label) for column in columns if column.required)
        raise SheetError(message % {"file": name, "columns": wanted}, code="sheet_no_table")
    return tables, notes


def _refuse_marking(marking: str) -> None:
    if marking:
        message = _("The sheet bears the marking “%(marking)s”. Classified papers are never taken in here.")
        raise SheetError(message % {"marking": marking}, code="classified")


def _rows(request: _Request, tables: Sequence[FoundTable], batch: Batch, name: str) -> Iterator[BatchRow]:
    for place, table in enumerate(tables):
        sections = {row.section: kind_in(request.family, row.section) for row in table.rows if row.section}
        years = table.years(name)
        content = describe(
            table,
            kind=request.kind_of(table.sheet) or guess_kind(request.family, table, name),
            kinds=sorted({kind for kind in sections.values() if kind}),
            year=years.pop() if len(years) == 1 else None,
        )
        batch.tables.append(content)
        for found in table.rows:
            yield _row(batch, place, found, sections.get(found.section, ""))


def _row(batch: Batch, place: int, found: FoundRow, kind: str) -> BatchRow:
    part = RowPart(found.kind.value)
    source = found.row
    unsaved = frozenset(c for c in source.formulas if source.cell(c).value is None)
    return new_row(
        BatchRow,
        batch=batch,
        table=place,
        number=source.number,
        part=part,
        kind=kind,
        status=RowStatus.NEW if part == RowPart.DATA else RowStatus.SKIPPED,
        cells=pack_cells(StoredCells(source.values, source.merged, unsaved)),
    )
