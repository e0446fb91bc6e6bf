"""Every shipped procedure, each step from where it may be taken: by the right people it goes, by others never.

A family that adds a definition under `procedures/data/` is walked here with no test of its own.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import deque

import pytest
from django.db import transaction

from bonphuong.accounts.enums import Role
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kernel.uids import new_uid
from bonphuong.papers.enums import PaperKind
from bonphuong.procedures import queries, services
from bonphuong.procedures.enums import StateKind
from bonphuong.procedures.errors import MissingPaper, WrongState
from bonphuong.procedures.graph import Graph
from bonphuong.procedures.models import Case, Procedure, State
from bonphuong.procedures.rules import can_take
from bonphuong.procedures.services.loading import DATA
from bonphuong.trail.acting import acting
from tests.factories.accounts import officer_of
from tests.factories.papers import PaperFactory
from tests.factories.procedures import province

TODAY = dt.date(2026, 4, 30)
DAY = dt.date(2026, 4, 1)
CODES = sorted(
    document["procedure"]["code"]
    for path in DATA.rglob("*.json")
    if "procedure" in (document := json.loads(path.read_text(encoding="utf-8")))
)
ENDS = {StateKind.END, StateKind.STOPPED}


@pytest.fixture(scope="module")
def ground(django_db_setup, django_db_blocker):
    """A province with somebody in every seat, the shipped procedures, and a paper of each kind; for the whole file."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.fixed(TODAY):
        services.load_procedures()
        people = province()
        more = [
            officer_of(people.health, role) for role in (Role.OFFICER, Role.HEAD, Role.AUDITOR, Role.ADMIN)
        ]
        seats = [*vars(people).values(), *more]
        papers = {kind: PaperFactory(kind=kind).pk for kind in PaperKind.values}
        yield people, [one for one in seats if hasattr(one, "username")], papers
        transaction.set_rollback(True)


@pytest.fixture
def walk(ground, db):
    """What walks one procedure."""
    with clock.fixed(TODAY):
        yield lambda code: Walk(code, *ground)


class Walk:
    """One procedure with the people who may or may not take its steps."""

    def __init__(self, code, people, everybody, papers):
        self.graph = Graph.of(Procedure.objects.filter(code=code).order_by("-version").first())
        self.people, self.everybody, self.papers = people, everybody, papers
        self.case = services.open_case(
            record_uid=new_uid(), procedure_code=code, on=DAY, office_code="lc-health", actor=people.clerk
        )
        self.seat = queries.seat_of(self.case)

    def place(self, state: State):
        """Stand the case in a state, whatever led there."""
        with acting(actor=None, verb="system.test"):
            Case.objects.filter(pk=self.case.pk).update(state=state)
        self.case.state = state

    def may(self, way):
        return [one for one in self.everybody if can_take(one, way.permission, way.desk, self.seat)]

    def take(self, way, actor, *, papers=None, note="vì lý do thử"):
        uids = self.papers.values() if papers is None else papers
        return services.take(self.case, way.code, on=DAY, actor=actor, paper_uids=list(uids), note=note)

    def roads(self):
        """The shortest way from the beginning to each state, as transitions."""
        found, todo = {self.graph.start.code: []}, deque([self.graph.start.code])
        while todo:
            here = todo.popleft()
            for way in self.graph.leaving(here):
                if way.to_state.code not in found:
                    found[way.to_state.code] = [*found[here], way]
                    todo.append(way.to_state.code)
        return found


@pytest.mark.parametrize("code", CODES)
def test_every_state_is_reached_and_leads_to_an_end(walk, code):
    graph = walk(code).graph
    reached = set(walk(code).roads())
    assert reached == set(graph.states)
    for start in graph.states:
        seen, todo = {start}, [start]
        while todo:
            for way in graph.leaving(todo.pop()):
                if way.to_state.code not in seen:
                    seen.add(way.to_state.code)
                    todo.append(way.to_state.code)
        assert any(graph.states[state].kind in ENDS for state in seen), start


@pytest.mark.parametrize("code", CODES)
def test_the_road_to_each_end_is_walked_by_the_right_people(walk, code):
    one = walk(code)
    ends = [state.code for state in one.graph.states.values() if state.kind in ENDS]
    for end in ends:
        one.place(one.graph.start)
        # What comes by itself is taken with the step before it.
        for way in [way for way in one.roads()[end] if not way.automatic]:
            one.take(way, one.may(way)[0])
        assert one.case.state.code == end
        assert queries.next_step(one.case) is None or one.case.state.kind == StateKind.STOPPED


@pytest.mark.parametrize("code", CODES)
def test_every_step_is_taken_by_whom_it_is_for_and_by_nobody_else(walk, code):
    one = walk(code)
    for way in one.graph.transitions:
        one.place(one.graph.states[way.from_state.code])
        right = one.may(way)
        assert right, f"nobody may take {way.code}"
        for person in one.everybody:
            if person not in right:
                with pytest.raises(NotAllowed):
                    one.take(way, person)
        if not way.automatic:
            one.take(way, right[0])
            onward = [way.to_state.code, *(t.to_state.code for t in one.graph.automatic(way.to_state.code))]
            assert one.case.state.code == onward[-1]


@pytest.mark.parametrize("code", CODES)
def test_no_step_is_taken_from_another_state_or_without_what_it_needs(walk, code):
    one = walk(code)
    ways = {way.code: way for way in one.graph.transitions}
    for state in one.graph.states.values():
        one.place(state)
        here = {way.code for way in one.graph.leaving(state.code)}
        for name, way in ways.items():
            if name not in here:
                with pytest.raises(WrongState):
                    one.take(way, one.may(way)[0])
    for way in one.graph.transitions:
        one.place(one.graph.states[way.from_state.code])
        for kind in way.required_papers:
            others = [uid for held, uid in one.papers.items() if held != kind]
            with pytest.raises(MissingPaper) as caught:
                one.take(way, one.may(way)[0], papers=others)
            assert caught.value.kinds == (kind,)
        if "note" in way.asks:
            with pytest.raises(BadInput):
                one.take(way, one.may(way)[0], note="")
    assert one.case.steps.count() == 0
