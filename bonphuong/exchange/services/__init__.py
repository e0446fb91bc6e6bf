"""Writes: addresses of calendars; packages made, taken in, asked about, decided; keys confirmed."""

from bonphuong.exchange.services.feeds import MOST, FeedDraft, revoke, subscribe
from bonphuong.exchange.services.keys import make_key, trust_key
from bonphuong.exchange.services.letters import answer_file, answer_query, take_in_letter
from bonphuong.exchange.services.loading import load_deadlines
from bonphuong.exchange.services.receiving import (
    accept_package,
    ask_line,
    letter_file,
    return_package,
    take_in_package,
)
from bonphuong.exchange.services.sending import Parcel, make_package

__all__ = [
    "MOST",
    "FeedDraft",
    "Parcel",
    "accept_package",
    "answer_file",
    "answer_query",
    "ask_line",
    "letter_file",
    "load_deadlines",
    "make_key",
    "make_package",
    "return_package",
    "revoke",
    "subscribe",
    "take_in_letter",
    "take_in_package",
    "trust_key",
]
