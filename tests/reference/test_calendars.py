from __future__ import annotations

import datetime as dt

import holidays
import pytest

from bonphuong.reference.calendars import (
    LunarDate,
    add_working_days,
    feasts_on,
    is_working_day,
    lunar_date,
    lunar_label,
    public_holidays,
    solar_date,
    work_calendar,
)
from bonphuong.reference.enums import FeastCalendar
from tests.factories.reference import FeastFactory, WorkingDayOverrideFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


def day(text):
    return dt.date.fromisoformat(text)


# --- working days ---------------------------------------------------------------------------------


def test_c24_an_opinion_seven_working_days_over_tet():
    calendar = work_calendar()
    counted = [calendar.add(day("2026-02-12"), number) for number in range(1, 8)]

    assert [found.isoformat() for found in counted] == [
        "2026-02-13",
        "2026-02-23",
        "2026-02-24",
        "2026-02-25",
        "2026-02-26",
        "2026-02-27",
        "2026-03-02",
    ]
    assert add_working_days(day("2026-02-12"), 7) == day("2026-03-02")


def test_c23_a_trip_report_fifteen_working_days_after_return():
    assert add_working_days(day("2026-01-20"), 15) == day("2026-02-10")


@pytest.mark.parametrize(
    ("start", "number", "expected"),
    [
        ("2026-03-07", 0, "2026-03-07"),
        ("2026-03-06", 1, "2026-03-09"),
        ("2026-03-09", -1, "2026-03-06"),
        ("2026-02-23", -1, "2026-02-13"),
    ],
)
def test_working_days_both_ways(start, number, expected):
    assert add_working_days(day(start), number) == day(expected)


@pytest.mark.parametrize(
    ("after", "until", "number"),
    [
        ("2026-02-12", "2026-03-02", 7),
        ("2026-03-02", "2026-02-12", -7),
        ("2026-03-02", "2026-03-02", 0),
    ],
)
def test_counting_is_the_inverse_of_adding(after, until, number):
    assert work_calendar().count(day(after), day(until)) == number


@pytest.mark.parametrize(
    ("text", "worked"),
    [
        ("2026-08-31", False),  # swapped with Saturday 22 August
        ("2026-08-22", True),
        ("2025-05-02", False),
        ("2025-04-26", True),
        ("2026-04-27", False),  # for the Hùng Kings' day on a Sunday
        ("2026-02-14", False),
        ("2026-02-16", False),
        ("2026-02-13", True),
    ],
)
def test_published_swaps_are_honoured(text, worked):
    assert is_working_day(day(text)) is worked


@pytest.mark.parametrize(
    ("text", "country", "worked"),
    [
        ("2026-04-15", "LA", False),
        ("2026-04-15", "VN", True),
        ("2026-02-14", "CN", True),
        ("2026-10-07", "CN", False),
        ("2026-12-02", "LA", False),
    ],
)
def test_neighbours_keep_their_own_days(text, country, worked):
    assert is_working_day(day(text), country) is worked


def test_the_swap_of_new_year_2026_is_shipped():
    assert (is_working_day(day("2026-01-02")), is_working_day(day("2026-01-10"))) == (False, True)


def test_a_nearer_decision_goes_before_a_wider_one():
    WorkingDayOverrideFactory(day=day("2026-03-02"), working=False)
    WorkingDayOverrideFactory(day=day("2026-03-02"), working=True, office_code="lai-chau")
    WorkingDayOverrideFactory(day=day("2026-03-02"), working=False, office_code="lc-dofa")

    assert not is_working_day(day("2026-03-02"))
    assert is_working_day(day("2026-03-02"), office="lai-chau")
    assert not work_calendar(offices=["lai-chau", "lc-dofa"]).is_working(day("2026-03-02"))
    assert work_calendar(offices=["lc-dofa", "lai-chau"]).is_working(day("2026-03-02"))


def test_many_days_cost_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        calendar = work_calendar()
        calendar.add(day("2024-01-02"), 700)


def test_a_country_without_calendar_is_an_error():
    with pytest.raises(ValueError, match="no calendar of working days for 'QQ'"):
        work_calendar("QQ")
    with pytest.raises(ValueError, match="no calendar of working days for 'QQ'"):
        public_holidays(2026, "QQ")


def test_public_holidays_carry_their_names():
    assert (day("2026-09-02"), "Quốc khánh") in public_holidays(2026)
    assert (day("2026-12-02"), "Lao National Day") in public_holidays(2026, "LA")
    assert (day("2026-12-02"), "ວັນຊາດ") in public_holidays(2026, "LA", "lo")


# --- the lunar calendars --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2025-12-18", "ngày 29 tháng Mười Ất Tỵ"),
        ("2026-02-17", "ngày mồng 1 tháng Giêng Bính Ngọ"),
        ("2026-02-16", "ngày 29 tháng Chạp Ất Tỵ"),
        ("2025-08-01", "ngày mồng 8 tháng Sáu nhuận Ất Tỵ"),
    ],
)
def test_lunar_days_in_words(text, label):
    assert lunar_label(day(text)) == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2025-12-18", "29th of the 10th lunar month, Ất Tỵ"),
        ("2025-08-14", "21st of the leap 6th lunar month, Ất Tỵ"),
        ("2026-02-17", "1st of the 1st lunar month, Bính Ngọ"),
        ("2026-02-28", "12th of the 1st lunar month, Bính Ngọ"),
    ],
)
def test_lunar_days_in_english(text, label):
    assert lunar_label(day(text), "en") == label


