"""Friendship associations: members are those of the last count, and whoever came over in a merger since."""

from __future__ import annotations

from tests.trust.recount.sql import Recount, between, lines

TABLE = "associations_association"
WHO = {
    "office": "x.lead_office_code",
    "country": "x.country_code",
    "partner": "x.partner_code",
    "channel": "'people'",
}
LIVES = "x.cancelled_on IS NULL"
BODY = f"{LIVES} AND x.kind IN ('union', 'association')"
ENDED = "COALESCE(x.merged_on, x.dissolved_on)"


def _members(column: str) -> str:
    """By the asked day: the last count as such, with everybody who came over on its day or later."""
    counts = (
        "SELECT l.* FROM associations_membercount l WHERE l.row_id = x.record_id AND l.counted_on <= %(day)s"
    )
    last = f"SELECT MAX(l.counted_on) FROM ({counts}) l WHERE l.moved_from = ''"
    return (
        f"COALESCE((SELECT l.{column} FROM ({counts}) l WHERE l.moved_from = '' "
        'ORDER BY l.counted_on DESC, l."order" DESC LIMIT 1), 0) '
        f"+ COALESCE((SELECT SUM(l.{column}) FROM ({counts}) l WHERE l.moved_from <> '' "
        f"AND l.counted_on >= COALESCE(({last}), l.counted_on)), 0)"
    )


def _counted(column: str, kind: str) -> str:
    return lines(
        TABLE,
        f"{BODY} AND COALESCE({ENDED} > %(day)s, TRUE)",
        value=_members(column),
        **WHO,
        slot1=f"'{kind}'",
        slot2="x.kind",
    )


FLOWS: Recount = {
    "associations.founded": (
        lines(
            TABLE,
            f"{LIVES} AND x.kind = 'association' AND NOT x.is_successor",
            day="x.founded_on",
            **WHO,
        ),
    ),
    "associations.congresses": (
        lines(TABLE, f"{LIVES} AND x.kind = 'congress'", day="x.held_on", **WHO, slot1="x.body_kind"),
    ),
}
LEVELS: Recount = {
    "associations.active": (
        lines(TABLE, f"{LIVES} AND x.kind = 'association' AND {between('x.founded_on', ENDED)}", **WHO),
    ),
    "associations.members": (
        _counted("organisations", "organisation"),
        _counted("individuals", "individual"),
    ),
    "associations.branches": (
        lines(
            TABLE,
            f"{BODY} AND {between('b.founded_on', f'COALESCE(b.closed_on, {ENDED})')}",
            joins="JOIN associations_branch b ON b.row_id = x.record_id",
            **WHO,
            slot1="x.kind",
        ),
    ),
}
