"""Activities of sections without a register, and lines of the yearly programme."""

from __future__ import annotations

from tests.trust.recount.sql import Recount, lines

# A line stands from the day on which it was approved: with the programme, or with the adjustment that brought it.
PLANNED = "CASE WHEN w.added_on > x.approved_on THEN w.added_on ELSE x.approved_on END"

FLOWS: Recount = {
    "activities.held": (
        lines(
            "activities_activity",
            "x.cancelled_on IS NULL",
            day="x.held_on",
            office="x.lead_office_code",
            country="x.country_code",
            partner="x.partner_code",
            unit="x.unit_code",
            field="x.field_code",
            channel="x.channel",
            slot1="x.section",
        ),
    ),
    "programme.planned": (
        lines(
            "programme_programme",
            "x.approved_on IS NOT NULL",
            day=PLANNED,
            joins="JOIN programme_plannedwork w ON w.row_id = x.record_id",
            office="COALESCE(NULLIF(w.lead_office_code, ''), x.lead_office_code)",
            country="w.country_code",
            partner="w.partner_code",
            slot1="w.work",
            slot2="w.funding",
        ),
    ),
}
