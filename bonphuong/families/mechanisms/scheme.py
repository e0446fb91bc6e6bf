"""What mechanisms and meetings keep, for forms, sheets and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.mechanisms import services
from bonphuong.families.mechanisms.enums import AHEAD, Form, Kind
from bonphuong.families.mechanisms.filters import FLAGS
from bonphuong.families.mechanisms.models import (
    AgendaItem,
    Mechanism,
    Member,
    Participant,
    ProgrammeItem,
    ProtocolItem,
    Result,
)
from bonphuong.families.mechanisms.panels import panels_of
from bonphuong.families.mechanisms.printing import print_context
from bonphuong.families.mechanisms.validators import errors_of, warnings_of
from bonphuong.kit.doors import doors
from bonphuong.kit.specs import LEAD, TITLE, Act, Holds, LineSpec, Scheme, Spec
from bonphuong.records.enums import CommitmentSide
from bonphuong.records.schema import Tie

if TYPE_CHECKING:
    from bonphuong.kit.drafts import Draft

_S, _M = (Kind.MECHANISM.value,), (Kind.MEETING.value,)
_SIDES = (("ta", "ours"), ("việt nam", "ours"), ("bạn", "theirs"), ("đối tác", "theirs"))
_FORMS = (
    ("trực tiếp", "place"),
    ("trực tuyến", "online"),
    ("tại đường biên", "boundary"),
    ("đường biên", "boundary"),
)

_SPECS = (
    TITLE,
    Spec("sort", aliases=("loại cơ chế", "loại"), on_screen=True, width=18,
         words=(("jwg", "working_group"), ("hội nghị bí thư", "secretaries"), ("hội đàm", "talks"))),
    Spec("partner", Holds.PARTY, part="who", on_screen=True, width=28, aliases=("đối tác", "phía bạn", "bên bạn")),
    Spec("country", Holds.COUNTRY, part="who", aliases=("nước", "quốc gia")),
    Spec("series_number", kinds=_M, aliases=("cơ chế", "số hồ sơ cơ chế"),
         hint=_("Number of the record of the mechanism, such as CC-2021-001.")),
    Spec("session_number", kinds=_M, on_screen=True, width=8, aliases=("kỳ họp", "vòng", "phiên thứ", "lần thứ")),
    Spec("planned_on", part="days", kinds=_M, aliases=("dự kiến", "ngày dự kiến")),
    Spec("planned_until", part="days", kinds=_M, aliases=("dự kiến đến",)),
    Spec("held_on", part="days", kinds=_M, late=True, on_screen=True, width=12, aliases=("ngày họp", "thời gian", "ngày")),
    Spec("held_until", part="days", kinds=_M, late=True, width=12, aliases=("đến ngày",)),
    Spec("form", on_screen=True, aliases=("hình thức", "hình thức họp"), words=_FORMS, width=14),
    Spec("venue", kinds=_M, aliases=("địa điểm", "nơi họp"), width=24),
    Spec("hosted_by", kinds=_M, aliases=("chủ nhà",), words=_SIDES),
    Spec("level", aliases=("cấp",)),
    Spec("channel", default="state"),
    Spec("purpose", kinds=_M, aliases=("mục đích",)),
    Spec("field", Holds.FIELD, aliases=("lĩnh vực",)),
    Spec("is_domestic", kinds=_M, aliases=("khách trong nước",)),
    Spec("basis", kinds=_S, aliases=("căn cứ", "văn bản thành lập")),
    Spec("frequency", kinds=_S, aliases=("định kỳ",)),
    Spec("founded_on", part="days", kinds=_S, late=True, on_screen=True, aliases=("hoạt động từ", "ngày thành lập"),
         hint=_("Where the day of founding is not known, the earliest meeting that is.")),
    Spec("next_due_on", part="days", kinds=_S, on_screen=True, aliases=("kỳ tới",)),
    Spec("paused_on", part="days", kinds=_S, late=True),
    Spec("ended_on", part="days", kinds=_S, late=True, aliases=("kết thúc ngày",)),
    Spec("inherited_on", part="days", kinds=_S, late=True, aliases=("ngày kế thừa",)),
    Spec("inherited_from", kinds=_S, late=True, aliases=("kế thừa từ", "kế thừa")),
    Spec("content", aliases=("nội dung", "nội dung chính"), width=40),
    Spec("our_head", part="who", kinds=_M, aliases=("trưởng đoàn ta", "chủ trì phía ta")),
    Spec("our_head_post", part="who", kinds=_M),
    Spec("their_head", part="who", kinds=_M, aliases=("trưởng đoàn bạn", "chủ trì phía bạn")),
    Spec("their_head_post", part="who", kinds=_M),
    Spec("our_count", part="who", kinds=_M, late=True, aliases=("số đại biểu ta", "số người ta")),
    Spec("their_count", part="who", kinds=_M, late=True, aliases=("số đại biểu bạn", "số người bạn")),
    Spec("crossers", part="who", kinds=_M, late=True, aliases=("số người qua biên",)),
    LEAD,
    Spec("agenda_on", part="days", kinds=_M, late=True),
    Spec("documents_on", part="days", kinds=_M, late=True),
    Spec("minutes_signed_on", part="done", kinds=_M, late=True, aliases=("ngày ký biên bản",)),
    Spec("minutes_number", part="done", kinds=_M, late=True, aliases=("số biên bản",)),
    Spec("tracked_on", part="done", kinds=_M, late=True),
    Spec("result", part="done", aliases=("kết quả",), width=40),
    Spec("counted_by", part="done", kinds=_M, late=True, in_form=False, takes_import=False),
    Spec("source", aliases=("nguồn",)),
)  # fmt: skip

_LINES = (
    LineSpec(
        "members",
        _("Members"),
        _("member"),
        Member,
        (
            Spec("side", words=_SIDES),
            Spec("unit", Holds.UNIT, aliases=("tỉnh", "đơn vị")),
            Spec("party", Holds.PARTY, aliases=("đối tác",)),
            Spec("office", Holds.OFFICE),
            Spec("name_then", width=24, aliases=("tên khi đó",)),
            Spec("since", aliases=("từ ngày",)),
            Spec("until", aliases=("đến ngày",)),
        ),
        hint=_("A unit by the name it had then: after a merger the old member ends and the new one begins."),
    ),
    LineSpec(
        "agenda",
        _("Agenda"),
        _("point"),
        AgendaItem,
        (
            Spec("topic", required=True, width=40, aliases=("nội dung",)),
            Spec("field", Holds.FIELD, aliases=("lĩnh vực",)),
            Spec("office", Holds.OFFICE, aliases=("đơn vị chuẩn bị",)),
            Spec("carried", width=16, aliases=("từ kỳ trước",)),
            Spec("outcome", width=40, aliases=("kết quả",)),
        ),
        kinds=_M,
    ),
    LineSpec(
        "participants",
        _("Participants"),
        _("participant"),
        Participant,
        (
            Spec("side", words=_SIDES),
            Spec("full_name", required=True, width=24, aliases=("họ và tên", "họ tên")),
            Spec("post_then", width=24, aliases=("chức vụ",)),
            Spec("unit_then", width=24, aliases=("đơn vị", "cơ quan")),
            Spec("role", aliases=("vai trò",)),
        ),
        kinds=_M,
    ),
    LineSpec(
        "programme",
        _("Programme"),
        _("point"),
        ProgrammeItem,
        (
            Spec("on", aliases=("ngày",)),
            Spec("hours", aliases=("giờ", "thời gian")),
            Spec("what", required=True, width=40, aliases=("nội dung",)),
            Spec("place", aliases=("địa điểm",)),
            Spec("who", aliases=("phụ trách",)),
        ),
        kinds=_M,
    ),
    LineSpec(
        "protocol",
        _("Protocol"),
        _("point"),
        ProtocolItem,
        (
            Spec("sort", required=True, aliases=("loại việc",)),
            Spec("what", required=True, width=40, aliases=("nội dung",)),
            Spec("who", aliases=("phụ trách",)),
            Spec("is_done", aliases=("xong",)),
        ),
        kinds=_M,
    ),
    LineSpec(
        "results",
        _("Results by field"),
        _("result"),
        Result,
        (
            Spec("year", required=True, aliases=("năm",)),
            Spec("field", Holds.FIELD, aliases=("lĩnh vực",)),
            Spec("office", Holds.OFFICE, aliases=("đơn vị phụ trách", "đơn vị")),
            Spec("text", width=40, aliases=("kết quả",)),
            Spec("quantity", aliases=("số lượng",)),
            Spec("quantity_unit", aliases=("đơn vị tính",)),
            Spec("asked_on"),
            Spec("due_on"),
            Spec("given_on"),
            Spec("given_by", aliases=("người cung cấp",)),
        ),
        kinds=_S,
        hint=_("What each unit in charge tells of its field and year. Lines that were asked for wait to be filled in."),
    ),
)  # fmt: skip


def _stands(row: Mechanism) -> bool:
    return not row.is_void and row.cancelled_on is None and row.ended_on is None


def _is_series(row: Mechanism) -> bool:
    return row.kind == Kind.MECHANISM and _stands(row)


def _is_meeting(row: Mechanism) -> bool:
    return row.kind == Kind.MEETING and _stands(row)


def _can_go_on(row: Mechanism) -> bool:
    return _is_series(row) or (_is_meeting(row) and row.held_on is not None)


def _was_held(row: Mechanism) -> bool:
    return _is_meeting(row) and row.held_on is not None and row.record.state not in AHEAD


_ACTS = (
    Act(
        "next",
        _("Prepare the next meeting"),
        services.prepare_next,
        (
            Spec("planned_on", Holds.DAY, label=_("Planned for"), required=True),
            Spec("title", Holds.TEXT, label=_("Title")),
            Spec("form", Holds.CHOICE, label=_("How they meet"), choices=Form),
            Spec("venue", Holds.TEXT, label=_("Venue")),
        ),
        when=_can_go_on,
        hint=_(
            "What earlier meetings left undone goes on its agenda, and each point remembers where it comes from."
        ),
    ),
    Act(
        "promise",
        _("Note what was promised"),
        services.promise,
        (
            Spec("promises", Holds.LONG_TEXT, label=_("Promises, one a line"), required=True),
            Spec("side", Holds.CHOICE, label=_("Whose turn it is"), choices=CommitmentSide, default="ours"),
            Spec("field", Holds.FIELD, label=_("Field")),
            Spec("office", Holds.OFFICE, label=_("Leading office")),
            Spec("due_on", Holds.DAY, label=pgettext_lazy("promise", "Due on")),
        ),
        when=_was_held,
    ),
    Act(
        "join",
        _("Put into a series"),
        services.join_series,
        (Spec("number", Holds.TEXT, label=_("Number of the mechanism's record"), required=True),),
        when=_is_meeting,
    ),
    Act(
        "same",
        _("Counted among delegations"),
        services.count_elsewhere,
        (Spec("number", Holds.TEXT, label=_("Number of the session")),),
        when=_was_held,
        hint=_(
            "Where the same meeting was entered as a session, it is counted there alone. Empty: it counts here."
        ),
    ),
    Act(
        "ask",
        _("Ask units for results"),
        services.ask_results,
        (
            Spec("year", Holds.YEAR, label=_("Year")),
            Spec("field", Holds.FIELD, label=_("Field")),
            Spec("offices", Holds.LONG_TEXT, label=_("Units, one a line"), required=True),
            Spec("due_on", Holds.DAY, label=pgettext_lazy("result", "Due on")),
        ),
        when=_is_series,
    ),
)


def _more_ties(draft: Draft) -> list[Tie]:
    found = []
    for line in draft.lines.get("members", ()):
        found += [
            Tie("unit", str(line.get("unit_code") or "")),
            Tie("party", str(line.get("party_code") or "")),
        ]
    return found


def _share(draft: Draft) -> list[str]:
    """Offices that belong to it, prepare a point, or are asked for results."""
    return [
        str(line.get("office_code") or "")
        for name in ("members", "agenda", "results")
        for line in draft.lines.get(name, ())
    ]


SCHEME = Scheme(
    family="mechanisms",
    model=Mechanism,
    specs=_SPECS,
    lines=_LINES,
    begins=("held_on", "planned_on", "founded_on"),
    ends=("held_until", "held_on", "planned_until", "planned_on", "ended_on"),
    counts=("held_on", "founded_on"),
    road={
        Kind.MECHANISM.value: (("active", "founded_on"), ("ended", "ended_on")),
        Kind.MEETING.value: (
            ("agenda_exchanged", "agenda_on"),
            ("documents_ready", "documents_on"),
            ("held", "held_on"),
            ("minutes_signed", "minutes_signed_on"),
            ("commitments_tracked", "tracked_on"),
        ),
    },
    check=errors_of,
    warn=warnings_of,
    share=_share,
    more_ties=_more_ties,
    words=("our_head", "their_head", "venue", "minutes_number", "inherited_from"),
    flags=FLAGS,
    acts=_ACTS,
    panels=panels_of,
    print_context=print_context,
    dates=("next_due_on",),
    after_write=services.after_write,
)
clean_many, create_many, update_many, undo_many, probe, prepare, with_all, COLUMNS = doors(SCHEME)
