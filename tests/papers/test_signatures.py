"""The lines above a signature, as NĐ 30/2020/NĐ-CP asks."""

from __future__ import annotations

import pytest

from bonphuong.papers.enums import SigningMode
from bonphuong.papers.signatures import Signing, signature_lines


@pytest.mark.parametrize(
    ("mode", "given", "lines"),
    [
        (SigningMode.OWN, {"title": "Giám đốc"}, ["GIÁM ĐỐC"]),
        (
            SigningMode.TM,
            {"title": "Chủ tịch", "on_behalf_of": "Ủy ban nhân dân"},
            ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        ),
        (
            SigningMode.KT,
            {"title": "Phó Chủ tịch", "on_behalf_of": "Chủ tịch", "organ": "Ủy ban nhân dân"},
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        ),
        (
            SigningMode.KT,
            {"title": "Phó Giám đốc", "on_behalf_of": "Giám đốc"},
            ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
        ),
        (
            SigningMode.TL,
            {"title": "Chánh Văn phòng", "on_behalf_of": "Chủ tịch"},
            ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"],
        ),
        (
            SigningMode.TL,
            {
                "title": "Phó Chánh  Văn phòng",
                "on_behalf_of": "Chủ tịch",
                "own_head": "Chánh Văn phòng",
                "organ": "Ủy ban nhân dân",
            },
            ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"],
        ),
        (
            SigningMode.TUQ,
            {"title": "Trưởng phòng", "on_behalf_of": "Giám đốc"},
            ["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"],
        ),
    ],
)
def test_lines_above_a_signature(mode, given, lines):
    assert signature_lines(mode, **given) == lines


def test_a_mark_needs_somebody_to_sign_for():
    with pytest.raises(ValueError, match="KT"):
        signature_lines(SigningMode.KT, title="Phó Giám đốc")


def test_a_signing_says_its_own_lines():
    signing = Signing("Lò Minh Họa", "Phó Giám đốc", SigningMode.KT, on_behalf_of="Giám đốc")
    assert signing.lines == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
