import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonphuong.kernel.periods import Cutoff, Period, PeriodKind

MONTHLY = st.sampled_from([Cutoff.CALENDAR, Cutoff.STATUTORY])
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
TILING = [PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF]
NAMED = [*TILING, PeriodKind.NINE_MONTHS, PeriodKind.YEAR]


@pytest.mark.parametrize(
    ("code", "cutoff", "since", "until"),
    [
        ("2025", Cutoff.CALENDAR, "2025-01-01", "2025-12-31"),
        ("2025", Cutoff.STATUTORY, "2024-12-15", "2025-12-14"),
        ("2025-06", Cutoff.CALENDAR, "2025-06-01", "2025-06-30"),
        ("2025-06", Cutoff.STATUTORY, "2025-05-15", "2025-06-14"),
        ("2025-01", Cutoff.STATUTORY, "2024-12-15", "2025-01-14"),
        ("2025-Q3", Cutoff.CALENDAR, "2025-07-01", "2025-09-30"),
        ("2025-Q3", Cutoff.STATUTORY, "2025-06-15", "2025-09-14"),
        ("2025-H1", Cutoff.STATUTORY, "2024-12-15", "2025-06-14"),
        ("2025-H2", Cutoff.CALENDAR, "2025-07-01", "2025-12-31"),
        ("2025-H2", Cutoff.STATUTORY, "2025-06-15", "2025-12-14"),
        ("2025-9M", Cutoff.CALENDAR, "2025-01-01", "2025-09-30"),
        ("2025-9M", Cutoff.STATUTORY, "2024-12-15", "2025-09-14"),
        ("2025-06-11", Cutoff.STATUTORY, "2025-06-11", "2025-06-11"),
        ("2024-02", Cutoff.CALENDAR, "2024-02-01", "2024-02-29"),
        ("2025-01-05..2025-03-07", Cutoff.FREE, "2025-01-05", "2025-03-07"),
        ("2021-2025", Cutoff.CALENDAR, "2021-01-01", "2025-12-31"),
        ("2021-2025", Cutoff.STATUTORY, "2020-12-15", "2025-12-14"),
    ],
)
def test_parse_gives_the_days_of_the_cutoff(code, cutoff, since, until):
    period = Period.parse(code, cutoff)

    assert (period.since.isoformat(), period.until.isoformat()) == (since, until)
    assert period.code == code


@pytest.mark.parametrize(
    ("day", "cutoff", "month", "half", "year"),
    [  # cases C1, C2 and C3
        (dt.date(2024, 6, 11), Cutoff.CALENDAR, "2024-06", "2024-H1", "2024"),
        (dt.date(2024, 6, 11), Cutoff.STATUTORY, "2024-06", "2024-H1", "2024"),
        (dt.date(2024, 6, 15), Cutoff.CALENDAR, "2024-06", "2024-H1", "2024"),
        (dt.date(2024, 6, 15), Cutoff.STATUTORY, "2024-07", "2024-H2", "2024"),
        (dt.date(2024, 12, 20), Cutoff.CALENDAR, "2024-12", "2024-H2", "2024"),
        (dt.date(2024, 12, 20), Cutoff.STATUTORY, "2025-01", "2025-H1", "2025"),
    ],
)
def test_a_day_counts_in_the_period_of_its_cutoff(day, cutoff, month, half, year):
    kinds = (PeriodKind.MONTH, PeriodKind.HALF, PeriodKind.YEAR)
    assert [Period.of(day, kind, cutoff).code for kind in kinds] == [month, half, year]


@pytest.mark.parametrize("text", ["", "2025-13", "2025-00", "2025-Q5", "2025-H3", "2025-6", "06/2025", "0999", "9999",
                                  "2025-02-30", "2025-03-07..2025-01-05", "2025-01-05..", "2025-9Q", "2025-W01-1..2025-03-07",
                                  "20250105..20250307", "2025-2021", "2025-2025", "1900-2025", "2021-25", "0999-01-01..2025-01-01", "٢٠٢٥"])  # fmt: skip
