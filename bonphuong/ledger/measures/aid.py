"""Foreign aid that the province receives."""

from bonphuong.ledger.measures.base import MONEY_NOTE, define

ALL = (
    define(
        "aid.approved",
        ("Viện trợ được phê duyệt", "Aid approved"),
        ("USD", "USD"),
        ("ngày phê duyệt", "the day of approval"),
        (
            "Giá trị cả đời các khoản được phê duyệt trong kỳ. " + MONEY_NOTE[0],
            "Whole-life value of items approved in the period. " + MONEY_NOTE[1],
        ),
        exponent=2,
        slots=("aid_kind", "", ""),
    ),
    define(
        "aid.committed_year",
        ("Viện trợ cam kết của năm", "Aid committed for the year"),
        ("USD", "USD"),
        ("năm của phần cam kết", "the year of the slice"),
        (
            "Phần cam kết của riêng năm. " + MONEY_NOTE[0],
            "The slice committed for the year. " + MONEY_NOTE[1],
        ),
        exponent=2,
        slots=("aid_kind", "new_or_carried", ""),
    ),
    define(
        "aid.disbursed",
        ("Viện trợ giải ngân", "Aid disbursed"),
        ("USD", "USD"),
        ("ngày giải ngân", "the day of disbursement"),
        ("Số giải ngân trong kỳ. " + MONEY_NOTE[0], "Disbursed in the period. " + MONEY_NOTE[1]),
        exponent=2,
        slots=("aid_kind", "new_or_carried", ""),
    ),
)
