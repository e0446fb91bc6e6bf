from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.kernel.uids import new_uid
from bonphuong.papers.enums import PaperKind
from bonphuong.procedures.models import Case, Step
from bonphuong.procedures.services import Passage
from bonphuong.records import services
from bonphuong.records.enums import PaperRole
from bonphuong.records.models import Record
from bonphuong.trail.models import Action
from tests.factories.papers import PaperFactory
from tests.factories.procedures import DeadlineRuleFactory

APRIL_20 = dt.date(2026, 4, 20)


@pytest.fixture
def record(lai_chau, draft):
    return services.create_header(draft(), actor=lai_chau.clerk)


def passed_to(record, state, people, on=APRIL_20, **changes):
    passage = Passage(state, on=on, strict=False)
    return services.pass_on(record, passage, expected_version=record.version, actor=people.officer, **changes)


def test_a_step_moves_case_header_and_papers_in_one_act(record, lai_chau):
    letter = PaperFactory(office_code="lc-health", kind=PaperKind.OFFICIAL_LETTER)
    before = Action.objects.count()
    step = services.advance(
        record, "submit", on=APRIL_20, expected_version=1, actor=lai_chau.clerk, paper_uids=[letter.pk]
    )
    assert step.to_state.code == "unit_submitted"
    stored = Record.objects.get()
    assert (record.state, stored.state, stored.version) == ("unit_submitted", "unit_submitted", 2)
    assert stored.papers.get().role == PaperRole.REQUEST
    assert Action.objects.count() == before + 1
    assert Action.objects.latest("pk").verb == "records.record.advance"


def test_a_step_may_change_the_header_with_it(record, lai_chau):
    passed_to(record, "approved", lai_chau)
    services.advance(
        record,
        "depart",
        on=APRIL_20,
        expected_version=2,
        actor=lai_chau.officer,
        begins_on=APRIL_20,
        ends_on=dt.date(2026, 4, 24),
        counts_on=APRIL_20,
    )
    stored = Record.objects.get()
    assert (stored.state, stored.begins_on, stored.counts_on) == ("departed", APRIL_20, APRIL_20)
    assert (stored.due_rule.code, stored.due_on) == ("confirm_return", dt.date(2026, 4, 27))


def test_a_stale_header_stops_the_whole_step(record, lai_chau):
    with pytest.raises(Conflict):
        services.advance(record, "submit", on=APRIL_20, expected_version=7, actor=lai_chau.clerk)
    assert (Case.objects.get().version, Step.objects.count()) == (1, 0)


def test_a_leader_moves_a_record_that_they_may_not_edit(record, lai_chau):
    passed_to(record, "awaiting_decision", lai_chau)
    decision = PaperFactory(office_code="lc-health", kind=PaperKind.DECISION)
    services.advance(
        record,
        "approve",
        on=APRIL_20,
        expected_version=2,
        actor=lai_chau.leader,
        paper_uids=[decision.pk],
        note="đồng ý",
    )
    assert record.state == "approved"
    with pytest.raises(NotAllowed):
        services.update_header(record, expected_version=3, actor=lai_chau.leader, title="Khác")


def test_an_ended_record_is_closed_and_owes_nothing(record, lai_chau):
    passed_to(record, "returned", lai_chau)
    assert (record.is_closed, record.due_on) == (False, dt.date(2026, 5, 5))
    passed_to(record, "closed", lai_chau)
    assert (record.is_closed, record.due_on, record.due_rule) == (True, None, None)


def test_a_passage_keeps_its_papers_in_the_dossier(record, lai_chau):
    decision = PaperFactory(office_code="lc-health", kind=PaperKind.DECISION)
    passage = Passage("approved", on=APRIL_20, paper_uids=[decision.pk])
    services.pass_on(record, passage, expected_version=1, actor=lai_chau.officer)
    assert record.papers.get().paper == decision


def test_a_changed_place_sends_a_visit_back_to_consulting(lai_chau, draft):
    visit = services.create_header(draft(kind="in"), actor=lai_chau.clerk)
    assert services.reopen_if_changed(visit, {"places"}, on=APRIL_20, actor=lai_chau.clerk) is None
    passed_to(visit, "programme_final", lai_chau)
    step = services.reopen_if_changed(visit, {"places"}, on=APRIL_20, actor=lai_chau.clerk, note="đổi nơi")
    assert (step.note, visit.state, visit.version) == ("đổi nơi", "consulting", 3)


def test_a_deadline_is_found_anew_after_rules_changed(record, lai_chau):
    passed_to(record, "returned", lai_chau)
    assert services.refresh_due(record, actor=lai_chau.officer).version == 2
    DeadlineRuleFactory(office_code="lc-health", days=7, valid_from=dt.date(2026, 1, 1))
    services.refresh_due(record, actor=lai_chau.officer)
    assert (record.due_on, record.version) == (dt.date(2026, 4, 27), 3)


def test_papers_are_attached_once_and_by_those_who_may(record, lai_chau):
    minutes = PaperFactory(office_code="lc-health", kind=PaperKind.MINUTES)
    other = PaperFactory(office_code="lc-health", kind=PaperKind.OTHER)
    services.attach_papers(record, [minutes.pk, other.pk], actor=lai_chau.clerk)
    services.attach_papers(record, [minutes.pk], actor=lai_chau.clerk, role=PaperRole.SOURCE)
    assert list(record.papers.order_by("pk").values_list("role", flat=True)) == ["minutes", "other"]
    with pytest.raises(NotAllowed):
        services.attach_papers(record, [minutes.pk], actor=lai_chau.stranger)
    with pytest.raises(BadInput):
        services.attach_papers(record, [new_uid()], actor=lai_chau.clerk)
