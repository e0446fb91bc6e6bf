"""What the pages of scholarships show beside fields and lines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from bonphuong.families.scholarships.enums import CostItem, Item, Kind, Level
from bonphuong.families.scholarships.queries import (
    budget_of,
    coming_school_year,
    groups_of,
    is_studying,
    paid_by_years,
    students_of,
)
from bonphuong.families.scholarships.years import school_year_of
from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.languages import reader_language
from bonphuong.kernel.numbers import format_number
from bonphuong.kit.specs import Panel
from bonphuong.records.models import Record

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.scholarships.models import Scholarship

_MOST = 300
_ITEMS = {code: label for choices in (Item, CostItem) for code, label in choices.choices}
_LEVELS = dict(Level.choices)


def panels_of(row: Scholarship, user: User) -> Sequence[Panel]:
    """Of a programme: quota against students, students, annex 7, budget, payments; of a student: its payments."""
    if row.kind == Kind.STUDENT:
        return [*_programme(row, user), *_payments([row])]
    students = list(students_of(row, user))
    return [
        *_quota(row, students),
        _students(students),
        _annex(students),
        _budget(row, students),
        *_payments([row, *students]),
    ]


def _number(value: int) -> str:
    return format_number(value, reader_language())


def _day(day: dt.date | None) -> str:
    return format_date(day, reader_language()) if day else ""


def _linked(record: Record, text: str) -> object:
    try:
        return (text, reverse("desk:record", args=[record.pk]))
    except NoReverseMatch:
        return text


def _programme(row: Scholarship, user: User) -> list[Panel]:
    found = Record.objects.visible_to(user).filter(
        family="scholarships", kind=Kind.SCHEME, book=row.record.book, number=row.scheme_number
    )
    scheme = found.first() if row.scheme_number else None
    if scheme is None:
        return []
    shown = _linked(scheme, f"{scheme.number} {scheme.title}")
    return [Panel(_("Programme"), rows=[[shown]])]


def _quota(row: Scholarship, students: Sequence[Scholarship]) -> list[Panel]:
    agreed: Counter[str] = Counter()
    for quota in row.quotas.all():
        agreed[quota.school_year] += quota.places
    came = Counter(school_year_of(one.entered_on) for one in students if one.entered_on)
    years = sorted({*agreed, *came})
    rows = [[year, _number(agreed[year]), _number(came[year])] for year in years]
    over = any(came[year] > agreed[year] for year in years if agreed[year])
    heads = [_("School year"), _("Places agreed"), _("Students who entered")]
    return [Panel(_("Quota and students"), heads, rows, tone="warn" if over else "")] if rows else []


def _students(students: Sequence[Scholarship]) -> Panel:
    heads = [_("Student"), _("School"), _("Field of study"), _("Class"), _("Entered"), _("Where it stands")]
    rows = [
        [
            _linked(one.record, one.full_name),
            one.school,
            one.major,
            one.cohort,
            _day(one.entered_on),
            _standing(one),
        ]
        for one in students[:_MOST]
    ]
    return Panel(_("Students"), heads, rows, text="" if rows else _("No student has been entered yet."))


def _standing(one: Scholarship) -> object:
    if one.graduated_on:
        return _("graduated")
    if one.withdrawn_on:
        return _("withdrawn")
    if is_studying(one):
        return _("studying")
    return _("paused") if one.entered_on else _("not yet entered")


def _annex(students: Iterable[Scholarship]) -> Panel:
    heads = [
        _("No."), _("Sending country or province"), _("Field, level"), _("School"), _("Class"),
        _("Students (women)"), _("Funding"), _("Studying / graduated"),
    ]  # fmt: skip
    rows = [
        [
            str(number),
            one.sender,
            ", ".join(text for text in (one.major, one.level) if text),
            one.school,
            one.cohort,
            f"{_number(one.students)} ({_number(one.women)})",
            one.funding,
            f"{_number(one.studying)} / {_number(one.graduated)}",
        ]
        for number, one in enumerate(groups_of(students), 1)
    ]
    return Panel(_("For the annex on scholarship students"), heads, rows)


def _budget(row: Scholarship, students: Sequence[Scholarship]) -> Panel:
    today = clock.today()
    lines = budget_of(row, students, today)
    year = coming_school_year(today)
    rows: list[list[object]] = [
        [
            _ITEMS.get(line.item, line.item),
            _LEVELS.get(line.level, ""),
            _number(line.people),
            _number(line.rate),
            _number(line.times),
            _number(line.amount),
        ]
        for line in lines
    ]
    if rows:
        rows.append([_("Total"), "", "", "", "", _number(sum(line.amount for line in lines))])
    heads = [_("Item"), _("Level"), _("People"), _("Rate (VND)"), _("Times"), _("Amount (VND)")]
    text = "" if rows else _("No rate holds on its first day, or nobody is to study then.")
    return Panel(_("Budget of the school year %(year)s") % {"year": year}, heads, rows, text=text)


def _payments(rows: Iterable[Scholarship]) -> list[Panel]:
    sums = paid_by_years(rows)
    if not sums:
        return []
    years = sorted({year for _school, year in sums})
    schools = sorted({school for school, _year in sums})
    table: list[list[object]] = [
        [school or _("not stated"), *(_number(sums[school, year]) for year in years)] for school in schools
    ]
    table.append([_("Total"), *(_number(sum(sums[school, year] for school in schools)) for year in years)])
    heads = [str(_("School year")), *(str(_("Paid in %(year)s") % {"year": year}) for year in years)]
    return [Panel(_("Stipends paid (VND): school year against report year"), heads, table)]