@pytest.mark.parametrize(
    ("year", "viet_nam", "china"),
    [
        (1985, "1985-01-21", "1985-02-20"),
        (2007, "2007-02-17", "2007-02-18"),
        (2026, "2026-02-17", "2026-02-17"),
        (2030, "2030-02-02", "2030-02-03"),
    ],
)
def test_new_year_in_viet_nam_and_in_china(year, viet_nam, china):
    first = LunarDate(year, 1, 1)

    assert solar_date(first) == day(viet_nam)
    assert solar_date(first, FeastCalendar.LUNAR_CN) == day(china)


@pytest.mark.parametrize(
    ("country", "calendar", "name"),
    [
        ("VN", FeastCalendar.LUNAR, "Lunar New Year"),
        ("CN", FeastCalendar.LUNAR_CN, "Chinese New Year (Spring Festival)"),
    ],
)
def test_new_year_agrees_with_the_published_calendars(country, calendar, name):
    years = range(2000, 2060)
    published = holidays.country_holidays(country, years=years, language="en_US", observed=False)
    firsts = {found.year: found for found, names in published.items() if name in names.split("; ")}
    if country == "CN":  # three days bear the name
        firsts = {year: min(d for d in published.get_named(name) if d.year == year) for year in years}

    assert {year: solar_date(LunarDate(year, 1, 1), calendar) for year in years} == firsts


def test_there_and_back_for_every_day_of_twenty_years():
    days = [day("2015-01-01") + dt.timedelta(days=number) for number in range(20 * 365)]

    assert [solar_date(lunar_date(found)) for found in days] == days


@pytest.mark.parametrize(
    "lunar", [LunarDate(2026, 6, 1, leap=True), LunarDate(2025, 12, 30), LunarDate(1900, 1, 1)]
)
def test_a_lunar_day_that_is_not_is_an_error(lunar):
    with pytest.raises(ValueError):  # noqa: PT011 - the library's words and ours
        solar_date(lunar)


def test_outside_of_the_known_years_is_an_error():
    with pytest.raises(ValueError, match="1901 to 2099"):
        lunar_date(day("2100-01-01"))


# --- feasts ---------------------------------------------------------------------------------------


def days_of(code, years):
    return [found.on.isoformat() for year in years for found in feasts_on(year) if found.feast.code == code]


@pytest.mark.parametrize(
    ("code", "year", "since", "until"),
    [
        ("vn-tet", 2026, "2026-02-17", "2026-02-19"),
        ("vn-hung-kings", 2026, "2026-04-26", "2026-04-26"),
        ("vn-mid-autumn", 2025, "2025-10-06", "2025-10-06"),
        ("la-new-year", 2026, "2026-04-14", "2026-04-16"),
        ("la-national-day", 2026, "2026-12-02", "2026-12-02"),
        ("cn-spring-festival", 2030, "2030-02-03", "2030-02-05"),
        ("vn-tet", 2030, "2030-02-02", "2030-02-04"),
    ],
)
def test_days_of_a_feast(code, year, since, until):
    found = {feast_day.feast.code: feast_day for feast_day in feasts_on(year)}[code]

    assert (found.on, found.until) == (day(since), day(until))


def test_anniversaries_of_ties_count_their_years():
    ties = {f.feast.code: (f.on.isoformat(), f.years) for f in feasts_on(2026) if f.feast.kind == "ties"}

    assert ties == {
        "cn-ties": ("2026-01-18", 76),
        "kh-ties": ("2026-06-24", 59),
        "la-treaty": ("2026-07-18", 49),
        "la-ties": ("2026-09-05", 64),
    }


def test_feasts_come_in_the_order_of_the_year(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = feasts_on(2026, ["LA"])

    assert [feast_day.feast.code for feast_day in found] == [
        "la-army",
        "la-party",
        "la-new-year",
        "la-treaty",
        "la-ties",
        "la-national-day",
    ]


def test_a_feast_is_kept_from_its_first_year_on():
    assert "vn-culture-day" not in {feast_day.feast.code for feast_day in feasts_on(2025)}
    assert "vn-culture-day" in {feast_day.feast.code for feast_day in feasts_on(2026)}
    assert "la-national-day" not in {feast_day.feast.code for feast_day in feasts_on(1974)}


def test_a_feast_that_ended_is_not_kept():
    FeastFactory(code="vi-du", valid_to=day("2026-12-01"))

    assert days_of("vi-du", [2025, 2026]) == ["2025-12-02"]


def test_29_february_is_kept_in_leap_years():
    FeastFactory(code="vi-du", month=2, day=29)

    assert days_of("vi-du", [2027, 2028]) == ["2028-02-29"]


def test_the_last_lunar_month_comes_twice_in_a_year_or_not_at_all():
    FeastFactory(code="vi-du", calendar=FeastCalendar.LUNAR, month=12, day=1, since_year=None)

    assert days_of("vi-du", range(2026, 2030)) == ["2026-01-19", "2027-01-08", "2027-12-28", "2029-01-15"]


def test_a_month_of_29_days_has_no_30th():
    FeastFactory(code="vi-du", calendar=FeastCalendar.LUNAR, month=12, day=30, since_year=None)

    assert days_of("vi-du", [2026]) == []
