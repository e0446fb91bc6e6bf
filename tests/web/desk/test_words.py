"""Phrases that several pages share."""

import pytest
from django.utils import translation

from bonphuong.procedures.enums import DayUnit
from bonphuong.procedures.models import DeadlineRule
from bonphuong.web.desk.pages.words import amount, rule_words


@pytest.mark.parametrize(
    ("language", "value", "unit", "written"),
    [
        ("vi", 1, "đoàn", "1 đoàn"),
        ("vi", 1204, "lượt người", "1.204 lượt người"),
        ("en", 1, "groups", "1 group"),
        ("en", 1, "people", "1 person"),
        ("en", 0, "groups", "0 groups"),
        ("en", 1204, "person-visits", "1,204 person-visits"),
    ],
)
def test_a_figure_is_written_with_its_counting_word(language, value, unit, written):
    with translation.override(language):
        assert amount(value, unit) == written


@pytest.mark.parametrize(("days", "written"), [(15, "15 ngày, nộp báo cáo"), (0, "nộp báo cáo")])
def test_a_rule_of_no_days_does_not_count_them(days, written):
    rule = DeadlineRule(days=days, unit=DayUnit.CALENDAR, label_vi="Nộp báo cáo", proved=False)
    assert rule_words(rule) == written
