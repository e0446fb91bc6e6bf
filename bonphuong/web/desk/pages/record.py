"""The page of one record of any family made of the kit: what it says of itself, its tables, what can be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from bonphuong.accounts.rules import can
from bonphuong.kernel import clock
from bonphuong.kernel.dates import date_range
from bonphuong.kit.fields import known_specs
from bonphuong.kit.queries import dates_of, draft_of, for_page, lines_of, row_of, scheme_of
from bonphuong.kit.specs import Holds
from bonphuong.records.registry import kind_label
from bonphuong.web.desk.pages.record_parts import Parts, parts_of
from bonphuong.web.desk.pages.record_values import NUMBERS, all_known, in_words, names_in, shown
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User
    from bonphuong.kit.fields import Known
    from bonphuong.kit.models import FamilyRow
    from bonphuong.kit.names import Names
    from bonphuong.kit.specs import Act, LineSpec, Panel, Scheme
    from bonphuong.records.models import Record

# What the head of the page says already, and what its aside tells under its own heading.
_IN_HEAD = {"title"}
# A text this long is folded in a table, of which so much is shown.
_LONG, _SHOWN = 140, 90
# From so many characters on a cell asks for a wider column.
_WIDE = 24


@dataclass(frozen=True)
class Said:
    """One field: its label, its value, its sum in words; `reveal` names a restricted field that can be read."""

    label: _StrOrPromise
    value: str
    words: str = ""
    reveal: str = ""
    is_long: bool = False


@dataclass(frozen=True)
class FieldPart:
    """Fields under what they are about."""

    code: str
    label: _StrOrPromise
    lines: Sequence[Said]


@dataclass(frozen=True)
class Cell:
    """One cell of a table of lines; `reveal` as in `Said`, `whole` is a text of which `text` is the beginning."""

    text: str
    is_number: bool = False
    reveal: str = ""
    whole: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether it needs room not to be broken at every word."""
        return bool(self.whole) or len(self.text) > _WIDE


@dataclass(frozen=True)
class LineTable:
    """The lines of one sort. Columns in which nothing stands are left out."""

    spec: LineSpec
    heads: Sequence[tuple[_StrOrPromise, bool]]
    rows: Sequence[tuple[UUID, Sequence[Cell]]]


@dataclass(frozen=True)
class RecordPage:
    """What the page shows beside `parts`, which all records have."""

    parts: Parts
    row: FamilyRow
    scheme: Scheme
    kind: _StrOrPromise
    kicker: str
    fields: Sequence[FieldPart]
    tables: Sequence[LineTable]
    panels: Sequence[Panel]
    doable: Sequence[Act]
    warnings: Sequence[str]

    @property
    def filled(self) -> Sequence[LineTable]:
        """Tables in which something stands."""
        return [table for table in self.tables if table.rows]

    @property
    def empty(self) -> Sequence[LineTable]:
        """Tables in which nothing stands yet."""
        return [table for table in self.tables if not table.rows]

    @property
    def record(self) -> Record:
        """The header."""
        return self.parts.record


def record_page(user: User, uid: UUID) -> RecordPage:
    """Gather the page. Raises Record.DoesNotExist, also for one that the person may not see."""
    row = for_page(user, uid)
    record: Record = row.record
    scheme = scheme_of(record.family)
    fields, tables = known_specs(scheme, row.kind), _line_groups(scheme, row)
    names = names_in((fields, [row]), *((known, lines) for _spec, known, lines in tables))
    parts = parts_of(user, record, is_void=row.is_void, dates=dates_of(row))
    return RecordPage(
        parts=parts,
        row=row,
        scheme=scheme,
        kind=kind_label(record.family, record.kind),
        kicker=_kicker(record),
        fields=_field_parts(scheme, row, fields, names),
        tables=[_table(spec, known, lines, names) for spec, known, lines in tables],
        panels=[_filled(panel) for panel in (scheme.panels(row, user) if scheme.panels else ())],
        doable=acts_for(user, scheme, row),
        warnings=_warnings(scheme, row),
    )


