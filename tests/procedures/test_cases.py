from __future__ import annotations

import datetime as dt
from copy import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.kernel.uids import new_uid
from bonphuong.papers.enums import PaperKind
from bonphuong.procedures import queries, services
from bonphuong.procedures.errors import MissingPaper, WrongState
from bonphuong.procedures.models import Case, Procedure, Step, StepPaper
from bonphuong.procedures.services import Opening, Passage
from bonphuong.trail.acting import acting
from tests.factories.papers import PaperFactory

MARCH_3 = dt.date(2026, 3, 3)
MARCH_20 = dt.date(2026, 3, 20)
DECIDED = "approved"


def codes(case):
    return [passed.state.code for passed in queries.history(case)]


def up_to_decision(case, people):
    services.take(case, "submit", on=MARCH_3, actor=people.clerk)
    services.take(case, "take_in", on=MARCH_3, actor=people.officer)
    services.take(case, "send_up", on=MARCH_3, actor=people.officer)


def test_a_case_begins_at_the_first_state_of_the_version_in_force(trip):
    assert (trip.state.code, trip.book, trip.version) == ("draft", "lai-chau", 1)
    assert codes(trip) == ["draft"]


def test_no_version_in_force_is_said(lai_chau):
    with pytest.raises(BadInput) as caught:
        services.open_case(
            record_uid=new_uid(),
            procedure_code="delegations.outbound",
            on=dt.date(1999, 1, 1),
            office_code="lc-health",
            actor=lai_chau.clerk,
        )
    assert list(caught.value.errors) == ["procedure"]


def test_a_trip_goes_from_desk_to_desk(trip, lai_chau):
    up_to_decision(trip, lai_chau)
    decision = PaperFactory(kind="decision")
    step = services.take(trip, "approve", on=MARCH_3, actor=lai_chau.leader, paper_uids=[decision.pk])
    assert (step.actor, step.from_state.code, step.to_state.code, step.seq) == (
        lai_chau.leader,
        "awaiting_decision",
        "approved",
        5,
    )
    services.take(trip, "depart", on=MARCH_20, actor=lai_chau.officer)
    services.take(trip, "come_back", on=dt.date(2026, 3, 24), actor=lai_chau.officer)
    assert codes(trip)[-2:] == ["returned", "report_due"]
    report = PaperFactory(kind="trip_report")
    services.take(
        trip, "receive_report", on=dt.date(2026, 4, 2), actor=lai_chau.clerk, paper_uids=[report.pk]
    )
    services.take(trip, "close", on=dt.date(2026, 4, 2), actor=lai_chau.officer)
    assert (trip.state.code, trip.state.is_end, trip.version) == ("closed", True, 10)
    assert Case.objects.get().version == 10
    assert queries.next_step(trip) is None


def test_each_desk_is_its_own(trip, lai_chau):
    for person in (lai_chau.stranger, lai_chau.leader):
        with pytest.raises(NotAllowed):
            services.take(trip, "submit", on=MARCH_3, actor=person)
    up_to_decision(trip, lai_chau)
    decision = PaperFactory(kind="decision")
    for person in (lai_chau.clerk, lai_chau.officer, lai_chau.head):
        with pytest.raises(NotAllowed):
            services.take(trip, "approve", on=MARCH_3, actor=person, paper_uids=[decision.pk])


def test_a_decision_taken_on_paper_is_noted_by_an_officer(trip, lai_chau):
    up_to_decision(trip, lai_chau)
    with pytest.raises(MissingPaper):
        services.take(trip, "approve", on=MARCH_3, actor=lai_chau.officer, from_decision=True)
    decision = PaperFactory(kind="decision")
    with pytest.raises(NotAllowed):
        services.take(
            trip, "approve", on=MARCH_3, actor=lai_chau.clerk, paper_uids=[decision.pk], from_decision=True
        )
    step = services.take(
        trip, "approve", on=MARCH_3, actor=lai_chau.officer, paper_uids=[decision.pk], from_decision=True
    )
    assert (step.from_decision, step.actor, trip.state.code) == (True, lai_chau.officer, "approved")


def test_any_step_registered_from_a_paper_needs_one(trip, lai_chau):
    with pytest.raises(MissingPaper) as caught:
        services.take(trip, "submit", on=MARCH_3, actor=lai_chau.officer, from_decision=True)
    assert caught.value.kinds == ("decision",)


def test_a_missing_paper_is_named(trip, lai_chau):
    up_to_decision(trip, lai_chau)
    with pytest.raises(MissingPaper) as caught:
        services.take(trip, "approve", on=MARCH_3, actor=lai_chau.leader)
    assert caught.value.kinds == ("decision",)
    assert caught.value.errors == {"papers": [f"Còn thiếu: {PaperKind.DECISION.label}."]}


