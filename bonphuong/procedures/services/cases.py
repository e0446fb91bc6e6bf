"""Cases on their way: opened, moved one step, or registered whole from a decision."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.kernel import clock
from bonphuong.kernel.bulk import chunks, insert_rows, new_row
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.papers.enums import PaperKind
from bonphuong.papers.models import Paper
from bonphuong.procedures.enums import StateKind
from bonphuong.procedures.errors import MissingPaper, WrongState
from bonphuong.procedures.graph import Graph
from bonphuong.procedures.history import history
from bonphuong.procedures.models import Case, Procedure, Step, StepPaper
from bonphuong.procedures.queries import procedure_on, reopening, seat_of
from bonphuong.procedures.rulebook import RuleBook, holds_on
from bonphuong.procedures.rules import Seat, can_register, can_take
from bonphuong.procedures.services.approvals import keep_approval
from bonphuong.procedures.signing import authorities_of, lends
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.papers.signatures import Signing
    from bonphuong.procedures.history import Passed
    from bonphuong.procedures.models import Authority, State, Transition


@dataclass(frozen=True)
class Passage:
    """How far a decided case has come, and with which papers.

    `on` is the decision's day; `dates` gives the day on which a state was reached where it is known (others take
    the day of the state before). `through` names states passed only where needed, such as "party_opinion".
    `strict` refuses a passage through a decision without the decision's paper; else it is noted as missing.
    """

    to_state: str
    on: dt.date
    dates: Mapping[str, dt.date] = field(default_factory=dict)
    paper_uids: Sequence[UUID] = ()
    through: Collection[str] = ()
    note: str = ""
    strict: bool = True


@dataclass(frozen=True)
class Opening:
    """A case to open on a day; with a passage it arrives already decided and is opened where its papers say."""

    record_uid: UUID
    procedure_code: str
    office_code: str
    on: dt.date
    passage: Passage | None = None


@dataclass(frozen=True)
class Opened:
    """A case just opened, with its graph and history at hand, so that its deadlines need no query."""

    case: Case
    graph: Graph
    passed: Sequence[Passed]


@dataclass
class _Walk:
    """A passage worked out: the states that it goes through and the papers that each step is given."""

    entries: list[dict[str, Any]]
    papers: list[tuple[UUID, str]]
    goal: State


def open_case(*, record_uid: UUID, procedure_code: str, on: dt.date, office_code: str, actor: User) -> Case:
    """Begin a record's way through the version of the procedure that is in force on `on`; see `open_cases`."""
    opening = Opening(record_uid=record_uid, procedure_code=procedure_code, office_code=office_code, on=on)
    return open_cases([opening], actor=actor)[0].case


def open_cases(openings: Sequence[Opening], *, actor: User, rules: RuleBook | None = None) -> list[Opened]:
    """Begin many cases, in their order, in a number of queries that does not grow with them.

    Whoever opens a decided case must be allowed to register it; that `actor` may add records for the office is
    for the caller to see to. Raises NotAllowed, BadInput (no procedure in force, a day still to come, a paper
    that is not there), MissingPaper, WrongState; nothing is written then.
    """
    with acting(actor=actor, verb="procedures.case.open"):
        book = rules or RuleBook()
        kinds = _kinds_of([uid for o in openings if o.passage for uid in o.passage.paper_uids])
        graphs = _Graphs()
        opened, steps, papers = [], [], []
        _check_day(*(opening.on for opening in openings))
        for opening in openings:
            graph = graphs.on(opening.procedure_code, opening.on)
            case = _new_case(opening, graph, book.chain(opening.office_code)[0])
            made = []
            passage = _fitting(graph, opening.passage)
            if passage is not None:
                step, filed = _passed_at_once(case, graph, passage, kinds, actor)
                made.append(step)
                papers += [(step, *paper) for paper in filed]
            steps += made
            opened.append(Opened(case=case, graph=graph, passed=history(case, graph, made)))
        insert_rows([o.case for o in opened])
        insert_rows(steps, with_keys=True)
        insert_rows(
            [new_row(StepPaper, step=step, paper_id=uid, transition_code=code) for step, uid, code in papers]
        )
        return opened


