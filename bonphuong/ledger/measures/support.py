"""What the province gives to partners abroad. Never added to the aid that it receives."""

from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures.base import MONEY_NOTE, PEOPLE, define

APPROVAL = ("ngày phê duyệt", "the day of approval")
ITEMS = ("khoản", "items")
DOLLARS = ("USD", "USD")
_SLOTS = ("support_kind", "budget", "")
_YEAR = ("support_kind", "new_or_carried", "")
_NOTE_VI = "Không cộng với viện trợ nhận được. " + MONEY_NOTE[0]
_NOTE_EN = "Never added to aid received. " + MONEY_NOTE[1]

ALL = (
    define(
        "support.items",
        ("Khoản hỗ trợ đối tác", "Support items approved"),
        ITEMS,
        APPROVAL,
        (
            "Công trình, hàng hóa, tiền, chuyên gia, lớp bồi dưỡng, trao đổi chuyên môn mà tỉnh phê duyệt giúp đối tác.",
            "Works, goods, money, experts, courses and professional exchange approved for partners.",
        ),
        slots=_SLOTS,
    ),
    define(
        "support.running",
        ("Khoản hỗ trợ đang thực hiện", "Support items running"),
        ITEMS,
        ("ngày phê duyệt, ngày bàn giao", "the days of approval and of handover"),
        (
            "Khoản hỗ trợ đã phê duyệt, chưa bàn giao vào ngày tính.",
            "Approved and not handed over on the day.",
        ),
        shape=Shape.LEVEL,
        slots=_SLOTS,
    ),
    define(
        "support.completed",
        ("Khoản hỗ trợ đã bàn giao", "Support items handed over"),
        ITEMS,
        ("ngày bàn giao", "the day of handover"),
        ("Khoản hỗ trợ bàn giao, hoàn thành trong kỳ.", "Handed over or completed in the period."),
        slots=_SLOTS,
    ),
    define(
        "support.promised",
        ("Hỗ trợ đã hứa", "Support promised"),
        DOLLARS,
        ("ngày hứa", "the day of the promise"),
        ("Số tỉnh hứa giúp, chưa cần phê duyệt. " + _NOTE_VI, "Promised, not yet approved. " + _NOTE_EN),
        exponent=2,
        slots=_SLOTS,
    ),
    define(
        "support.approved",
        ("Hỗ trợ được phê duyệt", "Support approved"),
        DOLLARS,
        APPROVAL,
        (
            "Giá trị cả đời các khoản hỗ trợ phê duyệt trong kỳ. " + _NOTE_VI,
            "Whole-life value approved. " + _NOTE_EN,
        ),
        exponent=2,
        slots=_SLOTS,
    ),
    define(
        "support.committed_year",
        ("Hỗ trợ bố trí trong năm", "Support set aside for the year"),
        DOLLARS,
        ("năm của phần bố trí", "the year of the slice"),
        (
            "Phần ngân sách bố trí cho riêng năm. " + _NOTE_VI,
            "What the budget sets aside for the year. " + _NOTE_EN,
        ),
        exponent=2,
        slots=_YEAR,
    ),
    define(
        "support.disbursed",
        ("Hỗ trợ đã giải ngân", "Support disbursed"),
        DOLLARS,
        ("ngày giải ngân", "the day of disbursement"),
        ("Số chi trong kỳ. " + _NOTE_VI, "Spent in the period. " + _NOTE_EN),
        exponent=2,
        slots=_YEAR,
    ),
    define(
        "support.counterpart",
        ("Phần góp của đối tác", "The partner's own part"),
        DOLLARS,
        APPROVAL,
        (
            "Phần đối tác tự góp; không phải hỗ trợ của tỉnh. " + _NOTE_VI,
            "What the partner adds; no support. " + _NOTE_EN,
        ),
        exponent=2,
        slots=_SLOTS,
    ),
    define(
        "support.experts",
        ("Chuyên gia cử giúp bạn", "Experts sent"),
        PEOPLE,
        ("ngày bắt đầu", "the day that it begins"),
        (
            "Chuyên gia, giáo viên, thầy thuốc cử sang giúp đối tác.",
            "Experts, teachers, doctors sent to partners.",
        ),
        slots=("support_kind", "", ""),
    ),
    define(
        "support.trainees",
        ("Cán bộ bạn được đào tạo, bồi dưỡng", "Partner's people trained"),
        PEOPLE,
        ("ngày bắt đầu", "the day that it begins"),
        (
            "Người của đối tác học các lớp ngắn hạn do tỉnh mở; lưu học sinh dài hạn tính ở chỉ tiêu lưu học sinh.",
            "People of partners in short courses; long-term students are counted as scholarship students.",
        ),
        slots=("support_kind", "", ""),
    ),
    define(
        "support.exchanged",
        ("Người tham gia trao đổi chuyên môn", "People in professional exchange"),
        PEOPLE,
        ("ngày bắt đầu", "the day that it begins"),
        (
            "Người hai bên trao đổi chuyên môn y tế, đào tạo.",
            "People of both sides in professional exchange.",
        ),
        slots=("support_kind", "", ""),
    ),
)
