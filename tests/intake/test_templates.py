"""Empty workbooks: what they offer, what they explain, and that they are read back without a word of help."""

import io
import zipfile

import pytest

from bonphuong.intake import services
from bonphuong.intake.templates import MARKER, filled_columns, template_name, template_workbook
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.sheets import SheetError, read_table
from bonphuong.records.registry import families, get_family
from tests.intake.books import book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]

LOADED = [
    pytest.param(family.code, kind.code, id=f"{family.code}.{kind.code}")
    for family in families()
    for kind in family.kinds
    if family.create_many and kind.takes_import
]


def sheets(data):
    return {sheet.name: sheet for sheet in read_table(data)}


def texts(sheet):
    return {text for row in sheet.rows for text in row.texts() if text}


@pytest.mark.parametrize(("family", "kind"), LOADED)
def test_every_kind_of_every_family_has_one(family, kind):
    found = sheets(template_workbook(family, kind, book="lai-chau"))
    columns = filled_columns(get_family(family), kind)
    first, explained, *_rest = found.values()
    labels = {str(column.label) for column in columns}
    assert {text.removesuffix(" *") for text in texts(first)} >= labels
    assert texts(explained) >= labels
    assert not found[MARKER].visible
    assert not any(column.restricted for column in columns)


def test_needed_columns_are_marked_and_words_are_offered():
    data = template_workbook("delegations", "outbound", book="lai-chau")
    first = next(iter(sheets(data).values()))
    assert "Số người *" in texts(first)
    xml = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert xml.count('type="list"') >= 5
    assert "showErrorMessage" not in xml  # what a list does not know may be typed all the same
    offered = texts(sheets(data)["_lists"])
    assert {"Lào", "ngân sách tỉnh", "Sở Ngoại vụ tỉnh Lai Châu"} <= offered


def test_without_a_kind_each_kind_has_its_sheet_and_one_sheet_explains_all():
    found = sheets(template_workbook("delegations"))
    assert len([name for name, sheet in found.items() if sheet.visible]) == 7
    assert template_name("delegations") == "mẫu nhập, đoàn ra, đoàn vào.xlsx"


def test_an_empty_template_says_that_nothing_is_in_it(officer):
    content = template_workbook("delegations", "inbound")
    with pytest.raises(SheetError):
        services.stage_file(content, name="mau.xlsx", office_code="lai-chau", actor=officer)


def test_a_filled_template_says_itself_what_it_is(officer):
    head = ["Tên đoàn, mục đích *", "Số người *", "Nước, địa phương *", "Thời gian *"]
    row = ["Đoàn đại biểu minh họa", 5, "Lào", "05/03/2025"]
    content = book(
        {
            "Danh sách": [["MẪU"], head, row],
            "Hướng dẫn điền": [["Cột", "Phải điền", "Cách ghi"], ["Số người", "có", "Số"]],
            MARKER: [["bonphuong", "delegations"], ["Danh sách", "inbound"]],
        }
    )
    found = services.dry_run(
        services.stage_file(content, name="x.xlsx", office_code="lai-chau", actor=officer)
    )
    assert [table.kind for table in found.tables] == ["inbound"]
    assert (found.notes, found.counts.rows) == ((), 1)


def test_a_template_of_something_else_is_not_taken_for_what_was_chosen(officer):
    content = book({"A": [["Tên"]], MARKER: [["bonphuong", "agreements"]]})
    with pytest.raises(BadInput):
        services.stage_file(
            content, name="x.xlsx", office_code="lai-chau", actor=officer, family="delegations"
        )
