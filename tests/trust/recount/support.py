"""What the province gives to partners, in US cents; never together with aid received."""

from __future__ import annotations

from tests.trust.recount.money import (
    PAID_DAY,
    PAID_IS_NEW,
    SLICE_DAY,
    SLICE_IS_NEW,
    first_of,
    newness,
    none_of,
)
from tests.trust.recount.sql import Recount, lines

TABLE = "support_support"
WHO = {
    "office": "x.lead_office_code",
    "country": "x.country",
    "partner": "x.partner_code",
    "field": "x.field_code",
    "slot1": "x.support_kind",
}
ITEM = {**WHO, "slot2": "x.budget"}
APPROVED = "x.approved_on IS NOT NULL"
SUMS = "JOIN support_supportsum s ON s.row_id = x.record_id"
WORTH = ("approved", "whole_life")


def _sums(where: str, day: str, **told: str) -> str:
    return lines(TABLE, where, value="COALESCE(s.usd, 0)", day=day, joins=SUMS, **(told or ITEM))


def _people(role: str) -> tuple[str, ...]:
    joins = f"JOIN support_group g ON g.row_id = x.record_id AND g.role = '{role}'"
    return (lines(TABLE, APPROVED, value="g.people", day="g.since", joins=joins, **WHO),)


FLOWS: Recount = {
    "support.items": (lines(TABLE, APPROVED, day="x.approved_on", **ITEM),),
    "support.completed": (lines(TABLE, f"{APPROVED}", day="x.completed_on", **ITEM),),
    "support.promised": (_sums("s.series = 'promised' AND s.on_date IS NOT NULL", "s.on_date"),),
    "support.approved": (
        _sums(
            f"{APPROVED} AND {first_of('support_supportsum', WORTH)}", "COALESCE(s.on_date, x.approved_on)"
        ),
        lines(
            TABLE,
            f"{APPROVED} AND {none_of('support_supportsum', WORTH)}",
            value="COALESCE(g.usd, 0)",
            day="x.approved_on",
            joins="JOIN support_given g ON g.row_id = x.record_id",
            **ITEM,
        ),
    ),
    "support.counterpart": (
        _sums(f"{APPROVED} AND s.series = 'counterpart'", "COALESCE(s.on_date, x.approved_on)"),
    ),
    "support.committed_year": (
        _sums(f"{APPROVED} AND s.series = 'year_slice'", SLICE_DAY, **WHO, slot2=newness(SLICE_IS_NEW)),
    ),
    "support.disbursed": (
        _sums(f"{APPROVED} AND s.series = 'disbursed'", PAID_DAY, **WHO, slot2=newness(PAID_IS_NEW)),
    ),
    "support.experts": _people("expert"),
    "support.trainees": _people("trainee"),
    "support.exchanged": _people("exchange"),
}
LEVELS: Recount = {
    "support.running": (
        lines(
            TABLE,
            f"{APPROVED} AND x.approved_on <= %(day)s AND COALESCE(x.completed_on > %(day)s, TRUE) "
            "AND COALESCE(x.closed_on > %(day)s, TRUE) AND COALESCE(x.cancelled_on > %(day)s, TRUE)",
            **ITEM,
        ),
    )
}
