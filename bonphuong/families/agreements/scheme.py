"""What an agreement keeps, for forms, sheets and pages. Its columns are those of annex 3 of the yearly report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.agreements import services
from bonphuong.families.agreements.changes import CHANGES
from bonphuong.families.agreements.enums import Classified, Kind, Level, Progress, Proposal
from bonphuong.families.agreements.models import Agreement, Assessment, Signatory, Text
from bonphuong.families.agreements.printing import print_context
from bonphuong.families.agreements.queries import FLAGS, panels_of
from bonphuong.families.agreements.validators import errors_of, warnings_of
from bonphuong.kit.doors import doors
from bonphuong.kit.specs import LEAD, TITLE, Act, Holds, LineSpec, Scheme, Spec
from bonphuong.records.enums import CommitmentSide
from bonphuong.records.schema import Tie

if TYPE_CHECKING:
    from bonphuong.kit.drafts import Draft

_A, _M = (Kind.AGREEMENT.value,), (Kind.MINUTES.value,)
_LEVELS = (
    ("tỉnh", "province"), ("cấp tỉnh", "province"), ("ubnd tỉnh", "province"), ("sở", "department"),
    ("cấp sở", "department"), ("sở, ngành", "department"), ("xã", "commune"), ("cấp xã", "commune"),
    ("xã biên giới", "commune"), ("liên hiệp", "union"), ("tổ chức", "union"), ("huyện", "district"),
    ("cấp huyện", "district"),
)  # fmt: skip
_FORMS = (
    ("thỏa thuận hợp tác", "agreement"), ("bản ghi nhớ", "memorandum"), ("mou", "memorandum"),
    ("chương trình hợp tác", "programme"), ("kế hoạch hợp tác", "programme"), ("ý định thư", "letter"),
    ("thư thỏa thuận", "letter"), ("biên bản làm việc", "minutes"),
)  # fmt: skip


def _day(name: str, part: str, *aliases: str, kinds: tuple[str, ...] = _A) -> Spec:
    """A day of something that has happened."""
    return Spec(name, part=part, late=True, kinds=kinds, aliases=aliases, width=12)


_MAIN = (
    TITLE,
    Spec("our_side", part="who", on_screen=True, width=28,
         aliases=("bên ký việt nam", "bên ký vn", "bên việt nam", "phía việt nam", "bên ta")),
    Spec("partner", Holds.PARTY, part="who", on_screen=True, width=28,
         aliases=("bên ký nước ngoài", "bên nước ngoài", "đối tác", "phía nước ngoài", "bên bạn", "địa phương nước ngoài")),
    Spec("country", Holds.COUNTRY, part="who", aliases=("nước", "quốc gia")),
    _day("signed_on", "sign", "ngày ký", "ngày tháng ký", "thời gian ký", kinds=()),
    Spec("signed_at", part="sign", late=True, aliases=("nơi ký", "địa điểm ký"), width=18),
    Spec("level", on_screen=True, aliases=("cấp ký", "cấp", "cấp ký kết"), words=_LEVELS, width=14),
    Spec("form", aliases=("hình thức", "loại văn bản", "loại"), words=_FORMS, width=18),
    Spec("field", Holds.FIELD, on_screen=True, aliases=("lĩnh vực", "lĩnh vực hợp tác"), width=18),
    _day("effective_on", "force", "hiệu lực", "ngày có hiệu lực", "hiệu lực từ"),
    Spec("expires_on", part="force", kinds=_A, on_screen=True, width=12,
         aliases=("hết hạn", "ngày hết hạn", "ngày hết hiệu lực", "hiệu lực đến", "thời hạn đến")),
    Spec("implementation", part="done", aliases=("tình hình thực hiện", "kết quả thực hiện", "thực hiện"), width=40),
    Spec("inherited_from", part="inherit", late=True, kinds=_A, aliases=("kế thừa", "kế thừa từ"), width=24),
)  # fmt: skip

_MORE = (
    Spec("content", aliases=("nội dung chính", "nội dung hợp tác"), width=40),
    Spec("channel", aliases=("kênh",), default="state"),
    Spec("is_amendment", kinds=_A, aliases=("văn bản sửa đổi",)),
    Spec("source", aliases=("nguồn", "căn cứ")),
    LEAD,
    Spec("planned_on", part="sign", kinds=_A, aliases=("dự kiến ký",)),
    _day("consulting_on", "consult", "ngày lấy ý kiến"),
    _day("consulted_on", "consult", "ngày có ý kiến"),
    Spec("has_objection", part="consult", late=True, kinds=_A),
    _day("pm_asked_on", "consult", "ngày trình thủ tướng"),
    _day("pm_opinion_on", "consult"),
    _day("decided_on", "decision", "ngày quyết định"),
    Spec("decision_number", part="decision", late=True, kinds=_A, aliases=("số quyết định", "văn bản cho phép")),
    _day("reported_on", "sign", "ngày báo cáo"),
    _day("copy_sent_on", "sign", "ngày gửi bản sao"),
    Spec("term", part="force", kinds=_A, aliases=("thời hạn", "thời hạn hiệu lực")),
    Spec("has_no_end", part="force", kinds=_A, aliases=("không thời hạn", "vô thời hạn")),
    Spec("renewal", part="force", kinds=_A, aliases=("điều khoản gia hạn", "gia hạn"),
         words=(("tự động gia hạn", "automatic"), ("tự động", "automatic"), ("không", "none"))),
    Spec("equal_texts", part="force", kinds=_A),
    _day("renewed_on", "force", "ngày gia hạn"),
    _day("amended_on", "force", "ngày sửa đổi"),
    _day("suspended_on", "force", "ngày tạm đình chỉ"),
    _day("resumed_on", "force"),
    _day("lapsed_on", "force"),
    _day("ended_on", "force", "ngày chấm dứt"),
    Spec("end_reason", part="force", late=True, kinds=_A, aliases=("lý do chấm dứt",)),
    Spec("original_office", Holds.OFFICE, part="inherit", kinds=_A),
    Spec("original_unit", Holds.UNIT, part="inherit", kinds=_A, aliases=("đơn vị ký cũ", "huyện ký")),
    _day("inherited_on", "inherit", "ngày kế thừa"),
    Spec("inherited_basis", part="inherit", late=True, kinds=_A, aliases=("căn cứ kế thừa",)),
    Spec("heir_office", Holds.OFFICE, part="inherit", late=True, kinds=_A, aliases=("cơ quan kế thừa",)),
    Spec("heir_unit", Holds.UNIT, part="inherit", late=True, kinds=_A, ties=False),
    Spec("heir_level", part="inherit", late=True, kinds=_A, choices=Level, words=_LEVELS),
    _day("names_updated_on", "inherit"),
    _day("reviewed_on", "inherit"),
    Spec("review", part="inherit", late=True, kinds=_A),
    _day("kept_on", "inherit"),
    Spec("plan_number", part="done", kinds=_A, aliases=("kế hoạch triển khai",)),
    Spec("classified_as", part="law", late=True, choices=Classified, aliases=("phân loại",)),
    _day("classified_on", "law", kinds=()),
    Spec("classified_by", part="law", late=True, aliases=("người phân loại",)),
    Spec("classification_reason", part="law", late=True, aliases=("lý do phân loại",)),
)  # fmt: skip

_LINES = (
    LineSpec(
        "signatories",
        _("Signatories"),
        _("signatory"),
        Signatory,
        (
            Spec("side", words=(("ta", "ours"), ("bạn", "theirs"))),
            Spec("name_then", required=True, width=30, aliases=("tên khi ký", "bên ký")),
            Spec("name_now", width=30, aliases=("tên hiện nay",)),
            Spec("unit", Holds.UNIT),
            Spec("party", Holds.PARTY),
            Spec("signer", aliases=("người ký",)),
            Spec("signer_post", aliases=("chức vụ người ký",)),
        ),
        hint=_("All who signed, on both sides, called as they were then."),
    ),
    LineSpec(
        "texts",
        _("Texts in several languages"),
        _("text"),
        Text,
        (
            Spec("language", required=True, aliases=("ngôn ngữ",)),
            Spec("title", Holds.TEXT, width=30, aliases=("tên gọi",)),
            Spec("is_authentic", default=True),
            Spec("reference", width=24, aliases=("tệp", "văn bản")),
            Spec("body", width=60, aliases=("nội dung",)),
        ),
        hint=_("Name a file of the dossier by its number or its own name: its digest is kept with the text."),
    ),
    LineSpec(
        "assessments",
        _("Yearly assessments"),
        _("assessment"),
        Assessment,
        (
            Spec("year", required=True, aliases=("năm",)),
            Spec("assessed_on"),
            Spec("progress", required=True, aliases=("mức độ thực hiện",)),
            Spec("results", width=40, aliases=("kết quả",)),
            Spec("hindrances", width=40, aliases=("khó khăn, vướng mắc",)),
            Spec("proposal", aliases=("đề xuất",)),
            Spec("office", Holds.OFFICE),
        ),
        kinds=_A,
        hint=_("Directive 56-CT/TW asks that what was signed is reviewed and its carrying out followed."),
    ),
)


def _is_applied(row: Agreement) -> bool:
    return row.is_agreement and row.effective_on is not None and row.ended_on is None and not row.is_void


def _is_signed(row: Agreement) -> bool:
    return row.signed_on is not None and not row.is_void


_ACTS = (
    Act(
        "amend",
        _("Begin an amendment"),
        services.begin_amendment,
        (Spec("title", Holds.TEXT, label=_("Name of the amendment")),),
        when=_is_applied,
        hint=_("A new record is made that follows this one. When it is signed, note the amendment here."),
    ),
    Act(
        "replace",
        _("Begin an agreement in its place"),
        services.begin_replacement,
        (Spec("title", Holds.TEXT, label=_("Name of the new agreement")),),
        when=_is_applied,
    ),
    Act(
        "assess",
        _("Assess a year"),
        services.assess,
        (
            Spec("year", Holds.YEAR, label=_("Year")),
            Spec("progress", Holds.CHOICE, label=_("Progress"), choices=Progress, required=True),
            Spec("results", Holds.LONG_TEXT, label=_("Results")),
            Spec("hindrances", Holds.LONG_TEXT, label=_("What stands in the way")),
            Spec("proposal", Holds.CHOICE, label=_("Proposal"), choices=Proposal),
        ),
        when=_is_applied,
    ),
    Act(
        "oblige",
        _("Note obligations"),
        services.oblige,
        (
            Spec("obligations", Holds.LONG_TEXT, label=_("Obligations, one a line"), required=True),
            Spec("side", Holds.CHOICE, label=_("Whose turn it is"), choices=CommitmentSide, default="ours"),
            Spec("office", Holds.OFFICE, label=_("Office that follows them up")),
            Spec("due_on", Holds.DAY, label=pgettext_lazy("obligation", "Due on")),
        ),
        when=_is_signed,
    ),
    Act(
        "classify",
        _("Say what it is in law"),
        services.classify,
        (
            Spec(
                "classified_as", Holds.CHOICE, label=_("What it is in law"), choices=Classified, required=True
            ),
            Spec("classification_reason", Holds.LONG_TEXT, label=_("Why so"), required=True),
        ),
        when=_is_signed,
        hint=_(
            "Minutes and memoranda count as international agreements only where a person says so, with a reason."
        ),
    ),
)


def _procedure(draft: Draft) -> str:
    if draft.kind == Kind.AGREEMENT and draft.get("level") in {Level.DEPARTMENT, Level.COMMUNE, Level.UNION}:
        return "agreements.unit"
    return ""


def _more_ties(draft: Draft) -> list[Tie]:
    found = []
    for line in draft.lines.get("signatories", ()):
        found += [
            Tie("unit", str(line.get("unit_code") or "")),
            Tie("party", str(line.get("party_code") or "")),
        ]
    return found


def _share(draft: Draft) -> list[str]:
    return [str(draft.get(name) or "") for name in ("original_office_code", "heir_office_code")]


SCHEME = Scheme(
    family="agreements",
    model=Agreement,
    specs=(*_MAIN, *_MORE),
    lines=_LINES,
    parts={
        "sign": pgettext_lazy("form", "Signing"),
        "consult": pgettext_lazy("form", "Opinions"),
        "force": pgettext_lazy("form", "Force"),
        "inherit": pgettext_lazy("form", "Inheritance"),
        "law": pgettext_lazy("form", "What it is in law"),
    },
    # The day on which signing is expected gives no year of a number.
    begins=("signed_on", "effective_on"),
    ends=("ended_on", "expires_on"),
    counts=("signed_on", "effective_on"),
    road={
        Kind.AGREEMENT.value: (
            ("consulting", "consulting_on"),
            ("consulted", "consulted_on"),
            ("pm_opinion", "pm_asked_on"),
            ("approved", "decided_on"),
            ("signed", "signed_on"),
            ("reported", "reported_on"),
            ("in_force", "effective_on"),
            ("inherited", "inherited_on"),
            ("name_updated", "names_updated_on"),
            ("reviewed", "reviewed_on"),
            ("kept", "kept_on"),
            ("expired", "ended_on"),
        ),
        Kind.MINUTES.value: (("signed", "signed_on"), ("classified", "classified_on")),
    },
    check=errors_of,
    warn=warnings_of,
    changes=CHANGES,
    share=_share,
    more_ties=_more_ties,
    words=("our_side", "inherited_from", "decision_number"),
    decision=("decision_number", "decided_on"),
    procedure=_procedure,
    flags=FLAGS,
    acts=_ACTS,
    panels=panels_of,
    print_context=print_context,
    dates=("expires_on",),
    after_write=services.after_write,
)
clean_many, create_many, update_many, undo_many, probe, prepare, with_all, COLUMNS = doors(SCHEME)
