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
from bonphuong.reports.services.filing import file_edition
from bonphuong.reports.services.packaging import package_edition, package_receivers, parcel_of
from bonphuong.reports.services.reviewing import (
    add_comment,
    answer_review,
    ask_review,
    reply_comment,
    settle_comment,
    withdraw_review,
)
from bonphuong.reports.services.signing import NotReady, sign_edition, type_back
from bonphuong.reports.services.texts import TextLook, look_at_text
from bonphuong.reports.shipped import shipped_definition

__all__ = [
    "NotReady",
    "TextLook",
    "add_comment",
    "adopt_definition",
    "answer_review",
    "ask_review",
    "build_draft",
    "close_report_period",
    "discard_draft",
    "draft_content",
    "file_edition",
    "load_report_definitions",
    "look_at_text",
    "make_briefing",
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
    "type_back",
    "withdraw_review",
    "write_text",
]
