import datetime as dt
from decimal import Decimal

import pytest

from bonphuong.intake.cells import (
    Note,
    RowNotes,
    StoredCells,
    pack_cells,
    pack_notes,
    shown,
    unpack_cells,
    unpack_notes,
)

VALUES = (
    None,
    "Đoàn “một”\nhai",
    7,
    True,
    Decimal("1.50"),
    dt.date(2025, 3, 5),
    dt.datetime(2025, 3, 5, 8, 30),
    dt.time(8, 30),
    dt.timedelta(hours=30),
)


def test_cells_come_back_as_they_were():
    cells = StoredCells(VALUES, frozenset({1, 3}), frozenset({2}))
    again = unpack_cells(pack_cells(cells))
    assert again == cells
    assert [type(value) for value in again.values] == [type(value) for value in VALUES]
    assert unpack_cells(pack_cells(StoredCells(VALUES))) == StoredCells(VALUES)
    assert (again.at(1), again.at(99)) == (VALUES[1], None)


def test_notes_come_back_as_they_were():
    notes = RowNotes(
        (Note(3, "heads", "“x” không phải là số."),), (Note(None, "", "Có thể trùng."),), "Nối tiếp dòng 3."
    )
    assert unpack_notes(pack_notes(notes)) == notes
    assert (pack_notes(RowNotes()), unpack_notes("")) == ("", RowNotes())


def test_nothing_else_is_kept():
    with pytest.raises(TypeError, match="never holds bytes"):
        pack_cells(StoredCells((1, b"x")))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (2025, "2025"),
        (Decimal("1234.5"), "1.234,5"),
        (dt.date(2025, 3, 5), "05/03/2025"),
        (dt.datetime(2025, 3, 5, 8, 30), "08:30 05/03/2025"),
        (dt.time(8, 30), "08:30:00"),
        ("x" * 200, "x" * 119 + "…"),
    ],
)
def test_a_value_is_shown_as_people_write_it(value, text):
    assert shown(value) == text
