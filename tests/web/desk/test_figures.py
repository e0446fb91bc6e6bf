import datetime as dt

import pytest
from django.core.cache import cache, caches

from bonphuong.families.delegations.services import create_many
from bonphuong.records.enums import Visibility
from bonphuong.records.models import Record
from bonphuong.trail.acting import acting
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


def _line(page, label):
    return next(row for row in page.table.rows if row.label == label)


def test_a_figure_opens_to_its_years_parts_and_records(register, people, at_desk):
    page = _page(
        at_desk(people["lanhdao"]), "indicator=outbound.groups&period=2025&office=lai-chau&split=country"
    )
    assert page.title == "Đoàn ra, năm 2025, tính đến 18/12/2025: 2 đoàn, tăng 1 so với cùng kỳ, 100% là Lào"
    assert [row.label for row in page.table.rows] == ["năm 2025", "năm 2024"]
    assert [(part.label, part.values) for part in page.table.parts] == [("Lào", (1, 2))]
    assert [row.record.number for row in page.rows.rows] == ["ĐR-2025-001", "ĐR-2025-002"]
    assert page.sentence == (
        "Năm 2025, tính đến 18/12/2025, đoàn ra: 2 đoàn, tăng 1 đoàn (100,0%) so với cùng kỳ năm trước; "
        "trong đó Lào 2."
    )


def test_months_of_a_year_add_up_to_it(register, people, at_desk):
    page = _page(at_desk(people["lanhdao"]), "indicator=outbound.groups&period=2025&by=months")
    assert [row.total.value for row in page.table.rows if row.total.value] == [1, 1]
    assert page.table.sum_of_all.value == page.found.value == 2


def test_the_most_of_all_years_is_said_so(people, at_desk):
    drafts = [
        finished(D(2023, 3, 3), 2, head_name="Vàng Văn Mẫu"),
        finished(D(2024, 3, 3), 3, head_name="Lò Thị Mẫu"),
        finished(D(2025, 3, 3), 9),
    ]
    create_many(drafts, office_code="lc-dofa", actor=people["canbo"])
    page = _page(at_desk(people["lanhdao"]), "indicator=outbound.person_visits&period=2025")
    assert page.title.endswith(": 9 lượt người, cao nhất trong 3 năm")


def test_a_month_is_compared_with_the_same_month(register, people, at_desk):
    page = _page(
        at_desk(people["lanhdao"]), "indicator=outbound.person_visits&period=2025-03&office=lai-chau"
    )
    assert page.title == "Lượt người đi theo đoàn, tháng 3 năm 2025: 6 lượt người, giảm 1 so với cùng kỳ"
    assert (page.found.value, page.then.value) == (6, 7)


def test_years_of_closed_borders_are_not_compared(people, at_desk):
    drafts = [
        finished(D(year, 3, 3), 2 + year % 7, head_name=f"Lò Văn Mẫu {year}") for year in range(2019, 2025)
    ]
    create_many(drafts, office_code="lc-dofa", actor=people["canbo"])
    client = at_desk(people["lanhdao"])
    page = _page(client, "indicator=outbound.person_visits&period=2024")
    said = {row.period.year: row.growth is not None for row in page.table.rows}
    assert said == {2019: False, 2020: False, 2021: False, 2022: False, 2023: False, 2024: True}
    assert page.span.code == "border-2020"
    assert "không so" in client.get("/figures/?indicator=outbound.person_visits&period=2024").content.decode()


def _hidden(people):
    """One record that only those who may read restricted data see, and its title."""
    record = create_many([finished(D(2025, 7, 7), 4)], office_code="lc-dofa", actor=people["canbo"])[0]
    with acting(actor=None, verb="system.test"):
        record.title, record.visibility = "Chuyến đi không ai được biết", Visibility.RESTRICTED
        record.save()
    return record


def test_a_restricted_record_is_counted_and_never_named(register, people, at_desk):
    record = _hidden(people)
    for username in ("canbo.hunghi", "lanhdao", "kiemtra"):
        user = people[username]
        may = Record.objects.visible_to(user).filter(pk=record.pk).exists()
        client = at_desk(user)
        for query in ("", "&split=partner", "&split=country&look=ranked", "&by=months"):
            address = f"/figures/?indicator=outbound.groups&period=2025{query}"
            text = client.get(address).content.decode()
            assert (record.title in text) is may
        for file in ("chart.svg", "table.csv"):
            answer = client.get(f"/figures/{file}?indicator=outbound.groups&period=2025&split=partner")
            assert answer.status_code in {200, 404}
            assert record.title not in answer.content.decode()
    assert not Record.objects.visible_to(people["kiemtra"]).filter(pk=record.pk).exists()
    assert _page(at_desk(people["kiemtra"]), "indicator=outbound.groups&period=2025").rows.hidden >= 1


