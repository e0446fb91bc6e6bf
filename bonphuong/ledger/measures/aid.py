"""Foreign aid that the province receives. What it gives to partners is in `support`, never added to this."""

from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures.base import MONEY_NOTE, PEOPLE, define

APPROVAL = ("ngày phê duyệt", "the day of approval")
ITEMS = ("khoản", "items")
DOLLARS = ("USD", "USD")
_ITEM = ("aid_kind", "donor_kind", "approved_by")
_YEAR = ("aid_kind", "new_or_carried", "donor_kind")
_RELIEF = ("", "donor_kind", "")
_NOTE_VI = "Dự án nhiều tỉnh chỉ tính phần của tỉnh. Không gồm cứu trợ khẩn cấp. " + MONEY_NOTE[0]
_NOTE_EN = (
    "Of a project over several provinces only the own share. Without emergency relief. " + MONEY_NOTE[1]
)

ALL = (
    define(
        "aid.items",
        ("Khoản viện trợ được phê duyệt", "Aid items approved"),
        ITEMS,
        APPROVAL,
        (
            "Chương trình, dự án, phi dự án phê duyệt trong kỳ, kể cả khoản trung ương phê duyệt; cứu trợ tính riêng.",
            "Programmes, projects, non-project items approved in the period, centrally too; relief apart.",
        ),
        slots=_ITEM,
    ),
    define(
        "aid.running",
        ("Khoản viện trợ đang thực hiện", "Aid items running"),
        ITEMS,
        ("ngày phê duyệt, ngày hoàn thành", "the days of approval and of completion"),
        (
            "Khoản đã phê duyệt và chưa hoàn thành vào ngày tính: khoản mới và khoản chuyển tiếp.",
            "Items approved and not completed on the day: new ones and those carried over.",
        ),
        shape=Shape.LEVEL,
        slots=_ITEM,
    ),
    define(
        "aid.pledged",
        ("Viện trợ hứa, cam kết ban đầu", "Aid pledged"),
        DOLLARS,
        ("ngày cam kết", "the day of the pledge"),
        (
            "Số nhà tài trợ hứa trong kỳ, chưa cần phê duyệt. " + _NOTE_VI,
            "Pledged, not yet approved. " + _NOTE_EN,
        ),
        exponent=2,
        slots=_ITEM,
    ),
    define(
        "aid.approved",
        ("Viện trợ được phê duyệt", "Aid approved"),
        DOLLARS,
        APPROVAL,
        (
            "Giá trị cả đời các khoản được phê duyệt trong kỳ. " + _NOTE_VI,
            "Whole-life value of items approved in the period. " + _NOTE_EN,
        ),
        exponent=2,
        slots=_ITEM,
    ),
    define(
        "aid.in_kind",
        ("Trong đó bằng hiện vật", "Of which in kind"),
        DOLLARS,
        APPROVAL,
        (
            "Giá trị quy đổi của hiện vật; nằm trong giá trị phê duyệt, không cộng thêm. " + _NOTE_VI,
            "Assessed value of goods; inside the value approved and not added to it. " + _NOTE_EN,
        ),
        exponent=2,
        slots=_ITEM,
    ),
    define(
        "aid.committed_year",
        ("Viện trợ cam kết của năm", "Aid committed for the year"),
        DOLLARS,
        ("năm của phần cam kết", "the year of the slice"),
        (
            "Phần cam kết của riêng năm, khoản mới và khoản chuyển tiếp. " + _NOTE_VI,
            "The slice committed for the year, of new items and of those carried over. " + _NOTE_EN,
        ),
        exponent=2,
        slots=_YEAR,
    ),
    define(
        "aid.disbursed",
        ("Viện trợ giải ngân", "Aid disbursed"),
        DOLLARS,
        ("ngày giải ngân", "the day of disbursement"),
        ("Số giải ngân trong kỳ. " + _NOTE_VI, "Disbursed in the period. " + _NOTE_EN),
        exponent=2,
        slots=_YEAR,
    ),
    define(
        "aid.counterpart",
        ("Vốn đối ứng", "Counterpart fund"),
        DOLLARS,
        APPROVAL,
        (
            "Vốn của phía Việt Nam cho các khoản viện trợ; không phải viện trợ và không cộng vào viện trợ. "
            + _NOTE_VI,
            "The Vietnamese side's own money for items; no aid, and not added to it. " + _NOTE_EN,
        ),
        exponent=2,
        slots=_ITEM,
    ),
    define(
        "aid.people_reached",
        ("Người hưởng lợi từ viện trợ", "People reached by aid"),
        PEOPLE,
        ("ngày báo kết quả", "the day that the result is told"),
        (
            "Số người hưởng lợi theo kết quả các khoản đã báo; một người có thể hưởng lợi từ nhiều khoản.",
            "People reached as results tell; one person may be reached by several items.",
        ),
        slots=_ITEM,
    ),
    define(
        "aid.ngos",
        ("Tổ chức PCPNN còn giấy đăng ký", "Foreign NGOs with a certificate"),
        ("tổ chức", "organisations"),
        ("ngày giấy có hiệu lực, ngày chấm dứt", "the days of certificate and of its end"),
        (
            "Tổ chức phi chính phủ nước ngoài có giấy đăng ký tại tỉnh vào ngày tính, đến khi ghi nhận giấy chấm dứt.",
            "Foreign NGOs with a certificate for the province on the day, until its end is noted.",
        ),
        shape=Shape.LEVEL,
        slots=("certificate_kind", "", ""),
    ),
    define(
        "aid.calls",
        ("Dự án kêu gọi viện trợ", "Projects that call for aid"),
        ("dự án", "projects"),
        ("ngày vào danh mục", "the day of the list"),
        ("Dự án được đưa vào danh mục kêu gọi trong kỳ.", "Projects put on the list in the period."),
    ),
    define(
        "aid.calls_answered",
        ("Dự án kêu gọi đã có nhà tài trợ", "Calls answered"),
        ("dự án", "projects"),
        ("ngày có nhà tài trợ", "the day that a donor is found"),
        ("Dự án trong danh mục tìm được nhà tài trợ trong kỳ.", "Projects on the list that found a donor."),
    ),
    define(
        "aid.calls_target",
        ("Vốn kêu gọi", "Target of calls"),
        DOLLARS,
        ("ngày vào danh mục", "the day of the list"),
        (
            "Tổng vốn các dự án trong danh mục kêu gọi. " + MONEY_NOTE[0],
            "What listed projects call for. " + MONEY_NOTE[1],
        ),
        exponent=2,
    ),
    define(
        "aid.relief_items",
        ("Khoản cứu trợ khẩn cấp", "Emergency relief items"),
        ITEMS,
        ("ngày tiếp nhận", "the day of acceptance"),
        (
            "Khoản cứu trợ khẩn cấp được tiếp nhận trong kỳ; không cộng vào khoản viện trợ.",
            "Emergency relief accepted in the period; never added to aid items.",
        ),
        slots=_RELIEF,
    ),
    define(
        "aid.relief",
        ("Cứu trợ khẩn cấp", "Emergency relief"),
        DOLLARS,
        ("ngày tiếp nhận", "the day of acceptance"),
        (
            "Giá trị cứu trợ khẩn cấp tiếp nhận trong kỳ; không cộng vào viện trợ. " + MONEY_NOTE[0],
            "Value of emergency relief accepted in the period; never added to aid. " + MONEY_NOTE[1],
        ),
        exponent=2,
        slots=_RELIEF,
    ),
    define(
        "aid.relief_distributed",
        ("Cứu trợ khẩn cấp đã phân phối", "Emergency relief distributed"),
        DOLLARS,
        ("ngày phân phối", "the day of distribution"),
        (
            "Giá trị cứu trợ đã đến tay người dân. " + MONEY_NOTE[0],
            "Relief that reached people. " + MONEY_NOTE[1],
        ),
        exponent=2,
        slots=_RELIEF,
    ),
    define(
        "aid.relief_people",
        ("Người được cứu trợ", "People reached by relief"),
        PEOPLE,
        ("ngày báo kết quả", "the day that the result is told"),
        ("Số người nhận cứu trợ khẩn cấp.", "People who received emergency relief."),
        slots=_RELIEF,
    ),
)
