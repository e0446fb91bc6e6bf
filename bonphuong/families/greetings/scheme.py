"""Greetings as the kit sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.families.greetings import mailmerge, queries, services, validators
from bonphuong.families.greetings.enums import OWN_LEVELS, PROMPT, YEARLY, Kind, Level
from bonphuong.families.greetings.models import Addressee, Greeting, Occasion
from bonphuong.families.greetings.panels import panels
from bonphuong.kit.doors import doors
from bonphuong.kit.specs import LEAD, TITLE, Act, Flag, Holds, LineSpec, Scheme, Spec
from bonphuong.records.enums import TieKind
from bonphuong.records.schema import Tie

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.kit.drafts import Draft

_SENT, _CAME, _YEAR = (Kind.CAMPAIGN.value,), (Kind.RECEIVED.value,), (Kind.CALENDAR.value,)
_BOTH = (*_SENT, *_CAME)
_WORDS = (
    ("quốc khánh", "national_day"),
    ("tết", "festival"),
    ("năm mới", "festival"),
    ("bunpimay", "festival"),
    ("chia buồn", "condolence"),
    ("nhậm chức", "appointment"),
    ("đắc cử", "election"),
    ("quan hệ ngoại giao", "ties"),
)
_LEVELS = (
    ("tỉnh ủy", Level.PARTY),
    ("hđnd tỉnh", Level.COUNCIL),
    ("ubnd tỉnh", Level.COMMITTEE),
    ("mttq", Level.FRONT),
    ("sở ngoại vụ", Level.DEPARTMENT),
    ("liên hiệp hữu nghị", Level.UNION),
)

_SPECS = (
    TITLE,
    Spec("year", kinds=_YEAR, required=True, on_screen=True, aliases=("năm",)),
    Spec("occasion", kinds=_BOTH, on_screen=True, words=_WORDS, aliases=("dịp", "loại dịp", "nội dung chúc mừng")),
    Spec("occasion_name", kinds=_BOTH, width=30, aliases=("tên dịp", "nhân dịp")),
    Spec("occasion_on", kinds=_BOTH, on_screen=True, aliases=("ngày lễ", "ngày kỷ niệm", "ngày")),
    Spec("feast_code", kinds=_SENT, takes_import=False, on_page=False,
         hint=_("Code of the feast; filled in by the calendar.")),
    Spec("country", Holds.COUNTRY, kinds=_BOTH, part="who", on_screen=True, aliases=("nước", "quốc gia")),
    Spec("partner", Holds.PARTY, label=pgettext_lazy("greeting", "Partner"), kinds=_BOTH, part="who", on_screen=True,
         width=28, aliases=("nơi gửi", "nơi nhận", "đối tác", "địa phương", "cơ quan")),
    Spec("level", part="who", on_screen=True, words=tuple((word, str(code)) for word, code in _LEVELS),
         aliases=("cấp gửi", "cấp ký", "cấp nhận", "cấp"), default=Level.COMMITTEE),
    LEAD,
    Spec("form", kinds=_BOTH, on_screen=True, aliases=("hình thức", "loại văn bản"), default="letter"),
    Spec("sender_name", kinds=_CAME, part="who", on_screen=True, aliases=("người gửi", "họ tên người gửi")),
    Spec("sender_native", kinds=_CAME, part="who", aliases=("tên bản ngữ",)),
    Spec("sender_post", kinds=_CAME, part="who", aliases=("chức vụ người gửi", "chức vụ")),
    Spec("addressed_to", kinds=_CAME, part="who", aliases=("gửi cho", "người nhận")),
    Spec("received_on", kinds=_CAME, part="days", required=True, on_screen=True, aliases=("ngày nhận", "ngày đến")),
    Spec("text", kinds=_BOTH, part="text", width=40, aliases=("nội dung", "nội dung thư"),
         hint=_("[họ tên], [chức danh], [địa phương], [dịp] and [năm] are filled in for each letter.")),
    Spec("last_text", kinds=_SENT, part="text", width=40, aliases=("nội dung năm trước",)),
    Spec("translation", kinds=_BOTH, part="text", width=40, aliases=("bản dịch",)),
    Spec("translation_language", kinds=_BOTH, part="text", aliases=("ngôn ngữ bản dịch",)),
    Spec("translator", kinds=_SENT, part="text", aliases=("người dịch",)),
    Spec("drafted_on", kinds=_SENT, part="days", late=True, aliases=("ngày soạn",)),
    Spec("translated_on", kinds=_SENT, part="days", late=True, aliases=("ngày dịch",)),
    Spec("approved_on", kinds=(*_SENT, *_YEAR), part="days", late=True, aliases=("ngày duyệt", "ngày ký")),
    Spec("approved_by", kinds=(*_SENT, *_YEAR), part="days", late=True, aliases=("người duyệt", "người ký")),
    Spec("sent_on", kinds=_SENT, part="days", late=True, on_screen=True, aliases=("ngày gửi",)),
    Spec("way", kinds=_BOTH, part="days", aliases=("cách gửi", "đường gửi")),
    Spec("in_person", kinds=_CAME, part="done", aliases=("trực tiếp",)),
    Spec("flowers", kinds=_CAME, part="done", aliases=("hoa",)),
    Spec("gift", kinds=_CAME, part="done", aliases=("quà", "tặng phẩm")),
    Spec("gift_vnd", Holds.DONG, kinds=_CAME, part="done", aliases=("giá trị quà",)),
    Spec("needs_answer", kinds=_CAME, part="done", on_screen=True, aliases=("cần đáp", "cần trả lời")),
    Spec("answered_on", kinds=_CAME, part="done", late=True, on_screen=True, aliases=("ngày đáp", "ngày trả lời")),
    Spec("answer_symbol", kinds=_CAME, part="done", late=True, aliases=("thư đáp", "văn bản đáp")),
    Spec("answer_record", kinds=_CAME, part="done", late=True, aliases=("hồ sơ đáp",)),
)  # fmt: skip

_ADDRESSEES = LineSpec(
    "addressees",
    _("Addressees"),
    _("addressee"),
    Addressee,
    (
        Spec("full_name", aliases=("họ tên", "họ và tên", "người nhận")),
        Spec("name_native", aliases=("tên bản ngữ", "tên tiếng trung", "tên tiếng lào")),
        Spec("title_then", width=28, aliases=("chức danh", "chức vụ")),
        Spec("party", Holds.PARTY, label=_("Body or place"), width=24, aliases=("đơn vị", "địa phương", "cơ quan")),
        Spec("country", Holds.COUNTRY, aliases=("nước",)),
        Spec("address", aliases=("xưng hô", "kính gửi")),
        Spec("language", aliases=("ngôn ngữ",)),
        Spec("signer", aliases=("người ký",)),
        Spec("signer_title", aliases=("chức danh người ký",)),
        Spec("level", aliases=("cấp ký",)),
        Spec("text", width=30, aliases=("nội dung riêng",)),
        Spec("last_text", width=30, aliases=("nội dung năm trước",)),
        Spec("translation", width=30, aliases=("bản dịch",)),
        Spec("symbol", aliases=("số, ký hiệu", "số")),
        Spec("left_out", aliases=("không gửi",)),
        Spec("sent_on", aliases=("ngày gửi",)),
        Spec("way", aliases=("cách gửi",)),
        Spec("in_person", aliases=("trực tiếp", "trao trực tiếp")),
        Spec("flowers", aliases=("hoa",)),
        Spec("gift", aliases=("quà", "tặng phẩm")),
        Spec("gift_vnd", Holds.DONG, aliases=("giá trị quà",)),
        Spec("acknowledged_on", aliases=("ngày báo nhận",)),
        Spec("replied_on", aliases=("ngày nhận thư đáp",)),
        Spec("reply", width=30, aliases=("nội dung thư đáp",)),
    ),
    kinds=_SENT,
    hint=_("The title stays as it was when the letter went, whoever holds the post later."),
)  # fmt: skip
_OCCASIONS = LineSpec(
    "occasions",
    _("Occasions"),
    _("occasion"),
    Occasion,
    (
        Spec("on", required=True, aliases=("ngày",)),
        Spec("name", required=True, width=32, aliases=("dịp", "tên dịp")),
        Spec("occasion", required=True, words=_WORDS, aliases=("loại", "loại dịp")),
        Spec("country", Holds.COUNTRY, aliases=("nước",)),
        Spec("party", Holds.PARTY, label=_("Partner"), aliases=("đối tác", "địa phương")),
        Spec("level", aliases=("cấp ký", "cấp gửi")),
        Spec("feast_code", on_page=False),
        Spec("campaign", aliases=("thư đã chuẩn bị",)),
        Spec("left_out", aliases=("không gửi",)),
        Spec("note", aliases=("ghi chú",)),
    ),
    kinds=_YEAR,
)

_LATE = Spec("late_reason", Holds.TEXT, label=_("why it comes late, where the period is closed"))
_NUMBER = Spec("number", Holds.WHOLE, label=_("Number of the line"), required=True)


def procedure_of(draft: Draft) -> str:
    """Who approves, and by which clock: news is answered at once, and an office's own head signs for it."""
    if draft.kind != Kind.CAMPAIGN:
        return f"greetings.{draft.kind}"
    road = "prompt" if draft.get("occasion") in PROMPT else "campaign"
    return f"greetings.{road}_own" if draft.get("level") in OWN_LEVELS else f"greetings.{road}"


