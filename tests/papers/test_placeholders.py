import datetime as dt

import pytest

from bonphuong.papers.enums import KIND_OF_TEMPLATE, TemplateCode
from bonphuong.papers.placeholders import BLANK, OF_TEMPLATE, complete, place_date, sample


def test_every_template_has_its_placeholders_and_kind():
    assert set(OF_TEMPLATE) == set(KIND_OF_TEMPLATE) == set(TemplateCode)


@pytest.mark.parametrize("code", TemplateCode)
def test_names_are_never_used_twice(code):
    names = [name for placeholder in OF_TEMPLATE[code] for name in (placeholder.name, placeholder.vi)]
    assert len(names) == len(set(names))


def test_both_names_hold_the_same():
    found = complete(
        TemplateCode.OUTBOUND_DECISION, {"head_count": 12, "members": [{"full_name": "Lò Văn Mẫu"}]}
    )
    assert found["head_count"] == found["so_nguoi"] == 12
    assert found["thanh_vien"][0]["ho_ten"] == found["members"][0]["full_name"] == "Lò Văn Mẫu"


def test_what_is_missing_is_left_to_be_filled_by_hand():
    found = complete(TemplateCode.OUTBOUND_DECISION, {"purpose": None, "places": ""})
    assert (found["purpose"], found["places"], found["invitation"]) == (BLANK, BLANK, "")
    assert (found["bases"], found["members"], found["number"].strip()) == ([], [], "")
    assert complete(TemplateCode.MEMBER_LIST, {"members": [{}]})["members"][0]["post"] == ""


def test_name_that_no_paper_has_is_our_slip():
    with pytest.raises(ValueError, match="purpos"):
        complete(TemplateCode.OUTBOUND_DECISION, {"purpos": "x"})
    with pytest.raises(ValueError, match="name"):
        complete(TemplateCode.OUTBOUND_DECISION, {"members": [{"name": "x"}]})


@pytest.mark.parametrize("code", TemplateCode)
def test_sample_fills_every_name(code):
    filled = sample(code)
    assert [name for name, value in filled.items() if value == BLANK] == []


def test_place_and_date_leave_room_while_the_day_is_not_known():
    assert place_date("Ví Dụ", dt.date(2026, 1, 5), 2026) == "Ví Dụ, ngày 05 tháng 01 năm 2026"
    assert place_date("Ví Dụ", dt.date(2026, 3, 15), 2026) == "Ví Dụ, ngày 15 tháng 3 năm 2026"
    assert " ".join(place_date("Ví Dụ", None, 2026).split()) == "Ví Dụ, ngày tháng năm 2026"
