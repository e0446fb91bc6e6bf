"""Excel: every figure with its evidence, the annexes in the columns that provinces use, the records."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bonphuong.kernel import clock
from bonphuong.kernel.sheets import Column, Kind, SheetSpec, write_workbook
from bonphuong.reports.rendering.reading import View
from bonphuong.reports.rendering.widths import FULL_SIZE, annex_widths, size_of

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Millimetres of all columns of an annex but the first, and of one letter: printed it comes out a little smaller.
_PAGE, _LETTER = 245.0, 1.7
_KINDS = {"number": Kind.INTEGER, "amount": Kind.DECIMAL, "stated": Kind.DECIMAL, "date": Kind.DATE}


def render_xlsx(content: Mapping[str, Any]) -> bytes:
    """The .xlsx file of a content."""
    with translation.override(content["language"]):
        view = View(content)
        sheets = [_figures(view), *(_annex(view, annex) for annex in content["annexes"])]
        sheets += [*_differences(view), _rows(view), _records(view)]
        return write_workbook(sheets, created=view.as_of, mark=view.mark, stamps=view.stamps)


def _title(view: View, name: str) -> list[str]:
    content = view.content
    lines = [
        name.upper(),
        f"{content['head']['title']}. {content['edition']['office_name']}",
        content["head"]["days"],
    ]
    return [*lines, view.mark] if view.mark else lines


def _annex(view: View, annex: Mapping[str, Any]) -> SheetSpec:
    label = _("Annex %(number)s") % {"number": annex["number"]}
    columns = [Column(_("No."), 6, Kind.CENTRED)]
    # What is set smaller on paper is wider here.
    widths = annex_widths(annex, view.language, _PAGE * FULL_SIZE / size_of(annex))
    columns += [
        Column(c["label"], round(width / _LETTER, 1), _KINDS.get(c["kind"], Kind.TEXT))
        for c, width in zip(annex["columns"], widths, strict=True)
    ]
    rows = [
        [index, *(_value(cell) for cell in row["cells"])] for index, row in enumerate(annex["rows"], start=1)
    ]
    has_totals = any(total is not None for total in annex["totals"])
    return SheetSpec(
        name=label,
        title=_title(view, annex["title"]),
        columns=columns,
        rows=rows,
        totals=[None, _("Total"), *map(_value, annex["totals"][1:])] if has_totals else (),
        numbered=True,
    )


def _value(cell: object) -> str | int | Decimal | dt.date | None:
    if isinstance(cell, dict):
        return dt.date.fromisoformat(cell["day"]) if "day" in cell else Decimal(cell["amount"])
    return cell if isinstance(cell, str | int) else None


def _figures(view: View) -> SheetSpec:
    columns = [
        Column(_("No."), 6, Kind.CENTRED),
        Column(pgettext("evidence", "Figure"), 40),
        Column(_("Period"), 34),
        Column(_("Value"), 12, Kind.DECIMAL),
        Column(pgettext("report", "Unit"), 14),
        Column(_("Status"), 24),
        Column(_("What it rests on"), 60),
        *_marks(),
    ]
    as_of = clock.local(view.as_of)
    rows = [
        [
            figure["n"],
            figure["label"],
            view.period(figure),
            Decimal(figure["value"]),
            figure["unit"],
            view.status(figure),
            "".join(map(_piece, view.evidence(figure))),
            figure["code"],
            figure["period"]["code"],
            as_of,
            view.digest(figure),
        ]
        for figure in view.told
    ]
    name = _("Figures")
    return SheetSpec(
        name=name, title=_title(view, name), columns=columns, rows=rows, notes=view.content["notes"]
    )


def _marks() -> list[Column]:
    """By what a program finds a figure again: its code, its period, the moment it stands at, its digest. Not on paper."""
    return [
        Column(_("Code"), 28, printed=False),
        Column(_("Period code"), 14, Kind.CENTRED, printed=False),
        Column(_("As of"), 17, Kind.MOMENT, printed=False),
        Column(_("Digest"), 19, Kind.CENTRED, printed=False),
    ]


def _piece(piece: object) -> str:
    return str(getattr(piece, "number", piece))


def _differences(view: View) -> list[SheetSpec]:
    """What a corrected edition tells otherwise than the one before it; nothing in any other."""
    told = view.content.get("supersedes")
    if told is None or not told["rows"]:
        return []
    columns = [
        Column(pgettext("evidence", "Figure"), 40),
        Column(_("Period"), 30),
        Column(_("Edition %(number)s") % {"number": told["number"]}, 14, Kind.DECIMAL),
        Column(_("This edition"), 14, Kind.DECIMAL),
        Column(_("Difference"), 12, Kind.DECIMAL),
        Column(_("Records"), 60),
    ]
    rows = [
        [
            row["label"],
            row["period"],
            *(Decimal(row[side]) if row[side] else None for side in ("then", "now", "difference")),
            "; ".join(f"{one['number']} ({one['difference']})" for one in row["records"]) or row["why"],
        ]
        for row in told["rows"]
    ]
    name = _("Differences")
    return [SheetSpec(name=name, title=_title(view, name), columns=columns, rows=rows)]


def _rows(view: View) -> SheetSpec:
    """One line for each counted figure and record: what people add up themselves."""
    columns = [
        Column(_("Figure No."), 8, Kind.CENTRED),
        Column(pgettext("evidence", "Figure"), 34),
        Column(_("Period"), 30),
        Column(_("Record No."), 8, Kind.CENTRED),
        Column(_("Case number"), 16),
        Column(_("Record"), 50),
        Column(_("Counts on"), 12, Kind.DATE),
        Column(_("Adds"), 10, Kind.DECIMAL),
        *_marks(),
        Column("UID", 38, printed=False),
    ]
    rows = []
    as_of = clock.local(view.as_of)
    for figure in view.told:
        # A part repeats rows of its whole; its line among the figures names them.
        for number, adds in figure["rows"] if "scope" not in figure else ():
            record = view.records[number]
            day = dt.date.fromisoformat(record["on"])
            about = [figure["n"], figure["label"], figure["period"]["label"]]
            marks = [figure["code"], figure["period"]["code"], as_of, view.digest(record), record["uid"]]
            rows.append([*about, number, record["number"], record["title"], day, Decimal(adds), *marks])
    name = _("Evidence")
    return SheetSpec(name=name, title=_title(view, name), columns=columns, rows=rows)


def _records(view: View) -> SheetSpec:
    columns = [
        Column(_("No."), 6, Kind.CENTRED),
        Column(_("Case number"), 16),
        Column(_("Record"), 56),
        Column(_("Counts on"), 12, Kind.DATE),
        Column(_("Office"), 26),
        Column(_("What it adds"), 44),
        Column("UID", 38, printed=False),
    ]
    rows = [
        [
            record["n"],
            record["number"],
            record["title"],
            dt.date.fromisoformat(record["on"]),
            record["office"],
            view.adds(record),
            record["uid"],
        ]
        for record in view.shown
    ]
    name = _("Records")
    return SheetSpec(name=name, title=_title(view, name), columns=columns, rows=rows)