def test_a_paper_given_earlier_still_counts(trip, lai_chau):
    decision = PaperFactory(kind="decision")
    services.take(trip, "submit", on=MARCH_3, actor=lai_chau.clerk, paper_uids=[decision.pk, decision.pk])
    services.take(trip, "take_in", on=MARCH_3, actor=lai_chau.officer)
    services.take(trip, "send_up", on=MARCH_3, actor=lai_chau.officer)
    services.take(trip, "approve", on=MARCH_3, actor=lai_chau.leader)
    assert list(StepPaper.objects.values_list("transition_code", flat=True)) == ["submit"]


def test_papers_and_days_are_checked(trip, lai_chau):
    with pytest.raises(BadInput) as caught:
        services.take(trip, "submit", on=MARCH_3, actor=lai_chau.clerk, paper_uids=[new_uid()])
    assert list(caught.value.errors) == ["papers"]
    with pytest.raises(BadInput) as caught:
        services.take(trip, "submit", on=dt.date(2026, 5, 1), actor=lai_chau.clerk)
    assert list(caught.value.errors) == ["on"]
    assert (trip.version, Step.objects.count()) == (1, 0)


def test_a_step_from_elsewhere_is_refused(trip, lai_chau):
    with pytest.raises(WrongState) as caught:
        services.take(trip, "depart", on=MARCH_3, actor=lai_chau.officer)
    assert caught.value.message == "Không làm được bước này khi hồ sơ ở trạng thái “Đang soạn”."


def test_the_second_of_two_at_once_gets_a_conflict(trip, lai_chau):
    seen_by_another = copy(trip)
    services.take(trip, "submit", on=MARCH_3, actor=lai_chau.clerk)
    with pytest.raises(Conflict):
        services.take(seen_by_another, "submit", on=MARCH_3, actor=lai_chau.officer)
    assert Step.objects.count() == 1


def test_a_case_is_sent_back_and_comes_again(trip, lai_chau):
    services.take(trip, "submit", on=MARCH_3, actor=lai_chau.clerk)
    services.take(trip, "return_for_revision", on=MARCH_3, actor=lai_chau.officer, note="thiếu thư mời")
    services.take(trip, "resubmit", on=MARCH_3, actor=lai_chau.clerk)
    assert codes(trip) == ["draft", "unit_submitted", "returned_for_revision", "unit_submitted"]
    assert trip.steps.get(transition_code="return_for_revision").note == "thiếu thư mời"


def test_a_running_case_keeps_its_version(trip, lai_chau):
    old = trip.procedure
    newer = Procedure.objects.get(pk=old.pk)
    newer.pk, newer.version, newer.valid_from = None, 2, dt.date(2026, 3, 10)
    with acting(actor=None, verb="system.test"):
        newer.save()
        newer_state = newer.states.create(code="draft", label_vi="Mới", label_en="New", order=1, kind="start")
    services.take(trip, "submit", on=dt.date(2026, 3, 11), actor=lai_chau.clerk)
    assert Case.objects.get(pk=trip.pk).procedure == old
    later = services.open_case(
        record_uid=new_uid(),
        procedure_code="delegations.outbound",
        on=dt.date(2026, 3, 11),
        office_code="lc-health",
        actor=lai_chau.clerk,
    )
    assert (later.procedure, later.state) == (newer, newer_state)


def test_a_change_of_place_opens_consulting_again(lai_chau):
    visit = services.open_case(
        record_uid=new_uid(),
        procedure_code="delegations.inbound",
        on=MARCH_3,
        office_code="lc-health",
        actor=lai_chau.clerk,
    )
    assert services.reopen_if_changed(visit, {"places"}, on=MARCH_3, actor=lai_chau.clerk) is None
    decision = PaperFactory(kind="decision")
    services.pass_through(
        visit, Passage("programme_final", on=MARCH_3, paper_uids=[decision.pk]), actor=lai_chau.officer
    )
    assert services.reopen_if_changed(visit, {"title"}, on=MARCH_3, actor=lai_chau.clerk) is None
    step = services.reopen_if_changed(visit, {"places", "title"}, on=MARCH_3, actor=lai_chau.clerk)
    assert (step.transition_code, visit.state.code) == ("reopen_consulting", "consulting")


def test_a_finished_case_passes_every_state_in_one_step(trip, lai_chau):
    decision, report = PaperFactory(kind="decision"), PaperFactory(kind="trip_report")
    passage = Passage(
        to_state="closed",
        on=MARCH_3,
        dates={"departed": MARCH_20, "returned": dt.date(2026, 3, 24)},
        paper_uids=[decision.pk, report.pk],
        note="ghi lại từ quyết định",
    )
    step = services.pass_through(trip, passage, actor=lai_chau.officer)
    assert (step.transition_code, step.from_decision, Step.objects.count()) == ("register", True, 1)
    assert [(passed.state.code, passed.on.isoformat()) for passed in queries.history(trip)] == [
        ("draft", "2026-03-02"),
        ("unit_submitted", "2026-03-03"),
        ("dofa_appraising", "2026-03-03"),
        ("awaiting_decision", "2026-03-03"),
        ("approved", "2026-03-03"),
        ("documents_ready", "2026-03-03"),
        ("departed", "2026-03-20"),
        ("returned", "2026-03-24"),
        ("report_due", "2026-03-24"),
        ("report_received", "2026-03-24"),
        ("closed", "2026-03-24"),
    ]
    placed = StepPaper.objects.order_by("pk").values_list("paper__kind", "transition_code")
    assert list(placed) == [("decision", "approve"), ("trip_report", "receive_report")]
    assert all(passed.from_decision for passed in queries.history(trip)[1:])


