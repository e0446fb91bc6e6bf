from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bonphuong.indicators.figures import FigureRequest, growth, share
from bonphuong.indicators.models import Indicator
from bonphuong.indicators.queries import as_json, figure, figures, split
from bonphuong.indicators.services import load_indicators
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.ledger.services import declare_coverage, post_statement
from bonphuong.trail.acting import acting
from tests.factories.accounts import OfficeFactory
from tests.factories.ledger import draft, post

pytestmark = pytest.mark.django_db
BOOK = "lai-chau"


@pytest.fixture(autouse=True)
def province():
    load_indicators()
    root = OfficeFactory(code=BOOK)
    OfficeFactory(code="lc-dofa", belongs_to=root)
    OfficeFactory(code="lc-union", belongs_to=root)


def ask(indicator: str, period: str, office: str | None = BOOK, cutoff: Cutoff = Cutoff.CALENDAR, **more):
    return figure(FigureRequest(indicator, office, Period.parse(period, cutoff), **more))


def state(value: int, period: str, measure: str = "outbound.groups", kind: str = "stated", **more) -> None:
    days = Period.parse(period)
    with acting(actor=None, verb="system.test"):
        post_statement(
            book=BOOK, office=BOOK, measure=measure, since=days.since, until=days.until, value=value, kind=kind, **more
        )  # fmt: skip


def cover(period: str, measure: str = "outbound.groups", office: str = BOOK) -> None:
    days = Period.parse(period)
    with acting(actor=None, verb="system.test"):
        declare_coverage(book=BOOK, office=office, measures=[measure], since=days.since, until=days.until)


def trips(number: int, on: dt.date, **dims) -> None:
    for _ in range(number):
        post(draft(on=on, **dims))


def test_loading_twice_writes_once():
    assert Indicator.objects.count() > 40
    assert load_indicators() == 0


@pytest.mark.parametrize(
    ("left_on", "calendar", "statutory"),
    [
        (dt.date(2024, 6, 11), ("2024-06", "2024-H1", "2024"), ("2024-06", "2024-H1", "2024")),  # C1
        (dt.date(2024, 6, 15), ("2024-06", "2024-H1", "2024"), ("2024-07", "2024-H2", "2024")),  # C2
        (dt.date(2024, 12, 20), ("2024-12", "2024-H2", "2024"), ("2025-01", "2025-H1", "2025")),  # C3
    ],
)
def test_a_group_counts_on_its_departure_under_both_cutoffs(left_on, calendar, statutory):
    post(draft(on=left_on), draft("outbound.person_visits", on=left_on, value=9))
    for cutoff, expected in ((Cutoff.CALENDAR, calendar), (Cutoff.STATUTORY, statutory)):
        for names in (
            [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)],
            ["2024-H1", "2024-H2", "2025-H1", "2025-H2"],
            ["2024", "2025"],
        ):
            counted = [name for name in names if ask("outbound.groups", name, cutoff=cutoff).value]
            assert counted == [name for name in expected if name in names]
        found = ask("outbound.person_visits", expected[0], cutoff=cutoff)
        assert found.value == 9


def test_c12_a_stated_year_answers_until_the_register_is_complete():
    state(42, "2019")
    trips(3, dt.date(2019, 5, 8))
    before = ask("outbound.groups", "2019")
    assert (before.value, before.status, before.entered) == (42, "stated", (3, 42))

    trips(38, dt.date(2019, 6, 8))
    cover("2019")
    after = ask("outbound.groups", "2019")
    assert (after.value, after.status, after.difference) == (41, "recorded", -1)
    assert after.stated is not None
    assert after.stated.value == 42


def test_c13_statements_answer_for_their_own_period_only():
    state(10, "2018-H1")
    state(6, "2018-Q3")
    state(25, "2018")

    assert [ask("outbound.groups", p).value for p in ("2018-H1", "2018-Q3", "2018")] == [10, 6, 25]
    nine = ask("outbound.groups", "2018-9M")
    assert (nine.value, nine.status) == (None, "none")
    assert [view.value for view in nine.others] == [10, 6, 25]


def test_nothing_entered_and_none_are_two_things():
    assert ask("outbound.groups", "2017").status == "not_entered"
    cover("2017")
    found = ask("outbound.groups", "2017")
    assert (found.status, found.value) == ("zero", 0)