def test_parse_refuses_in_words(text):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        Period.parse(text)


def test_a_free_cutoff_has_no_months():
    with pytest.raises(ValueError, match="2025-01-05"):
        Period.parse("2025-06", Cutoff.FREE)


@given(year=st.integers(1900, 2100), kind=st.sampled_from(TILING), cutoff=MONTHLY)
def test_parts_of_a_year_tile_it(year, kind, cutoff):
    whole = Period.named(PeriodKind.YEAR, year, cutoff=cutoff)
    count = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.HALF: 2}[kind]
    parts = [Period.named(kind, year, number, cutoff=cutoff) for number in range(1, count + 1)]

    assert parts[0].since == whole.since
    assert parts[-1].until == whole.until
    assert all(after.since - before.until == dt.timedelta(days=1) for before, after in pairwise(parts))
    assert sum(part.days for part in parts) == whole.days


@given(day=DAYS, kind=st.sampled_from([PeriodKind.DAY, *TILING, PeriodKind.YEAR]), cutoff=MONTHLY)
def test_the_period_of_a_day_contains_it_and_reads_back(day, kind, cutoff):
    period = Period.of(day, kind, cutoff)

    assert period.contains(day)
    assert Period.parse(period.code, cutoff) == period
    assert period.previous().until == period.since - dt.timedelta(days=1)
    assert period.year_to_date().contains(day)
    assert period.year_to_date().until == period.until
    assert period.same_period_last_year().kind == kind


@given(days=st.lists(DAYS, min_size=2, max_size=2).map(sorted), cutoff=st.sampled_from(Cutoff))
def test_a_range_reads_back(days, cutoff):
    period = Period.span(*days, cutoff)

    assert Period.parse(period.code, cutoff) == period
    assert period.previous().until == period.since - dt.timedelta(days=1)


@given(year=st.integers(1900, 2100), kind=st.sampled_from(NAMED), cutoff=MONTHLY)
def test_between_finds_the_name_of_its_days(year, kind, cutoff):
    number = 0 if kind in {PeriodKind.NINE_MONTHS, PeriodKind.YEAR} else 1
    period = Period.named(kind, year, number, cutoff=cutoff)

    assert Period.between(period.since, period.until, cutoff) == period


@pytest.mark.parametrize(
    ("code", "cutoff", "so_far"),
    [
        ("2025-01", Cutoff.CALENDAR, "2025-01"),
        ("2025-04", Cutoff.CALENDAR, "2025-01-01..2025-04-30"),
        ("2025-04", Cutoff.STATUTORY, "2024-12-15..2025-04-14"),
        ("2025-06", Cutoff.STATUTORY, "2025-H1"),
        ("2025-Q3", Cutoff.CALENDAR, "2025-9M"),
        ("2025-12", Cutoff.CALENDAR, "2025"),
        ("2024-12-20", Cutoff.STATUTORY, "2024-12-15..2024-12-20"),
        ("2025-01-01", Cutoff.CALENDAR, "2025-01-01"),
        ("2025-02-10..2025-03-07", Cutoff.FREE, "2025-01-01..2025-03-07"),
    ],
)
def test_year_to_date(code, cutoff, so_far):
    assert Period.parse(code, cutoff).year_to_date().code == so_far


@pytest.mark.parametrize(
    ("code", "before", "last_year"),
    [
        ("2025", "2024", "2024"),
        ("2025-9M", "2024-9M", "2024-9M"),
        ("2025-H1", "2024-H2", "2024-H1"),
        ("2025-Q1", "2024-Q4", "2024-Q1"),
        ("2025-01", "2024-12", "2024-01"),
        ("2024-02-29", "2024-02-28", "2023-02-28"),
        ("2024-03-01", "2024-02-29", "2023-03-01"),
        ("2025-01-01..2025-02-28", "2024-11-01..2024-12-31", "2024-01-01..2024-02-29"),
        ("2025-03-03..2025-03-09", "2025-02-24..2025-03-02", "2024-03-03..2024-03-09"),
    ],
)
def test_neighbours(code, before, last_year):
    period = Period.parse(code)

    assert (period.previous().code, period.same_period_last_year().code) == (before, last_year)


