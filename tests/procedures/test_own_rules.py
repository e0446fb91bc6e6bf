from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.procedures.enums import DayUnit, GuardKind
from bonphuong.procedures.models import DeadlineRule, GuardRule
from bonphuong.procedures.rulebook import RuleBook, evaluate_guards
from bonphuong.procedures.services import copy_guards, set_deadline

JULY = dt.date(2026, 7, 1)


def set_report(actor, **fields):
    values = {
        "procedure_code": "delegations.outbound",
        "code": "trip_report",
        "office_code": "lai-chau",
        "days": 10,
        "unit": DayUnit.WORKING,
        "valid_from": JULY,
        "source": "Quy chế mẫu của tỉnh",
        "proved": True,
    }
    return set_deadline(actor=actor, **{**values, **fields})


def days_on(day):
    rules = RuleBook().deadline_rules("delegations.outbound", "lc-health", day)
    return {rule.code: (rule.days, rule.unit) for rule in rules}["trip_report"]


def test_an_office_sets_its_own_days_from_a_day_on(lai_chau):
    rule = set_report(lai_chau.head)
    assert (rule.starts_at, rule.until_state, rule.label_vi) == (
        "returned",
        "report_received",
        "Nộp báo cáo kết quả chuyến đi",
    )
    assert days_on(dt.date(2026, 6, 30)) == (15, DayUnit.CALENDAR)
    assert days_on(JULY) == (10, DayUnit.WORKING)


def test_a_newer_rule_ends_the_one_before_it(lai_chau):
    first = set_report(lai_chau.head)
    set_report(lai_chau.head, days=7, valid_from=dt.date(2026, 9, 1))
    assert DeadlineRule.objects.get(pk=first.pk).valid_to == dt.date(2026, 8, 31)
    assert days_on(dt.date(2026, 8, 31)) == (10, DayUnit.WORKING)
    assert days_on(dt.date(2026, 9, 1)) == (7, DayUnit.WORKING)


def test_a_rule_is_not_slipped_under_a_later_one(lai_chau):
    set_report(lai_chau.head)
    with pytest.raises(BadInput) as caught:
        set_report(lai_chau.head, days=7)
    assert list(caught.value.errors) == ["valid_from"]


def test_an_unknown_deadline_is_refused(lai_chau):
    with pytest.raises(BadInput) as caught:
        set_report(lai_chau.head, code="tea_break")
    assert list(caught.value.errors) == ["code"]


def test_settings_are_for_those_who_may_change_them(lai_chau):
    for person in (lai_chau.officer, lai_chau.clerk, lai_chau.leader, lai_chau.stranger):
        with pytest.raises(NotAllowed):
            set_report(person)


def test_limits_of_another_office_are_taken_over(lai_chau):
    rules = copy_guards(
        from_office="ha-noi", to_office="lai-chau", valid_from=JULY, source="minh họa", actor=lai_chau.head
    )
    assert (len(rules), {rule.proved for rule in rules}) == (6, {False})
    values = {GuardKind.COUNTRIES: 4, GuardKind.LEADER_TRIPS: 3, GuardKind.DAYS: 10}
    assert [w.message for w in evaluate_guards(values, "lc-health", JULY)] == [
        "Đoàn đi 4 nước, quá mức 3 nước",
        "Đây là chuyến thứ 3 của trưởng đoàn trong năm, quá mức 2 chuyến",
    ]
    with pytest.raises(BadInput):
        copy_guards(
            from_office="ha-noi",
            to_office="lai-chau",
            valid_from=JULY,
            source="minh họa",
            actor=lai_chau.head,
        )
    assert GuardRule.objects.filter(office_code="lai-chau").count() == 6
