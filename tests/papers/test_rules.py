import unicodedata

import pytest

from bonphuong.papers.rules import allowed_names, find_marking, find_marking_in_name, split_reference

BODY = ["Công tác bảo vệ bí mật nhà nước được quan tâm."] * 30


@pytest.mark.parametrize(
    ("line", "marking"),
    [
        ("MẬT", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("TUYỆT   MẬT", "TUYỆT MẬT"),
        ("Tối mật", "Tối mật"),
        ("[TUYỆT MẬT]", "TUYỆT MẬT"),
        ("* MẬT *", "MẬT"),
        ("T Ố I  M Ậ T", "TỐIMẬT"),
        (unicodedata.normalize("NFD", "TỐI MẬT"), "TỐI MẬT"),
        ("Độ mật: Tối mật", "Tối mật"),
        ("Dấu chỉ độ mật: MẬT", "MẬT"),
        ("Mức độ mật - Tuyệt mật", "Tuyệt mật"),
        ("Độ mật: không", ""),
        ("Bảo mật", ""),
        ("Bí mật nhà nước", ""),
        ("Nguyễn Thị Mật", ""),
        ("Mật ong", ""),
        ("mật khẩu", ""),
        ("MAT", ""),
        ("", ""),
    ],
)
def test_marking_on_top_of_the_first_page(line, marking):
    assert find_marking(["SỞ NGOẠI VỤ", line, *BODY]) == marking


@pytest.mark.parametrize(("line", "marking"), [("TỐI MẬT", "TỐI MẬT"), ("Mật", ""), ("Độ mật: Mật", "Mật")])
def test_further_down_only_capitals_and_declared_grades_count(line, marking):
    assert find_marking([*BODY, line]) == marking


def test_marking_in_headers_and_footers():
    assert find_marking(BODY, ["Trang 1", "Tối mật"]) == "Tối mật"
    assert find_marking(BODY, ["Trang 1"]) == ""


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        ("MẬT - báo cáo.docx", "MẬT"),
        ("bao cao_TỐI MẬT.pdf", "TỐI MẬT"),
        ("Báo cáo (Tối mật).pdf", "Tối mật"),
        ("[mật] kế hoạch", "mật"),
        ("MẬT", "MẬT"),
        ("Độ mật: Mật", "Mật"),
        ("Kế hoạch bảo vệ bí mật nhà nước", ""),
        ("Mật khẩu.docx", ""),
        ("Về việc bảo mật thông tin - quý I", ""),
    ],
)
def test_marking_in_what_a_person_typed(text, marking):
    assert find_marking_in_name("Báo cáo", text) == marking


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("123/QĐ-UBND", ("123", "QĐ-UBND")),
        (" Số: 05 / TTr-SNgV ", ("05", "TTr-SNgV")),
        ("12a/BC-SNgV", ("12a", "BC-SNgV")),
        ("云外函〔2025〕18号", ("", "云外函〔2025〕18号")),
        ("QĐ/272", ("", "QĐ/272")),
        ("", ("", "")),
    ],
)
def test_reference_has_a_number_and_a_symbol(reference, parts):
    assert split_reference(reference) == parts


def test_kinds_of_files():
    assert allowed_names("application/pdf") == ("pdf",)
    assert allowed_names("application/x-msdownload") == ()
