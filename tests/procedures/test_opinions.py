"""Opinions asked of other bodies, with clocks across Tết and swapped working days."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError

from bonphuong.accounts.enums import Role
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.procedures import services
from bonphuong.procedures.enums import Answer, BodyKind, DayUnit, Standing
from bonphuong.procedures.errors import WrongState
from bonphuong.procedures.models import Opinion, OpinionRule
from bonphuong.procedures.opinions import due_of, opinion_rule, opinions_of, standings
from bonphuong.procedures.services import Body, Reply
from tests.factories.accounts import DepartmentFactory, officer_of
from tests.factories.papers import PaperFactory
from tests.factories.procedures import OpinionFactory, OpinionRuleFactory
from tests.factories.reference import WorkingDayOverrideFactory

MARCH_3, MARCH_4 = dt.date(2026, 3, 3), dt.date(2026, 3, 4)
QUESTION = "Đề nghị cho ý kiến về nhân sự và nội dung chuyến đi"
POLICE = Body(BodyKind.POLICE, text="Công an tỉnh Ví Dụ")
PARTY = Body(BodyKind.PARTY, text="Ban Tổ chức Tỉnh ủy Ví Dụ")


def day(text):
    return dt.date.fromisoformat(text)


def ask(case, people, *bodies, **options):
    given = {"question": QUESTION, "on": MARCH_3, "actor": people.officer}
    return services.ask_opinions(case, bodies or (POLICE,), **{**given, **options})


def due(asked_on, days, unit=DayUnit.WORKING, office="lc-health"):
    made = OpinionFactory(asked_on=day(asked_on), days=days, unit=unit, asked_by=office)
    return standings(Opinion.objects.filter(pk=made.pk))[0].due_on


@pytest.mark.parametrize(
    ("asked_on", "days", "unit", "due_on"),
    [
        # C24: over Tết, from 16 to 20 February
        ("2026-02-12", 7, DayUnit.WORKING, "2026-03-02"),
        # C23: both ways of counting
        ("2026-01-20", 15, DayUnit.WORKING, "2026-02-10"),
        ("2026-01-20", 15, DayUnit.CALENDAR, "2026-02-04"),
        # asked on the last working day before Tết, and in the middle of it
        ("2026-02-13", 1, DayUnit.WORKING, "2026-02-23"),
        ("2026-02-18", 1, DayUnit.WORKING, "2026-02-23"),
        # the published swap of 2026: Saturday 22 August is worked, Monday 31 August is not
        ("2026-08-21", 1, DayUnit.WORKING, "2026-08-22"),
        ("2026-08-28", 1, DayUnit.WORKING, "2026-09-03"),
        ("2026-08-20", 7, DayUnit.WORKING, "2026-08-28"),
    ],
)
def test_hand_worked_days(lai_chau, asked_on, days, unit, due_on):
    assert due(asked_on, days, unit) == day(due_on)


def test_a_swapped_day_of_the_country_and_of_the_province(lai_chau):
    assert due("2026-03-05", 2) == day("2026-03-09")
    WorkingDayOverrideFactory(day=day("2026-03-07"), working=True)
    WorkingDayOverrideFactory(day=day("2026-03-09"), working=False)
    assert due("2026-03-05", 2) == day("2026-03-07")
    assert due("2026-03-06", 2) == day("2026-03-10")
    WorkingDayOverrideFactory(day=day("2026-03-09"), working=True, office_code="lai-chau")
    assert due("2026-03-06", 2) == day("2026-03-09")
    assert due("2026-03-06", 2, office="elsewhere") == day("2026-03-10")


def test_a_day_off_given_later_moves_what_already_runs(lai_chau):
    made = OpinionFactory(asked_on=day("2026-02-12"), days=7)
    assert opinions_of(made.case)[0].due_on == day("2026-03-02")
    WorkingDayOverrideFactory(day=day("2026-03-02"), working=False)
    assert opinions_of(made.case)[0].due_on == day("2026-03-03")


def test_a_day_set_by_hand_goes_before_the_rule():
    assert due_of(Opinion(asked_on=MARCH_3, days=7, due_by_hand=MARCH_4), None) == MARCH_4
    assert due_of(Opinion(asked_on=MARCH_3), None) is None


@pytest.mark.parametrize(
    ("today", "standing", "left"),
    [
        ("2026-02-27", Standing.OK, 3),
        ("2026-02-28", Standing.SOON, 2),
        ("2026-03-02", Standing.SOON, 0),
        ("2026-03-03", Standing.LATE, -1),
    ],
)
def test_how_one_stands_is_computed(lai_chau, today, standing, left):
    made = OpinionFactory(asked_on=day("2026-02-12"), days=7)
    found = opinions_of(made.case, today=day(today))[0]
    assert (found.standing, found.days_left, found.is_late) == (standing, left, standing is Standing.LATE)


def test_several_are_asked_at_once_each_with_its_own_clock(trip, lai_chau):
    OpinionRuleFactory(procedure_code="delegations.outbound", body_kind="police", days=3)
    own = Body(BodyKind.DEPARTMENT, office_code="lc-dofa", days=5, unit=DayUnit.CALENDAR)
    hand = Body(BodyKind.MINISTRY, text="Bộ Ví Dụ", due_on=day("2026-03-20"))
    made = ask(trip, lai_chau, POLICE, PARTY, own, hand)
    found = opinions_of(trip, today=MARCH_3)
    assert len(made) == 4
    assert [(one.due_on, one.opinion.days, one.opinion.rule_id is None) for one in found] == [
        (day("2026-03-06"), 3, False),
        (day("2026-03-12"), 7, False),
        (day("2026-03-08"), 5, True),
        (day("2026-03-20"), None, True),
    ]
    assert {one.opinion.round for one in found} == {1}


def test_the_nearest_rule_holds(lai_chau):
    def days(procedure, body, *offices):
        return opinion_rule(procedure, body, offices, MARCH_3).days

    assert days("delegations.outbound", "police", "lai-chau") == 7
    OpinionRuleFactory(days=10, body_kind="police")
    OpinionRuleFactory(days=5, procedure_code="delegations.outbound")
    OpinionRuleFactory(days=4, procedure_code="delegations.outbound", office_code="lai-chau")
    OpinionRuleFactory(days=3, procedure_code="delegations.outbound", body_kind="police")
    OpinionRuleFactory(days=1, procedure_code="delegations.outbound", valid_from=day("2026-03-04"))
    assert days("delegations.inbound", "police") == 10
    assert days("delegations.outbound", "party") == 5
    assert days("delegations.outbound", "party", "lai-chau", "lc-dofa") == 4
    assert days("delegations.outbound", "police", "lai-chau") == 3


def test_the_shipped_rules_say_what_a_text_says_of_them(lai_chau):
    told = OpinionRule.objects.filter(shipped=True).values_list("procedure_code", "days", "unit", "proved")
    assert ("", 7, "working", False) in told
    assert all(proved for procedure, _days, _unit, proved in told if procedure)


def test_asking_again_after_a_return_is_of_the_next_round(trip, lai_chau):
    services.take(trip, "submit", on=MARCH_3, actor=lai_chau.clerk)
    ask(trip, lai_chau)
    services.take(trip, "return_for_revision", on=MARCH_3, actor=lai_chau.officer, note="thiếu")
    services.take(trip, "resubmit", on=MARCH_4, actor=lai_chau.clerk)
    ask(trip, lai_chau, on=MARCH_4)
    assert [one.opinion.round for one in opinions_of(trip)] == [1, 2]


@pytest.mark.parametrize(
    ("bodies", "options", "wrong"),
    [
        ((Body(BodyKind.POLICE),), {}, ["bodies"]),
        ((POLICE, POLICE), {}, ["bodies"]),
        ((Body("nobody", text="Ai đó"),), {}, ["bodies"]),
        ((POLICE,), {"question": " "}, ["question"]),
        ((POLICE,), {"on": dt.date(2026, 5, 1)}, ["on"]),
        ((Body(BodyKind.POLICE, text="Công an", due_on=dt.date(2026, 3, 1)),), {}, ["due_on"]),
    ],
)
def test_what_is_asked_must_make_sense(trip, lai_chau, bodies, options, wrong):
    with pytest.raises(BadInput) as caught:
        ask(trip, lai_chau, *bodies, **options)
    assert list(caught.value.errors) == wrong
    assert Opinion.objects.count() == 0


def test_asking_is_for_those_who_may_change_the_record(trip, lai_chau):
    for person in (lai_chau.stranger, lai_chau.leader):
        with pytest.raises(NotAllowed):
            ask(trip, lai_chau, actor=person)
    services.take(trip, "cancel", on=MARCH_3, actor=lai_chau.clerk, note="thôi")
    with pytest.raises(WrongState):
        ask(trip, lai_chau)


@pytest.fixture
def police(lai_chau):
    """The Police as an office with people in the desk."""
    office = DepartmentFactory(code="lc-police", belongs_to=lai_chau.root, name_vi="Công an tỉnh Ví Dụ")
    return officer_of(office, Role.OFFICER, full_name="Vàng Văn Thử")


@pytest.fixture
def question(trip, lai_chau, police):
    return ask(trip, lai_chau, Body(BodyKind.POLICE, office_code="lc-police"))[0]


def answer(opinion, person, **fields):
    reply = Reply(**{"on": MARCH_4, "answer": Answer.AGREE, **fields})
    return services.answer_opinion(opinion, reply, expected_version=opinion.version, actor=person)


def test_the_office_asked_answers_in_the_desk(question, trip, police, lai_chau):
    answer(question, police)
    found = opinions_of(trip)[0]
    assert (found.standing, found.opinion.answer, found.was_late) == (Standing.DONE, "agree", False)
    assert found.opinion.answered_on == MARCH_4


def test_those_who_asked_note_the_answer_from_its_paper(question, lai_chau):
    paper = PaperFactory(kind="official_letter")
    answer(question, lai_chau.officer, answer=Answer.DISAGREE, paper_uid=paper.pk)
    stored = Opinion.objects.get()
    assert (stored.paper, stored.answer) == (paper, "disagree")


def test_nobody_else_answers(question, lai_chau):
    other = officer_of(DepartmentFactory(code="lc-police-2"), Role.OFFICER)
    for person in (other, lai_chau.stranger, lai_chau.leader):
        with pytest.raises(NotAllowed):
            answer(question, person)


def test_an_answer_after_its_day_was_late(trip, lai_chau, question):
    answer(question, lai_chau.officer, on=day("2026-04-20"))
    assert opinions_of(trip)[0].was_late


def test_an_opinion_kept_elsewhere_has_no_content_and_the_case_goes_on(question, trip, police, lai_chau):
    kept = PaperFactory(kind="official_letter", is_placeholder=True)
    with pytest.raises(BadInput):
        answer(question, police, answer="", text="Đồng ý", is_placeholder=True)
    with pytest.raises(BadInput):
        answer(question, police, is_placeholder=True)
    with pytest.raises(BadInput):
        answer(question, police, answer="", is_placeholder=True, paper_uid=PaperFactory().pk)
    answer(question, police, answer="", is_placeholder=True, paper_uid=kept.pk)
    stored = Opinion.objects.get()
    assert (stored.is_placeholder, stored.text, stored.answer, stored.is_waiting) == (True, "", "", False)
    services.take(trip, "submit", on=MARCH_4, actor=lai_chau.clerk)
    assert trip.state.code == "unit_submitted"


def test_the_table_itself_keeps_a_placeholder_empty(question):
    with pytest.raises(IntegrityError):
        OpinionFactory(is_placeholder=True, text="nội dung", answered_on=MARCH_4)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"answer": ""}, ["answer"]),
        ({"answer": "perhaps"}, ["answer"]),
        ({"answer": Answer.REMARKS}, ["text"]),
        ({"answer": Answer.DISAGREE, "text": "  "}, ["text"]),
        ({"on": dt.date(2026, 3, 2)}, ["on"]),
        ({"on": dt.date(2026, 5, 1)}, ["on"]),
    ],
)
def test_an_answer_must_make_sense(question, police, fields, wrong):
    with pytest.raises(BadInput) as caught:
        answer(question, police, **fields)
    assert list(caught.value.errors) == wrong


def test_two_answers_at_once_conflict(question, police):
    seen = Opinion.objects.get()
    answer(question, police)
    with pytest.raises(Conflict):
        answer(seen, police)


def test_a_question_is_withdrawn_or_put_off_for_a_reason(question, trip, police, lai_chau):
    given = {"expected_version": question.version, "actor": lai_chau.officer}
    with pytest.raises(NotAllowed):
        services.withdraw_opinion(question, on=MARCH_4, reason="thôi", expected_version=1, actor=police)
    with pytest.raises(BadInput):
        services.withdraw_opinion(question, on=MARCH_4, reason="", **given)
    with pytest.raises(BadInput):
        services.defer_opinion(question, due_on=day("2026-03-01"), reason="chậm", **given)
    services.defer_opinion(question, due_on=day("2026-03-30"), reason="hai bên thống nhất", **given)
    assert opinions_of(trip)[0].due_on == day("2026-03-30")
    services.withdraw_opinion(
        question, on=MARCH_4, reason="đoàn đổi nội dung", expected_version=2, actor=lai_chau.officer
    )
    assert opinions_of(trip)[0].standing is Standing.DONE
    with pytest.raises(WrongState):
        answer(question, police)
    with pytest.raises(WrongState):
        services.withdraw_opinion(
            question, on=MARCH_4, reason="nữa", expected_version=3, actor=lai_chau.officer
        )


def test_the_office_asked_sees_the_question(question, police, lai_chau):
    assert list(Opinion.objects.visible_to(police)) == [question]
    assert not Opinion.objects.visible_to(lai_chau.stranger).exists()
    assert not Opinion.objects.waiting().filter(answered_on__isnull=False).exists()


def test_the_clock_of_the_desk_is_the_only_one(trip, lai_chau):
    with clock.fixed(day("2026-03-20")):
        ask(trip, lai_chau)
        assert opinions_of(trip)[0].is_late
