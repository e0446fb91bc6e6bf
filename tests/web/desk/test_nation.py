"""The nation's figures on their pages: for people of a national office, and for nobody else."""

import datetime as dt

import pytest

from bonphuong.accounts.models import User
from bonphuong.exchange.services import load_deadlines
from bonphuong.families.delegations.services import create, link_same_visit
from bonphuong.reports.services import build_draft
from tests.factories.delegations import inbound
from tests.factories.exchange import ReceivedFigureFactory, ReceivedPackageFactory

APRIL = dt.date(2025, 4, 14)


@pytest.fixture
def provinces(today):
    """Two provinces that live here and received one guest, and one that sent a package."""
    load_deadlines()
    neighbour, officer = (User.objects.get(username=name) for name in ("canbo.laocai", "canbo"))
    one = create(inbound(APRIL, 8), office_code="lc-dofa", actor=officer)
    other = create(inbound(APRIL, 7, lead_office_code="lcai-dofa"), office_code="lcai-dofa", actor=neighbour)
    link_same_visit(one, other, actor=officer)
    row = ReceivedPackageFactory(
        state="accepted", practice=[{"key": "delegation.one_is_a_group", "value": True}]
    )
    ReceivedFigureFactory(package=row, indicator="inbound.groups", value="42")
    return one


def page(sit, address, username="canbo.vufo"):
    answer = sit(username).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_tells_who_reported_and_the_sum(sit, provinces):
    told = page(sit, "/nation/?year=2025&figure=in.groups")
    assert "1/5 địa phương đã báo cáo" in told
    assert "Hạn gửi: 20/12/2025" in told
    assert "Chưa tìm thấy văn bản" in told
    for words in (
        "43",
        "44 theo cách đếm của địa phương",
        "Đoàn thăm nhiều địa phương, chỉ tính một lần",
        "−1",
    ):
        assert words in told
    assert "một người đi riêng cũng tính là một đoàn" in told


def test_records_of_a_province_are_not_in_reach_of_the_nation(sit, provinces):
    told = page(sit, "/nation/?year=2025&figure=in.groups") + page(sit, "/nation/lai-chau?year=2025")
    assert provinces.title not in told
    assert provinces.number not in told
    assert "/figures/?indicator" not in told
    assert sit("canbo.vufo").get(f"/delegations/{provinces.pk}").status_code == 404


def test_a_province_has_a_page_of_its_own(sit, provinces):
    told = page(sit, "/nation/tinh-mau?year=2025")
    assert "đã chấp nhận gói" in told
    assert "theo gói số liệu" in told
    assert sit("canbo.vufo").get("/nation/vufo?year=2025").status_code == 404


@pytest.mark.parametrize(
    "query", ["", "?year=x&part=-99&office=lai-chau&figure=%27", "?year=2025&part=-Q2", "?year=2025&part=-03"]
)
def test_whatever_is_asked_there_is_a_page(sit, provinces, query):
    assert "địa phương" in page(sit, f"/nation/{query}")


def test_the_way_there_is_shown_to_the_nation_only(sit, provinces):
    assert 'href="/nation/"' in page(sit, "/reports/")
    assert 'href="/nation/"' not in page(sit, "/reports/", "canbo")


def test_the_page_asks_as_often_for_many_provinces(sit, provinces, django_assert_max_num_queries):
    client = sit("canbo.vufo")
    client.get("/nation/?year=2025")
    with django_assert_max_num_queries(45):
        client.get("/nation/?year=2025")


def test_a_figure_of_the_national_report_leads_to_its_provinces(sit, provinces):
    head = User.objects.get(username="lanhdao.vufo")
    edition = build_draft(actor=head, office="vufo", code="annual", period="2025")
    told = page(sit, f"/reports/{edition.pk}", "lanhdao.vufo")
    assert "/nation/?office=vufo&amp;year=2025&amp;part=&amp;figure=" in told
    assert "/figures/?indicator" not in told
