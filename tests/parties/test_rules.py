from __future__ import annotations

import pytest

from bonphuong.parties.rules import Reading, name_key, parts_of, readings


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("tỉnh Vân Nam", Reading("van nam", "province")),
        ("CHÂU HỒNG HÀ", Reading("hong ha", "prefecture")),
        ("huyện Kim Bình", Reading("kim binh", "county")),
        ("TP. Côn Minh", Reading("con minh", "prefecture")),
        ("Phongsaly Province", Reading("phongsaly", "province")),
        ("金平县", Reading("金 平", "county")),
        ("ແຂວງຜົ້ງສາລີ", Reading("ຜົ້ງສາລີ", "province")),
        ("ແຂວງ ຜົ້ງສາລີ", Reading("ຜົ້ງສາລີ", "province")),
    ],
)
def test_a_designation_is_told_from_the_name(name, second):
    assert list(readings(name))[1] == second


def test_a_name_alone_has_one_reading_and_nothing_has_none():
    assert list(readings("VUFO")) == [Reading("vufo")]
    assert list(readings("tỉnh")) == [Reading("tinh")]
    assert list(readings("  ")) == []


def test_dashes_and_apostrophes_do_not_count():
    assert name_key("Pu’er") == name_key("Pu'er") == name_key("Puer") == "puer"
    assert name_key("Hội Lào – Việt Nam") == name_key("hội Lào-Việt Nam") == "hoi lao viet nam"


def test_what_stands_around_a_name_is_taken_apart():
    assert parts_of("Kim Bình (Vân Nam, Trung Quốc)") == ["Kim Bình", "Vân Nam", "Trung Quốc"]
    assert parts_of("huyện Kim Bình - châu Hồng Hà") == ["huyện Kim Bình", "châu Hồng Hà"]
    assert parts_of("Hội Hữu nghị Lào - Việt Nam") == ["Hội Hữu nghị Lào - Việt Nam"]
    assert parts_of(" , ") == []
