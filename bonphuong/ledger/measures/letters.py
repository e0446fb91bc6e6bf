"""Notes and letters with bodies abroad."""

from bonphuong.ledger.measures.base import define

LETTERS = ("văn bản", "letters")

ALL = (
    define(
        "letters.in",
        ("Công hàm, công thư nhận được", "Notes and letters received"),
        LETTERS,
        ("ngày nhận", "the day of receipt"),
        (
            "Công hàm, công thư, thư mời của cơ quan đại diện, tổ chức, địa phương nước ngoài gửi đến.",
            "Notes, letters and invitations from foreign missions, organisations and localities.",
        ),
        slots=("form", "", ""),
    ),
    define(
        "letters.out",
        ("Công hàm, công thư đã gửi", "Notes and letters sent"),
        LETTERS,
        ("ngày gửi", "the day of sending"),
        (
            "Công hàm, công thư, thư mời gửi cơ quan đại diện, tổ chức, địa phương nước ngoài.",
            "Notes, letters and invitations to foreign missions, organisations and localities.",
        ),
        slots=("form", "", ""),
    ),
    define(
        "letters.answered",
        ("Công hàm, công thư đã được trả lời", "Notes and letters answered"),
        LETTERS,
        ("ngày trả lời", "the day of the answer"),
        (
            "Văn bản nhận được mà ta đã trả lời và văn bản gửi đi mà phía bạn đã trả lời, phân theo chiều.",
            "Letters received that we answered and letters sent that the other side answered, apart by direction.",
        ),
        slots=("form", "direction", ""),
    ),
)
