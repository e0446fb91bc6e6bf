"""Delegations: the cases C1 to C11. One counting date, approved and actual apart, people of groups alone as visits."""

from __future__ import annotations

from tests.trust.recount.sql import Recount, lines

TABLE = "delegations_delegation"
WHO = {
    "office": "x.lead_office_code",
    "country": "x.main_country",
    "partner": "x.partner_code",
    "field": "x.field_code",
    "channel": "x.channel",
}
TRIP = {**WHO, "slot1": "x.head_level", "slot2": "x.plan_status", "slot3": "x.funding"}
RECEPTION = {**WHO, "slot1": "x.head_level", "slot2": "x.purpose", "slot3": "x.plan_status"}
ORGANISER = "CASE WHEN x.organiser_code <> '' THEN x.organiser_code WHEN x.organiser_text <> '' THEN 'other' ELSE 'alone' END"
PERSON = {**WHO, "slot1": ORGANISER, "slot2": "x.plan_status", "slot3": "x.funding"}
HEADS = "COALESCE(x.actual_heads, x.approved_heads, 0)"
# One person alone is a group of one where the office's own dated definition says so.
LONE_GROUP = "x.kind = 'individual' AND x.alone_is_group AND x.organiser_code = '' AND x.organiser_text = ''"
GROUP = f"(x.kind = 'outbound' OR ({LONE_GROUP}))"
WENT = "x.started_on IS NOT NULL AND x.cancelled_on IS NULL"
DECIDED = "x.decided_on IS NOT NULL AND x.approved_heads IS NOT NULL"
VISITED = (
    "JOIN (SELECT DISTINCT delegation_id, country_code FROM delegations_place WHERE country_code NOT IN ('', 'VN')) p "
    "ON p.delegation_id = x.record_id"
)
# Four of ours who cross for the day: one contact, four people, no group (C11). Nobody crosses online.
CROSSED = f"{WENT} AND x.kind = 'session' AND x.session_form <> 'online' AND x.crossers > 0"
CONTACT = f"{WENT} AND x.kind = 'day_contact'"


def _went(where: str, value: str = "1", **told: str) -> tuple[str, ...]:
    return (lines(TABLE, f"{WENT} AND {where}", value=value, day="x.started_on", **told),)


def _decided(where: str, value: str = "1", **told: str) -> tuple[str, ...]:
    return (lines(TABLE, f"{DECIDED} AND {where}", value=value, day="x.decided_on", **told),)


FLOWS: Recount = {
    "outbound.groups": _went(GROUP, **TRIP),
    "outbound.person_visits": _went(GROUP, HEADS, **TRIP),
    "outbound.individuals": _went(f"x.kind = 'individual' AND NOT ({LONE_GROUP})", HEADS, **PERSON),
    "outbound.personal_trips": _went(
        "x.kind = 'personal'", HEADS, office="x.lead_office_code", country="x.main_country"
    ),
    "outbound.country_visits": (
        lines(
            TABLE,
            f"{WENT} AND {GROUP}",
            day="x.started_on",
            joins=VISITED,
            **{
                **TRIP,
                "country": "p.country_code",
                "partner": "CASE WHEN p.country_code = x.main_country THEN x.partner_code ELSE '' END",
            },
        ),
    ),
    "outbound.approved_groups": _decided(GROUP, **TRIP),
    "outbound.approved_person_visits": _decided(GROUP, "x.approved_heads", **TRIP),
    "outbound.approved_individuals": _decided(
        f"x.kind = 'individual' AND NOT ({LONE_GROUP})", "x.approved_heads", **PERSON
    ),
    "inbound.groups": _went("x.kind = 'inbound'", **RECEPTION),
    "inbound.person_visits": _went("x.kind = 'inbound'", HEADS, **RECEPTION),
    "inbound.cohosted": (
        lines(
            TABLE,
            f"{WENT} AND x.kind = 'inbound'",
            day="x.started_on",
            joins="JOIN delegations_cohost c ON c.delegation_id = x.record_id",
            **{**RECEPTION, "office": "c.office_code"},
        ),
    ),
    "inbound.approved_groups": _decided("x.kind = 'inbound'", **RECEPTION),
    "inbound.approved_person_visits": _decided("x.kind = 'inbound'", "x.approved_heads", **RECEPTION),
    "sessions.held": _went("x.kind = 'session'", **{**WHO, "slot1": "x.session_form", "slot2": "x.purpose"}),
    "border.day_contacts": (
        lines(TABLE, CONTACT, day="x.started_on", **WHO),
        lines(TABLE, CROSSED, day="x.started_on", **WHO),
    ),
    "border.day_contact_people": (
        lines(TABLE, CONTACT, value=HEADS, day="x.started_on", **WHO),
        lines(TABLE, CROSSED, value="x.crossers", day="x.started_on", **WHO),
    ),
}