def test_another_book_s_figures_are_not_shown(register, people, at_desk):
    page = _page(at_desk(people["canbo.laocai"]), "indicator=outbound.groups&period=2025&office=lai-chau")
    assert page.state.office != "lai-chau"
    assert not page.found.value


@pytest.mark.parametrize(
    "query",
    [
        "",
        "indicator=khong-co&period=xx&office=noi-khac",
        "year=2025&part=-Q1",
        "period=0001&by=x&split=book&places=x&look=x&page=-1&as_of=99/99/9999",
        "period=9999-12&as_of=2999-01-01",
        "period=2025-01-01..2025-01-05&by=quarters",
        "split='; DROP TABLE ledger_fact;--&country=%01&partner=%27%22%3Cscript%3E",
        "page=99999999999999999999&by=months",
        "page=²&cutoff=free",
        "partner=khong-co&unit=khong-co&field=khong-co&channel=khong-co&places=now",
        "cutoff=statutory&period=2025-Q3&split=unit&look=share",
        "indicator=outbound.average_size&split=country&look=ranked",
        "indicator=territory.area&period=2025",
        "indicator=students.present&by=quarters&split=partner&look=lines",
    ],
)
def test_what_cannot_be_read_falls_back(register, people, at_desk, query):
    client = at_desk(people["canbo"])
    page = client.get(f"/figures/?{query}")
    assert page.status_code == 200
    assert "<script>" not in page.content.decode().replace('<script src="', "")
    assert client.get(f"/figures/table.csv?{query}").status_code == 200
    assert client.get(f"/figures/chart.svg?{query}").status_code in {200, 404}


def test_a_country_narrows_the_figure(register, people, at_desk):
    page = _page(
        at_desk(people["canbo"]), f"indicator=outbound.groups&period=2025&country={PHONGSALY.country_code}"
    )
    assert page.found.value == 2
    assert not _page(at_desk(people["canbo"]), "indicator=outbound.groups&period=2025&country=JP").found.value


def test_every_cell_leads_to_its_own_figure(register, people, at_desk):
    client = at_desk(people["canbo"])
    page = _page(client, "indicator=outbound.groups&period=2025&split=country")
    for row in page.table.rows:
        for cell in [*row.cells, row.total]:
            assert client.get(cell.url).context["page"].found.value == cell.value


def test_a_figure_as_it_stood_says_so(register, people, at_desk):
    client = at_desk(people["canbo"])
    answer = client.get("/figures/?indicator=outbound.groups&period=2025&as_of=1/1/2025")
    assert answer.context["page"].found.value is None
    assert "Số theo sổ cái đến hết ngày 01/01/2025" in answer.content.decode()


def test_a_chart_is_asked_for_once_and_then_stands_on_the_page(register, people, at_desk):
    caches["drawings"].clear()
    client = at_desk(people["canbo"])
    address = "/figures/?indicator=outbound.groups&period=2025&split=country"
    first = client.get(address)
    assert 'class="drawing" src="/figures/chart.svg?' in first.content.decode()
    picture = client.get(address.replace("/figures/", "/figures/chart.svg") + "&shade=light&bare=1")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "Content-Disposition" not in picture
    then = client.get(address).content.decode()
    assert '<svg class="drawing"' in then
    assert "country=LA" in then


def test_a_figure_leaves_as_picture_workbook_and_text(register, people, at_desk):
    client = at_desk(people["canbo"])
    query = "?indicator=outbound.groups&period=2025&split=country"
    svg = client.get(f"/figures/chart.svg{query}").content.decode()
    assert "Nguồn: sổ cái của" in svg
    assert client.get(f"/figures/chart.png{query}").content.startswith(b"\x89PNG")
    assert client.get(f"/figures/table.xlsx{query}").content.startswith(b"PK")
    text = client.get(f"/figures/table.csv{query}").content.decode("utf-8-sig")
    assert "năm 2025,01/01/2025,31/12/2025,2,2,1,100.0" in text
    for file in ("chart.gif", "table.json", "chart.svgz"):
        assert client.get(f"/figures/{file}{query}").status_code == 404


@pytest.mark.parametrize("query", ["by=years", "by=years&split=country", "by=months&split=partner"])
def test_a_page_of_figures_costs_a_bounded_number_of_queries(
    register, people, at_desk, query, django_assert_max_num_queries
):
    client = at_desk(people["canbo"])
    address = f"/figures/?indicator=outbound.person_visits&period=2025&{query}"
    client.get(address)
    with django_assert_max_num_queries(58):
        cache.clear()
        client.get(address)
    with django_assert_max_num_queries(34):
        client.get(address)


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
