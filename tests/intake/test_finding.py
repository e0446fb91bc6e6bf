from bonphuong.intake.finding import find_tables, group_of, parts_of
from bonphuong.kernel.sheets import read_table
from tests.intake.books import book

KNOWN = ("TT", "Tên đoàn", "Số người", "Nước đến", "Thời gian", "Từ ngày", "Đến ngày", "Cơ quan đón")


def tables(*rows):
    (sheet,) = read_table(book({"Sheet1": list(rows)}), name="x.xlsx")
    return find_tables(sheet, known=KNOWN)


def kinds(table):
    return [(found.row.number, str(found.kind)) for found in table.rows]


def test_two_tables_on_one_sheet_are_told_apart():
    first, second = tables(
        ["I. ĐOÀN RA"],
        ["TT", "Tên đoàn", "Số người", "Nước đến"],
        [1, "Đoàn một", 5, "Lào"],
        ["Tổng cộng", None, 5],
        [],
        ["II. ĐOÀN VÀO"],
        ["TT", "Tên đoàn", "Cơ quan đón", "Thời gian", "Số người"],
        [1, "Đoàn hai", "Sở Y tế", "5/3/2025", 3],
    )
    assert (first.titles, second.titles) == (("I. ĐOÀN RA",), ("II. ĐOÀN VÀO",))
    assert kinds(first) == [(3, "data"), (4, "totals")]
    assert kinds(second) == [(8, "data")]


def test_a_head_repeated_on_each_page_does_not_end_the_table():
    head = ["TT", "Tên đoàn", "Số người", "Nước đến"]
    (table,) = tables(head, [1, "Đoàn một", 5, "Lào"], head, [2, "Đoàn hai", 3, "Lào"])
    assert kinds(table) == [(2, "data"), (3, "header"), (4, "data")]


def test_a_head_of_two_lines_is_one_head():
    (table,) = tables(
        ["TT", "Tên đoàn", "Số người", "Thời gian", None],
        [None, None, None, "Từ ngày", "Đến ngày"],
        [1, "Đoàn một", 5, "5/3/2025", "6/3/2025"],
    )
    assert [heading.key for heading in table.headings] == [
        *("tt", "ten doan", "so nguoi", "thoi gian / tu ngay", "thoi gian / den ngay"),
    ]
    assert table.head_rows == (1, 2)


def test_headings_that_stand_twice_or_are_empty_are_told_apart_by_their_letters():
    (table,) = tables(
        ["TT", "Tên đoàn", "Số người", "Ghi chú", "Ghi chú", None], [1, "Đoàn", 5, "a", "b", "c"]
    )
    assert [heading.key for heading in table.headings] == [
        *("tt", "ten doan", "so nguoi", "ghi chu", "ghi chu [e]", "[f]"),
    ]


def test_a_full_row_below_a_signature_is_still_a_record():
    (table,) = tables(
        ["TT", "Tên đoàn", "Số người", "Nước đến"],
        [1, "Đoàn một", 5, "Lào"],
        [None, "Lai Châu, ngày 05 tháng 01 năm 2026"],
        ["GIÁM ĐỐC"],
        [2, "Đoàn hai", 3, "Thái Lan"],
    )
    assert kinds(table) == [(2, "data"), (3, "note"), (4, "note"), (5, "data")]


def test_rows_know_the_heading_that_they_stand_under():
    (table,) = tables(
        ["TT", "Tên đoàn", "Số người", "Nước đến"],
        [None, "A. Đoàn vào"],
        [1, "Đoàn một", 5, "Lào"],
        [None, "B. Đoàn ra"],
        [2, "Đoàn hai", 3, "Thái Lan"],
    )
    assert [found.section for found in table.rows if found.kind == "data"] == ["A. Đoàn vào", "B. Đoàn ra"]


def test_the_year_is_taken_from_the_title_before_the_name_of_the_file():
    (with_title,) = tables(
        ["Danh sách năm 2024"], ["TT", "Tên đoàn", "Số người", "Nước đến"], [1, "Đoàn", 5, "Lào"]
    )
    (without,) = tables(["TT", "Tên đoàn", "Số người", "Nước đến"], [1, "Đoàn", 5, "Lào"])
    assert (with_title.years("2025.xlsx"), without.years("doan-2025.xlsx"), without.years()) == (
        {2024},
        {2025},
        set(),
    )


def test_a_heading_is_known_whole_without_brackets_or_by_its_lowest_line():
    assert parts_of("Số người (lượt)") == ["so nguoi (luot", "so nguoi"]
    assert parts_of("Thời gian / Từ ngày") == ["thoi gian / tu ngay", "tu ngay"]
    assert (group_of("Thời gian / Từ ngày"), group_of("Thời gian")) == ("thoi gian", "")


def test_a_sheet_of_words_holds_no_table():
    assert tables(["Kính gửi: Sở Ngoại vụ"], ["Đề nghị các cơ quan báo cáo."]) == []


def test_a_sparse_row_with_a_director_in_it_is_no_signature():
    (table,) = tables(
        ["TT", "Tên đoàn", "Số người", "Nước đến"],
        [None, "Thăm Lào", 5, "Giám đốc Sở"],
        [2, "Đoàn hai", 3, "Thái Lan"],
        ["NGƯỜI LẬP", None, None, "GIÁM ĐỐC"],
        ["Nguyễn Thị Mẫu", None, None, "Lò Văn Thử"],
    )
    assert kinds(table) == [(2, "data"), (3, "data"), (4, "note"), (5, "note")]
