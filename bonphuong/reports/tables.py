"""Tables inside a report: figures by span, figures by the codes of a dimension, what was restated or trued up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from bonphuong.indicators.enums import FigureStatus
from bonphuong.kernel.bulk import chunks
from bonphuong.ledger.enums import Shape
from bonphuong.reports.figurebook import MINUS
from bonphuong.reports.ground import SAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.reports.figurebook import Entry, FigureBook
    from bonphuong.reports.sentences import Run, Speaker

Row = dict[str, Any]
NOTHING = "\N{EN DASH}"
_SIGNED = ("growth", "gap", "late")
#: So many years stand beside one another on a page.
_YEARS_WIDE = 5
#: What stands after the years: its heading, span and side.
_BESIDE = (
    (gettext_lazy("Whole term"), "period", ""),
    (gettext_lazy("Average of a year"), "period", "average"),
    (gettext_lazy("Since {=since_year}"), "since", ""),
    (gettext_lazy("Planned"), "period", "target"),
    (gettext_lazy("Of the plan"), "period", "of_target"),
)


def figures_table(table: Mapping[str, Any], book: FigureBook, speaker: Speaker) -> Row | None:
    """One line for each figure, one column for each span or side of it."""
    columns = [c for c in table["columns"] if "when" not in c or speaker.holds_plainly(c["when"])]
    rows = []
    for name in table["rows"]:
        figure = book.figure(name)
        cells = [_cell(book, name, column) for column in columns]
        rows.append(
            _row(figure.indicator.label(book.ground.language), [figure.unit(book.ground.language), *cells])
        )
    heads = [
        pgettext("report table", "Figure"),
        pgettext("report", "Unit"),
        *(speaker.text(column["label"]) for column in columns),
    ]
    return _table(speaker.text(table["caption"]), heads, rows, units=1)


def _cell(book: FigureBook, name: str, column: Mapping[str, Any]) -> Run:
    span, facet = column.get("span", "period"), column.get("facet", "")
    found = book.get(name, span, facet)
    if found is None:
        return NOTHING if facet else status_word(book.figure(name, span).status)
    return told(found, signed=facet in _SIGNED)


def told(entry: Entry, *, signed: bool = False) -> dict[str, str]:
    """A figure in a cell: its number, with its sign where it is a change."""
    sign = MINUS if signed and entry.value < 0 and not entry.text.startswith(MINUS) else ""
    return {"f": entry.identifier, "t": f"{sign}{entry.bare}"}


def status_word(status: str) -> str:
    """What a cell says that has no figure: nobody entered it, or it is not known for this period."""
    return _("not entered") if status == FigureStatus.NOT_ENTERED else pgettext("report", "no figure")


def parts_table(table: Mapping[str, Any], book: FigureBook, speaker: Speaker) -> Row | None:
    """One line for each code of a dimension, one column for each figure, with totals; None where nothing is parted."""
    span = table.get("span", "period")
    names = [name for name in table["figures"] if book.parts(name, span, table["by"])]
    rows = []
    for scope in book.scopes(table["by"], names, span, now=bool(table.get("now"))):
        parts = [book.get(name, span, "", scope) for name in names]
        rows.append(_row(scope.label, [NOTHING if part is None else told(part) for part in parts]))
    if not rows:
        return None
    totals = [book.get(name, span, "recorded") for name in names]
    heads = [speaker.text(table["head"])]
    for name in names:
        figure = book.figure(name, span)
        label, unit = figure.indicator.label(book.ground.language), figure.unit(book.ground.language)
        heads.append(f"{label} ({unit})" if unit and unit not in label.lower() else label)
    found = _table(speaker.text(table["caption"]), heads, rows)
    found["totals"] = _row(_("Total"), [NOTHING if total is None else told(total) for total in totals])
    return found


def years_tables(table: Mapping[str, Any], book: FigureBook, speaker: Speaker) -> list[Row]:
    """One line for each figure, one column for each year; then the whole, the average, the plan and what came before.

    Many years are told in several tables; the last one has what stands beside them. None where no year is told.
    """
    years = list(book.ground.spans.years.items())
    names = [n for n in table["rows"] if any(book.get(n, span) for span, _period in years)]
    if not names:
        return []
    pieces = list(chunks(years, _YEARS_WIDE))
    beside = [one for one in _BESIDE if any(_beside(book, name, one[1], one[2]) for name in names)]
    caption = speaker.text(table["caption"])
    tables = []
    for index, piece in enumerate(pieces):
        more = beside if index == len(pieces) - 1 else []
        heads = [
            pgettext("report table", "Figure"),
            pgettext("report", "Unit"),
            *(str(period.year) for _name, period in piece),
            *(speaker.text(str(label)) for label, _span, _facet in more),
        ]
        asked = [*((name, "") for name, _period in piece), *((span, facet) for _label, span, facet in more)]
        rows = [_year_row(book, name, asked) for name in names]
        title = caption if not index else _("%(caption)s (continued)") % {"caption": caption}
        tables.append(_table(title, heads, rows, units=1))
    return tables


def _year_row(book: FigureBook, name: str, asked: Sequence[tuple[str, str]]) -> Row:
    figure, language = book.figure(name), book.ground.language
    cells: list[Run] = []
    for span, facet in asked:
        found = _beside(book, name, span, facet)
        if found is not None:
            cells.append(told(found))
        else:
            is_year = span in book.ground.spans.years
            cells.append(status_word(book.figure(name, span).status) if is_year else NOTHING)
    return _row(figure.indicator.label(language), [figure.unit(language), *cells])


def _beside(book: FigureBook, name: str, span: str, facet: str) -> Entry | None:
    """A level is not added up over years: the last of them stands for the term."""
    indicator = book.figure(name).indicator
    is_flow = bool(indicator.measure) and indicator.get_measure().shape is Shape.FLOW
    return None if not facet and span in ("period", "since") and not is_flow else book.get(name, span, facet)


def trueup_table(book: FigureBook) -> Row | None:
    """Estimates of periods that are over, beside what it came to; None where there were none."""
    rows = []
    for name, spec in book.ground.definition.figures.items():
        for span in (SAME + "period", "period") if spec.headline else ():
            three = book.trueup(name, span)
            if three is not None:
                estimate, final, gap = three
                label = book.ground.spans[span].label(book.ground.language)
                rows.append(_row(final.label, [label, told(estimate), told(final), told(gap, signed=True)]))
    if not rows:
        return None
    heads = [pgettext("report table", "Figure"), _("Period"), _("Estimate"), _("Final"), _("Difference")]
    return _table(_("Estimates of the last report and what they came to"), heads, rows, units=1)


def restated_table(book: FigureBook) -> Row | None:
    """Earlier periods of this year whose figures are no longer what was told; None where all stand."""
    rows = []
    for span in book.ground.spans.restated:
        label = book.ground.spans[span].label(book.ground.language)
        for name, spec in book.ground.definition.figures.items():
            three = book.restated(name, span) if spec.headline else None
            if three is not None:
                published, now, gap = three
                rows.append(_row(label, [now.label, told(published), told(now), told(gap)]))
    if not rows:
        return None
    heads = [
        _("Period"),
        pgettext("report table", "Figure"),
        _("As reported"),
        _("As it is now"),
        _("Difference"),
    ]
    return _table(_("Figures of earlier periods, restated"), heads, rows, units=1)


def _row(head: str, cells: Sequence[Run]) -> Row:
    return {"head": head, "cells": list(cells)}


def _table(caption: str, heads: Sequence[str], rows: Sequence[Row], *, units: int = 0) -> Row:
    """`units` columns after the first hold words, the others figures."""
    kinds = ["text", *["text"] * units, *["number"] * (len(heads) - 1 - units)]
    columns = [{"label": label, "kind": kind} for label, kind in zip(heads, kinds, strict=True)]
    return {"kind": "table", "caption": caption, "columns": columns, "rows": list(rows)}
