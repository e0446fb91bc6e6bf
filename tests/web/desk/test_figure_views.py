"""Every cell of every view is the sum of the rows that it opens, and the address holds the whole view."""

import datetime as dt
import io
import uuid
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from bonphuong.indicators.figures import unscaled
from bonphuong.indicators.queries import figures
from bonphuong.ledger.facts import Standing
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.queries import sources_behind
from bonphuong.web.desk.forms.figures import FigureForm
from bonphuong.web.desk.pages.figure_state import split_words
from tests.factories.indicators import IndicatorFactory
from tests.factories.ledger import BOOK, draft, post_many

D = dt.date
UNITS = ("vn-lai-chau.sin-ho", "vn-lai-chau.phong-tho", "vn-lai-chau", "")
COUNTRIES = ("LA", "CN", "TH", "JP", "KR", "US", "")
PARTNERS = ("la-phongsaly", "cn-yunnan", "cn-honghe", "")
OFFICES = ("lc-dofa", "lai-chau", "lc-dofa")


def _drafts():
    for n in range(60):
        on = D(2023 + n % 3, 1 + n % 12, 1 + n % 17)
        dims = {
            "country": COUNTRIES[n % 7],
            "office": OFFICES[n % 3],
            "channel": ("state", "party", "people")[n % 3],
        }
        dims |= {"partner": PARTNERS[n % 4], "field": ("trade", "health", "")[n % 3]}
        level = ("province", "department", "")[n // 3 % 3]
        yield draft("outbound.groups", on, 1, slot1=level, slot2=("in", "off")[n % 2], **dims)
        yield draft("outbound.person_visits", on, 2 + n % 9, slot1=level, slot2=("in", "off")[n % 2], **dims)
        placed = {**dims, "unit": UNITS[n % 4]}
        yield draft("agreements.in_force", on, 1 if n % 5 else -1, slot1="minutes", slot2=level, **placed)
        yield draft(
            "aid.people_reached",
            on,
            10 + n,
            unit=UNITS[n % 4],
            country=COUNTRIES[n % 7],
            office=OFFICES[n % 3],
        )


@pytest.fixture
def book(people):
    post_many([Standing(uuid.uuid4(), "tests", BOOK, 1, [one]) for one in _drafts()])
    IndicatorFactory(code="outbound.groups")
    return people


def _page(client, query):
    answer = client.get(f"/figures/?{query}")
    assert answer.status_code == 200
    return answer.context["page"]


def _opened(user, url):
    """What the rows come to that a cell opens; read as the page of its address reads them."""
    asked = FigureForm(QueryDict(urlsplit(url).query), user=user).state.request
    [found] = figures([asked])
    return unscaled(sum(sources_behind(found.where).values()), found.indicator)


SPLITS = {
    "outbound.groups": ("", "country", "partner", "field", "channel", "office", "head_level", "plan_status"),
    "outbound.person_visits": ("", "country", "head_level"),
    "agreements.in_force": ("", "unit", "partner", "level"),
    "aid.people_reached": ("", "unit"),
}
WALKS = (
    "office=lai-chau&period=2025",
    "office=lai-chau&period=2024-H1&by=months&run=year",
    "office=lai-chau&period=2024-02-03..2025-03-09&places=now&look=ranked",
    "office=lc-dofa&period=2025-Q2&cutoff=statutory&by=quarters&run=2024",
)


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("code", SPLITS)
def test_every_cell_is_the_sum_of_the_rows_that_it_opens(book, at_desk, code, walk):
    user = book["lanhdao"]
    client = at_desk(user)
    for split in SPLITS[code]:
        page = _page(client, f"indicator={code}&{walk}&split={split}")
        assert _cells_hold(user, page), split
        for cell in [*page.table.sums, *filter(None, [page.table.sum_of_all])]:
            assert not cell.url or _opened(user, cell.url) == cell.value


def _cells_hold(user, page):
    """How many cells of the newest rows were opened; each must be what its rows come to."""
    seen = 0
    for row in page.table.rows[:2]:
        for cell in [*row.cells, row.total, row.then]:
            if cell.value:
                assert _opened(user, cell.url) == cell.value, (row.label, cell)
                seen += 1
        if row.cells:
            assert sum(cell.value for cell in row.cells) == row.total.value
    return seen


def test_every_dimension_of_the_measure_is_offered_and_no_other(book, at_desk):
    client = at_desk(book["lanhdao"])
    for code in ("outbound.groups", "agreements.in_force", "outbound.personal_trips"):
        answer = client.get(f"/figures/?indicator={code}&period=2025")
        offered = dict(answer.context["form"].fields["split"].choices)
        assert set(offered) == {"", "office", *MEASURES[code].dimensions} == set(split_words(code))
    assert not _page(client, "indicator=outbound.personal_trips&period=2025&split=partner").table.parts


def test_a_filter_narrows_by_a_slot_by_several_codes_and_by_all_but_some(book, at_desk):
    client = at_desk(book["lanhdao"])
    whole = "indicator=outbound.groups&office=lai-chau&period=2025"
    value = {
        text: _page(client, f"{whole}&{text}").found.value
        for text in (
            "country=LA",
            "country=CN",
            "country=LA,CN",
            "country=!LA,CN",
            "country=-",
            "head_level=province",
        )
    }
    all_of_it = _page(client, whole).found.value
    assert value["country=LA,CN"] == value["country=LA"] + value["country=CN"]
    assert value["country=!LA,CN"] == all_of_it - value["country=LA,CN"]
    assert 0 < value["country=-"] < value["country=!LA,CN"]
    assert 0 < value["head_level=province"] < all_of_it


def test_the_whole_view_stands_in_its_address(book, at_desk):
    client = at_desk(book["lanhdao"])
    query = (
        "indicator=outbound.groups&office=lai-chau&period=2024-02-03..2025-03-09&cutoff=statutory&by=quarters"
        "&run=2023&split=country&places=now&as_of=2026-01-05&look=ranked&channel=party&head_level=!department"
    )
    state = client.get(f"/figures/?{query}").context["form"].state
    assert client.get(state.url()).context["form"].state == state
    assert dict(parse_qsl(urlencode(state.asked()))).items() <= dict(parse_qsl(query)).items()


def test_any_two_days_are_asked_for_in_the_form(book, at_desk):
    client = at_desk(book["lanhdao"])
    page = _page(client, "indicator=outbound.groups&since=3/2/2024&until=9/3/2025&cutoff=statutory")
    assert page.state.period.code == "2024-02-03..2025-03-09"
    day = _page(client, "indicator=agreements.in_force&since=9/3/2025")
    assert (day.state.period.since, day.state.period.until) == (D(2025, 3, 9), D(2025, 3, 9))
    answer = client.get("/figures/?indicator=outbound.groups&since=9/3/2025&until=3/2/2024")
    assert "không phải là hai ngày" in answer.content.decode()


def test_what_does_not_add_up_says_why(book, at_desk):
    client = at_desk(book["lanhdao"])
    for query, words in {
        "indicator=agreements.in_force&period=2025": "thời điểm",
        "indicator=outbound.groups&period=2025&by=months&run=year": "gồm cả các dòng trước",
        "indicator=aid.people_reached&period=2025": "không cộng",
    }.items():
        page = _page(client, query)
        assert page.table.sum_of_all is None
        assert any(words in note for note in page.table.notes), page.table.notes
    split = _page(client, "indicator=aid.people_reached&period=2025&split=unit")
    assert len(split.table.notes) == 2


def test_the_workbook_proves_every_cell(book, at_desk):
    client = at_desk(book["lanhdao"])
    query = "indicator=outbound.groups&office=lai-chau&period=2025&split=country"
    page = _page(client, query)
    answer = client.get(f"/figures/table.xlsx?{query}")
    sheets = load_workbook(io.BytesIO(answer.content))
    assert len(sheets.sheetnames) == 3
    rows = [
        row
        for row in sheets[sheets.sheetnames[1]].iter_rows(values_only=True)
        if isinstance(row[5], int | float)
    ]
    for row in page.table.rows:
        for part, cell in zip(page.table.parts, row.cells, strict=True):
            told = sum(
                Decimal(str(line[5])) for line in rows if (line[0], line[1]) == (row.label, part.label)
            )
            assert told == cell.value
    account = {row[0]: row[1] for row in sheets[sheets.sheetnames[2]].iter_rows(values_only=True) if row[0]}
    assert any("indicator=outbound.groups" in str(value) for value in account.values())
