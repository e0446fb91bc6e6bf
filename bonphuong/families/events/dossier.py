"""What events tell of a partner: gifts given and received, guests, what protocol arranged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.families.events.enums import ArrangementKind, GiftWay, Side
from bonphuong.families.events.models import Arrangement, Guest
from bonphuong.families.events.models import Gift as GiftLine
from bonphuong.records.pieces import Dossier, Gift, Met, Note

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

#: Arrangements that say how these guests want to be received, not who drives.
_PROTOCOL = frozenset(ArrangementKind) - {ArrangementKind.VEHICLE, ArrangementKind.INTERPRETER}


def gifts_of(uids: Sequence[UUID], _today: dt.date, /) -> list[Gift]:
    """What was given and received at events."""
    rows = GiftLine.objects.filter(row__in=uids, row__is_void=False).select_related("row")
    return [
        Gift(
            record=line.row_id,
            on=line.on or line.row.started_on or line.row.starts_on,
            is_ours=line.way == GiftWay.GIVEN,
            what=line.what,
            quantity=line.quantity,
            person=line.person,
        )
        for line in rows
    ]


def met_at(uids: Sequence[UUID], _today: dt.date, /) -> list[Met]:
    """Guests from abroad at events that took place."""
    rows = Guest.objects.filter(
        row__in=uids, row__is_void=False, row__started_on__isnull=False, side=Side.GUESTS
    )
    return [
        Met(
            record=line.row_id,
            on=line.row.started_on,
            full_name=line.full_name,
            name_native=line.name_native,
            post_then=line.post_then,
            body=line.unit_then,
            is_head=line.precedence == 1,
        )
        for line in rows.select_related("row")
    ]


def notes_of(uids: Sequence[UUID], _today: dt.date, /) -> list[Note]:
    """How guests were welcomed before."""
    rows = Arrangement.objects.filter(row__in=uids, row__is_void=False, sort__in=_PROTOCOL)
    return [Note(line.row_id, line.what) for line in rows.order_by("-row__started_on", "order")]


DOSSIER = Dossier(gifts=gifts_of, met=met_at, notes=notes_of)
