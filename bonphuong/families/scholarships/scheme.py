"""Scholarships as the kit sees them: fields, lines, road, acts. Columns follow annex 7 of provincial reports."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from bonphuong.families.scholarships.completing import clean_many as clean_with_students
from bonphuong.families.scholarships.enums import Item, Kind, Payer
from bonphuong.families.scholarships.models import (
    AfterStudy,
    Break,
    Cost,
    Payment,
    Quota,
    Rate,
    Scholarship,
    StudyResult,
)
from bonphuong.families.scholarships.panels import panels_of
from bonphuong.families.scholarships.services import enrol, file_pause, pay
from bonphuong.families.scholarships.validators import errors_of, warnings_of
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.doors import doors
from bonphuong.kit.specs import LEAD, Act, Flag, Holds, LineSpec, Scheme, Spec
from bonphuong.records.enums import Visibility

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.kit.drafts import Draft

_SCHEME, _STUDENT = (Kind.SCHEME.value,), (Kind.STUDENT.value,)
_SOON = dt.timedelta(days=30)

_FUNDING_WORDS = (
    ("toàn phần", "full"), ("học bổng toàn phần", "full"), ("cấp toàn bộ", "full"), ("được cấp kinh phí", "full"),
    ("một phần", "part"), ("hỗ trợ một phần", "part"), ("bán phần", "part"),
    ("tự túc", "own"), ("tự túc kinh phí", "own"), ("đóng học phí", "own"),
)  # fmt: skip
_LEVEL_WORDS = (
    ("đại học", "university"), ("đh", "university"), ("cao đẳng", "college"), ("cđ", "college"),
    ("trung cấp", "intermediate"), ("tc", "intermediate"), ("sơ cấp", "primary"), ("phổ thông", "general"),
    ("thpt", "general"), ("thạc sĩ", "postgraduate"), ("sau đại học", "postgraduate"), ("bồi dưỡng", "training"),
    ("ngắn hạn", "training"),
)  # fmt: skip
_GENDER_WORDS = (("nữ", "f"), ("nu", "f"), ("x", "f"), ("nam", "m"))

SPECS = (
    Spec(
        "title", Holds.TEXT, label=_("Name of the programme"), required=True, kinds=_SCHEME, on_screen=True, width=40,
        aliases=("tên chương trình", "chương trình học bổng", "tên", "nội dung"),
    ),
    # Of a student the title is made from where they come from and what they study: it never holds a name.
    Spec(
        "title", Holds.TEXT, label=_("Title"), kinds=_STUDENT, in_form=False, takes_import=False, width=30,
    ),
    Spec(
        "full_name", part="who", required=True, kinds=_STUDENT, on_screen=True, width=28,
        aliases=("họ và tên", "họ tên", "tên học viên", "tên sinh viên", "tên lưu học sinh", "lưu học sinh", "name"),
    ),
    Spec("name_native", part="who", kinds=_STUDENT, aliases=("tên tiếng lào", "tên bằng tiếng lào")),
    Spec(
        "gender", part="who", kinds=_STUDENT, on_screen=True, width=8, words=_GENDER_WORDS,
        aliases=("giới tính", "nam/nữ", "nữ"),
    ),
    Spec(
        "birth_date", Holds.TEXT, part="who", kinds=_STUDENT, restricted=True, takes_import=False,
        aliases=("ngày sinh", "ngày tháng năm sinh", "năm sinh"),
    ),
    Spec(
        "passport_no", Holds.TEXT, part="who", kinds=_STUDENT, restricted=True, takes_import=False,
        aliases=("số hộ chiếu", "hộ chiếu"),
    ),
    Spec(
        "partner", Holds.PARTY, part="who", on_screen=True, width=20,
        aliases=("nước/tỉnh cử", "tỉnh cử", "địa phương cử", "cơ quan cử", "nước, tỉnh cử", "tỉnh", "quê quán"),
    ),
    Spec("country", Holds.COUNTRY, part="who", aliases=("nước cử", "quốc tịch", "nước")),
    LEAD,
    Spec(
        "scheme_number", part="main", kinds=_STUDENT, width=14,
        aliases=("chương trình", "mã chương trình", "số chương trình", "thuộc chương trình"),
        hint=_("Number or name of a scholarship programme of this register."),
    ),
    Spec(
        "major", kinds=_STUDENT, on_screen=True, width=26,
        aliases=("ngành", "ngành học", "ngành đào tạo", "chuyên ngành", "ngành, trình độ", "ngành nghề"),
    ),
    Spec(
        "level", on_screen=True, width=16, words=_LEVEL_WORDS,
        aliases=("trình độ", "trình độ đào tạo", "hệ đào tạo", "bậc đào tạo", "hệ"),
    ),
    Spec(
        "school", required=True, kinds=_STUDENT, on_screen=True, width=28,
        aliases=("trường", "cơ sở đào tạo", "nơi học", "trường học", "trường theo học"),
    ),
    Spec(
        "cohort", kinds=_STUDENT, on_screen=True, width=14,
        aliases=("khóa", "khoá", "khóa học", "khoá học", "lớp", "niên khóa", "niên khoá"),
    ),
    Spec("field", Holds.FIELD, kinds=(), aliases=("lĩnh vực",)),
    Spec("course", words=(("ngắn hạn", "short"), ("dài hạn", "degree"), ("chính quy", "degree")),
         aliases=("loại khóa", "hình thức đào tạo", "loại hình")),
    Spec(
        "has_language_year", kinds=_STUDENT,
        aliases=("học tiếng việt", "dự bị tiếng việt", "năm dự bị", "dự bị"),
    ),
    Spec(
        "funding", part="money", on_screen=True, width=16, words=_FUNDING_WORDS,
        aliases=("nguồn kinh phí", "chế độ", "diện", "kinh phí", "hình thức cấp", "diện học bổng"),
    ),
    Spec("payer", part="money", aliases=("nguồn chi", "cấp chi")),
    Spec("months_a_year", part="money", kinds=_SCHEME, aliases=("số tháng một năm học",)),
    Spec("agreement", kinds=_SCHEME, width=30, aliases=("thỏa thuận", "căn cứ", "văn bản thỏa thuận")),
    Spec("agreement_number", kinds=_SCHEME),
    Spec("content", Holds.LONG_TEXT, kinds=_SCHEME, width=36, aliases=("nội dung chi tiết", "ghi chú")),
    Spec("starts_on", part="days", kinds=_SCHEME, on_screen=True, aliases=("từ ngày", "từ")),
    Spec("ends_on", part="days", kinds=_SCHEME, on_screen=True, aliases=("đến ngày", "đến")),
    Spec("nominated_on", part="days", kinds=_STUDENT, late=True, aliases=("ngày cử",)),
    Spec(
        "decided_on", part="decision", late=True,
        aliases=("ngày quyết định", "ngày qđ", "ngày tiếp nhận", "ngày ký"),
    ),
    Spec(
        "decision_number", part="decision", late=True, width=20,
        aliases=("số quyết định", "quyết định", "số qđ", "quyết định tiếp nhận"),
    ),
    Spec("residence_on", part="days", kinds=_STUDENT, late=True, aliases=("ngày cấp thị thực",)),
    Spec("residence_until", part="days", kinds=_STUDENT, aliases=("tạm trú đến", "hạn tạm trú", "thị thực đến")),
    Spec(
        "entered_on", part="days", kinds=_STUDENT, late=True, on_screen=True, width=12,
        aliases=("ngày nhập học", "nhập học", "thời gian nhập học", "ngày vào học"),
    ),
    Spec("language_on", part="days", kinds=_STUDENT, late=True, aliases=("ngày học tiếng việt",)),
    Spec("major_on", part="days", kinds=_STUDENT, late=True, aliases=("ngày vào chuyên ngành",)),
    Spec(
        "expected_end_on", part="days", kinds=_STUDENT,
        aliases=("dự kiến tốt nghiệp", "ngày dự kiến tốt nghiệp", "dự kiến kết thúc"),
    ),
    Spec("started_on", part="done", kinds=_SCHEME, late=True, aliases=("ngày bắt đầu",)),
    Spec("reviewed_on", part="done", kinds=_SCHEME, late=True, aliases=("ngày tổng kết",)),
    Spec("suspended_on", part="done", kinds=_STUDENT, late=True, aliases=("ngày tạm dừng", "bảo lưu từ")),
    Spec("resumed_on", part="done", kinds=_STUDENT, late=True, aliases=("ngày học lại",)),
    Spec(
        "graduated_on", part="done", kinds=_STUDENT, late=True, on_screen=True, width=12,
        aliases=("ngày tốt nghiệp", "tốt nghiệp"),
    ),
    Spec("withdrawn_on", part="done", kinds=_STUDENT, late=True, aliases=("ngày thôi học", "thôi học")),
    Spec("leave_reason", part="done", kinds=_STUDENT, late=True, aliases=("lý do thôi học", "lý do")),
    Spec("grade", part="done", kinds=_STUDENT, late=True, aliases=("xếp loại", "xếp loại tốt nghiệp")),
    Spec("result", Holds.LONG_TEXT, part="done", late=True, width=36, aliases=("kết quả",)),
)  # fmt: skip

LINES = (
    LineSpec(
        "quotas", _("Quotas"), _("quota"), Quota, kinds=_SCHEME,
        specs=(
            Spec("school_year", required=True, aliases=("năm học",), hint=_("As 2025-2026.")),
            Spec("level", words=_LEVEL_WORDS, aliases=("trình độ",)),
            Spec("major", aliases=("ngành",)),
            Spec("school", aliases=("trường",)),
            Spec("funding", words=_FUNDING_WORDS, aliases=("diện", "nguồn kinh phí"), default="full"),
            Spec("places", required=True, aliases=("số suất", "chỉ tiêu", "số lượng")),
            Spec("note", aliases=("ghi chú",)),
        ),
    ),
    LineSpec(
        "rates", _("Rates of support"), _("rate"), Rate, kinds=_SCHEME,
        hint=_("A new resolution is a new line; end the old one on the day before."),
        specs=(
            Spec("item", required=True, aliases=("khoản", "nội dung chi")),
            Spec("level", words=_LEVEL_WORDS, aliases=("trình độ",)),
            Spec("funding", words=_FUNDING_WORDS, aliases=("diện",)),
            Spec("amount", Holds.DONG, required=True, aliases=("mức chi", "mức", "số tiền")),
            Spec("per", required=True, aliases=("tính theo",), default="month"),
            Spec("valid_from", required=True, aliases=("từ ngày", "áp dụng từ")),
            Spec("valid_to", aliases=("đến ngày", "áp dụng đến")),
            Spec("source", aliases=("căn cứ", "nghị quyết")),
        ),
    ),
    LineSpec(
        "payments", _("Stipends paid"), _("payment"), Payment, kinds=_STUDENT,
        specs=(
            Spec("item", required=True, aliases=("khoản",), default="living"),
            Spec("school_year", aliases=("năm học",), hint=_("As 2025-2026.")),
            Spec("since", aliases=("từ tháng", "từ ngày")),
            Spec("until", aliases=("đến tháng", "đến ngày")),
            Spec("months", aliases=("số tháng",)),
            Spec("rate", Holds.DONG, aliases=("mức chi", "mức")),
            Spec("amount", Holds.DONG, required=True, aliases=("số tiền", "thành tiền")),
            Spec("paid_on", required=True, aliases=("ngày chi", "ngày chuyển")),
            Spec("payer", aliases=("nguồn",), default="province"),
            Spec("note", aliases=("ghi chú",)),
        ),
    ),
    LineSpec(
        "costs", _("Other costs"), _("cost"), Cost,
        specs=(
            Spec("item", required=True, aliases=("khoản",), default="other"),
            Spec("text", aliases=("nội dung",)),
            Spec("school_year", aliases=("năm học",), hint=_("As 2025-2026.")),
            Spec("amount", Holds.DONG, required=True, aliases=("số tiền",)),
            Spec("paid_on", required=True, aliases=("ngày chi",)),
            Spec("payer", aliases=("nguồn",), default="province"),
        ),
    ),
    LineSpec(
        "results", _("Results by school year"), _("result"), StudyResult, kinds=_STUDENT,
        specs=(
            Spec("school_year", required=True, aliases=("năm học",), hint=_("As 2025-2026.")),
            Spec("score", aliases=("điểm trung bình", "điểm", "tbc")),
            Spec("grade", aliases=("xếp loại", "học lực")),
            Spec("conduct", aliases=("rèn luyện", "hạnh kiểm")),
            Spec("note", aliases=("ghi chú",)),
        ),
    ),
    LineSpec(
        "breaks", _("Earlier pauses"), _("pause"), Break, kinds=_STUDENT,
        specs=(
            Spec("since", required=True, aliases=("từ ngày",)),
            Spec("until", required=True, aliases=("đến ngày",)),
            Spec("reason", aliases=("lý do",)),
        ),
    ),
    LineSpec(
        "afterwards", _("After graduation"), _("news of the student"), AfterStudy, kinds=_STUDENT,
        specs=(
            Spec("on", required=True, aliases=("ngày",)),
            Spec("employer", aliases=("nơi làm việc", "cơ quan")),
            Spec("post", aliases=("chức vụ", "vị trí")),
            Spec("in_field", aliases=("đúng ngành",)),
            Spec("contact", aliases=("liên hệ",)),
            Spec("note", aliases=("ghi chú",)),
        ),
    ),
)  # fmt: skip


def _hide(draft: Draft) -> str:
    # Names of students are for their office and the focal agency; the programme too, for its page lists them.
    del draft
    return Visibility.OFFICE


def _start_major(row: Any, on: dt.date, values: Mapping[str, Any]) -> None:
    del values
    row.entered_on = row.entered_on or on


def _start_language(row: Any, on: dt.date, values: Mapping[str, Any]) -> None:
    del values
    row.entered_on = row.entered_on or on
    row.has_language_year = True


def _suspend(row: Any, on: dt.date, values: Mapping[str, Any]) -> None:
    del on, values
    # The step has set the new day already: an earlier pause that was never filed would be overwritten by it.
    if row.resumed_on is not None:
        raise BadInput(
            {"suspended_on": [_now("First put the earlier pause, which is over, among the pauses.")]}
        )


def _residence_ends(today: dt.date) -> Q:
    here = Q(scholarship__entered_on__isnull=False) & _not_left()
    return here & Q(scholarship__residence_until__lte=today + _SOON)


def _should_be_over(today: dt.date) -> Q:
    return Q(scholarship__expected_end_on__lt=today, scholarship__entered_on__isnull=False) & _not_left()


def _without_sex(today: dt.date) -> Q:
    del today
    return Q(kind=Kind.STUDENT, scholarship__gender="")


def _without_programme(today: dt.date) -> Q:
    del today
    return Q(kind=Kind.STUDENT, scholarship__scheme_number="")


def _not_left() -> Q:
    return Q(
        scholarship__graduated_on__isnull=True,
        scholarship__withdrawn_on__isnull=True,
        scholarship__is_void=False,
    )


def _is_scheme(row: Any) -> bool:
    return bool(row.kind == Kind.SCHEME)


def _has_old_pause(row: Any) -> bool:
    return bool(row.kind == Kind.STUDENT and row.suspended_on and row.resumed_on)


ACTS = (
    Act(
        "pay", _("Pay stipends to all students"), pay, when=_is_scheme,
        hint=_("For each student the months of presence not yet paid, by the rate that held in each."),
        asks=(
            Spec("item", Holds.CHOICE, label=_("What is paid"), choices=Item, required=True, default="living"),
            Spec("since", Holds.DAY, label=_("A day of the first month"), required=True),
            Spec("until", Holds.DAY, label=_("A day of the last month"), required=True),
            Spec("paid_on", Holds.DAY, label=_("Day of payment"), required=True),
            Spec("payer", Holds.CHOICE, label=_("Source of funds"), choices=Payer, default="province"),
        ),
    ),
    Act(
        "enrol", _("Put students under the programme"), enrol, when=_is_scheme,
        asks=(Spec("numbers", Holds.LONG_TEXT, label=_("Record numbers of students, one a line"), required=True),),
    ),
    Act(
        "file_pause", _("File the pause that is over"), file_pause, when=_has_old_pause,
        hint=_("It goes among the earlier pauses, so that another may begin."),
    ),
)  # fmt: skip

SCHEME = Scheme(
    family="scholarships",
    model=Scholarship,
    specs=SPECS,
    lines=LINES,
    begins=("entered_on", "started_on", "starts_on", "decided_on", "nominated_on"),
    ends=("graduated_on", "withdrawn_on", "expected_end_on", "ends_on"),
    counts=("entered_on", "decided_on"),
    head="full_name",
    road={
        "scheme": (
            ("agreed", "decided_on"),
            ("running", "started_on"),
            ("reviewed", "reviewed_on"),
        ),
        "student": (
            ("nominated", "nominated_on"),
            ("admitted", "decided_on"),
            ("visa_residence", "residence_on"),
            ("language_year", "language_on"),
            ("major", "major_on"),
            ("graduated", "graduated_on"),
            ("withdrawn", "withdrawn_on"),
        ),
    },
    check=errors_of,
    warn=warnings_of,
    changes={"start_major": _start_major, "start_language": _start_language, "suspend": _suspend},
    hide=_hide,
    words=("full_name", "name_native", "school", "major"),
    decision=("decision_number", "decided_on"),
    flags=(
        Flag("residence_ending", _("Residence permit ends within 30 days"), _residence_ends),
        Flag("should_be_over", _("Past the expected end of the course"), _should_be_over),
        Flag("without_sex", _("Without the sex"), _without_sex),
        Flag("without_programme", _("Under no programme"), _without_programme),
    ),
    acts=ACTS,
    panels=panels_of,
    twin_on_title=False,
)

_DOORS = doors(SCHEME)
clean_many = partial(clean_with_students, SCHEME)
create_many, update_many, undo_many = _DOORS.create_many, _DOORS.update_many, _DOORS.undo_many
probe, prepare, with_all, COLUMNS = _DOORS.probe, _DOORS.prepare, _DOORS.with_all, _DOORS.columns
