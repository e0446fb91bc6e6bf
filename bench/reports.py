"""The year's report of one province: gathered from the ledger, and written to Word and Excel."""

from __future__ import annotations

import datetime as dt
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
from bonphuong.indicators.queries import figures
from bonphuong.indicators.services import load_indicators
from bonphuong.kernel import clock
from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.queries import PARTS
from bonphuong.reports.composing import Frame, compose
from bonphuong.reports.gathering import gather, requests_of
from bonphuong.reports.queries import definition_and_period
from bonphuong.reports.rendering import render_docx, render_xlsx
from bonphuong.reports.rendering.reading import View
from bonphuong.reports.services import load_report_definitions, reading_moment
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bench.ground import Ground
    from bonphuong.indicators.figures import FigureRequest
    from bonphuong.kernel.periods import Period

Table = tuple[list[str], list[list[str]]]


@measured(work="year's report to DOCX and XLSX", reference="docxtpl and XlsxWriter with constants", bar=1.5)
def written(_ground: Ground) -> tuple[float, float, str]:
    """The reference writes the same words and tables, with no links, bookmarks, marks or evidence to keep."""
    content = _content()
    paragraphs, tables = _plain(content)

    def ours() -> None:
        render_docx(content)
        render_xlsx(content)

    def reference() -> None:
        _docxtpl(paragraphs, tables)
        _xlsxwriter(tables)

    cells = sum(len(row) for _heads, rows in tables for row in rows)
    return (
        seconds(ours, rounds=3),
        seconds(reference, rounds=3),
        f"{len(paragraphs)} paragraphs, {cells} cells",
    )


@measured(work="year's report composed", reference="the same content written to DOCX and XLSX")
def composed(_ground: Ground) -> tuple[float, float, str]:
    """Figures, evidence, sentences and checks from the ledger; nothing cached between the rounds."""
    content = _content()
    with CaptureQueriesContext(connection) as captured:
        _compose()

    def rendering() -> None:
        render_docx(content)
        render_xlsx(content)

    note = f"{len(content['figures'])} figures, {len(content['records'])} records, {len(captured)} queries"
    return seconds(_compose, rounds=3), seconds(rendering, rounds=3), note


@measured(work="figures of the year's report", reference="one hand-written statement for each table", bar=2.0)
def counted(_ground: Ground) -> tuple[float, float, str]:
    """Ours: every figure of the report, told or not, with papers and coverage. The reference only adds up facts."""
    with clock.fixed(TODAY):
        requests, statements = requests_of_the_year(), _by_hand()
        with CaptureQueriesContext(connection) as captured:
            figures(requests)
        note = f"{len(requests)} figures, {len(captured)} queries; by hand {len(statements)} statements"
        return seconds(lambda: figures(requests)), seconds(lambda: _run(statements)), note


@measured(work="the same figures as they stood", reference="the same figures now", bar=1.5)
def as_of(_ground: Ground) -> tuple[float, float, str]:
    """A moment in the past: the position in the book is looked up first."""
    with clock.fixed(TODAY):
        now = requests_of_the_year()
        then = requests_of_the_year(as_of=clock.now() - dt.timedelta(microseconds=1))
        return seconds(lambda: figures(then)), seconds(lambda: figures(now)), f"{len(then)} figures"


def requests_of_the_year(as_of: dt.datetime | None = None) -> Sequence[FigureRequest]:
    """All figures of the report of 2025 with the year before, as a gathering asks for them."""
    _content()
    row, period = definition_and_period("annual", BOOKS[0], "2025")
    ground = gather(row, BOOKS[0], period)
    return requests_of(ground.definition, ground.spans, BOOKS[0], as_of)


Statement = tuple[str, list[Any]]


def _by_hand() -> list[Statement]:
    """For each table of the report and each of its two years what somebody would write; the rest in one more."""
    row, period = definition_and_period("annual", BOOKS[0], "2025")
    ground = gather(row, BOOKS[0], period)
    measures = {name: figure.indicator.measure for (name, _span), figure in ground.counted.found.items()}
    blocks = [b["table"] for section in ground.definition.sections for b in section.blocks if "table" in b]
    wanted = [
        (table["rows" if table["kind"] == "figures" else "figures"], table.get("by", "")) for table in blocks
    ]
    told = {name for names, _by in wanted for name in names}
    wanted.append(([name for name in measures if name not in told], ""))
    return [
        one
        for names, by in wanted
        for span in ground.spans.by_name.values()
        for one in _statements(sorted({measures[name] for name in names} - {""}), by, span)
    ]


def _statements(measures: Sequence[str], by: str, span: Period) -> Iterator[Statement]:
    """One for what is added up over the period, one for what is so on its last day."""
    by = by if by in PARTS else ""
    columns = ", ".join(filter(None, ("measure", by)))
    levels = [code for code in measures if MEASURES[code].shape is Shape.LEVEL]
    flows = [code for code in measures if code not in levels]
    for some, condition, days in (
        (flows, "BETWEEN %s AND %s", [span.since, span.until]),
        (levels, "<= %s", [span.until]),
    ):
        if some:
            marks = ", ".join(["%s"] * len(some))
            query = (
                f"SELECT {columns}, SUM(value) FROM ledger_fact WHERE book = %s AND measure IN ({marks}) "
                f"AND on_day {condition} GROUP BY {columns}"
            )
            yield query, [BOOKS[0], *some, *days]


def _run(statements: Sequence[Statement]) -> None:
    with connection.cursor() as cursor:
        for query, values in statements:
            cursor.execute(query, values)
            cursor.fetchall()


def _content() -> Mapping[str, Any]:
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


def _plain(content: Mapping[str, Any]) -> tuple[list[str], list[Table]]:
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


def _docxtpl(paragraphs: Sequence[str], tables: Sequence[Table]) -> None:
    template = DocxTemplate(io.BytesIO(_template(tuple(len(heads) for heads, _rows in tables))))
    template.render({"paragraphs": paragraphs, "tables": tables}, autoescape=True)
    template.save(io.BytesIO())


def _xlsxwriter(tables: Sequence[Table]) -> None:
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    style = book.add_format({"border": 1, "text_wrap": True})
    for heads, rows in tables:
        sheet = book.add_worksheet()
        for line, row in enumerate([heads, *rows]):
            for column, text in enumerate(row):
                sheet.write_string(line, column, text, style)
    book.close()
