"""Reads of scholarships: the students of a programme, what was paid, what next year will cost."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.families.scholarships.enums import Gender, Kind, Per
from bonphuong.families.scholarships.models import Scholarship
from bonphuong.families.scholarships.rates import rate_on
from bonphuong.families.scholarships.years import first_day_of, next_school_year, school_year_of
from bonphuong.records.models import Record

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from bonphuong.accounts.models import User

_LINES = ("payments", "breaks", "costs", "results")


def students_of(scheme: Scholarship, user: User) -> QuerySet[Scholarship]:
    """The students of a programme whom the person may see, by school and name, without struck or doubled ones."""
    seen = Record.objects.visible_to(user).live()
    rows = Scholarship.objects.filter(
        kind=Kind.STUDENT,
        scheme_number=scheme.record.number,
        record__book=scheme.record.book,
        record__in=seen,
        is_void=False,
        cancelled_on__isnull=True,
    )
    found = rows.select_related("record").prefetch_related(*_LINES)
    return found.order_by("school", "cohort", "full_name", "pk")


def is_studying(student: Scholarship) -> bool:
    """Whether the student has entered, has not left and is not paused."""
    away = student.suspended_on is not None and student.resumed_on is None
    return student.entered_on is not None and student.left_on is None and not away


@dataclass(frozen=True)
class Group:
    """Students alike in all that annex 7 lists: numbers, never names."""

    sender: str
    major: str
    level: str
    school: str
    cohort: str
    funding: str
    students: int
    women: int
    studying: int
    graduated: int


def groups_of(students: Iterable[Scholarship]) -> list[Group]:
    """Students as annex 7 counts them, one line for each sender, field, level, school, class and funding."""
    alike: defaultdict[tuple[str, str, str, str, str, str], list[Scholarship]] = defaultdict(list)
    for one in students:
        level, funding = str(one.get_level_display()), str(one.get_funding_display())
        alike[one.partner_text, one.major, level, one.school, one.cohort, funding].append(one)
    return [
        Group(
            *key,
            students=len(some),
            women=sum(one.gender == Gender.FEMALE for one in some),
            studying=sum(is_studying(one) for one in some),
            graduated=sum(one.graduated_on is not None for one in some),
        )
        for key, some in sorted(alike.items())
    ]


def paid_by_years(rows: Iterable[Scholarship]) -> Counter[tuple[str, int]]:
    """(school year, calendar year of the payment) → đồng."""
    found: Counter[tuple[str, int]] = Counter()
    for row in rows:
        for one in row.payments.all():
            found[one.school_year, one.paid_on.year] += one.amount
    return found


@dataclass(frozen=True)
class BudgetLine:
    """What an item is to cost in a school year: people × rate × times; sums in đồng."""

    item: str
    level: str
    people: int
    rate: int
    times: int

    @property
    def amount(self) -> int:
        """Đồng."""
        return self.people * self.rate * self.times


def coming_school_year(today: dt.date) -> str:
    """The first school year that begins after today: the one that a budget is made for."""
    return next_school_year(school_year_of(today))


def budget_of(scheme: Scholarship, students: Sequence[Scholarship], today: dt.date) -> list[BudgetLine]:
    """The next school year's budget of a programme, by the rates known for its first day.

    Those who study now and are not expected to finish before it go on; places of the quota of that year come new.
    What is paid by the month is paid for the months that the programme pays in a school year.
    """
    year = coming_school_year(today)
    start = first_day_of(year)
    staying = [
        one
        for one in students
        if is_studying(one) and (one.expected_end_on is None or one.expected_end_on >= start)
    ]
    coming = [
        Scholarship(level=quota.level or scheme.level, funding=quota.funding or scheme.funding)
        for quota in scheme.quotas.all()
        if quota.school_year == year
        for _place in range(quota.places)
    ]
    return _lines(scheme, [(one, False) for one in staying] + [(one, True) for one in coming], start)


def _lines(
    scheme: Scholarship, people: Sequence[tuple[Scholarship, bool]], start: dt.date
) -> list[BudgetLine]:
    rates = list(scheme.rates.all())
    counted: Counter[tuple[str, str, int, int]] = Counter()
    for one, is_new in people:
        for item in dict.fromkeys(rate.item for rate in rates):
            rate = rate_on(rates, item, one, start)
            if rate is None or (rate.per == Per.ONCE and not is_new):
                continue
            times = scheme.months_a_year if rate.per == Per.MONTH else 1
            counted[item, one.level, rate.amount, times] += 1
    return [
        BudgetLine(item, level, number, rate, times)
        for (item, level, rate, times), number in sorted(counted.items())
    ]
