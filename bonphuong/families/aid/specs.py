"""Fields and lines of aid, with the headings of annexes 5 (items) and 6 (foreign NGOs) and of officers' own sheets."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.aid.enums import AidKind, DonorKind, Kind, Outcome, Share
from bonphuong.families.aid.models import (
    Approach,
    Certificate,
    FurtherField,
    Good,
    Place,
    Result,
    Scope,
    Sum,
)
from bonphuong.kit.specs import LEAD, Holds, LineSpec, Spec

ITEM, RELIEF, DONOR, CALL = (kind.value for kind in Kind)
RECEIVED = (ITEM, RELIEF)
PLANNED = (ITEM, RELIEF, CALL)
_WORDS_OF_KINDS = (
    ("ct", "programme"), ("chương trình", "programme"), ("da", "project"), ("dự án", "project"),
    ("pda", "non_project"), ("phi dự án", "non_project"), ("khoản viện trợ phi dự án", "non_project"),
    ("cứu trợ", "relief"), ("cứu trợ khẩn cấp", "relief"),
)  # fmt: skip
_WORDS_OF_DONORS = (
    ("pcpnn", "foreign_ngo"), ("tổ chức phi chính phủ", "foreign_ngo"), ("ngo", "foreign_ngo"),
    ("đại sứ quán", "embassy"), ("tổng lãnh sự quán", "embassy"), ("địa phương nước ngoài", "locality"),
    ("doanh nghiệp", "company"), ("công ty", "company"), ("cá nhân", "person"), ("tổ chức quốc tế", "international"),
)  # fmt: skip
_WORDS_OF_CERTIFICATES = (
    ("đăng ký hoạt động", "operation"), ("giấy đăng ký hoạt động", "operation"), ("hoạt động", "operation"),
    ("vpđd", "representative_office"), ("văn phòng đại diện", "representative_office"),
    ("lập văn phòng đại diện", "representative_office"), ("văn phòng dự án", "project_office"),
)  # fmt: skip

SPECS = (
    Spec("title", Holds.TEXT, label=_("Title"), required=True, on_screen=True, width=40,
         aliases=("tên khoản", "tên khoản viện trợ", "tên chương trình, dự án", "tên dự án", "tên", "tên tổ chức",
                  "tên chương trình, dự án, phi dự án")),
    Spec("donor", Holds.PARTY, label=_("Donor"), part="who", on_screen=True, width=28,
         kinds=(ITEM, RELIEF, DONOR),
         aliases=("nhà tài trợ", "bên tài trợ", "bên cung cấp viện trợ", "tổ chức tài trợ", "tổ chức")),
    Spec("donor_kind", part="who", kinds=(ITEM, RELIEF, DONOR), words=_WORDS_OF_DONORS,
         default=DonorKind.FOREIGN_NGO, aliases=("loại nhà tài trợ", "loại hình tổ chức")),
    Spec("donor_country", Holds.COUNTRY, part="who", kinds=(ITEM, RELIEF, DONOR), on_screen=True,
         aliases=("quốc tịch", "nước", "nước tài trợ", "quốc tịch nhà tài trợ")),
    Spec("aid_kind", required=True, kinds=(ITEM,), words=_WORDS_OF_KINDS, default=AidKind.PROJECT, on_screen=True,
         aliases=("loại", "loại hình", "loại (ct/da/pda)", "ct/da/pda", "hình thức viện trợ")),
    Spec("disaster", kinds=(RELIEF,), width=30, aliases=("thiên tai", "sự cố", "lý do cứu trợ")),
    Spec("owner", part="who", kinds=PLANNED, width=28, on_screen=True,
         aliases=("chủ khoản viện trợ", "chủ dự án", "đơn vị tiếp nhận", "bên tiếp nhận", "đơn vị thụ hưởng")),
    Spec("managing_agency", part="who", kinds=PLANNED, width=28, aliases=("cơ quan chủ quản",)),
    LEAD,
    Spec("field", Holds.FIELD, on_screen=True, aliases=("lĩnh vực", "lĩnh vực hoạt động", "ngành, lĩnh vực")),
    Spec("places_text", width=30, on_screen=True,
         aliases=("địa bàn", "địa bàn thực hiện", "địa bàn hoạt động", "nơi thực hiện", "địa điểm")),
    Spec("content", width=40, aliases=("nội dung", "mục tiêu", "mục tiêu, nội dung", "hoạt động chính")),
    Spec("starts_on", part="days", kinds=PLANNED, aliases=("từ ngày", "bắt đầu", "thời gian bắt đầu")),
    Spec("ends_on", part="days", kinds=PLANNED, on_screen=True,
         aliases=("đến ngày", "kết thúc", "thời gian kết thúc")),
    # The way of an item.
    Spec("consented_on", part="days", kinds=(ITEM,), late=True),
    Spec("submitted_on", part="days", kinds=(ITEM,), late=True, aliases=("ngày nhận đủ hồ sơ",)),
    Spec("approved_on", part="decision", kinds=(ITEM,), late=True, on_screen=True,
         aliases=("ngày phê duyệt", "ngày quyết định")),
    Spec("decision_number", part="decision", kinds=(ITEM,), late=True, width=22,
         aliases=("số qđ phê duyệt", "số quyết định", "quyết định phê duyệt", "số qđ", "văn bản phê duyệt")),
    Spec("approved_by", part="decision", kinds=(ITEM,), words=(("ubnd tỉnh", "province"), ("tỉnh", "province"),
         ("thủ tướng", "prime_minister"), ("thủ tướng chính phủ", "prime_minister"), ("bộ", "ministry"),
         ("trung ương", "ministry")), aliases=("cấp phê duyệt", "cơ quan phê duyệt")),
    Spec("agreed_on", part="days", kinds=(ITEM,), late=True, aliases=("ngày ký thỏa thuận viện trợ",)),
    Spec("started_on", part="days", kinds=(ITEM,), late=True),
    Spec("adjusted_on", part="days", kinds=(ITEM,), late=True, aliases=("ngày điều chỉnh",)),
    Spec("completed_on", part="done", kinds=(ITEM,), late=True, aliases=("ngày hoàn thành", "ngày kết thúc thực tế")),
    Spec("settled_on", part="done", kinds=(ITEM,), late=True, aliases=("ngày quyết toán",)),
    Spec("closed_on", part="done", kinds=(ITEM, RELIEF, CALL), late=True),
    # The way of relief.
    Spec("need_on", part="days", kinds=(RELIEF,), late=True, aliases=("ngày kêu gọi",)),
    Spec("offered_on", part="days", kinds=(RELIEF,), late=True),
    Spec("accepted_on", part="decision", kinds=(RELIEF,), late=True, on_screen=True, aliases=("ngày tiếp nhận",)),
    Spec("distributed_on", part="done", kinds=(RELIEF,), late=True, on_screen=True, aliases=("ngày phân phối",)),
    Spec("reported_on", part="done", kinds=(RELIEF,), late=True),
    # A donor's file, annex 6.
    Spec("representative", part="who", kinds=(DONOR,), width=24, aliases=("đại diện", "người đại diện", "đại diện tổ chức")),
    Spec("active_on", part="days", kinds=(DONOR,), aliases=("hoạt động tại tỉnh từ",)),
    Spec("certificate_number", part="certificate", kinds=(DONOR,), on_screen=True, width=20,
         aliases=("số giấy đk", "số giấy đăng ký", "giấy đăng ký", "số giấy phép")),
    Spec("certificate_kind", part="certificate", kinds=(DONOR,), words=_WORDS_OF_CERTIFICATES, width=22,
         aliases=("loại giấy", "loại giấy đăng ký", "loại giấy đk")),
    Spec("certificate_from", part="certificate", kinds=(DONOR,), aliases=("hiệu lực từ", "ngày cấp", "có hiệu lực từ")),
    Spec("certificate_to", part="certificate", kinds=(DONOR,), on_screen=True,
         aliases=("hạn", "thời hạn", "hết hạn", "hiệu lực đến", "ngày hết hạn")),
    Spec("known_on", part="days", kinds=(DONOR,), late=True),
    Spec("asked_on", part="days", kinds=(DONOR,), late=True),
    Spec("opinion_on", part="days", kinds=(DONOR,), late=True),
    Spec("opinion_number", part="days", kinds=(DONOR,), late=True),
    Spec("extended_on", part="certificate", kinds=(DONOR,), late=True),
    Spec("amended_on", part="certificate", kinds=(DONOR,), late=True),
    Spec("ended_on", part="certificate", kinds=(DONOR,), late=True, aliases=("ngày chấm dứt",)),
    # A project that calls for aid.
    Spec("listed_on", part="decision", kinds=(CALL,), late=True, on_screen=True, aliases=("ngày phê duyệt danh mục",)),
    Spec("list_number", part="decision", kinds=(CALL,), aliases=("quyết định danh mục", "số qđ danh mục")),
    Spec("answered_on", part="done", kinds=(CALL,), late=True, on_screen=True),
    Spec("result", part="done", late=True, width=40, aliases=("kết quả", "tình hình thực hiện")),
)  # fmt: skip

_WORTH = (
    Spec("rate", hint=_("Đồng for one unit of the currency; of a sum in đồng: đồng for one US dollar."),
         aliases=("tỷ giá",)),
    Spec("rate_on", aliases=("ngày tỷ giá",)),
    Spec("rate_source", width=24, aliases=("nguồn tỷ giá",)),
    Spec("stated_vnd", Holds.DONG, hint=_("Only where a paper gives the sum in đồng beside its own currency."),
         aliases=("quy đổi vnđ", "thành tiền vnđ")),
    Spec("vnd", Holds.DONG, in_form=False, takes_import=False),
    Spec("usd", Holds.CENTS, in_form=False, takes_import=False),
)  # fmt: skip

SUMS = LineSpec(
    "sums", _("Money"), _("sum"), Sum,
    (
        Spec("series", required=True, width=18, aliases=("loại tiền", "chuỗi số liệu")),
        Spec("amount", Holds.MINOR, required=True, aliases=("số tiền",)),
        Spec("currency", Holds.CURRENCY, default="USD", aliases=("nguyên tệ", "loại tiền tệ")),
        Spec("year", aliases=("năm",)),
        Spec("on", aliases=("ngày",)),
        Spec("share", default=Share.OWN, aliases=("phần của",)),
        Spec("unit", Holds.UNIT, aliases=("tỉnh",), ties=False),
        Spec("newness"),
        *_WORTH,
        Spec("source", width=24, aliases=("văn bản", "nguồn")),
    ),
    kinds=PLANNED,
    hint=_(
        "Series are never added to one another. Pledged and disbursed sums need a day, slices a year. Of a project over "
        "several provinces enter our share; the whole and other provinces' shares are only told."
    ),
)  # fmt: skip

LINES = (
    SUMS,
    LineSpec(
        "goods", _("In kind"), _("thing given"), Good,
        (
            Spec("goods", required=True, width=30, aliases=("hàng hóa", "hiện vật", "tên hàng")),
            Spec("quantity", aliases=("số lượng",)),
            Spec("unit_word", aliases=("đơn vị tính", "đvt")),
            Spec("amount", Holds.MINOR, label=_("assessed value"), required=True, aliases=("giá trị", "trị giá")),
            Spec("currency", Holds.CURRENCY, default="VND"),
            Spec("on"),
            *_WORTH,
            Spec("assessed_by", width=24),
        ),
        kinds=RECEIVED,
        hint=_("The value of goods lies inside the item's own; it stands for it only where no sum is given."),
    ),
    LineSpec(
        "places", _("Districts and communes"), pgettext_lazy("aid", "place"), Place,
        (Spec("unit", Holds.UNIT, required=True), Spec("text", width=30)),
        kinds=PLANNED,
        hint=_("The main one first."),
    ),
    LineSpec(
        "further_fields", _("Further fields"), _("field"), FurtherField,
        (Spec("field", Holds.FIELD, required=True),),
        kinds=PLANNED,
    ),
    LineSpec(
        "results", _("Results"), _("result"), Result,
        (
            Spec("text", required=True, width=40, aliases=("kết quả", "chỉ tiêu")),
            Spec("unit_word", aliases=("đơn vị tính",)),
            Spec("target", aliases=("mục tiêu", "kế hoạch")),
            Spec("reached", aliases=("đạt được", "thực hiện")),
            Spec("people", aliases=("số người hưởng lợi",)),
            Spec("women", aliases=("nữ",)),
            Spec("on"),
        ),
        kinds=RECEIVED,
    ),
    LineSpec(
        "certificates", _("Certificates"), _("certificate"), Certificate,
        (
            Spec("number", required=True, width=20),
            Spec("kind", required=True, words=_WORDS_OF_CERTIFICATES),
            Spec("since", required=True),
            Spec("until", required=True),
            Spec("note", width=30),
        ),
        kinds=(DONOR,),
        hint=_("The certificate in force is put here by itself; enter earlier ones by hand."),
    ),
    LineSpec(
        "scopes", _("What the certificate allows"), _("field or place"), Scope,
        (
            Spec("field", Holds.FIELD),
            Spec("unit", Holds.UNIT, ties=False),
            Spec("aid_kind"),
            Spec("number", hint=_("Empty: every certificate.")),
        ),
        kinds=(DONOR,),
        hint=_("A field, a place, or a field in a place, one for each line."),
    ),
    LineSpec(
        "approaches", _("Approaches made"), _("approach"), Approach,
        (
            Spec("on", required=True),
            Spec("party", Holds.PARTY, label=_("Approached"), width=28),
            Spec("by", width=24, hint=_("Letter, meeting, programme at a conference.")),
            Spec("outcome", default=Outcome.WAITING),
            Spec("note", width=30),
        ),
        kinds=(CALL,),
    ),
)  # fmt: skip

PARTS = {"certificate": pgettext_lazy("form", "The certificate")}