def take(
    case: Case,
    transition: str,
    *,
    on: dt.date,
    actor: User,
    paper_uids: Sequence[UUID] = (),
    note: str = "",
    from_decision: bool = False,
    signing: Signing | None = None,
) -> Step:
    """Take the step with this code from where the case stands; what follows by itself is taken too.

    `from_decision` registers what a paper decided elsewhere: whoever may register finished cases may do it, and
    the step must then hold a paper. A step that decides keeps who signed: as `signing` says, else whoever takes it,
    by the authority that they hold. `case` is brought up to date. Raises WrongState, NotAllowed, MissingPaper,
    BadInput (a day still to come, a paper that is not there, no reason where one is asked for), Conflict when
    somebody else moved the case first.
    """
    with acting(actor=actor, verb="procedures.case.take", office=case.office_code, obj=case.record_uid):
        graph = Graph.of(case.procedure)
        way = graph.find(graph.state_of(case.state_id).code, transition)
        lent = _check_person(case, way, actor, on, from_decision=from_decision)
        _check_day(on)
        _check_reason(way, note)
        papers = _kinds_of(paper_uids)
        held = set(papers.values()) | _held(case)
        _need([kind for kind in way.required_papers if kind not in held])
        if from_decision and not held:
            _need([PaperKind.DECISION])
        step = _step(case, way, on=on, actor=actor, note=note, from_decision=from_decision)
        _file(step, [(uid, way.code) for uid in papers])
        if way.permission == Permission.RECORD_DECIDE:
            keep_approval(step, way, signing, lent, papers=papers)
        for following in graph.automatic(way.to_state.code):
            _step(case, following, on=on, actor=actor, note="", from_decision=from_decision)
        return step


def pass_through(case: Case, passage: Passage, *, actor: User) -> Step:
    """Register that a case which is already open has come further, as its papers say: one step with all states.

    Raises NotAllowed, WrongState where no road leads, MissingPaper, BadInput, Conflict.
    """
    with acting(actor=actor, verb="procedures.case.register", office=case.office_code, obj=case.record_uid):
        if not can_register(actor, seat_of(case)):
            raise NotAllowed(_("You may not register decided cases for this office."))
        graph = Graph.of(case.procedure)
        start = graph.state_of(case.state_id)
        passage = _fitting(graph, passage) or passage
        # Days do not run back: what follows a step already taken is no earlier than that step.
        since = passage.on if start.kind == StateKind.START else max(passage.on, case.entered_on)
        walk = _walk(
            graph, start, passage, papers=_kinds_of(passage.paper_uids), held=_held(case), since=since
        )
        if not walk.entries:
            raise WrongState(_("The record is already “%(state)s”.") % {"state": start.label})
        _move(case, walk.goal, dt.date.fromisoformat(walk.entries[-1]["on"]))
        step = _passage_step(case, start, walk, passage, actor)
        step.save()
        _file(step, walk.papers)
        return step


def reopen_if_changed(
    case: Case, changed: Collection[str], *, on: dt.date, actor: User, note: str = ""
) -> Step | None:
    """Take the step that a change of these fields calls for (a new round of consulting), if there is one.

    Raises NotAllowed, BadInput, Conflict.
    """
    way = reopening(case, changed)
    return None if way is None else take(case, way.code, on=on, actor=actor, note=note)


def remove_cases(record_uids: Collection[UUID], *, actor: User) -> int:
    """Take away the cases of records that are being taken back as a whole; gives how many there were."""
    with acting(actor=actor, verb="procedures.case.remove"):
        rows = Case.objects.filter(pk__in=record_uids)
        count = rows.count()
        rows.delete()
        return count


def _check_person(
    case: Case, way: Transition, actor: User, on: dt.date, *, from_decision: bool
) -> Authority | None:
    """The authority by which the step is taken, None where a role gives the right."""
    seat = seat_of(case)
    by_role = can_register(actor, seat) if from_decision else can_take(actor, way.permission, way.desk, seat)
    if by_role:
        return None
    lent = authorities_of(actor, on) if way.permission == Permission.RECORD_DECIDE else []
    found = None if from_decision else lends(lent, seat.at(way.desk), case.procedure.code)
    if found is None:
        raise NotAllowed(_("The step “%(step)s” is not yours to take.") % {"step": way.label})
    return found


def _check_reason(way: Transition, note: str) -> None:
    if "note" in way.asks and not note.strip():
        raise BadInput({"note": [_("Say why.")]})


def _check_day(*days: dt.date) -> None:
    today = clock.today()
    if any(day > today for day in days):
        raise BadInput({"on": [_("This day is still to come.")]})


def _kinds_of(uids: Iterable[UUID]) -> dict[UUID, str]:
    wanted = list(dict.fromkeys(uids))
    if not wanted:
        return {}
    found: dict[UUID, str] = {}
    # In slices: SQLite takes only so many values in one question.
    for some in chunks(wanted):
        found.update(Paper.objects.filter(pk__in=some).values_list("pk", "kind"))
    if len(found) < len(wanted):
        raise BadInput({"papers": [_("A paper that was named does not exist.")]})
    return {uid: found[uid] for uid in wanted}


def _held(case: Case) -> set[str]:
    return set(StepPaper.objects.filter(step__case=case).values_list("paper__kind", flat=True))


def _need(kinds: Sequence[str]) -> None:
    if kinds:
        raise MissingPaper(kinds, [str(PaperKind(kind).label) for kind in kinds])


