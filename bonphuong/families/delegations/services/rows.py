"""Drafts to rows: headers, papers, the family's own tables. Used by entering and by correcting alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.accounts.enums import SettingKey
from bonphuong.accounts.queries import setting_on
from bonphuong.families.delegations.enums import DECIDED, Kind, Purpose
from bonphuong.families.delegations.models import CoHost, Delegation, Member, Place
from bonphuong.families.delegations.schema import PLAIN_FIELDS
from bonphuong.kernel.bulk import new_row
from bonphuong.papers.enums import PaperKind
from bonphuong.papers.services import PaperNote
from bonphuong.procedures.services import Passage
from bonphuong.records.enums import TieKind, Visibility
from bonphuong.records.schema import HeaderDraft, Tie

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.families.delegations.schema import DelegationDraft
    from bonphuong.records.models import Record
    from bonphuong.records.schema import HeaderChanges

FAMILY = "delegations"
SHORT_FORM = "delegations.inbound_short"
#: The state that a finished case of each kind has reached: decided, begun, over, reported.
_ROADS: dict[str, tuple[str, str, str, str]] = {
    Kind.OUTBOUND: ("approved", "departed", "report_due", "closed"),
    Kind.INDIVIDUAL: ("approved", "departed", "report_due", "closed"),
    Kind.PERSONAL: ("approved", "travelled", "return_declared", "closed"),
    Kind.INBOUND: ("approved", "received", "host_report_due", "closed"),
    SHORT_FORM: ("approved", "received", "left", "closed"),
    Kind.DAY_CONTACT: ("", "held", "held", "reported"),
    Kind.SESSION: ("", "held", "held", "reported"),
}


def procedure_code(draft: DelegationDraft) -> str:
    """The short form for a courtesy call; empty: the kind's own procedure."""
    return SHORT_FORM if draft.kind == Kind.INBOUND and draft.purpose == Purpose.COURTESY else ""


def passage_of(draft: DelegationDraft, paper_uids: Sequence[UUID]) -> Passage | None:
    """How far the draft says that the case has come; None for one that is only asked for."""
    decided, begun, over, reported = _ROADS[procedure_code(draft) or draft.kind]
    started, ended, report = draft.started_on, draft.ended_on, draft.report_received_on
    reached = [
        (decided, draft.decided_on),
        (begun, started),
        (over, ended),
        (reported, report if ended else None),
    ]
    goal = next((state for state, day in reversed(reached) if state and day), "")
    days = {state: day for state, day in reached if state and day}
    if ended and over in {"report_due", "host_report_due"}:
        days["returned" if over == "report_due" else "left"] = ended
    if report:
        days["report_received" if over == "report_due" else "host_report_received"] = report
    first = min(days.values(), default=None)
    if not goal or first is None:
        return None
    return Passage(goal, draft.decided_on or first, days, tuple(paper_uids), strict=False)


def told_title(kind: str, title: str) -> str:
    """The title as papers and the trail, which more people see, may tell it: of a personal trip not whose."""
    return str(Kind.PERSONAL.label) if kind == Kind.PERSONAL else title


def paper_notes(draft: DelegationDraft, office_code: str, *, is_demo: bool) -> list[PaperNote]:
    """The papers that the draft names: its decision, and the report that came."""
    notes = []
    # The subject alone, as papers that come step by step have it: pages tell the kind beside it.
    abstract = told_title(draft.kind, draft.title)
    if draft.decision_number or (draft.decided_on and draft.kind in DECIDED):
        notes.append(
            PaperNote(
                PaperKind.DECISION,
                office_code,
                draft.decision_number,
                draft.decided_on,
                abstract,
                is_demo=is_demo,
            )
        )
    if draft.report_received_on:
        notes.append(
            PaperNote(
                PaperKind.TRIP_REPORT, office_code, "", draft.report_received_on, abstract, is_demo=is_demo
            )
        )
    return notes


def header_of(
    draft: DelegationDraft, office_code: str, paper_uids: Sequence[UUID], *, is_demo: bool
) -> HeaderDraft:
    """The record's header as the draft gives it."""
    begins, ends = span_of(draft)
    passage = passage_of(draft, paper_uids)
    return HeaderDraft(
        family=FAMILY,
        kind=draft.kind,
        title=draft.title,
        office_code=office_code,
        summary="" if draft.kind == Kind.PERSONAL else draft.content,
        visibility=Visibility.PERSONAL if draft.kind == Kind.PERSONAL else Visibility.OFFICE,
        counts_on=draft.started_on,
        begins_on=begins,
        ends_on=ends,
        head_name="" if draft.kind == Kind.PERSONAL else draft.head_name,
        words=words_of(draft),
        is_demo=is_demo,
        ties=ties_of(draft),
        shared_with=sharing(draft, office_code),
        paper_uids=tuple(paper_uids),
        procedure_code=procedure_code(draft),
        opened_on=passage.on if passage else None,
        passage=passage,
    )


