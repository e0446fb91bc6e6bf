"""The page of one delegation: where it stands, what comes next, what it counts as, and everything that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.families.delegations.enums import OUTWARD
from bonphuong.families.delegations.queries import for_page, guard_warnings
from bonphuong.families.delegations.services import draft_of
from bonphuong.families.delegations.validators import warnings_of
from bonphuong.indicators.figures import FigureRequest
from bonphuong.kernel import clock
from bonphuong.kernel.dates import date_range, format_date
from bonphuong.kernel.numbers import format_number, spell
from bonphuong.kernel.periods import Period, PeriodKind
from bonphuong.ledger.facts import counted
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.queries import draft_of as fact_of
from bonphuong.ledger.queries import postings_of
from bonphuong.papers.enums import PaperKind
from bonphuong.papers.models import Paper
from bonphuong.procedures.history import stepper
from bonphuong.procedures.models import Case
from bonphuong.procedures.queries import available, case_of, deadlines, dossier, next_step, seat_of
from bonphuong.procedures.rules import can_register
from bonphuong.records.enums import CommitmentStatus
from bonphuong.records.models import Record
from bonphuong.records.queries import linked, twins_of
from bonphuong.records.rules import can_change
from bonphuong.trail.models import Action
from bonphuong.trail.queries import changes_of
from bonphuong.web.desk.pages.delegations import where_text
from bonphuong.web.desk.pages.figures import page_url
from bonphuong.web.desk.pages.names import Names, names_of
from bonphuong.web.desk.pages.standing import StateView, head_view
from bonphuong.web.desk.pages.words import amount, language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from bonphuong.accounts.models import User
    from bonphuong.families.delegations.models import Delegation, Member
    from bonphuong.ledger.measures import Measure
    from bonphuong.ledger.models import Fact
    from bonphuong.procedures.deadlines import Deadline
    from bonphuong.procedures.history import PhaseView
    from bonphuong.procedures.models import Transition
    from bonphuong.procedures.queries import DossierLine, NextStep
    from bonphuong.records.enums import LinkKind
    from bonphuong.records.models import Commitment
    from bonphuong.records.twins import Twin

TRAIL_SHOWN = 8


@dataclass(frozen=True)
class Account:
    """One measure that the record counts in, and the entries that brought it there."""

    measure: Measure
    total: int
    entries: Sequence[Fact]
    url: str = ""

    @property
    def label(self) -> str:
        """The measure's name in the language of the page."""
        return self.measure.label(language())

    @property
    def rank(self) -> int:
        """What took place, then what was allowed, then what is counted beside."""
        if self.measure.code in {"outbound.country_visits", "inbound.cohosted"}:
            return _BESIDE
        return 1 if ".approved_" in self.measure.code else 0


@dataclass(frozen=True)
class CasePart:
    """Where the record's case stands and what may be done now."""

    case: Case
    phases: Sequence[PhaseView]
    deadlines: Sequence[Deadline]
    next: NextStep | None
    next_office: str
    ways: Sequence[Transition]
    registrable: Sequence[Transition]
    missing: Sequence[DossierLine]
    unfiled: Sequence[DossierLine]

    @property
    def first(self) -> Deadline | None:
        """The nearest deadline that is still open."""
        return next((deadline for deadline in self.deadlines if deadline.done_on is None), None)

    @property
    def main_way(self) -> Transition | None:
        """The expected step, when this person may take it."""
        return next((t for t in self.ways if self.next is not None and t.pk == self.next.transition.pk), None)

    @property
    def other_ways(self) -> Sequence[Transition]:
        """Everything else that this person may do now."""
        main = self.main_way
        return [t for t in self.ways if main is None or t.pk != main.pk]


@dataclass(frozen=True)
class Promise:
    """Something promised or asked for, and how it stands."""

    row: Commitment
    office: str
    state: str
    word: str
    may_change: bool


@dataclass(frozen=True)
class DelegationPage:
    """Everything that the page shows."""

    record: Record
    row: Delegation
    names: Names
    state: StateView
    sentence: str
    where: str
    case: CasePart | None
    warnings: Sequence[str]
    members: Sequence[Member]
    gone: Sequence[Member]
    papers: Sequence[Paper]
    accounts: Sequence[Account]
    commitments: Sequence[Promise]
    links: Sequence[tuple[LinkKind, Record]]
    twins: Sequence[Twin]
    doubles: Sequence[Record]
    acts: Sequence[Action]
    acts_total: int
    may_change: bool
    may_reveal: bool


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
    case = _case(user, record, counts=record.duplicate_of_id is None and not row.is_void)
    acts = acts_on(record)
    here = [member for member in members if not member.withdrew]
    return DelegationPage(
        record=record,
        row=row,
        names=names,
        state=head_view(record, case.case if case else None, clock.today()),
        sentence=_sentence(row, names),
        where=where_text(row, names),
        case=case,
        warnings=_warnings(row),
        members=here,
        gone=[member for member in members if member.withdrew],
        papers=_papers(record),
        accounts=_accounts(record),
        commitments=_commitments(user, record),
        links=linked(user, record),
        twins=twins_of(user, record) if record.duplicate_of_id is None else [],
        doubles=list(Record.objects.visible_to(user).filter(duplicate_of=record)),
        acts=list(acts[:TRAIL_SHOWN]),
        acts_total=acts.count(),
        may_change=can_change(user, record.office_code),
        may_reveal=can(user, Permission.RESTRICTED_READ, record.office_code),
    )


