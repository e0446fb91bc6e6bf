"""Unions of friendship organisations and friendship associations."""

from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures.base import EVENT, define

_BODIES = ("hội", "associations")

ALL = (
    define(
        "associations.active",
        ("Hội hữu nghị đang hoạt động", "Friendship associations active"),
        _BODIES,
        (
            "ngày thành lập; ngày sáp nhập hoặc giải thể",
            "the days of founding and of merging or dissolving",
        ),
        ("Hội hữu nghị hoạt động vào ngày tính.", "Friendship associations active on the day."),
        shape=Shape.LEVEL,
    ),
    define(
        "associations.founded",
        ("Hội hữu nghị thành lập mới", "Friendship associations founded"),
        _BODIES,
        ("ngày thành lập", "the day of founding"),
        (
            "Hội thành lập trong kỳ; hội lập ra do sáp nhập, hợp nhất các hội đã có không tính là mới.",
            "Associations founded in the period; one made by merging those that were there is not new.",
        ),
    ),
    define(
        "associations.members",
        ("Hội viên", "Members"),
        ("hội viên", "members"),
        ("ngày thống kê hội viên", "the day on which members were counted"),
        (
            "Hội viên theo lần thống kê gần nhất; hội sáp nhập thì hội viên chuyển sang hội nhận, không tính là mới.",
            "Members by the latest count; at a merger they go over to the body that stays, never as new ones.",
        ),
        shape=Shape.LEVEL,
        slots=("member_kind", "body", ""),
    ),
    define(
        "associations.branches",
        ("Chi hội", "Branches"),
        ("chi hội", "branches"),
        ("ngày lập, ngày thôi", "the days of founding and of closing"),
        ("Chi hội hoạt động vào ngày tính.", "Branches active on the day."),
        shape=Shape.LEVEL,
        slots=("body", "", ""),
    ),
    define(
        "associations.congresses",
        ("Đại hội nhiệm kỳ", "Term congresses"),
        ("đại hội", "congresses"),
        EVENT,
        (
            "Đại hội của liên hiệp và các hội hữu nghị, kể cả đại hội thành lập.",
            "Congresses of the union and of friendship associations, the founding ones included.",
        ),
        slots=("body", "", ""),
    ),
)
