"""Twinned pairs: from the day of the minutes, or from a day on which they are known to be twinned."""

from __future__ import annotations

from tests.trust.recount.sql import Recount, between, lines

TABLE = "twinning_pair"
WHO = {
    "office": "x.lead_office_code",
    "country": "x.country_code",
    "partner": "x.partner_code",
    "unit": "x.ours_unit_code",
    "field": "x.field_code",
    "slot1": "x.level",
}
SINCE = "COALESCE(x.signed_on, x.active_on)"
TWINNED = f"{SINCE} IS NOT NULL"
# Every pause and every review once: the latest stands on the pair itself, and may stand among the lines too.
PAUSES = """
    SELECT p.row_id AS id, p.since AS since, p.until AS until
    FROM twinning_pause p JOIN twinning_pair own ON own.record_id = p.row_id
    WHERE own.paused_on IS NULL OR own.paused_on <> p.since
    UNION ALL
    SELECT own.record_id, own.paused_on, own.resumed_on FROM twinning_pair own WHERE own.paused_on IS NOT NULL
"""
REVIEWS = """
    JOIN (SELECT v.row_id AS id, v.on_day AS reviewed FROM twinning_review v
          UNION
          SELECT own.record_id, own.reviewed_on FROM twinning_pair own WHERE own.reviewed_on IS NOT NULL) v
    ON v.id = x.record_id
"""
ACTIVITIES = "JOIN twinning_activity a ON a.row_id = x.record_id"


def _people(column: str, side: str) -> str:
    return lines(
        TABLE,
        f"{TWINNED} AND a.{column} > 0",
        value=f"a.{column}",
        day="a.on_day",
        joins=ACTIVITIES,
        **WHO,
        slot2=f"'{side}'",
    )


FLOWS: Recount = {
    "twinning.signed": (lines(TABLE, TWINNED, day="x.signed_on", **WHO),),
    "twinning.activities": (lines(TABLE, TWINNED, day="a.on_day", joins=ACTIVITIES, **WHO, slot2="a.deed"),),
    "twinning.activity_people": (_people("people_ours", "ours"), _people("people_theirs", "theirs")),
    "twinning.reviews": (lines(TABLE, TWINNED, day="v.reviewed", joins=REVIEWS, **WHO),),
}
LEVELS: Recount = {
    "twinning.active": (lines(TABLE, between(SINCE, "x.ended_on"), **WHO),),
    "twinning.paused": (
        lines(
            TABLE,
            f"{TWINNED} AND EXISTS (SELECT 1 FROM ({PAUSES}) p WHERE p.id = x.record_id "
            f"AND {between('p.since', 'COALESCE(p.until, x.ended_on)')})",
            **WHO,
        ),
    ),
}
