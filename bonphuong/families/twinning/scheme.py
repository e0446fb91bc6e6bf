"""What is kept of a twinned pair; the columns are those of the annex on twinning."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.twinning import queries, services
from bonphuong.families.twinning.enums import REVIEW_MONTHS, Deed
from bonphuong.families.twinning.models import Activity, Pair, Pause, Review
from bonphuong.families.twinning.validators import errors_of, warnings_of
from bonphuong.kit.doors import doors
from bonphuong.kit.specs import Act, Flag, Holds, LineSpec, Scheme, Spec

_LEVELS = (
    ("thôn", "village"), ("bản", "village"), ("thôn bản", "village"), ("thôn, bản", "village"),
    ("cụm dân cư", "village"), ("làng", "village"), ("xã", "commune"), ("thị trấn", "commune"),
    ("huyện", "district"), ("đồn", "post"), ("đồn biên phòng", "post"), ("đồn, trạm", "post"),
    ("sở", "department"), ("ngành", "department"), ("hội", "department"), ("tỉnh", "province"),
)  # fmt: skip

_SPECS = (
    Spec("title", Holds.TEXT, label=_("The pair"), required=True, on_screen=True, width=40,
         aliases=("cặp", "cặp kết nghĩa", "tên cặp", "tên cặp kết nghĩa"),
         hint=_("Both names, ours first: Pô Tô – Cửa Cải.")),
    Spec("level", required=True, on_screen=True, width=18, words=_LEVELS,
         aliases=("cấp", "cấp kết nghĩa", "loại hình")),
    Spec("ours_text", part="who", required=True, width=28,
         aliases=("phía ta", "bên ta", "phía việt nam", "thôn, bản của ta", "đơn vị của ta")),
    Spec("ours_unit", Holds.UNIT, part="who", aliases=("xã", "địa bàn")),
    Spec("partner", Holds.PARTY, part="who", label=_("Their side"), on_screen=True, width=28,
         aliases=("phía bạn", "bên bạn", "phía trung quốc", "phía lào", "đối tác")),
    Spec("country", Holds.COUNTRY, part="who", default="CN", aliases=("nước", "quốc gia")),
    Spec("lead_office", Holds.OFFICE, label=_("Office that looks after it"), part="who", width=24,
         aliases=("đơn vị chủ trì", "cơ quan theo dõi", "đơn vị theo dõi", "đơn vị")),
    Spec("field", Holds.FIELD, part="who", aliases=("lĩnh vực",)),
    Spec("signed_on", part="days", late=True, on_screen=True,
         aliases=("ngày ký", "ngày ký kết", "ngày kết nghĩa", "thời gian ký")),
    Spec("contents_count", on_screen=True, width=10, part="contents",
         aliases=("số nội dung", "nội dung (số)")),
    Spec("contents", part="contents", aliases=("nội dung", "nội dung kết nghĩa"), width=40),
    Spec("minutes_number", part="contents", aliases=("biên bản", "số biên bản", "quyết định", "văn bản")),
    Spec("signed_place", part="contents", aliases=("nơi ký", "địa điểm ký")),
    Spec("reviewed_on", part="days", late=True, on_screen=True,
         aliases=("lần sơ kết gần nhất", "sơ kết gần nhất", "ngày sơ kết", "sơ kết")),
    Spec("review_result", part="done", late=True, width=30, aliases=("kết quả sơ kết",)),
    Spec("standing", on_screen=True, in_form=False, takes_import=False, width=14,
         aliases=("trạng thái", "tình trạng")),
    Spec("next_review_on", in_form=False, takes_import=False),
    Spec("review_months", part="days", default=REVIEW_MONTHS, width=10, aliases=("chu kỳ sơ kết (tháng)",)),
    Spec("surveyed_on", part="days", late=True),
    Spec("proposed_on", part="days", late=True),
    Spec("authorised_on", part="days", late=True, aliases=("ngày cho phép", "ngày cho chủ trương")),
    Spec("agreed_on", part="days", late=True),
    Spec("active_on", part="days", late=True, aliases=("ngày hoạt động",),
         hint=_("Where the day of signature is not known: a day on which they are known to be twinned.")),
    Spec("expires_on", part="days", aliases=("hiệu lực đến", "thời hạn")),
    Spec("renewed_on", part="days", late=True, aliases=("ngày gia hạn", "ngày ký lại")),
    Spec("paused_on", part="days", late=True, aliases=("ngày tạm dừng",)),
    Spec("pause_reason", part="days", late=True, aliases=("lý do tạm dừng",)),
    Spec("resumed_on", part="days", late=True, aliases=("ngày khôi phục", "ngày nối lại")),
    Spec("ended_on", part="days", late=True, aliases=("ngày kết thúc", "ngày chấm dứt")),
    Spec("end_reason", part="days", late=True, aliases=("lý do kết thúc",)),
    Spec("source", part="contents", aliases=("nguồn",), width=24),
    Spec("remark", part="done", aliases=("ghi chú",), width=30),
)  # fmt: skip

_ACTIVITY = (
    Spec("on", required=True, aliases=("ngày",)),
    Spec("until", aliases=("đến ngày",)),
    Spec("deed", aliases=("loại", "hình thức"), default=Deed.EXCHANGE),
    Spec("what", required=True, width=40, aliases=("nội dung", "việc đã làm")),
    Spec("place", aliases=("địa điểm",)),
    Spec("people_ours", aliases=("số người ta", "phía ta")),
    Spec("people_theirs", aliases=("số người bạn", "phía bạn")),
)

SCHEME = Scheme(
    family="twinning",
    model=Pair,
    specs=_SPECS,
    lines=(
        LineSpec("activities", _("Activities"), _("activity"), Activity, _ACTIVITY,
                 hint=_("Exchange days, publicity, watching over line and markers, help: one for each line.")),
        LineSpec("reviews", _("Reviews"), _("review"), Review,
                 (Spec("on", required=True), Spec("review_kind"), Spec("result", width=40), Spec("paper"))),
        LineSpec("pauses", _("Pauses"), pgettext_lazy("twinning", "pause"), Pause,
                 (Spec("since", required=True), Spec("until"), Spec("reason", width=30))),
    ),
    parts={"contents": pgettext_lazy("form", "What was agreed")},
    begins=("signed_on", "active_on", "proposed_on", "surveyed_on"),
    ends=("ended_on",),
    counts=("signed_on", "active_on"),
    road={
        "pair": (
            ("proposed", "proposed_on"),
            ("authorised", "authorised_on"),
            ("agreed_with_partner", "agreed_on"),
            ("signed", "signed_on"),
            # What was signed runs, unless somebody says from which other day.
            ("active", "signed_on"),
            ("active", "active_on"),
            ("ended", "ended_on"),
        )
    },
    check=errors_of,
    warn=warnings_of,
    changes={"pause": services.paused_again, "renew": services.renewed},
    words=("ours_text", "minutes_number"),
    flags=(
        Flag("silent", _("Silent for a year"), queries.silent),
        Flag("review_overdue", _("Review overdue"), queries.review_overdue),
        Flag("paused", _("Paused"), queries.paused, tone=""),
    ),
    acts=(
        Act(
            "note_activity",
            _("Note an activity"),
            services.note_activity,
            asks=(
                Spec("on", Holds.DAY, label=_("Day"), required=True),
                Spec("deed", Holds.CHOICE, label=_("Kind"), choices=Deed, default=Deed.EXCHANGE),
                Spec("what", Holds.LONG_TEXT, label=_("What was done"), required=True),
                Spec("people_ours", Holds.WHOLE, label=_("Our people")),
                Spec("people_theirs", Holds.WHOLE, label=_("Their people")),
            ),
            when=lambda row: row.since is not None and row.ended_on is None,
        ),
    ),
    panels=queries.panels,
    after_write=services.follow,
)  # fmt: skip

clean_many, create_many, update_many, undo_many, probe, prepare, with_all, COLUMNS = doors(SCHEME)
