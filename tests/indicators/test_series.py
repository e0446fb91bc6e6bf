from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache

from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.series import SeriesRequest, begun, series, totals, under
from bonphuong.indicators.services import load_indicators
from bonphuong.indicators.spans import unusual, unusual_spans
from bonphuong.kernel.periods import Period
from bonphuong.reference.models import Succession
from bonphuong.reference.queries import as_now, formerly
from bonphuong.trail.acting import acting
from tests.factories.accounts import OfficeFactory
from tests.factories.ledger import draft, post
from tests.factories.parties import PartyFactory
from tests.factories.reference import AdminUnitFactory, SuccessionFactory

pytestmark = pytest.mark.django_db
BOOK = "lai-chau"
D = dt.date


@pytest.fixture(autouse=True)
def province():
    cache.clear()
    load_indicators()
    root = OfficeFactory(code=BOOK)
    OfficeFactory(code="lc-dofa", belongs_to=root)


def ask(dimension="", *, years=(2023, 2024, 2025), now=False, **more) -> SeriesRequest:
    periods = tuple(Period.parse(str(year)) for year in years)
    return SeriesRequest(
        FigureRequest("outbound.groups", BOOK, periods[-1], **more),
        periods,
        tuple(period.same_period_last_year() for period in periods),
        dimension,
        now=now,
    )


def trip(year, **more):
    post(draft(on=D(year, 6, 1), **more))


def test_each_period_has_its_figure_its_year_before_and_its_parts():
    trip(2024, country="LA")
    trip(2025, country="LA")
    trip(2025, country="CN")
    steps = series(ask("country"))
    assert [step.now.value for step in steps] == [None, 1, 2]
    assert [step.then.value for step in steps] == [None, None, 1]
    assert steps[-1].parts == {"LA": 1, "CN": 1}
    assert [step.period.code for step in begun(steps)] == ["2024", "2025"]
    assert totals(steps) == {"LA": 2, "CN": 1}


@pytest.mark.parametrize("years", [(2025,), tuple(range(2016, 2026))])
def test_more_periods_cost_no_more_statements(django_assert_num_queries, years):
    trip(2025, country="LA")
    with django_assert_num_queries(12):
        series(ask("country", years=years))
    # Kept until the next posting: the heads of the books are looked at, and nothing else.
    with django_assert_num_queries(1):
        series(ask("country", years=years))


def test_a_new_posting_is_seen_at_once():
    trip(2025)
    assert series(ask())[-1].now.value == 1
    trip(2025)
    assert series(ask())[-1].now.value == 2


def test_a_county_counts_under_its_province():
    PartyFactory(code="cn-yunnan")
    PartyFactory(code="cn-honghe", parent_id="cn-yunnan")
    PartyFactory(code="cn-jinping", parent_id="cn-honghe")
    PartyFactory(code="cn-honghe-cu", merged_into_id="cn-honghe")
    for code in ("cn-yunnan", "cn-jinping", "cn-honghe-cu", "khong-co"):
        trip(2025, partner=code)
    assert series(ask("partner"))[-1].parts == {"cn-yunnan": 3, "khong-co": 1}
    assert set(under("cn-yunnan")) == {"cn-yunnan", "cn-honghe", "cn-jinping", "cn-honghe-cu"}
    assert under("khong-co") == ("khong-co",)


def test_units_are_read_as_then_or_as_now():
    with acting(actor=None, verb="system.test"):
        old, new = AdminUnitFactory(code="vn-cu"), AdminUnitFactory(code="vn-moi")
        other = AdminUnitFactory(code="vn-cu-khac")
        for unit in (old, other):
            SuccessionFactory(from_unit=unit, to_unit=new, on=D(2025, 7, 1))
    assert Succession.objects.count() == 2
    trip(2024, unit="vn-cu")
    trip(2024, unit="vn-cu-khac")
    trip(2025, unit="vn-moi")
    assert series(ask("unit"))[1].parts == {"vn-cu": 1, "vn-cu-khac": 1}
    assert series(ask("unit", now=True))[1].parts == {"vn-moi": 2}
    assert formerly("vn-moi") == ["vn-cu", "vn-cu-khac", "vn-moi"]
    assert as_now(["vn-cu"]) == {"vn-cu": "vn-moi"}
    assert formerly("vn-cu") == []


def test_years_of_closed_borders_are_dated_data_with_a_source():
    for span in unusual_spans():
        assert span.since < span.until
        assert span.source
    assert unusual("inbound.groups", Period.parse("2021")).code == "border-2020"
    assert unusual("inbound.groups", Period.parse("2023")) is None
    assert unusual("inbound.groups", Period.parse("2020-02")) is None
    assert unusual("aid.approved", Period.parse("2021")) is None
