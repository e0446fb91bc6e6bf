"""Writes of procedures: the shipped data, an office's own rules, cases on their way, signatures, opinions."""

from bonphuong.procedures.services.approvals import AuthorityDraft, end_authority, grant_authority
from bonphuong.procedures.services.cases import (
    Opened,
    Opening,
    Passage,
    open_case,
    open_cases,
    pass_through,
    remove_cases,
    reopen_if_changed,
    take,
)
from bonphuong.procedures.services.loading import load_procedures
from bonphuong.procedures.services.moving import move_case, running_cases, version_of
from bonphuong.procedures.services.opinions import (
    Body,
    Reply,
    answer_opinion,
    ask_opinions,
    defer_opinion,
    may_answer,
    withdraw_opinion,
)
from bonphuong.procedures.services.rules import (
    Since,
    copy_guards,
    end_rule,
    set_deadline,
    set_guard,
    set_opinion_rule,
)

__all__ = [
    "AuthorityDraft",
    "Body",
    "Opened",
    "Opening",
    "Passage",
    "Reply",
    "Since",
    "answer_opinion",
    "ask_opinions",
    "copy_guards",
    "defer_opinion",
    "end_authority",
    "end_rule",
    "grant_authority",
    "load_procedures",
    "may_answer",
    "move_case",
    "open_case",
    "open_cases",
    "pass_through",
    "remove_cases",
    "reopen_if_changed",
    "running_cases",
    "set_deadline",
    "set_guard",
    "set_opinion_rule",
    "take",
    "version_of",
    "withdraw_opinion",
]
