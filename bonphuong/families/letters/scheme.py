"""Letters as the kit sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bonphuong.families.letters import queries, services, validators
from bonphuong.families.letters.enums import Form, Kind
from bonphuong.families.letters.models import Letter
from bonphuong.kit.doors import doors
from bonphuong.kit.specs import LEAD, TITLE, Act, Flag, Holds, Panel, Scheme, Spec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kit.drafts import Draft

_IN, _OUT = (Kind.INCOMING.value,), (Kind.OUTGOING.value,)
_WORDS = (
    ("công hàm", Form.NOTE_VERBALE),
    ("công thư", Form.OFFICIAL_LETTER),
    ("công văn", Form.OFFICIAL_LETTER),
    ("thư", Form.LETTER),
    ("thư mời", Form.INVITATION),
    ("giấy mời", Form.INVITATION),
    ("thư điện tử", Form.EMAIL),
)

_SPECS = (
    Spec("title", TITLE.holds, label=_("Subject"), required=True, on_screen=True, width=40, aliases=TITLE.aliases),
    Spec("form", required=True, on_screen=True, words=tuple((word, str(code)) for word, code in _WORDS),
         aliases=("loại văn bản", "hình thức", "loại"), default=Form.OFFICIAL_LETTER),
    Spec("symbol", on_screen=True, aliases=("số, ký hiệu", "số ký hiệu", "số văn bản", "số")),
    Spec("dated_on", kinds=_IN, aliases=("ngày văn bản", "ngày ký", "ngày ban hành")),
    Spec("dated_on", kinds=_OUT, late=True, aliases=("ngày văn bản", "ngày ký", "ngày ban hành")),
    Spec("partner", Holds.PARTY, label=pgettext_lazy("letter", "From, or to"), part="who", required=True, on_screen=True,
         width=28, aliases=("nơi gửi", "nơi nhận", "cơ quan gửi", "cơ quan nhận", "đối tác", "bên gửi", "bên nhận")),
    Spec("country", Holds.COUNTRY, part="who", on_screen=True, aliases=("nước", "quốc gia")),
    Spec("signer", part="who", aliases=("người ký",)),
    Spec("signer_post", part="who", aliases=("chức vụ người ký",)),
    Spec("addressee", part="who", aliases=("kính gửi", "người nhận")),
    LEAD,
    Spec("handler_office", Holds.OFFICE, part="who", width=24, aliases=("đơn vị xử lý", "giao xử lý", "cơ quan xử lý")),
    Spec("received_on", part="days", kinds=_IN, required=True, on_screen=True, aliases=("ngày đến", "ngày nhận")),
    Spec("sent_on", part="days", kinds=_OUT, late=True, on_screen=True, aliases=("ngày đi", "ngày gửi")),
    Spec("urgency", aliases=("độ khẩn",)),
    Spec("language", aliases=("ngôn ngữ",)),
    Spec("way", part="days", aliases=("cách gửi", "đường gửi", "hình thức gửi")),
    Spec("field", Holds.FIELD, aliases=("lĩnh vực",)),
    Spec("content", width=40, aliases=("nội dung tóm tắt", "tóm tắt")),
    Spec("reply_to", kinds=_OUT, aliases=("trả lời hồ sơ",), hint=_("The number of our record of the letter received.")),
    Spec("needs_answer", part="answer", on_screen=True, aliases=("cần trả lời", "yêu cầu trả lời")),
    Spec("answer_due_on", part="answer", on_screen=True, aliases=("hạn trả lời", "hạn xử lý")),
    Spec("answered_on", part="answer", late=True, on_screen=True, aliases=("ngày trả lời",)),
    Spec("answer_symbol", part="answer", late=True, aliases=("văn bản trả lời", "số văn bản trả lời")),
    Spec("answer_record", part="answer", late=True, aliases=("hồ sơ trả lời",)),
    Spec("answer_summary", part="answer", late=True, width=40, aliases=("nội dung trả lời", "kết quả")),
)  # fmt: skip

_ANSWER_ASKS = (
    Spec("answered_on", Holds.DAY, label=_("answered on"), required=True),
    Spec("answer_symbol", Holds.TEXT, label=_("number and symbol of the answer")),
    Spec(
        "answer_record",
        Holds.TEXT,
        label=_("record of the answer"),
        hint=_("Its number, such as CTG-2026-004."),
    ),
    Spec("answer_summary", Holds.LONG_TEXT, label=_("what the answer says")),
    Spec("late_reason", Holds.TEXT, label=_("why it comes late, where the period is closed")),
)


def _unanswered(row: Letter) -> bool:
    return row.answered_on is None and row.cancelled_on is None and bool(row.received_on or row.sent_on)


def _can_reply(row: Letter) -> bool:
    return row.kind == Kind.INCOMING and row.answered_on is None and row.cancelled_on is None


def _share(draft: Draft) -> Sequence[str]:
    return (str(draft.get("handler_office_code") or ""),)


def panels(row: Letter, user: User) -> Sequence[Panel]:
    """Where the answer stands."""
    del user
    if row.answered_on is not None:
        said = (f"{row.answered_on:%d/%m/%Y}", row.answer_symbol, row.answer_record, row.answer_summary)
        return (Panel(label=_("Answered"), text=" · ".join(filter(None, said)), tone="good"),)
    if not row.needs_answer or row.cancelled_on is not None:
        return ()
    due = f"{row.answer_due_on:%d/%m/%Y}" if row.answer_due_on else gettext("no day was set")
    label = _("Waiting for our answer") if row.kind == Kind.INCOMING else _("Waiting for their answer")
    return (Panel(label=label, text=due, tone="warn"),)


SCHEME = Scheme(
    family="letters",
    model=Letter,
    specs=_SPECS,
    parts={"answer": pgettext_lazy("form", "The answer")},
    begins=("received_on", "sent_on", "dated_on"),
    counts=("received_on", "sent_on"),
    road={
        "incoming": (("answered", "answered_on"),),
        "outgoing": (("signed", "dated_on"), ("sent", "sent_on"), ("answered", "answered_on")),
    },
    check=validators.errors_of,
    warn=validators.warnings_of,
    share=_share,
    words=("symbol", "signer", "addressee", "content", "answer_symbol"),
    flags=(
        Flag("not_answered", _("Not answered yet"), queries.not_answered),
        Flag("answer_overdue", _("Answer overdue"), queries.answer_overdue, tone="late"),
        Flag("waiting_for_them", _("They have not answered"), queries.waiting_for_them),
    ),
    acts=(
        Act(
            "register_answer",
            _("Register the answer"),
            services.register_answer,
            asks=_ANSWER_ASKS,
            when=_unanswered,
        ),
        Act(
            "begin_reply",
            _("Write the answer"),
            services.begin_reply,
            asks=(Spec("title", Holds.TEXT, label=_("Subject")),),
            when=_can_reply,
            hint=_("A letter of ours begins with the same partner; sending it answers this one."),
        ),
    ),
    panels=panels,
    dates=("answer_due_on",),
    after_write=services.settle_replies,
)
clean_many, create_many, update_many, undo_many, probe, prepare, with_all, COLUMNS = doors(SCHEME)
