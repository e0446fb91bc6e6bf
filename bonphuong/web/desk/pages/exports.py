"""Lists taken away: the same rows as on the page, in the columns that offices use, with the filter that was used.

Each row has its record's id and version in columns that Excel hides: the file, edited, can be brought back, and
brings these records up to date. The number of queries grows by pieces of the list, not by its rows.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.intake.headings import IDENTITY, NUMBER
from bonphuong.intake.templates import KINDS, marker_sheet
from bonphuong.kernel import clock
from bonphuong.kernel import sheets as workbook
from bonphuong.kernel.bulk import chunks
from bonphuong.kernel.dates import format_date, format_moment
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.numbers import format_number
from bonphuong.kernel.sheets.plain import guarded
from bonphuong.records.registry import ColumnKind
from bonphuong.web.desk.downloads import JSON, XLSX
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from bonphuong.kernel.sheets.writing import Written
    from bonphuong.records.models import Record
    from bonphuong.records.registry import Column, Family

CSV = "text/csv; charset=utf-8"
ENDINGS = {"xlsx": XLSX, "csv": CSV, "json": JSON}
# More rows than this are no list to be worked with; narrower ones are asked for.
MOST = 50_000
_PIECE = 1000
_SUMMED = {ColumnKind.NUMBER, ColumnKind.MONEY}


@dataclass(frozen=True)
class Listing:
    """What is taken away: records of a family that the person may see, narrowed already.

    `said` are the filters in words, `asked` the same as the address has them; `title` is what the file is called.
    """

    family: Family
    records: QuerySet[Record]
    kind: str = ""
    title: str = ""
    said: Sequence[str] = ()
    asked: Mapping[str, str] = field(default_factory=dict)
    is_demo: bool = False

    @property
    def mark(self) -> str:
        """What stands on every page of data that illustrate only."""
        return _("illustration data") if self.is_demo else ""


@dataclass(frozen=True)
class Taken:
    """A file on its way: pieces of bytes, made while they are sent."""

    name: str
    media_type: str
    pieces: Iterator[bytes]


def take_away(listing: Listing, ending: str) -> Taken:
    """The list as a file; `ending` is "xlsx", "csv" or "json". Raises BadInput for another, or for too long a list."""
    if ending not in ENDINGS:
        raise BadInput({"": [_("Lists leave as XLSX, CSV or JSON.")]})
    rows = _Rows(listing)
    if rows.count > MOST:
        message = _("The list has more than %(most)s rows. Narrow it first.")
        raise BadInput({"": [message % {"most": format_number(MOST, language())}]})
    pieces = {"xlsx": _xlsx, "csv": _csv, "json": _json}[ending](listing, rows)
    title = listing.title or str(listing.family.plural)
    return Taken(f"{title}.{ending}", ENDINGS[ending], pieces)


class _Rows:
    """The rows of a list kind by kind, read piece by piece in the reader's language."""

    def __init__(self, listing: Listing) -> None:
        self.family = listing.family
        self.lang = language()
        ordered = listing.records.order_by(F("begins_on").asc(nulls_last=True), "pk")
        self.by_kind: dict[str, list[UUID]] = {}
        for uid, kind in ordered.values_list("pk", "kind")[: MOST + 1]:
            self.by_kind.setdefault(kind, []).append(uid)
        self.count = sum(map(len, self.by_kind.values()))
        named = [kind.code for kind in self.family.kinds]
        self.kinds = [kind for kind in named if kind in self.by_kind] or [listing.kind or named[0]]

    def columns(self, kind: str, *, all_of_them: bool = False) -> list[Column]:
        """The columns that leave: those of the list, or all; what is restricted never does."""
        known = self.family.columns_of(kind)
        return [c for c in known if not c.restricted and (all_of_them or c.on_screen)]

    def pieces(self, kind: str, columns: Sequence[Column]) -> Iterator[list[tuple[Record, list[Any]]]]:
        """Headers with the values of the columns, some hundred at a time."""
        uids, prepare = self.by_kind.get(kind, []), self.family.get_prepare()
        source = self.family.get_facts_rows()
        for wanted in chunks(uids, _PIECE):
            # Made while the file is sent, when the page's own language may be another one again.
            with translation.override(self.lang):
                found = {row.pk: row for row in source.filter(pk__in=wanted)}
                rows = [found[uid] for uid in wanted if uid in found]
                if prepare is not None:
                    prepare(rows)
                piece = [(row.record, [column.value(row) for column in columns]) for row in rows]
            yield piece


# --- a workbook ------------------------------------------------------------------------------------


def _xlsx(listing: Listing, rows: _Rows) -> Iterator[bytes]:
    sheets = [_sheet(kind, rows, listing) for kind in rows.kinds]
    names = {sheet.name: kind for sheet, kind in zip(sheets, rows.kinds, strict=True)}
    marker = marker_sheet(listing.family.code, names)
    yield workbook.write_workbook([*sheets, marker], created=clock.now(), mark=listing.mark, large=True)


