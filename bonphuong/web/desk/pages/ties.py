"""Records that another one can be linked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.records.models import Record
from bonphuong.records.queries import search, tied_to

if TYPE_CHECKING:
    from bonphuong.accounts.models import User

SHOWN = 20


def linkable(user: User, record: Record, text: str) -> list[Record]:
    """What the words find; without words what is about the same partner or country, the latest first."""
    if text:
        rows = search(user, text)
    else:
        rows = Record.objects.none()
        for kind, code in record.ties.order_by("kind", "-is_main").values_list("kind", "code")[:4]:
            rows = rows | tied_to(user, kind, code)
    return list(rows.exclude(pk=record.pk).order_by("-begins_on", "-pk")[:SHOWN])
