"""Reads of the trail: what happened to a row, who did what in the offices that a person may see."""

from __future__ import annotations

import heapq
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, Q

from bonphuong.kernel.bulk import chunks
from bonphuong.kernel.memo import remembered
from bonphuong.trail.models import Action, Change, ChangePayload

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class ChangeView:
    """A change with the old values of its columns; `old` is None where they were erased."""

    change: Change
    columns: Sequence[str]
    old: Mapping[str, Any] | None


# What belongs to no office: the machine's own work, and reference data that all offices share.
OF_NO_OFFICE = Q(office="") & (Q(verb__startswith="system.") | Q(verb__startswith="reference."))
_OFFICES_AT_ONCE = 100


def row_key(key: object) -> str:
    """A primary key as this database writes it in the trail: SQLite keeps UUIDs without hyphens."""
    text = str(key)
    return text.replace("-", "") if connection.vendor == "sqlite" and len(text) == 36 else text


def changes_of(table: str, key: object) -> QuerySet[Change]:
    """All changes of one row, the latest first."""
    return Change.objects.filter(table=table, row=row_key(key)).select_related("action").order_by("-id")


#: Acts that read the whole ledger again; the object of each is how much was found wrong.
CHECK_BY_PERSON, CHECK_BY_SYSTEM = "ledger.book.check", "system.ledger.check"


def last_check() -> Action | None:
    """When the whole ledger was last checked, and by whom."""
    newest = (
        Action.objects.filter(verb=verb).order_by("-id").first()
        for verb in (CHECK_BY_PERSON, CHECK_BY_SYSTEM)
    )
    return max((act for act in newest if act is not None), key=lambda act: act.pk, default=None)


def seen_mark(row: Model) -> int:
    """The number of the row's newest change: what a page that shows the row hands back when it is sent."""
    newest = Change.objects.filter(table=row._meta.db_table, row=row_key(row.pk)).order_by("-id")
    return newest.values_list("id", flat=True).first() or 0


def actions_on(object_uid: UUID | str) -> QuerySet[Action]:
    """All acts whose object is this record, the latest first."""
    return (
        Action.objects.filter(object_uid=str(object_uid)).annotate(n_changes=Count("changes")).order_by("-id")
    )


def actions_in(offices: Iterable[str], *, include_system: bool = False) -> QuerySet[Action]:
    """All acts in these offices, the latest first. The caller decides which offices a person may see.

    `include_system` adds what belongs to no office: the machine's own work and what all offices share.
    """
    wanted = Q(office__in=list(offices))
    if include_system:
        wanted |= OF_NO_OFFICE
    return Action.objects.filter(wanted).order_by("-id")


def newest_acts(
    rows: QuerySet[Action], offices: Collection[str], *, size: int, include_system: bool = False
) -> list[Action]:
    """The newest `size` of `rows` in these offices: as `actions_in`, for a trail of any length.

    Each office is asked for its newest by its own stretch of the index, and the newest of all of them are taken: a
    filter over all offices at once would sort all of their acts, or walk the whole trail. One statement for each
    hundred offices, and one for the rows.
    """
    parts = [rows.filter(office=office) for office in sorted(offices)]
    if include_system:
        parts.append(rows.filter(OF_NO_OFFICE))
    ids: list[int] = []
    for some in chunks(parts, _OFFICES_AT_ONCE):
        ids += _newest_ids(some, size)
    return list(Action.objects.filter(pk__in=heapq.nlargest(size, ids)).order_by("-id"))


def _newest_ids(parts: Sequence[QuerySet[Action]], size: int) -> list[int]:
    statements: list[str] = []
    values: list[Any] = []
    for part in parts:
        sql, given = part.order_by("-id").values("id")[:size].query.sql_with_params()
        statements.append(f"SELECT id FROM ({sql}) AS part_{len(statements)}")
        values += given
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        return [key for (key,) in cursor.fetchall()]


def changes_under(action: Action) -> list[ChangeView]:
    """What changed under one act, in order, with the old values where they are still kept."""
    changes = list(action.changes.order_by("id"))
    payloads = ChangePayload.objects.in_bulk([c.payload_id for c in changes if c.payload_id is not None])
    return [_view(change, payloads.get(change.payload_id or 0)) for change in changes]


def _view(change: Change, payload: ChangePayload | None) -> ChangeView:
    columns = json.loads(change.columns) if change.columns else []
    return ChangeView(
        change=change, columns=columns, old=None if payload is None else json.loads(payload.old)
    )


def mark_of_state() -> str:
    """A word that is another one after every change, and the same as long as there was none.

    What was counted under a mark holds for as long as the mark is read again. PostgreSQL commits acts in another
    order than it numbers them, so that there the mark is what this transaction sees, and what it did itself; SQLite
    has one writer at a time.
    """

    def read() -> str:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_current_snapshot()::text, (SELECT max(id) FROM trail_action)")
                return "{}/{}".format(*cursor.fetchone())
        return str(Action.objects.order_by("-pk").values_list("uid", flat=True).first())

    return remembered("trail.mark_of_state", read)
