"""Posting what delegations stand for: the last thing that every write does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.families.delegations.facts import facts_of
from bonphuong.families.delegations.queries import with_all
from bonphuong.families.delegations.services.rows import FAMILY
from bonphuong.kernel.bulk import chunks
from bonphuong.ledger.facts import Standing
from bonphuong.ledger.services import settle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.families.delegations.models import Delegation
    from bonphuong.records.models import Record


def post(uids: Sequence[UUID], *, late_reason: str = "") -> None:
    """Settle these delegations as they stand now, read anew. Inside an open action."""
    rows: list[Delegation] = []
    for some in chunks(uids):
        rows += with_all().filter(pk__in=some)
    post_rows(rows, late_reason=late_reason)


def post_rows(rows: Sequence[Delegation], *, late_reason: str = "") -> None:
    """Settle delegations that were just written or read, with all that their facts need. Inside an open action."""
    standings = [
        Standing(row.record_id, FAMILY, row.record.book, row.record.version, facts_of(row)) for row in rows
    ]
    settle(standings=standings, late_reason=late_reason)


def reverse(records: Sequence[Record], *, late_reason: str = "") -> None:
    """Settle records that are being taken back: they stand for nothing from now on."""
    standings = [Standing(r.pk, FAMILY, r.book, r.version + 1, ()) for r in records]
    settle(standings=standings, late_reason=late_reason)
