"""Rows of a posting in the canonical order that is hashed: the one place where writing and checking agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.ledger.facts import Line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.ledger.facts import Row
    from bonphuong.ledger.models import Closing, Coverage, Fact, Posting, Statement


def line_of(
    posting: Posting,
    *,
    facts: Sequence[Fact] = (),
    statements: Sequence[Statement] = (),
    coverage: Sequence[Coverage] = (),
    closings: Sequence[Closing] = (),
) -> Line:
    """The canonical line of a posting and of all that came with it."""
    return Line(
        book=posting.book,
        seq=posting.seq,
        posted_at=posting.posted_at,
        action=str(posting.action_uid),
        kind=posting.kind,
        facts=[fact_row(fact) for fact in facts],
        statements=[statement_row(statement) for statement in statements],
        coverage=[coverage_row(row) for row in coverage],
        closings=[closing_row(row) for row in closings],
        fmt=posting.fmt,
    )


def fact_row(fact: Fact) -> Row:
    """A fact, amounts first after its codes' owner."""
    return (
        fact.line, fact.office, fact.measure, fact.measure_version, fact.on.isoformat(),
        fact.value, fact.vnd, fact.usd, fact.currency,
        fact.country, fact.partner, fact.unit, fact.field, fact.channel,
        fact.slot1, fact.slot2, fact.slot3, fact.family, str(fact.source_uid), fact.source_version,
    )  # fmt: skip


def statement_row(row: Statement) -> Row:
    """A statement without its free text: people may have to correct words, never figures."""
    return (
        row.line, str(row.uid), row.office, row.measure, row.measure_version, _day(row.since), _day(row.until),
        row.dimensions, row.value, row.bound, row.kind, _uid(row.paper_uid), _uid(row.edition_uid),
        _uid(row.claim_uid), _uid(row.replaces), int(row.withdrawn),
    )  # fmt: skip


def coverage_row(row: Coverage) -> Row:
    """A declaration of completeness."""
    return (row.line, row.office, row.measure, _day(row.since), _day(row.until), int(row.complete))


def closing_row(row: Closing) -> Row:
    """A closing or a reopening."""
    return (row.line, row.office, row.report, row.period, _day(row.since), _day(row.until), row.state)


def _day(day: dt.date | None) -> str:
    return "" if day is None else day.isoformat()


def _uid(uid: UUID | None) -> str:
    return "" if uid is None else str(uid)