def test_coverage_of_the_province_covers_its_offices_and_not_the_other_way():
    cover("2016", office="lc-dofa")
    assert ask("outbound.groups", "2016", office="lc-dofa").status == "zero"
    assert ask("outbound.groups", "2016").status == "not_entered"
    cover("2015")
    assert ask("outbound.groups", "2015", office="lc-union").status == "zero"


def test_an_office_counts_its_own_and_the_province_all():
    trips(2, dt.date(2025, 5, 8), office="lc-dofa")
    trips(1, dt.date(2025, 5, 8), office="lc-union")
    assert [ask("outbound.groups", "2025", office=o).value for o in (BOOK, "lc-dofa", "lc-union", None)] == [
        3,
        2,
        1,
        3,
    ]


def test_filters_of_the_indicator_and_of_the_question():
    trips(2, dt.date(2025, 5, 8), country="LA", channel="state")
    trips(1, dt.date(2025, 5, 8), country="CN", channel="party")
    assert ask("outbound.groups.laos", "2025").value == 2
    assert ask("outbound.groups.laos", "2025", filters={"channel": ("party",)}).value is None
    assert ask("outbound.groups", "2025", filters={"channel": ("party",)}).value == 1
    assert split(FigureRequest("outbound.groups", BOOK, Period.parse("2025")), "country") == {
        "CN": 1,
        "LA": 2,
    }


def test_as_of_and_the_day_it_was():
    with clock.fixed(dt.date(2025, 10, 9)):
        uid = post(draft("outbound.person_visits", on=dt.date(2025, 9, 1), value=12))
    with clock.fixed(dt.date(2025, 10, 10)):
        post(draft("outbound.person_visits", on=dt.date(2025, 9, 1), value=11), uid=uid, version=2)
    ninth = dt.datetime(2025, 10, 9, 16, tzinfo=dt.UTC)
    assert ask("outbound.person_visits", "2025", as_of=ninth).value == 12  # C16
    assert ask("outbound.person_visits", "2025").value == 11


def test_level_ratio_share_and_timeless():
    post(draft("students.present", on=dt.date(2024, 9, 1), value=46))
    trips(4, dt.date(2025, 5, 8))
    post(draft("outbound.person_visits", on=dt.date(2025, 5, 8), value=30))
    state(5, "2025", kind="target")
    with acting(actor=None, verb="system.test"):
        post_statement(
            book=BOOK,
            office=BOOK,
            measure="border.length",
            since=None,
            until=None,
            value=265165,
            kind="stated",
        )
    assert ask("students.present", "2024").value == 46
    assert ask("students.present", "2024-06").value is None
    assert ask("outbound.average_size", "2025").value == Decimal("7.5")
    assert ask("outbound.plan_share", "2025").value == Decimal("80.0")
    assert ask("border.length", "2025").value == Decimal("265.165")


def test_many_figures_take_six_queries(django_assert_max_num_queries):
    trips(2, dt.date(2025, 5, 8))
    state(42, "2019")
    codes = list(Indicator.objects.values_list("code", flat=True))
    asked = [FigureRequest(code, BOOK, Period.parse(p)) for code in codes for p in ("2025", "2024")]
    with django_assert_max_num_queries(6):
        found = figures(asked)
    assert len(found) == len(asked) > 90


def test_unknown_names_are_refused():
    with pytest.raises(BadInput):
        ask("outbound.grops", "2025")
    with pytest.raises(BadInput):
        ask("outbound.groups", "2025", office="nowhere")


def test_growth_and_share():
    assert growth(Decimal(31), Decimal(27)) == Decimal("14.8")
    assert growth(Decimal(31), Decimal(0)) is None
    assert growth(None, Decimal(1)) is None
    assert share(Decimal(1), Decimal(3)) == Decimal("33.3")
    assert share(Decimal(1), None) is None


def test_json_form():
    trips(1, dt.date(2025, 5, 8))
    found = as_json(ask("outbound.groups", "2025"))
    assert (found["value"], found["unit"], found["since"], found["until"]) == (
        "1",
        "đoàn",
        "2025-01-01",
        "2025-12-31",
    )
