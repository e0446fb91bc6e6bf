"""Agreements."""

from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures.base import SIGNATURE, define

_UNIT = ("văn bản", "agreements")
_FORCE = ("ngày có hiệu lực, ngày hết hiệu lực", "the days of entering and leaving force")
_BY_ORIGIN = ("form", "level", "origin")

ALL = (
    define(
        "agreements.signed",
        ("Thỏa thuận ký mới", "Agreements signed"),
        _UNIT,
        SIGNATURE,
        (
            "Thỏa thuận quốc tế ký trong kỳ; thỏa thuận kế thừa không tính là ký mới.",
            "International agreements signed in the period; an inherited one is not signed anew.",
        ),
        slots=("form", "level", "act"),
    ),
    define(
        "agreements.in_force",
        ("Thỏa thuận đang có hiệu lực", "Agreements in force"),
        _UNIT,
        _FORCE,
        (
            "Thỏa thuận có hiệu lực vào ngày tính; kế thừa chuyển từ bên cũ sang bên mới, tổng số không đổi.",
            "Agreements in force on the day; inheriting moves one from holder to holder and leaves the total.",
        ),
        shape=Shape.LEVEL,
        slots=_BY_ORIGIN,
    ),
    define(
        "agreements.suspended",
        ("Thỏa thuận đang tạm đình chỉ", "Agreements suspended"),
        _UNIT,
        ("ngày tạm đình chỉ, ngày thực hiện lại", "the days of suspending and resuming"),
        (
            "Trong số đang có hiệu lực, thỏa thuận tạm đình chỉ thực hiện vào ngày tính.",
            "Of those in force, agreements whose carrying out is suspended on the day.",
        ),
        shape=Shape.LEVEL,
        slots=_BY_ORIGIN,
    ),
    define(
        "agreements.applied_after_expiry",
        ("Thỏa thuận hết hạn vẫn áp dụng", "Agreements applied after expiry"),
        _UNIT,
        ("ngày hết hạn, ngày gia hạn hoặc chấm dứt", "the days of expiry and of renewal or end"),
        (
            "Thỏa thuận đã hết hạn mà hai bên vẫn áp dụng; không tính là đang có hiệu lực.",
            "Agreements past their day that both sides still apply; not among those in force.",
        ),
        shape=Shape.LEVEL,
        slots=_BY_ORIGIN,
    ),
    define(
        "agreements.inherited",
        ("Thỏa thuận kế thừa", "Agreements inherited"),
        _UNIT,
        ("ngày kế thừa", "the day of inheriting"),
        (
            "Thỏa thuận nhận kế thừa từ huyện cũ, cơ quan sáp nhập; không phải ký mới.",
            "Agreements that came from a former district or a merged body; none of them signed anew.",
        ),
        slots=_BY_ORIGIN,
    ),
    define(
        "agreements.renewed",
        ("Thỏa thuận gia hạn", "Agreements renewed"),
        _UNIT,
        ("ngày gia hạn", "the day of renewal"),
        ("Thỏa thuận được gia hạn trong kỳ.", "Agreements renewed in the period."),
        slots=_BY_ORIGIN,
    ),
    define(
        "agreements.ended",
        ("Thỏa thuận hết hiệu lực", "Agreements ended"),
        _UNIT,
        ("ngày chấm dứt, ngày hết hiệu lực", "the day of ending or leaving force"),
        (
            "Thỏa thuận chấm dứt, hết hiệu lực hoặc được thay thế trong kỳ.",
            "Agreements that were ended, ran out or were replaced in the period.",
        ),
        slots=_BY_ORIGIN,
    ),
    define(
        "agreements.minutes",
        ("Biên bản, bản ghi nhớ ký", "Minutes and memoranda signed"),
        _UNIT,
        SIGNATURE,
        (
            "Biên bản làm việc, bản ghi nhớ không phải thỏa thuận quốc tế, ký trong kỳ.",
            "Minutes and memoranda that are no international agreements, signed in the period.",
        ),
        slots=("form", "level", "classified"),
    ),
)
