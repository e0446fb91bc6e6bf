"""Posting what records stand for: the last thing that every write does."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from bonphuong.kernel.bulk import chunks
from bonphuong.kit.queries import scheme_of, with_all
from bonphuong.ledger.facts import Standing
from bonphuong.ledger.services import settle
from bonphuong.records.models import Record
from bonphuong.records.registry import get_family

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID


def post(uids: Sequence[UUID], *, late_reason: str = "") -> None:
    """Settle these records, of whichever families, as they stand now, read anew. Inside an open action."""
    by_family: defaultdict[str, list[UUID]] = defaultdict(list)
    for some in chunks(uids):
        for uid, family in Record.objects.filter(pk__in=some).values_list("pk", "family"):
            by_family[family].append(uid)
    for family, members in sorted(by_family.items()):
        rows: list[Any] = []
        for some in chunks(members):
            rows += with_all(scheme_of(family)).filter(pk__in=some)
        post_rows(family, rows, late_reason=late_reason)


def post_rows(family: str, rows: Sequence[Any], *, late_reason: str = "") -> None:
    """Settle rows that were just written or read, with all that their facts need. Inside an open action."""
    path = get_family(family).facts
    if not path:
        return
    facts = get_family(family).get_facts()
    standings = [
        Standing(row.record_id, family, row.record.book, row.record.version, facts(row)) for row in rows
    ]
    settle(standings=standings, late_reason=late_reason)


def reverse(records: Sequence[Record], *, late_reason: str = "") -> None:
    """Settle records that are being taken back: they stand for nothing from now on."""
    standings = [Standing(r.pk, r.family, r.book, r.version + 1, ()) for r in records]
    settle(standings=standings, late_reason=late_reason)
