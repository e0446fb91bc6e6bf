"""A report of about sixty pages as Word, Excel and PDF, and a returned one held against its edition."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from bench.measure import measured, seconds
from bench.reports import beside_constants, content_of_the_year, plain, render_both
from bonphuong.kernel.word.reading import read_document
from bonphuong.reports.rendering import render_docx, render_pdf
from bonphuong.reports.rendering.reading import View, cell_text
from bonphuong.reports.verifying.judging import Judge, Ledger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bench.ground import Ground

#: The annexes of a busy year: so many rows make about sixty pages of it.
_ROWS = 330
_COLUMNS = (
    ("Tên đoàn, mục đích", "36", "text"),
    ("Trưởng đoàn, chức vụ", "30", "text"),
    ("Số người", "16", "number"),
    ("Nước, địa phương đến", "24", "text"),
    ("Thời gian", "24", "text"),
    ("Cơ quan mời", "20", "text"),
    ("Kinh phí (đồng)", "20", "amount"),
    ("Số quyết định", "24", "text"),
    ("Báo cáo (ngày)", "24", "date"),
)


@measured(
    work="report of 60 pages to DOCX and XLSX", reference="docxtpl and XlsxWriter with constants", bar=2
)
def written(_ground: Ground) -> tuple[float, float, str]:
    """The reference writes the same words and tables, with no links, bookmarks, marks or evidence to keep."""
    content = _content()
    paragraphs, tables = plain(content)
    for annex in content["annexes"]:
        heads = ["No.", *(column["label"] for column in annex["columns"])]
        rows = [
            [str(number), *(cell_text(cell, "vi") for cell in row["cells"])]
            for number, row in enumerate(annex["rows"], start=1)
        ]
        tables.append((heads, rows))
    return *beside_constants(content, paragraphs, tables), _note(content)


@measured(work="report of 60 pages to PDF/A", reference="the same to DOCX and XLSX")
def set_as_pdf(_ground: Ground) -> tuple[float, float, str]:
    """Each round sets another title, for the typesetter remembers what it has set before."""
    content = {**_content(), "head": dict(_content()["head"])}

    def ours() -> None:
        content["head"]["title"] += "."
        render_pdf(content)

    return seconds(ours, rounds=3), seconds(lambda: render_both(content), rounds=3), _note(content)


@measured(work="returned report of 60 pages held against its edition", reference="the edition to DOCX")
def held(_ground: Ground) -> tuple[float, float, str]:
    """Both documents are read, paired and compared; what the ledger says today is measured elsewhere."""
    content = _content()
    returned = render_docx(content)

    def ours() -> None:
        judge = Judge(content, Ledger(content, {}))
        judge.compare(read_document(render_docx(content)), read_document(returned))

    figures = len(View(content).told)
    return seconds(ours, rounds=3), seconds(lambda: render_docx(content), rounds=3), f"{figures} figures"


@cache
def _content() -> Mapping[str, Any]:
    content = content_of_the_year()
    numbers = [record["n"] for record in content["records"]] or [1]
    rows = [{"n": numbers[number % len(numbers)], "cells": _cells(number)} for number in range(_ROWS)]
    annexes = [
        {
            "code": f"list{part}",
            "number": str(part),
            "title": "Danh sách đoàn ra năm 2025",
            "columns": [{"label": label, "width": width, "kind": kind} for label, width, kind in _COLUMNS],
            "rows": rows[part::3],
            "totals": [None, None, sum(row["cells"][2] for row in rows[part::3]), *[None] * 6],
        }
        for part in range(3)
    ]
    return {**content, "sections": content["sections"] * 3, "annexes": annexes}


def _cells(number: int) -> list[object]:
    return [
        f"Thăm, làm việc về hợp tác thương mại, y tế và giáo dục lần thứ {number}",
        "Nguyễn Văn Mẫu, Phó Giám đốc Sở Ngoại vụ",
        3 + number % 17,
        "Lào (Phông Sa Lỳ), Trung Quốc (Vân Nam)",
        "12/05/2025\N{EN DASH}16/05/2025",
        "Sở Ngoại vụ Phông Sa Lỳ",
        {"amount": str(1_000_000 * (number % 90))},
        f"{100 + number}/QĐ-UBND, 03/05/2025",
        {"day": "2025-06-01"},
    ]


def _note(content: Mapping[str, Any]) -> str:
    pages = len(re.findall(rb"/Type */Page\b", render_pdf(content)))
    cells = sum(len(row["cells"]) for annex in content["annexes"] for row in annex["rows"])
    return f"{pages} pages, {len(View(content).told)} figures, {cells} cells of annexes"
