"""The reader's own process, looked at from inside."""

import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from bonphuong.kernel.sheets import isolated
from bonphuong.kernel.sheets.workbooks import read_workbook

DATA = Path(__file__).parent / "data"


def _workbook(fill):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    fill(book.add_worksheet("a & b"), book)
    book.close()
    return target.getvalue()


def test_sheet_is_plain_values_and_marks():
    def fill(sheet, _book):
        sheet.write("B2", "x ")
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")
        sheet.write("D2", 2.5)

    [sheet] = isolated.read(_workbook(fill))
    assert sheet == {
        "name": "a & b",
        "visible": True,
        "rows": [(2, (None, "x", None, isolated.Decimal("2.5")))],
        "merges": [],
        "formulas": [(2, 2)],
        "failed": {(2, 2): "#DIV/0!"},
    }


def test_charts_are_no_sheets():
    book = openpyxl.Workbook()
    book.create_chartsheet("Biểu đồ").add_chart(openpyxl.chart.BarChart())
    book.active["A1"] = "x"
    target = io.BytesIO()
    book.save(target)
    assert [sheet["name"] for sheet in isolated.read(target.getvalue())] == ["Sheet"]


@pytest.mark.parametrize(
    ("cell", "code"), [("A200001", "rows"), ("A1048576", "rows"), ("AAA1", "columns"), ("SS1", "columns")]
)
def test_far_cells_are_refused(cell, code):
    with pytest.raises(isolated.Refused) as caught:
        isolated.read(_workbook(lambda sheet, _book: sheet.write(cell, "x")))
    assert caught.value.answer["error"] == code


def test_last_cell_within_the_limits_is_read():
    [sheet] = isolated.read(_workbook(lambda sheet, _book: sheet.write("B200000", "x")))
    assert [number for number, _values in sheet["rows"]] == [200_000]


def test_very_long_column_of_old_excel_is_measured_after_reading():
    with pytest.raises(isolated.Refused) as caught:
        isolated._refuse_too_large("a", (isolated.MAX_ROWS, 0))
    assert caught.value.answer == {"error": "rows", "sheet": "a", "limit": isolated.MAX_ROWS}


def test_part_names_may_be_absolute():
    book = openpyxl.Workbook()
    book.active["A1"] = "=1"
    target = io.BytesIO()
    book.save(target)
    assert isolated.read(target.getvalue())[0]["formulas"] == [(1, 0)]


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_are_none_stay_text(number):
    assert isolated._number(number) == str(number)


def test_unknown_macro_sheet_is_refused_by_its_kind(monkeypatch):
    monkeypatch.setattr(isolated, "_MACRO_KINDS", (isolated.python_calamine.SheetTypeEnum.WorkSheet,))
    with pytest.raises(isolated.Refused):
        isolated.read((DATA / "old.xls").read_bytes())


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"error": "macros"}, "sheet_macros"),
        ({"error": "password"}, "sheet_password"),
        ({"error": "too_large"}, "sheet_too_large"),
        ({"error": "columns", "sheet": "a", "limit": 512}, "sheet_columns"),
        ({"error": "damaged"}, "sheet_damaged"),
    ],
)
def test_each_answer_has_its_words(monkeypatch, tmp_path, answer, code):
    script = tmp_path / "reader.py"
    script.write_text(f"import pickle, sys; sys.stdout.buffer.write(pickle.dumps({answer!r}))")
    monkeypatch.setattr("bonphuong.kernel.sheets.workbooks._READER", script)
    with pytest.raises(Exception, match=r"cu\.xls") as caught:
        read_workbook((DATA / "old.xls").read_bytes(), name="cu.xls")
    assert caught.value.code == code
