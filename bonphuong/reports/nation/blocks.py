"""What only a national report tells: who has reported, how each province counts, the figures province by province."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bonphuong.accounts.enums import SettingKey
from bonphuong.kernel.dates import format_date
from bonphuong.reports.figurebook import MINUS, Scope
from bonphuong.reports.nation.practice import differing
from bonphuong.reports.nation.provinces import Reported
from bonphuong.reports.tables import NOTHING, told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bonphuong.reports.figurebook import Entry, FigureBook
    from bonphuong.reports.nation.provinces import Nation, Province
    from bonphuong.reports.sentences import Speaker

Block = dict[str, Any]


def reporting(book: FigureBook) -> list[Block]:
    """How many provinces have reported by the day it was due, and a table with each."""
    nation = book.ground.nations["period"]
    if not nation.provinces:
        return []
    blocks = [_paragraph(text) for text in reporting_words(nation, book.ground.language)]
    rows = [
        _row(one.name, [state_words(one), _on(one, book), timeliness(nation, one), source_words(one)])
        for one in nation.provinces
    ]
    heads = [
        pgettext("report table", "Province"), _("State"), _("Day"), _("By the day due"), _("Figures from"),
    ]  # fmt: skip
    return [*blocks, _table(_("Reports of the provinces"), heads, rows, units=len(heads) - 1)]


def reporting_words(nation: Nation, language: str) -> list[str]:
    """The same in sentences: how many, by when, by which text, who is missing."""
    count, whole = len(nation.reported), len(nation.provinces)
    said = ngettext(
        "%(count)s of %(whole)s province has reported.",
        "%(count)s of %(whole)s provinces have reported.",
        whole,
    ) % {"count": count, "whole": whole}
    if nation.due is not None:
        said += " " + _("The report was due on %(day)s.") % {"day": format_date(nation.due.on, language)}
        if not nation.due.proved:
            said += " " + _("No text was found that fixes this day; it is the one that is set here.")
    found = [said]
    late = [one.name for one in nation.reported if nation.is_late(one)]
    if late:
        found.append(_("After the day: %(names)s.") % {"names": ", ".join(late)})
    if nation.missing:
        names = [
            _("%(name)s (returned)") % {"name": one.name} if one.state == Reported.RETURNED else one.name
            for one in nation.missing
        ]
        found.append(_("No report stands of: %(names)s.") % {"names": ", ".join(names)})
    return found


def practice(book: FigureBook) -> list[Block]:
    """How each province counts where they differ; one sentence where they do not."""
    nation = book.ground.nations["period"]
    known = {one.name: one.practice for one in nation.provinces if one.is_live or one.accepted is not None}
    keys = differing(known)
    if not known:
        return []
    if not keys:
        same = next(iter(known.values()))
        said = " ".join(one.words for one in same if one.key == SettingKey.ONE_IS_A_GROUP)
        return [_paragraph(_("All provinces in this sum count alike: %(how)s") % {"how": said})]
    told_first = _("Provinces count differently; their figures are added up as each of them counts.")
    items = [
        [f"{name}: {_practice_words(some, keys)} ({_sources(some, keys)})"] for name, some in known.items()
    ]
    return [_paragraph(told_first), {"kind": "items", "items": items}]


def beside(book: FigureBook) -> list[Block]:
    """What papers state or people estimate and the sum does not hold, province by province."""
    rows = [
        _row(cell.province.name, [figure.indicator.label(book.ground.language), book.number(cell.beside)])
        for (_name, span), figure in book.ground.counted.national.items()
        for cell in figure.beside
        if span == "period" and cell.beside is not None
    ]
    if not rows:
        return []
    said = _(
        "Not in the sums above, for no records stand under them: figures that only a paper or an estimate gives."
    )
    heads = [pgettext("report table", "Province"), pgettext("report table", "Figure"), _("Given")]
    return [_paragraph(said), _table(_("Figures stated and not counted"), heads, rows, units=1)]


NATIONAL: Mapping[str, Callable[[FigureBook], list[Block]]] = {
    "reporting": reporting,
    "practice": practice,
    "beside": beside,
}


def provinces_table(table: Mapping[str, Any], book: FigureBook, speaker: Speaker) -> Block | None:
    """One line for each province, one column for each figure, with what is counted twice and the total below."""
    span = table.get("span", "period")
    nation = book.ground.nations[span]
    names = [name for name in table["figures"] if book.figure(name, span).value is not None]
    if not names:
        return None
    rows = [_row(one.name, [_cell(book, name, span, one) for name in names]) for one in nation.provinces]
    if any("" in book.parts(name, span, "book") for name in names):
        label = book.ground.names["book"][""]
        parts = [book.get(name, span, "", Scope("book", ("",), label)) for name in names]
        rows.append(_row(label, [_taken_away(part) for part in parts]))
    heads = [pgettext("report table", "Province")]
    for name in names:
        figure = book.figure(name, span)
        label, unit = figure.indicator.label(book.ground.language), figure.unit(book.ground.language)
        heads.append(f"{label} ({unit})" if unit and unit not in label.lower() else label)
    found = _table(speaker.text(table["caption"]), heads, rows)
    totals = [book.get(name, span) for name in names]
    found["totals"] = _row(_("The nation"), [NOTHING if total is None else told(total) for total in totals])
    return found


def _taken_away(part: Entry | None) -> Any:
    if part is None or not part.value:
        return NOTHING
    return {"f": part.identifier, "t": f"{MINUS}{part.bare.lstrip('-')}"}


def _cell(book: FigureBook, name: str, span: str, province: Province) -> Any:
    if province.book in book.parts(name, span, "book"):
        part = book.get(name, span, "", Scope("book", (province.book,), province.name))
        if part is not None:
            return told(part)
    if not province.is_live and province.accepted is None:
        return pgettext("report", "no report")
    cells = {one.province.book: one for one in book.ground.counted.national[name, span].cells}
    cell = cells[province.book]
    if cell.value is None and cell.beside is not None:
        return pgettext("report", "only stated")
    return NOTHING if cell.value is None else book.number(cell.value)


# --- words ----------------------------------------------------------------------------------------


def state_words(province: Province) -> str:
    """What a province has done."""
    return {
        Reported.MISSING: pgettext("province", "not reported"),
        Reported.SIGNED: pgettext("province", "signed here"),
        Reported.RECEIVED: pgettext("province", "package received, not decided"),
        Reported.RETURNED: pgettext("province", "package returned"),
        Reported.ACCEPTED: pgettext("province", "package accepted"),
    }[province.state]


def source_words(province: Province) -> str:
    """Where its figures in the sum come from."""
    if province.is_live:
        return pgettext("province", "its own book")
    if province.accepted is not None:
        return pgettext("province", "package, version %(version)s") % {"version": province.accepted.version}
    return pgettext("province", "not in the sum")


def timeliness(nation: Nation, province: Province) -> str:
    """Whether it was in time."""
    if nation.due is None:
        return NOTHING
    if not province.has_reported:
        return (
            pgettext("province", "overdue")
            if nation.is_late(province)
            else pgettext("province", "not due yet")
        )
    return pgettext("province", "late") if nation.is_late(province) else pgettext("province", "in time")


def _on(province: Province, book: FigureBook) -> str:
    return NOTHING if province.on is None else format_date(province.on, book.ground.language)


def _practice_words(some: Sequence[Any], keys: Sequence[str]) -> str:
    said = []
    for one in some:
        if one.key in keys:
            said.append(one.words)
            if one.elsewhere:
                said.append(_("Otherwise in: %(names)s.") % {"names": ", ".join(one.elsewhere)})
    return " ".join(said)


def _sources(some: Sequence[Any], keys: Sequence[str]) -> str:
    unproved = _("no text found")
    found = [
        one.source if one.proved and one.source else "; ".join(filter(None, (one.source, unproved)))
        for one in some
        if one.key in keys and one.is_said
    ]
    return "; ".join(dict.fromkeys(found)) or _("nothing said; the usual way")


def _paragraph(text: str) -> Block:
    return {"kind": "paragraph", "runs": [text]}


def _row(head: str, cells: Sequence[Any]) -> Block:
    return {"head": head, "cells": list(cells)}


def _table(caption: str, heads: Sequence[str], rows: Sequence[Block], *, units: int = 0) -> Block:
    kinds = ["text", *["text"] * units, *["number"] * (len(heads) - 1 - units)]
    columns = [{"label": label, "kind": kind} for label, kind in zip(heads, kinds, strict=True)]
    return {"kind": "table", "caption": caption, "columns": columns, "rows": list(rows)}
