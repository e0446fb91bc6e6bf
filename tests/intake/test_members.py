import datetime as dt

import pytest

from bonphuong.intake.members import MAX_MEMBERS, MemberLine, parse_members
from bonphuong.kernel.errors import BadValue
from bonphuong.kernel.sheets import SheetError
from tests.intake.books import book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
HEAD = "TT\tHọ và tên\tGiới tính\tNgày sinh\tQuốc tịch\tSố hộ chiếu\tChức vụ\tĐơn vị\tVai trò\n"
FIRST = "1\tLò Minh Họa\tNam\t05/03/1975\tViệt Nam\tB1234567\tPhó Giám đốc\tSở Ngoại vụ\tTrưởng đoàn\n"


def only(source, **how):
    members, errors = parse_members(source, **how)
    assert errors == []
    return members


def test_a_list_with_vietnamese_headings():
    assert only(HEAD + FIRST) == [
        MemberLine(
            full_name="Lò Minh Họa",
            gender="m",
            post_then="Phó Giám đốc",
            unit_then="Sở Ngoại vụ",
            role="head",
            nationality="VN",
            passport_no="B1234567",
            birth_date="1975-03-05",
            row=2,
        )
    ]


def test_a_list_with_english_headings_in_another_order():
    text = "No.\tPassport No.\tFull name\tDate of birth\tSex\tPosition\tOrganisation\n1\tp 7654321\tTrần Thị Ví Dụ\t1980-12-31\tF\tExpert\tDOFA\n"
    (member,) = only(text)
    assert (member.full_name, member.passport_no, member.birth_date, member.gender, member.role) == (
        *("Trần Thị Ví Dụ", "P7654321", "1980-12-31", "f", "member"),
    )


def test_a_list_without_headings_is_told_by_its_content():
    members = only(FIRST + "2\tTrần Thị Ví Dụ\tnữ\t1980\tLào\tC7654321\tChuyên viên\tSở Y tế\tphiên dịch\n")
    assert [(m.full_name, m.gender, m.birth_date, m.nationality, m.passport_no, m.role) for m in members] == [
        ("Lò Minh Họa", "m", "1975-03-05", "VN", "B1234567", "head"),
        ("Trần Thị Ví Dụ", "f", "1980", "LA", "C7654321", "interpreter"),
    ]
    assert [(m.post_then, m.unit_then) for m in members] == [
        ("Phó Giám đốc", "Sở Ngoại vụ"),
        ("Chuyên viên", "Sở Y tế"),
    ]


def test_names_alone_are_enough():
    assert [m.full_name for m in only("Ông Lò Minh Họa\nBà Trần Thị Ví Dụ\n")] == [
        "Lò Minh Họa",
        "Trần Thị Ví Dụ",
    ]


def test_the_address_tells_the_sex_and_leaves_the_name():
    members = only("Họ và tên\tChức vụ\nBà Trần Thị Ví Dụ\tChuyên viên\nMr. Giả Định\tThư ký\n")
    assert [(m.full_name, m.gender) for m in members] == [("Trần Thị Ví Dụ", "f"), ("Giả Định", "m")]


def test_a_cell_of_several_lines_is_one_cell():
    (member,) = only(
        'Họ và tên\tChức vụ, đơn vị công tác\n"Lò Minh\nHọa"\t"Phó Giám đốc,\nSở Ngoại vụ, tỉnh Lai Châu"\n'
    )
    assert (member.full_name, member.post_then, member.unit_then) == (
        *("Lò Minh Họa", "Phó Giám đốc", "Sở Ngoại vụ, tỉnh Lai Châu"),
    )


def test_a_role_may_stand_in_the_note_or_behind_the_post():
    members = only(
        "Họ và tên\tChức vụ\tGhi chú\nLò Minh Họa\tGiám đốc Sở, Trưởng đoàn\t\nTrần Thị Ví Dụ\tChuyên viên\tThư ký đoàn\n"
    )
    assert [m.role for m in members] == ["head", "secretary"]


