"""Greetings: one for each addressee on the day its letter went, answers on theirs."""

from __future__ import annotations

from tests.trust.recount.sql import Recount, lines

TABLE = "greetings_greeting"
LEVEL = "COALESCE(NULLIF(a.level, ''), x.level)"
WENT = "COALESCE(a.sent_on, x.sent_on)"
SENT = f"x.kind = 'campaign' AND x.cancelled_on IS NULL AND NOT a.left_out AND {WENT} IS NOT NULL"
ADDRESSEES = "JOIN greetings_addressee a ON a.row_id = x.record_id"


def _pillar(level: str) -> str:
    return f"CASE WHEN {level} = 'party' THEN 'party' WHEN {level} IN ('front', 'union') THEN 'people' ELSE 'state' END"


LETTER = {
    "office": "x.lead_office_code",
    "country": "COALESCE(NULLIF(a.country_code, ''), x.country_code)",
    "partner": "a.party_code",
    "channel": _pillar(LEVEL),
    "slot1": "x.occasion",
    "slot2": "x.form",
    "slot3": LEVEL,
}
RECEIVED = {
    "office": "x.lead_office_code",
    "country": "x.country_code",
    "partner": "x.partner_code",
    "channel": _pillar("x.level"),
    "slot1": "x.occasion",
    "slot2": "x.form",
    "slot3": "x.level",
}
CAME = "x.kind = 'received' AND x.received_on IS NOT NULL"

FLOWS: Recount = {
    "greetings.sent": (lines(TABLE, SENT, day=WENT, joins=ADDRESSEES, **LETTER),),
    "greetings.replies": (lines(TABLE, SENT, day="a.replied_on", joins=ADDRESSEES, **LETTER),),
    "greetings.received": (lines(TABLE, CAME, day="x.received_on", **RECEIVED),),
    "greetings.answered": (lines(TABLE, CAME, day="x.answered_on", **RECEIVED),),
}