@pytest.mark.parametrize(
    ("code", "vi", "en"),
    [
        ("2025", "năm 2025", "2025"),
        ("2025-06", "tháng 6 năm 2025", "June 2025"),
        ("2025-Q3", "quý III năm 2025", "third quarter of 2025"),
        ("2025-H1", "6 tháng đầu năm 2025", "first half of 2025"),
        ("2025-H2", "6 tháng cuối năm 2025", "second half of 2025"),
        ("2025-9M", "9 tháng năm 2025", "first nine months of 2025"),
        ("2025-06-01", "ngày 01 tháng 6 năm 2025", "1 June 2025"),
        ("2025-01-01..2025-04-30", "4 tháng đầu năm 2025", "first four months of 2025"),
        (
            "2025-01-05..2025-03-07",
            "từ ngày 05/01/2025 đến ngày 07/03/2025",
            "from 5 January 2025 to 7 March 2025",
        ),
    ],
)
def test_labels(code, vi, en):
    period = Period.parse(code)

    assert (period.label("vi"), period.label("en")) == (vi, en)


def test_months_of_a_period_and_none_of_a_broken_range():
    assert [month.code for month in Period.parse("2025-Q1", Cutoff.STATUTORY).months()] == [
        "2025-01",
        "2025-02",
        "2025-03",
    ]
    assert Period.parse("2025-01-05..2025-03-07").months() == []
    assert Period.parse("2025-01-01..2025-01-31", Cutoff.FREE).months() == []


def test_covers():
    year, month, next_month = (Period.parse(code) for code in ("2025", "2025-12", "2026-01"))

    assert year.covers(month)
    assert not month.covers(year)
    assert next_month.since not in year


@pytest.mark.parametrize(
    ("code", "previous", "following", "compared"),
    [
        ("2025-06", "2025-05", "2025-07", "2024-06"),
        ("2025-Q4", "2025-Q3", "2026-Q1", "2024-Q4"),
        ("2025-H1", "2024-H2", "2025-H2", "2024-H1"),
        ("2025-9M", "2024-9M", "2025-Q4", "2024-9M"),
        ("2025", "2024", "2026", "2024"),
        ("2021-2025", "2016-2020", "2026-2030", "2016-2020"),
        (
            "2025-01-05..2025-01-14",
            "2024-12-26..2025-01-04",
            "2025-01-15..2025-01-24",
            "2024-01-05..2024-01-14",
        ),
        (
            "2023-03-01..2025-02-28",
            "2021-03-01..2023-02-28",
            "2025-03-01..2027-02-28",
            "2021-03-01..2023-02-28",
        ),
    ],
)
def test_what_stands_beside_a_period(code, previous, following, compared):
    period = Period.parse(code)
    beside = (period.previous(), period.next(), period.compared_with())
    assert tuple(one.code for one in beside) == (previous, following, compared)


def test_a_term_is_made_of_its_years_and_is_written_with_a_dash_too():
    term = Period.parse("2021\N{EN DASH}2025", Cutoff.STATUTORY)
    assert [year.code for year in term.years()] == ["2021", "2022", "2023", "2024", "2025"]
    assert (term.years()[0].since, term.years()[-1].until) == (term.since, term.until)
    assert (term.kind, term.first_year, term.year) == (PeriodKind.TERM, 2021, 2025)
    assert Period.parse("2025-H1").years() == []
    assert term.label() == "giai đoạn 2021-2025"
    assert term.label("en") == "2021\N{EN DASH}2025"
