"""A figure taken away: its picture as SVG or PNG, its table as a workbook or as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel import clock
from bonphuong.kernel import sheets as workbook
from bonphuong.kernel.charts.drawing import NOTHING, as_file, as_png
from bonphuong.kernel.charts.keeping import drawn
from bonphuong.kernel.charts.palette import LIGHT
from bonphuong.kernel.sheets.plain import csv_text
from bonphuong.web.desk.pages.figure_evidence import evidence_sheets
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kernel.sheets.writing import Written
    from bonphuong.web.desk.pages.figure_table import Row
    from bonphuong.web.desk.pages.figures import FigurePage

SVG, PNG = "image/svg+xml", "image/png"


def picture_of(page: FigurePage, *, look: str = LIGHT, with_words: bool = True) -> str:
    """The chart as an SVG file in its own colours, with its title and source where it goes out alone."""
    words = {"alt": page.picture.alt if page.picture is not None else page.title}
    if with_words:
        words |= {"title": page.title, "source": page.source}
    return as_file(drawn(page.picture.spec) if page.picture is not None else NOTHING, look=look, words=words)


def png_of(page: FigurePage) -> bytes:
    """The chart as PNG."""
    return as_png(picture_of(page))


def csv_of(page: FigurePage) -> bytes:
    """The table as text that Excel opens: UTF-8 with its mark, plain numbers."""
    notes = [[note] for note in page.table.notes]
    return csv_text(
        [[page.title], [page.source], *notes, _head(page), *(_line(row, page) for row in page.table.rows)]
    )


def xlsx_of(page: FigurePage, user: User, link: str) -> bytes:
    """The table as a workbook, its source and definition below; then the rows of every cell, and how it was made."""
    head = _head(page)
    columns = [
        workbook.Column(head[0], width=26),
        workbook.Column(head[1], width=12, kind=workbook.Kind.DATE),
        workbook.Column(head[2], width=12, kind=workbook.Kind.DATE),
        *(workbook.Column(text, width=16, kind=workbook.Kind.DECIMAL) for text in head[3:]),
    ]
    definition = page.found.indicator.definition(language())
    spec = workbook.SheetSpec(
        name=page.found.indicator.label(language()),
        columns=columns,
        rows=[_line(row, page) for row in page.table.rows],
        title=[page.title],
        notes=[text for text in (definition, page.source, *page.table.notes) if text],
    )
    return workbook.write_workbook([spec, *evidence_sheets(page, user, link)], created=clock.now())


def _head(page: FigurePage) -> list[str]:
    beside = [page.table.beside] if page.table.beside else []
    parts = [part.label for part in page.table.parts]
    changes = [_("Same period"), _("Change (%)")]
    if page.table.with_target:
        changes += [_("Target"), _("Of the target (%)")]
    return [_("Period"), _("From"), _("To"), *beside, *parts, _("Total"), *changes]


def _line(row: Row, page: FigurePage) -> Sequence[Written]:
    beside = [row.beside.value] if row.beside is not None else []
    cells = [cell.value for cell in row.cells]
    days = [row.now.request.period.since, row.now.request.period.until]
    target = [row.target.value, row.of_target] if page.table.with_target else []
    return [row.label, *days, *beside, *cells, row.total.value, row.then.value, row.growth, *target]
