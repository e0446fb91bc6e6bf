"""Writes of records: headers, their way through a procedure, links, papers, commitments."""

from bonphuong.records.services.asking import answer_opinion, ask_opinions, withdraw_opinion
from bonphuong.records.services.commitments import CommitmentDraft, add_commitment, change_commitment
from bonphuong.records.services.digests import write_digests
from bonphuong.records.services.headers import (
    create_header,
    create_headers,
    remove_records,
    strike_header,
    update_header,
)
from bonphuong.records.services.moves import (
    advance,
    move_record_to_version,
    move_records_to_version,
    pass_on,
    refresh_due,
    reopen_if_changed,
)
from bonphuong.records.services.papers import attach_papers
from bonphuong.records.services.ties import link, mark_duplicate, unlink, unmark_duplicate

__all__ = [
    "CommitmentDraft",
    "add_commitment",
    "advance",
    "answer_opinion",
    "ask_opinions",
    "attach_papers",
    "change_commitment",
    "create_header",
    "create_headers",
    "link",
    "mark_duplicate",
    "move_record_to_version",
    "move_records_to_version",
    "pass_on",
    "refresh_due",
    "remove_records",
    "reopen_if_changed",
    "strike_header",
    "unlink",
    "unmark_duplicate",
    "update_header",
    "withdraw_opinion",
    "write_digests",
]
