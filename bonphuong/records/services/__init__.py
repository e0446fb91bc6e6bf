"""Writes of records: headers, their way through a procedure, links, papers, commitments."""

from bonphuong.records.services.commitments import CommitmentDraft, add_commitment, change_commitment
from bonphuong.records.services.headers import (
    create_header,
    create_headers,
    remove_records,
    strike_header,
    update_header,
)
from bonphuong.records.services.moves import advance, pass_on, refresh_due, reopen_if_changed
from bonphuong.records.services.papers import attach_papers
from bonphuong.records.services.ties import link, mark_duplicate, unlink, unmark_duplicate

__all__ = [
    "CommitmentDraft",
    "add_commitment",
    "advance",
    "attach_papers",
    "change_commitment",
    "create_header",
    "create_headers",
    "link",
    "mark_duplicate",
    "pass_on",
    "refresh_due",
    "remove_records",
    "reopen_if_changed",
    "strike_header",
    "unlink",
    "unmark_duplicate",
    "update_header",
]
