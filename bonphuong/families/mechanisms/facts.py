"""What mechanisms and meetings count as. Pure: the row alone, no clock. Judges: C9, C10, C11.

A meeting counts as a session however it is held, never as a delegation. One that is entered among delegations too is
counted there: `counted_by` says so, and it adds nothing to that figure here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.families.mechanisms.enums import Form, Kind, Level
from bonphuong.ledger.facts import FactDraft

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.families.mechanisms.models import Mechanism


def facts_of(row: Mechanism, /) -> Sequence[FactDraft]:
    """The facts that it stands for; none for one entered twice, by mistake, or called off."""
    if not row.counts or row.cancelled_on is not None:
        return ()
    return _meeting(row) if row.kind == Kind.MEETING else _series(row)


def _series(row: Mechanism) -> list[FactDraft]:
    if row.founded_on is None:
        return []
    found = [_fact(row, "mechanisms.active", row.founded_on, 1, row.sort, row.level)]
    level = row.level
    if row.inherited_on is not None and level == Level.DISTRICT:
        # The province holds what its districts founded: the level moves, the total stays.
        found.append(_fact(row, "mechanisms.active", row.inherited_on, -1, row.sort, level))
        level = Level.PROVINCE
        found.append(_fact(row, "mechanisms.active", row.inherited_on, 1, row.sort, level))
    if row.ended_on is not None:
        found.append(_fact(row, "mechanisms.active", row.ended_on, -1, row.sort, level))
    return found


def _meeting(row: Mechanism) -> list[FactDraft]:
    if row.held_on is None:
        return []
    found = [_fact(row, "mechanisms.meetings", row.held_on, 1, row.sort, row.form)]
    if row.counted_by:
        return found
    found.append(_fact(row, "sessions.held", row.held_on, 1, row.form, row.purpose))
    if row.crossers and row.form != Form.ONLINE:
        found.append(_fact(row, "border.day_contacts", row.held_on, 1, "", ""))
        found.append(_fact(row, "border.day_contact_people", row.held_on, row.crossers, "", ""))
    return found


def _fact(  # noqa: PLR0917 - what a fact is made of
    row: Mechanism, measure: str, day: dt.date, value: int, slot1: str, slot2: str
) -> FactDraft:
    return FactDraft(
        measure=measure,
        on=day,
        value=value,
        office=row.lead_office_code,
        country="VN" if row.is_domestic else row.country_code,
        partner=row.partner_code,
        field=row.field_code,
        channel=row.channel,
        slot1=slot1,
        slot2=slot2,
    )
