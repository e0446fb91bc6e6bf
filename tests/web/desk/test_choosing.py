"""Drop-downs offer offices as people look for them."""

import pytest

from bonphuong.web.desk.forms.choosing import office_choices, offices_in
from tests.factories.accounts import OfficeFactory


@pytest.mark.django_db
def test_offices_stand_by_the_tree_and_in_each_row_by_the_alphabet():
    root = OfficeFactory(code="mau", name_vi="Ủy ban nhân dân tỉnh Mẫu")
    names = {
        "z": "Ban Quản lý Mẫu",
        "a": "Sở Y tế Mẫu",
        "b": "Sở Ngoại vụ Mẫu",
        "c": "Đồn Mẫu",
        "d": "Dân tộc Mẫu",
    }
    offices = [
        OfficeFactory(code=f"mau-{code}", name_vi=name, belongs_to=root) for code, name in names.items()
    ]
    below = OfficeFactory(code="mau-b-phong", name_vi="Phòng Mẫu", belongs_to=offices[2])
    assert [name for _code, name in offices_in("mau")] == [
        "Ủy ban nhân dân tỉnh Mẫu",
        "Ban Quản lý Mẫu",
        "Dân tộc Mẫu",
        "Đồn Mẫu",
        "Sở Ngoại vụ Mẫu",
        "Phòng Mẫu",
        "Sở Y tế Mẫu",
    ]
    assert office_choices([below]) == [("mau-b-phong", "Phòng Mẫu")]
