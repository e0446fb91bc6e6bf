"""What a letter counts as. Pure: the row alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.families.letters.enums import Kind
from bonphuong.ledger.facts import FactDraft

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.families.letters.models import Letter


def facts_of(row: Letter, /) -> Sequence[FactDraft]:
    """One letter on the day it came or went, and its answer on the day of that."""
    passed = row.received_on if row.kind == Kind.INCOMING else row.sent_on
    # Called off before it went: there is no letter. One that came stays received whatever follows.
    if not row.counts or passed is None or (row.kind == Kind.OUTGOING and row.cancelled_on is not None):
        return ()
    found = [_fact(row, "letters.in" if row.kind == Kind.INCOMING else "letters.out", passed)]
    if row.answered_on is not None:
        found.append(_fact(row, "letters.answered", row.answered_on))
    return found


def _fact(row: Letter, measure: str, day: dt.date) -> FactDraft:
    return FactDraft(
        measure=measure,
        on=day,
        value=1,
        office=row.lead_office_code,
        country=row.country_code,
        partner=row.partner_code,
        field=row.field_code,
        slot1=row.form,
        slot2=row.kind if measure == "letters.answered" else "",
    )
