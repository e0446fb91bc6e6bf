import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonphuong.kernel.dates import date_range, format_date, format_moment, long_date, parse_date

TODAY = dt.date(2026, 3, 10)
MARCH_5 = dt.date(2026, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "5/3",
        "05/03/2026",
        "5-3-2026",
        "5.3.2026",
        "5/3/26",
        "2026-03-05",
        "2026/3/5",
        " 05/03/2026 ",
        "2026-03-05 00:00:00",
        "2026-03-05T08:30:00Z",
        "05/03/2026 14:05",
        "ngày 5 tháng 3 năm 2026",
        "Ngày 05 tháng 3",
        "5 tháng 3, năm 2026",
        "5 March 2026",
        "5 Mar 2026",
        "46086",
        "46086.0",
        "０５/０３/２０２６",
    ],
)
def test_one_day_in_many_hands(text):
    assert parse_date(text, today=TODAY) == MARCH_5


def test_a_missing_year_is_that_of_the_paper():
    assert parse_date("28/2", today=TODAY, year=2023) == dt.date(2023, 2, 28)


@pytest.mark.parametrize(
    ("text", "year"), [("1/1/46", 2046), ("1/1/47", 1947), ("1/1/00", 2000), ("1/1/99", 1999)]
)
def test_two_digit_years_reach_twenty_years_ahead(text, year):
    assert parse_date(text, today=TODAY) == dt.date(year, 1, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "05/03/2026"),
        ("hôm qua", "hôm qua"),
        ("30/2/2026", "30"),
        ("29/02/2025", "29"),
        ("03/25/2026", "25"),
        ("5/3/0226", "226"),
        ("3/2026", "3/2026"),
        ("5/3-2026", "5/3-2026"),
        ("12345678", "12345678"),
        ("5 Foo 2026", "5 Foo"),
        ("1/" * 200, "1/1/"),
    ],
)
def test_what_is_no_date_is_refused_in_words(text, says):
    with pytest.raises(ValueError, match=says):
        parse_date(text, today=TODAY)


@pytest.mark.parametrize(
    ("day", "written"),
    [  # NĐ 30/2020/NĐ-CP pads days under 10 and the months 1 and 2
        (MARCH_5, "ngày 05 tháng 3 năm 2026"),
        (dt.date(2026, 1, 12), "ngày 12 tháng 01 năm 2026"),
        (dt.date(2026, 2, 9), "ngày 09 tháng 02 năm 2026"),
        (dt.date(2026, 11, 21), "ngày 21 tháng 11 năm 2026"),
    ],
)
def test_long_date_of_official_papers(day, written):
    assert long_date(day, "vi") == written


def test_dates_in_both_languages():
    assert (format_date(MARCH_5), format_date(MARCH_5, "en")) == ("05/03/2026", "5 Mar 2026")
    assert long_date(MARCH_5, "en") == "5 March 2026"


@pytest.mark.parametrize(
    ("since", "until", "vi", "en"),
    [
        ("2026-01-12", "2026-01-12", "12/01/2026", "12 Jan 2026"),
        ("2026-01-12", "2026-01-16", "12–16/01/2026", "12–16 Jan 2026"),
        ("2026-01-05", "2026-01-16", "05–16/01/2026", "5–16 Jan 2026"),
        ("2026-02-28", "2026-03-03", "28/02–03/03/2026", "28 Feb – 3 Mar 2026"),
        ("2025-12-28", "2026-01-03", "28/12/2025–03/01/2026", "28 Dec 2025 – 3 Jan 2026"),
        ("2025-01-28", "2026-01-30", "28/01/2025–30/01/2026", "28 Jan 2025 – 30 Jan 2026"),
    ],
)
def test_date_range_writes_once_what_repeats(since, until, vi, en):
    days = dt.date.fromisoformat(since), dt.date.fromisoformat(until)

    assert (date_range(*days, "vi"), date_range(*days, "en")) == (vi, en)


def test_a_range_backwards_is_refused():
    with pytest.raises(ValueError, match=r"."):
        date_range(dt.date(2026, 1, 2), dt.date(2026, 1, 1))


def test_moments_are_told_in_the_offices_time():
    assert format_moment(dt.datetime(2026, 3, 4, 20, 5, tzinfo=dt.UTC)) == "03:05, 05/03/2026"


@given(day=st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31)), lang=st.sampled_from(["vi", "en"]))
def test_what_is_written_reads_back(day, lang):
    for text in (format_date(day, lang), long_date(day, lang), day.isoformat()):
        assert parse_date(text, today=TODAY) == day


@given(day=st.dates(dt.date(1954, 10, 3), dt.date(2173, 10, 13)))
def test_serials_of_excel_read_back(day):
    assert parse_date(str((day - dt.date(1899, 12, 30)).days), today=TODAY) == day


@given(text=st.text(max_size=80))
def test_any_text_is_a_date_or_is_refused(text):
    try:
        parse_date(text, today=TODAY)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - either outcome is right, an empty message is not
