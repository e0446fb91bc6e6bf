"""What is kept of border work, kind by kind, and the doors by which it is entered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.borders import queries, services
from bonphuong.families.borders.enums import PASSAGES, Condition, Scope, Side
from bonphuong.families.borders.models import BorderItem, County, GateEvent, GatePause, Grade, Marker
from bonphuong.families.borders.rules import month_span
from bonphuong.families.borders.validators import errors_of, warnings_of
from bonphuong.kit.doors import doors
from bonphuong.kit.specs import LEAD, Act, Flag, Holds, LineSpec, Scheme, Spec
from bonphuong.records.enums import Visibility

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kit.drafts import Draft
    from bonphuong.records.registry import Cleaned

_LINE, _GATES, _JOINT, _MONTH = ("section",), tuple(map(str, PASSAGES)), ("joint",), ("traffic",)
_TYPES = (
    ("cửa khẩu quốc tế", "international"), ("quốc tế", "international"), ("cửa khẩu chính", "main"),
    ("song phương", "main"), ("chính", "main"), ("cửa khẩu song phương", "main"), ("cửa khẩu phụ", "auxiliary"),
    ("phụ", "auxiliary"), ("lối mở", "opening"), ("cặp chợ", "market"), ("cặp chợ biên giới", "market"),
)  # fmt: skip
_JOINTS = (
    ("kiểm tra liên hợp", "inspection"), ("kiểm tra", "inspection"), ("tuần tra song phương", "patrol"),
    ("tuần tra liên hợp", "patrol"), ("tuần tra", "patrol"), ("khảo sát", "survey"),
)  # fmt: skip

_WHAT = (
    Spec("title", Holds.TEXT, label=pgettext_lazy("border", "Title"), required=True, on_screen=True, width=40, kinds=("section", "joint"),
         aliases=("tên", "tên gọi", "nội dung", "tên đoạn", "đoạn biên giới")),
    Spec("title", Holds.TEXT, label=_("The pair of gates"), required=True, on_screen=True, width=40, kinds=_GATES,
         aliases=("tên", "cửa khẩu", "cặp cửa khẩu", "lối mở", "tên cửa khẩu", "tên lối mở", "cặp lối mở"),
         hint=_("Both names, ours first: Ma Lù Thàng – Kim Thủy Hà.")),
    Spec("title", Holds.TEXT, label=_("Gate"), required=True, on_screen=True, width=30, kinds=_MONTH,
         aliases=("cửa khẩu", "lối mở", "tên cửa khẩu", "cửa khẩu, lối mở"),
         hint=_("As the register calls it; “toàn tuyến” for the whole border of the province.")),
    Spec("joint_kind", kinds=_JOINT, required=True, on_screen=True, words=_JOINTS, aliases=("hình thức", "loại")),
    Spec("gate_type", kinds=_GATES, required=True, words=_TYPES, aliases=("loại", "loại cửa khẩu", "cấp", "loại hình")),
    Spec("type_now", kinds=_GATES, on_screen=True, in_form=False, takes_import=False),
    Spec("standing", kinds=_GATES, on_screen=True, in_form=False, takes_import=False),
    Spec("gate_code", kinds=(*_GATES, "traffic"), in_form=False, takes_import=False),
)  # fmt: skip
_WHO = (
    replace(LEAD, aliases=(*LEAD.aliases, "lực lượng", "đơn vị quản lý")),
    Spec("partner", Holds.PARTY, part="who", label=_("The other side"), on_screen=True, width=24,
         kinds=("section", *_GATES, "joint"), aliases=("phía bạn", "đối diện", "cửa khẩu đối diện", "đối tác")),
    Spec("country", Holds.COUNTRY, part="who", default="CN", aliases=("nước",)),
    Spec("unit", Holds.UNIT, part="who", kinds=("section", *_GATES), aliases=("xã", "địa bàn")),
    Spec("place", part="who", kinds=(*_GATES, "joint"), aliases=("địa điểm", "vị trí")),
    Spec("field", Holds.FIELD, part="who", kinds=_JOINT, aliases=("lĩnh vực",)),
)  # fmt: skip
_OF_LINE = (
    Spec("is_whole", kinds=_LINE, hint=_("Its length, markers and counties are then those of the province.")),
    Spec("length_km", kinds=_LINE, on_screen=True, aliases=("chiều dài", "chiều dài (km)", "độ dài")),
    Spec("marker_count", kinds=_LINE, on_screen=True, aliases=("số mốc", "số cột mốc", "số mốc giới")),
    Spec("marker_from", kinds=("section", "joint"), aliases=("từ mốc",)),
    Spec("marker_to", kinds=("section", "joint"), aliases=("đến mốc",)),
    Spec("legal_basis", kinds=_LINE, width=30, aliases=("văn kiện", "căn cứ")),
    Spec("verified_on", kinds=_LINE, part="days", late=True, aliases=("tính đến", "thời điểm")),
    Spec("left_on", kinds=_LINE, part="days", late=True),
)
_OF_GATE = (
    Spec("proposed_on", kinds=_GATES, part="road", late=True, aliases=("ngày đề nghị",)),
    Spec("team_on", kinds=("opening",), part="road", late=True, aliases=("ngày lập đoàn liên ngành",)),
    Spec("surveyed_on", kinds=_GATES, part="road", late=True, aliases=("ngày khảo sát",)),
    Spec("dossier_on", kinds=("gate",), part="road", late=True, aliases=("ngày lập hồ sơ", "ngày trình hồ sơ")),
    Spec("opinion_on", kinds=_GATES, part="road", late=True, aliases=("ngày có ý kiến",)),
    Spec("vn_decided_on", kinds=_GATES, part="sides", late=True, on_screen=True,
         aliases=("ngày việt nam quyết định", "ngày ta quyết định", "ngày nghị quyết")),
    Spec("vn_decision", kinds=_GATES, part="sides", late=True, width=24,
         aliases=("văn bản của việt nam", "nghị quyết", "quyết định")),
    Spec("partner_decided_on", kinds=_GATES, part="sides", late=True, on_screen=True,
         aliases=("ngày bạn quyết định", "ngày phía bạn đồng ý")),
    Spec("partner_decision", kinds=_GATES, part="sides", late=True, width=24, aliases=("văn bản của bạn",)),
    Spec("infrastructure_on", kinds=_GATES, part="road", late=True),
    Spec("notes_on", kinds=("gate",), part="road", late=True, aliases=("ngày trao đổi công hàm",)),
    Spec("notes_paper", kinds=("gate",), part="road", late=True, aliases=("công hàm",)),
    Spec("announced_on", kinds=_GATES, part="sides", late=True, on_screen=True, aliases=("ngày công bố",)),
    Spec("announced_paper", kinds=_GATES, part="sides", late=True, aliases=("văn bản công bố",)),
    Spec("operating_on", kinds=_GATES, part="sides", late=True, on_screen=True,
         aliases=("ngày hoạt động", "ngày khai trương", "hoạt động từ")),
    Spec("operating_paper", kinds=_GATES, part="sides", late=True),
    Spec("operating_at_latest", kinds=_GATES, part="sides", late=True,
         hint=_("Where the day of opening is not known: the day of a source that shows it in operation.")),
    Spec("closed_on", kinds=_GATES, part="sides", late=True, aliases=("ngày đóng",)),
    Spec("close_reason", kinds=_GATES, part="sides", late=True, aliases=("lý do đóng",)),
)  # fmt: skip
_OF_JOINT = (
    Spec("planned_on", kinds=_JOINT, part="days", aliases=("ngày dự kiến", "kế hoạch")),
    Spec("agreed_on", kinds=_JOINT, part="days", late=True, aliases=("ngày thống nhất",)),
    Spec("held_on", kinds=_JOINT, part="days", late=True, on_screen=True, aliases=("ngày", "thời gian", "ngày thực hiện")),
    Spec("held_until", kinds=_JOINT, part="days", late=True, aliases=("đến ngày",)),
    Spec("officers_ours", kinds=_JOINT, part="numbers", late=True, aliases=("cán bộ ta", "số cán bộ ta")),
    Spec("officers_theirs", kinds=_JOINT, part="numbers", late=True, aliases=("cán bộ bạn", "số cán bộ bạn")),
    Spec("officers_all", kinds=_JOINT, part="numbers", late=True, on_screen=True,
         aliases=("số cán bộ", "quân số", "lượt cán bộ"), hint=_("Where the source does not part the two sides.")),
    Spec("teams", kinds=_JOINT, part="numbers", late=True, aliases=("số tổ", "tổ")),
    Spec("meetings", kinds=_JOINT, part="numbers", late=True, aliases=("số cuộc gặp", "cuộc gặp")),
    Spec("km", kinds=_JOINT, part="numbers", late=True, on_screen=True, aliases=("km", "số km", "quãng đường")),
    Spec("hours", kinds=_JOINT, part="numbers", late=True, aliases=("số giờ", "giờ")),
    Spec("leaflets", kinds=_JOINT, part="numbers", late=True, aliases=("tờ rơi", "số tờ rơi")),
    Spec("result", kinds=_JOINT, part="done", late=True, width=40, aliases=("kết quả",)),
    Spec("reported_on", kinds=_JOINT, part="done", late=True, aliases=("ngày báo cáo",)),
)  # fmt: skip
_OF_MONTH = (
    Spec("month", kinds=_MONTH, on_screen=True, width=12, aliases=("tháng", "tháng/năm", "kỳ"),
         hint=_("As 10/2026.")),
    Spec("since_on", kinds=_MONTH, part="days", aliases=("từ ngày",),
         hint=_("Only where the month is not that of the calendar.")),
    Spec("until_on", kinds=_MONTH, part="days", aliases=("đến ngày",)),
    Spec("stated_by", kinds=_MONTH, part="who", on_screen=True, width=24,
         aliases=("nguồn số liệu", "đơn vị cung cấp", "cơ quan cung cấp")),
    Spec("stated_on", kinds=_MONTH, part="who", aliases=("ngày văn bản", "ngày báo cáo")),
    Spec("stated_paper", kinds=_MONTH, part="who", aliases=("văn bản", "số văn bản", "báo cáo số")),
    Spec("bound", kinds=_MONTH, part="numbers", aliases=("mức độ",)),
    Spec("people_out", kinds=_MONTH, part="numbers", on_screen=True, aliases=("lượt người xuất cảnh", "xuất cảnh", "người xuất")),
    Spec("people_in", kinds=_MONTH, part="numbers", on_screen=True, aliases=("lượt người nhập cảnh", "nhập cảnh", "người nhập")),
    Spec("vehicles_out", kinds=_MONTH, part="numbers", aliases=("phương tiện xuất cảnh", "phương tiện xuất", "xe xuất")),
    Spec("vehicles_in", kinds=_MONTH, part="numbers", aliases=("phương tiện nhập cảnh", "phương tiện nhập", "xe nhập")),
    Spec("export_amount", kinds=_MONTH, part="numbers", on_screen=True,
         aliases=("xuất khẩu", "kim ngạch xuất khẩu", "giá trị xuất khẩu")),
    Spec("import_amount", kinds=_MONTH, part="numbers", on_screen=True,
         aliases=("nhập khẩu", "kim ngạch nhập khẩu", "giá trị nhập khẩu")),
    Spec("currency", Holds.CURRENCY, kinds=_MONTH, part="numbers", default="USD", width=8,
         aliases=("đơn vị tiền", "tiền tệ", "loại tiền")),
    Spec("cases", kinds=_MONTH, part="numbers", aliases=("số vụ", "vụ việc", "vụ vi phạm")),
    Spec("case_people", kinds=_MONTH, part="numbers", aliases=("số người vi phạm", "đối tượng", "số đối tượng")),
    Spec("case_text", kinds=_MONTH, part="numbers", width=30, aliases=("nội dung vụ việc", "diễn biến")),
    Spec("checked_on", kinds=_MONTH, part="done", late=True),
)  # fmt: skip
_LAST = (
    Spec("source", part="done", width=24, aliases=("nguồn",)),
    Spec("remark", part="done", width=30, aliases=("ghi chú",)),
)

_MARKER = (
    Spec("number", required=True, width=8, aliases=("mốc", "số mốc", "mốc số")),
    Spec("sub_number", width=8, aliases=("mốc phụ", "số phụ")),
    Spec("place", aliases=("vị trí", "địa điểm")),
    Spec("condition", aliases=("tình trạng", "hiện trạng")),
    Spec("checked_on", aliases=("kiểm tra gần nhất", "ngày kiểm tra")),
    Spec("note", width=24, aliases=("ghi chú",)),
)
_GRADE = (
    Spec("gate_type", required=True, words=_TYPES),
    Spec("since", required=True),
    Spec("until"),
    Spec("at_latest"),
    Spec("vn_decided_on"),
    Spec("vn_decision"),
    Spec("partner_decided_on"),
    Spec("partner_decision"),
    Spec("announced_on"),
    Spec("announced_paper"),
    Spec("paper"),
)
_LINES = (
    LineSpec("markers", _("Markers"), _("marker"), Marker, _MARKER, kinds=_LINE),
    LineSpec("counties", _("Counties over the border"), _("county"), County,
             (Spec("partner", Holds.PARTY, label=_("County"), required=True), Spec("length_km"), Spec("note")),
             kinds=_LINE),
    LineSpec("grades", _("What it has worked as"), pgettext_lazy("border", "grade"), Grade, _GRADE, kinds=_GATES,
             hint=_("Before the case that runs; what the case comes to is added by itself.")),
    LineSpec("pauses", _("Pauses"), pgettext_lazy("border", "pause"), GatePause,
             (Spec("since", required=True), Spec("until"), Spec("scope", default=Scope.ALL), Spec("side"),
              Spec("reason", width=30), Spec("paper")), kinds=_GATES),
    LineSpec("events", _("History"), _("event"), GateEvent,
             (Spec("on", required=True), Spec("what", required=True, width=40), Spec("paper"), Spec("source")),
             kinds=_GATES),
)  # fmt: skip

_ROAD_GATE = (
    ("provincial_survey", "surveyed_on"), ("provincial_dossier", "dossier_on"),
    ("ministries_opinion", "opinion_on"), ("government_resolution", "vn_decided_on"),
    ("partner_decision", "partner_decided_on"), ("infrastructure_and_forces", "infrastructure_on"),
    ("diplomatic_notes", "notes_on"), ("joint_announcement", "announced_on"), ("operating", "operating_on"),
    ("closed", "closed_on"),
)  # fmt: skip
_ROAD_OPENING = (
    ("joint_team", "team_on"), ("survey", "surveyed_on"), ("consulted", "opinion_on"),
    ("partner_agreed", "partner_decided_on"), ("decided", "vn_decided_on"), ("announced", "announced_on"),
    ("operating", "operating_on"), ("closed", "closed_on"),
)  # fmt: skip

_ACTS = (
    Act("pause_gate", _("It is shut for a time"), services.pause_gate,
        asks=(
            Spec("since", Holds.DAY, label=pgettext_lazy("border", "shut from"), required=True),
            Spec("scope", Holds.CHOICE, label=pgettext_lazy("border", "shut to"), choices=Scope, default=Scope.ALL),
            Spec("side", Holds.CHOICE, label=pgettext_lazy("border", "by whom"), choices=Side),
            Spec("reason", Holds.TEXT, label=pgettext_lazy("border", "why")),
            Spec("paper", Holds.TEXT, label=pgettext_lazy("border", "paper")),
        ),
        when=lambda row: row.kind in PASSAGES and bool(row.type_now) and row.closed_on is None),
    Act("resume_gate", _("It is open again"), services.resume_gate,
        asks=(
            Spec("until", Holds.DAY, label=pgettext_lazy("border", "open again from"), required=True),
            Spec("paper", Holds.TEXT, label=pgettext_lazy("border", "paper")),
        ),
        when=lambda row: row.kind in PASSAGES and any(line.until is None for line in row.pauses.all())),
    Act("note_check", _("Markers were looked at"), services.note_check,
        asks=(
            Spec("markers", Holds.TEXT, label=_("Markers"), required=True, hint=_("As 61-65, 62(2).")),
            Spec("on", Holds.DAY, label=_("Day"), required=True),
            Spec("condition", Holds.CHOICE, label=pgettext_lazy("border", "condition"), choices=Condition,
                 default=Condition.GOOD),
        ),
        when=lambda row: row.kind == "section" and row.left_on is None),
)  # fmt: skip

_FLAGS = (
    Flag("one_sided", _("Decided, not announced for a year"), queries.one_sided),
    Flag("shut", _("Shut for a time"), queries.shut),
    Flag("not_reported", _("Held, not reported"), queries.not_reported),
    Flag("unchecked", _("Markers not looked at for a year"), queries.unchecked),
    Flag("unsound", _("Markers to be seen to"), queries.unsound),
    Flag("replaced", _("Stated anew later"), queries.replaced, tone=""),
)


def _visibility(draft: Draft) -> str:
    """The line and its gates are known to everybody in the province; patrols and figures to whom they concern."""
    return Visibility.BOOK if draft.kind in {"section", *PASSAGES} else Visibility.OFFICE


SCHEME = Scheme(
    family="borders",
    model=BorderItem,
    specs=(*_WHAT, *_WHO, *_OF_LINE, *_OF_GATE, *_OF_JOINT, *_OF_MONTH, *_LAST),
    lines=_LINES,
    parts={
        "road": pgettext_lazy("form", "Steps of the opening or upgrade"),
        "sides": pgettext_lazy("form", "What both sides say"),
        "numbers": pgettext_lazy("form", "Figures"),
    },
    begins=(
        "held_on",
        "planned_on",
        "since_on",
        "operating_on",
        "vn_decided_on",
        "proposed_on",
        "verified_on",
    ),
    ends=("held_until", "held_on", "until_on", "closed_on", "left_on"),
    counts=("held_on", "operating_on"),
    road={
        "section": (("kept", "verified_on"), ("left", "left_on")),
        "gate": _ROAD_GATE,
        "opening": _ROAD_OPENING,
        "joint": (("agreed", "agreed_on"), ("held", "held_on"), ("reported", "reported_on")),
        "traffic": (("checked", "checked_on"),),
    },
    check=errors_of,
    warn=warnings_of,
    changes={
        "upgrade": services.upgrade_again,
        "drop_upgrade": services.drop_upgrade,
        "cancel": services.refuse_operating,
        "reject": services.refuse_operating,
    },
    hide=_visibility,
    words=("place", "vn_decision", "stated_by", "month"),
    flags=_FLAGS,
    acts=_ACTS,
    panels=queries.panels,
    dates=("planned_on",),
    after_write=services.follow,
)

_clean_many, create_many, update_many, _undo_many, probe, prepare, with_all, COLUMNS = doors(SCHEME)
# What a month stated goes with its record.
undo_many = services.undo_many


def clean_many(
    rows: Sequence[Mapping[str, object]], *, kind: str, office_code: str, actor: User
) -> list[Cleaned]:
    """The kit's gate; figures of a month get the month's own days, by which lists find them."""
    found: list[Cleaned] = _clean_many(rows, kind=kind, office_code=office_code, actor=actor)
    return [replace(one, draft=_dated(one.draft)) if one.draft is not None else one for one in found]


def _dated(draft: Any) -> Any:
    if draft.kind != "traffic":
        return draft
    span = month_span(str(draft.get("month") or ""), draft.get("since_on"), draft.get("until_on"))
    return replace(draft, values={**draft.values, "since_on": span[0], "until_on": span[1]})
