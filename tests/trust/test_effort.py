"""What a report asks of the database: few statements, however much there is, and each by an index."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bonphuong.indicators.evidence import facts_under
from bonphuong.indicators.queries import figures
from bonphuong.kernel import clock
from bonphuong.reports.composing import Frame, compose
from bonphuong.reports.gathering import gather, requests_of
from bonphuong.reports.queries import definition_and_period
from bonphuong.reports.services import reading_moment
from tests.factories.delegations import finished, inbound
from tests.reports.conftest import PROVINCE, enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
TODAY = dt.date(2026, 1, 5)


def asked(as_of: dt.datetime | None = None):
    row, period = definition_and_period("annual", PROVINCE, "2025")
    ground = gather(row, PROVINCE, period)
    return requests_of(ground.definition, ground.spans, PROVINCE, as_of)


def trips(officer, number: int, at: dt.date) -> None:
    days = [dt.date(2025, 3, 1) + dt.timedelta(days=7 * n + at.day) for n in range(number)]
    enter(officer, *(finished(day, 5) for day in days), *(inbound(day, 8) for day in days), at=at)


def test_all_figures_of_a_year_with_the_year_before_take_six_statements(officer):
    trips(officer, 3, dt.date(2025, 12, 1))
    with clock.fixed(TODAY):
        requests = asked()
        assert len(requests) >= 120
        assert len({request.period for request in requests}) == 2
        with CaptureQueriesContext(connection) as now:
            figures(requests)
        earlier = asked(as_of=dt.datetime(2025, 11, 30, 12, tzinfo=dt.UTC))
        with CaptureQueriesContext(connection) as then:
            figures(earlier)
    assert len(now) <= 6
    # The position in the book is found first.
    assert len(then) <= 8


def whole(code: str) -> int:
    with clock.fixed(TODAY), CaptureQueriesContext(connection) as captured:
        row, period = definition_and_period(code, PROVINCE, "2025")
        ground = gather(row, PROVINCE, period)
        compose(ground, Frame(as_of=reading_moment(ground)))
    return len(captured)


def test_more_records_ask_for_no_more_statements_of_the_whole_report(officer):
    trips(officer, 2, dt.date(2025, 12, 1))
    few = whole("annual")
    trips(officer, 12, dt.date(2025, 12, 2))
    assert whole("annual") == few <= 60


def test_what_is_read_of_the_ledger_is_found_by_its_index(officer):
    trips(officer, 3, dt.date(2025, 12, 1))
    with clock.fixed(TODAY), CaptureQueriesContext(connection) as captured:
        facts_under([found.where for found in figures(asked())])
    reads = [query["sql"] for query in captured.captured_queries if "ledger_fact" in query["sql"]]
    plans = {sql: explained(sql) for sql in reads}
    assert all("ndex" in plan.replace("INDEX", "Index") for plan in plans.values())
    if connection.vendor == "sqlite":
        # PostgreSQL weighs so few rows by other indexes too.
        assert any("fact_figure" in plan for sql, plan in plans.items() if "SUM(value)" in sql)
    assert not [
        plan for plan in plans.values() if "SCAN ledger_fact" in plan or "Seq Scan on ledger_fact" in plan
    ]


def explained(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # So few rows are read faster without any index: ask whether one could be used.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
            return "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(f"EXPLAIN QUERY PLAN {sql.replace('%', '%%')}")
        return "\n".join(row[3] for row in cursor.fetchall())
