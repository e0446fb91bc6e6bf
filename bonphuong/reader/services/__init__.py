"""Writes: reading papers, entering claims as stated figures, following requests, known states."""

from bonphuong.reader.services.entering import Acceptance, accept_claim, set_aside, take_up, withdraw_claim
from bonphuong.reader.services.following import follow_request
from bonphuong.reader.services.reading import file_and_read, read_document
from bonphuong.reader.services.states import load_known_states

__all__ = [
    "Acceptance",
    "accept_claim",
    "file_and_read",
    "follow_request",
    "load_known_states",
    "read_document",
    "set_aside",
    "take_up",
    "withdraw_claim",
]