def header_changes(draft: DelegationDraft, office_code: str) -> HeaderChanges:
    """What a correction changes of the header."""
    begins, ends = span_of(draft)
    return {
        "title": draft.title,
        "summary": "" if draft.kind == Kind.PERSONAL else draft.content,
        "counts_on": draft.started_on,
        "begins_on": begins,
        "ends_on": ends,
        "head_name": "" if draft.kind == Kind.PERSONAL else draft.head_name,
        "words": words_of(draft),
        "ties": ties_of(draft),
        "shared_with": sharing(draft, office_code),
    }


def span_of(draft: DelegationDraft | Delegation) -> tuple[dt.date | None, dt.date | None]:
    """First and last day: those that happened, else those planned."""
    begins = draft.started_on or draft.starts_on
    ends = draft.ended_on or draft.ends_on
    return begins, ends if ends is None or begins is None or ends >= begins else begins


def words_of(draft: DelegationDraft) -> str:
    """What else the record is found by. Of a personal trip nothing but where to."""
    if draft.kind == Kind.PERSONAL:
        return " ".join(place.text for place in draft.places)
    parts = [draft.head_name, draft.head_title, draft.partner_text, draft.organiser_text, draft.venue]
    parts += [draft.decision_number, *(place.text for place in draft.places)]
    return " ".join(part for part in parts if part)


def ties_of(draft: DelegationDraft) -> list[Tie]:
    """The codes that the record is about, the main country first."""
    ties = [
        Tie(TieKind.COUNTRY, code, is_main=code == draft.main_country)
        for code in dict.fromkeys(place.country_code for place in draft.places if place.country_code)
    ]
    parties = dict.fromkeys([draft.partner_code, *(place.party_code for place in draft.places)])
    ties += [Tie(TieKind.PARTY, code, is_main=code == draft.partner_code) for code in parties if code]
    units = dict.fromkeys(place.unit_code for place in draft.places)
    ties += [Tie(TieKind.UNIT, code) for code in units if code]
    return ties + ([Tie(TieKind.FIELD, draft.field_code)] if draft.field_code else [])


def sharing(draft: DelegationDraft, office_code: str) -> list[str]:
    """Offices beside the owner that see the record."""
    return [code for code in dict.fromkeys((draft.lead_office_code, *draft.cohosts)) if code != office_code]


def row_of(draft: DelegationDraft, record: Record) -> Delegation:
    """The family's own row, not yet stored."""
    return new_row(
        Delegation,
        record=record,
        main_country=draft.main_country,
        alone_is_group=alone_is_group(draft),
        **{name: getattr(draft, name) for name in PLAIN_FIELDS},
    )


def alone_is_group(draft: DelegationDraft) -> bool:
    """Whether the lead office counts one person alone as a group, by its own dated definition."""
    if draft.kind != Kind.INDIVIDUAL:
        return False
    day = draft.started_on or draft.decided_on or draft.starts_on
    return bool(setting_on(draft.lead_office_code, SettingKey.ONE_IS_A_GROUP, day))


def places_of(draft: DelegationDraft, row: Delegation) -> list[Place]:
    """Its places, in order, the first of them the main one."""
    return [
        new_row(
            Place,
            delegation=row,
            order=order,
            country_code=place.country_code,
            party_code=place.party_code,
            unit_code=place.unit_code,
            text=place.text,
            is_main=order == 1,
        )
        for order, place in enumerate(draft.places, 1)
    ]


def members_of(draft: DelegationDraft, row: Delegation) -> list[Member]:
    """Its members, in order; those that had a uid keep it."""
    members = []
    for order, one in enumerate(draft.members, 1):
        values = {name: value for name, value in vars(one).items() if name != "uid"}
        identity = {"uid": one.uid} if one.uid else {}
        members.append(new_row(Member, delegation=row, order=order, **identity, **values))
    return members


def cohosts_of(draft: DelegationDraft, row: Delegation) -> list[CoHost]:
    """Its co-hosts, the lead left out."""
    codes = dict.fromkeys(code for code in draft.cohosts if code != draft.lead_office_code)
    return [new_row(CoHost, delegation=row, office_code=code) for code in codes]
