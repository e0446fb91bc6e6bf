"""What the page of any record shows beside what its family says: its way, what it counts as, what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.indicators.figures import FigureRequest
from bonphuong.kernel import clock
from bonphuong.kernel.money import from_scaled
from bonphuong.kernel.periods import Period, PeriodKind
from bonphuong.kit.money import DOLLAR, DONG, in_whole_units
from bonphuong.kit.names import names_of
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.queries import postings_of
from bonphuong.papers.enums import PaperKind
from bonphuong.papers.models import Paper
from bonphuong.procedures.history import stepper
from bonphuong.procedures.models import Case
from bonphuong.procedures.queries import available, case_of, deadlines, dossier, next_step, seat_of
from bonphuong.procedures.rules import can_register
from bonphuong.records.enums import CommitmentStatus, LinkKind
from bonphuong.records.models import Record
from bonphuong.records.queries import linked, twins_of
from bonphuong.records.registry import UNKNOWN, get_family
from bonphuong.records.rules import can_change
from bonphuong.trail.models import Action
from bonphuong.trail.queries import changes_of
from bonphuong.web.desk.addresses import list_url, step_page
from bonphuong.web.desk.pages.figures import page_url
from bonphuong.web.desk.pages.standing import StateView, head_view
from bonphuong.web.desk.pages.words import amount, language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet
    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User
    from bonphuong.ledger.measures import Measure
    from bonphuong.ledger.models import Fact
    from bonphuong.procedures.deadlines import Deadline
    from bonphuong.procedures.history import PhaseView
    from bonphuong.procedures.models import Transition
    from bonphuong.procedures.queries import DossierLine, NextStep
    from bonphuong.records.models import Commitment
    from bonphuong.records.twins import Twin

TRAIL_SHOWN = 8
# Measures that say the same in another way; they stand last and are never added to the others.
BESIDE = 2


@dataclass(frozen=True)
class Entry:
    """One entry of the ledger: how much, for which day, written when (in microseconds, as the ledger keeps it)."""

    value: Decimal
    on: dt.date
    posted_at: int


@dataclass(frozen=True)
class Account:
    """One measure that the record counts in, and the entries that brought it there.

    Of money whose entries are of one currency or of several, the total is in the measure's unit; `beside` tells it
    in đồng and in US dollars where these are known and not the unit already.
    """

    measure: Measure
    total: Decimal
    entries: Sequence[Entry]
    beside: Sequence[str] = ()
    url: str = ""

    @property
    def label(self) -> str:
        """The measure's name in the language of the page."""
        return self.measure.label(language())

    @property
    def unit(self) -> str:
        """What it is counted in."""
        return self.measure.unit(language())

    @property
    def is_money(self) -> bool:
        """Whether its figure says nothing without its unit."""
        return self.measure.unit_en in {DONG, DOLLAR}

    @property
    def rank(self) -> int:
        """What took place, then what was allowed, then what is counted beside."""
        if self.measure.code in {"outbound.country_visits", "inbound.cohosted"}:
            return BESIDE
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
class Parts:
    """Everything of a record's page that is alike for all families."""

    record: Record
    kind_label: _StrOrPromise
    list_url: str
    step_page: str
    state: StateView
    case: CasePart | None
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
    counts_as: str


def parts_of(
    user: User, record: Record, *, is_void: bool, dates: Mapping[str, dt.date | None] | None = None
) -> Parts:
    """Gather what hangs on a record that the person may see. `dates` are the family's own for its deadlines."""
    is_copy = record.duplicate_of_id is not None
    case = case_part(user, record, dates=dates, counts=not (is_copy or is_void))
    acts = acts_on(record)
    accounts = accounts_of(record)
    return Parts(
        record=record,
        kind_label=kind_word(record),
        list_url=list_of(record),
        step_page=step_page(record.family),
        state=head_view(record, case.case if case else None, clock.today()),
        case=case,
        papers=papers_of(record),
        accounts=accounts,
        commitments=promises_of(user, record),
        # A copy is told on its own, with the way to part the two again.
        links=[pair for pair in linked(user, record) if pair[0] != LinkKind.DUPLICATE],
        twins=[] if is_copy or is_void else twins_of(user, record),
        doubles=list(Record.objects.visible_to(user).filter(duplicate_of=record)),
        acts=list(acts[:TRAIL_SHOWN]),
        acts_total=acts.count(),
        may_change=can_change(user, record.office_code),
        may_reveal=can(user, Permission.RESTRICTED_READ, record.office_code),
        counts_as=account_sentence(accounts),
    )