def _sheet(kind: str, rows: _Rows, listing: Listing) -> workbook.SheetSpec:
    known, columns = listing.family.kind(kind), rows.columns(kind)
    lines = _Lines(columns, rows.pieces(kind, columns))
    head = [workbook.Column(_("No."), 6, workbook.Kind.CENTRED), workbook.Column(str(NUMBER), 14)]
    head += [workbook.Column(str(c.label), c.width, KINDS.get(c.kind, workbook.Kind.TEXT)) for c in columns]
    head += [workbook.Column(str(column.label), column.width, hidden=True) for column in IDENTITY]
    return workbook.SheetSpec(
        name=str(known.plural),
        title=[str(known.plural).upper(), *filter(None, [_filter_words(listing), listing.mark])],
        columns=head,
        rows=lines,
        totals=lines.totals,
        notes=lambda: [_said(lines.count)],
        numbered=True,
    )


class _Lines:
    """The lines of a sheet, summed up while they are written."""

    def __init__(self, columns: Sequence[Column], pieces: Iterator[list[tuple[Record, list[Any]]]]) -> None:
        self.columns, self.pieces = columns, pieces
        self.count = 0
        self.sums: list[int | Decimal | None] = [0 if c.kind in _SUMMED else None for c in columns]

    def __iter__(self) -> Iterator[list[Written]]:
        for piece in self.pieces:
            for record, values in piece:
                self.count += 1
                self._add(values)
                cells = [_cell(value) for value in values]
                yield [self.count, record.number, *cells, str(record.pk), record.version]

    def _add(self, values: Sequence[object]) -> None:
        for place, value in enumerate(values):
            so_far = self.sums[place]
            if so_far is not None and isinstance(value, int | Decimal):
                self.sums[place] = so_far + value

    def totals(self) -> list[Written]:
        """Numbers add up; everything else has no total."""
        return [None, _("Total"), *self.sums, None, None]


def _cell(value: object) -> Written:
    if isinstance(value, bool):
        return _("yes") if value else ""
    return value if value is None or isinstance(value, int | Decimal | dt.date) else str(value)


def _filter_words(listing: Listing) -> str:
    return _("Filter: %(words)s") % {"words": "; ".join(listing.said)} if listing.said else ""


def _said(count: int) -> str:
    rows = ngettext("%(n)s row", "%(n)s rows", count) % {"n": format_number(count, language())}
    at = format_moment(clock.now(), language())
    return _("%(rows)s, as entered by %(at)s.") % {"rows": rows, "at": at}


# --- plain text ------------------------------------------------------------------------------------


def _csv(listing: Listing, rows: _Rows) -> Iterator[bytes]:
    """UTF-8 with its mark, so that Excel reads it; one table below the other, each with its own head."""
    yield "\ufeff".encode()
    for kind in rows.kinds:
        columns = rows.columns(kind)
        head = [str(NUMBER), *(str(column.label) for column in (*columns, *IDENTITY))]
        above = [str(listing.family.kind(kind).plural).upper(), _filter_words(listing), listing.mark]
        yield _lines([*([text] for text in above if text), head])
        for piece in rows.pieces(kind, columns):
            yield _lines(
                [
                    [record.number, *map(_plain, values), str(record.pk), str(record.version)]
                    for record, values in piece
                ]
            )


def _lines(lines: Sequence[Sequence[str]]) -> bytes:
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerows([guarded(text) for text in line] for line in lines)
    return target.getvalue().encode()


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return format_date(value, "vi")
    cell = _cell(value)
    return "" if cell is None else str(cell)


def _json(listing: Listing, rows: _Rows) -> Iterator[bytes]:
    """One object; its rows are written piece by piece, keyed by the permanent codes of their columns."""
    head = {
        "family": listing.family.code,
        "title": listing.title or str(listing.family.plural),
        "filter": {"words": list(listing.said), "asked": dict(listing.asked)},
        "taken_at": clock.now().isoformat(),
        "illustration": listing.is_demo,
        "columns": {
            kind: {c.code: str(c.label) for c in rows.columns(kind, all_of_them=True)} for kind in rows.kinds
        },
    }
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "rows": ['.encode()
    first = True
    for kind in rows.kinds:
        columns = rows.columns(kind, all_of_them=True)
        for piece in rows.pieces(kind, columns):
            texts = [_json_row(record, kind, columns, values) for record, values in piece]
            yield ((("\n" if first else ",\n") + ",\n".join(texts)) if texts else "").encode()
            first = first and not texts
    yield b"\n]}\n"


def _json_row(record: Record, kind: str, columns: Sequence[Column], values: Sequence[object]) -> str:
    row: dict[str, object] = {
        "uid": str(record.pk),
        "version": record.version,
        "number": record.number,
        "kind": kind,
    }
    cells = {column.code: value for column, value in zip(columns, values, strict=True)}
    return json.dumps({**row, "values": cells}, ensure_ascii=False, default=_json_value)


def _json_value(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)
