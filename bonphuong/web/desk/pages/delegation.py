"""The page of one delegation: where it stands, what comes next, what it counts as, and everything that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.families.delegations.enums import OUTWARD
from bonphuong.families.delegations.queries import for_page, guard_warnings
from bonphuong.families.delegations.services import draft_of
from bonphuong.families.delegations.validators import warnings_of
from bonphuong.kernel.dates import date_range, format_date
from bonphuong.kernel.numbers import format_number, spell
from bonphuong.kit.names import Names, names_of
from bonphuong.web.desk.pages.delegations import where_text
from bonphuong.web.desk.pages.record_parts import Parts, parts_of
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.families.delegations.models import Delegation, Member
    from bonphuong.records.models import Record


@dataclass(frozen=True)
class DelegationPage:
    """What the page shows beside `parts`, which all records have."""

    parts: Parts
    row: Delegation
    names: Names
    sentence: str
    where: str
    warnings: Sequence[str]
    members: Sequence[Member]
    gone: Sequence[Member]

    @property
    def record(self) -> Record:
        """The header."""
        return self.parts.record


def delegation_page(user: User, uid: UUID) -> DelegationPage:
    """Gather the page. Raises Delegation.DoesNotExist for one that the person may not see."""
    row = for_page(user, uid)
    record = row.record
    members = list(row.members.all())
    places = list(row.places.all())
    names = names_of(
        countries={row.main_country} | {place.country_code for place in places},
        offices={row.lead_office_code, record.office_code, *(host.office_code for host in row.cohosts.all())},
        parties={row.partner_code, row.organiser_code, *(place.party_code for place in places)},
        units={place.unit_code for place in places},
        fields={row.field_code},
    )
    here = [member for member in members if not member.withdrew]
    return DelegationPage(
        parts=parts_of(user, record, is_void=row.is_void),
        row=row,
        names=names,
        sentence=_sentence(row, names),
        where=where_text(row, names),
        warnings=_warnings(row),
        members=here,
        gone=[member for member in members if member.withdrew],
    )


def _sentence(row: Delegation, names: Names) -> str:
    heads = row.heads
    if not heads:
        return where_text(row, names)
    people = ngettext("%(n)s person", "%(n)s people", heads) % {"n": heads}
    return _("%(people)s, %(where)s") % {"people": people, "where": where_text(row, names)}


def _warnings(row: Delegation) -> list[str]:
    """Limits of the office that the trip passes, and what is possible but unusual. Nothing is refused by them."""
    draft = draft_of(row)
    passed = [warning.message for warning in guard_warnings(draft)]
    unusual = warnings_of(draft, members=[member for member in draft.members if not member.withdrew])
    return [*passed, *(message for _name, message in unusual)]


def lines_of(page: DelegationPage) -> list[tuple[str, str, str]]:
    """What the record says of itself: label, value, and the language of the value where it is another."""
    row, names = page.row, page.names
    said = [
        (_("Places"), page.where, ""),
        (_("Inviting body") if row.kind in OUTWARD else _("Partner"), _partner(row, names), ""),
        (_("Purpose"), row.get_purpose_display() if row.purpose else "", ""),
        (_("Content"), row.content, ""),
        (_("Head of delegation"), ", ".join(part for part in (row.head_name, row.head_title) if part), ""),
        (_("Level"), row.get_head_level_display() if row.head_level else "", ""),
        (_("Plan"), row.get_plan_status_display() if row.plan_status else "", ""),
        (_("Funds"), _funds(row), ""),
        (_("Decision"), _decision(row), ""),
        (_("Planned"), _span(row.starts_on, row.ends_on), ""),
        (_("Took place"), _span(row.started_on, row.ended_on), ""),
        (
            _("Report came"),
            format_date(row.report_received_on, language()) if row.report_received_on else "",
            "",
        ),
        (_("Field"), names.fields.get(row.field_code, row.field_code), ""),
        (_("Form"), row.get_session_form_display() if row.session_form else "", ""),
        (_("Organiser"), row.organiser_text, ""),
        (_("Venue"), row.venue, ""),
        (_("Interpreter"), row.interpreter, ""),
        (_("Lead office"), names.office(row.lead_office_code), ""),
        (_("Co-hosts"), ", ".join(names.office(host.office_code) for host in row.cohosts.all()), ""),
        (_("Result"), row.result, ""),
        (_("Called off"), row.cancel_reason, ""),
    ]
    found = [(label, value, lang) for label, value, lang in said if value]
    native = _native(row, names)
    return [*found[:1], native, *found[1:]] if native else found


def _partner(row: Delegation, names: Names) -> str:
    # What was typed goes first: the code may stand for the locality that the body belongs to.
    return row.partner_text or names.party(row.partner_code)


def _native(row: Delegation, names: Names) -> tuple[str, str, str] | None:
    party = names.parties.get(row.partner_code) or next(iter(names.parties.values()), None)
    if party is None or not party.name_native:
        return None
    return _("In their script"), party.name_native, party.native_lang


def _funds(row: Delegation) -> str:
    parts = [row.get_funding_display() if row.funding else ""]
    if row.cost_vnd:
        cost = {"sum": format_number(row.cost_vnd, language()), "words": spell(row.cost_vnd, language())}
        parts.append(_("%(sum)s đồng (%(words)s)") % cost)
    return ", ".join(part for part in parts if part)


def _decision(row: Delegation) -> str:
    day = format_date(row.decided_on, language()) if row.decided_on else ""
    return ", ".join(part for part in (row.decision_number, day) if part)


def _span(first: dt.date | None, last: dt.date | None) -> str:
    known = first or last
    if known is None:
        return ""
    return date_range(first or known, last or known, language())
