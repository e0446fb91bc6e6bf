from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from bonphuong.procedures.enums import GuardKind
from bonphuong.procedures.rulebook import RuleBook, evaluate_guards
from tests.factories.procedures import DeadlineRuleFactory, GuardRuleFactory, province

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def lai_chau():
    return province()


def days_of(office, day=DAY):
    rules = RuleBook().deadline_rules("delegations.outbound", office, day)
    return [(rule.code, rule.days) for rule in rules]


def test_the_nearest_offices_rule_goes_first():
    DeadlineRuleFactory(days=15)
    DeadlineRuleFactory(days=10, office_code="lai-chau")
    DeadlineRuleFactory(days=7, office_code="lc-health")
    assert days_of("lc-health") == [("trip_report", 7)]
    assert days_of("lc-dofa") == [("trip_report", 10)]
    assert days_of("dien-bien") == [("trip_report", 15)]
    assert days_of("nowhere") == [("trip_report", 15)]


def test_a_rule_holds_from_a_day_to_a_day():
    DeadlineRuleFactory(days=15, valid_to=dt.date(2025, 12, 31))
    DeadlineRuleFactory(days=10, valid_from=dt.date(2026, 1, 1))
    assert days_of("lc-dofa", dt.date(2025, 12, 31)) == [("trip_report", 15)]
    assert days_of("lc-dofa", dt.date(2026, 1, 1)) == [("trip_report", 10)]
    assert days_of("lc-dofa", dt.date(1999, 12, 31)) == []


def test_a_passed_limit_warns_in_the_language_of_the_page():
    GuardRuleFactory()
    warnings = evaluate_guards({GuardKind.PEOPLE: 12}, "lc-health", DAY)
    assert [warning.message for warning in warnings] == ["Đoàn có 12 người, nhiều hơn mức 10 người"]
    with translation.override("en"):
        assert warnings[0].message == "The delegation has 12 people, over the limit of 10"


def test_what_keeps_the_limit_or_is_not_known_warns_of_nothing():
    GuardRuleFactory()
    assert evaluate_guards({GuardKind.PEOPLE: 10, GuardKind.DAYS: 40}, "lc-health", DAY) == []
    assert evaluate_guards({}, "lc-health", DAY) == []
    assert evaluate_guards({GuardKind.PEOPLE: 12}, "dien-bien", DAY) == []
    assert evaluate_guards({GuardKind.PEOPLE: 12}, "lc-health", DAY, procedure="delegations.inbound") == []


def test_a_limit_for_the_heads_level_goes_before_the_one_for_all():
    GuardRuleFactory()
    GuardRuleFactory(level="department", limit=5)
    values = {GuardKind.PEOPLE: 7}
    assert evaluate_guards(values, "lc-health", DAY) == []
    assert [w.rule.limit for w in evaluate_guards(values, "lc-health", DAY, level="department")] == [5]


def test_a_book_of_rules_is_read_once(django_assert_num_queries):
    GuardRuleFactory()
    DeadlineRuleFactory()
    with django_assert_num_queries(3):
        book = RuleBook()
        for _time in range(3):
            book.evaluate({GuardKind.PEOPLE: 12}, "lc-health", DAY, procedure="delegations.outbound")
            book.deadline_rules("delegations.outbound", "lc-health", DAY)
    with django_assert_num_queries(1):
        assert book.calendar("lc-health") is book.calendar("lc-health")
