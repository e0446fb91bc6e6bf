"""Writes of calls for contributions."""

from bonphuong.contributions.services.answering import (
    accept_answer,
    give_answer,
    return_answer,
    take_in_file,
)
from bonphuong.contributions.services.calling import chase, close_call, draft_call, rewrite_call, send_call
from bonphuong.contributions.services.merging import merge_answers, save_merged, state_answers

__all__ = [
    "accept_answer",
    "chase",
    "close_call",
    "draft_call",
    "give_answer",
    "merge_answers",
    "return_answer",
    "rewrite_call",
    "save_merged",
    "send_call",
    "state_answers",
    "take_in_file",
]
