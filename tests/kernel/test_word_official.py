import datetime as dt
import io
import zipfile

import docx
import pytest
from lxml import etree

from bonphuong.kernel.word import (
    DECREE_30_2020,
    FIGURES,
    Anchor,
    Figure,
    Letterhead,
    Link,
    OfficialDocument,
    Signature,
    TableColumn,
    TableRow,
    Text,
)
from bonphuong.kernel.word.runs import bookmark_name

CREATED = dt.datetime(2026, 1, 5, 3, 0, tzinfo=dt.UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEAD = Letterhead(
    parent="ỦY BAN NHÂN DÂN\nTỈNH VÍ DỤ",
    issuer="SỞ NGOẠI VỤ",
    number="Số: 12/BC-SNgV",
    place_date="Ví Dụ, ngày 05 tháng 01 năm 2026",
)
COLUMNS = (TableColumn("TT", 8, "center"), TableColumn("Nước", 40), TableColumn("Số đoàn", 20, "center"))


def _document():
    return OfficialDocument(title="Báo cáo", creator="Sở Ngoại vụ tỉnh Ví Dụ", created=CREATED)


def _figure(text="42 đoàn", evidence="e1"):
    return Figure(text, evidence, "outbound.groups", "2025", "2026-01-05T03:00:00Z", "ab12")


def _open(document):
    return docx.Document(io.BytesIO(document.save()))


def _xml(document, part="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(document.save())) as archive:
        return etree.fromstring(archive.read(part))


def _texts(paragraphs):
    return [paragraph.text for paragraph in paragraphs]


def _full():
    document = _document()
    document.letterhead(HEAD)
    document.title("BÁO CÁO", "Kết quả công tác đối ngoại năm 2025")
    document.addressees(["Ủy ban nhân dân tỉnh Ví Dụ"])
    document.heading("I. KẾT QUẢ")
    document.paragraph(["Trong năm có ", _figure(), "."])
    document.table(COLUMNS, [["1", "Lào", "3"], TableRow(["", "Tổng cộng", "3"], bold=True)])
    document.signature(
        Signature(["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "Nguyễn Văn Mẫu"), ["Như trên", "Lưu: VT."]
    )
    document.annex("Căn cứ của các số liệu", number="I", reference="Kèm theo Báo cáo số 12", landscape=True)
    document.table(
        COLUMNS, [[[Anchor("e1", "1")], Link("42 đoàn", "#f1"), Link("nguồn", "https://example.org")]]
    )
    return document


def test_same_calls_give_the_same_bytes():
    assert _full().save() == _full().save()


def test_every_part_is_well_formed_and_listed():
    with zipfile.ZipFile(io.BytesIO(_full().save())) as archive:
        types = archive.read("[Content_Types].xml").decode()
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
            assert (
                name.endswith(".rels")
                or f"/{name}" in types
                or name in {"[Content_Types].xml", "customXml/item1.xml"}
            )


def test_letterhead_has_both_sides():
    document = _document()
    document.letterhead(HEAD)
    [table] = _open(document).tables
    cells = [[[text for text in _texts(cell.paragraphs) if text] for cell in row.cells] for row in table.rows]
    assert cells == [
        [
            ["ỦY BAN NHÂN DÂN\nTỈNH VÍ DỤ", "SỞ NGOẠI VỤ"],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ],
        [["Số: 12/BC-SNgV"], ["Ví Dụ, ngày 05 tháng 01 năm 2026"]],
    ]
    runs = {run.text: run for cell in table._cells for paragraph in cell.paragraphs for run in paragraph.runs}
    assert not runs["ỦY BAN NHÂN DÂN\nTỈNH VÍ DỤ"].bold
    assert runs["SỞ NGOẠI VỤ"].bold
    assert (runs["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"].bold, runs["Độc lập - Tự do - Hạnh phúc"].bold) == (
        True,
        True,
    )
    assert runs["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"].font.size.pt == 13
    assert runs["Ví Dụ, ngày 05 tháng 01 năm 2026"].italic


def test_letter_without_a_parent_says_what_it_is_about():
    document = _document()
    document.letterhead(
        Letterhead(issuer="UBND TỈNH", number="Số: 1/UBND", place_date="x", about="V/v cử đoàn")
    )
    [table] = _open(document).tables
    assert _texts(table.rows[1].cells[0].paragraphs) == ["Số: 1/UBND", "V/v cử đoàn"]


def test_pages_are_as_the_decree_asks():
    first, last = _open(_full()).sections
    mm = [round(length.mm) for length in (first.page_width, first.page_height)]
    assert mm == [210, 297]
    margins = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert [round(length.mm) for length in margins] == [20, 20, 30, 15]
    assert first.different_first_page_header_footer
    assert not last.different_first_page_header_footer
    assert [round(length.mm) for length in (last.page_width, last.page_height)] == [297, 210]
    assert DECREE_30_2020.source == "NĐ 30/2020/NĐ-CP, phụ lục I"


def test_page_number_is_centred_on_top_but_not_on_the_first_page():
    document = _full()
    assert "PAGE" in "".join(_xml(document, "word/header1.xml").itertext())
    assert "".join(_xml(document, "word/header2.xml").itertext()) == ""
    section = _open(document).sections[0]
    assert section.first_page_header.paragraphs[0].text == ""


def test_a_mark_stands_at_the_foot_of_every_page():
    mark = "Dữ liệu minh họa"
    document = OfficialDocument(title="Báo cáo", creator="Sở", created=CREATED, mark=mark)
    document.paragraph("Nội dung.")
    document.annex("Danh sách")
    document.paragraph("Nội dung.")
    for section in _open(document).sections:
        feet = (section.first_page_footer, section.footer)
        assert [_texts(foot.paragraphs) for foot in feet] == [[mark], [mark]]
    assert _texts(_open(_full()).sections[0].footer.paragraphs) == [""]


def test_the_name_of_a_table_stays_with_it():
    document = _document()
    document.centred("Bảng 1", keep_with_next=True)
    document.centred("QUYẾT ĐỊNH:")
    kept = [paragraph.paragraph_format.keep_with_next for paragraph in _open(document).paragraphs[:2]]
    assert kept == [True, None]


def test_one_font_and_one_language_everywhere():
    root = _xml(_full(), "word/styles.xml")
    fonts = root.find(f".//{W}rPrDefault//{W}rFonts")
    assert set(fonts.attrib.values()) == {"Times New Roman"}
    assert len(fonts.attrib) == 4
    assert set(root.find(f".//{W}rPrDefault//{W}lang").attrib.values()) == {"vi-VN"}


def test_body_is_justified_with_the_first_line_indented():
    style = _open(_full()).styles["Body Text"]
    assert style.paragraph_format.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.JUSTIFY
    assert round(style.paragraph_format.first_line_indent.cm, 2) == 1.27
    assert style.paragraph_format.space_after.pt == 6


def test_figure_is_link_bookmark_tag_and_entry_of_the_list():
    document = _document()
    document.paragraph(["Có ", _figure(), "/ ", _figure("410 lượt người", "e2"), "."])
    root = _xml(document)
    assert [node.get(f"{W}val") for node in root.iter(f"{W}tag")] == ["f1", "f2"]
    assert [node.get(f"{W}name") for node in root.iter(f"{W}bookmarkStart")] == ["f1", "f2"]
    assert [node.get(f"{W}anchor") for node in root.iter(f"{W}hyperlink")] == ["e1", "e2"]
    figures = _xml(document, "customXml/item1.xml")
    assert figures.tag == f"{{{FIGURES}}}figures"
    assert [(dict(node.attrib), node.text) for node in figures][:1] == [
        (
            {
                "tag": "f1",
                "code": "outbound.groups",
                "period": "2025",
                "name": "",
                "as-of": "2026-01-05T03:00:00Z",
                "evidence": "e1",
                "digest": "ab12",
            },
            "42 đoàn",
        )
    ]
    assert [entry.tag for entry in document.figures] == ["f1", "f2"]


def test_document_without_figures_has_no_list_of_them():
    document = _document()
    document.paragraph("Không có số liệu.")
    with zipfile.ZipFile(io.BytesIO(document.save())) as archive:
        assert [name for name in archive.namelist() if name.startswith("customXml")] == []


def test_identifiers_are_never_used_twice():
    root = _xml(_full())
    for tag, key in ((f"{W}bookmarkStart", f"{W}id"), (f"{W}bookmarkStart", f"{W}name")):
        values = [node.get(key) for node in root.iter(tag)]
        assert len(values) == len(set(values)) == 2


@pytest.mark.parametrize("name", ["", "1a", "a-b", "a b", "x" * 41, "é"])
def test_bookmark_names_that_word_refuses_are_refused(name):
    with pytest.raises(ValueError, match="bookmark"):
        bookmark_name(name)


def test_links_lead_to_bookmarks_and_the_web_only():
    document = _document()
    document.paragraph([Link("a", "https://example.org"), Link("b", "https://example.org", italic=True)])
    document.paragraph(Link("c", "javascript:alert(1)"))
    root = _xml(document)
    ids = [
        node.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
        for node in root.iter(f"{W}hyperlink")
    ]
    assert ids == ["rId100", "rId100"]
    assert _open(document).paragraphs[1].text == "c"


def test_table_widths_stand_on_the_grid_and_add_up():
    document = _document()
    document.table(COLUMNS, [["1", "Lào", "3"]])
    root = _xml(document)
    grid = [int(node.get(f"{W}w")) for node in root.iter(f"{W}gridCol")]
    cells = [int(node.get(f"{W}w")) for node in root.iter(f"{W}tcW")]
    assert sum(grid) == round(165 * 1440 / 25.4)
    assert cells == grid * 2


def test_table_head_is_repeated_and_rows_are_not_torn():
    document = _document()
    document.table(COLUMNS, [["1", "Lào", "3"]] * 3, numbered=True)
    rows = list(_xml(document).iter(f"{W}tr"))
    assert [row.find(f".//{W}tblHeader") is not None for row in rows] == [True, True, False, False, False]
    assert all(row.find(f".//{W}cantSplit") is not None for row in rows)


def kept_rows(**how):
    document = _document()
    document.table(COLUMNS, [*([["1", "Lào", "3"]] * 3), TableRow(["", "Cộng", "9"], bold=True)], **how)
    rows = list(_xml(document).iter(f"{W}tr"))
    return [all(p.find(f"{W}pPr/{W}keepNext") is not None for p in row.iter(f"{W}p")) for row in rows]


def test_a_line_of_totals_stays_with_the_row_above_it_and_a_kept_table_on_one_page():
    assert kept_rows() == [False, False, False, True, False]
    assert kept_rows(kept=True, numbered=True) == [True, True, True, True, True, False]


def test_the_last_words_stay_with_the_signature_and_a_full_page_is_followed_by_no_empty_one():
    document = _document()
    document.paragraph("một")
    document.paragraph("hai")
    document.signature(Signature(["GIÁM ĐỐC"], "Lò Minh Họa"))
    document.annex("Danh sách")
    document.table(COLUMNS, [["1", "Lào", "3"]])
    document.annex("Danh sách khác")
    body = _xml(document).find(f"{W}body")
    kept = {"".join(p.itertext()): p.find(f"{W}pPr/{W}keepNext") is not None for p in body.iter(f"{W}p")}
    assert (kept["một"], kept["hai"]) == (False, True)
    table = [node for node in body if node.tag == f"{W}tbl"][-1]
    after = table.getnext()
    assert after.find(f"{W}pPr/{W}sectPr") is not None
    assert after.find(f"{W}pPr/{W}spacing").get(f"{W}line") == "20"


def test_table_head_of_two_lines():
    document = _document()
    columns = (
        TableColumn("TT", 1),
        TableColumn("Đoàn", 1, group="Năm 2025"),
        TableColumn("Người", 1, group="Năm 2025"),
    )
    document.table(columns, [["1", "3", "12"]])
    [table] = _open(document).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["TT", "Năm 2025", "Năm 2025"],
        ["TT", "Đoàn", "Người"],
        ["1", "3", "12"],
    ]


def test_row_across_the_table_and_a_short_row():
    document = _document()
    document.table(COLUMNS, [TableRow(["I. Đoàn cấp tỉnh"], bold=True, across=True), ["1", "Lào"]])
    [table] = _open(document).tables
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [
        ["I. Đoàn cấp tỉnh"] * 3,
        ["1", "Lào", ""],
    ]


def test_signature_keeps_recipients_and_signer_together():
    document = _document()
    document.signature(Signature(["GIÁM ĐỐC"], "Trần Thị Thử"), ["Như trên;", "Lưu: VT."])
    [table] = _open(document).tables
    left, right = table.rows[0].cells
    assert _texts(left.paragraphs) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert [text for text in _texts(right.paragraphs) if text] == ["GIÁM ĐỐC", "Trần Thị Thử"]
    assert len(table.rows) == 1


def test_signature_may_stand_alone():
    document = _document()
    document.signature(Signature(["GIÁM ĐỐC"], "Trần Thị Thử"))
    assert _open(document).tables[0].rows[0].cells[0].text == ""


def test_several_addressees_are_a_list():
    document = _document()
    document.addressees(["Bộ Ngoại giao", "Ủy ban nhân dân tỉnh"])
    assert [t for t in _texts(_open(document).paragraphs) if t] == [
        "Kính gửi:",
        "- Bộ Ngoại giao;",
        "- Ủy ban nhân dân tỉnh.",
    ]


def test_annex_names_itself_and_its_document():
    document = _document()
    document.paragraph("Thân văn bản.")
    document.annex("Danh sách đoàn", number="II", reference="Kèm theo Quyết định số 5")
    document.page_break()
    document.centred("QUYẾT ĐỊNH:", bold=True)
    texts = [text for text in _texts(_open(document).paragraphs) if text.strip()]
    assert texts == [
        "Thân văn bản.",
        "Phụ lục II",
        "Danh sách đoàn",
        "(Kèm theo Quyết định số 5)",
        "QUYẾT ĐỊNH:",
    ]


def test_text_that_xml_cannot_hold_is_left_out():
    document = _document()
    document.paragraph(
        [
            "<b>&\x00\x0b",
            Text("đậm\nhai dòng\tnhảy", bold=True, underline=True, size=12),
            Text("n", italic=True),
        ]
    )
    [paragraph] = _open(document).paragraphs
    assert paragraph.text == "<b>&đậm\nhai dòng\tnhảyn"
    assert (paragraph.runs[1].bold, paragraph.runs[1].underline, paragraph.runs[1].font.size.pt) == (
        True,
        True,
        12,
    )


def test_properties_come_from_the_caller():
    properties = _open(_full()).core_properties
    assert (properties.title, properties.author) == ("Báo cáo", "Sở Ngoại vụ tỉnh Ví Dụ")
    assert properties.created == properties.modified == CREATED


def test_a_document_never_ends_with_a_table():
    document = _document()
    document.signature(Signature(["GIÁM ĐỐC"], "Trần Thị Thử"))
    body = _xml(document).find(f"{W}body")
    assert [node.tag.removeprefix(W) for node in body][-2:] == ["p", "sectPr"]
