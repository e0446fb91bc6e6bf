"""Programmes and the profile as the kit sees them. Columns of the lines follow annex 9 of provincial reports."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.families.programme.completing import clean_many as clean_with_years
from bonphuong.families.programme.enums import Figure, Kind
from bonphuong.families.programme.models import PlannedWork, Programme, Target
from bonphuong.families.programme.panels import panels_of
from bonphuong.families.programme.services import (
    carry_over,
    declare_targets,
    find_done,
    link_done,
    state,
    take_figure_back,
    unlink_done,
)
from bonphuong.families.programme.validators import errors_of, warnings_of
from bonphuong.kit.doors import doors
from bonphuong.kit.specs import LEAD, TITLE, Act, Flag, Holds, LineSpec, Scheme, Spec
from bonphuong.ledger.enums import Bound
from bonphuong.records.enums import Visibility

if TYPE_CHECKING:
    import datetime as dt

    from bonphuong.kit.drafts import Draft

_PROGRAMME, _PROFILE = (Kind.PROGRAMME.value,), (Kind.PROFILE.value,)

_WORK_WORDS = (
    ("đoàn ra", "outbound"), ("đoàn vào", "inbound"), ("hội đàm", "session"), ("cuộc họp", "session"),
    ("hội nghị, hội thảo quốc tế", "conference"), ("hội nghị", "conference"), ("hội thảo", "conference"),
    ("sự kiện", "event"), ("giao lưu", "event"), ("thông tin đối ngoại", "event"), ("thỏa thuận quốc tế", "agreement"),
    ("thỏa thuận", "agreement"), ("ký kết thỏa thuận", "agreement"), ("kết nghĩa", "twinning"),
    ("biên giới", "border"), ("viện trợ", "aid"), ("hỗ trợ", "support"), ("lưu học sinh", "scholarship"),
    ("đại hội", "association"), ("điện mừng", "greeting"), ("công hàm", "letter"), ("khác", "other"),
)  # fmt: skip

SPECS = (
    TITLE,
    Spec("year", required=True, kinds=_PROGRAMME, on_screen=True, width=8, aliases=("năm", "năm kế hoạch")),
    Spec("cut", kinds=_PROGRAMME, default="calendar", aliases=("kỳ năm",)),
    LEAD,
    Spec("starts_on", part="days", kinds=_PROGRAMME, in_form=False, takes_import=False),
    Spec("ends_on", part="days", kinds=_PROGRAMME, in_form=False, takes_import=False),
    Spec("due_for_submission", part="days", kinds=_PROGRAMME, aliases=("hạn trình",)),
    Spec("content", Holds.LONG_TEXT, width=36, aliases=("phương hướng", "trọng tâm", "nội dung")),
    Spec("gathered_from_on", part="days", kinds=_PROGRAMME, late=True, aliases=("ngày đề nghị đăng ký",)),
    Spec("submitted_on", part="days", kinds=_PROGRAMME, late=True, on_screen=True, aliases=("ngày trình",)),
    Spec("submitted_to", part="days", kinds=_PROGRAMME, late=True, aliases=("cấp trình", "cấp có thẩm quyền")),
    Spec(
        "approved_on", part="decision", kinds=_PROGRAMME, late=True, on_screen=True,
        aliases=("ngày phê duyệt", "ngày quyết định"),
    ),
    Spec(
        "decision_number", part="decision", kinds=_PROGRAMME, late=True, on_screen=True,
        aliases=("số quyết định", "số văn bản phê duyệt"),
    ),
    Spec("approved_by", part="decision", kinds=_PROGRAMME, late=True, aliases=("cấp phê duyệt",)),
    Spec("begun_on", part="done", kinds=_PROGRAMME, late=True, aliases=("ngày giao thực hiện",)),
    Spec("adjusted_on", part="done", kinds=_PROGRAMME, late=True, aliases=("ngày điều chỉnh",)),
    Spec("adjusting_number", part="done", kinds=_PROGRAMME, late=True, aliases=("số văn bản điều chỉnh",)),
    Spec("reviewed_on", part="done", kinds=_PROGRAMME, late=True, aliases=("ngày tổng kết",)),
    Spec("checked_on", part="done", kinds=_PROFILE, late=True, on_screen=True, aliases=("ngày rà soát",)),
    Spec("result", Holds.LONG_TEXT, part="done", kinds=_PROGRAMME, late=True, width=36, aliases=("kết quả",)),
)  # fmt: skip

LINES = (
    LineSpec(
        "works", _("Planned works"), _("planned work"), PlannedWork, kinds=_PROGRAMME,
        hint=_("One line for each delegation, conference, agreement; paste the annex of the plan."),
        specs=(
            Spec("number", required=True, aliases=("tt", "stt", "số kế hoạch", "mã kế hoạch")),
            Spec("work", required=True, words=_WORK_WORDS, aliases=("loại", "loại việc", "nhóm việc")),
            Spec("title", required=True, width=36, aliases=("tên", "tên đoàn", "tên hoạt động", "nội dung")),
            Spec("purpose", width=30, aliases=("mục đích", "mục đích, nội dung")),
            Spec("time", aliases=("thời gian", "thời gian dự kiến")),
            Spec("month", aliases=("tháng",)),
            Spec("country", Holds.COUNTRY, aliases=("nước", "quốc gia", "nước đến")),
            Spec("partner", Holds.PARTY, aliases=("đối tác", "cơ quan mời")),
            Spec("heads", aliases=("số người", "số lượng")),
            Spec("cost", Holds.DONG, aliases=("kinh phí", "dự toán", "kinh phí (đồng)")),
            Spec("funding", aliases=("nguồn", "nguồn kinh phí")),
            Spec("lead_office_code", Holds.OFFICE, aliases=("chủ trì", "đơn vị chủ trì", "cơ quan chủ trì")),
            Spec("added_on", aliases=("ngày bổ sung",)),
            Spec("dropped_on", aliases=("ngày thôi thực hiện",)),
            Spec("note", aliases=("ghi chú",)),
        ),
    ),
    LineSpec(
        "targets", _("Targets"), _("target"), Target, kinds=_PROGRAMME,
        hint=_("Named as the figures are: by code or by words, such as “Đoàn ra”. Then use “Declare the targets”."),
        specs=(
            Spec("measure", required=True, width=30, aliases=("chỉ tiêu", "tên chỉ tiêu", "nội dung")),
            Spec("country", Holds.COUNTRY, aliases=("nước",)),
            Spec("value", required=True, aliases=("kế hoạch", "mức", "giá trị")),
            Spec("lead_office_code", Holds.OFFICE, aliases=("chủ trì", "đơn vị chủ trì")),
            Spec("note", aliases=("ghi chú",)),
        ),
    ),
)  # fmt: skip


def _hide(draft: Draft) -> str:
    # Every unit works by the programme, and the profile is of public figures.
    del draft
    return Visibility.BOOK


def _is_programme(row: Any) -> bool:
    return bool(row.kind == Kind.PROGRAMME)


def _is_profile(row: Any) -> bool:
    return bool(row.kind == Kind.PROFILE)


def _is_approved(row: Any) -> bool:
    return bool(row.kind == Kind.PROGRAMME and row.approved_on)


def _not_approved(today: dt.date) -> Q:
    return Q(kind=Kind.PROGRAMME, programme__starts_on__lte=today, programme__approved_on__isnull=True) & Q(
        programme__is_void=False, programme__cancelled_on__isnull=True
    )


def _not_reviewed(today: dt.date) -> Q:
    return Q(
        kind=Kind.PROGRAMME,
        programme__ends_on__lt=today,
        programme__approved_on__isnull=False,
        programme__reviewed_on__isnull=True,
        programme__is_void=False,
    )


_NUMBER = Spec("record_number", Holds.TEXT, label=_("Record number"), required=True)
_FIGURE = Spec("figure", Holds.CHOICE, label=_("Figure"), choices=Figure, required=True)
_PERIOD = Spec(
    "period",
    Holds.TEXT,
    label=_("Period"),
    hint=_("2025, 2025-H1, 2025-Q3, or a day such as 2025-12-31; nothing for what has no period."),
)

ACTS = (
    Act(
        "find", _("Find what was done"), find_done, when=_is_programme,
        hint=_("Links records of the year that bear the plan number or the very name of a line."),
    ),
    Act(
        "link", _("Link a record to a line"), link_done, when=_is_programme,
        asks=(Spec("number", Holds.TEXT, label=_("Plan number"), required=True), _NUMBER),
    ),
    Act("unlink", _("Part a record from its line"), unlink_done, when=_is_programme, asks=(_NUMBER,)),
    Act(
        "declare_targets", _("Declare the targets"), declare_targets, needs=Permission.STATEMENT_ADD,
        when=_is_approved, hint=_("They enter the ledger as targets of exactly this year."),
    ),
    Act(
        "carry_over", _("Carry over what was not begun"), carry_over, when=_is_programme,
        asks=(Spec("record_number", Holds.TEXT, label=_("Record number of the other programme"), required=True),),
    ),
    Act(
        "state", _("State a figure"), state, needs=Permission.STATEMENT_ADD, when=_is_profile,
        asks=(
            _FIGURE,
            Spec("value", Holds.TEXT, label=_("Value"), required=True),
            Spec("bound", Holds.CHOICE, label=_("Word before it"), choices=Bound),
            _PERIOD,
            Spec("reference", Holds.TEXT, label=_("Number of the paper")),
            Spec("paper_on", Holds.DAY, label=_("Day of the paper")),
            Spec("issuer", Holds.TEXT, label=_("Issued by")),
            Spec("text", Holds.TEXT, label=_("As the source says it")),
        ),
    ),
    Act(
        "take_back", _("Take a figure back"), take_figure_back, needs=Permission.STATEMENT_ADD, when=_is_profile,
        asks=(_FIGURE, _PERIOD, Spec("reason", Holds.TEXT, label=_("Why"), required=True)),
    ),
)  # fmt: skip

SCHEME = Scheme(
    family="programme",
    model=Programme,
    specs=SPECS,
    lines=LINES,
    begins=("starts_on", "checked_on"),
    ends=("ends_on",),
    counts=("approved_on", "checked_on"),
    road={
        "programme": (
            ("gathering", "gathered_from_on"),
            ("submitted", "submitted_on"),
            ("approved", "approved_on"),
            ("running", "begun_on"),
            ("adjusted", "adjusted_on"),
            ("reviewed", "reviewed_on"),
        ),
        "profile": (("checked", "checked_on"),),
    },
    check=errors_of,
    warn=warnings_of,
    hide=_hide,
    decision=("decision_number", "approved_on"),
    flags=(
        Flag("not_approved", _("Its year runs and it is not approved"), _not_approved),
        Flag("not_reviewed", _("Its year is over and it is not reviewed"), _not_reviewed),
    ),
    acts=ACTS,
    panels=panels_of,
    dates=("due_for_submission",),
    # A year that is cut on 15 December begins in the one before, and is not called by it.
    year="year",
)

_DOORS = doors(SCHEME)
clean_many = partial(clean_with_years, SCHEME)
create_many, update_many, undo_many = _DOORS.create_many, _DOORS.update_many, _DOORS.undo_many
probe, prepare, with_all, COLUMNS = _DOORS.probe, _DOORS.prepare, _DOORS.with_all, _DOORS.columns
