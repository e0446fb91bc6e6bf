"""What a programme counts as: its lines, on the day on which they were approved. Pure: the record alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.ledger.facts import FactDraft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.families.programme.models import Programme


def facts_of(row: Programme, /) -> Sequence[FactDraft]:
    """The facts that the record stands for; none before its approval. A profile states figures and counts nothing."""
    if not row.counts or row.approved_on is None:
        return ()
    return [
        FactDraft(
            measure="programme.planned",
            on=max(line.added_on or row.approved_on, row.approved_on),
            value=1,
            office=line.lead_office_code or row.lead_office_code,
            country=line.country_code,
            partner=line.partner_code,
            slot1=line.work,
            slot2=line.funding,
        )
        for line in row.works.all()
    ]
