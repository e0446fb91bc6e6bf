"""Mergers of 1 July 2025, worked by hand: Hà Giang into Tuyên Quang, Yên Bái into Lào Cai; Lai Châu stays (C18, C21).

As then: every figure under the province that it was counted at. As now: under the one that answers for it today.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.cache import cache

from bonphuong.accounts.models import User
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.places import offices_as_now
from bonphuong.indicators.queries import figure, figures
from bonphuong.indicators.series import SeriesRequest, series
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.periods import Period
from bonphuong.kit.services import create_many
from bonphuong.reports.composing import Frame, compose
from bonphuong.reports.gathering import gather
from bonphuong.reports.queries import definition_and_period
from bonphuong.reports.schema import read_definition
from bonphuong.reports.services import reading_moment
from tests.factories.activities import held
from tests.factories.agreements import in_force
from tests.factories.ledger import draft, post
from tests.reports.conftest import plain
from tests.trust.walk import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]

D = dt.date
TODAY = D(2026, 3, 2)
LAI_CHAU, HA_GIANG, TUYEN_QUANG, YEN_BAI, LAO_CAI = (
    "lai-chau", "ha-giang", "tuyen-quang", "yen-bai", "lao-cai",
)  # fmt: skip
#: Guests received: province → how many groups on which day. Before the merger and after it.
RECEIVED = {
    LAI_CHAU: {D(2024, 5, 6): 3, D(2025, 3, 10): 1, D(2025, 10, 20): 2},
    HA_GIANG: {D(2024, 4, 2): 3, D(2024, 9, 9): 1, D(2025, 6, 30): 2},
    TUYEN_QUANG: {D(2024, 8, 1): 2, D(2025, 2, 3): 1, D(2025, 7, 1): 4},
    YEN_BAI: {D(2024, 11, 5): 1, D(2025, 5, 19): 3},
    LAO_CAI: {D(2024, 1, 15): 5, D(2025, 4, 7): 2, D(2025, 11, 3): 6},
}
#: In force: (holder, from), and who took it over on the day of the merger.
TREATIES = (
    (LAI_CHAU, D(2019, 5, 5), None),
    (HA_GIANG, D(2018, 3, 1), TUYEN_QUANG),
    (HA_GIANG, D(2023, 6, 6), TUYEN_QUANG),
    (TUYEN_QUANG, D(2020, 2, 2), None),
    (YEN_BAI, D(2021, 7, 7), LAO_CAI),
    (LAO_CAI, D(2022, 8, 8), None),
    (LAO_CAI, D(2025, 12, 1), None),
)
MERGED = D(2025, 7, 1)


@pytest.fixture(autouse=True)
def today():
    cache.clear()
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def nation(today):
    for book, days in RECEIVED.items():
        for day, groups in days.items():
            post(draft("inbound.groups", day, groups, office=book, country="CN"), book=book)
    for number, (holder, since, heir) in enumerate(TREATIES):
        level = "agreements.in_force"
        facts = {holder: [draft(level, since, 1, office=holder, unit=f"t{number}")]}
        if heir:
            facts[holder].append(draft(level, MERGED, -1, office=holder, unit=f"t{number}"))
            facts[heir] = [draft(level, MERGED, 1, office=heir, unit=f"t{number}")]
        for book, some in facts.items():
            post(*some, book=book)


def value(indicator: str, office: str | None, period: str, **filters: tuple[str, ...]) -> Decimal:
    return figure(FigureRequest(indicator, office, Period.parse(period), filters=filters)).value or Decimal(0)


def by_office(indicator: str, *periods: str, now: bool) -> list[dict[str, Decimal]]:
    spans = tuple(Period.parse(period) for period in periods)
    asked = FigureRequest(indicator, None, spans[-1])
    befores = tuple(span.same_period_last_year() for span in spans)
    return [dict(step.parts) for step in series(SeriesRequest(asked, spans, befores, "office", now=now))]


def test_a_flow_of_the_nation_as_then_and_as_now(nation):
    assert by_office("inbound.groups", "2024", "2025", now=False) == [
        {LAI_CHAU: 3, HA_GIANG: 4, TUYEN_QUANG: 2, YEN_BAI: 1, LAO_CAI: 5},
        {LAI_CHAU: 3, HA_GIANG: 2, TUYEN_QUANG: 5, YEN_BAI: 3, LAO_CAI: 8},
    ]
    assert by_office("inbound.groups", "2024", "2025", now=True) == [
        {LAI_CHAU: 3, TUYEN_QUANG: 6, LAO_CAI: 6},
        {LAI_CHAU: 3, TUYEN_QUANG: 7, LAO_CAI: 11},
    ]


def test_totals_of_the_nation_know_no_mergers(nation):
    periods = ("2024", "2025-H1", "2025-H2", "2025")
    nation_wide = [value("inbound.groups", None, period) for period in periods]
    assert nation_wide == [15, 9, 12, 21]
    for now in (False, True):
        sums = [sum(parts.values()) for parts in by_office("inbound.groups", *periods, now=now)]
        assert sums == nation_wide


def test_each_province_tells_its_own_as_it_was_then(nation):
    halves = ("2025-H1", "2025-H2")
    assert [[value("inbound.groups", book, half) for half in halves] for book in RECEIVED] == [
        [1, 2], [2, 0], [1, 4], [3, 0], [2, 6],
    ]  # fmt: skip


def test_a_level_goes_over_on_the_day_and_the_nation_stays(nation):
    days = ("2025-06-30", "2025-07-01", "2025-12-31")
    assert [value("agreements.in_force", None, day) for day in days] == [6, 6, 7]
    assert by_office("agreements.in_force", *days, now=False) == [
        {LAI_CHAU: 1, HA_GIANG: 2, TUYEN_QUANG: 1, YEN_BAI: 1, LAO_CAI: 1},
        {LAI_CHAU: 1, TUYEN_QUANG: 3, LAO_CAI: 2},
        {LAI_CHAU: 1, TUYEN_QUANG: 3, LAO_CAI: 3},
    ]
    # As now the day before reads as the day after.
    before, after, _later = by_office("agreements.in_force", *days, now=True)
    assert before == after == {LAI_CHAU: 1, TUYEN_QUANG: 3, LAO_CAI: 2}
    assert [value("agreements.in_force", book, "2025-06-30") for book in (HA_GIANG, TUYEN_QUANG)] == [2, 1]
    assert [value("agreements.in_force", book, "2025-07-01") for book in (HA_GIANG, TUYEN_QUANG)] == [0, 3]


def test_on_the_last_day_before_it_nothing_is_as_now_yet():
    codes = [*RECEIVED, "hg-dofa", "lc-dofa", "nowhere"]
    assert offices_as_now(codes, D(2025, 6, 30)) == {code: code for code in codes}
    assert offices_as_now(codes, MERGED) == {
        LAI_CHAU: LAI_CHAU, HA_GIANG: TUYEN_QUANG, TUYEN_QUANG: TUYEN_QUANG, YEN_BAI: LAO_CAI, LAO_CAI: LAO_CAI,
        "hg-dofa": TUYEN_QUANG, "lc-dofa": "lc-dofa", "nowhere": "nowhere",
    }  # fmt: skip


#: Lào Cai's book after the merger: what its units did, its own and those that came from Yên Bái.
UNITS = ("vn-yen-bai", "vn-lao-cai", "vn-lao-cai-2025", "vn-lai-chau")
DONE = {
    "vn-yen-bai": (D(2024, 3, 4), D(2024, 10, 7), D(2025, 6, 30)),
    "vn-lao-cai": (D(2024, 7, 1),),
    "vn-lao-cai-2025": (D(2025, 7, 1), D(2025, 9, 9)),
    "vn-lai-chau": (D(2024, 2, 2), D(2025, 8, 8)),
}


@pytest.fixture
def of_lao_cai(today):
    officer = User.objects.get(username="canbo.laocai")
    common = {"section": "relations", "country_code": "CN", "lead_office_code": "lcai-dofa"}
    some = [held(day, unit_code=unit, **common) for unit, days in DONE.items() for day in days]
    create_many(some, family="activities", office_code="lcai-dofa", actor=officer)
    texts = [
        in_force(
            D(2021, 7, 7), title="Thỏa thuận mẫu của tỉnh Yên Bái", lead="lcai-dofa", original_unit_code="vn-yen-bai",
            inherited_on=MERGED, inherited_from="UBND tỉnh Yên Bái", inherited_basis="NQ 202/2025/QH15",
            heir_unit_code="vn-lao-cai-2025", heir_level="province",
        ),
        in_force(D(2022, 8, 8), title="Thỏa thuận mẫu của tỉnh Lào Cai", lead="lcai-dofa",
                 original_unit_code="vn-lao-cai"),
    ]  # fmt: skip
    create_many(texts, family="agreements", office_code="lcai-dofa", actor=officer)


def by_unit(indicator: str, *periods: str, now: bool) -> list[dict[str, Decimal]]:
    spans = tuple(Period.parse(period) for period in periods)
    asked = FigureRequest(indicator, LAO_CAI, spans[-1])
    befores = tuple(span.same_period_last_year() for span in spans)
    return [dict(step.parts) for step in series(SeriesRequest(asked, spans, befores, "unit", now=now))]


def test_c21_units_of_one_book_as_then_and_as_now(of_lao_cai):
    assert by_unit("activities.held", "2024", "2025", now=False) == [
        {"vn-yen-bai": 2, "vn-lao-cai": 1, "vn-lai-chau": 1},
        {"vn-yen-bai": 1, "vn-lao-cai-2025": 2, "vn-lai-chau": 1},
    ]
    # Lai Châu was not merged: the same in both.
    assert by_unit("activities.held", "2024", "2025", now=True) == [
        {"vn-lao-cai-2025": 3, "vn-lai-chau": 1},
        {"vn-lao-cai-2025": 3, "vn-lai-chau": 1},
    ]


def test_c18_an_agreement_of_a_merged_province_moves_and_is_not_signed_anew(of_lao_cai):
    days = ("2025-06-30", "2025-07-01")
    assert by_unit("agreements.in_force", *days, now=False) == [
        {"vn-yen-bai": 1, "vn-lao-cai": 1},
        {"vn-lao-cai-2025": 1, "vn-lao-cai": 1},
    ]
    assert by_unit("agreements.in_force", *days, now=True) == [{"vn-lao-cai-2025": 2}] * 2
    asked = (
        "agreements.signed",
        "agreements.inherited",
        "agreements.in_force",
        "agreements.in_force.inherited",
    )
    found = figures([FigureRequest(code, LAO_CAI, Period.parse("2025")) for code in asked])
    assert [one.value or 0 for one in found] == [0, 1, 2, 1]
    assert value("agreements.signed", LAO_CAI, "2021", unit=("vn-yen-bai",)) == 1


def test_c21_a_table_of_a_report_as_then_and_as_now(of_lao_cai):
    row, period = definition_and_period("annual", LAO_CAI, "2024")
    table = {"kind": "parts", "by": "unit", "head": "Địa phương", "figures": ["activities.relations"]}
    blocks = [
        {"table": {**table, "caption": f"Bảng {n}", **more}} for n, more in ((1, {}), (2, {"now": True}))
    ]
    section = {"code": "merged", "title": "SÁP NHẬP", "blocks": blocks}
    row.content = {**row.content, "sections": [section]}
    found = {}
    for year in ("2024", "2025"):
        ground = gather(row, LAO_CAI, Period.parse(year, period.cutoff))
        content = compose(ground, Frame(as_of=reading_moment(ground)))
        found[year] = [
            {line["head"]: plain(line["cells"]) for line in [*block["rows"], block["totals"]]}
            for block in content["sections"][0]["blocks"]
        ]
    # The report of 2024 was written before the merger: as now was then as then.
    before = {"Yên Bái": "2", "Lào Cai": "1", "Lai Châu": "1", "Cộng": "4"}
    assert found["2024"] == [before, before]
    assert found["2025"] == [
        {"Yên Bái": "1", "Lào Cai": "2", "Lai Châu": "1", "Cộng": "4"},
        {"Lào Cai": "3", "Lai Châu": "1", "Cộng": "4"},
    ]
    assert list(Walk(TODAY).report(row, LAO_CAI, Period.parse("2025", period.cutoff))) == []


def test_only_units_and_offices_are_read_as_now():
    table = {"kind": "parts", "by": "country", "now": True, "head": "", "caption": "", "figures": []}
    section = {"code": "a", "title": "A", "blocks": [{"table": table}]}
    with pytest.raises(BadInput) as refused:
        read_definition({"sections": [section]})
    assert "sections.0.blocks.0.table" in refused.value.errors
