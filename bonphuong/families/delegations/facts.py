"""What a delegation counts as. Pure: the record alone, no clock, no rate table, no office tree.

The judge of every rule here is the set of hand-worked cases (C1 to C11, C16, C22).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.families.delegations.enums import Kind, SessionForm
from bonphuong.ledger.facts import FactDraft

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.families.delegations.models import Delegation

#: Organiser of individuals who travel on their own decision.
ALONE = "alone"
#: Organiser known by name only.
OTHER = "other"
HOME = "VN"


def facts_of(row: Delegation, /) -> Sequence[FactDraft]:
    """The facts that the delegation stands for; none for one entered twice or by mistake."""
    if row.is_void or row.record.duplicate_of_id is not None:
        return ()
    return [*_approved(row), *_actual(row)]


def _approved(row: Delegation) -> list[FactDraft]:
    # A decision stays in the statistics of decisions even where the trip was called off (C6).
    if row.decided_on is None or row.approved_heads is None:
        return []
    day, heads = row.decided_on, row.approved_heads
    if _is_group_out(row):
        return [
            _fact(row, "outbound.approved_groups", day, 1),
            _fact(row, "outbound.approved_person_visits", day, heads),
        ]
    if row.kind == Kind.INDIVIDUAL:
        return [_fact(row, "outbound.approved_individuals", day, heads)]
    if row.kind == Kind.INBOUND:
        return [
            _fact(row, "inbound.approved_groups", day, 1),
            _fact(row, "inbound.approved_person_visits", day, heads),
        ]
    return []


def _actual(row: Delegation) -> list[FactDraft]:
    if row.started_on is None or row.cancelled_on is not None:
        return []
    if _is_group_out(row):
        return _group_out(row, row.started_on)
    by_kind = {
        Kind.INDIVIDUAL: _individual,
        Kind.PERSONAL: _personal,
        Kind.INBOUND: _inbound,
        Kind.DAY_CONTACT: _day_contact,
        Kind.SESSION: _session,
    }
    return by_kind[Kind(row.kind)](row, row.started_on)


def _is_group_out(row: Delegation) -> bool:
    # Somewhere one person alone is a group of one: the office's dated definition, kept on the row.
    alone = row.kind == Kind.INDIVIDUAL and row.alone_is_group and _organiser(row) == ALONE
    return row.kind == Kind.OUTBOUND or alone


def _group_out(row: Delegation, day: dt.date) -> list[FactDraft]:
    # A body without a country, or a stop at home, is no visit to a country.
    countries = dict.fromkeys(p.country_code for p in row.places.all() if p.country_code not in {"", HOME})
    return [
        _fact(row, "outbound.groups", day, 1),
        _fact(row, "outbound.person_visits", day, row.heads),
        *(_fact(row, "outbound.country_visits", day, 1, country=code) for code in countries),
    ]


def _individual(row: Delegation, day: dt.date) -> list[FactDraft]:
    return [_fact(row, "outbound.individuals", day, row.heads)]


def _personal(row: Delegation, day: dt.date) -> list[FactDraft]:
    # Only that there was a trip and where to: nothing that could name a person.
    return [
        FactDraft(
            measure="outbound.personal_trips",
            on=day,
            value=row.heads,
            office=row.lead_office_code,
            country=row.main_country,
        )
    ]


def _inbound(row: Delegation, day: dt.date) -> list[FactDraft]:
    return [
        _fact(row, "inbound.groups", day, 1),
        _fact(row, "inbound.person_visits", day, row.heads),
        *(_fact(row, "inbound.cohosted", day, 1, office=host.office_code) for host in row.cohosts.all()),
    ]


def _day_contact(row: Delegation, day: dt.date) -> list[FactDraft]:
    return _crossing(row, day, row.heads)


def _session(row: Delegation, day: dt.date) -> list[FactDraft]:
    held = [_fact(row, "sessions.held", day, 1)]
    crossed = row.crossers if row.session_form != SessionForm.ONLINE else 0
    return [*held, *_crossing(row, day, crossed)] if crossed else held


def _crossing(row: Delegation, day: dt.date, people: int) -> list[FactDraft]:
    return [
        _fact(row, "border.day_contacts", day, 1),
        _fact(row, "border.day_contact_people", day, people),
    ]


def _organiser(row: Delegation) -> str:
    if row.organiser_code:
        return row.organiser_code
    return OTHER if row.organiser_text else ALONE


def _slots(row: Delegation, measure: str) -> tuple[str, str, str]:
    if measure.startswith("border."):
        return ("", "", "")
    if measure == "sessions.held":
        return (row.session_form, row.purpose, "")
    if measure.startswith("inbound."):
        return (row.head_level, row.purpose, row.plan_status)
    if measure.endswith("individuals"):
        return (_organiser(row), row.plan_status, row.funding)
    return (row.head_level, row.plan_status, row.funding)


def _fact(
    row: Delegation, measure: str, day: dt.date, value: int, *, office: str = "", country: str = ""
) -> FactDraft:
    slot1, slot2, slot3 = _slots(row, measure)
    elsewhere = bool(country) and country != row.main_country
    return FactDraft(
        measure=measure,
        on=day,
        value=value,
        office=office or row.lead_office_code,
        country=country or row.main_country,
        # The partner belongs to the main country; another country's visit is not with it.
        partner="" if elsewhere else row.partner_code,
        field=row.field_code,
        channel=row.channel,
        slot1=slot1,
        slot2=slot2,
        slot3=slot3,
    )
