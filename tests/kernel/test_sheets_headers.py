import io

import pytest
import xlsxwriter

from bonphuong.kernel.sheets import RowKind, find_header, paste_rows, read_layout, read_table
from bonphuong.kernel.sheets.headers import is_numbering, is_section, is_totals
from bonphuong.kernel.sheets.tables import SheetRow, SheetTable

KNOWN = ("TT", "Tên đoàn", "Trưởng đoàn", "Số người", "Nước đến", "Thời gian", "Ghi chú")


def _kinds(text, known=KNOWN):
    layout = read_layout(paste_rows(text), known=known)
    return [(row.number, kind.value) for row, kind in layout.rows]


def _workbook(fill):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    fill(book.add_worksheet("Đoàn ra"))
    book.close()
    return read_table(target.getvalue(), name="a.xlsx")[0]


def test_head_on_the_first_row():
    header = find_header(paste_rows("TT\tTên đoàn\tSố người\n1\tĐoàn thăm Lào\t12"))
    assert (header.first_row, header.last_row, header.labels) == (1, 1, ("TT", "Tên đoàn", "Số người"))


OFFICIAL = """\
UBND TỈNH VÍ DỤ\t\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NGOẠI VỤ\t\t\tĐộc lập - Tự do - Hạnh phúc

DANH SÁCH ĐOÀN RA NĂM 2025
(Kèm theo Báo cáo số 12/BC-SNgV ngày 05/01/2026)
TT\tTên đoàn\tTrưởng đoàn\tSố người\tNước đến
(1)\t(2)\t(3)\t(4)\t(5)
I\tĐoàn cấp tỉnh
1\tĐoàn cán bộ tỉnh thăm Vân Nam\tNguyễn Văn Mẫu\t12\tTrung Quốc
2\tĐoàn công tác Sở Ngoại vụ\tTrần Thị Thử\t5\tLào
TT\tTên đoàn\tTrưởng đoàn\tSố người\tNước đến
II\tĐoàn cấp huyện
3\tTổng Lãnh sự quán mời đoàn\tLò Văn Ví Dụ\t3\tTrung Quốc
\tCộng đồng biên giới\tVàng A Giả Định\t2\tLào
Tổng cộng\t\t\t22
Ghi chú: không kể đoàn đi việc riêng
\t\t\tVí Dụ, ngày 05 tháng 01 năm 2026
Người lập biểu\t\t\tGIÁM ĐỐC
x\ty\tz\t1\tw
"""


def test_official_sheet_is_taken_apart():
    assert _kinds(OFFICIAL) == [
        (1, "title"),
        (2, "title"),
        (4, "title"),
        (5, "title"),
        (6, "header"),
        (7, "numbering"),
        (8, "section"),
        (9, "data"),
        (10, "data"),
        (11, "header"),
        (12, "section"),
        (13, "data"),
        (14, "data"),
        (15, "totals"),
        (16, "note"),
        (17, "note"),
        (18, "note"),
        (19, "note"),
    ]


def test_official_sheet_is_taken_apart_without_knowing_its_labels():
    assert _kinds(OFFICIAL, known=()) == _kinds(OFFICIAL)


def test_layout_gives_rows_by_kind():
    layout = read_layout(paste_rows(OFFICIAL), known=KNOWN)
    assert [row.number for row in layout.data] == [9, 10, 13, 14]
    assert [row.number for row in layout.of(RowKind.TOTALS)] == [15]


def test_head_of_two_rows_with_merged_cells():
    def fill(sheet):
        sheet.merge_range("A1:F1", "DANH SÁCH ĐOÀN RA")
        for column, label in enumerate(("TT", "Tên đoàn")):
            sheet.merge_range(2, column, 3, column, label)
        sheet.merge_range("C3:D3", "Thời gian")
        sheet.write_row("C4", ["Từ ngày", "Đến ngày"])
        sheet.merge_range("E3:E4", "Nước đến")
        sheet.write("F3", "Ghi chú")
        sheet.write_row("A5", [1, "Đoàn thăm Lào", "05/03/2026", "08/03/2026", "Lào"])

    layout = read_layout(_workbook(fill), known=KNOWN)
    assert (layout.header.first_row, layout.header.last_row) == (3, 4)
    assert layout.header.labels == (
        "TT",
        "Tên đoàn",
        "Thời gian / Từ ngày",
        "Thời gian / Đến ngày",
        "Nước đến",
        "Ghi chú",
    )
    assert [(row.number, kind.value) for row, kind in layout.rows] == [
        (1, "title"),
        (3, "header"),
        (4, "header"),
        (5, "data"),
    ]


