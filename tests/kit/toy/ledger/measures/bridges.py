from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures.base import EVENT, define

ALL = (
    define(
        "bridges.standing",
        ("Cầu", "Bridges"),
        ("cầu", "bridges"),
        EVENT,
        ("Số cầu đang dùng.", "Bridges in use."),
        shape=Shape.LEVEL,
    ),
)
