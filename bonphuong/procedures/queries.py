"""Reads of cases: where each stands, what comes next, who is waited for, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import focal_agency, focal_books
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.procedures.deadlines import Deadline, due_on
from bonphuong.procedures.enums import Desk, StartsFrom, StateKind
from bonphuong.procedures.graph import Graph
from bonphuong.procedures.history import Passed, PhaseView, history, stepper
from bonphuong.procedures.models import Case, Procedure, StepPaper, Transition
from bonphuong.procedures.rounds import Return, Rounds, rounds
from bonphuong.procedures.rulebook import RuleBook
from bonphuong.procedures.rules import Seat, can_take, desks_of
from bonphuong.procedures.signing import authorities_of, lends

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from bonphuong.accounts.models import User
    from bonphuong.procedures.models import Authority, DeadlineRule, State

__all__ = [
    "DossierLine",
    "NextStep",
    "Passed",
    "PhaseView",
    "Return",
    "Rounds",
    "available",
    "case_of",
    "cases_of",
    "deadlines",
    "dossier",
    "history",
    "may_take",
    "next_deadline",
    "next_step",
    "next_ways",
    "procedure_on",
    "reopening",
    "rounds",
    "seat_of",
    "stepper",
    "waiting_cases",
]


@dataclass(frozen=True)
class NextStep:
    """What should happen next, and at whose desk."""

    transition: Transition
    desk: Desk
    office_code: str


@dataclass(frozen=True)
class DossierLine:
    """A kind of paper that the dossier needs or should hold, and which ones are there."""

    kind: str
    transition: Transition
    required: bool
    papers: tuple[UUID, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Nothing of this kind was filed with a step."""
        return not self.papers


def procedure_on(code: str, day: dt.date) -> Procedure:
    """The version of a procedure in force on `day`. Raises BadInput when there is none."""
    found = Procedure.objects.filter(code=code).on(day).order_by("-version").first()
    if found is None:
        raise BadInput(
            {"procedure": [_("No procedure “%(code)s” is in force on that day.") % {"code": code}]}
        )
    return found


def case_of(record_uid: UUID) -> Case:
    """The record's case. Raises Case.DoesNotExist."""
    return Case.objects.select_related("procedure", "state__phase").get(pk=record_uid)


def cases_of(record_uids: Collection[UUID]) -> dict[UUID, Case]:
    """Cases keyed by their records, in one query, with state and phase: for lists."""
    rows = Case.objects.filter(pk__in=record_uids).select_related("procedure", "state__phase")
    return {case.record_uid: case for case in rows}


def seat_of(case: Case) -> Seat:
    """Where the case's steps are taken: without a focal agency, the leaders' own office does its part."""
    agency = focal_agency(case.book)
    return Seat(office=case.office_code, book=case.book, focal=agency.code if agency else case.book)


def available(case: Case, user: User | AnonymousUser) -> list[Transition]:
    """The steps that `user` may take now, in order; those that happen by themselves are left out."""
    seat = seat_of(case)
    ways = case.procedure.transitions.filter(from_state=case.state_id, automatic=False, on_change_of=[])
    rows = ways.select_related("from_state", "to_state").order_by("order")
    lent = authorities_of(user)
    return [t for t in rows if may_take(user, t, seat, case.procedure.code, lent)]


def may_take(
    user: User | AnonymousUser, way: Transition, seat: Seat, procedure: str, lent: Sequence[Authority]
) -> bool:
    """Whether `user` may take a step, by a role or, for a decision, by an authority `lent` for the procedure."""
    if can_take(user, way.permission, way.desk, seat):
        return True
    return (
        way.permission == Permission.RECORD_DECIDE and lends(lent, seat.at(way.desk), procedure) is not None
    )


def next_step(case: Case) -> NextStep | None:
    """The step that leads on, the awaited one before others; None at an end."""
    ways = case.procedure.transitions.filter(from_state=case.state_id).exclude(
        to_state__kind=StateKind.STOPPED
    )
    leads = [
        way
        for way in ways.select_related("to_state")
        # What is taken only where needed, and an end that nobody waits for, are offered and not suggested.
        if way.awaited or (way.forward and way.to_state.kind == StateKind.NORMAL)
    ]
    rows = sorted(leads, key=lambda t: (not t.awaited, t.order))
    if not rows:
        return None
    desk = Desk(rows[0].desk)
    return NextStep(transition=rows[0], desk=desk, office_code=seat_of(case).at(desk))


def next_ways(cases: Collection[Case]) -> dict[UUID, Transition]:
    """For each case the step that is awaited, one query for all; cases of which none is awaited are left out."""
    ways: dict[int, Transition] = {}
    rows = Transition.objects.filter(from_state__in={case.state_id for case in cases}, awaited=True)
    for way in rows.select_related("to_state").order_by("-order"):
        ways[way.from_state_id] = way
    return {case.record_uid: ways[case.state_id] for case in cases if case.state_id in ways}


def reopening(case: Case, changed: Collection[str]) -> Transition | None:
    """The step that a change of these fields makes happen, if the case stands where it matters."""
    ways = (
        case.procedure.transitions.filter(from_state=case.state_id)
        .select_related("to_state")
        .order_by("order")
    )
    return next((t for t in ways if set(t.on_change_of) & set(changed)), None)


