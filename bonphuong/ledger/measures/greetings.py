"""Greetings sent and received."""

from bonphuong.ledger.measures.base import define

GREETING_SLOTS = ("occasion", "form", "level")
MESSAGES = ("thư, điện", "greetings")

ALL = (
    define(
        "greetings.sent",
        ("Thư, điện mừng đã gửi", "Greetings sent"),
        MESSAGES,
        ("ngày gửi", "the day of sending"),
        (
            "Thư, điện chúc mừng, chia buồn đã gửi; mỗi người nhận tính một, kể cả khi gửi cùng một dịp.",
            "Congratulations and condolences sent; one for each addressee, also where many are greeted on one occasion.",
        ),
        slots=GREETING_SLOTS,
    ),
    define(
        "greetings.replies",
        ("Thư, điện mừng được đáp", "Greetings that were answered"),
        MESSAGES,
        ("ngày nhận thư đáp", "the day of the answer"),
        (
            "Thư, điện của tỉnh đã gửi mà người nhận có thư cảm ơn, đáp lại.",
            "Greetings of the province whose addressee thanked or answered.",
        ),
        slots=GREETING_SLOTS,
    ),
    define(
        "greetings.received",
        ("Thư, điện mừng đã nhận", "Greetings received"),
        MESSAGES,
        ("ngày nhận", "the day of receipt"),
        (
            "Thư, điện chúc mừng, chia buồn của đối tác nước ngoài gửi đến tỉnh.",
            "Congratulations and condolences that partners abroad sent to the province.",
        ),
        slots=GREETING_SLOTS,
    ),
    define(
        "greetings.answered",
        ("Thư, điện mừng nhận được đã đáp", "Greetings received that we answered"),
        MESSAGES,
        ("ngày gửi thư đáp", "the day of our answer"),
        (
            "Thư, điện nhận được mà tỉnh đã có thư cảm ơn, đáp lại.",
            "Greetings received that the province answered.",
        ),
        slots=GREETING_SLOTS,
    ),
)
