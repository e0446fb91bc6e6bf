from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bonphuong.ledger.facts import Standing
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.queries import Where, sum_facts
from tests.factories.ledger import draft, post_many

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 12, 31)


def plan_of(wheres: Sequence[Where]) -> str:
    with CaptureQueriesContext(connection) as captured:
        sum_facts(wheres)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + captured.captured_queries[0]["sql"])
        return " ".join(row[3] for row in cursor.fetchall())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks how SQLite would search")
def test_a_report_as_of_a_position_is_read_by_measures_and_days():
    # As after lists were brought in: few positions in each book, and nearly all facts lie before the last.
    facts = [draft(name, on=DAY) for name in ("outbound.groups", "outbound.person_visits", "inbound.groups")]
    for book in ("one", "two", "three", "four"):
        for _ in range(4):
            post_many([Standing(uuid.uuid4(), "tests", book, 1, facts) for _ in range(10)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    ways = [("country", ("LA",)), ("slot1", ("province",))]

    plan = plan_of(
        [
            Where((("one", 4),), measure, DAY, dimensions=(way,))
            for measure in sorted(MEASURES)[:60]
            for way in ways
        ]
    )

    assert "fact_figure" in plan
    assert "fact_book_seq" not in plan