def _move(case: Case, to_state: State, on: dt.date) -> None:
    # The version in the condition is what makes two people's clicks one step and one conflict.
    moved = Case.objects.filter(pk=case.pk, state=case.state_id, version=case.version).update(
        state=to_state, entered_on=on, version=F("version") + 1
    )
    if not moved:
        raise Conflict(_("Somebody else has moved this record on. Open it again to see where it stands."))
    case.state, case.entered_on, case.version = to_state, on, case.version + 1


def _step(case: Case, way: Transition, *, on: dt.date, actor: User, note: str, from_decision: bool) -> Step:
    _move(case, way.to_state, on)
    return Step.objects.create(
        case=case,
        seq=case.version,
        transition_code=way.code,
        from_state=way.from_state,
        to_state=way.to_state,
        on=on,
        actor=actor,
        office_code=case.office_code,
        from_decision=from_decision,
        note=note,
    )


def _file(step: Step, papers: Iterable[tuple[UUID, str]]) -> None:
    StepPaper.objects.bulk_create(
        StepPaper(step=step, paper_id=uid, transition_code=code) for uid, code in papers
    )


class _Graphs:
    """The versions of procedures that a batch asks for, each read once whatever the number of days."""

    def __init__(self) -> None:
        self._versions: dict[str, list[Procedure]] = {}
        self._graphs: dict[int, Graph] = {}

    def on(self, code: str, day: dt.date) -> Graph:
        """The graph of the version in force on `day`. Raises BadInput when there is none."""
        if code not in self._versions:
            self._versions[code] = list(Procedure.objects.filter(code=code).order_by("-version"))
        found = next((p for p in self._versions[code] if holds_on(p, day)), None) or procedure_on(code, day)
        if found.pk not in self._graphs:
            self._graphs[found.pk] = Graph.of(found)
        return self._graphs[found.pk]


def _fitting(graph: Graph, passage: Passage | None) -> Passage | None:
    """The passage as far as this procedure knows its states; None where it knows none of them.

    A kind of record may go through one of several procedures, and its papers may tell of days that only another has.
    """
    if passage is None or passage.strict or passage.to_state in graph.states:
        return passage
    known = [state for state in passage.through if state in graph.states]
    return replace(passage, to_state=known[-1]) if known else None


def _walk(
    graph: Graph,
    start: State,
    passage: Passage,
    *,
    since: dt.date,
    papers: Mapping[UUID, str],
    held: Collection[str] = (),
) -> _Walk:
    road = graph.road(start.code, passage.to_state, passage.through)
    road += graph.automatic(road[-1].to_state.code if road else start.code)
    day = since
    entries, filed = [], []
    loose = dict(papers)
    there = {*held, *papers.values()}
    for way in road:
        day = passage.dates.get(way.to_state.code, day)
        asked = (*way.required_papers, *way.expected_papers)
        for uid in [uid for uid, kind in loose.items() if kind in asked]:
            filed.append((uid, way.code))
            del loose[uid]
        missing = [kind for kind in way.required_papers if kind not in there]
        if passage.strict and PaperKind.DECISION in missing:
            _need([PaperKind.DECISION])
        entries.append(
            {"transition": way.code, "state": way.to_state.code, "on": day.isoformat(), "missing": missing}
        )
    if road:
        # What no step asks for still belongs to the case.
        filed += [(uid, road[-1].code) for uid in loose]
    _check_day(passage.on, *passage.dates.values())
    return _Walk(entries=entries, papers=filed, goal=road[-1].to_state if road else start)


def _passage_step(case: Case, start: State, walk: _Walk, passage: Passage, actor: User) -> Step:
    return new_row(
        Step,
        case=case,
        seq=case.version,
        transition_code="register",
        from_state=start,
        to_state=walk.goal,
        on=passage.on,
        actor=actor,
        office_code=case.office_code,
        from_decision=True,
        note=passage.note,
        passed=walk.entries,
    )


def _new_case(opening: Opening, graph: Graph, book: str) -> Case:
    return new_row(
        Case,
        record_uid=opening.record_uid,
        procedure=graph.procedure,
        state=graph.start,
        entered_on=opening.on,
        opened_on=opening.on,
        rules_on=opening.on,
        office_code=opening.office_code,
        book=book,
    )


def _passed_at_once(
    case: Case, graph: Graph, passage: Passage, kinds: Mapping[UUID, str], actor: User
) -> tuple[Step, list[tuple[UUID, str]]]:
    # The case is not saved yet: it is moved in memory and inserted where it stands.
    if not can_register(actor, Seat(office=case.office_code, book=case.book, focal=case.book)):
        raise NotAllowed(_("You may not register decided cases for this office."))
    own = {uid: kinds[uid] for uid in passage.paper_uids}
    walk = _walk(graph, graph.start, passage, since=passage.on, papers=own)
    if not walk.entries:
        raise WrongState(_("The record is already “%(state)s”.") % {"state": graph.start.label})
    case.state, case.version = walk.goal, case.version + 1
    case.entered_on = dt.date.fromisoformat(walk.entries[-1]["on"])
    return _passage_step(case, graph.start, walk, passage, actor), walk.papers
