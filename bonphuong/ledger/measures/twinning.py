"""Twinned pairs and what they do."""

from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures.base import EVENT, SIGNATURE, define

PAIRS = ("cặp", "pairs")

ALL = (
    define(
        "twinning.signed",
        ("Cặp kết nghĩa ký mới", "Pairs newly twinned"),
        PAIRS,
        SIGNATURE,
        (
            "Cặp kết nghĩa ký biên bản trong kỳ; cặp chỉ biết là đã kết nghĩa, chưa rõ ngày ký, không tính ở đây.",
            "Pairs whose minutes were signed in the period; one only known to be twinned already is not in it.",
        ),
        slots=("level", "", ""),
    ),
    define(
        "twinning.active",
        ("Cặp kết nghĩa đang duy trì", "Twinned pairs"),
        PAIRS,
        ("ngày ký, ngày kết thúc", "the days of signature and of the end"),
        (
            (
                "Cặp đã ký và chưa kết thúc vào ngày tính; cặp tạm dừng vẫn tính, xem thêm số tạm dừng. "
                "Chưa rõ ngày ký thì tính từ ngày biết chắc đã kết nghĩa."
            ),
            (
                "Pairs signed and not ended on the day; a paused pair is still one, see those paused. "
                "Without a known day of signature it counts from a day on which it is known to be twinned."
            ),
        ),
        shape=Shape.LEVEL,
        slots=("level", "", ""),
    ),
    define(
        "twinning.paused",
        ("Cặp kết nghĩa tạm dừng", "Twinned pairs that are paused"),
        PAIRS,
        ("ngày tạm dừng, ngày khôi phục", "the days of the pause and of going on"),
        (
            "Trong số cặp đang duy trì, số cặp tạm dừng vào ngày tính; không cộng với số đang duy trì.",
            "Of the twinned pairs, those that rest on the day; never added to them.",
        ),
        shape=Shape.LEVEL,
        slots=("level", "", ""),
    ),
    define(
        "twinning.activities",
        ("Hoạt động của các cặp kết nghĩa", "Activities of twinned pairs"),
        ("hoạt động", "activities"),
        EVENT,
        (
            "Hoạt động hai bên cùng làm, mỗi dòng một hoạt động.",
            "What the two sides did together, one for each line.",
        ),
        slots=("level", "deed", ""),
    ),
    define(
        "twinning.activity_people",
        ("Lượt người dự hoạt động kết nghĩa", "People at activities of twinned pairs"),
        ("lượt người", "people"),
        EVENT,
        (
            "Số người của mỗi bên dự các hoạt động đó; không phải đoàn ra, đoàn vào.",
            "People of either side at those activities; neither outbound nor inbound groups.",
        ),
        slots=("level", "side", ""),
    ),
    define(
        "twinning.reviews",
        ("Cuộc sơ kết, tổng kết kết nghĩa", "Reviews of twinned pairs"),
        ("cuộc", "reviews"),
        EVENT,
        ("Cuộc sơ kết, tổng kết của các cặp trong kỳ.", "Looks back at pairs in the period."),
        slots=("level", "", ""),
    ),
)
