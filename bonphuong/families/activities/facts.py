"""What an activity stands for: that it was held, in its section. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.ledger.facts import FactDraft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.families.activities.models import Activity


def facts_of(row: Activity, /) -> Sequence[FactDraft]:
    """One activity on its day; none for a mistake, for what was called off or has not been held."""
    if not row.counts or row.held_on is None or row.cancelled_on is not None:
        return ()
    return (
        FactDraft(
            measure="activities.held",
            on=row.held_on,
            value=1,
            office=row.lead_office_code,
            country=row.country_code,
            partner=row.partner_code,
            unit=row.unit_code,
            field=row.field_code,
            channel=row.channel,
            slot1=row.section,
        ),
    )
