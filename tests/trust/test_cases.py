"""Hand-worked cases as the reports bring them out, each also held against the recount."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from bonphuong.families.delegations.models import Delegation
from bonphuong.families.delegations.schema import PlaceDraft
from bonphuong.families.delegations.services import correct, draft_of
from bonphuong.kernel import clock
from bonphuong.ledger.services import declare_complete, state_figure
from bonphuong.parties.models import Party
from bonphuong.parties.services import create_party, merge_parties
from bonphuong.reports.queries import definition_and_period
from tests.factories.delegations import finished, outbound
from tests.reports.conftest import PROVINCE, content, enter, entry, said, value
from tests.trust.walk import Walk

if TYPE_CHECKING:
    from bonphuong.kernel.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
D = dt.date


def told(code: str, period: str, at: dt.date):
    """The content of a report on a day, which the recount agrees with."""
    with clock.fixed(at):
        row, span = definition_and_period(code, PROVINCE, period)
        assert list(Walk(at).report(row, PROVINCE, span)) == []
    return content(code, period, at=at)


def state(officer, figure: int, code: str, period: str, at: dt.date) -> None:
    _row, days = definition_and_period(code, PROVINCE, period)
    with clock.fixed(at):
        state_figure(
            actor=officer, office=PROVINCE, reason="Báo cáo cũ", measure="outbound.groups",
            since=days.since, until=days.until, value=figure, kind="stated",
        )  # fmt: skip


def cover(officer, period: Period, at: dt.date) -> None:
    with clock.fixed(at):
        declare_complete(
            actor=officer,
            office=PROVINCE,
            measures=["outbound.groups"],
            since=period.since,
            until=period.until,
        )


def test_c4_several_countries_are_one_group_on_the_main_one(officer):
    places = (PlaceDraft("LA", text="Lào"), PlaceDraft("TH", text="Thái Lan"))
    enter(officer, finished(D(2025, 4, 8), 10, places=places, partner_code=""), at=D(2025, 4, 20))
    found = told("annual", "2025", D(2026, 1, 5))
    figures = {key: value(found, f"{key}@period") for key in ("out.groups", "out.visits", "out.countries")}
    assert figures == {"out.groups": "1", "out.visits": "10", "out.countries": "2"}
    assert value(found, "out.groups@period[country=LA]") == "1"
    assert value(found, "out.groups@period[country=TH]") is None


def test_c5_approved_and_actual_are_two_figures(officer):
    before = outbound(decided_on=D(2025, 3, 3), decision_number="12/QĐ-UBND", approved_heads=12)
    enter(officer, before, at=D(2025, 3, 4))
    found = told("monthly", "2025-03", D(2025, 3, 10))
    assert [value(found, f"{name}@period") for name in ("out.approved", "out.approved_visits")] == ["1", "12"]
    assert value(found, "out.groups@period") is None


def test_c7_people_inside_another_bodys_delegation_are_individuals(officer):
    ministry = finished(D(2025, 4, 7), 3, kind="individual", organiser_text="Bộ Ngoại giao")
    enter(officer, ministry, at=D(2025, 4, 20))
    found = told("annual", "2025", D(2026, 1, 5))
    assert value(found, "out.individuals@period") == "3"
    assert (value(found, "out.groups@period"), value(found, "out.visits@period")) == (None, None)


def test_c12_a_stated_year_answers_until_the_register_is_complete(officer):
    _row, year = definition_and_period("annual", PROVINCE, "2019")
    with clock.fixed(D(2025, 1, 6)):
        state_figure(
            actor=officer, office=PROVINCE, reason="Báo cáo năm 2019", measure="outbound.groups",
            since=year.since, until=year.until, value=42, kind="stated",
        )  # fmt: skip
    days = [D(2019, 3, 4) + dt.timedelta(days=number) for number in range(41)]
    enter(officer, *(finished(day, 5) for day in days[:3]), at=D(2025, 1, 7))
    found = entry(told("annual", "2019", D(2025, 2, 1)), "out.groups@period")
    assert (found["value"], found["status"], found["entered"]) == ("42", "stated", ["3", "42"])

    enter(officer, *(finished(day, 5) for day in days[3:]), at=D(2025, 2, 2))
    cover(officer, year, D(2025, 2, 3))
    found = entry(told("annual", "2019", D(2025, 2, 4)), "out.groups@period")
    assert (found["value"], found["status"], found["difference"]) == ("41", "recorded", "-1")
    assert found["stated"]["value"] == "42"


def test_c13_statements_answer_for_their_own_period_only(officer):
    at = D(2025, 1, 6)
    state(officer, 10, "half_year", "2018-H1", at)
    state(officer, 6, "quarterly", "2018-Q3", at)
    asked = {
        period: value(told(code, period, D(2025, 2, 1)), "out.groups@period")
        for code, period in (("half_year", "2018-H1"), ("quarterly", "2018-Q3"), ("nine_months", "2018-9M"))
    }
    assert asked == {"2018-H1": "10", "2018-Q3": "6", "2018-9M": None}


def test_c16_a_correction_counts_at_the_trips_own_day(officer):
    [record] = enter(officer, finished(D(2025, 9, 10), 12), at=D(2025, 10, 1))
    before = told("monthly", "2025-09", D(2025, 10, 9))
    with clock.fixed(D(2025, 10, 10)):
        draft = draft_of(Delegation.objects.get(pk=record.pk))
        changed = draft.__class__(**{**vars(draft), "actual_heads": 11})
        correct(record, changed, expected_version=record.version, actor=officer, reason="Đếm lại danh sách")
    after = told("monthly", "2025-09", D(2025, 10, 11))
    assert [value(one, "out.visits@period") for one in (before, after)] == ["12", "11"]
    assert value(told("monthly", "2025-10", D(2025, 10, 20)), "out.visits@period") is None


def test_a_partner_that_was_entered_twice_is_told_once(officer):
    keep = Party.objects.get(pk="la-phongsaly")
    double = create_party(
        actor=officer, code="la-phong-xa-ly", name_vi="Phông Xa Lỳ", name_en="Phongsaly", kind=keep.kind, country_id="LA",
        source="Công văn mời (minh họa)",
    )  # fmt: skip
    trips = [
        finished(D(2025, 4, 7), 4, partner_code=keep.code, places=(PlaceDraft("LA", party_code=keep.code),)),
        finished(
            D(2025, 5, 5), 6, partner_code=double.code, places=(PlaceDraft("LA", party_code=double.code),)
        ),
    ]
    enter(officer, *trips, at=D(2025, 6, 1))
    merge_parties(keep=keep, double=double, actor=officer, reason="Một tỉnh, nhập hai lần")
    found = told("annual", "2025", D(2026, 1, 5))
    parts = {figure["key"]: figure["value"] for figure in found["figures"] if "partner=" in figure["key"]}
    assert parts["out.groups@period[partner=la-phongsaly]"] == "2"
    assert not any(double.code in key for key in parts)
    assert any(keep.name_vi in line and "2 đoàn" in line for line in said(found, "relations"))
