from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.uids import new_uid
from bonphuong.procedures import queries, services
from bonphuong.procedures.enums import Desk, Standing
from bonphuong.procedures.models import Case
from bonphuong.procedures.services import Passage
from tests.factories.papers import PaperFactory
from tests.factories.procedures import DeadlineRuleFactory

MARCH_3 = dt.date(2026, 3, 3)
MARCH_20 = dt.date(2026, 3, 20)
MARCH_24 = dt.date(2026, 3, 24)
PLANNED = {"begins_on": MARCH_20, "ends_on": MARCH_24}


def pass_to(case, state, people, **dates):
    passage = Passage(state, on=MARCH_3, dates=dates, strict=False)
    services.pass_through(case, passage, actor=people.officer)
    return case


def ways(case, person):
    return [transition.code for transition in queries.available(case, person)]


def test_everybody_sees_the_steps_that_are_theirs(trip, lai_chau):
    assert ways(trip, lai_chau.clerk) == ["submit", "cancel"]
    assert ways(trip, lai_chau.officer) == ["submit", "cancel"]
    assert ways(trip, lai_chau.leader) == []
    assert ways(trip, lai_chau.stranger) == []
    assert ways(trip, AnonymousUser()) == []
    pass_to(trip, "awaiting_decision", lai_chau)
    assert ways(trip, lai_chau.leader) == ["approve", "reject", "return_for_revision"]
    assert ways(trip, lai_chau.officer) == ["cancel"]


def test_the_next_step_names_desk_and_office(trip, lai_chau):
    first = queries.next_step(trip)
    assert (first.transition.code, first.desk, first.office_code) == ("submit", Desk.OWNER, "lc-health")
    pass_to(trip, "unit_submitted", lai_chau)
    second = queries.next_step(trip)
    assert (second.transition.code, second.desk, second.office_code) == ("take_in", Desk.FOCAL, "lc-dofa")
    pass_to(trip, "awaiting_decision", lai_chau)
    third = queries.next_step(trip)
    assert (third.transition.code, third.office_code) == ("approve", "lai-chau")


def test_a_case_laid_aside_waits_for_its_owner(trip, lai_chau):
    services.take(trip, "submit", on=MARCH_3, actor=lai_chau.clerk)
    services.take(trip, "return_for_revision", on=MARCH_3, actor=lai_chau.officer, note="thiếu thư mời")
    assert queries.next_step(trip).transition.code == "resubmit"
    services.take(trip, "cancel", on=MARCH_3, actor=lai_chau.clerk, note="thiếu thư mời")
    assert queries.next_step(trip) is None


def test_without_a_focal_agency_the_root_does_its_part(lai_chau):
    case = services.open_case(
        record_uid=new_uid(),
        procedure_code="delegations.outbound",
        on=MARCH_3,
        office_code="dien-bien",
        actor=lai_chau.stranger,
    )
    assert queries.seat_of(case).focal == "dien-bien"
    services.take(case, "submit", on=MARCH_3, actor=lai_chau.stranger)
    services.take(case, "take_in", on=MARCH_3, actor=lai_chau.stranger)
    assert case.state.code == "dofa_appraising"


def test_cases_wait_for_those_who_sit_at_the_desk(trip, lai_chau):
    def waited_for():
        return [
            name
            for name in ("clerk", "officer", "head", "leader", "stranger")
            if queries.waiting_cases(getattr(lai_chau, name)).exists()
        ]

    assert waited_for() == ["clerk"]
    pass_to(trip, "unit_submitted", lai_chau)
    assert waited_for() == ["officer", "head"]
    pass_to(trip, "awaiting_decision", lai_chau)
    assert waited_for() == ["leader"]
    pass_to(trip, "approved", lai_chau)
    assert waited_for() == []
    assert not queries.waiting_cases(AnonymousUser()).exists()


def test_nothing_waits_where_nothing_runs(lai_chau):
    assert list(queries.waiting_cases(lai_chau.officer)) == []