def acts_on(record: Record) -> QuerySet[Action]:
    """Everything that was done to the record: by name, or among many in one act, as an import is."""
    touched = changes_of(Record._meta.db_table, record.pk).order_by().values("action")
    return Action.objects.filter(Q(object_uid=str(record.pk)) | Q(pk__in=touched)).order_by("-id")


def _case(user: User, record: Record, *, counts: bool) -> CasePart | None:
    # Nothing is awaited any more of a copy, or of what was entered by mistake.
    if not counts:
        return None
    try:
        case = case_of(record.pk)
    except Case.DoesNotExist:
        return None
    dates = {"begins_on": record.begins_on, "ends_on": record.ends_on}
    following, papers = next_step(case), dossier(case)
    ways = available(case, user)
    office = following.office_code if following else ""
    return CasePart(
        case=case,
        phases=stepper(case),
        deadlines=deadlines(case, dates),
        next=following,
        next_office=names_of(offices=[office]).office(office) if office else "",
        ways=ways,
        registrable=_registrable(case, user, ways),
        missing=[line for line in papers if line.is_missing and line.required],
        unfiled=[line for line in papers if line.is_missing and not line.required],
    )


def _registrable(case: Case, user: User, ways: Sequence[Transition]) -> list[Transition]:
    """Steps that belong to others and that a paper has already decided: whoever keeps the register may note them."""
    if not can_register(user, seat_of(case)):
        return []
    mine = [way.pk for way in ways]
    decided = case.procedure.transitions.filter(from_state=case.state_id, automatic=False).exclude(
        pk__in=mine
    )
    rows = decided.select_related("from_state", "to_state").order_by("order")
    return [way for way in rows if PaperKind.DECISION in way.required_papers]


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


def _commitments(user: User, record: Record) -> list[Promise]:
    """What falls due first on top, what is settled below."""
    rows = list(record.commitments.order_by("due_on", "pk"))
    names = names_of(offices={row.lead_office_code for row in rows}) if rows else None
    today = clock.today()
    found = [
        Promise(
            row,
            names.office(row.lead_office_code) if names else "",
            *_promise_state(row, today),
            can_change(user, row.lead_office_code),
        )
        for row in rows
    ]
    return sorted(found, key=lambda line: line.state in {"done", "gone"})


def _promise_state(row: Commitment, today: dt.date) -> tuple[str, str]:
    word = str(row.get_status_display())
    if row.status in {CommitmentStatus.DONE, CommitmentStatus.DROPPED}:
        return ("done" if row.status == CommitmentStatus.DONE else "gone"), word
    late = row.due_on is not None and row.due_on < today
    return ("late", _("Overdue")) if late else ("doing", word)


def _papers(record: Record) -> list[Paper]:
    uids = [tie.paper_id for tie in record.papers.all()]
    return list(Paper.objects.filter(pk__in=uids).order_by("on", "pk"))


def _accounts(record: Record) -> list[Account]:
    entries = list(postings_of(record.pk))
    totals = counted(fact_of(entry) for entry in entries)
    accounts = [
        Account(
            MEASURES[code],
            total,
            [e for e in entries if e.measure == code],
            _figure_url(record, code, entries),
        )
        for code, total in totals.items()
    ]
    return sorted(accounts, key=lambda account: (account.rank, account.measure.code))


def _figure_url(record: Record, code: str, entries: Sequence[Fact]) -> str:
    """The figure of the year in which the record counts under this measure."""
    day = next(entry.on for entry in entries if entry.measure == code)
    return page_url(FigureRequest(code, record.book, Period.of(day, PeriodKind.YEAR)))


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


def account_sentence(accounts: Sequence[Account]) -> str:
    """What the record counts as, in one line: what took place, or while nothing has, what was allowed."""
    lang = language()
    live = [account for account in accounts if account.total and account.rank < _BESIDE]
    first = min((account.rank for account in live), default=0)
    return ", ".join(amount(a.total, a.measure.unit(lang)) for a in live if a.rank == first)


# Actual figures come before approved ones; what is never added to them stands last.
_BESIDE = 2
