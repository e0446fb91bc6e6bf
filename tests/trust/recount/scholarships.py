"""Students: C17. Present from the entry until they leave, pauses left out."""

from __future__ import annotations

from tests.trust.recount.sql import Recount, between, lines

TABLE = "scholarships_scholarship"
WHO = {
    "office": "x.lead_office_code",
    "country": "x.country_code",
    "partner": "x.partner_code",
    "field": "x.field_code",
    "slot1": "x.level",
    "slot2": "x.funding",
}
STUDENT = {**WHO, "slot3": "x.gender"}
AWAY = (
    f"({between('x.suspended_on', 'x.resumed_on')} OR EXISTS (SELECT 1 FROM scholarships_break b "
    f"WHERE b.row_id = x.record_id AND {between('b.since', 'b.until')}))"
)


def _student(day: str) -> tuple[str, ...]:
    return (lines(TABLE, "x.kind = 'student'", day=day, **STUDENT),)


def _paid(table: str) -> tuple[str, ...]:
    joins = f"JOIN {table} p ON p.row_id = x.record_id"
    return (lines(TABLE, "TRUE", value="p.amount", day="p.paid_on", joins=joins, **WHO, slot3="p.item"),)


FLOWS: Recount = {
    "students.new": _student("x.entered_on"),
    "students.graduated": _student("x.graduated_on"),
    "students.withdrawn": _student("x.withdrawn_on"),
    "students.quota": (
        lines(
            TABLE,
            "x.kind = 'scheme'",
            value="q.places",
            day="x.decided_on",
            joins="JOIN scholarships_quota q ON q.row_id = x.record_id",
            **{
                **WHO,
                "slot1": "COALESCE(NULLIF(q.level, ''), x.level)",
                "slot2": "COALESCE(NULLIF(q.funding, ''), x.funding)",
            },
        ),
    ),
    "stipends.paid": _paid("scholarships_payment"),
    "scholarships.costs": _paid("scholarships_cost"),
}
LEVELS: Recount = {
    "students.present": (
        lines(
            TABLE,
            f"x.kind = 'student' AND {between('x.entered_on', 'COALESCE(x.graduated_on, x.withdrawn_on)')} "
            f"AND NOT COALESCE({AWAY}, FALSE)",
            **STUDENT,
        ),
    )
}
