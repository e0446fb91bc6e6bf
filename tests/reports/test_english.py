"""What an English report calls those that its records name in Vietnamese."""

import datetime as dt
from dataclasses import replace

import pytest

from bonphuong.kernel import clock
from bonphuong.reports.composing import Frame, compose
from bonphuong.reports.gathering import gather
from bonphuong.reports.queries import definition_and_period
from bonphuong.reports.rendering.reading import View
from bonphuong.reports.services import reading_moment
from tests.factories.delegations import HONGHE, PHONGSALY, finished
from tests.reports.conftest import PROVINCE, enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
DAY = dt.date(2025, 6, 2)
JULY = dt.date(2025, 7, 1)
WHOLE = replace(PHONGSALY, country_code="JP", party_code="", text="Nhật Bản")


@pytest.mark.parametrize(
    ("language", "host", "places", "partner", "days"),
    [
        ("vi", "Sở Ngoại vụ", "Trung Quốc (Hồng Hà); Nhật Bản", "Tỉnh Phongsaly", "15/05/2025–14/06/2025"),
        (
            "en",
            "Department of Foreign Affairs of Lai Châu Province",
            "China (Honghe); Japan",
            "Phongsaly",
            "15 May 2025–14 Jun 2025",
        ),
    ],
)
def test_places_partners_offices_and_days_are_in_its_language(officer, language, host, places, partner, days):
    enter(officer, finished(DAY, 9, places=(HONGHE, WHOLE)), at=DAY + dt.timedelta(days=10))
    with clock.fixed(JULY):
        row, span = definition_and_period("monthly", PROVINCE, "2025-06", language)
        ground = gather(row, PROVINCE, span)
        told = compose(ground, Frame(as_of=reading_moment(ground)))
    [annex] = [one for one in told["annexes"] if one["code"] == "out"]
    cells = annex["rows"][0]["cells"]
    assert (places in cells, partner in cells) == (True, True)
    assert days in told["head"]["days"]
    assert host in {record["office"] for record in told["records"]}


def test_what_a_record_adds_is_written_as_numbers_are(officer):
    enter(officer, finished(DAY, 1234), at=DAY + dt.timedelta(days=10))
    for language, people in (("vi", "1.234"), ("en", "1,234")):
        with clock.fixed(JULY):
            row, span = definition_and_period("monthly", PROVINCE, "2025-06", language)
            ground = gather(row, PROVINCE, span)
            view = View(compose(ground, Frame(as_of=reading_moment(ground))))
        assert people in view.adds(view.shown[0])
