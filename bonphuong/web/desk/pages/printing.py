"""What the Word templates are filled with from a delegation. Always Vietnamese: it is an official paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bonphuong.families.delegations.enums import OUTWARD, Kind, MemberRole, PlanStatus
from bonphuong.kernel import clock
from bonphuong.kernel.dates import date_range, format_date, parse_date
from bonphuong.kernel.numbers import short_amount
from bonphuong.kit.names import Names, names_of
from bonphuong.papers.bases import bases_of
from bonphuong.papers.enums import PaperKind, TemplateCode
from bonphuong.papers.placeholders import OF_TEMPLATE
from bonphuong.procedures.enums import DayUnit
from bonphuong.web.desk.pages.case_papers import (
    deciding,
    filed,
    opinion_letters,
    printable,
    printables_of,
    promised,
)
from bonphuong.web.desk.pages.delegations import where_text
from bonphuong.web.desk.pages.issuing import day_of, letterhead

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from bonphuong.families.delegations.models import Delegation, Member
    from bonphuong.papers.models import Paper
    from bonphuong.web.desk.pages.case_papers import Printable
    from bonphuong.web.desk.pages.delegation import DelegationPage
    from bonphuong.web.desk.pages.issuing import Issuing

_AROUND = (
    TemplateCode.NOTE_DRAFT,
    TemplateCode.INVITATION,
    TemplateCode.PROGRAMME,
    TemplateCode.TRIP_REPORT,
)
# What may be printed for each kind, in the order in which a case needs it.
PRINTED: Mapping[str, tuple[TemplateCode, ...]] = {
    Kind.OUTBOUND: (
        TemplateCode.OPINION_LETTER,
        TemplateCode.OUTBOUND_SUBMISSION,
        TemplateCode.OUTBOUND_DECISION,
        TemplateCode.MEMBER_LIST,
        *_AROUND,
    ),
    Kind.INDIVIDUAL: (
        TemplateCode.OPINION_LETTER,
        TemplateCode.OUTBOUND_SUBMISSION,
        TemplateCode.INDIVIDUAL_DECISION,
        TemplateCode.MEMBER_LIST,
        TemplateCode.TRIP_REPORT,
    ),
    Kind.PERSONAL: (TemplateCode.INDIVIDUAL_DECISION,),
    Kind.INBOUND: (
        TemplateCode.OPINION_LETTER,
        TemplateCode.INBOUND_SUBMISSION,
        TemplateCode.INBOUND_DECISION,
        TemplateCode.GUEST_LIST,
        *_AROUND,
    ),
    Kind.DAY_CONTACT: (TemplateCode.MEMBER_LIST, *_AROUND),
    Kind.SESSION: (TemplateCode.MEMBER_LIST, *_AROUND),
}


def printables(page: DelegationPage) -> list[Printable]:
    """What may be printed for this delegation."""
    return printables_of(PRINTED[page.row.kind], page.parts.papers)


@dataclass(frozen=True)
class Private:
    """What may be printed of a member's restricted data, by the member's uid."""

    passports: Mapping[UUID, str]
    births: Mapping[UUID, str]


def print_context(
    code: TemplateCode, page: DelegationPage, private: Private, by: Issuing, to: str = ""
) -> dict[str, object]:
    """Everything that is known, by the English names of `papers.placeholders`; the rest prints as dots."""
    with translation.override("vi"):
        row = page.row
        names = _names(page)
        trip = _trip(row, names, page)
        known = {
            **letterhead(code, page.record, by, printable(code, page.parts.papers).filed),
            "bases": bases_of(page.record.family, page.record.kind, day_of(page.record)),
            **_case(page, names, trip),
            **trip,
            **deciding(page.record, row.lead_office_code),
            "request": _cited(filed(page.parts.papers, PaperKind.SUBMISSION)),
            "commitments": promised(page.record),
            "opinion_letters": opinion_letters(page.record, to),
            **_person(row),
            **_guest(row, names),
            "members": [_member(member, names, private) for member in page.members],
            "attached_to": _attached(code, page),
        }
    asked = {placeholder.name for placeholder in OF_TEMPLATE[code]}
    return {name: value for name, value in known.items() if name in asked}


def _names(page: DelegationPage) -> Names:
    row = page.row
    places = list(row.places.all())
    return names_of(
        countries={
            row.main_country,
            *(p.country_code for p in places),
            *(m.nationality for m in page.members),
        },
        offices={row.lead_office_code, page.record.office_code, page.record.book}
        | {host.office_code for host in row.cohosts.all()},
        parties={row.partner_code, row.organiser_code, *(p.party_code for p in places)},
    )


def _case(page: DelegationPage, names: Names, trip: Mapping[str, object]) -> dict[str, object]:
    """The names that papers of all records have in common."""
    row, record = page.row, page.record
    travels = {"delegation": trip["delegation"], "places": trip["places"] or trip["countries"]}
    about = (
        pgettext("in an official paper", "sending %(delegation)s to %(places)s")
        if row.kind in OUTWARD
        else pgettext("in an official paper", "receiving %(delegation)s")
    )
    summary = (
        (pgettext("of a trip", "Delegation"), trip["delegation"]),
        (pgettext("of a trip", "Head"), ", ".join(filter(None, (str(trip["head"]), str(trip["head_post"]))))),
        (pgettext("of a trip", "Number of people"), str(trip["head_count"])),
        (pgettext("of a trip", "Where"), travels["places"]),
        (pgettext("of a trip", "When"), trip["dates"]),
        (pgettext("of a trip", "Purpose"), trip["purpose"]),
        (pgettext("of a trip", "Partner"), trip["inviter"]),
        (pgettext("of a trip", "Funds"), trip["funding"]),
    )
    return {
        "case_title": record.title,
        "about": about % travels,
        "case_kind": str(page.parts.kind_label),
        "case_number": record.number,
        "partner": trip["inviter"],
        "venue": row.venue or travels["places"],
        "lead_office": names.office(row.lead_office_code),
        "summary": [{"label": label, "value": str(value).rstrip(".;")} for label, value in summary if value],
        "contents": row.content.splitlines(),
        "results": row.result.splitlines(),
        "chair": ", ".join(filter(None, (str(trip["head"]), str(trip["head_post"])))),
    }


def _trip(row: Delegation, names: Names, page: DelegationPage) -> dict[str, object]:
    first, last = row.started_on or row.starts_on, row.ended_on or row.ends_on or row.starts_on
    head = next((m for m in page.members if m.role == MemberRole.HEAD), None)
    countries = dict.fromkeys([row.main_country, *(place.country_code for place in row.places.all())])
    return {
        "delegation": _called(row, names, page.record.title),
        "purpose": row.content or _first_small(page.record.title),
        "head": row.head_name or (head.full_name if head else ""),
        "head_post": row.head_title or (head.post_then if head else ""),
        "head_count": row.heads or len(page.members) or "",
        "countries": ", ".join(names.country(code) for code in countries if code),
        # Of guests the paper asks where in the province they go, not where they come from.
        "places": row.venue if row.kind == Kind.INBOUND else where_text(row, names),
        "dates": date_range(first, last, "vi") if first and last else "",
        "days": (last - first).days + 1 if first and last else "",
        "year": first.year if first else "",
        "inviter": row.partner_text or names.party(row.partner_code),
        "invitation": _cited(filed(page.parts.papers, PaperKind.INVITATION)),
        "funding": str(row.get_funding_display()) if row.funding else "",
        "cost": _("%(sum)s dong") % {"sum": short_amount(row.cost_vnd, "vi")} if row.cost_vnd else "",
        "plan": _plan(row),
        "report_due": _report_due(page),
    }


def _called(row: Delegation, names: Names, title: str) -> str:
    """The delegation inside a sentence: by its title where that names it, else by whose it is."""
    if title.casefold().startswith(pgettext("in an official paper", "delegation")):
        return _first_small(title)
    if row.kind in OUTWARD:
        whose = names.office(row.lead_office_code)
        return pgettext("in an official paper", "the delegation of %(whose)s") % {"whose": whose}
    whose = row.partner_text or names.party(row.partner_code) or names.country(row.main_country)
    return pgettext("in an official paper", "the guests from %(whose)s") % {"whose": whose}


def _plan(row: Delegation) -> str:
    if not row.plan_status:
        return ""
    inside = row.plan_status == PlanStatus.IN
    return pgettext("annual programme", "in") if inside else pgettext("annual programme", "outside")


def _report_due(page: DelegationPage) -> str:
    """Within how many days to report, by the rule in force for this record."""
    rules = [deadline.rule for deadline in page.parts.case.deadlines] if page.parts.case else []
    rule = next((rule for rule in rules if rule.code == "trip_report"), None)
    if rule is None:
        return ""
    if rule.unit == DayUnit.WORKING:
        return ngettext("%(days)s working day", "%(days)s working days", rule.days) % {"days": rule.days}
    return ngettext("%(days)s day", "%(days)s days", rule.days) % {"days": rule.days}


def _person(row: Delegation) -> dict[str, object]:
    first = next((member for member in row.members.all() if not member.withdrew), None)
    personal = row.kind == Kind.PERSONAL
    return {
        "person": first.full_name if first else row.head_name,
        "person_post": first.post_then if first else row.head_title,
        "person_unit": first.unit_then if first else "",
        "trip_kind": _("to travel privately") if personal else _("to travel on duty"),
        "organiser": row.organiser_text,
    }


def _guest(row: Delegation, names: Names) -> dict[str, object]:
    return {
        "nationality": names.country(row.main_country),
        "host": names.office(row.lead_office_code),
        "coordinators": [names.office(host.office_code) for host in row.cohosts.all()],
    }


def _member(member: Member, names: Names, private: Private) -> dict[str, object]:
    return {
        "full_name": member.full_name
        if not member.name_native
        else f"{member.full_name} ({member.name_native})",
        "post": member.post_then,
        "unit": member.unit_then,
        "role": _first_large(str(member.get_role_display())),
        "gender": _first_large(str(member.get_gender_display())) if member.gender else "",
        "birth_date": _birth(private.births.get(member.pk, "")),
        "nationality": names.country(member.nationality) if member.nationality else "",
        "passport": private.passports.get(member.pk, ""),
        "note": member.note,
    }


def _birth(written: str) -> str:
    """A stored day as papers write it; a year alone, and what is masked, as it is."""
    try:
        return format_date(parse_date(written, today=clock.today())) if "-" in written else written
    except ValueError:
        return written


def _first_small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]


def _attached(code: TemplateCode, page: DelegationPage) -> str:
    if code not in {TemplateCode.MEMBER_LIST, TemplateCode.GUEST_LIST}:
        return ""
    wanted = PaperKind.OFFICIAL_LETTER if code == TemplateCode.GUEST_LIST else PaperKind.DECISION
    return _cited(filed(page.parts.papers, wanted) or filed(page.parts.papers, PaperKind.SUBMISSION))


def _cited(paper: Paper | None) -> str:
    """A paper as another one cites it: "Tờ trình số 12/TTr-SNgV ngày 05/03/2026"."""
    if paper is None or not paper.reference:
        return ""
    cited = {
        "kind": _first_large(str(paper.get_kind_display())),
        "number": paper.reference,
        "day": format_date(paper.on) if paper.on else "",
    }
    if not paper.on:
        return _("%(kind)s No. %(number)s") % cited
    return _("%(kind)s No. %(number)s of %(day)s") % cited
