"""Students."""

from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures.base import PEOPLE, define

#: School level, who pays, sex.
STUDENT_SLOTS = ("school_level", "funding", "sex")
_DONG = ("đồng", "VND")

ALL = (
    define(
        "students.present",
        ("Lưu học sinh đang học", "Scholarship students present"),
        PEOPLE,
        ("ngày nhập học, ngày thôi học", "the days of entry and of leaving"),
        ("Lưu học sinh có mặt vào ngày tính.", "Students present on the day."),
        shape=Shape.LEVEL,
        slots=STUDENT_SLOTS,
    ),
    define(
        "students.new",
        ("Lưu học sinh mới", "New scholarship students"),
        PEOPLE,
        ("ngày nhập học", "the day of entry"),
        ("Lưu học sinh nhập học trong kỳ.", "Students who entered in the period."),
        slots=STUDENT_SLOTS,
    ),
    define(
        "students.graduated",
        ("Lưu học sinh tốt nghiệp", "Scholarship students graduated"),
        PEOPLE,
        ("ngày tốt nghiệp", "the day of graduation"),
        ("Lưu học sinh hoàn thành khóa học trong kỳ.", "Students who finished their course in the period."),
        slots=STUDENT_SLOTS,
    ),
    define(
        "students.withdrawn",
        ("Lưu học sinh thôi học", "Scholarship students withdrawn"),
        PEOPLE,
        ("ngày thôi học", "the day of leaving"),
        (
            "Lưu học sinh thôi học trong kỳ khi chưa xong khóa; tạm dừng học không tính ở đây.",
            "Students who left in the period before the end of their course; a pause is not in it.",
        ),
        slots=STUDENT_SLOTS,
    ),
    define(
        "students.quota",
        ("Suất học bổng đã thống nhất", "Scholarships agreed"),
        ("suất", "scholarships"),
        ("ngày quyết định chỉ tiêu", "the day on which the quota is decided"),
        (
            "Số suất của các chương trình học bổng có quyết định trong kỳ.",
            "Places in scholarship programmes decided in the period.",
        ),
        slots=("school_level", "funding", ""),
    ),
    define(
        "stipends.paid",
        ("Sinh hoạt phí, học bổng đã chi", "Stipends paid"),
        _DONG,
        ("ngày chi", "the day of payment"),
        (
            "Tiền đã chi cho lưu học sinh trong kỳ, theo ngày chi, không theo năm học.",
            "Money paid for students in the period, by the day of payment, not by school year.",
        ),
        slots=("school_level", "funding", "item"),
    ),
    define(
        "scholarships.costs",
        ("Chi phí khác cho lưu học sinh", "Other costs of students"),
        _DONG,
        ("ngày chi", "the day of payment"),
        (
            "Chi phí của chương trình và của lưu học sinh ngoài mức chi hằng tháng.",
            "Costs of programmes and students beside the regular stipends.",
        ),
        slots=("school_level", "funding", "item"),
    ),
)
