import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

from bonphuong.kernel.sheets import Column, Kind, Link, SheetSpec, read_table, write_workbook

CREATED = dt.datetime(2026, 1, 12, 1, 0, tzinfo=dt.UTC)
COLUMNS = (
    Column("TT", 5, Kind.CENTRED),
    Column("Tên đoàn", 40),
    Column("Số người", 10, Kind.INTEGER),
    Column("Kinh phí (triệu đồng)", 14, Kind.DECIMAL),
    Column("Ngày đi", 12, Kind.DATE),
)
ROW = (1, "Đoàn cán bộ thăm Vân Nam", 12, Decimal("345.5"), dt.date(2026, 3, 5))


def _spec(**given):
    return SheetSpec(**{"name": "Đoàn ra", "columns": COLUMNS, "rows": [ROW], **given})


def _open(*sheets):
    return openpyxl.load_workbook(io.BytesIO(write_workbook(sheets, created=CREATED)))


def test_values_come_back_as_they_were():
    [table] = read_table(write_workbook([_spec()], created=CREATED), name="a.xlsx")
    assert [row.values for row in table.rows] == [tuple(column.header for column in COLUMNS), ROW]


def test_same_input_gives_the_same_bytes():
    assert write_workbook([_spec()], created=CREATED) == write_workbook([_spec()], created=CREATED)


def test_time_of_making_is_the_one_given():
    assert _open(_spec()).properties.created == dt.datetime(2026, 1, 12, 1, 0)


def test_title_totals_and_notes_stand_around_the_table():
    book = _open(
        _spec(title=("DANH SÁCH ĐOÀN RA", "Năm 2026"), totals=("", "Tổng cộng", 12), notes=("Nguồn: sổ",))
    )
    assert [[cell.value for cell in row[:3]] for row in book.active.iter_rows()] == [
        ["DANH SÁCH ĐOÀN RA", None, None],
        ["Năm 2026", None, None],
        [None, None, None],
        ["TT", "Tên đoàn", "Số người"],
        [1, "Đoàn cán bộ thăm Vân Nam", 12],
        [None, "Tổng cộng", 12],
        [None, None, None],
        ["Nguồn: sổ", None, None],
    ]


def test_head_of_two_lines_and_column_numbers():
    columns = (
        Column("TT"),
        Column("Từ", group="Thời gian"),
        Column("Đến", group="Thời gian"),
        Column("x", group="Một"),
    )
    sheet = _open(SheetSpec(name="a", columns=columns, rows=[], numbered=True)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["TT", "Thời gian", None, "Một"],
        [None, "Từ", "Đến", "x"],
        ["(1)", "(2)", "(3)", "(4)"],
    ]
    assert sorted(str(block) for block in sheet.merged_cells.ranges) == ["A1:A2", "B1:C1"]


def test_sheet_is_set_up_for_print():
    sheet = _open(_spec(title=("Danh sách",))).active
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "A4"
    assert sheet["A4"].font.name == "Times New Roman"


def test_widths_are_counted_in_a_face_that_every_machine_has():
    book = _open(_spec())
    normal = book._fonts[book._cell_styles[0].fontId]
    assert (normal.name, normal.sz) == ("Times New Roman", 11)
    assert {cell.font.sz for cell in book.active[2]} == {12}


def test_what_is_for_programs_stays_off_the_paper():
    columns = (Column("TT"), Column("Tên"), Column("Mã", printed=False), Column("UID", printed=False))
    sheet = _open(
        SheetSpec(name="a", columns=columns, rows=[["1", "b", "c", "d"]], title=("Danh sách",))
    ).active
    assert sheet.print_area == "'a'!$A$1:$B$4"
    assert [str(block) for block in sheet.merged_cells.ranges] == ["A1:B1"]
    assert [cell.value for cell in sheet[4]] == ["1", "b", "c", "d"]
    assert not _open(_spec()).active.print_area


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 213", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]
)
def test_text_is_never_a_formula(text):
    cell = _open(_spec(rows=[(1, text)])).active["B2"]
    assert cell.data_type == "s"
    assert cell.value.replace("_x000D_", "\r") == text
    assert cell.quotePrefix


def test_plain_text_is_not_marked_as_text():
    assert not _open(_spec()).active["B2"].quotePrefix


def test_links_lead_to_the_web_and_inside_only():
    columns = (Column("a"), Column("b"), Column("c"))
    row = (
        Link("web", "https://example.org/a"),
        Link("trong", "internal:'Đoàn vào'!A1"),
        Link("xấu", "file:///etc/passwd"),
    )
    sheet = _open(SheetSpec(name="a", columns=columns, rows=[row])).active
    assert sheet["A2"].hyperlink.target == "https://example.org/a"
    assert sheet["B2"].hyperlink.location == "'Đoàn vào'!A1"
    assert sheet["C2"].hyperlink is None
    assert sheet["C2"].value == "xấu"


def test_marks_say_why_a_cell_is_wrong():
    sheet = _open(_spec(marks={(0, 1): "Không rõ nước nào"})).active
    assert sheet["B2"].comment.text == "Không rõ nước nào"
    assert sheet["C2"].comment is None


def test_unusual_values_are_not_lost():
    columns = tuple(Column(letter) for letter in "abcdef")
    day, moment = dt.date(1890, 5, 19), dt.datetime(2026, 3, 5, 14, 30, tzinfo=dt.UTC)
    row = (day, moment, 12_345_678_901_234_567, True, "x" * 40_000, None)
    sheet = _open(SheetSpec(name="a", columns=columns, rows=[row])).active
    values = [cell.value for cell in sheet[2]]
    assert values[0] == "19/05/1890"
    assert values[1] == dt.datetime(2026, 3, 5, 21, 30)
    assert values[2] == "12345678901234567"
    assert values[3] is True
    assert (len(values[4]), values[4][-1]) == (32_767, "…")
    assert values[5] is None


def test_sheet_names_are_what_excel_takes():
    names = ["Đoàn ra/vào: tháng [6]", "", "Trùng", "trùng", "x" * 40, "x" * 40]
    assert _open(*(_spec(name=name) for name in names)).sheetnames == [
        "Đoàn ra vào  tháng  6",
        "Sheet",
        "Trùng",
        "trùng (2)",
        "x" * 31,
        f"{'x' * 27} (2)",
    ]


def test_a_mark_is_printed_on_every_page():
    made = write_workbook([_spec()], created=CREATED, mark="Dữ liệu minh họa & bản thảo")
    [sheet] = openpyxl.load_workbook(io.BytesIO(made)).worksheets
    assert "Dữ liệu minh họa && bản thảo" in sheet.oddHeader.center.text
    assert _open(_spec()).worksheets[0].oddHeader.center.text is None
