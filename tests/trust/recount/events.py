"""Conferences, events, media: what we organise, and apart from it that we were there."""

from __future__ import annotations

from tests.trust.recount.sql import Recount, lines

TABLE = "events_event"
WHO = {
    "office": "x.lead_office_code",
    "country": "x.country_code",
    "partner": "x.partner_code",
    "channel": "x.channel",
}
EVENT = {
    **WHO,
    "unit": "x.unit_code",
    "field": "x.field_code",
    "slot1": "x.form",
    "slot2": "x.mode",
    "slot3": "CASE WHEN x.kind = 'conference' THEN x.authority ELSE x.part END",
}
HELD = "x.started_on IS NOT NULL AND x.cancelled_on IS NULL"
OURS = f"{HELD} AND x.kind IN ('conference', 'event') AND x.part <> 'attended'"
MEDIA = f"{HELD} AND x.kind = 'media'"


def _held(where: str, value: str = "1") -> tuple[str, ...]:
    return (lines(TABLE, where, value=value, day="x.started_on", **EVENT),)


FLOWS: Recount = {
    "events.conferences": _held(f"{OURS} AND x.kind = 'conference'"),
    "events.conferences_permitted": (
        # As with trips: a permission stays among the permissions.
        lines(TABLE, "x.kind = 'conference' AND x.part <> 'attended'", day="x.decided_on", **EVENT),
    ),
    "events.held": _held(f"{OURS} AND x.kind = 'event'"),
    "events.attended": _held(f"{HELD} AND x.kind <> 'media' AND x.part = 'attended'"),
    "events.foreign_participants": _held(f"{OURS} AND x.foreign_actual > 0", "x.foreign_actual"),
    "events.vietnamese_participants": _held(f"{OURS} AND x.vietnamese_actual > 0", "x.vietnamese_actual"),
    "events.media_groups": _held(f"{MEDIA} AND x.form = 'foreign_media'"),
    "events.media_people": _held(
        f"{MEDIA} AND x.form = 'foreign_media' AND x.foreign_actual > 0", "x.foreign_actual"
    ),
    "events.information": _held(f"{MEDIA} AND x.form <> 'foreign_media'"),
    "events.media_products": (
        lines(
            TABLE,
            "x.kind = 'media' AND x.cancelled_on IS NULL",
            value="p.count",
            day="p.published_on",
            joins="JOIN events_product p ON p.row_id = x.record_id",
            **WHO,
            slot1="p.form",
            slot2="p.language",
        ),
    ),
}
