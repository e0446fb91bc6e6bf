"""The border: day contacts, line, neighbours."""

from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures.base import EVENT, PEOPLE, STATED, define

ALL = (
    define(
        "border.day_contacts",
        ("Tiếp xúc qua biên giới trong ngày", "Border day contacts"),
        ("lần", "contacts"),
        EVENT,
        (
            "Lần qua lại trong ngày để trao đổi ở đường biên hoặc cửa khẩu; không phải đoàn ra, đoàn vào.",
            "Crossings for the day for talks at the line or a gate; neither outbound nor inbound groups.",
        ),
    ),
    define(
        "border.day_contact_people",
        ("Người qua lại tiếp xúc trong ngày", "People in border day contacts"),
        PEOPLE,
        EVENT,
        ("Số người của ta qua lại trong các lần tiếp xúc đó.", "Our people who crossed in those contacts."),
    ),
    define(
        "border.length",
        ("Chiều dài đường biên giới", "Length of the border"),
        ("km", "km"),
        STATED,
        ("Số không gắn với kỳ; chỉ do văn bản nêu.", "A figure without a period; only papers state it."),
        exponent=3,
        shape=Shape.TIMELESS,
    ),
    define(
        "border.neighbour_counties",
        ("Huyện giáp biên của bạn", "Neighbouring counties"),
        ("huyện", "counties"),
        STATED,
        ("Số huyện nước bạn tiếp giáp.", "Counties of the neighbour that share the border."),
        shape=Shape.TIMELESS,
    ),
)