def _ties(draft: Draft) -> Sequence[Tie]:
    parties = dict.fromkeys(str(line.get("party_code") or "") for line in draft.lines.get("addressees", ()))
    return [Tie(TieKind.PARTY, code) for code in parties if code]


def _comes_again(row: Greeting) -> bool:
    return row.kind == Kind.CAMPAIGN and row.occasion in YEARLY


def _went(row: Greeting) -> bool:
    return row.kind == Kind.CAMPAIGN and row.sent_on is not None


def _unsent(row: Greeting) -> bool:
    return row.kind == Kind.CAMPAIGN and row.sent_on is None and row.cancelled_on is None


def _has_letters(row: Greeting) -> bool:
    return row.kind == Kind.CAMPAIGN and row.cancelled_on is None and bool(row.addressees.all())


def _is_calendar(row: Greeting) -> bool:
    return row.kind == Kind.CALENDAR and row.cancelled_on is None


def _unanswered(row: Greeting) -> bool:
    return row.kind == Kind.RECEIVED and row.answered_on is None and row.cancelled_on is None


_ACTS = (
    Act("fill_calendar", _("Fill in the occasions of the year"), services.fill_calendar, when=_is_calendar),
    Act(
        "prepare",
        _("Prepare the greetings of an occasion"),
        services.prepare_from_calendar,
        asks=(_NUMBER,),
        when=_is_calendar,
        hint=_("With last year's addressees under the titles of today, last year's words beside."),
    ),
    Act(
        "take_addressees",
        _("Take in addressees from the posts of the day"),
        services.take_addressees,
        when=_unsent,
    ),
    Act(
        "file_letters",
        _("Print the letters"),
        services.file_letters,
        asks=(Spec("number", Holds.WHOLE, label=_("Number of the addressee; empty for all")),),
        needs=Permission.PAPER_ADD,
        when=_has_letters,
        hint=_("One Word file, a letter to a page, filed with the record."),
    ),
    Act(
        "note_reply",
        _("Note an acknowledgement or an answer"),
        services.note_reply,
        asks=(
            _NUMBER,
            Spec("acknowledged_on", Holds.DAY, label=_("receipt acknowledged on")),
            Spec("replied_on", Holds.DAY, label=_("answer received on")),
            Spec("reply", Holds.LONG_TEXT, label=_("what they answered")),
            _LATE,
        ),
        when=_went,
    ),
    Act("repeat", _("Prepare next year's"), services.repeat, when=_comes_again),
    Act(
        "answer",
        _("Register our answer"),
        services.answer_received,
        asks=(
            Spec("answered_on", Holds.DAY, label=_("answered on"), required=True),
            Spec("answer_symbol", Holds.TEXT, label=_("number and symbol of the answer")),
            Spec("answer_record", Holds.TEXT, label=_("record of the answer")),
            _LATE,
        ),
        when=_unanswered,
    ),
)

