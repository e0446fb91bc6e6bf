from decimal import Decimal

import pytest

from bonphuong.intake.sums import Column, Mismatch, whole_number


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (12, 12),
        ("12", 12),
        ("12 người", 12),
        ("1.234 lượt", 1234),
        (Decimal("7.0"), 7),
        (Decimal("7.5"), None),
        ("12,5", None),
        ("nhiều", None),
        ("42 đoàn/410 lượt người", None),
        (True, None),
        (None, None),
    ],
)
def test_a_cell_says_a_whole_number_or_none(value, number):
    assert whole_number(value) == number


def column(*values):
    made = Column()
    for value in values:
        made.add(value)
    return made


def test_a_total_fits_the_table_its_part_or_what_came_since_the_last_total():
    made = column(5, 7)
    assert made.compare(12) is None
    made.new_section()
    made.add(3)
    assert made.compare("3 người") is None
    made.add(4)
    assert made.compare(4) is None
    assert made.compare(19) is None


def test_a_total_that_fits_nothing_is_held_against_the_nearest_sum():
    assert column(5, 7, "nhiều", None).compare(13) == Mismatch(13, 12, 1)


def test_a_row_of_totals_without_a_number_says_nothing():
    assert column(5).compare(None) is None
    assert column(5).compare("như trên") is None
