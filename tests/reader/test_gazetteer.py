"""Names in all their spellings are one place; words and people that look like names are none."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.reader.gazetteer import Entry, Gazetteer, shipped
from bonphuong.reader.source import plain


def found(text, on=None):
    return [
        (mention.code, text[mention.start : mention.end]) for mention in shipped().find(plain(text), on).all
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Phông Sa Lỳ", "la-phongsaly"),
        ("Phongsaly", "la-phongsaly"),
        ("PHONGSALY", "la-phongsaly"),
        ("Phong Sa Ly", "la-phongsaly"),
        ("ຜົ້ງສາລີ", "la-phongsaly"),
        ("丰沙里", "la-phongsaly"),
        ("Kim Bình", "cn-jinping"),
        ("Jinping", "cn-jinping"),
        ("金平", "cn-jinping"),
        ("Luông Pha Băng", "la-luang-prabang"),
        ("U Đôm Xay", "la-oudomxay"),
        ("Vân Nam", "cn-yunnan"),
        ("Kim Thuỷ Hà", "cn-jinshuihe"),
        ("Lào", "LA"),
        ("CHDCND Lào", "LA"),
        ("Cộng hòa Dân chủ Nhân dân Lào", "LA"),
        ("Lai Châu", "vn-lai-chau"),
        ("LAI CHÂU", "vn-lai-chau"),
        ("VUFO", "vufo"),
    ],
)
def test_every_spelling_leads_to_one_code(name, code):
    assert found(f"tỉnh {name} có") == [(code, name)]
    assert shipped().resolve(name).code == code


def test_scripts_without_spaces_are_searched_inside_words():
    assert found("ແຂວງຜົ້ງສາລີ 和云南省金平县") == [
        ("la-phongsaly", "ຜົ້ງສາລີ"),
        ("cn-yunnan", "云南省"),
        ("cn-jinping", "金平县"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "hợp tác lao động",
        "bà Nguyễn Phương Nga phát biểu",
        "ông Trần Thái Bình",
        "anh Đức và chị Nga",
        "tiếng lào xào trong lá",
    ],
)
def test_words_and_people_are_no_places(text):
    assert found(text) == []


def test_longest_name_wins():
    assert found("Lào Cai và Lào") == [("vn-lao-cai", "Lào Cai"), ("LA", "Lào")]
    assert found("Hội hữu nghị Việt Nam - Lào")[0][1] == "Hội hữu nghị Việt Nam - Lào"


def test_office_with_its_place_is_one_organisation():
    assert found("Liên hiệp các tổ chức hữu nghị tỉnh Lai Châu") == [
        ("lc-union", "Liên hiệp các tổ chức hữu nghị tỉnh Lai Châu")
    ]
    assert found("UBND tỉnh Điện Biên") == [("", "UBND tỉnh Điện Biên")]


def test_province_of_the_day_is_meant():
    assert found("tỉnh Tuyên Quang", dt.date(2024, 6, 1)) == [("vn-tuyen-quang", "Tuyên Quang")]
    assert found("tỉnh Tuyên Quang", dt.date(2025, 10, 29)) == [("vn-tuyen-quang-2025", "Tuyên Quang")]
    assert found("tỉnh Hà Giang", dt.date(2025, 10, 29)) == [("vn-ha-giang", "Hà Giang")]


def test_own_names_can_be_given():
    own = Gazetteer([Entry("x-mau", "district", "CN", "Huyện Mẫu", ("样例县",))])
    assert [one.code for one in own.find("ở Huyện Mẫu và 样例县").all] == ["x-mau", "x-mau"]
    assert Gazetteer([]).find("Lào").all == ()
    assert own.resolve("Lào") is None
