"""The orders in which lists stand, and pages found by the mark of the last row before and never by counting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, Q

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from bonphuong.records.models import Record

PAGE = 50
# Between the value and the key in a mark; no number and no day has it.
_DOT = "."


@dataclass(frozen=True)
class Order:
    """By which column, falling or rising, the key deciding between equals.

    A draft without a day belongs to the front of what is to be done: first where days fall, last where they rise.
    """

    column: str
    falls: bool

    def sort(self, rows: QuerySet[Record]) -> QuerySet[Record]:
        """The rows in this order."""
        if self.falls:
            return rows.order_by(F(self.column).desc(nulls_first=True), "-pk")
        return rows.order_by(F(self.column).asc(nulls_last=True), "pk")

    def beyond(self, mark: str) -> Q:
        """The rows after the one with this mark; all of them where it cannot be read."""
        value, key = self._read(mark)
        if key is None:
            return Q()
        beside = "lt" if self.falls else "gt"
        rest = Q(**{f"pk__{beside}": key})
        none = Q(**{f"{self.column}__isnull": True})
        if value is None:
            return none & rest | ~none if self.falls else none & rest
        further = Q(**{f"{self.column}__{beside}": value}) | Q(**{self.column: value}) & rest
        return further if self.falls else further | none

    @staticmethod
    def _read(mark: str) -> tuple[dt.date | None, UUID | None]:
        value, _dot, key = mark.partition(_DOT)
        try:
            return (dt.date.fromisoformat(value) if value else None), UUID(key)
        except ValueError:
            return None, None

    def mark(self, row: Record) -> str:
        """The mark by which the page after this row is found."""
        value = getattr(row, self.column)
        return f"{'' if value is None else value}{_DOT}{row.pk}"

    def key(self, row: Record) -> tuple[Any, ...]:
        """What rows of several queries are brought together by, rising."""
        value = getattr(row, self.column)
        return (value is None, value if value is not None else dt.date.min, str(row.pk))


#: The codes of `forms.records.ORDERS`.
_ORDERS = {
    "": Order("begins_on", falls=True),
    "oldest": Order("begins_on", falls=False),
    "due": Order("due_on", falls=False),
}


def order_of(code: str) -> Order:
    """An order by its code."""
    return _ORDERS[code]


def page_of(parts: Sequence[QuerySet[Record]], order: Order, after: str) -> list[Record]:
    """One page and one row more."""
    where = order.beyond(after) if after else Q()
    found = [row for rows in parts for row in order.sort(rows.filter(where))[: PAGE + 1]]
    if len(parts) > 1:
        found.sort(key=order.key, reverse=order.falls)
    return found[: PAGE + 1]