def test_a_passage_goes_through_optional_states_that_are_named(trip, lai_chau):
    decision = PaperFactory(kind="decision")
    passage = Passage(DECIDED, on=MARCH_3, paper_uids=[decision.pk], through=["police_opinion"])
    services.pass_through(trip, passage, actor=lai_chau.officer)
    assert codes(trip)[2:5] == ["dofa_appraising", "police_opinion", "awaiting_decision"]


def test_a_passage_takes_what_follows_by_itself_and_keeps_odd_papers(trip, lai_chau):
    papers = [PaperFactory(kind="decision").pk, PaperFactory(kind="news_article").pk]
    services.pass_through(trip, Passage("returned", on=MARCH_3, paper_uids=papers), actor=lai_chau.officer)
    assert trip.state.code == "report_due"
    assert StepPaper.objects.get(paper=papers[1]).transition_code == "await_report"


def test_a_passage_through_a_decision_needs_it_unless_told_otherwise(trip, lai_chau):
    with pytest.raises(MissingPaper):
        services.pass_through(trip, Passage("closed", on=MARCH_3), actor=lai_chau.officer)
    services.pass_through(trip, Passage("closed", on=MARCH_3, strict=False), actor=lai_chau.officer)
    missing = {passed.state.code: passed.missing for passed in queries.history(trip) if passed.missing}
    assert missing == {"approved": ("decision",), "report_received": ("trip_report",)}


def test_a_passage_is_for_those_who_may_register(trip, lai_chau):
    for person in (lai_chau.clerk, lai_chau.leader, lai_chau.stranger):
        with pytest.raises(NotAllowed):
            services.pass_through(trip, Passage("departed", on=MARCH_3), actor=person)


def test_a_passage_leads_forward_only(trip, lai_chau):
    with pytest.raises(WrongState):
        services.pass_through(trip, Passage("draft", on=MARCH_3), actor=lai_chau.officer)
    with pytest.raises(WrongState):
        services.pass_through(trip, Passage("nowhere", on=MARCH_3), actor=lai_chau.officer)
    with pytest.raises(WrongState):
        services.pass_through(trip, Passage("cancelled", on=MARCH_3), actor=lai_chau.officer)
    with pytest.raises(BadInput):
        services.pass_through(
            trip,
            Passage("closed", on=MARCH_3, dates={"departed": dt.date(2027, 1, 1)}, strict=False),
            actor=lai_chau.officer,
        )
    assert Case.objects.get().version == 1


def openings(count, papers):
    return [
        Opening(
            record_uid=new_uid(),
            procedure_code="delegations.outbound",
            office_code="lc-health",
            on=MARCH_3 + dt.timedelta(days=n),
            passage=Passage("closed", on=MARCH_3, paper_uids=[paper.pk]),
        )
        for n, paper in enumerate(papers[:count])
    ]


def test_many_decided_cases_cost_no_more_queries_than_one(lai_chau, django_assert_num_queries):
    papers = [PaperFactory(kind="decision") for _n in range(5)]
    services.open_cases(openings(1, papers), actor=lai_chau.officer)
    with CaptureQueriesContext(connection) as one:
        services.open_cases(openings(1, papers), actor=lai_chau.officer)
    with django_assert_num_queries(len(one)):
        opened = services.open_cases(openings(5, papers), actor=lai_chau.officer)
    assert [o.case.state.code for o in opened] == ["closed"] * 5
    assert [passed.state.code for passed in opened[0].passed] == codes(opened[0].case)
    assert Case.objects.get(pk=opened[0].case.pk).version == 2


def test_opening_decided_cases_is_for_those_who_may_register(lai_chau):
    with pytest.raises(NotAllowed):
        services.open_cases(openings(1, [PaperFactory(kind="decision")]), actor=lai_chau.clerk)
    stay = Opening(new_uid(), "delegations.outbound", "lc-health", MARCH_3, Passage("draft", on=MARCH_3))
    with pytest.raises(WrongState):
        services.open_cases([stay], actor=lai_chau.officer)


def test_cases_taken_back_leave_nothing(trip, lai_chau):
    services.take(trip, "submit", on=MARCH_3, actor=lai_chau.clerk)
    assert services.remove_cases([trip.pk, new_uid()], actor=lai_chau.officer) == 1
    assert (Case.objects.count(), Step.objects.count()) == (0, 0)
