"""Mechanisms of cooperation and their meetings."""

from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures.base import EVENT, SESSIONS, define

ALL = (
    define(
        "mechanisms.active",
        ("Cơ chế hợp tác đang hoạt động", "Mechanisms of cooperation"),
        ("cơ chế", "mechanisms"),
        ("ngày bắt đầu, ngày kết thúc", "the days of beginning and ending"),
        ("Cơ chế hợp tác đang hoạt động vào ngày tính.", "Mechanisms of cooperation that exist on the day."),
        shape=Shape.LEVEL,
        slots=("sort", "level", ""),
    ),
    define(
        "mechanisms.meetings",
        ("Cuộc họp của các cơ chế", "Meetings of mechanisms"),
        SESSIONS,
        EVENT,
        (
            "Phiên họp, vòng hội đàm của các cơ chế hợp tác; nằm trong số cuộc họp, làm việc, không cộng thêm.",
            "Meetings and rounds of talks of mechanisms; they are among the sessions held, never added to them.",
        ),
        slots=("sort", "form", ""),
    ),
)
