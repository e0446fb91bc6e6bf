"""The nation's figures: sums over provinces, guests counted once, who has reported, the national report."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection

from bonphuong.accounts.enums import SettingKey
from bonphuong.accounts.models import Office, User
from bonphuong.exchange.services import load_deadlines
from bonphuong.families.delegations.services import create, link_same_visit
from bonphuong.indicators.figures import FigureRequest
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.reports.changes import changes_since, reproduce
from bonphuong.reports.integrity import check_editions
from bonphuong.reports.nation.counting import count_nation
from bonphuong.reports.nation.practice import differing
from bonphuong.reports.nation.provinces import Reported, nation_of, national_offices
from bonphuong.reports.queries import definition_and_period
from bonphuong.reports.rendering import page_html, render_docx, render_xlsx
from bonphuong.reports.services import build_draft, sign_edition
from tests.factories.accounts import OfficeSettingFactory
from tests.factories.delegations import finished, inbound
from tests.factories.exchange import ReceivedFigureFactory, ReceivedPackageFactory
from tests.factories.ledger import draft, post
from tests.reports.conftest import content, entry, said, table, value

pytestmark = pytest.mark.usefixtures("province")
TODAY = dt.date(2025, 12, 22)
YEAR = Period.parse("2025", Cutoff.STATUTORY)
APRIL = dt.date(2025, 4, 14)


@pytest.fixture(autouse=True)
def today(db):
    load_deadlines()
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def neighbour(db) -> User:
    return User.objects.get(username="canbo.laocai")


@pytest.fixture
def visits(officer, neighbour):
    """One guest in two provinces, each of which entered it."""
    one = create(inbound(APRIL, 8), office_code="lc-dofa", actor=officer)
    other = create(inbound(APRIL, 7, lead_office_code="lcai-dofa"), office_code="lcai-dofa", actor=neighbour)
    return one, other


def nation(period=YEAR, report="annual"):
    return nation_of(Office.objects.get(pk="vufo"), report, period)


def counted(indicator, period=YEAR, **more):
    return count_nation([FigureRequest(indicator, None, period, **more)], nation(period))[0]


def by_name(figure):
    return {cell.province.name: cell.value for cell in figure.cells}


def package(value="42", state="accepted", indicator="outbound.groups", **more):
    row = ReceivedPackageFactory(state=state, **more)
    ReceivedFigureFactory(package=row, indicator=indicator, value=value)
    return row


def test_the_sum_is_that_of_the_provinces_and_a_plain_count_of_facts(officer, neighbour, visits):
    create(finished(dt.date(2025, 6, 3), 5), office_code="lc-dofa", actor=officer)
    figures = count_nation(
        [
            FigureRequest(code, None, YEAR)
            for code in ("inbound.groups", "outbound.groups", "inbound.person_visits")
        ],
        nation(),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT measure, SUM(value) FROM ledger_fact WHERE on_day BETWEEN %s AND %s GROUP BY measure",
            [YEAR.since, YEAR.until],
        )
        plain = {row[0]: int(row[1]) for row in cursor.fetchall()}
    assert {one.indicator.code: int(one.plain) for one in figures} == {
        code: plain[code] for code in ("inbound.groups", "outbound.groups", "inbound.person_visits")
    }
    assert by_name(figures[0]) == {
        "Điện Biên": None, "Lai Châu": 1, "Lào Cai": 1, "Tỉnh Mẫu": None, "Tỉnh Thử": None,
    }  # fmt: skip


def test_c22_a_guest_of_several_provinces_counts_once_only_when_linked(officer, visits):
    found = counted("inbound.groups")
    assert (found.plain, found.value, found.journeys) == (2, 2, 0)
    link_same_visit(*visits, actor=officer)
    found = counted("inbound.groups")
    assert (found.plain, found.value, found.twice, found.journeys) == (2, 1, 1, 1)
    people = counted("inbound.person_visits")
    assert (people.plain, people.value) == (15, 8)
    assert by_name(found)["Lai Châu"] == by_name(found)["Lào Cai"] == 1


def test_c20_shares_of_one_item_add_up_to_it():
    for book in ("lai-chau", "lao-cai", "dien-bien"):
        post(draft(measure="aid.approved", on=APRIL, value=40_000_00, office=book, usd=40_000_00), book=book)
    found = counted("aid.approved")
    assert set(by_name(found).values()) == {40_000, None}
    assert found.value == 120_000


def test_a_package_counts_once_accepted_and_only_for_exactly_its_days():
    package("42", state="received")
    assert counted("outbound.groups").value is None
    package("43", version=2)
    assert by_name(counted("outbound.groups"))["Tỉnh Mẫu"] == 43
    calendar = Period.parse("2025", Cutoff.CALENDAR)
    assert counted("outbound.groups", calendar).value is None


def test_a_province_that_is_live_and_sends_a_package_counts_once(officer):
    create(finished(APRIL, 5), office_code="lc-dofa", actor=officer)
    package("42", office_code="lai-chau", book="lai-chau")
    found = counted("outbound.groups")
    assert (by_name(found)["Lai Châu"], found.value) == (1, 1)


def test_what_only_a_paper_states_stands_beside_the_sum():
    row = package("42")
    ReceivedFigureFactory(
        package=row, indicator="inbound.groups", value="85", status="stated", recorded="0", rows=0
    )
    found = counted("inbound.groups")
    assert found.value is None
    assert [(cell.province.name, cell.beside) for cell in found.beside] == [("Tỉnh Mẫu", Decimal(85))]


def test_a_filter_is_part_of_the_figure():
    row = package("42")
    ReceivedFigureFactory(
        package=row, key="narrow", indicator="activities.held", value="7", filters='{"slot1":["border"]}'
    )
    assert counted("activities.held").value is None
    assert counted("activities.held", filters={"slot1": ("border",)}).value == 7


def test_who_has_reported_by_the_day_it_was_due(officer, leader):
    with clock.fixed(dt.date(2025, 12, 18)):
        ready = build_draft(actor=officer, office="lai-chau", code="annual", period="2025")
        sign_edition(actor=leader, edition=ready, reason="đã rà soát")
    package(received_at=dt.datetime(2025, 12, 21, 3, tzinfo=dt.UTC))
    package(state="returned", office_code="tinh-thu", book="tinh-thu")
    found = nation()
    assert found.due.on == dt.date(2025, 12, 20)
    assert not found.due.proved
    states = {one.name: (one.state, found.is_late(one), one.has_reported) for one in found.provinces}
    assert states == {
        "Điện Biên": (Reported.MISSING, True, False),
        "Lai Châu": (Reported.SIGNED, False, True),
        "Lào Cai": (Reported.MISSING, True, False),
        "Tỉnh Mẫu": (Reported.ACCEPTED, True, True),
        "Tỉnh Thử": (Reported.RETURNED, True, False),
    }
    with clock.fixed(dt.date(2025, 12, 19)):
        assert not any(nation().is_late(one) for one in nation().missing)


def test_a_merged_province_is_of_its_own_time():
    old = Period.parse("2024", Cutoff.STATUTORY)
    names = {one.name for one in nation_of(Office.objects.get(pk="mofa"), "annual", old).provinces}
    assert "Lai Châu" in names
    assert "Hà Giang" not in {
        one.name for one in nation_of(Office.objects.get(pk="mofa"), "annual", YEAR).provinces
    }


def test_definitions_are_told_where_they_differ(officer, visits):
    OfficeSettingFactory(
        office=Office.objects.get(pk="lao-cai"), key=SettingKey.ONE_IS_A_GROUP, value=True,
        valid_from=dt.date(2025, 1, 1), source="Quy chế minh họa", proved=True,
    )  # fmt: skip
    found = {one.name: one.practice for one in nation().provinces if one.is_live}
    assert differing(found) == [SettingKey.ONE_IS_A_GROUP]
    told = content("annual", "2025", at=TODAY, office="vufo")
    rows = {text.partition(": ")[0]: text for text in said(told, "practice")[1:]}
    assert "một người đi riêng cũng tính là một đoàn. (Quy chế minh họa)" in rows["Lào Cai"]
    assert "một người đi riêng tính là cá nhân" in rows["Lai Châu"]


def test_the_national_report_adds_up_and_leads_to_provinces_not_to_records(officer, visits):
    link_same_visit(*visits, actor=officer)
    package("42")
    told = content("annual", "2025", at=TODAY, office="vufo")
    assert value(told, "in.groups@period") == "1"
    assert value(told, "out.groups@period") == "42"
    rows = table(told, "Đoàn ra, đoàn vào theo địa phương")
    assert rows["Lai Châu"][1:2] == ["1"]
    assert rows["Đoàn thăm nhiều địa phương, chỉ tính một lần"][1] == "−1"
    assert rows["Cả nước"] == ["42", "1", "8"]
    assert rows["Điện Biên"] == ["chưa có"] * 3
    records = {record["n"]: record for record in told["records"]}
    adds = [(records[n]["office"] or "linked", value) for n, value in entry(told, "in.groups@period")["rows"]]
    assert sorted(adds) == [("Lai Châu", "1"), ("Lào Cai", "1"), ("linked", "-1")]
    titles = {record["title"] for record in told["records"]}
    assert not titles & {visit.title for visit in visits}
    assert all(not record["family"] for record in told["records"])
    assert said(told, "reporting")[0].startswith("1/5 địa phương đã báo cáo.")
    for render in (render_docx, render_xlsx, page_html):
        assert render(told) == render(told)


def test_a_signed_national_report_comes_out_again_whatever_comes_later(officer, neighbour, visits):
    package("42")
    head = User.objects.get(username="lanhdao.vufo")
    ready = build_draft(actor=head, office="vufo", code="annual", period="2025")
    signed = sign_edition(actor=head, edition=ready, reason="đã rà soát")
    assert reproduce(signed).is_same
    assert changes_since(signed) == []
    with clock.fixed(TODAY + dt.timedelta(days=1)):
        link_same_visit(*visits, actor=officer)
        create(finished(APRIL, 5), office_code="lcai-dofa", actor=neighbour, late_reason="nhập sau")
        assert reproduce(signed).is_same
        assert check_editions() == []
        changed = {change.key: (change.then, change.now) for change in changes_since(signed)}
    assert changed["in.groups@period"] == (2, 1)
    assert changed["out.groups@period"] == (42, 43)


def test_the_number_of_statements_does_not_grow_with_provinces_or_figures(
    officer, visits, django_assert_max_num_queries
):
    codes = ("inbound.groups", "outbound.groups", "sessions.held", "agreements.signed", "aid.approved")
    requests = [FigureRequest(code, None, YEAR) for code in codes]
    one = nation()
    with django_assert_max_num_queries(14):
        count_nation(requests, one)
    with django_assert_max_num_queries(12):
        nation()


def test_only_people_of_a_national_office_have_a_nation(officer):
    assert national_offices(officer) == []
    assert [one.code for one in national_offices(User.objects.get(username="canbo.vufo"))] == ["vufo"]


def test_the_form_of_a_national_office_is_its_own():
    assert definition_and_period("annual", "vufo", "2025")[0].office_kind == "national"
    assert definition_and_period("monthly", "mofa", "2025-11", "en")[0].content["collects"] == "monthly"
    assert definition_and_period("annual", "lai-chau", "2025")[0].office_kind == ""