def _filled(panel: Panel) -> Panel:
    """A panel without the columns in which nothing stands; the first one always stays."""
    if not panel.heads or not panel.rows:
        return panel
    kept = [
        place
        for place in range(len(panel.heads))
        if not place or any(_says(row[place]) for row in panel.rows if place < len(row))
    ]
    return replace(
        panel,
        heads=[panel.heads[place] for place in kept],
        rows=[[row[place] for place in kept if place < len(row)] for row in panel.rows],
    )


def _says(cell: object) -> bool:
    text = cell[0] if isinstance(cell, tuple) and cell else cell
    return text is not None and text is not False and text != ""


def acts_for(user: User, scheme: Scheme, row: FamilyRow) -> list[Act]:
    """What this person may do with the record beside the steps of its way."""
    if not row.counts:
        return []
    office = row.record.office_code
    return [
        act for act in scheme.acts if can(user, act.needs, office) and (act.when is None or act.when(row))
    ]


def said_of(record: Record) -> Iterator[tuple[_StrOrPromise, str]]:
    """What a record says of itself, field by field: for two beside each other."""
    row = row_of(record)
    fields = known_specs(scheme_of(record.family), row.kind)
    names = names_in((fields, [row]))
    for one in fields:
        value = shown(one, row, names)
        if value and one.name not in _IN_HEAD:
            yield one.label, value


def _kicker(record: Record) -> str:
    first = record.begins_on or record.counts_on
    if first is None:
        return ""
    last = record.ends_on if record.begins_on else None
    return date_range(first, last or first, language())


def _field_parts(scheme: Scheme, row: FamilyRow, fields: Sequence[Known], names: Names) -> list[FieldPart]:
    grouped: dict[str, list[Said]] = {}
    for one in fields:
        value = shown(one, row, names)
        if not value or one.name in _IN_HEAD or not one.spec.on_page:
            continue
        reveal = one.attr if one.spec.restricted else ""
        said = Said(one.label, value, in_words(one, row), reveal, one.holds == Holds.LONG_TEXT)
        grouped.setdefault(one.spec.part, []).append(said)
    if row.cancel_reason:
        grouped.setdefault("done", []).append(Said(_("Called off"), row.cancel_reason))
    return [FieldPart(part, scheme.part_label(part), lines) for part, lines in grouped.items()]


def _line_groups(scheme: Scheme, row: FamilyRow) -> list[tuple[LineSpec, Sequence[Known], Sequence[Any]]]:
    return [
        (spec, all_known(spec.model, [one for one in spec.specs if one.on_page]), lines_of(row, spec.name))
        for spec in scheme.lines_of(row.kind)
    ]


def _table(spec: LineSpec, fields: Sequence[Known], lines: Sequence[Any], names: Names) -> LineTable:
    texts = [[shown(one, line, names) for one in fields] for line in lines]
    kept = [place for place in range(len(fields)) if any(row[place] for row in texts)]
    return LineTable(
        spec=spec,
        heads=[(fields[place].label, fields[place].holds in NUMBERS) for place in kept],
        rows=[
            (line.pk, [_cell(fields[place], row[place]) for place in kept])
            for line, row in zip(lines, texts, strict=True)
        ],
    )


def _cell(one: Known, text: str) -> Cell:
    reveal = one.attr if one.spec.restricted and text else ""
    if len(text) > _LONG:
        return Cell(Truncator(text).chars(_SHOWN), reveal=reveal, whole=text)
    return Cell(text, one.holds in NUMBERS, reveal)


def _warnings(scheme: Scheme, row: FamilyRow) -> list[str]:
    """What is possible but unusual. Nothing is refused by it."""
    if scheme.warn is None or not row.counts:
        return []
    return [message for _name, message in scheme.warn(draft_of(row), clock.today())]
