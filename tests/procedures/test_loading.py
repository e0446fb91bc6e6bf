from __future__ import annotations

import datetime as dt
import json

import pytest

from bonphuong.kernel.errors import BadInput
from bonphuong.procedures.models import DeadlineRule, GuardRule, OpinionRule, Procedure, Transition
from bonphuong.procedures.services import load_procedures
from bonphuong.procedures.services.loading import DATA
from bonphuong.trail.acting import acting
from bonphuong.trail.models import Action
from tests.factories.procedures import CaseFactory, DeadlineRuleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shipped():
    load_procedures()


def as_system():
    return acting(actor=None, verb="system.test")


def test_every_procedure_of_the_data_is_there():
    shipped = [path for path in DATA.rglob("*.json") if path.stem not in {"deadlines", "guards", "opinions"}]
    written = {json.loads(path.read_text(encoding="utf-8"))["procedure"]["code"] for path in shipped}
    assert set(Procedure.objects.values_list("code", flat=True)) == written
    assert {
        "delegations.day_contact",
        "delegations.inbound",
        "delegations.inbound_short",
        "delegations.individual",
        "delegations.outbound",
        "delegations.personal",
        "delegations.session",
    } <= written


def test_a_second_load_changes_nothing():
    before = Action.objects.count()
    assert load_procedures() == 0
    assert Action.objects.count() == before


def test_a_procedure_that_nothing_uses_is_brought_back():
    ways = Transition.objects.filter(procedure__code="delegations.session")
    before = ways.count()
    with as_system():
        Procedure.objects.filter(code="delegations.session").update(digest="", shape="")
        ways.delete()
    assert load_procedures() == 1
    assert ways.count() == before


def test_cases_that_run_keep_their_procedure_and_take_new_words():
    session = Procedure.objects.get(code="delegations.session")
    CaseFactory(procedure=session, state=session.states.get(code="planned"))
    with as_system():
        Procedure.objects.filter(pk=session.pk).update(digest="earlier words")
        session.states.filter(code="held").update(label_vi="Đã gặp nhau")
        session.transitions.update(label_vi="?")
        session.phases.update(label_vi="?")
    assert load_procedures() == 1
    assert session.states.get(code="held").label_vi == "Đã họp"
    assert not session.transitions.filter(label_vi="?").exists()
    assert not session.phases.filter(label_vi="?").exists()


def test_another_road_needs_another_version():
    session = Procedure.objects.get(code="delegations.session")
    CaseFactory(procedure=session, state=session.states.get(code="planned"))
    with as_system():
        Procedure.objects.filter(pk=session.pk).update(digest="", shape="another road")
    with pytest.raises(BadInput) as caught:
        load_procedures()
    assert list(caught.value.errors) == ["delegations.session"]


def test_a_shipped_rule_is_brought_back_and_an_offices_own_stays():
    own = DeadlineRuleFactory(office_code="lai-chau", days=7)
    with as_system():
        DeadlineRule.objects.filter(shipped=True, code="trip_report").update(days=1)
        GuardRule.objects.filter(code="countries").delete()
    assert load_procedures() == 3
    assert set(
        DeadlineRule.objects.filter(shipped=True, code="trip_report").values_list("days", flat=True)
    ) == {15}
    assert DeadlineRule.objects.get(pk=own.pk).days == 7
    assert GuardRule.objects.get(code="countries").limit == 3


def test_every_deadline_counts_between_states_that_exist():
    loose = []
    for rule in DeadlineRule.objects.filter(shipped=True):
        states = set(Procedure.objects.get(code=rule.procedure_code).states.values_list("code", flat=True))
        named = {rule.until_state, rule.once_reached or rule.until_state}
        named |= {rule.starts_at} if rule.starts_from == "state" else set()
        loose += [str(rule)] if named - states else []
    assert loose == []


def test_what_no_text_says_is_marked_so():
    trips = DeadlineRule.objects.filter(shipped=True, procedure_code__startswith="delegations.")
    assert not trips.filter(proved=True).exists()
    for model in (DeadlineRule, GuardRule, OpinionRule):
        assert not model.objects.filter(shipped=True, source="").exists()
    guards = GuardRule.objects.filter(procedure_code__startswith="delegations.")
    assert set(guards.values_list("office_code", flat=True)) == {"bac-giang", "da-nang", "ha-noi"}
    assert guards.get(office_code="bac-giang").valid_to == dt.date(2025, 6, 30)


def test_words_are_there_in_both_languages():
    transition = Transition.objects.filter(procedure__code="delegations.outbound", code="approve").get()
    assert (transition.label_vi, transition.label_en) == ("Cho phép", "Approve")
