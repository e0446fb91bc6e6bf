"""The year's report of one province: gathered from the ledger, and written to Word and Excel."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

import docx
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docxtpl import DocxTemplate

from bench.ground import BOOKS, TODAY
from bench.measure import measured, seconds
from bonphuong.accounts.models import Office
from bonphuong.indicators.services import load_indicators
from bonphuong.kernel import clock
from bonphuong.reports.composing import Frame, compose
from bonphuong.reports.gathering import gather
from bonphuong.reports.queries import definition_and_period
from bonphuong.reports.rendering import render_docx, render_xlsx
from bonphuong.reports.rendering.reading import View
from bonphuong.reports.services import load_report_definitions, reading_moment
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.ground import Ground

Table = tuple[list[str], list[list[str]]]


@measured(work="year's report to DOCX and XLSX", reference="docxtpl and XlsxWriter with constants", bar=1.5)
def written(_ground: Ground) -> tuple[float, float, str]:
    """The reference writes the same words and tables, with no links, bookmarks, marks or evidence to keep."""
    content = content_of_the_year()
    paragraphs, tables = plain(content)
    cells = sum(len(row) for _heads, rows in tables for row in rows)
    return *beside_constants(content, paragraphs, tables), f"{len(paragraphs)} paragraphs, {cells} cells"


@measured(work="year's report composed", reference="the same content written to DOCX and XLSX")
def composed(_ground: Ground) -> tuple[float, float, str]:
    """Figures, evidence, sentences and checks from the ledger; nothing cached between the rounds."""
    content = content_of_the_year()
    with CaptureQueriesContext(connection) as captured:
        _compose()
    note = f"{len(content['figures'])} figures, {len(content['records'])} records, {len(captured)} queries"
    return seconds(_compose, rounds=3), seconds(lambda: render_both(content), rounds=3), note


def content_of_the_year() -> Mapping[str, Any]:
    """The report of 2025, with the office that signs it and the definition made on the first call."""
    if not Office.objects.filter(pk=BOOKS[0]).exists():
        load_indicators()
        load_report_definitions()
        with acting(actor=None, verb="system.bench"):
            name = {"name_vi": "Ủy ban nhân dân tỉnh Ví Dụ", "name_en": "Province", "short_vi": "UBND tỉnh"}
            Office.objects.create(code=BOOKS[0], path=f"{BOOKS[0]}/", kind="province", **name)
    return _compose()


def _compose() -> Mapping[str, Any]:
    with clock.fixed(TODAY):
        row, period = definition_and_period("annual", BOOKS[0], "2025")
        ground = gather(row, BOOKS[0], period)
        return compose(ground, Frame(as_of=reading_moment(ground)))


def render_both(content: Mapping[str, Any]) -> None:
    """The report to Word and to Excel."""
    render_docx(content)
    render_xlsx(content)


def beside_constants(
    content: Mapping[str, Any], paragraphs: Sequence[str], tables: Sequence[Table]
) -> tuple[float, float]:
    """Seconds that ours takes, and seconds that the reference takes for the same words and tables."""

    def reference() -> None:
        _write_docxtpl(paragraphs, tables)
        _write_xlsxwriter(tables)

    return seconds(lambda: render_both(content), rounds=3), seconds(reference, rounds=3)


def plain(content: Mapping[str, Any]) -> tuple[list[str], list[Table]]:
    """The words and the tables of our own renderings, without anything that ties them together."""
    view = View(content)
    paragraphs, tables = [], []
    for section in content["sections"]:
        paragraphs.append(f"{section['number']}. {section['title']}")
        for block in section["blocks"]:
            if block["kind"] == "table":
                rows = [
                    [row["head"], *(view.plain([cell]) for cell in row["cells"])] for row in block["rows"]
                ]
                tables.append(([column["label"] for column in block["columns"]], rows))
            elif block["kind"] == "items":
                paragraphs += [view.plain(item) for item in block["items"]]
            else:
                paragraphs.append(block.get("text") or view.plain(block["runs"]))
    evidence = [
        [
            str(figure["n"]),
            figure["label"],
            figure["text"],
            view.period(figure),
            "".join(map(str, view.evidence(figure))),
        ]
        for figure in view.told
    ]
    records = [[str(r["n"]), r["number"], r["title"], r["on"], r["office"], view.adds(r)] for r in view.shown]
    tables += [
        (["No.", "Figure", "Value", "Period", "Rests on"], evidence),
        (["No.", "Number", "Record", "On", "Office", "Adds"], records),
    ]
    return paragraphs, tables


@cache
def _template(widths: tuple[int, ...]) -> bytes:
    document = docx.Document()
    for text in ("{%p for text in paragraphs %}", "{{ text }}", "{%p endfor %}"):
        document.add_paragraph(text)
    for number, width in enumerate(widths):
        table = document.add_table(rows=4, cols=width)
        for column in range(width):
            table.cell(0, column).text = f"{{{{ tables[{number}][0][{column}] }}}}"
            table.cell(2, column).text = f"{{{{ row[{column}] }}}}"
        table.cell(1, 0).text = f"{{%tr for row in tables[{number}][1] %}}"
        table.cell(3, 0).text = "{%tr endfor %}"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _write_docxtpl(paragraphs: Sequence[str], tables: Sequence[Table]) -> None:
    """The reference in Word: words and tables, and nothing more."""
    template = DocxTemplate(io.BytesIO(_template(tuple(len(heads) for heads, _rows in tables))))
    template.render({"paragraphs": paragraphs, "tables": tables}, autoescape=True)
    template.save(io.BytesIO())


def _write_xlsxwriter(tables: Sequence[Table]) -> None:
    """The reference in Excel."""
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    style = book.add_format({"border": 1, "text_wrap": True})
    for heads, rows in tables:
        sheet = book.add_worksheet()
        for line, row in enumerate([heads, *rows]):
            for column, text in enumerate(row):
                sheet.write_string(line, column, text, style)
    book.close()