def waiting_cases(user: User | AnonymousUser) -> QuerySet[Case]:
    """Cases whose awaited step falls to an office where `user` sits with the needed permission."""
    cases = Case.objects.all()
    if not user.is_authenticated:
        return cases.none()
    wanted = Q(pk__in=[])
    ways = Transition.objects.filter(awaited=True).values_list("permission", "desk")
    for permission, desk in ways.order_by("permission", "desk").distinct():
        place = _places(user, Permission(permission), desk)
        if place is not None:
            states = Transition.objects.filter(awaited=True, permission=permission, desk=desk).values(
                "from_state"
            )
            wanted |= place & Q(state__in=states)
    return cases.filter(wanted)


def _places(user: User, permission: Permission, desk: str) -> Q | None:
    """Which cases fall to `user` at a desk: by the roles, and for decisions by what was lent to them."""
    place = _place(desks_of(user, permission), desk)
    if permission == Permission.RECORD_DECIDE:
        for authority in authorities_of(user):
            more = _place(frozenset({authority.office_code}), desk)
            if more is not None and authority.procedure_code:
                more &= Q(procedure__code=authority.procedure_code)
            place = more if place is None else place if more is None else place | more
    return place


def _place(offices: frozenset[str], desk: str) -> Q | None:
    if not offices:
        return None
    if desk == Desk.OWNER:
        return Q(office_code__in=sorted(offices))
    if desk == Desk.ROOT:
        return Q(book__in=sorted(offices))
    return Q(book__in=focal_books(offices))


def deadlines(
    case: Case,
    dates: Mapping[str, dt.date | None],
    *,
    today: dt.date | None = None,
    rules: RuleBook | None = None,
    graph: Graph | None = None,
    passed: Sequence[Passed] | None = None,
) -> list[Deadline]:
    """The case's deadlines, open ones first and the nearest on top.

    `dates` are dates of the record that rules may count from ("begins_on", "ends_on"). The rules are those that
    held when the case was opened, or on the day to whose rules it was moved. A case sent back begins its counts
    anew in the next round. A case that was stopped has none; one laid aside keeps what was fulfilled.
    `rules`, `graph` and `passed` spare the queries where many cases are asked for at once.
    """
    graph = graph or Graph.of(case.procedure)
    passed = history(case, graph) if passed is None else passed
    if passed[-1].state.kind == StateKind.STOPPED:
        return []
    book = rules or RuleBook()
    found = []
    here = passed[-1].state
    for rule in book.deadline_rules(case.procedure.code, case.office_code, case.ruled_on):
        start, after = _start(rule, dates, passed)
        # A rule made for another version of the procedure may end at a state that this one does not have.
        until = graph.states.get(rule.until_state)
        if start is None or until is None:
            continue
        done = _fulfilled(after, until.order)
        if done is None and (_gone_back(after) or _laid_aside(here, rule)):
            continue
        due = due_on(rule, start, book.calendar(case.office_code))
        found.append(
            Deadline(rule=rule, starts_on=start, due_on=due, today=today or clock.today(), done_on=done)
        )
    return sorted(found, key=lambda d: (d.done_on is not None, d.due_on, d.rule.code))


def next_deadline(found: Iterable[Deadline]) -> Deadline | None:
    """The nearest deadline that is still open."""
    return min((d for d in found if d.done_on is None), key=lambda d: d.due_on, default=None)


def _start(
    rule: DeadlineRule, dates: Mapping[str, dt.date | None], passed: Sequence[Passed]
) -> tuple[dt.date | None, Sequence[Passed]]:
    # The day to count from, and what of the history may end the count: a state entered again counts anew.
    if rule.starts_from == StartsFrom.FIELD:
        reached = not rule.once_reached or any(entry.state.code == rule.once_reached for entry in passed)
        return (dates.get(rule.starts_at) if reached else None), passed
    places = [i for i, entry in enumerate(passed) if entry.state.code == rule.starts_at]
    return (passed[places[-1]].on, passed[places[-1] :]) if places else (None, ())


def _gone_back(after: Sequence[Passed]) -> bool:
    """Whether the case has since gone back to before where the count began: it begins anew in the next round."""
    return any(
        entry.state.order < after[0].state.order
        for entry in after[1:]
        if after[0].state.kind != StateKind.SIDE and entry.state.kind != StateKind.SIDE
    )


def _laid_aside(here: State, rule: DeadlineRule) -> bool:
    """Whether the clock stands still, because the case waits aside for something else than this rule asks."""
    return here.kind == StateKind.SIDE and (
        rule.starts_from != StartsFrom.STATE or rule.starts_at != here.code
    )


def _fulfilled(after: Sequence[Passed], order: int) -> dt.date | None:
    on_road = (e for e in after if e.state.kind not in {StateKind.SIDE, StateKind.STOPPED})
    return next((entry.on for entry in on_road if entry.state.order >= order), None)


def dossier(case: Case) -> list[DossierLine]:
    """What papers the steps so far and those that may come next ask for, and which of them are there."""
    graph = Graph.of(case.procedure)
    taken = [entry.transition for entry in history(case, graph)[1:]]
    here = graph.state_of(case.state_id).code
    wanted = [t for t in graph.transitions if t.code in taken or t.from_state.code == here]
    filed: dict[str, list[UUID]] = {}
    for kind, uid in (
        StepPaper.objects.filter(step__case=case).values_list("paper__kind", "paper_id").order_by("pk")
    ):
        filed.setdefault(kind, []).append(uid)
    lines: dict[str, DossierLine] = {}
    for transition in wanted:
        for kind in [*transition.required_papers, *transition.expected_papers]:
            required = kind in transition.required_papers
            if kind not in lines or (required and not lines[kind].required):
                lines[kind] = DossierLine(kind, transition, required, tuple(filed.get(kind, ())))
    return list(lines.values())
