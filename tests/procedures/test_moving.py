"""Running cases keep their version and their rules until somebody moves them."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.kernel.uids import new_uid
from bonphuong.procedures import queries, services
from bonphuong.procedures.errors import WrongState
from bonphuong.procedures.graph import Graph
from bonphuong.procedures.models import Case, DeadlineRule, Procedure, State, Transition
from bonphuong.trail.acting import acting
from bonphuong.trail.models import Action
from tests.factories.papers import PaperFactory

MARCH_3 = dt.date(2026, 3, 3)
MARCH_10 = dt.date(2026, 3, 10)
WHY = "Quy trình mới có hiệu lực"


@pytest.fixture
def second(lai_chau):
    """Version 2 of the outbound procedure, from 10 March: the appraisal is called by another name."""
    old = Procedure.objects.get(code="delegations.outbound")
    with acting(actor=None, verb="system.test"):
        new = Procedure.objects.get(pk=old.pk)
        new.pk, new.version, new.valid_from, new.digest = None, 2, MARCH_10, ""
        new.save()
        phases = {}
        for phase in old.phases.all():
            phase.pk, phase.procedure = None, new
            phase.save()
            phases[phase.code] = phase
        for state in old.states.select_related("phase"):
            state.phase = phases[state.phase.code] if state.phase else None
            state.pk, state.procedure = None, new
            state.code = {"dofa_appraising": "focal_appraising"}.get(state.code, state.code)
            state.save()
        states = {state.code: state for state in new.states.all()}
        renamed = {"dofa_appraising": "focal_appraising"}
        for way in old.transitions.select_related("from_state", "to_state"):
            way.from_state = states[renamed.get(way.from_state.code, way.from_state.code)]
            way.to_state = states[renamed.get(way.to_state.code, way.to_state.code)]
            way.pk, way.procedure = None, new
            way.save()
    return new


def appraised(trip, people):
    services.take(trip, "submit", on=MARCH_3, actor=people.clerk)
    services.take(trip, "take_in", on=MARCH_3, actor=people.officer)


def moved(trip, people, **options):
    given = {"actor": people.head, "reason": WHY, "state_map": {"dofa_appraising": "focal_appraising"}}
    return services.move_case(trip, 2, **{**given, **options})


def test_what_runs_keeps_its_version_and_what_begins_takes_the_new_one(trip, second, lai_chau):
    services.take(trip, "submit", on=dt.date(2026, 3, 11), actor=lai_chau.clerk)
    assert Case.objects.get(pk=trip.pk).procedure.version == 1
    later = services.open_case(
        record_uid=new_uid(),
        procedure_code="delegations.outbound",
        on=MARCH_10,
        office_code="lc-health",
        actor=lai_chau.clerk,
    )
    assert later.procedure == second


def test_a_case_is_moved_with_its_way_so_far(trip, second, lai_chau):
    appraised(trip, lai_chau)
    step = moved(trip, lai_chau)
    stored = queries.case_of(trip.pk)
    assert (stored.procedure, stored.state.code, stored.entered_on) == (second, "focal_appraising", MARCH_3)
    assert (step.transition_code, step.note, step.from_state.code) == ("move_version", WHY, "dofa_appraising")
    passed = queries.history(stored)
    assert [entry.state.code for entry in passed] == [
        "draft",
        "unit_submitted",
        "focal_appraising",
        "focal_appraising",
    ]
    assert {entry.state.procedure_id for entry in passed} == {second.pk}
    services.take(trip, "send_up", on=MARCH_10, actor=lai_chau.officer)
    assert (trip.state.code, [view.standing for view in queries.stepper(trip)][:3]) == (
        "awaiting_decision",
        ["done", "done", "doing"],
    )
    assert Action.objects.get(verb="procedures.case.move").reason == WHY


def test_a_state_that_is_no_more_stays_in_the_history_under_its_name(trip, second, lai_chau):
    appraised(trip, lai_chau)
    services.take(trip, "send_up", on=MARCH_3, actor=lai_chau.officer)
    moved(trip, lai_chau, state_map=None)
    codes = [entry.state.code for entry in queries.history(queries.case_of(trip.pk))]
    assert codes == ["draft", "unit_submitted", "dofa_appraising", "awaiting_decision", "awaiting_decision"]


def test_a_passage_before_the_move_is_read_in_the_new_version(trip, second, lai_chau):
    passage = services.Passage("approved", on=MARCH_3, paper_uids=[PaperFactory(kind="decision").pk])
    services.pass_through(trip, passage, actor=lai_chau.officer)
    moved(trip, lai_chau)
    codes = [entry.state.code for entry in queries.history(queries.case_of(trip.pk))]
    assert codes[2:4] == ["focal_appraising", "awaiting_decision"]


def test_a_state_that_the_version_lacks_must_be_named(trip, second, lai_chau):
    appraised(trip, lai_chau)
    for wrong in (None, {"dofa_appraising": "nowhere"}, {"dofa_appraising": "draft", "draft": "nowhere"}):
        with pytest.raises(BadInput) as caught:
            moved(trip, lai_chau, state_map=wrong)
        assert list(caught.value.errors) == ["state_map"]
    assert Case.objects.get(pk=trip.pk).version == 3


def test_only_with_a_reason_by_those_who_keep_the_settings(trip, second, lai_chau):
    with pytest.raises(NotAllowed):
        moved(trip, lai_chau, actor=lai_chau.officer)
    with pytest.raises(BadInput):
        moved(trip, lai_chau, reason=" ")
    with pytest.raises(BadInput):
        services.move_case(trip, 9, actor=lai_chau.head, reason=WHY)


def test_what_is_over_is_not_moved_and_two_at_once_conflict(trip, second, lai_chau):
    other = queries.case_of(trip.pk)
    moved(trip, lai_chau)
    with pytest.raises(Conflict):
        moved(other, lai_chau)
    services.take(trip, "cancel", on=MARCH_10, actor=lai_chau.clerk, note="thôi")
    with pytest.raises(WrongState):
        services.move_case(trip, 1, actor=lai_chau.head, reason=WHY)


def test_new_days_hold_for_a_running_case_only_once_it_is_moved(trip, lai_chau, today):
    services.set_deadline(
        procedure_code="delegations.outbound",
        code="appraisal",
        office_code="lc-health",
        days=5,
        unit="working",
        valid_from=MARCH_10,
        source="Quy chế mới",
        actor=lai_chau.head,
    )
    appraised(trip, lai_chau)
    assert [d.rule.days for d in queries.deadlines(trip, {})] == [3]
    services.move_case(trip, 1, actor=lai_chau.head, reason=WHY)
    assert (trip.rules_on, [d.rule.days for d in queries.deadlines(queries.case_of(trip.pk), {})]) == (
        today,
        [5],
    )


def test_the_running_cases_of_another_version_are_found(trip, second, lai_chau):
    assert list(services.running_cases("delegations.outbound", except_version=2)) == [trip]
    assert not services.running_cases("delegations.outbound", except_version=1).exists()
    assert not services.running_cases("delegations.outbound", offices=["lc-dofa"]).exists()
    services.take(trip, "cancel", on=MARCH_10, actor=lai_chau.clerk, note="thôi")
    assert not services.running_cases("delegations.outbound", except_version=2).exists()


def test_the_new_version_stands_beside_the_old(second):
    assert [Graph.of(p).procedure.version for p in Procedure.objects.filter(code="delegations.outbound")] == [
        1,
        2,
    ]
    assert State.objects.filter(procedure=second).count() == 16
    assert Transition.objects.filter(procedure=second, code="approve").count() == 1
    assert DeadlineRule.objects.filter(procedure_code="delegations.outbound").exists()
