"""Renderings come from the content alone, twice the same, with every figure leading to its evidence."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
import zipfile

import openpyxl
import pytest
from django.utils import translation
from lxml import etree, html

from bonphuong.kernel import clock
from bonphuong.kernel.pdftext import pdf_lines
from bonphuong.kernel.word import FIGURES
from bonphuong.reports.rendering import (
    evidence_html,
    narrative_html,
    page_html,
    render_docx,
    render_json,
    render_pdf,
    render_xlsx,
)
from bonphuong.reports.rendering.reading import Rows, View, runs_of
from bonphuong.reports.rendering.widths import annex_widths, column_widths, lines_of, size_of
from bonphuong.reports.services import build_draft, draft_content, write_text
from tests.factories.delegations import finished, inbound
from tests.reports.conftest import PROVINCE, content, enter, sign

# What is read out of files, and written into them, is the same on any database.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province"), pytest.mark.any_database]
DAY = dt.date
JUNE = DAY(2025, 6, 17)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RENDERERS = (render_docx, render_pdf, render_xlsx, page_html, render_json)
MARK = "Dữ liệu minh họa, không phải số liệu thật · Bản thảo"


@pytest.fixture
def told(officer):
    """A draft of the year with trips of two years, a visit, and a part that somebody wrote."""
    enter(officer, finished(DAY(2024, 6, 2), 5, days=3), at=DAY(2024, 7, 1))
    trips = [finished(DAY(2025, 2, 3) + dt.timedelta(days=9 * n), 4 + n, days=3) for n in range(4)]
    personal = finished(DAY(2025, 3, 1), 1, kind="personal", title="Thăm thân nhân tại Hà Khẩu")
    enter(officer, *trips, personal, inbound(DAY(2025, 5, 20), 8), at=JUNE)
    with clock.fixed(DAY(2025, 12, 20)):
        edition = build_draft(actor=officer, office=PROVINCE, code="annual", period="2025")
        body = "Chuẩn bị <hội nghị> & đón đoàn.\nHoàn thành chương trình năm."
        write_text(actor=officer, edition=edition, slot="tasks", body=body)
        return draft_content(edition)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("render", RENDERERS)
def test_twice_the_same_bytes_whatever_the_language_and_the_day(told, render):
    with clock.fixed(DAY(2026, 1, 1)), translation.override("vi"):
        first = render(told)
    with clock.fixed(DAY(2027, 1, 1)), translation.override("en"):
        second = render(json.loads(json.dumps(told)))
    assert first == second


@pytest.mark.parametrize("render", RENDERERS)
def test_the_database_is_not_asked(told, render, django_assert_num_queries):
    with django_assert_num_queries(0):
        render(told)


def test_figures_bound_into_written_words_lead_to_their_evidence(told):
    """They stand beside the plain text that editions had before, and win over it."""
    [block] = [b for s in told["sections"] for b in s["blocks"] if b["kind"] == "written"]
    figure = told["figures"][0]
    block["paragraphs"] = [["Đã cử ", {"f": figure["id"], "t": "4 đoàn"}, " <hết>."], [""]]
    root = etree.fromstring(parts(render_docx(told))["word/document.xml"])
    [line] = [p for p in root.iter(f"{W}p") if "".join(p.itertext()) == "Đã cử 4 đoàn <hết>."]
    assert [link.get(f"{W}anchor") for link in line.iter(f"{W}hyperlink")] == [f"e{figure['n']}"]
    page = page_html(told).decode()
    assert f'<p class="written">Đã cử <a class="figure" href="#evidence-{figure["n"]}">4 đoàn</a>' in page
    assert "Chuẩn bị" not in page


def test_two_renderings_of_a_signed_edition_are_the_same(officer, leader):
    enter(officer, finished(DAY(2025, 6, 2), 6, days=3), at=JUNE)
    edition = sign(officer, leader, "monthly", "2025-06", at=JUNE)
    before = [render(json.loads(edition.frozen.content)) for render in RENDERERS]
    enter(officer, finished(DAY(2025, 6, 4), 3, days=2), at=DAY(2025, 7, 1), late_reason="Nhập bổ sung")
    assert [render(json.loads(edition.frozen.content)) for render in RENDERERS] == before


def test_json_is_what_the_digest_was_taken_of(officer, leader):
    edition = sign(officer, leader, "monthly", "2025-06", at=JUNE)
    written = render_json(json.loads(edition.frozen.content))
    assert hashlib.sha256(written).hexdigest() == edition.frozen.digest


# --- Word ------------------------------------------------------------------------------------------------


def test_word_figures_lead_to_lines_that_are_there(told):
    root = etree.fromstring(parts(render_docx(told))["word/document.xml"])
    marks = {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    anchors = {link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")}
    assert anchors <= marks
    evidence = {f"e{figure['n']}" for figure in View(told).told}
    assert evidence <= marks
    assert {f"r{record['n']}" for record in View(told).shown} <= marks


def test_word_tells_every_figure_in_its_list(told):
    listed = etree.fromstring(parts(render_docx(told))["customXml/item1.xml"])
    figures = listed.findall(f"{{{FIGURES}}}figure")
    texts = {(figure.get("code"), figure.text) for figure in figures}
    assert ("outbound.groups", "4 đoàn") in texts
    assert {figure.get("as-of") for figure in figures} == {told["as_of"]}


def test_word_has_the_official_parts(told):
    root = etree.fromstring(parts(render_docx(told))["word/document.xml"])
    texts = ["".join(paragraph.itertext()) for paragraph in root.iter(f"{W}p")]
    for expected in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "BÁO CÁO",
        "Kết quả công tác đối ngoại năm 2025 và phương hướng, nhiệm vụ năm 2026", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH",
        "Nơi nhận:", "I. BỐI CẢNH VÀ CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO", "2. Quản lý đoàn ra, đoàn vào",
        "Chuẩn bị <hội nghị> & đón đoàn.", "Hoàn thành chương trình năm.", "Danh sách đoàn ra năm 2025",
        "Chứng cứ của số liệu", "Hồ sơ làm nên số liệu",
    ):  # fmt: skip
        assert expected in texts


def test_the_mark_stands_on_every_page_of_every_rendering(told):
    word = parts(render_docx(told))
    sections = list(etree.fromstring(word["word/document.xml"]).iter(f"{W}sectPr"))
    kinds = [{foot.get(f"{W}type") for foot in section.iter(f"{W}footerReference")} for section in sections]
    assert kinds == [{"default", "first"}] * len(sections)
    assert MARK in "".join(etree.fromstring(word["word/footer1.xml"]).itertext())
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(told)))
    assert all(MARK in sheet.oddHeader.center.text for sheet in book.worksheets)
    assert all(
        any(cell.value == MARK for row in sheet.iter_rows(max_row=6) for cell in row) for sheet in book
    )
    page = page_html(told).decode()
    assert f'<p class="demo">{MARK}</p>' in page
    assert f'@page {{ @bottom-center {{ content: "{MARK}"' in page
    assert json.loads(render_json(told))["marks"] == MARK.split(" · ")


def test_numbers_of_annexes_are_marked_with_what_they_add_to(told):
    """Cells lead to their record, totals to the figure that the text tells; each has its line in the list."""
    [trips] = [annex for annex in told["annexes"] if annex["code"] == "out"]
    figure = next(one for one in View(told).told if one["text"] == "22 lượt người")
    trips["columns"][2]["figure"] = figure["key"]
    listed = etree.fromstring(parts(render_docx(told))["customXml/item1.xml"])
    added = [
        (line.text, line.get("evidence"))
        for line in listed
        if (line.get("code"), line.get("period")) == (figure["code"], figure["period"]["code"])
    ]
    assert [(str(4 + n), f"r{row['n']}") for n, row in enumerate(trips["rows"])] == [
        one for one in added if one[1].startswith("r")
    ]
    assert ("22", f"e{figure['n']}") in added
    assert all(line.get("digest") for line in listed)


def test_a_number_of_no_figure_is_marked_by_its_place(told):
    listed = etree.fromstring(parts(render_docx(told))["customXml/item1.xml"])
    assert "annex.out.3" in {line.get("code") for line in listed}


def test_word_says_which_edition_it_shows(officer, leader):
    """Three times: in the list of figures, in a property, in a bookmark; each survives where others are lost."""
    edition = sign(officer, leader, "monthly", "2025-06", at=JUNE)
    word = parts(render_docx(json.loads(edition.frozen.content)))
    properties = etree.fromstring(word["docProps/custom.xml"])
    said = {one.get("name"): one[0].text for one in properties}
    assert said == {
        "bonphuong-edition": str(edition.pk),
        "bonphuong-number": "1",
        "bonphuong-status": "signed",
        "bonphuong-digest": edition.frozen.digest,
    }
    assert dict(etree.fromstring(word["customXml/item1.xml"]).attrib) == said
    assert f'w:name="bp_{edition.pk.hex}"'.encode() in word["word/document.xml"]


# --- PDF -------------------------------------------------------------------------------------------------


def test_pdf_says_word_for_word_what_word_says(told):
    """The same calls make both; this holds them to it, table by table and annex by annex."""
    root = etree.fromstring(parts(render_docx(told))["word/document.xml"])
    word = {text for p in root.iter(f"{W}p") if (text := squeezed("".join(p.itertext())))}
    read = squeezed("".join(pdf_lines(render_pdf(told))))
    # What two lines of a cell hold stands in the file line by line: long texts are looked for in pieces.
    missing = {text for text in word if text not in read and text.upper() not in read and len(text) < 30}
    assert not missing


def test_pdf_figures_lead_to_their_evidence_and_records(told):
    made = render_pdf(told)
    view = View(told)
    links = len(re.findall(rb"/Subtype */Link", made))
    assert links >= sum(len(view.evidence(figure)) > 0 for figure in view.told)
    assert b"pdfaid:part" in made
    assert b"/Outlines" in made
    assert b"/Lang(vi-VN)" in made
    without = {**told, "docx_evidence": False}
    assert not re.findall(rb"/Subtype */Link", render_pdf(without))


def test_pdf_turns_annexes_on_their_side_and_repeats_their_heads(told):
    [trips] = [annex for annex in told["annexes"] if annex["code"] == "out"]
    trips["rows"] = trips["rows"] * 20
    made = render_pdf(told)
    sizes = re.findall(rb"/MediaBox *\[0 0 ([\d.]+) ([\d.]+)\]", made)
    wide = [size for size in sizes if float(size[0]) > float(size[1])]
    assert len(wide) >= 4
    assert "".join(pdf_lines(made)).count("Trưởng đoàn, chức vụ") >= 3


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


# --- Excel -----------------------------------------------------------------------------------------------


def test_excel_annexes_have_the_columns_that_provinces_send(told):
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(told)))
    assert book.sheetnames == ["Số liệu", "Phụ lục I", "Phụ lục II", "Chứng cứ", "Hồ sơ"]
    rows = [[cell.value for cell in row] for row in book["Phụ lục I"].iter_rows()]
    head = next(index for index, row in enumerate(rows) if row[0] == "TT")
    assert rows[head] == [
        "TT", "Tên đoàn, mục đích", "Trưởng đoàn, chức vụ", "Số người", "Nước, địa phương đến", "Thời gian",
        "Cơ quan mời", "Nguồn kinh phí", "Số quyết định", "Trong/ ngoài kế hoạch", "Kết quả", "Báo cáo (ngày)",
    ]  # fmt: skip
    assert rows[head + 1][:2] == ["(1)", "(2)"]
    first, total = rows[head + 2], rows[head + 6]
    assert first[:4] == [1, "Thăm và làm việc tại tỉnh Phongsaly", "Lò Minh Họa, Giám đốc Sở Ngoại vụ", 4]
    assert total[1:4] == ["Cộng", None, 22]


def test_excel_rows_add_up_to_the_figures(told):
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(told)))
    sums: dict[int, float] = {}
    for row in book["Chứng cứ"].iter_rows(values_only=True):
        if isinstance(row[0], int):
            sums[row[0]] = sums.get(row[0], 0) + row[7]
    values = {
        figure["n"]: float(figure["value"])
        for figure in View(told).told
        if figure["rows"] and figure["basis"] == "counted" and "scope" not in figure
    }
    assert values
    assert {number: sums[number] for number in values} == values


# --- web page --------------------------------------------------------------------------------------------


def test_each_figure_on_the_page_opens_its_rows(told):
    page = html.fromstring(page_html(told).decode())
    ids = {node.get("id") for node in page.iter() if node.get("id")}
    links = {link.get("href").removeprefix("#") for link in page.iter("a")}
    assert links <= ids
    figures = page.xpath("//article[@class='narrative']//a[starts-with(@class, 'figure')]")
    assert {"4 đoàn", "22 lượt người"} <= {figure.text_content() for figure in figures}
    target = figures[0].get("href").removeprefix("#")
    [section] = page.xpath(f"//aside[@class='drawer']//section[@id='{target}']")
    assert figures[0].text_content() in section.xpath("h2")[0].text_content()
    assert section.xpath(".//tbody/tr")


def test_the_page_escapes_what_people_wrote(told):
    page = page_html(told).decode()
    assert "Chuẩn bị &lt;hội nghị&gt; &amp; đón đoàn." in page
    assert "Thăm thân nhân" not in page


def test_fragments_lead_to_the_pages_of_records(told):
    def url(family: str, uid: str) -> str:
        return f"/{family}/{uid}"

    uid = told["records"][-1]["uid"]
    assert f'href="/delegations/{uid}"' in narrative_html(told, url)
    drawer = html.fromstring(f"<div>{evidence_html(told, url, frozenset({1}))}</div>")
    assert drawer.xpath("section/@id") == ["evidence-1"]
    assert drawer.xpath("//a[@class='row-link']/@href")[0].startswith("/delegations/")


def test_only_a_draft_points_at_figures_that_should_be_looked_at(officer, leader):
    enter(officer, finished(DAY(2025, 6, 2), 90, days=3), at=JUNE)
    assert "figure is-wrong" in page_html(content("monthly", "2025-06", at=JUNE)).decode()
    edition = sign(officer, leader, "monthly", "2025-06", at=JUNE)
    assert "figure is-wrong" not in page_html(json.loads(edition.frozen.content)).decode()


def test_numbers_that_follow_each_other_are_told_as_runs():
    assert runs_of([1, 2, 3, 7, 9, 10]) == [Rows(1, 3), Rows(7, 7), Rows(9, 10)]
    assert [str(run) for run in runs_of([4, 5, 8])] == ["4–5", "8"]


def test_columns_are_alike_until_a_long_number_needs_more():
    heads = ["Chỉ tiêu", "2024", "2025"]
    alike = column_widths(heads, [["Đoàn ra", "4", "5"]])
    assert alike[1] == alike[2]
    assert sum(alike) == pytest.approx(165)
    heads = ["Chỉ tiêu", *map(str, range(2017, 2026))]
    wide = column_widths(heads, [["Viện trợ được phê duyệt", *["–"] * 8, "156.666,67"]])
    assert wide[-1] > wide[1]
    assert sum(wide) == pytest.approx(165)
    # Where everything is long nothing more can be given.
    assert len(column_widths(heads, [["x" * 30, *["9.999.999.999,99"] * 9]])) == 10
    assert column_widths(["Một cột"], [["a"]]) == [165]


def test_columns_of_an_annex_leave_room_to_those_that_are_full_and_cut_no_head():
    columns = [
        {"label": "Content", "width": 60},
        {"label": "Result", "width": 60},
        {"label": "Participants", "width": 8},
        {"label": "Office", "width": 30},
    ]
    cells = ["Hội thảo", None, 1234, "Department of Foreign Affairs of the Province"]
    annex = {"columns": columns, "rows": [{"cells": cells}] * 3, "totals": [None, None, 3702, None]}
    content, result, people, office = widths = annex_widths(annex, "vi", 245)
    assert sum(widths) == pytest.approx(245)
    assert office > content > result
    assert people > 24  # twelve bold letters and the room beside them, in millimetres
    assert sum(annex_widths({**annex, "rows": [], "totals": [None] * 4}, "vi", 245)) == pytest.approx(245)


def test_room_that_is_left_goes_to_the_column_that_makes_most_rows_tall():
    columns = [{"label": "A", "width": 60}, {"label": "B", "width": 60}, {"label": "C", "width": 60}]
    rows = [{"cells": ["năm 2025 (15/12/2024–14/12/2025)", "1 hồ sơ: 108.", "một"]}] * 9
    rows.append(
        {"cells": ["x", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21", "một"]}
    )
    period, evidence, short = annex_widths(
        {"columns": columns, "rows": rows, "totals": [None] * 3}, "vi", 150
    )
    assert evidence > short
    assert lines_of([row["cells"] for row in rows[:9]], [period, evidence, short]) == 9


def test_a_column_without_any_word_does_no_harm():
    columns = [{"label": "", "width": 20}, {"label": "Nội dung", "width": 40}]
    annex = {"columns": columns, "rows": [{"cells": [None, "Hội thảo " * 40]}], "totals": [None, None]}
    empty, content = annex_widths(annex, "vi", 150)
    assert 0 < empty < content
    assert empty + content == pytest.approx(150)


def test_many_columns_share_a_page_in_smaller_letters():
    column, row = {"label": "Amount", "width": 20}, {"cells": ["100.000"]}
    few = {"columns": [column] * 11, "rows": [{"cells": row["cells"] * 11}], "totals": [None] * 11}
    many = {"columns": [column] * 13, "rows": [{"cells": row["cells"] * 13}], "totals": [None] * 13}
    assert (size_of(few), size_of(many)) == (12, 10)
    assert sum(annex_widths(many, "vi", 245)) == pytest.approx(245)
    assert annex_widths(many, "vi", 245) == pytest.approx([245 / 13] * 13)
