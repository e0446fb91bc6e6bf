"""Writes of procedures: the shipped data, an office's own rules, and cases on their way."""

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
from bonphuong.procedures.services.rules import copy_guards, set_deadline

__all__ = [
    "Opened",
    "Opening",
    "Passage",
    "copy_guards",
    "load_procedures",
    "open_case",
    "open_cases",
    "pass_through",
    "remove_cases",
    "reopen_if_changed",
    "set_deadline",
    "take",
]
