"""Empty workbooks to be filled in: the columns of a kind, words to choose from, and a sheet that explains them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from bonphuong.accounts.models import Office
from bonphuong.kernel import clock
from bonphuong.kernel.sheets import Column, Kind, SheetSpec, sheet_name, write_workbook
from bonphuong.records.registry import ColumnKind, get_family
from bonphuong.reference.models import CooperationField, Country

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.kernel.sheets import SheetTable
    from bonphuong.records.registry import Column as FamilyColumn
    from bonphuong.records.registry import Family

#: The name of the sheet that explains the columns: it is never read as a table.
HELP = pgettext_lazy("name of a sheet", "How to fill it in")
#: A hidden sheet that tells us whose workbook it is: its family, and the kind that each sheet holds.
MARKER = "_bonphuong"
BLANKS = 500
KINDS: Mapping[ColumnKind, Kind] = {
    ColumnKind.NUMBER: Kind.INTEGER,
    ColumnKind.MONEY: Kind.INTEGER,
    ColumnKind.DATE: Kind.DATE,
}
_MOST_WORDS = 12


def template_workbook(family: str, kind: str = "", *, book: str = "") -> bytes:
    """An .xlsx file to be filled in: one sheet for the kind, or one for each kind of the family, and the help.

    `book` is whose offices are offered; none without it. Words are those of the reader's language. Raises KeyError
    for an unknown family or kind.
    """
    known = get_family(family)
    kinds = [known.kind(kind)] if kind else [k for k in known.kinds if k.takes_import]
    offers = _Offers(book)
    sheets, lines = [], []
    for one in kinds:
        columns = filled_columns(known, one.code)
        sheets.append(_sheet(str(one.plural), columns, offers))
        lines += _explained(str(one.plural) if len(kinds) > 1 else "", columns, offers)
    marker = marker_sheet(known.code, {str(one.plural): one.code for one in kinds})
    return write_workbook([*sheets, _help(lines), marker], created=clock.now())


def template_name(family: str, kind: str = "") -> str:
    """What the file is saved as."""
    known = get_family(family)
    what = known.kind(kind).plural if kind else known.plural
    return _("template, %(what)s.xlsx") % {"what": str(what).lower()}


def filled_columns(family: Family, kind: str) -> list[FamilyColumn]:
    """The columns that a sheet may fill, those that lists show before the others."""
    found = [c for c in family.columns_of(kind) if c.takes_import and not c.restricted]
    return sorted(found, key=lambda column: not (column.on_screen or column.required))


def marker_sheet(family: str, kinds: Mapping[str, str]) -> SheetSpec:
    """The hidden sheet that says of each sheet, by its wished name, which kind of the family it holds."""
    rows = [[sheet_name(name), kind] for name, kind in kinds.items()]
    return SheetSpec(name=MARKER, columns=[Column("bonphuong"), Column(family)], rows=rows, hidden=True)


def read_marker(sheets: Sequence[SheetTable]) -> tuple[str, dict[str, str]]:
    """The family of a workbook that we made and the kind of each of its sheets; ("", {}) for any other."""
    for sheet in sheets:
        if sheet.name != MARKER or not sheet.rows:
            continue
        head, *rows = [[str(v) for v in row.values if v is not None] for row in sheet.rows]
        if len(head) == 2 and head[0] == "bonphuong":
            return head[1], {row[0]: row[1] for row in rows if len(row) == 2}
    return "", {}


class _Offers:
    """The words of columns, each list read once."""

    def __init__(self, book: str) -> None:
        lang = get_language() or "vi"
        offices = Office.objects.filter(path__startswith=f"{book}/").order_by("path") if book else ()
        fields = CooperationField.objects.on(clock.today()).order_by("code")
        self._by_kind: Mapping[ColumnKind, list[str]] = {
            ColumnKind.COUNTRY: sorted(c.name(lang) for c in Country.objects.all()),
            ColumnKind.OFFICE: [office.name(lang) for office in offices],
            ColumnKind.FIELD: [field.name(lang) for field in fields],
            ColumnKind.FLAG: [_("yes")],
        }

    def of(self, column: FamilyColumn) -> list[str]:
        """What the cells of a column may be chosen from."""
        words = [str(word) for word in column.choices()] if column.choices else []
        return words or self._by_kind.get(column.kind, [])


def _sheet(name: str, columns: Sequence[FamilyColumn], offers: _Offers) -> SheetSpec:
    ordinal = Column(_("No."), 6, Kind.CENTRED)
    return SheetSpec(
        name=name,
        title=[
            name.upper(),
            _("Columns marked * must be filled in. The sheet “%(sheet)s” explains them.") % {"sheet": HELP},
        ],
        columns=[ordinal, *(_column(column, offers) for column in columns)],
        rows=(),
        blanks=BLANKS,
    )


def _column(column: FamilyColumn, offers: _Offers) -> Column:
    return Column(
        header=str(column.label),
        width=max(column.width, 12),
        kind=KINDS.get(column.kind, Kind.TEXT),
        offers=offers.of(column),
        note=_how(column, offers),
        required=column.required,
    )


def _help(lines: Sequence[Sequence[str]]) -> SheetSpec:
    return SheetSpec(
        name=str(HELP),
        title=[
            str(HELP).upper(),
            _(
                "Each row is one record. Rows without anything in them are passed over; columns may be moved or removed."
            ),
            _("Before anything is entered, every row is checked and shown with what is wrong in which cell."),
        ],
        columns=[
            Column(_("Sheet"), 22),
            Column(pgettext("of a sheet", "Column"), 30),
            Column(_("Must be filled in"), 12, Kind.CENTRED),
            Column(_("How to write it"), 60),
            Column(_("Example"), 34),
        ],
        rows=lines,
    )


def _explained(sheet: str, columns: Sequence[FamilyColumn], offers: _Offers) -> list[list[str]]:
    return [
        [sheet, str(c.label), _needed(c), _how(c, offers, full=True), c.example or _example(c, offers)]
        for c in columns
    ]


def _needed(column: FamilyColumn) -> str:
    if not column.required:
        return ""
    return _("yes, or another column in its place") if column.instead else _("yes")


def _how(column: FamilyColumn, offers: _Offers, *, full: bool = False) -> str:
    """The forms that are taken: what the column itself says, then what its kind does."""
    words = (
        offers.of(column) if column.kind in {ColumnKind.CHOICE, ColumnKind.FIELD} or column.choices else []
    )
    shown = ", ".join(words[:_MOST_WORDS]) + (", …" if len(words) > _MOST_WORDS else "")
    by_kind = {
        ColumnKind.TEXT: _("Text in one line.") if full else "",
        ColumnKind.LONG_TEXT: _("Text, as long as needed.") if full else "",
        ColumnKind.NUMBER: _("A number."),
        ColumnKind.MONEY: _("An amount; 1200000 and 1.200.000 are the same."),
        ColumnKind.DATE: _("A day: 05/03/2026, 5-3-2026, or a cell with a date."),
        ColumnKind.COUNTRY: _(
            "Names of countries or of partners there, parted by semicolons: Lào (Phongsaly); Thái Lan."
        ),
        ColumnKind.OFFICE: _(
            "The name, the short name or the code of an office; several are parted by commas."
        ),
        ColumnKind.FLAG: _("“yes”, or nothing."),
    }
    own = _("One of: %(words)s.") % {"words": shown} if words else by_kind.get(column.kind, "")
    return " ".join(part for part in (str(column.hint), own) if part)


def _example(column: FamilyColumn, offers: _Offers) -> str:
    by_kind = {
        ColumnKind.NUMBER: "12",
        ColumnKind.MONEY: "150.000.000",
        ColumnKind.DATE: "05/03/2026",
        ColumnKind.COUNTRY: "Lào (Phongsaly)",
    }
    words = offers.of(column)
    return by_kind.get(column.kind, words[0] if words else "")
