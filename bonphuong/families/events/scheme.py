"""Events as the kit sees them. The columns of conferences are those of the yearly annex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.events import queries, services, validators
from bonphuong.families.events.enums import Authority, ConferenceForm, EventForm, Kind, MediaForm
from bonphuong.families.events.models import (
    Arrangement,
    Endpoint,
    Event,
    Gift,
    Guest,
    Product,
    ProgrammeLine,
    Talk,
)
from bonphuong.families.events.panels import panels
from bonphuong.families.events.printing import print_context
from bonphuong.kit.doors import doors
from bonphuong.kit.specs import LEAD, TITLE, Act, Flag, Holds, LineSpec, Scheme, Spec

if TYPE_CHECKING:
    from bonphuong.kit.drafts import Draft

_CONF, _EVENT, _MEDIA = (Kind.CONFERENCE.value,), (Kind.EVENT.value,), (Kind.MEDIA.value,)
_HELD = (*_CONF, *_EVENT)
_FORM_NAMES = ("hình thức", "loại", "loại hình")
_CONF_WORDS = (("hội nghị", "conference"), ("hội thảo", "workshop"), ("tọa đàm", "round_table"), ("diễn đàn", "forum"),
               ("tập huấn", "training"))  # fmt: skip
_EVENT_WORDS = (("lễ hội", "festival"), ("triển lãm", "exhibition"), ("hội chợ", "exhibition"), ("giao lưu", "exchange"),
                ("tiếp khách", "reception"), ("chiêu đãi", "reception"), ("lễ ký", "ceremony"), ("diễn đàn", "forum"))  # fmt: skip
_MEDIA_WORDS = (("đoàn phóng viên", "foreign_media"), ("báo chí nước ngoài", "foreign_media"), ("họp báo", "press_conference"),
                ("tuyên truyền", "campaign"), ("ấn phẩm", "publication"), ("tập huấn", "training"))  # fmt: skip

_SPECS = (
    Spec("title", TITLE.holds, label=TITLE.label, required=True, on_screen=True, width=40,
         aliases=(*TITLE.aliases, "tên hội nghị, hội thảo", "tên hội nghị", "tên sự kiện", "tên đoàn")),
    Spec("form", kinds=_CONF, choices=ConferenceForm, required=True, on_screen=True, words=_CONF_WORDS,
         aliases=_FORM_NAMES, default=ConferenceForm.WORKSHOP),
    Spec("form", kinds=_EVENT, choices=EventForm, required=True, on_screen=True, words=_EVENT_WORDS,
         aliases=_FORM_NAMES, default=EventForm.EXCHANGE),
    Spec("form", kinds=_MEDIA, choices=MediaForm, required=True, on_screen=True, words=_MEDIA_WORDS,
         aliases=_FORM_NAMES, default=MediaForm.FOREIGN_MEDIA),
    Spec("lead_office", LEAD.holds, label=LEAD.label, part="who", on_screen=True, width=24,
         aliases=(*LEAD.aliases, "đơn vị tổ chức", "cơ quan tổ chức")),
    Spec("outlet", kinds=_MEDIA, part="who", on_screen=True, width=24, aliases=("cơ quan báo chí", "hãng", "đơn vị báo chí")),
    Spec("starts_on", part="days", on_screen=True, aliases=("thời gian", "ngày bắt đầu", "từ ngày")),
    Spec("ends_on", part="days", aliases=("ngày kết thúc", "đến ngày")),
    Spec("venue", on_screen=True, width=24, aliases=("địa điểm", "nơi tổ chức", "địa bàn tác nghiệp")),
    Spec("foreign_planned", part="heads", aliases=("đại biểu nước ngoài dự kiến", "số phóng viên dự kiến")),
    Spec("vietnamese_planned", kinds=_HELD, part="heads", aliases=("đại biểu việt nam dự kiến",)),
    Spec("foreign_actual", part="heads", late=True, on_screen=True,
         aliases=("số đại biểu nước ngoài", "đại biểu nước ngoài", "nước ngoài", "số phóng viên")),
    Spec("vietnamese_actual", kinds=_HELD, part="heads", late=True, on_screen=True,
         aliases=("số đại biểu việt nam", "đại biểu việt nam", "việt nam")),
    Spec("cost_vnd", Holds.DONG, part="money", aliases=("kinh phí", "tổng kinh phí", "dự toán")),
    Spec("funding", part="money", aliases=("nguồn kinh phí", "nguồn"),
         words=(("ngân sách tỉnh", "province"), ("đối tác nước ngoài", "foreign"), ("xã hội hóa", "social"))),
    Spec("funding_note", part="money"),
    Spec("decision_number", part="decision", late=True, on_screen=True,
         aliases=("số văn bản cho phép", "văn bản cho phép", "số văn bản", "số quyết định")),
    Spec("decided_on", part="decision", late=True, aliases=("ngày văn bản cho phép", "ngày cho phép", "ngày quyết định")),
    Spec("report_received_on", part="done", late=True, on_screen=True, aliases=("báo cáo", "ngày báo cáo", "báo cáo (ngày)")),
    Spec("part", kinds=_EVENT, on_screen=True, words=(("chủ trì", "host"), ("tham dự", "attended"), ("phối hợp", "co_host")),
         aliases=("vai trò", "tư cách")),
    Spec("mode", kinds=_HELD, words=(("trực tiếp", "on_site"), ("trực tuyến", "online")), aliases=("phương thức",)),
    Spec("authority", kinds=_CONF, part="decision", required=True, aliases=("thẩm quyền", "cấp cho phép"),
         default=Authority.PROVINCE, words=(("ubnd tỉnh", "province"), ("thủ tướng", "prime_minister"))),
    Spec("submitted_on", kinds=_CONF, part="decision", late=True, aliases=("ngày nộp hồ sơ", "ngày trình")),
    Spec("channel", aliases=("kênh", "trụ cột")),
    Spec("field", Holds.FIELD, aliases=("lĩnh vực",)),
    Spec("partner", Holds.PARTY, label=pgettext_lazy("event", "Foreign partner"), part="who", width=28,
         aliases=("đối tác", "đơn vị phối hợp nước ngoài", "bên nước ngoài")),
    Spec("country", Holds.COUNTRY, part="who", aliases=("nước", "quốc gia", "quốc tịch")),
    Spec("organiser_text", part="who", aliases=("ban tổ chức", "đơn vị phối hợp")),
    Spec("guide", kinds=_MEDIA, part="who", aliases=("cơ quan hướng dẫn", "đơn vị hướng dẫn")),
    Spec("unit", Holds.UNIT, aliases=("xã, phường", "địa bàn")),
    Spec("scheme_text", kinds=_CONF, part="scheme", width=40, aliases=("đề án", "mục đích, nội dung", "mục đích")),
    Spec("topics", part="scheme", width=40, aliases=("chủ đề", "nội dung")),
    Spec("languages", part="scheme", aliases=("ngôn ngữ",)),
    Spec("permit_number", kinds=_MEDIA, part="decision", aliases=("giấy phép", "số giấy phép")),
    Spec("permit_on", kinds=_MEDIA, part="decision", aliases=("ngày giấy phép",)),
    Spec("started_on", part="done", late=True, aliases=("ngày diễn ra", "ngày tổ chức")),
    Spec("ended_on", part="done", late=True),
    Spec("result", part="done", late=True, width=40, aliases=("kết quả",)),
)  # fmt: skip

_LINES = (
    LineSpec("programme", _("Programme"), _("item"), ProgrammeLine, (
        Spec("on", required=True, aliases=("ngày",)),
        Spec("begins_at", aliases=("từ", "giờ", "bắt đầu")),
        Spec("ends_at", aliases=("đến", "kết thúc")),
        Spec("what", required=True, width=36, aliases=("nội dung", "hoạt động")),
        Spec("where", aliases=("địa điểm",)),
        Spec("who", aliases=("thành phần", "chủ trì", "người thực hiện")),
    )),
    LineSpec("guests", _("Guests and precedence"), _("guest"), Guest, (
        Spec("precedence", aliases=("thứ bậc", "ngôi thứ", "tt")),
        Spec("side", words=(("ta", "ours"), ("khách", "guests"), ("bạn", "guests")), aliases=("bên", "phía")),
        Spec("full_name", required=True, aliases=("họ tên", "họ và tên")),
        Spec("name_native", aliases=("tên bản ngữ",)),
        Spec("post_then", width=28, aliases=("chức vụ", "chức danh")),
        Spec("unit_then", width=28, aliases=("đơn vị", "cơ quan")),
        Spec("country", Holds.COUNTRY, aliases=("nước", "quốc tịch")),
        Spec("seat", aliases=("chỗ ngồi", "vị trí")),
        Spec("interpreter", aliases=("phiên dịch",)),
        Spec("vehicle", aliases=("xe", "phương tiện")),
        Spec("came", aliases=("có mặt", "đã dự")),
        Spec("note", aliases=("ghi chú",)),
    ), hint=_("The first in precedence has number 1 on each side.")),
    LineSpec("gifts", _("Gifts"), _("gift"), Gift, (
        Spec("way", required=True, words=(("tặng", "given"), ("nhận", "received")), aliases=("chiều", "tặng/nhận")),
        Spec("what", required=True, width=28, aliases=("tặng phẩm", "quà")),
        Spec("quantity", aliases=("số lượng",), default=1),
        Spec("value_vnd", Holds.DONG, aliases=("giá trị", "trị giá")),
        Spec("person", aliases=("người nhận", "người tặng")),
        Spec("on", aliases=("ngày",)),
        Spec("kept_by", aliases=("nơi giữ", "nơi nộp")),
        Spec("note", aliases=("ghi chú",)),
    ), hint=_("The value is that of the whole line.")),
    LineSpec("arrangements", _("Protocol arrangements"), _("arrangement"), Arrangement, (
        Spec("sort", required=True, words=(("xe", "vehicle"), ("phiên dịch", "interpreter")), aliases=("loại", "việc")),
        Spec("what", required=True, width=32, aliases=("nội dung", "chi tiết")),
        Spec("who", aliases=("người phụ trách", "phụ trách")),
        Spec("when", aliases=("thời gian", "khi nào")),
        Spec("is_ready", aliases=("đã xong", "sẵn sàng")),
    )),
    LineSpec("endpoints", _("Online end-points"), _("end-point"), Endpoint, (
        Spec("place", required=True, aliases=("điểm cầu", "địa điểm")),
        Spec("country", Holds.COUNTRY, aliases=("nước",)),
        Spec("body", aliases=("đơn vị", "cơ quan")),
        Spec("heads", aliases=("số người",)),
    ), kinds=_HELD),
    LineSpec("talks", _("Papers read"), pgettext_lazy("conference", "paper"), Talk, (
        Spec("name", required=True, width=36, aliases=("tên tham luận", "tham luận")),
        Spec("speaker", aliases=("người trình bày", "tác giả")),
        Spec("post_then", aliases=("chức vụ",)),
        Spec("country", Holds.COUNTRY, aliases=("nước",)),
        Spec("language", aliases=("ngôn ngữ",)),
    ), kinds=_CONF),
    LineSpec("products", _("Media products"), _("product"), Product, (
        Spec("form", required=True, words=(("bài", "article"), ("phim", "film"), ("phóng sự ảnh", "photo")),
             aliases=("loại", "thể loại")),
        Spec("name", required=True, width=36, aliases=("tên", "tiêu đề")),
        Spec("outlet", aliases=("nơi đăng", "cơ quan báo chí")),
        Spec("language", aliases=("ngôn ngữ",)),
        Spec("published_on", aliases=("ngày đăng", "ngày phát")),
        Spec("count", aliases=("số lượng",), default=1),
        Spec("address", aliases=("đường dẫn", "địa chỉ")),
    ), kinds=_MEDIA),
)  # fmt: skip

_PROCEDURES = {
    Authority.PROVINCE: "events.conference",
    Authority.PRIME_MINISTER: "events.conference_pm",
    Authority.PARTY: "events.conference_party",
}


def procedure_of(draft: Draft) -> str:
    """Of a conference, by who permits it: filing begins earlier where the Prime Minister does."""
    if draft.kind != Kind.CONFERENCE:
        return f"events.{draft.kind}"
    return _PROCEDURES[Authority(draft.get("authority") or Authority.PROVINCE)]


_ROAD_END = (("held", "started_on"), ("reported", "report_received_on"))

SCHEME = Scheme(
    family="events",
    model=Event,
    specs=_SPECS,
    lines=_LINES,
    parts={
        "heads": pgettext_lazy("form", "Those who take part"),
        "scheme": pgettext_lazy("form", "The scheme"),
    },
    begins=("started_on", "starts_on"),
    ends=("ended_on", "ends_on", "started_on", "starts_on"),
    counts=("started_on",),
    road={
        "conference": (("submitted", "submitted_on"), ("approved", "decided_on"), *_ROAD_END),
        "event": (("approved", "decided_on"), *_ROAD_END),
        "media": (("approved", "decided_on"), *_ROAD_END),
    },
    check=validators.errors_of,
    warn=validators.warnings_of,
    words=("topics", "organiser_text", "venue", "outlet", "decision_number"),
    decision=("decision_number", "decided_on"),
    procedure=procedure_of,
    flags=(
        Flag("not_permitted", _("Not permitted yet"), queries.not_permitted),
        Flag("not_confirmed", _("Not confirmed as held"), queries.not_confirmed, tone="late"),
        Flag("not_reported", _("No report"), queries.not_reported, tone="late"),
        Flag("gifts_without_value", _("Gifts without a value"), queries.gifts_without_value),
    ),
    acts=(
        Act(
            "seat_guests",
            _("Seat the guests by precedence"),
            services.seat_guests,
            asks=(Spec("anew", Holds.FLAG, label=_("also those who have a seat")),),
            when=lambda row: bool(row.guests.all()),
        ),
        Act(
            "copy_programme",
            _("Take a programme over"),
            services.copy_programme,
            asks=(
                Spec(
                    "number", Holds.TEXT, label=_("Number of the record"), required=True, hint="SK-2025-003"
                ),
            ),
            when=lambda row: row.cancelled_on is None,
        ),
    ),
    panels=panels,
    print_context=print_context,
)
clean_many, create_many, update_many, undo_many, probe, prepare, with_all, COLUMNS = doors(SCHEME)
