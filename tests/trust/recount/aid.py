"""Aid received, in US cents: C19, C20. Only our own share counts, and relief is apart from everything else."""

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
from tests.trust.recount.sql import Recount, between, lines

TABLE = "aid_aid"
PLACE = "COALESCE((SELECT p.unit_code FROM aid_place p WHERE p.row_id = x.record_id ORDER BY p.\"order\" LIMIT 1), '')"
WHO = {
    "office": "x.lead_office_code",
    "country": "x.donor_country",
    "partner": "x.donor_code",
    "unit": PLACE,
    "field": "x.field_code",
}
ITEM = {**WHO, "slot1": "x.aid_kind", "slot2": "x.donor_kind", "slot3": "x.approved_by"}
RELIEF = {**WHO, "slot2": "x.donor_kind"}
APPROVED = "x.kind = 'item' AND x.approved_on IS NOT NULL"
ACCEPTED = "x.kind = 'relief' AND x.accepted_on IS NOT NULL"
GIVEN = "x.kind = 'relief' AND x.distributed_on IS NOT NULL"
LISTED = "x.kind = 'call' AND x.listed_on IS NOT NULL"
SUMS = "JOIN aid_sum s ON s.row_id = x.record_id AND s.share = 'own'"
GOODS = "JOIN aid_good g ON g.row_id = x.record_id"
RESULTS = "JOIN aid_result t ON t.row_id = x.record_id AND t.people > 0"
OWN = " AND z.share = 'own'"
WORTH = ("approved", "whole_life")
RELIEF_WORTH = ("approved", "whole_life", "pledged")
CENTS, GOODS_CENTS = "COALESCE(s.usd, 0)", "COALESCE(g.usd, 0)"
CERTIFIED = (
    "(SELECT MIN(c.since) FROM (SELECT e.row_id AS id, e.since AS since FROM aid_certificate e "
    "UNION ALL SELECT d.record_id, d.certificate_from FROM aid_aid d) c WHERE c.id = x.record_id)"
)


def _sums(where: str, day: str, **told: str) -> str:
    return lines(TABLE, where, value=CENTS, day=day, joins=SUMS, **(told or ITEM))


def _goods(where: str, day: str, **told: str) -> str:
    return lines(TABLE, where, value=GOODS_CENTS, day=day, joins=GOODS, **(told or ITEM))


def _yearly(is_new: str) -> dict[str, str]:
    return {**WHO, "slot1": "x.aid_kind", "slot2": newness(is_new), "slot3": "x.donor_kind"}


FLOWS: Recount = {
    "aid.items": (lines(TABLE, APPROVED, day="x.approved_on", **ITEM),),
    "aid.pledged": (
        _sums("x.kind = 'item' AND s.series = 'pledged' AND s.on_date IS NOT NULL", "s.on_date"),
    ),
    "aid.approved": (
        _sums(f"{APPROVED} AND {first_of('aid_sum', WORTH, OWN)}", "COALESCE(s.on_date, x.approved_on)"),
        # Goods stand for a sum only where no sum is.
        _goods(f"{APPROVED} AND {none_of('aid_sum', WORTH, OWN)}", "x.approved_on"),
    ),
    "aid.in_kind": (_goods(APPROVED, "x.approved_on"),),
    "aid.counterpart": (
        _sums(f"{APPROVED} AND s.series = 'counterpart'", "COALESCE(s.on_date, x.approved_on)"),
    ),
    "aid.committed_year": (
        _sums(f"{APPROVED} AND s.series = 'year_slice'", SLICE_DAY, **_yearly(SLICE_IS_NEW)),
    ),
    "aid.disbursed": (_sums(f"{APPROVED} AND s.series = 'disbursed'", PAID_DAY, **_yearly(PAID_IS_NEW)),),
    "aid.people_reached": (
        lines(
            TABLE,
            APPROVED,
            value="t.people",
            day="COALESCE(t.on_date, x.completed_on, x.distributed_on, x.approved_on)",
            joins=RESULTS,
            **ITEM,
        ),
    ),
    "aid.calls": (lines(TABLE, LISTED, day="x.listed_on", **WHO),),
    "aid.calls_answered": (lines(TABLE, LISTED, day="x.answered_on", **WHO),),
    "aid.calls_target": (_sums(f"{LISTED} AND s.series = 'target'", "x.listed_on", **WHO),),
    "aid.relief_items": (lines(TABLE, ACCEPTED, day="x.accepted_on", **RELIEF),),
    "aid.relief": (
        _sums(f"{ACCEPTED} AND {first_of('aid_sum', RELIEF_WORTH, OWN)}", "x.accepted_on", **RELIEF),
        _goods(f"{ACCEPTED} AND {none_of('aid_sum', RELIEF_WORTH, OWN)}", "x.accepted_on", **RELIEF),
    ),
    "aid.relief_distributed": (
        _sums(f"{GIVEN} AND s.series = 'disbursed'", "COALESCE(s.on_date, x.distributed_on)", **RELIEF),
        _goods(
            f"{GIVEN} AND {none_of('aid_sum', ('disbursed',), OWN)}",
            "COALESCE(g.on_date, x.distributed_on)",
            **RELIEF,
        ),
    ),
    "aid.relief_people": (
        lines(
            TABLE,
            ACCEPTED,
            value="t.people",
            day="COALESCE(t.on_date, x.completed_on, x.distributed_on, x.approved_on, x.accepted_on)",
            joins=RESULTS,
            **RELIEF,
        ),
    ),
}
LEVELS: Recount = {
    "aid.running": (
        lines(
            TABLE,
            f"{APPROVED} AND x.approved_on <= %(day)s AND COALESCE(x.completed_on > %(day)s, TRUE) "
            "AND COALESCE(x.closed_on > %(day)s, TRUE) AND COALESCE(x.cancelled_on > %(day)s, TRUE)",
            **ITEM,
        ),
    ),
    "aid.ngos": (
        lines(
            TABLE,
            "x.kind = 'donor' AND x.certificate_from IS NOT NULL AND x.certificate_kind <> '' "
            f"AND {between(CERTIFIED, 'x.ended_on')}",
            **{**WHO, "slot1": "x.certificate_kind"},
        ),
    ),
}
