import pytest

from bonphuong.intake.enums import MatchedBy
from bonphuong.intake.finding import FoundTable, Heading, plain
from bonphuong.intake.headings import columns_for, guess_kind, kind_in, match, missing
from bonphuong.records.registry import get_family

FAMILY = get_family("delegations")


def headings(*texts):
    return [Heading(index, text, plain(text) or f"[{index}]") for index, text in enumerate(texts)]


def codes(*texts, kind="outbound", given=None, remembered=None, similar=None):
    found = match(
        headings(*texts),
        columns_for(FAMILY, [kind]),
        given=given or {},
        remembered=remembered or {},
        similar=similar or {},
    )
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Tên đoàn/mục đích", "title"),
        ("TÊN ĐOÀN, MỤC ĐÍCH", "title"),
        ("Name and purpose of the delegation", "title"),
        ("trưởng đoàn - chức vụ", "head"),
        ("Số người (lượt)", "heads"),
        ("nước, địa phương đến:", "places"),
        ("Thời gian (từ - đến)", "time"),
        ("số QĐ", "decision"),
        ("Trong/ngoài kế hoạch", "plan_status"),
        ("báo cáo (ngày)", "report_on"),
        ("head_level", "head_level"),
        ("Cơ quan mời", "partner"),
        ("Người dân tộc", ""),
    ],
)
def test_headings_are_known_by_label_code_and_alias(heading, code):
    assert codes(heading) == [code]


def test_all_columns_of_the_annexes_are_known():
    out = ("TT", "tên đoàn/mục đích", "trưởng đoàn, chức vụ", "số người", "nước, địa phương đến", "thời gian", "cơ quan mời",
           "nguồn kinh phí", "số quyết định", "trong/ngoài kế hoạch", "kết quả", "báo cáo (ngày)")  # fmt: skip
    guests = ("TT", "tên đoàn, quốc tịch", "trưởng đoàn", "số người", "cơ quan đón", "thời gian", "nội dung", "địa bàn",
              "cấp đón tiếp", "kết quả")  # fmt: skip
    assert codes(*out) == [
        *("", "title", "head", "heads", "places", "time", "partner", "funding", "decision", "plan_status", "result", "report_on"),
    ]  # fmt: skip
    assert codes(*guests, kind="inbound") == [
        *("", "title", "head", "heads", "lead_office", "time", "content", "venue", "head_level", "result"),
    ]


def test_a_column_is_read_from_one_place_the_surest_first():
    assert codes("Ghi chú", "Kết quả") == ["", "result"]
    assert codes("Nội dung", "Tên đoàn") == ["content", "title"]
    assert codes("Nội dung", "Số người") == [
        "content",
        "heads",
    ]  # which stands for the name where there is none
    assert codes("Kinh phí", "Nguồn kinh phí") == ["cost_vnd", "funding"]
    assert codes("Kinh phí") == ["funding"]
    assert codes("Ghi chú") == ["result"]
    assert codes("Nội dung", "Số người") == [
        "content",
        "heads",
    ]  # which stands for the name where there is none


def test_a_common_heading_goes_to_the_total_under_it():
    assert codes("Số người / Nữ", "Số người / Tổng số", "Số người / Nam") == ["", "heads", ""]
    assert codes("Thời gian / Từ ngày", "Thời gian / Đến ngày") == ["starts_on", "ends_on"]
    assert codes("Trưởng đoàn / Họ tên", "Trưởng đoàn / Chức vụ") == ["", "head_title"]


def test_what_a_person_says_goes_before_everything():
    said = {"Người dân tộc": "heads", "C": "title"}
    assert codes("Người dân tộc", "Số người", "Nội dung", given=said) == ["heads", "", "title"]
    assert codes("Số người", given={"số người": ""}) == [""]


def test_what_was_said_of_the_same_headings_goes_before_names():
    assert codes("Số người", "Thực đi", remembered={"so nguoi": "", "thuc di": "heads"}) == ["", "heads"]


def test_a_single_heading_of_another_sheet_is_remembered_where_its_name_says_nothing():
    assert codes("Người dân tộc", "Tên đoàn", similar={"nguoi dan toc": "heads", "ten doan": "content"}) == [
        "heads",
        "title",
    ]


def test_what_looks_alike_is_only_suggested():
    (found,) = match(
        headings("Trưởng đòn"), columns_for(FAMILY, ["outbound"]), given={}, remembered={}, similar={}
    )
    assert (found.code, found.by, found.suggestions) == ("", MatchedBy.NONE, ("head", "head_level"))


def test_running_numbers_and_returned_reasons_are_passed_over():
    found = match(
        headings("STT", "Lý do trả lại", "Why it came back"),
        columns_for(FAMILY, []),
        given={},
        remembered={},
        similar={},
    )
    assert [one.by for one in found] == [MatchedBy.ORDINAL] * 3


def test_something_else_may_stand_instead_of_a_required_column():
    columns = columns_for(FAMILY, ["outbound"])
    assert [c.code for c in missing(columns, [])] == ["title", "heads", "places", "time"]
    assert [c.code for c in missing(columns, ["content", "actual_heads", "places", "starts_on"])] == []
    assert [c.code for c in missing(columns_for(FAMILY, ["inbound"]), ["title", "heads", "time"])] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("DANH SÁCH ĐOÀN RA NĂM 2025", "outbound"),
        ("Biểu 02: Đoàn vào", "inbound"),
        ("Tổng hợp đoàn ra, đoàn vào", ""),
        ("Đi việc riêng ở nước ngoài", "personal"),
        ("Đoàn rất lớn", ""),
        ("", ""),
    ],
)
def test_a_kind_is_told_by_its_words(text, kind):
    assert kind_in(FAMILY, text) == kind


def table(*texts, titles=(), sheet="Sheet1"):
    return FoundTable(sheet, True, titles, tuple(headings(*texts)), (1, 1))


def test_the_title_tells_the_kind_before_the_sheet_the_file_and_the_headings():
    columns = ("Tên đoàn", "Cơ quan mời", "Nguồn kinh phí")
    assert guess_kind(FAMILY, table(*columns, titles=("ĐOÀN VÀO",), sheet="Đoàn ra")) == "inbound"
    assert guess_kind(FAMILY, table(*columns, sheet="Đoàn vào")) == "inbound"
    assert guess_kind(FAMILY, table(*columns), "đoàn vào 2025.xlsx") == "inbound"
    assert guess_kind(FAMILY, table(*columns)) == "outbound"
    assert guess_kind(FAMILY, table("Tên đoàn", "Số người")) == ""