def test_cases_are_read_at_once_for_a_list(trip, lai_chau, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.cases_of([trip.pk, new_uid()])
        assert {uid: case.state.phase.code for uid, case in found.items()} == {trip.pk: "prepare"}
    assert queries.case_of(trip.pk) == trip
    with pytest.raises(Case.DoesNotExist):
        queries.case_of(new_uid())


def test_the_procedure_of_a_day_is_the_version_in_force(lai_chau):
    assert queries.procedure_on("delegations.session", MARCH_3).version == 1
    for code, day in (("delegations.session", dt.date(1999, 1, 1)), ("nothing", MARCH_3)):
        with pytest.raises(BadInput):
            queries.procedure_on(code, day)


def phases(case):
    return [(view.phase.code, str(view.standing)) for view in queries.stepper(case)]


def test_the_stepper_shows_phases_done_in_progress_and_ahead(trip, lai_chau):
    pass_to(trip, "approved", lai_chau)
    assert phases(trip) == [
        ("prepare", "done"),
        ("appraise", "done"),
        ("decide", "done"),
        ("travel", "doing"),
        ("report", "ahead"),
        ("finish", "ahead"),
    ]
    view = queries.stepper(trip)[2]
    assert (view.phase.label, view.entered_on, view.left_on) == ("Quyết định", MARCH_3, MARCH_3)
    with translation.override("en"):
        assert view.phase.label == "Decision"
    assert [passed.state.code for passed in queries.stepper(trip)[3].states] == ["approved"]


def test_the_stepper_of_a_finished_case_is_all_done(trip, lai_chau):
    pass_to(trip, "closed", lai_chau, departed=MARCH_20, returned=MARCH_24)
    assert {standing for _code, standing in phases(trip)} == {"done"}
    travel, finish = queries.stepper(trip)[3], queries.stepper(trip)[5]
    assert (travel.entered_on, travel.left_on) == (MARCH_3, MARCH_24)
    assert (finish.entered_on, finish.left_on) == (MARCH_24, MARCH_24)


def test_the_stepper_shows_where_a_case_was_stopped(trip, lai_chau):
    pass_to(trip, "awaiting_decision", lai_chau)
    services.take(trip, "reject", on=MARCH_3, actor=lai_chau.leader, note="thiếu thư mời")
    assert phases(trip)[1:4] == [("appraise", "done"), ("decide", "stopped"), ("travel", "ahead")]
    decide = queries.stepper(trip)[2]
    assert (decide.stopped_as.code, decide.left_on) == ("rejected", MARCH_3)


def test_the_stepper_of_a_case_sent_back_stays_where_it_was(trip, lai_chau):
    services.take(trip, "submit", on=MARCH_3, actor=lai_chau.clerk)
    services.take(trip, "return_for_revision", on=MARCH_3, actor=lai_chau.officer, note="thiếu thư mời")
    assert phases(trip)[:3] == [("prepare", "done"), ("appraise", "stopped"), ("decide", "ahead")]
    assert queries.stepper(trip)[1].stopped_as.code == "returned_for_revision"
    assert queries.stepper(trip)[1].left_on is None


def due(case, dates=None, today=None):
    return [
        (found.rule.code, found.due_on, found.standing)
        for found in queries.deadlines(case, dates or {}, today=today or dt.date(2026, 3, 25))
    ]


def test_appraisal_counts_from_its_own_beginning(trip, lai_chau):
    assert due(trip) == []
    services.take(trip, "submit", on=MARCH_3, actor=lai_chau.clerk)
    services.take(trip, "take_in", on=MARCH_3, actor=lai_chau.officer)
    assert due(trip, today=MARCH_3) == [("appraisal", dt.date(2026, 3, 6), Standing.OK)]
    services.take(trip, "return_for_revision", on=MARCH_3, actor=lai_chau.officer, note="thiếu thư mời")
    assert due(trip) == []
    services.take(trip, "resubmit", on=MARCH_20, actor=lai_chau.clerk)
    services.take(trip, "take_in", on=MARCH_20, actor=lai_chau.officer)
    assert due(trip) == [("appraisal", dt.date(2026, 3, 25), Standing.SOON)]
    services.take(trip, "send_up", on=MARCH_24, actor=lai_chau.officer)
    assert due(trip) == [("appraisal", dt.date(2026, 3, 25), Standing.DONE)]


def test_departure_is_waited_for_only_once_it_is_allowed(trip, lai_chau):
    pass_to(trip, "awaiting_decision", lai_chau)
    assert [code for code, _due, _standing in due(trip, PLANNED)] == ["appraisal"]
    services.take(
        trip, "approve", on=MARCH_3, actor=lai_chau.leader, paper_uids=[PaperFactory(kind="decision").pk]
    )
    assert due(trip, PLANNED)[0] == ("confirm_departure", dt.date(2026, 3, 23), Standing.LATE)


def test_the_trip_report_counts_from_the_return(trip, lai_chau):
    pass_to(trip, "returned", lai_chau, departed=MARCH_20, returned=MARCH_24)
    found = queries.deadlines(trip, PLANNED, today=dt.date(2026, 4, 5))
    nearest = queries.next_deadline(found)
    assert (nearest.rule.code, nearest.due_on, nearest.days_left, nearest.standing) == (
        "trip_report",
        dt.date(2026, 4, 8),
        3,
        Standing.SOON,
    )
    pass_to(trip, "report_received", lai_chau)
    after = {found.rule.code: found.done_on for found in queries.deadlines(trip, PLANNED)}
    assert after["trip_report"] == MARCH_24
    assert queries.next_deadline(queries.deadlines(trip, PLANNED)) is None


def test_a_case_that_was_stopped_owes_nothing(trip, lai_chau):
    pass_to(trip, "approved", lai_chau)
    services.take(trip, "cancel", on=MARCH_20, actor=lai_chau.clerk, note="thiếu thư mời")
    assert due(trip, PLANNED) == []


def test_a_case_keeps_the_rules_of_the_day_it_was_opened(trip, lai_chau):
    DeadlineRuleFactory(office_code="lai-chau", days=7, valid_from=dt.date(2026, 3, 10))
    pass_to(trip, "returned", lai_chau, departed=MARCH_20, returned=MARCH_24)
    assert due(trip)[0] == ("trip_report", dt.date(2026, 4, 8), Standing.OK)


def test_the_dossier_says_what_is_there_and_what_is_missing(trip, lai_chau):
    letter, decision = PaperFactory(kind="official_letter"), PaperFactory(kind="decision")
    services.take(trip, "submit", on=MARCH_3, actor=lai_chau.clerk, paper_uids=[letter.pk])
    services.take(trip, "take_in", on=MARCH_3, actor=lai_chau.officer)
    services.take(trip, "send_up", on=MARCH_3, actor=lai_chau.officer)
    lines = {line.kind: line for line in queries.dossier(trip)}
    assert list(lines) == ["official_letter", "invitation", "programme", "submission", "decision"]
    assert lines["official_letter"].papers == (letter.pk,)
    assert [kind for kind, line in lines.items() if line.is_missing] == [
        "invitation",
        "programme",
        "submission",
        "decision",
    ]
    assert [kind for kind, line in lines.items() if line.required] == ["decision"]
    services.take(trip, "approve", on=MARCH_3, actor=lai_chau.leader, paper_uids=[decision.pk])
    assert not next(line for line in queries.dossier(trip) if line.kind == "decision").is_missing
