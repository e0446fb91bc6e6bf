"""Agreements."""

from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures.base import SIGNATURE, define

ALL = (
    define(
        "agreements.signed",
        ("Thỏa thuận ký mới", "Agreements signed"),
        ("văn bản", "agreements"),
        SIGNATURE,
        (
            "Thỏa thuận quốc tế ký trong kỳ; thỏa thuận kế thừa không tính là ký mới.",
            "International agreements signed in the period; an inherited one is not signed anew.",
        ),
        slots=("form", "", ""),
    ),
    define(
        "agreements.in_force",
        ("Thỏa thuận đang có hiệu lực", "Agreements in force"),
        ("văn bản", "agreements"),
        ("ngày có hiệu lực, ngày hết hiệu lực", "the days of entering and leaving force"),
        ("Thỏa thuận có hiệu lực vào ngày tính.", "Agreements in force on the day."),
        shape=Shape.LEVEL,
        slots=("form", "", ""),
    ),
)
