"""Writes of the ledger. `posting` is for other services; `declaring` is what a person does, with permission."""

from bonphuong.ledger.services.declaring import (
    close_books,
    declare_complete,
    reopen_books,
    state_figure,
    take_back,
)
from bonphuong.ledger.services.posting import (
    LateReasonNeeded,
    close_period,
    declare_coverage,
    post_statement,
    reopen_period,
    settle,
    withdraw_statement,
)

__all__ = [
    "LateReasonNeeded",
    "close_books",
    "close_period",
    "declare_complete",
    "declare_coverage",
    "post_statement",
    "reopen_books",
    "reopen_period",
    "settle",
    "state_figure",
    "take_back",
    "withdraw_statement",
]