SCHEME = Scheme(
    family="greetings",
    model=Greeting,
    specs=_SPECS,
    lines=(_ADDRESSEES, _OCCASIONS),
    parts={"text": pgettext_lazy("form", "The words")},
    begins=("received_on", "occasion_on"),
    counts=("received_on", "sent_on"),
    road={
        "campaign": (("drafted", "drafted_on"), ("approved", "approved_on"), ("sent", "sent_on")),
        "received": (("answered", "answered_on"),),
        "calendar": (("approved", "approved_on"),),
    },
    check=validators.errors_of,
    warn=validators.warnings_of,
    more_ties=_ties,
    words=("occasion_name", "sender_name", "sender_post", "answer_symbol"),
    procedure=procedure_of,
    flags=(
        Flag("to_send", _("To be sent soon or late"), queries.to_send),
        Flag("not_acknowledged", _("Receipt not acknowledged"), queries.not_acknowledged),
        Flag("not_answered", _("Received and not answered"), queries.not_answered),
    ),
    acts=_ACTS,
    panels=panels,
    print_context=mailmerge.print_context,
    prints={"campaign": ("greeting_letters", "record_submission"), "calendar": ("record_submission",)},
)
clean_many, create_many, update_many, undo_many, probe, prepare, with_all, COLUMNS = doors(SCHEME)