def kind_word(record: Record) -> _StrOrPromise:
    """What records of this kind are called together, for the path above a page."""
    try:
        return get_family(record.family).kind(record.kind).plural
    except KeyError:
        return UNKNOWN


def list_of(record: Record) -> str:
    """The list in which the record stands."""
    try:
        get_family(record.family)
    except KeyError:
        return ""
    return list_url(record.family, kind=record.kind)


def acts_on(record: Record) -> QuerySet[Action]:
    """Everything that was done to the record: by name, or among many in one act, as an import is."""
    touched = changes_of(Record._meta.db_table, record.pk).order_by().values("action")
    return Action.objects.filter(Q(object_uid=str(record.pk)) | Q(pk__in=touched)).order_by("-id")


def case_part(
    user: User, record: Record, *, dates: Mapping[str, dt.date | None] | None, counts: bool
) -> CasePart | None:
    """The record's way; none of a copy or of what was entered by mistake: nothing is awaited of them any more."""
    if not counts:
        return None
    try:
        case = case_of(record.pk)
    except Case.DoesNotExist:
        return None
    own = {"begins_on": record.begins_on, "ends_on": record.ends_on, "counts_on": record.counts_on}
    following, papers = next_step(case), dossier(case)
    ways = available(case, user)
    office = following.office_code if following else ""
    return CasePart(
        case=case,
        phases=stepper(case),
        deadlines=deadlines(case, {**own, **(dates or {})}),
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


def promises_of(user: User, record: Record) -> list[Promise]:
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


def papers_of(record: Record) -> list[Paper]:
    """The papers of its dossier, in the order of their days."""
    uids = [tie.paper_id for tie in record.papers.all()]
    return list(Paper.objects.filter(pk__in=uids).order_by("on", "pk"))


def accounts_of(record: Record) -> list[Account]:
    """What the ledger holds of it, measure by measure."""
    kept: dict[str, list[Fact]] = {}
    for fact in postings_of(record.pk):
        kept.setdefault(fact.measure, []).append(fact)
    accounts = [_account(record, code, facts) for code, facts in kept.items()]
    return sorted(accounts, key=lambda account: (account.rank, account.measure.code))


def _account(record: Record, code: str, facts: Sequence[Fact]) -> Account:
    measure = MEASURES[code]
    entries = [
        Entry(_whole(fact.value, measure), fact.on, fact.posting.posted_at) for fact in facts if fact.value
    ]
    total = sum((entry.value for entry in entries), Decimal(0))
    # The figure of the year in which the record counts under this measure.
    year = Period.of(facts[0].on, PeriodKind.YEAR)
    url = page_url(FigureRequest(code, record.book, year))
    return Account(measure, total, entries, _beside(measure, facts), url)


def _beside(measure: Measure, facts: Sequence[Fact]) -> list[str]:
    """A sum of money in đồng and in dollars, as far as known and not told by the unit already."""
    told = {DONG: sum(fact.vnd for fact in facts), DOLLAR: sum(fact.usd for fact in facts)}
    unit = measure.unit_en
    return [
        amount(in_whole_units(value, currency), currency)
        for currency, value in told.items()
        if value and currency != unit
    ]


def _whole(value: int, measure: Measure) -> Decimal:
    """The quantity that a scaled whole number stands for, without needless noughts."""
    found = from_scaled(value, measure.exponent)
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found


def account_sentence(accounts: Sequence[Account]) -> str:
    """What the record counts as, in one line: what took place, or while nothing has, what was allowed."""
    live = [account for account in accounts if account.total and account.rank < BESIDE]
    first = min((account.rank for account in live), default=0)
    return ", ".join(amount(a.total, a.unit) for a in live if a.rank == first)
