"""Statements of border records: posted for exactly their month and gate, replaced by later ones, never added up."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.families.borders.models import BorderItem, Posted
from bonphuong.families.borders.rules import Stated, stated_by
from bonphuong.ledger.enums import StatementKind
from bonphuong.ledger.facts import dimensions_text
from bonphuong.ledger.queries import statements_at
from bonphuong.ledger.services import post_statement, withdraw_statement
from bonphuong.records.models import Record, RecordPaper

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from bonphuong.ledger.models import Statement


@dataclass(frozen=True)
class Key:
    """What a statement answers for: one figure, of one gate, of one month."""

    book: str
    measure: str
    since: dt.date | None
    until: dt.date | None
    dimensions: str


def restate(rows: Sequence[BorderItem], *, gone: Iterable[UUID] = ()) -> None:
    """Bring the ledger's statements to what these records state, or stated before; inside an open action.

    Where several records state one figure, the paper of the latest day holds, and of one day the record entered
    last. What a paper said that somebody entered by hand is replaced by a record entered afterwards. `gone` are
    records that are no longer there.
    """
    uids = [row.record_id for row in rows] + list(gone)
    keys = [_key_of(posted) for posted in Posted.objects.filter(record_uid__in=uids)]
    keys += [key_of(row, stated) for row in rows for stated in stated_by(row)]
    by_book: dict[str, list[Key]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        by_book[key.book].append(key)
    for book, wanted in sorted(by_book.items()):
        _settle(book, wanted)


def key_of(row: BorderItem, stated: Stated) -> Key:
    """The key of a figure that the record states."""
    return Key(
        row.record.book, stated.measure, stated.since, stated.until, dimensions_text(stated.dimensions)
    )


def _key_of(posted: Posted) -> Key:
    return Key(posted.book, posted.measure, posted.since, posted.until, posted.dimensions)


def _settle(book: str, keys: Sequence[Key]) -> None:
    stands: dict[Key, Statement] = {}
    asked = set(keys)
    for statement in statements_at({book: None}, {key.measure for key in keys}):
        key = Key(book, statement.measure, statement.since, statement.until, statement.dimensions)
        if key in asked and statement.office == book and statement.kind == StatementKind.STATED:
            stands[key] = statement
    winners = _winners(book, keys)
    known = Posted.objects.filter(statement_uid__in=[statement.uid for statement in stands.values()])
    ours = {posted.statement_uid: posted for posted in known}
    for key in keys:
        _settle_one(key, stands.get(key), winners.get(key), ours)


def _settle_one(
    key: Key, there: Statement | None, winner: tuple[BorderItem, Stated] | None, ours: Mapping[UUID, Posted]
) -> None:
    mine = ours.get(there.uid) if there is not None else None
    if winner is None:
        if there is not None and mine is not None:
            withdraw_statement(statement=there)
            mine.delete()
        return
    row, stated = winner
    if there is not None and (there.value, there.bound) == (stated.value, row.bound):
        # A statement that a person made, from an article say, stays theirs: it is not withdrawn with a record.
        if mine is not None and mine.record_uid != row.record_id:
            mine.record_uid = row.record_id
            mine.save(update_fields=["record_uid"])
        return
    made = _post(key, row, stated, there)
    if mine is not None:
        mine.delete()
    _remember(key, row, made)


def _remember(key: Key, row: BorderItem, statement: Statement) -> None:
    Posted.objects.create(
        record_uid=row.record_id,
        book=key.book,
        measure=key.measure,
        since=key.since,
        until=key.until,
        dimensions=key.dimensions,
        statement_uid=statement.uid,
    )


def _post(key: Key, row: BorderItem, stated: Stated, there: Statement | None) -> Statement:
    paper = (
        RecordPaper.objects.filter(record_id=row.record_id).order_by("pk").values_list("paper_id", flat=True)
    )
    said = ", ".join(part for part in (row.record.number, row.stated_paper or row.source) if part)
    return post_statement(
        book=key.book,
        office=key.book,
        measure=key.measure,
        since=key.since,
        until=key.until,
        value=stated.value,
        kind=StatementKind.STATED,
        bound=row.bound,
        dimensions=stated.dimensions,
        paper_uid=paper.first(),
        replaces=there.uid if there else None,
        text=said,
        signer=row.stated_by,
    )


def _winners(book: str, keys: Sequence[Key]) -> dict[Key, tuple[BorderItem, Stated]]:
    """Key → the record whose word holds, with what it states."""
    rows = BorderItem.objects.filter(record__book=book, is_void=False, record__duplicate_of__isnull=True)
    months = {key.since for key in keys if key.since is not None}
    of_months = rows.filter(kind="traffic", since_on__in=months)
    of_line = (
        rows.filter(kind="section", is_whole=True) if any(key.since is None for key in keys) else rows.none()
    )
    found: dict[Key, tuple[BorderItem, Stated]] = {}
    candidates = [*_read(of_months), *_read(of_line)]
    for row in sorted(candidates, key=_order):
        for stated in stated_by(row):
            found[key_of(row, stated)] = (row, stated)
    return found


def _read(rows: QuerySet[BorderItem]) -> list[BorderItem]:
    return list(rows.select_related("record").prefetch_related("counties"))


def _order(row: BorderItem) -> tuple[dt.date, dt.datetime, str]:
    header: Record = row.record
    return (row.stated_on or row.verified_on or dt.date.min, header.created_at, str(row.record_id))
