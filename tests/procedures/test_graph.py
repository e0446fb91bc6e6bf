"""What must hold of every procedure that the product ships."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bonphuong.kernel.uids import new_uid
from bonphuong.papers.enums import PaperKind
from bonphuong.procedures import queries, services
from bonphuong.procedures.enums import PhaseStanding, StateKind
from bonphuong.procedures.errors import WrongState
from bonphuong.procedures.graph import Graph
from bonphuong.procedures.models import Case, Procedure, Transition
from tests.factories.papers import PaperFactory

pytestmark = pytest.mark.django_db
ENDS = {StateKind.END, StateKind.STOPPED}


@pytest.fixture
def graphs(lai_chau):
    return [Graph.of(procedure) for procedure in Procedure.objects.all()]


def last(graph):
    return next(state.code for state in graph.states.values() if state.kind == StateKind.END)


def reached(graph, start):
    seen, todo = {start}, [start]
    while todo:
        for way in graph.leaving(todo.pop()):
            if way.to_state.code not in seen:
                seen.add(way.to_state.code)
                todo.append(way.to_state.code)
    return seen


def test_every_state_is_reached_and_leads_to_an_end(graphs):
    for graph in graphs:
        assert reached(graph, graph.start.code) == set(graph.states)
        for code in graph.states:
            assert any(graph.states[end].kind in ENDS for end in reached(graph, code))


def test_a_road_leads_to_every_state_that_is_not_aside(graphs):
    for graph in graphs:
        for state in graph.states.values():
            # What is there only where needed may come by a step that is no part of the road: an amendment.
            if state.phase is not None and state.kind != StateKind.OPTIONAL:
                road = graph.road(graph.start.code, state.code)
                assert (road[-1].to_state if road else graph.start) == state


def test_a_road_skips_what_is_there_only_where_needed(graphs):
    for graph in graphs:
        if graph.procedure.family == "delegations":
            passed = {way.to_state.kind for way in graph.road(graph.start.code, last(graph))}
            assert StateKind.OPTIONAL not in passed


def test_no_road_leads_back_or_aside(graphs):
    for graph in graphs:
        aside = [state.code for state in graph.states.values() if state.kind == StateKind.STOPPED]
        for goal in (graph.start.code, *aside, "nowhere"):
            with pytest.raises(WrongState):
                graph.road(last(graph), goal)


def test_a_graph_is_read_in_two_queries(lai_chau, django_assert_num_queries):
    procedure = Procedure.objects.get(code="delegations.outbound")
    with django_assert_num_queries(2):
        graph = Graph.of(procedure)
        assert [way.to_state.code for way in graph.leaving("draft")] == ["unit_submitted", "cancelled"]
        assert graph.states["draft"].phase.code == "prepare"


def who(people, transition):
    return {"owner": people.head, "focal": people.head, "root": people.leader}[transition.desk]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    picks=st.lists(st.integers(min_value=0, max_value=9), min_size=1, max_size=25),
    kind=st.integers(min_value=0, max_value=999),
)
def test_whatever_is_clicked_the_case_and_its_history_agree(lai_chau, picks, kind):
    procedures = Procedure.objects.order_by("code")
    procedure = procedures[kind % len(procedures)]
    case = services.open_case(
        record_uid=new_uid(),
        procedure_code=procedure.code,
        on=dt.date(2026, 3, 2),
        office_code="lc-health",
        actor=lai_chau.head,
    )
    papers = [PaperFactory(kind=paper).pk for paper in PaperKind.values]
    for pick in picks:
        ways = list(Transition.objects.filter(from_state=case.state, automatic=False).order_by("order"))
        if not ways:
            break
        way = ways[pick % len(ways)]
        services.take(
            case,
            way.code,
            on=dt.date(2026, 3, 3),
            actor=who(lai_chau, way),
            paper_uids=papers,
            note="vì lý do thử",
        )
    stored = Case.objects.select_related("state").get(pk=case.pk)
    passed = queries.history(stored)
    assert (stored.state, stored.version) == (case.state, case.version)
    assert passed[-1].state == stored.state
    assert stored.version == stored.steps.count() + 1 == len(passed)
    doing = [
        view
        for view in queries.stepper(stored)
        if view.standing in {PhaseStanding.DOING, PhaseStanding.STOPPED}
    ]
    assert len(doing) == (0 if stored.state.kind == StateKind.END else 1)
    assert all(found.due_on for found in queries.deadlines(stored, {"begins_on": dt.date(2026, 3, 9)}))
