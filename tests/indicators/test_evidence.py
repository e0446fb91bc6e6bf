from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.indicators.evidence import by_source, facts_under, parts_of
from bonphuong.ledger.queries import Where, sum_facts
from tests.factories.ledger import draft, post

pytestmark = pytest.mark.django_db
BOOKS = (("lai-chau", None),)
JUNE = {"since": dt.date(2025, 6, 1), "until": dt.date(2025, 6, 30)}


def _where(measure: str = "outbound.groups", **more) -> Where:
    return Where(**{"books": BOOKS, "measure": measure, **JUNE, **more})


def _fill() -> list:
    return [
        post(
            draft(on=dt.date(2025, 6, day), country=country, office=office),
            draft(
                "outbound.person_visits", on=dt.date(2025, 6, day), value=day, country=country, office=office
            ),
        )
        for day, country, office in ((5, "CN", "lc-dofa"), (6, "LA", "lc-union"), (30, "CN", "lc-dofa"))
    ] + [post(draft(on=dt.date(2025, 7, 1), country="CN"))]


def test_the_facts_are_those_of_the_sum(django_assert_num_queries):
    _fill()
    wheres = [
        _where(),
        _where("outbound.person_visits"),
        _where(dimensions=(("country", ("CN",)),)),
        _where(offices=("lc-union",)),
        _where(since=None, until=dt.date(2025, 7, 31)),
        _where(books=(("lai-chau", 2),)),
        _where(after=(("lai-chau", 2),), until=dt.date(2025, 7, 31)),
    ]
    found = facts_under(wheres)
    assert [sum(row.value for row in rows) for rows in found] == [s.value for s in sum_facts(wheres)]
    with django_assert_num_queries(1):
        facts_under(wheres[:5])


def test_each_record_says_what_it_adds_and_one_that_was_taken_back_is_gone():
    first, second, third, _july = _fill()
    post(uid=second, version=2)
    [rows] = facts_under([_where("outbound.person_visits")])
    assert by_source(rows) == {first: 5, third: 30}


def test_parts_by_a_dimension_and_by_office():
    _fill()
    [rows] = facts_under([_where()])
    for dimension, expected in (("country", {"CN": 2, "LA": 1}), ("office", {"lc-dofa": 2, "lc-union": 1})):
        assert {code: len(part) for code, part in parts_of(rows, dimension).items()} == expected
    with pytest.raises(ValueError, match="currency"):
        parts_of(rows, "currency")


def test_a_figure_without_facts_has_none():
    assert facts_under([None]) == [[]]
