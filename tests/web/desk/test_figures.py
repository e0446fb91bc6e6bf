import datetime as dt

import pytest

from bonphuong.families.delegations.services import create_many
from tests.factories.delegations import PHONGSALY, finished

D = dt.date


@pytest.fixture
def register(people):
    drafts = [
        finished(D(2025, 3, 3), 6),
        finished(D(2025, 6, 3), 5, head_name="Giàng A Thử"),
        finished(D(2024, 3, 3), 7, head_name="Vàng Văn Mẫu"),
    ]
    return create_many(drafts, office_code="lc-dofa", actor=people["canbo"])


def _page(client, query):
    return client.get(f"/figures/?{query}").context["page"]


def test_a_figure_opens_to_its_months_countries_and_records(register, people, at_desk):
    page = _page(at_desk(people["lanhdao"]), "indicator=outbound.groups&period=2025&office=lai-chau")
    assert page.title == "Đoàn ra, năm 2025, tính đến 18/12/2025: 2 đoàn, tăng 1 so với cùng kỳ"
    assert [part.now.value for part in page.parts if part.now.value] == [1, 1]
    assert [(row.name, row.value) for row in page.countries] == [("Lào", 2)]
    assert [row.record.number for row in page.rows] == ["ĐR-2025-001", "ĐR-2025-002"]


def test_a_month_is_compared_with_the_same_month(register, people, at_desk):
    page = _page(
        at_desk(people["lanhdao"]), "indicator=outbound.person_visits&period=2025-03&office=lai-chau"
    )
    assert page.title == "Lượt người đi theo đoàn, tháng 3 năm 2025: 6 lượt người, giảm 1 so với cùng kỳ"
    assert (page.found.value, page.then.value, page.parts, page.chart) == (6, 7, [], "")


@pytest.mark.parametrize("query", ["", "indicator=khong-co&period=xx&office=noi-khac", "year=2025&part=-Q1"])
def test_what_cannot_be_read_falls_back(register, people, at_desk, query):
    assert at_desk(people["canbo"]).get(f"/figures/?{query}").status_code == 200


def test_a_country_narrows_the_figure(register, people, at_desk):
    page = _page(
        at_desk(people["canbo"]), f"indicator=outbound.groups&period=2025&country={PHONGSALY.country_code}"
    )
    assert (page.found.value, page.countries) == (2, [])


def test_a_register_is_declared_complete_by_a_person(register, people, at_desk):
    client = at_desk(people["truongphong"])
    address = "/figures/coverage?indicator=outbound.groups&period=2025-03&office=lai-chau"
    given = {
        "word": "complete",
        "since": "1/3/2025",
        "until": "31/3/2025",
        "reason": "Đã đối chiếu với văn thư",
    }
    answer = client.post(address, given)
    assert answer.status_code == 302
    assert client.get(answer["Location"]).context["page"].found.is_covered


def test_a_declaration_without_its_days_is_told_beside_the_field(register, people, at_desk):
    answer = at_desk(people["truongphong"]).post(
        "/figures/coverage?indicator=outbound.groups&period=2025&office=lai-chau",
        {"word": "complete", "since": "31/3/2025", "until": "1/3/2025", "reason": ""},
    )
    assert (answer.status_code, set(answer.context["coverage"].errors)) == (422, {"until", "reason"})