def test_a_workbook_with_titles_numbering_and_totals():
    content = book(
        {
            "Bìa": [],
            "Danh sách": [
                ["DANH SÁCH THÀNH VIÊN ĐOÀN"],
                ["TT", "Họ và tên", "Ngày sinh", "Hộ chiếu số"],
                ["(1)", "(2)", "(3)", "(4)"],
                [1, "Lò Minh Họa", 27458, "B1234567"],
                [2, "Trần Thị Ví Dụ", "1980", 12345678],
                ["Tổng cộng", "2 người"],
                [None, None, "Lai Châu, ngày 05 tháng 01 năm 2026"],
            ],
        }
    )
    members = only(content, name="danh-sach.xlsx")
    assert [(m.row, m.full_name, m.birth_date, m.passport_no) for m in members] == [
        (4, "Lò Minh Họa", "1975-03-05", "B1234567"),
        (5, "Trần Thị Ví Dụ", "1980", "12345678"),
    ]


def test_every_bad_cell_is_named_and_the_member_stays():
    text = HEAD + "1\tLò Minh Họa\tgiữa\t31/02/1975\tNước Lạ\tHỘ CHIẾU\tPhó Giám đốc\tSở Ngoại vụ\tbảo vệ\n"
    (member,), errors = parse_members(text)
    assert member == MemberLine("Lò Minh Họa", post_then="Phó Giám đốc", unit_then="Sở Ngoại vụ", row=2)
    assert [(e.row, e.cell, e.field) for e in errors] == [
        (2, "C2", "gender"),
        (2, "D2", "birth_date"),
        (2, "E2", "nationality"),
        (2, "F2", "passport_no"),
        (2, "I2", "role"),
    ]


def test_errors_show_restricted_values_masked_only():
    _members, errors = parse_members(HEAD + "1\tLò Minh Họa\tNam\t05/03/1875\t\tB12345678901234567\t\t\t\n")
    assert [(e.field, e.value) for e in errors] == [
        ("birth_date", "•••••• 875"),
        ("passport_no", "•••••• 567"),
    ]


def test_a_row_without_a_name_is_named():
    _members, errors = parse_members(HEAD + "1\t\tNam\t\t\t\tPhó Giám đốc\t\t\n")
    assert [(e.row, e.field, e.message) for e in errors] == [(2, "full_name", "Thiếu họ tên.")]


def test_the_same_passport_twice_is_a_slip():
    _members, errors = parse_members(HEAD + FIRST + FIRST.replace("Lò Minh Họa", "Trần Thử"))
    assert [(e.row, e.field, e.message) for e in errors] == [
        (3, "passport_no", "Dòng 2 có cùng số hộ chiếu.")
    ]


def test_somebody_born_tomorrow_is_refused():
    _members, errors = parse_members(HEAD + FIRST.replace("05/03/1975", "11/01/2026"))
    assert [e.field for e in errors] == ["birth_date"]


def test_limits_and_files_that_are_none():
    assert parse_members("") == ([], [])
    with pytest.raises(BadValue, match=str(MAX_MEMBERS)):
        parse_members("\n".join(f"Nguyễn Mẫu {n}" for n in range(MAX_MEMBERS + 1)))
    with pytest.raises(SheetError):
        parse_members(b"%PDF-1.7", name="danh-sach.pdf")
    with pytest.raises(SheetError):
        parse_members(b"", name="danh-sach.xlsx")


def test_a_long_cell_is_named():
    (member,), errors = parse_members(HEAD + FIRST.replace("Phó Giám đốc", "Phó " * 60))
    assert (member.post_then, errors[0].field, errors[0].message) == ("", "post_then", "Dài quá 200 ký tự.")


def test_signatures_below_the_list_are_no_members():
    text = "Họ và tên\tChức vụ\nLò Minh Họa\tGiám đốc Sở\nTrần Thị Ví Dụ\tChuyên viên\nNGƯỜI LẬP\tGIÁM ĐỐC\n"
    assert [m.full_name for m in only(text)] == ["Lò Minh Họa", "Trần Thị Ví Dụ"]


def test_days_may_stand_without_headings_and_empty_lines_between():
    content = book(
        {"Trang 1": [["Lò Minh Họa", dt.date(1975, 3, 5)], [None, None], ["Trần Thị Ví Dụ", "31/12/1980"]]}
    )
    assert [(m.row, m.birth_date) for m in only(content)] == [(1, "1975-03-05"), (3, "1980-12-31")]


def test_a_row_of_other_columns_only_is_no_member():
    text = "TT\tHọ và tên\tChức vụ\tMã\n1\tLò Minh Họa\tGiám đốc\tx\n\t\t\ty\tz\n"
    assert [m.full_name for m in only(text)] == ["Lò Minh Họa"]
