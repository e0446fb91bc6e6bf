"""Notes and letters: on the day they came or went, answers on theirs. One that came stays received."""

from __future__ import annotations

from tests.trust.recount.sql import Recount, lines

TABLE = "letters_letter"
WHO = {
    "office": "x.lead_office_code",
    "country": "x.country_code",
    "partner": "x.partner_code",
    "field": "x.field_code",
    "slot1": "x.form",
}
CAME = "x.kind = 'incoming' AND x.received_on IS NOT NULL"
WENT = "x.kind = 'outgoing' AND x.sent_on IS NOT NULL AND x.cancelled_on IS NULL"

FLOWS: Recount = {
    "letters.in": (lines(TABLE, CAME, day="x.received_on", **WHO),),
    "letters.out": (lines(TABLE, WENT, day="x.sent_on", **WHO),),
    "letters.answered": (
        lines(TABLE, CAME, day="x.answered_on", **WHO, slot2="x.kind"),
        lines(TABLE, WENT, day="x.answered_on", **WHO, slot2="x.kind"),
    ),
}
