"""Periods of reports and estimates at the desk."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from bonphuong.ledger.models import Closing
from bonphuong.reports.services import build_draft, set_estimate, sign_edition
from tests.factories.delegations import finished
from tests.web.desk.asking import page_of

PERIODS = "/reports/periods/"


@pytest.fixture
def closed(canbo):
    """November's report is signed on 20 November, its period closed; a trip of October comes on 1 December."""
    with clock.fixed(dt.date(2025, 11, 20)):
        edition = build_draft(actor=canbo, office="lai-chau", code="monthly", period="2025-11")
        sign_edition(actor=User.objects.get(username="lanhdao"), edition=edition, reason="Đủ hồ sơ")
    with clock.fixed(dt.date(2025, 12, 1)):
        create(
            finished(dt.date(2025, 10, 20), 7),
            office_code="lc-dofa",
            actor=canbo,
            late_reason="Đơn vị gửi chậm",
        )
    return Closing.objects.get()


def test_a_period_shows_who_closed_it_and_what_came_late(sit, closed):
    client = sit("canbo")
    assert f"{PERIODS}{closed.pk}" in page_of(client.get(PERIODS))
    page = page_of(client.get(f"{PERIODS}{closed.pk}"))
    assert "Đơn vị gửi chậm" in page
    assert "Trần Minh Họa" in page
    assert re.search(r"Lượt người đi theo đoàn: <b\s*>\+7</b", page)
    assert 'name="reason"' not in page


def test_whoever_may_close_opens_it_again_with_a_reason_and_closes_it(sit, closed):
    client = sit("truongphong")
    address = f"{PERIODS}{closed.pk}"
    assert 'id="id_reason_error"' in page_of(client.post(address, {"reason": " "}), 422)
    client.post(address, {"reason": "Bổ sung đoàn của Sở Y tế"})
    assert "Bổ sung đoàn của Sở Y tế" in page_of(client.get(address))
    client.post(address)
    assert [row.state for row in Closing.objects.order_by("seq")] == ["closed", "reopened", "closed"]


def test_a_period_is_closed_by_hand(sit, canbo):
    client = sit("truongphong")
    given = {"report": "monthly", "office": "lai-chau", "year": "2025", "part": "-10"}
    assert client.post(PERIODS, given)["Location"] == PERIODS
    assert Closing.objects.get().period == "2025-10"
    assert "đã chốt" in page_of(client.post(PERIODS, given), 422)
    for wrong in ({**given, "part": "-99"}, {**given, "report": "none"}, {**given, "office": "lao-cai"}, {}):
        page_of(client.post(PERIODS, wrong), 422)
    assert Closing.objects.count() == 1


def test_periods_stand_by_years_and_are_narrowed(sit, closed):
    client = sit("truongphong")
    with clock.fixed(dt.date(2025, 12, 1)):
        client.post(PERIODS, {"report": "annual", "office": "lai-chau", "year": "2024", "part": ""})
    page = page_of(client.get(PERIODS))
    assert page.index("Năm 2025") < page.index("Năm 2024")
    assert "Báo cáo tháng 11 năm 2025" in page_of(client.get(PERIODS, {"late": "yes"}))
    left = page_of(client.get(PERIODS, {"in": "2024"}))
    assert "Báo cáo năm 2024" in left
    assert "Báo cáo tháng 11 năm 2025" not in left
    assert "Xem tất cả" in page_of(client.get(PERIODS, {"in": "2024", "late": "yes"}))


def test_others_neither_close_nor_see(sit, closed):
    assert sit("canbo").post(PERIODS, {}).status_code == 403
    assert sit("canbo").post(f"{PERIODS}{closed.pk}", {"reason": "x"}).status_code == 403
    assert sit("canbo.laocai").get(f"{PERIODS}{closed.pk}").status_code == 404
    assert f"{PERIODS}{closed.pk}" not in page_of(sit("canbo.laocai").get(PERIODS))


def test_estimates_stand_beside_what_they_came_to(sit, canbo):
    assert "Chưa có số ước nào được ký" in page_of(sit("canbo").get("/reports/estimates"))
    with clock.fixed(dt.date(2025, 12, 5)):
        create(finished(dt.date(2025, 11, 20), 7), office_code="lc-dofa", actor=canbo)
        draft = build_draft(actor=canbo, office="lai-chau", code="annual", period="2025")
        set_estimate(actor=canbo, edition=draft, figure="out.groups", value=Decimal(3))
        sign_edition(actor=User.objects.get(username="lanhdao"), edition=draft, reason="Số ước")
    page = page_of(sit("canbo").get("/reports/estimates"))
    cells = re.findall(r'<td class="num">\s*(.*?)\s*</td>', page, flags=re.DOTALL)
    assert cells == ["3", "1", "−2"]
    assert "Số ước" not in page_of(sit("canbo.laocai").get("/reports/estimates")).partition("<tbody>")[2]


def test_more_periods_cost_no_more_queries(sit, closed, django_assert_max_num_queries):
    client = sit("truongphong")
    for part in ("-08", "-09", "-10"):
        client.post(PERIODS, {"report": "monthly", "office": "lai-chau", "year": "2025", "part": part})
    with django_assert_max_num_queries(28):
        assert page_of(client.get(PERIODS)).count(f'href="{PERIODS}') >= 4
