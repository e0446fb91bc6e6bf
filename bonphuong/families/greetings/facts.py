"""What greetings count as. Pure: the row and its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.families.greetings.enums import CHANNELS, Kind, Level
from bonphuong.ledger.facts import FactDraft

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.families.greetings.models import Addressee, Greeting

STATE = "state"


def facts_of(row: Greeting, /) -> Sequence[FactDraft]:
    """A letter for each addressee on the day it went; a greeting received on its day; answers on theirs."""
    if not row.counts:
        return ()
    if row.kind == Kind.RECEIVED:
        return _received(row)
    if row.kind == Kind.CAMPAIGN and row.cancelled_on is None:
        return [fact for line in row.addressees.all() for fact in _sent(row, line)]
    return ()


def _received(row: Greeting) -> list[FactDraft]:
    if row.received_on is None:
        return []
    days = {"greetings.received": row.received_on, "greetings.answered": row.answered_on}
    return [
        FactDraft(
            measure=measure,
            on=day,
            value=1,
            office=row.lead_office_code,
            country=row.country_code,
            partner=row.partner_code,
            channel=_channel(row.level),
            slot1=row.occasion,
            slot2=row.form,
            slot3=row.level,
        )
        for measure, day in days.items()
        if day is not None
    ]


def _sent(row: Greeting, line: Addressee) -> list[FactDraft]:
    # What was never sent cannot be answered.
    went = None if line.left_out else line.sent_on or row.sent_on
    if went is None:
        return []
    days: dict[str, dt.date | None] = {"greetings.sent": went, "greetings.replies": line.replied_on}
    level = line.level or row.level
    return [
        FactDraft(
            measure=measure,
            on=day,
            value=1,
            office=row.lead_office_code,
            country=line.country_code or row.country_code,
            partner=line.party_code,
            channel=_channel(level),
            slot1=row.occasion,
            slot2=row.form,
            slot3=level,
        )
        for measure, day in days.items()
        if day is not None
    ]


def _channel(level: str) -> str:
    return CHANNELS.get(Level(level), STATE) if level else STATE
