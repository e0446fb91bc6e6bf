"""What delegations tell of a partner: whom of theirs we received."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.families.delegations.enums import Kind, MemberRole
from bonphuong.families.delegations.models import Delegation, Member
from bonphuong.records.pieces import Dossier, Met

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID


def met_at(uids: Sequence[UUID], _today: dt.date, /) -> list[Met]:
    """Members of delegations that we received, and the heads of those without a list of members."""
    rows = list(
        Delegation.objects.filter(
            pk__in=uids,
            kind=Kind.INBOUND,
            is_void=False,
            cancelled_on__isnull=True,
            started_on__isnull=False,
        )
    )
    days = {row.pk: row.started_on for row in rows}
    members = Member.objects.filter(delegation__in=list(days), withdrew=False).order_by("order")
    # The sealed columns are neither needed nor opened here.
    found = [
        Met(
            record=one.delegation_id,
            on=days[one.delegation_id],
            full_name=one.full_name,
            name_native=one.name_native,
            post_then=one.post_then,
            body=one.unit_then,
            person=one.person_id,
            is_head=one.role == MemberRole.HEAD,
        )
        for one in members.defer("passport_no", "birth_date")
    ]
    named = {one.record for one in found}
    return found + [
        Met(row.pk, row.started_on, row.head_name, post_then=row.head_title, is_head=True)
        for row in rows
        if row.head_name and row.pk not in named
    ]


DOSSIER = Dossier(met=met_at)
