"""Support as the kit sees it: fields, lines, filters, acts, panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bonphuong.families.support import services
from bonphuong.families.support.enums import Role, Series
from bonphuong.families.support.models import Given, Group, Support, SupportSum
from bonphuong.families.support.panels import panels
from bonphuong.families.support.validators import errors_of, warnings_of
from bonphuong.kit.doors import doors
from bonphuong.kit.specs import LEAD, Act, Flag, Holds, LineSpec, Scheme, Spec

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

_KINDS = (
    ("công trình", "works"), ("xây dựng", "works"), ("hàng hóa", "goods"), ("thiết bị", "goods"), ("tiền", "money"),
    ("kinh phí", "money"), ("chuyên gia", "experts"), ("giáo viên", "experts"), ("lớp bồi dưỡng", "course"),
    ("bồi dưỡng ngắn hạn", "course"), ("đào tạo ngắn hạn", "course"), ("trao đổi chuyên môn", "exchange"),
)  # fmt: skip

SPECS = (
    Spec("title", Holds.TEXT, label=_("Title"), required=True, on_screen=True, width=40,
         aliases=("tên khoản", "tên khoản hỗ trợ", "nội dung hỗ trợ", "tên công trình", "tên")),
    Spec("partner", Holds.PARTY, label=_("Partner"), part="who", on_screen=True, width=28,
         aliases=("đối tác", "địa phương được hỗ trợ", "phía bạn", "tỉnh bạn", "đơn vị được hỗ trợ")),
    Spec("country", Holds.COUNTRY, part="who", default="LA", on_screen=True, aliases=("nước", "quốc gia")),
    Spec("support_kind", required=True, words=_KINDS, on_screen=True,
         aliases=("loại", "loại hỗ trợ", "hình thức", "hình thức hỗ trợ")),
    Spec("field", Holds.FIELD, on_screen=True, aliases=("lĩnh vực",)),
    LEAD,
    Spec("carried_out_by", part="who", width=28, aliases=("đơn vị thực hiện", "nhà thầu")),
    Spec("place", width=28, aliases=("địa điểm", "địa bàn", "nơi thực hiện")),
    Spec("content", width=40, aliases=("nội dung", "quy mô", "mục tiêu")),
    Spec("budget", part="money", words=(("ngân sách tỉnh", "province"), ("ngân sách trung ương", "central"),
         ("xã hội hóa", "raised")), aliases=("nguồn kinh phí", "nguồn vốn", "nguồn")),
    Spec("starts_on", part="days", aliases=("từ ngày", "bắt đầu")),
    Spec("ends_on", part="days", on_screen=True, aliases=("đến ngày", "kết thúc")),
    Spec("asked_on", part="days", late=True, aliases=("ngày bạn đề nghị",)),
    Spec("consulted_on", part="days", late=True),
    Spec("approved_on", part="decision", late=True, on_screen=True, aliases=("ngày phê duyệt", "ngày quyết định")),
    Spec("decision_number", part="decision", late=True, width=22,
         aliases=("số quyết định", "số qđ phê duyệt", "quyết định", "nghị quyết")),
    Spec("agreed_on", part="days", late=True),
    Spec("started_on", part="days", late=True, aliases=("ngày khởi công", "ngày thực hiện")),
    Spec("adjusted_on", part="days", late=True),
    Spec("completed_on", part="done", late=True, on_screen=True, aliases=("ngày bàn giao", "ngày hoàn thành")),
    Spec("settled_on", part="done", late=True, aliases=("ngày quyết toán",)),
    Spec("closed_on", part="done", late=True),
    Spec("result", part="done", late=True, width=40, aliases=("kết quả", "tình hình thực hiện")),
)  # fmt: skip

_WORTH = (
    Spec("rate", hint=_("Đồng for one unit of the currency; of a sum in đồng: đồng for one US dollar."),
         aliases=("tỷ giá",)),
    Spec("rate_on", aliases=("ngày tỷ giá",)),
    Spec("rate_source", width=24, aliases=("nguồn tỷ giá",)),
    Spec("stated_vnd", Holds.DONG, hint=_("Only where a paper gives the sum in đồng beside its own currency.")),
    Spec("vnd", Holds.DONG, in_form=False, takes_import=False),
    Spec("usd", Holds.CENTS, in_form=False, takes_import=False),
)  # fmt: skip

LINES = (
    LineSpec(
        "sums", _("Money"), _("sum"), SupportSum,
        (
            Spec("series", required=True, width=18),
            Spec("amount", Holds.MINOR, required=True, aliases=("số tiền",)),
            Spec("currency", Holds.CURRENCY, default="VND"),
            Spec("year", aliases=("năm",)),
            Spec("on", aliases=("ngày",)),
            Spec("newness"),
            *_WORTH,
            Spec("source", width=24, aliases=("văn bản", "nguồn")),
        ),
        hint=_("Series are never added to one another. Promised and disbursed sums need a day, slices a year."),
    ),
    LineSpec(
        "given", _("In kind"), _("thing given"), Given,
        (
            Spec("what", required=True, width=30, aliases=("hàng hóa", "thiết bị", "hạng mục")),
            Spec("quantity", aliases=("số lượng",)),
            Spec("unit_word", aliases=("đơn vị tính", "đvt")),
            Spec("amount", Holds.MINOR, label=_("value"), required=True, aliases=("giá trị", "trị giá")),
            Spec("currency", Holds.CURRENCY, default="VND"),
            Spec("on"),
            *_WORTH,
        ),
        hint=_("The value of things lies inside the item's own; it stands for it only where no sum is given."),
    ),
    LineSpec(
        "groups", _("People"), _("group"), Group,
        (
            Spec("role", required=True),
            Spec("people", required=True, aliases=("số người",)),
            Spec("women", aliases=("nữ",)),
            Spec("subject", width=30, aliases=("nội dung", "chuyên môn")),
            Spec("where", width=24, aliases=("nơi học", "địa điểm")),
            Spec("since", required=True, aliases=("từ ngày",)),
            Spec("until", aliases=("đến ngày",)),
        ),
        hint=_("Experts sent, people of the partner in short courses, professional exchange: counted, never named."),
    ),
)  # fmt: skip


def _running(row: Support) -> bool:
    return bool(row.approved_on and not (row.completed_on or row.cancelled_on or row.is_void))


def running(today: dt.date) -> Q:
    """Approved and not handed over."""
    del today
    return Q(support__approved_on__isnull=False, support__completed_on__isnull=True) & Q(
        support__cancelled_on__isnull=True, support__closed_on__isnull=True, support__is_void=False
    )


def without_slice(today: dt.date) -> Q:
    """Running, and nobody has said what is set aside this year."""
    slices = SupportSum.objects.filter(row=OuterRef("pk"), series=Series.YEAR_SLICE, year=today.year)
    return running(today) & ~Q(Exists(slices))


def past_its_end(today: dt.date) -> Q:
    """Running beyond its period."""
    return running(today) & Q(support__ends_on__lt=today)


def without_worth(today: dt.date) -> Q:
    """With a sum whose worth in dollars nobody knows."""
    del today
    return Q(Exists(SupportSum.objects.filter(row=OuterRef("pk"), usd__isnull=True)))


def with_experts(today: dt.date) -> Q:
    """With experts who are with the partner on the day."""
    there = Q(until__isnull=True) | Q(until__gte=today)
    return Q(Exists(Group.objects.filter(there, row=OuterRef("pk"), role=Role.EXPERT, since__lte=today)))


_AMOUNT: Sequence[Spec] = (
    Spec("amount", Holds.DECIMAL, label=_("Sum")),
    Spec("currency", Holds.CURRENCY, label=_("currency"), default="VND"),
)

_LATE = Spec("late_reason", Holds.TEXT, label=_("why it comes late, if the period is closed"))

SCHEME = Scheme(
    family="support",
    model=Support,
    specs=SPECS,
    lines=LINES,
    begins=("started_on", "starts_on", "approved_on", "asked_on"),
    ends=("completed_on", "ends_on"),
    counts=("approved_on",),
    road={
        "support": (
            ("partner_request", "asked_on"),
            ("consulting", "consulted_on"),
            ("approved", "approved_on"),
            ("agreed", "agreed_on"),
            ("implementing", "started_on"),
            ("handed_over", "completed_on"),
            ("settled", "settled_on"),
            ("closed", "closed_on"),
        )
    },
    check=errors_of,
    warn=warnings_of,
    words=("place", "carried_out_by", "decision_number"),
    decision=("decision_number", "approved_on"),
    flags=(
        Flag("running", _("Running"), running, tone=""),
        Flag("no_slice", _("Nothing set aside for this year"), without_slice),
        Flag("past_end", _("Past its period"), past_its_end),
        Flag("no_worth", _("Sum without a rate"), without_worth),
        Flag("experts", _("Experts with the partner now"), with_experts, tone=""),
    ),
    acts=(
        Act(
            "open_year",
            _("Enter this year's slice"),
            services.open_year,
            asks=(*_AMOUNT, _LATE),
            when=_running,
            hint=_("Without a sum, what was planned for the year is taken."),
        ),
        Act(
            "disburse",
            _("Note a disbursement"),
            services.disburse,
            asks=(
                Spec("on", Holds.DAY, label=_("Day"), required=True),
                *_AMOUNT,
                Spec("source", Holds.TEXT, label=_("paper")),
                _LATE,
            ),
            when=_running,
        ),
    ),
    panels=panels,
    dates=("ends_on", "approved_on"),
    after_write=services.after_write,
)

clean_many, create_many, update_many, undo_many, probe, prepare, with_all, COLUMNS = doors(SCHEME)
