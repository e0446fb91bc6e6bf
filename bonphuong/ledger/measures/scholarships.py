"""Students."""

from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures.base import PEOPLE, define

ALL = (
    define(
        "students.present",
        ("Lưu học sinh đang học", "Scholarship students present"),
        PEOPLE,
        ("ngày nhập học, ngày thôi học", "the days of entry and of leaving"),
        ("Lưu học sinh có mặt vào ngày tính.", "Students present on the day."),
        shape=Shape.LEVEL,
        slots=("school_level", "funding", ""),
    ),
    define(
        "students.new",
        ("Lưu học sinh mới", "New scholarship students"),
        PEOPLE,
        ("ngày nhập học", "the day of entry"),
        ("Lưu học sinh nhập học trong kỳ.", "Students who entered in the period."),
        slots=("school_level", "funding", ""),
    ),
)
