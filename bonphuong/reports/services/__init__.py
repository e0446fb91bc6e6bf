"""Writes of reports."""

from bonphuong.reports.services.briefing import make_briefing
from bonphuong.reports.services.closing import close_report_period, reopen_report_period
from bonphuong.reports.services.definitions import adopt_definition, load_report_definitions
from bonphuong.reports.services.drafting import (
    build_draft,
    discard_draft,
    draft_content,
    reading_moment,
    set_estimate,
    write_text,
)
from bonphuong.reports.services.filing import file_edition, type_back
from bonphuong.reports.services.owning import (
    adopt_form,
    begin_form,
    change_form,
    discard_form,
    end_own_form,
    mistakes_in,
    try_form,
)
from bonphuong.reports.services.packaging import package_edition, package_receivers, parcel_of
from bonphuong.reports.services.reviewing import (
    add_comment,
    answer_review,
    ask_review,
    reply_comment,
    settle_comment,
    withdraw_review,
)
from bonphuong.reports.services.sending import note_sending, undo_sending
from bonphuong.reports.services.signing import NotReady, sign_edition
from bonphuong.reports.services.texts import TextLook, look_at_text
from bonphuong.reports.shipped import shipped_definition

__all__ = [
    "NotReady",
    "TextLook",
    "add_comment",
    "adopt_definition",
    "adopt_form",
    "answer_review",
    "ask_review",
    "begin_form",
    "build_draft",
    "change_form",
    "close_report_period",
    "discard_draft",
    "discard_form",
    "draft_content",
    "end_own_form",
    "file_edition",
    "load_report_definitions",
    "look_at_text",
    "make_briefing",
    "mistakes_in",
    "note_sending",
    "package_edition",
    "package_receivers",
    "parcel_of",
    "reading_moment",
    "reopen_report_period",
    "reply_comment",
    "set_estimate",
    "settle_comment",
    "shipped_definition",
    "sign_edition",
    "try_form",
    "type_back",
    "undo_sending",
    "withdraw_review",
    "write_text",
]
