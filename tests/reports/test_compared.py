"""Sides of a figure beside another: multiples, averages of a term, plans; composed without a database."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from bonphuong.reports.compared import is_multiple
from bonphuong.reports.figurebook import FigureBook
from tests.reports.grounds import Case, ground_of


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        (1, 5, True), (1, 2, False), (3, 6, True), (4, 9, False), (3, 10, True), (12, 30, True), (10, 19, False),
        (5, 3, False), (0, 4, False),
    ],
)  # fmt: skip
def test_a_rise_is_a_multiple_where_that_says_it_better(then, now, told):
    assert is_multiple(Decimal(now), Decimal(then)) is told


def book(definition: str, kind: str, /, **values: int | None) -> FigureBook:
    """Figures whose value is that of their span, 4 for any other."""
    case = Case("own", lambda _name, span, _shape: values.get(span.replace(":", "_"), 4), target=5)
    return FigureBook(ground_of(definition, case, kind))


@pytest.mark.parametrize(
    ("now", "then", "text", "formula"),
    [
        (5, 1, "5 lần", "5 ÷ 1 = 5 lần"),
        (7, 3, "hơn 2,3 lần", "7 ÷ 3 = hơn 2,3 lần"),
        (9, 2, "4,5 lần", "9 ÷ 2 = 4,5 lần"),
    ],
)
def test_times_are_never_rounded_up(now, then, text, formula):
    with translation.override("vi"):
        found = book("annual", "year", period=now, same_period=then).get("out.groups", "period", "times")
    assert (found.text, found.formula, found.unit) == (text, formula, "")


def test_an_average_is_over_years_that_have_a_figure():
    with translation.override("vi"):
        whole = book("term", "term", period=42)
        found = whole.get("out.groups", "period", "average")
        assert (found.text, found.formula) == ("8,4 đoàn", "42 ÷ 5 = 8,4")
        assert whole.get("twinning", "period", "average") is None  # a level
        assert book("term", "term", period=42, year_2022=None).get("out.groups", "period", "average") is None
        assert book("annual", "year").get("out.groups", "period", "average") is None


def test_a_plan_stands_beside_its_result():
    with translation.override("vi"):
        found = book("annual", "year", period=4)
        assert found.get("out.groups", "period", "target").text == "5 đoàn"
        assert found.get("out.groups", "period", "of_target").text == "80%"
