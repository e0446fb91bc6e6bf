"""Gates in operation on a day by what they work as, what both sides announced, joint work on the line."""

from __future__ import annotations

from tests.trust.recount.sql import Recount, lines

TABLE = "borders_borderitem"
WHO = {
    "office": "x.lead_office_code",
    "country": "x.country_code",
    "partner": "x.partner_code",
    "unit": "x.unit_code",
    "field": "x.field_code",
}
GATE = "x.kind IN ('gate', 'opening')"
# All that gates ever worked as; the case that runs stands on the gate itself, and before a line of the same day.
GRADES = f"""
    SELECT g.row_id AS id, g.since AS since, g.until AS until, g.gate_type AS gate_type, g.announced_on AS announced
    FROM borders_grade g JOIN {TABLE} own ON own.record_id = g.row_id
    WHERE own.operating_on IS NULL OR own.operating_on <> g.since
    UNION ALL
    SELECT own.record_id, own.operating_on, NULL, own.gate_type, own.announced_on
    FROM {TABLE} own WHERE own.operating_on IS NOT NULL
"""
ANNOUNCED = f"""
    JOIN (SELECT a.id AS id, a.announced AS announced, a.gate_type AS gate_type FROM ({GRADES}) a
          UNION
          SELECT own.record_id, own.announced_on, own.gate_type FROM {TABLE} own) a
    ON a.id = x.record_id AND a.announced IS NOT NULL
"""
# The last that it was opened as by the asked day, where that has not ended, and nothing shuts the gate wholly.
WORKS = (
    "g.since <= %(day)s AND COALESCE(g.until > %(day)s, TRUE) AND COALESCE(x.closed_on > %(day)s, TRUE) "
    f"AND NOT EXISTS (SELECT 1 FROM ({GRADES}) n WHERE n.id = g.id AND n.since <= %(day)s AND n.since > g.since) "
    "AND NOT EXISTS (SELECT 1 FROM borders_gatepause p WHERE p.row_id = x.record_id AND p.scope = 'all' "
    "AND p.since <= %(day)s AND COALESCE(p.until > %(day)s, TRUE))"
)
JOINT = "x.kind = 'joint' AND x.cancelled_on IS NULL AND x.held_on IS NOT NULL"


def _joint(where: str = "TRUE", value: str = "1", **told: str) -> str:
    return lines(TABLE, f"{JOINT} AND {where}", value=value, day="x.held_on", **WHO, **told)


FLOWS: Recount = {
    "border.gates_announced": (
        lines(TABLE, GATE, day="a.announced", joins=ANNOUNCED, **WHO, slot1="a.gate_type"),
    ),
    "border.joint_inspections": (_joint("x.joint_kind = 'inspection'"),),
    "border.joint_patrols": (_joint("x.joint_kind = 'patrol'"),),
    "border.joint_officers": (
        _joint("x.officers_ours > 0", "x.officers_ours", slot1="x.joint_kind", slot2="'ours'"),
        _joint("x.officers_theirs > 0", "x.officers_theirs", slot1="x.joint_kind", slot2="'theirs'"),
        # Only where the source does not part them.
        _joint(
            "x.officers_all > 0 AND COALESCE(x.officers_ours, 0) = 0 AND COALESCE(x.officers_theirs, 0) = 0",
            "x.officers_all",
            slot1="x.joint_kind",
            slot2="'both'",
        ),
    ),
    "border.joint_meetings": (_joint("x.meetings > 0", "x.meetings", slot1="x.joint_kind"),),
    "border.joint_km": (_joint("x.km > 0", "CAST(ROUND(x.km * 1000) AS bigint)", slot1="x.joint_kind"),),
    "border.leaflets": (_joint("x.leaflets > 0", "x.leaflets"),),
}
LEVELS: Recount = {
    "border.gates_operating": (
        lines(
            TABLE,
            f"{GATE} AND {WORKS}",
            joins=f"JOIN ({GRADES}) g ON g.id = x.record_id",
            **WHO,
            slot1="g.gate_type",
        ),
    )
}
