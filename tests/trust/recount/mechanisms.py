"""Mechanisms and their meetings: C9 to C11. A meeting entered among delegations too is counted as a session there."""

from __future__ import annotations

from tests.trust.recount.sql import Recount, between, lines

TABLE = "mechanisms_mechanism"
WHO = {
    "office": "x.lead_office_code",
    "country": "CASE WHEN x.is_domestic THEN 'VN' ELSE x.country_code END",
    "partner": "x.partner_code",
    "field": "x.field_code",
    "channel": "x.channel",
}
MET = "x.kind = 'meeting' AND x.held_on IS NOT NULL AND x.cancelled_on IS NULL"
OF_ITS_OWN = f"{MET} AND x.counted_by = ''"
CROSSED = f"{OF_ITS_OWN} AND x.form <> 'online' AND x.crossers > 0"
SERIES = "x.kind = 'mechanism' AND x.cancelled_on IS NULL"
# The province holds from that day on what its districts founded.
LEVEL = (
    "CASE WHEN x.level = 'district' AND x.inherited_on IS NOT NULL AND x.inherited_on <= %(day)s "
    "THEN 'province' ELSE x.level END"
)


def _met(where: str, value: str = "1", **told: str) -> tuple[str, ...]:
    return (lines(TABLE, where, value=value, day="x.held_on", **{**WHO, **told}),)


FLOWS: Recount = {
    "mechanisms.meetings": _met(MET, slot1="x.sort", slot2="x.form"),
    "sessions.held": _met(OF_ITS_OWN, slot1="x.form", slot2="x.purpose"),
    "border.day_contacts": _met(CROSSED),
    "border.day_contact_people": _met(CROSSED, "x.crossers"),
}
LEVELS: Recount = {
    "mechanisms.active": (
        lines(
            TABLE,
            f"{SERIES} AND {between('x.founded_on', 'x.ended_on')}",
            **{**WHO, "slot1": "x.sort", "slot2": LEVEL},
        ),
    )
}