def test_head_is_found_from_its_lower_row_too():
    def fill(sheet):
        sheet.merge_range("A1:A2", "Tên đoàn")
        sheet.merge_range("B1:E1", "Số người")
        sheet.write_row("B2", ["Tổng", "Nam", "Nữ", "Dân tộc"])
        sheet.write_row("A3", ["Đoàn thăm Lào", 12, 7, 5, 3])

    header = find_header(_workbook(fill))
    assert (header.first_row, header.last_row) == (1, 2)
    assert header.labels == (
        "Tên đoàn",
        "Số người / Tổng",
        "Số người / Nam",
        "Số người / Nữ",
        "Số người / Dân tộc",
    )


def test_head_of_two_rows_without_merged_cells():
    text = "TT\tTên đoàn\tThời gian\t\tGhi chú\n\t\tTừ ngày\tĐến ngày\t\n1\tĐoàn A\t05/03\t08/03\tx"
    header = find_header(paste_rows(text))
    assert (header.first_row, header.last_row) == (1, 2)
    assert header.labels == ("TT", "Tên đoàn", "Thời gian / Từ ngày", "Thời gian / Đến ngày", "Ghi chú")


def test_first_record_of_words_only_is_not_taken_into_the_head():
    header = find_header(
        paste_rows("Họ tên\tChức vụ\tGiới tính\nNguyễn Văn Mẫu\tGiám đốc\tNam\nThử\tPhó\tNữ")
    )
    assert (header.first_row, header.last_row) == (1, 1)


def test_record_merged_down_below_the_head_is_not_taken_into_it():
    def fill(sheet):
        sheet.write_row("A1", ["Tên đoàn", "Họ tên"])
        sheet.merge_range("A2:A3", "Đoàn thăm Lào")
        sheet.write("B2", "Nguyễn Văn Mẫu")
        sheet.write("B3", "Trần Thị Thử")

    layout = read_layout(_workbook(fill), known=KNOWN)
    assert layout.header.last_row == 1
    assert [row.values for row in layout.data] == [
        ("Đoàn thăm Lào", "Nguyễn Văn Mẫu"),
        ("Đoàn thăm Lào", "Trần Thị Thử"),
    ]


def test_known_labels_beat_a_wide_title():
    text = "CỘNG HÒA\tXÃ HỘI\tCHỦ NGHĨA\tVIỆT NAM\tĐộc lập\nTên đoàn\tSố người\nĐoàn A\t3"
    assert find_header(paste_rows(text), known=["TÊN ĐOÀN:", "số người"]).first_row == 2


def test_label_over_several_lines_is_one_line():
    assert find_header(paste_rows('TT\t"Tên\nđoàn"\n1\tA')).labels == ("TT", "Tên đoàn")


@pytest.mark.parametrize("text", ["", "một ô", "1\t2\t3\n4\t5\t6", "05/03/2026\t12"])
def test_no_head_is_no_layout(text):
    assert read_layout(paste_rows(text)) is None


def _row(*values):
    return SheetRow(1, values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("(1)", "(2)", "(3)"), True),
        ((1, 2, 3, 4), True),
        (("A", "B", 1, 2, "3=1+2"), True),
        ((1, "2", "(5)"), False),
        ((1, "Mẫu"), False),
        ((7, 8, 9), False),
        ((1,), False),
    ],
)
def test_numbering(values, expected):
    assert is_numbering(_row(*values)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tổng cộng", True),
        ("TỔNG SỐ ĐOÀN RA", True),
        ("Cộng:", True),
        ("Cộng tháng 6", True),
        ("Cộng (I+II)", True),
        ("Lũy kế từ đầu năm", True),
        ("Total", True),
        ("Tổng", True),
        ("Tổng Lãnh sự quán Trung Quốc", False),
        ("Cộng đồng người Việt", False),
        ("Tổng cục Hải quan", False),
    ],
)
def test_totals(text, expected):
    assert is_totals(_row(None, text, 12)) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("I", "Đoàn cấp tỉnh"), True),
        (("II.", "Đoàn cấp huyện", 4), True),
        (("Tháng 6",), True),
        (("a)", "Cấp cao"), True),
        ((12,), False),
        (("Tổng cộng",), False),
        ((1, "Đoàn A"), False),
        (("I", "a", "b", "c"), False),
    ],
)
def test_section(values, expected):
    assert is_section(_row(*values)) is expected


def test_list_of_one_column_has_no_sections():
    table = SheetTable(
        "a", [SheetRow(1, ("Họ tên", "Đơn vị")), SheetRow(2, ("Mẫu",)), SheetRow(3, ("Thử", "Sở"))]
    )
    kinds = [kind.value for _row, kind in read_layout(table).rows]
    assert kinds == ["header", "section", "data"]
