"""Agreements: C18. Who holds one on a day is the last who took it over by then; inheriting signs nothing."""

from __future__ import annotations

from tests.trust.recount.sql import Recount, as_day, between, lines, turn, turns

TABLE = "agreements_agreement"
AGREEMENT = "COALESCE(NULLIF(x.classified_as, ''), x.kind) = 'agreement' AND x.cancelled_on IS NULL"
MINUTES = "COALESCE(NULLIF(x.classified_as, ''), x.kind) <> 'agreement' AND x.cancelled_on IS NULL"
# What changes another agreement is in force as part of that one.
WHOLE = f"{AGREEMENT} AND NOT x.is_amendment"

# Everybody who ever held it: whoever signed, everybody who took it over, each with the day.
SIGNER_OFFICE = (
    "CASE WHEN a.original_office_code <> '' THEN a.original_office_code "
    "WHEN a.original_unit_code <> '' THEN b.book ELSE a.lead_office_code END"
)
HOLDERS = f"""
    SELECT a.record_id AS id, 0 AS turn, {as_day("'0001-01-01'")} AS since, {SIGNER_OFFICE} AS office,
           a.original_unit_code AS unit, a.level AS level, 'own' AS origin
    FROM {TABLE} a JOIN records_record b ON b.uid = a.record_id
    UNION ALL
    SELECT a.record_id, 1, {as_day(turn("since"))}, {turn("office")}, {turn("unit")}, {turn("level")}, 'inherited'
    FROM {TABLE} a, {turns("a.past")} WHERE {turn("what")} = 'held'
    UNION ALL
    SELECT a.record_id, 2, a.inherited_on, COALESCE(NULLIF(a.heir_office_code, ''), a.lead_office_code),
           a.heir_unit_code, COALESCE(NULLIF(a.heir_level, ''), 'province'), 'inherited'
    FROM {TABLE} a WHERE a.inherited_on IS NOT NULL
"""


def _held_on(day: str) -> str:
    """The holder `h` on a day: nobody took it over later and by then."""
    return (
        f"JOIN ({HOLDERS}) h ON h.id = x.record_id AND h.since <= {day} AND NOT EXISTS (SELECT 1 FROM ({HOLDERS}) n "
        f"WHERE n.id = h.id AND n.since <= {day} AND (n.since > h.since OR (n.since = h.since AND n.turn > h.turn)))"
    )


SIGNER = f"JOIN ({HOLDERS}) h ON h.id = x.record_id AND h.turn = 0"
HEIRS = f"JOIN ({HOLDERS}) h ON h.id = x.record_id AND h.turn > 0"
WHO = {
    "office": "h.office",
    "country": "x.country_code",
    "partner": "x.partner_code",
    "unit": "h.unit",
    "field": "x.field_code",
    "channel": "x.channel",
    "slot1": "x.form",
    "slot2": "h.level",
}
BY_ORIGIN = {**WHO, "slot3": "h.origin"}


def _past(what: str) -> str:
    """That an earlier turn of this sort covers the asked day."""
    until = as_day(turn("to"))
    return (
        f"EXISTS (SELECT 1 FROM {turns('x.past')} WHERE {turn('what')} = '{what}' "
        f"AND {between(as_day(turn('from')), until)})"
    )


# Past its own day and applied all the same, until it is renewed.
LAPSED = (
    f"({_past('lapsed')} OR (x.lapsed_on <= %(day)s AND NOT (x.renewed_on IS NOT NULL "
    "AND x.renewed_on >= x.lapsed_on AND x.renewed_on <= %(day)s)))"
)
SUSPENDED = (
    f"({_past('suspended')} OR (x.suspended_on <= %(day)s AND NOT (x.resumed_on IS NOT NULL "
    "AND x.resumed_on >= x.suspended_on AND x.resumed_on <= %(day)s)))"
)
LIVES = "(x.ended_on IS NULL OR x.ended_on > %(day)s)"
RENEWALS = f"""
    JOIN (SELECT a.record_id AS id, a.renewed_on AS renewed FROM {TABLE} a WHERE a.renewed_on IS NOT NULL
          UNION ALL
          SELECT a.record_id, {as_day(turn("from"))} FROM {TABLE} a, {turns("a.past")}
          WHERE {turn("what")} = 'renewed') w ON w.id = x.record_id
    {_held_on("w.renewed")}
"""


def _level(where: str) -> tuple[str, ...]:
    return (lines(TABLE, f"{WHOLE} AND {LIVES} AND {where}", joins=_held_on("%(day)s"), **BY_ORIGIN),)


FLOWS: Recount = {
    "agreements.signed": (
        lines(
            TABLE,
            f"{AGREEMENT} AND x.signed_on IS NOT NULL",
            day="x.signed_on",
            joins=SIGNER,
            **WHO,
            slot3="CASE WHEN x.is_amendment THEN 'amendment' ELSE 'new' END",
        ),
    ),
    "agreements.inherited": (lines(TABLE, AGREEMENT, day="h.since", joins=HEIRS, **BY_ORIGIN),),
    "agreements.renewed": (lines(TABLE, AGREEMENT, day="w.renewed", joins=RENEWALS, **BY_ORIGIN),),
    "agreements.ended": (
        lines(
            TABLE,
            f"{AGREEMENT} AND x.ended_on IS NOT NULL",
            day="x.ended_on",
            joins=_held_on("x.ended_on"),
            **BY_ORIGIN,
        ),
    ),
    "agreements.minutes": (
        lines(
            TABLE,
            f"{MINUTES} AND x.signed_on IS NOT NULL",
            day="x.signed_on",
            joins=SIGNER,
            **WHO,
            slot3="x.classified_as",
        ),
    ),
}
LEVELS: Recount = {
    "agreements.in_force": _level(f"x.effective_on <= %(day)s AND COALESCE({LAPSED}, FALSE) = FALSE"),
    "agreements.suspended": _level(SUSPENDED),
    "agreements.applied_after_expiry": _level(LAPSED),
}
