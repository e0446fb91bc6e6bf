"""Rows as officers' own sheets have them: spans, years, several offices, countries that stand in names."""

import datetime as dt

import pytest

from bonphuong.families.delegations.schema import clean_many
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadValue
from bonphuong.kit import cells
from bonphuong.kit.lookups import Lookups

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
TODAY = dt.date(2026, 1, 10)
MARCH_5, MARCH_9 = dt.date(2025, 3, 5), dt.date(2025, 3, 9)


@pytest.fixture(autouse=True)
def _january():
    with clock.fixed(TODAY):
        yield


@pytest.mark.parametrize(
    "text",
    [
        "5–9/3/2025",
        "5-9/3/2025",
        "05/3-09/3/2025",
        "5/3/2025 - 9/3/2025",
        "5-3-2025 - 9-3-2025",
        "05.03.2025 đến 09.03.2025",
        "từ 5/3 đến 9/3/2025",
        "từ ngày 5/3 đến ngày 9/3/2025",
        "05/03/2025 → 09/03/2025",
        "5–9/3/2025 (5 ngày)",
        "2025-03-05 - 2025-03-09",
    ],
)
def test_spans_of_days_in_the_ways_people_write_them(text):
    assert cells.days(text, today=TODAY) == (MARCH_5, MARCH_9)


def test_a_missing_year_is_that_of_the_sheet_else_the_present_one():
    assert cells.days("5/3 - 9/3", today=TODAY, year=2025) == (MARCH_5, MARCH_9)
    assert cells.day("5/3", today=TODAY) == dt.date(2026, 3, 5)
    assert cells.decision("12/QĐ ngày 5/3", today=TODAY, year=2025) == ("12/QĐ", MARCH_5)
    lacking = ["5/3", "5/3 - 9/3", "ngày 5 tháng 3"]
    assert [cells.lacks_year(text) for text in lacking] == [True] * 3
    having = ["5/3/2025", "5/3 - 9/3/25", "45721", "", None, MARCH_5]
    assert [cells.lacks_year(value) for value in having] == [False] * 6


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31/02/2025", "Tháng 2 năm 2025 không có ngày 31."),
        ("31/02/2025 - 5/3/2025", "Tháng 2 năm 2025 không có ngày 31."),
        ("hết tháng 5", "“hết tháng 5” không phải khoảng thời gian. Viết như 12–16/01/2026."),
    ],
)
def test_what_is_no_span_is_named_in_plain_words(text, message):
    with pytest.raises(BadValue) as refused:
        cells.days(text, today=TODAY)
    assert refused.value.message == message


@pytest.fixture
def lookups():
    return Lookups.load("lai-chau")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Sở Ngoại vụ", ["lc-dofa"]),
        ("SỞ Y TẾ TỈNH LAI CHÂU", ["lc-health"]),
        ("Sở Y tế; Sở Ngoại vụ", ["lc-health", "lc-dofa"]),
        ("Sở Văn hóa, Thể thao và Du lịch, Sở Công Thương", ["lc-culture", "lc-industry"]),
        ("Sở Ngoại vụ phối hợp với Liên hiệp hữu nghị", ["lc-dofa", "lc-union"]),
        ("Sở GD & ĐT", ["lc-education"]),
        ("Sở Ngoại vụ, Sở Ngoại vụ", ["lc-dofa"]),
        ("", []),
    ],
)
def test_several_offices_in_one_cell(lookups, text, codes):
    assert lookups.office_list(text) == (codes, "")


def test_an_office_that_nobody_knows_is_named(lookups):
    assert lookups.office_list("Sở Y tế và Sở Phép thuật") == (["lc-health"], "Sở Phép thuật")


@pytest.mark.parametrize(
    ("title", "places"),
    [
        ("Đoàn Văn phòng Ngoại vụ tỉnh Vân Nam, Trung Quốc", ["cn-yunnan"]),
        ("Đoàn đại biểu tỉnh Phongsaly (Lào)", ["la-phongsaly"]),
        ("ĐOÀN DOANH NGHIỆP HÀN QUỐC", ["KR"]),
        ("Đoàn giáo viên - Thái Lan", ["TH"]),
        ("Đoàn chuyên gia Nga", []),
        ("Đoàn chuyên gia, Nga", ["RU"]),
        ("Đoàn Bộ Lao động thăm tỉnh Điện Biên", []),
        ("Đoàn mỹ thuật quốc tế", []),
    ],
)
def test_a_country_may_stand_in_the_name_of_the_guests(lookups, title, places):
    assert [place.party_code or place.country_code for place in lookups.named_in(title)] == places


def clean(**row):
    given = {"title": "Thăm, làm việc", "heads": 5, "places": "Lào", "time": "5–9/3/2025", **row}
    actor = None
    (found,) = clean_many([given], kind="outbound", office_code="lc-dofa", actor=actor)
    return found


def test_without_a_column_for_countries_the_name_gives_them_and_says_so():
    (found,) = clean_many(
        [{"title": "Đoàn doanh nghiệp Hàn Quốc", "heads": 5, "time": "5/3/2025", "kind": "inbound"}],
        kind="outbound",
        office_code="lc-dofa",
        actor=None,
    )
    assert (found.draft.main_country, [w.message for w in found.warnings]) == (
        *("KR", ["Nước lấy từ tên đoàn: Hàn Quốc."]),
    )


def test_the_first_office_leads_and_the_others_host_with_it():
    draft = clean(lead_office="Sở Y tế, Sở Ngoại vụ").draft
    assert (draft.lead_office_code, draft.cohosts) == ("lc-health", ("lc-dofa",))


def test_what_is_too_long_for_its_column_is_named():
    errors = clean(title="Đoàn " * 80, head="Ông " + "Lò Minh Họa " * 12).errors
    assert [(e.column, e.message) for e in errors] == [
        ("title", "Dài quá 300 ký tự."),
        ("head", "Dài quá 120 ký tự."),
    ]


def test_a_day_still_to_come_is_entered_as_planned_with_a_remark():
    found = clean(time="5–9/3/2026", happened=True)
    assert (found.draft.started_on, found.draft.actual_heads, found.draft.approved_heads) == (None, None, 5)
    assert [w.message for w in found.warnings] == ["Ngày này chưa đến: ghi là đoàn dự kiến."]


def test_one_fault_is_said_once():
    assert [e.column for e in clean(time="9/3/2025 - 5/3/2025", happened=True).errors] == ["time"]
