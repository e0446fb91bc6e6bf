"""Pages are told apart by what pages share, not by their names."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.reader.claims import Role
from bonphuong.reader.dates import day_of_line
from bonphuong.reader.extract import read

PARAGRAPH = "Trong năm 2024, tỉnh đón 12 đoàn khách nước ngoài đến thăm, làm việc với các sở, ngành."
OTHER = "Cũng trong năm ấy, tỉnh cử 9 đoàn đi công tác nước ngoài theo chương trình đã duyệt."


def roles(text):
    document = read(text)
    return [(str(block.role), document.text[block.start : block.end]) for block in document.blocks]


def role_of(text, part):
    return next(role for role, words in roles(text) if words.startswith(part))


def page(*lines):
    return "\n\n".join(
        ("Trang chủ Tin tức", "09:15 | 20/06/2025 GMT+7", "Một tiêu đề đủ dài cho bài này", PARAGRAPH, *lines)
    )


@pytest.mark.parametrize(
    "line",
    [
        "12:59 | 13/02/2020 GMT+7",
        "Thứ năm, 13/02/2020, 12:59 (GMT+7)",
        "13/02/2020 12:59",
        "Cập nhật lúc 12:59 ngày 13/02/2020",
        "Lai Châu, ngày 13 tháng 02 năm 2020",
        "Ngày đăng: 13-02-2020",
        "2020-02-13 12:59",
    ],
)
def test_date_lines_are_known(line):
    assert day_of_line(line.lower()) == dt.date(2020, 2, 13)


@pytest.mark.parametrize(
    "line",
    [
        "Ngày 13/02/2020, tỉnh đón đoàn khách đầu tiên của năm",
        "Thời tiết hôm nay (21/4): Nắng nóng",
        "Xuân Giáp Thìn - 2024",
        "99/99/2020",
    ],
)
def test_other_lines_with_dates_are_no_date_lines(line):
    assert day_of_line(line.lower()) is None


def test_headlines_printed_twice_in_one_line_are_links():
    text = page("Bản nhỏ đón 30 đoàn khách Bản nhỏ đón 30 đoàn khách", OTHER)
    assert role_of(text, "Bản nhỏ") == "related"
    assert [role for role, _ in roles(text)].count("body") == 1


def test_headline_printed_on_two_lines_ends_the_article():
    text = page(
        OTHER,
        "Tỉnh khác đón 31 đoàn",
        "Tỉnh khác đón 31 đoàn",
        "Năm 2025, tỉnh khác đón 31 đoàn khách nước ngoài đến làm việc.",
    )
    assert [str(claim.value) for claim in read(text).claims] == ["12", "9"]


@pytest.mark.parametrize(
    "head",
    [
        "Tin bài liên quan",
        "TIN LIÊN QUAN",
        "Đọc nhiều",
        "Multimedia",
        "Có thể bạn quan tâm:",
        "Bình luận",
        "Tin cùng chuyên mục",
        "Nguồn:",
        "Từ khóa: đối ngoại",
    ],
)
def test_section_heads_end_the_article(head):
    assert [str(claim.value) for claim in read(page(head, OTHER)).claims] == ["12"]


def test_image_names_and_captions_are_no_body():
    text = page(
        "hai ben ky ket thoa thuan hop tac", "Hai bên ký kết 3 thỏa thuận hợp tác (Ảnh: Minh Họa)", OTHER
    )
    assert role_of(text, "hai ben") == "caption"
    assert role_of(text, "Hai bên") == "caption"
    assert [str(claim.value) for claim in read(text).claims] == ["12", "9"]


def test_teaser_cut_off_by_dots_belongs_to_its_link():
    link = "hai ben ky ket thoa thuan hop tac Bản nhỏ mở hội"
    text = page(OTHER, link, "Hội năm nay đón 7 đoàn khách nước ngoài sang thăm, đông hơn mọi ...")
    assert role_of(text, "Hội năm nay") == "related"


def test_paragraph_that_ends_with_dots_is_still_body():
    text = page("Tỉnh cử 9 đoàn đi công tác nước ngoài, phần lớn sang các tỉnh giáp biên...")
    assert [str(claim.value) for claim in read(text).claims] == ["12", "9"]


def test_see_also_lines_are_links():
    assert role_of(page(">> Xem thêm: Tỉnh khác đón 31 đoàn khách", OTHER), ">> Xem") == "related"


def test_last_headlines_before_the_signature_are_links():
    text = page(OTHER, "Người già trong bản kể chuyện cho lũ trẻ nghe", "Minh Họa")
    assert role_of(text, "Người già") == "related"
    assert role_of(text, "Minh Họa") == "byline"


def test_subheads_are_headings():
    assert role_of(page("Những kết quả nổi bật của năm qua", OTHER), "Những kết quả") == "heading"


def test_list_items_without_full_stops_are_body():
    text = page("- Đoàn ra: 9 đoàn/ 61 lượt người", "- Đoàn vào: 4 đoàn/ 30 lượt người")
    assert [str(claim.value) for claim in read(text).claims] == ["12", "9", "61", "4", "30"]


def test_menu_and_short_lines_above_are_furniture():
    assert [role for role, _ in roles(page(OTHER))] == ["furniture", "dateline", "title", "lead", "body"]


def test_typed_text_without_a_page_is_all_body():
    document = read("Năm 2024 tỉnh đón 12 đoàn khách nước ngoài")
    assert [block.role for block in document.blocks] == [Role.BODY]
    assert [str(claim.value) for claim in document.claims] == ["12"]


def test_date_line_at_the_foot_does_not_move_the_lead():
    text = (
        f"Một tiêu đề đủ dài cho bài này\n\n{PARAGRAPH}\n\n{OTHER}\n\n{PARAGRAPH[:-1]} nữa.\n\n20/06/2025 09:15\n\n"
        + "Chân trang. " * 20
    )
    assert read(text).lead == PARAGRAPH


def test_empty_text_is_an_empty_document():
    assert read("").blocks == ()
    assert read(" \n\n \t\n").claims == ()
