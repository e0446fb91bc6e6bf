"""Web pages: the text with figures that open their rows, the drawer of evidence, a page that stands alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from bonphuong.reports.enums import EditionStatus, Severity
from bonphuong.reports.rendering.forms import form_of
from bonphuong.reports.rendering.reading import Other, Rows, View, cell_text, written_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from bonphuong.reports.rendering.reading import Figure, Piece
    from bonphuong.reports.sentences import Run

#: Family and uid of a record → the address of its page; "" where there is none.
RecordUrl = Callable[[str, str], str]
#: More rows than these are named by their numbers, which lead into the list of records.
_MOST_ROWS = 40
_ROOM = re.compile(r"\s*\n\s*")


def _nowhere(family: str, uid: str) -> str:
    del family, uid
    return ""


def narrative_html(content: Mapping[str, Any], record_url: RecordUrl = _nowhere) -> SafeString:
    """The text of the report with its tables, annexes and list of records; figures lead to `#evidence-N`."""
    with translation.override(content["language"]):
        return _narrative(View(content), record_url)


def evidence_html(
    content: Mapping[str, Any], record_url: RecordUrl = _nowhere, only: frozenset[int] | None = None
) -> SafeString:
    """The evidence of each told figure as a section `evidence-N` of a drawer; `only` chooses some by number."""
    with translation.override(content["language"]):
        return _evidence(View(content), record_url, only)


def page_html(content: Mapping[str, Any]) -> bytes:
    """A whole page that stands alone, with its style inside: for a file that is sent or kept."""
    with translation.override(content["language"]):
        view = View(content)
        context = {
            "content": content,
            "view": view,
            "form": form_of(view.language),
            "narrative": _narrative(view, _nowhere),
            "evidence": _evidence(view, _nowhere, None),
        }
        return _close(render_to_string("reports/page.html", context)).encode()


def _narrative(view: View, record_url: RecordUrl) -> SafeString:
    wrong = _wrong(view)
    sections = [
        {**section, "blocks": [_block(view, block, wrong) for block in section["blocks"]]}
        for section in view.content["sections"]
    ]
    context = {
        "content": view.content,
        "opening": _runs(view, view.content["opening"], wrong),
        "closing": _runs(view, view.content["closing"], wrong),
        "sections": sections,
        "annexes": [_annex(view, annex, record_url) for annex in view.content["annexes"]],
        "records": [_record(view, record, record_url) for record in view.shown],
    }
    return mark_safe(_close(render_to_string("reports/narrative.html", context)))  # noqa: S308 - our own template


def _evidence(view: View, record_url: RecordUrl, only: frozenset[int] | None) -> SafeString:
    figures = [figure for figure in view.told if only is None or figure["n"] in only]
    context = {"figures": [_figure(view, figure, record_url) for figure in figures], "content": view.content}
    return mark_safe(_close(render_to_string("reports/evidence.html", context)))  # noqa: S308 - our own template


def _close(page: str) -> str:
    """The page without the room that templates leave at the beginnings of lines: a third of its size."""
    return _ROOM.sub("\n", page).strip() + "\n"


def _wrong(view: View) -> frozenset[str]:
    """Figures of a draft that a check asks a person to look at."""
    if view.content["edition"]["status"] != EditionStatus.DRAFT:
        return frozenset()
    return frozenset(
        name
        for check in view.content["checks"]
        if check["severity"] != Severity.PASSED
        for name in check["figures"]
    )


def _block(view: View, block: Mapping[str, Any], wrong: frozenset[str]) -> dict[str, Any]:
    match block["kind"]:
        case "paragraph":
            return {"kind": "paragraph", "html": _runs(view, block["runs"], wrong)}
        case "items":
            return {"kind": "items", "items": [_runs(view, item, wrong) for item in block["items"]]}
        case "written":
            return {**block, "lines": [_runs(view, runs, wrong) for runs in written_runs(block)]}
        case "table":
            rows = [_row(view, row, block, wrong) for row in block["rows"]]
            totals = _row(view, block["totals"], block, wrong) if "totals" in block else None
            return {**block, "rows": rows, "totals": totals}
    return dict(block)


def _row(
    view: View, row: Mapping[str, Any], table: Mapping[str, Any], wrong: frozenset[str]
) -> dict[str, Any]:
    kinds = [column["kind"] for column in table["columns"][1:]]
    cells = [
        {"html": _runs(view, [cell], wrong, "cell"), "kind": kind}
        for cell, kind in zip(row["cells"], kinds, strict=True)
    ]
    return {"head": row["head"], "cells": cells}


def _runs(view: View, runs: Sequence[Run], wrong: frozenset[str], style: str = "figure") -> SafeString:
    return format_html_join("", "{}", ((_run(view, run, wrong, style),) for run in runs))


def _run(view: View, run: Run, wrong: frozenset[str], style: str) -> str | SafeString:
    if isinstance(run, str):
        return run
    number = view.figures[run["f"]]["n"]
    classes = f"{style} is-wrong" if run["f"] in wrong and style == "figure" else style
    return format_html('<a class="{}" href="#evidence-{}">{}</a>', classes, number, run["t"])


def _annex(view: View, annex: Mapping[str, Any], record_url: RecordUrl) -> dict[str, Any]:
    rows = []
    for index, row in enumerate(annex["rows"], start=1):
        record = view.records[row["n"]]
        cells = [
            {"text": cell_text(cell, view.language), "kind": column["kind"]}
            for cell, column in zip(row["cells"], annex["columns"], strict=True)
        ]
        rows.append({"index": index, "cells": cells, "record": _record(view, record, record_url)})
    totals = [cell_text(total, view.language) for total in annex["totals"]]
    return {**annex, "rows": rows, "totals": totals[1:] if any(totals) else []}


def _record(view: View, record: Mapping[str, Any], record_url: RecordUrl) -> dict[str, Any]:
    return {
        **record,
        "day": cell_text({"day": record["on"]}, view.language),
        "said": view.adds(record),
        "url": record_url(record["family"], record["uid"]) if record["family"] else "",
    }


def _figure(view: View, figure: Figure, record_url: RecordUrl) -> dict[str, Any]:
    few = figure["rows"] if len(figure["rows"]) <= _MOST_ROWS else []
    return {
        **figure,
        "days": view.period(figure),
        "word": view.status(figure),
        "definition": view.content["definitions"][figure["code"]],
        "said": format_html_join("", "{}", ((_piece(piece),) for piece in view.evidence(figure))),
        "few": [{**_record(view, view.records[n], record_url), "amount": adds} for n, adds in few],
    }


def _piece(piece: Piece) -> str | SafeString:
    if isinstance(piece, Rows):
        return format_html('<a href="#record-{}">{}</a>', piece.first, str(piece))
    if isinstance(piece, Other):
        return format_html('<a href="#evidence-{}">{}</a>', piece.number, piece.number)
    return piece
