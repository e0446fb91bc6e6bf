"""All families of records on one page: how many of each there are, and what of them needs somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from bonphuong.kernel import clock
from bonphuong.kit.queries import scheme_of
from bonphuong.records.models import Record
from bonphuong.web.desk.addresses import list_url, new_url
from bonphuong.web.desk.navigation import families_in_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet
    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User
    from bonphuong.records.registry import Family


@dataclass(frozen=True)
class Mark:
    """What is remarkable of a family: how many, and the list of them."""

    label: _StrOrPromise
    count: int
    url: str
    tone: str = ""


@dataclass(frozen=True)
class Line:
    """One family."""

    family: Family
    url: str
    new_url: str
    total: int
    this_year: int
    late: int
    late_url: str
    marks: Sequence[Mark]


def family_lines(user: User) -> list[Line]:
    """Every family, whether anything is kept in it or not, by the order of the navigation."""
    seen = Record.objects.visible_to(user).live()
    counts = _counts(seen)
    return [_line(family, counts.get(family.code, {}), seen) for family in families_in_order()]


def _counts(seen: QuerySet[Record]) -> dict[str, Mapping[str, Any]]:
    """Family → how many in all, of this year, overdue: one query for all families."""
    today = clock.today()
    rows = seen.order_by().values("family")
    counted = rows.annotate(
        total=Count("pk"),
        this_year=Count("pk", filter=Q(begins_on__year=today.year)),
        late=Count("pk", filter=Q(due_on__lt=today, is_closed=False)),
    )
    return {row["family"]: row for row in counted}


def _line(family: Family, counts: Mapping[str, Any], seen: QuerySet[Record]) -> Line:
    total = counts.get("total", 0)
    return Line(
        family=family,
        url=list_url(family.code),
        new_url=new_url(family.code),
        total=total,
        this_year=counts.get("this_year", 0),
        late=counts.get("late", 0),
        late_url=list_url(family.code, flag="late", period="all"),
        marks=_marks(family, seen) if total and family.scheme else (),
    )


def _marks(family: Family, seen: QuerySet[Record]) -> list[Mark]:
    """The family's own filters that find something."""
    today = clock.today()
    rows = seen.filter(family=family.code)
    found = []
    for flag in scheme_of(family.code).flags:
        uids = Record.objects.filter(flag.where(today), family=family.code).values("pk")
        count = rows.filter(pk__in=uids).count()
        if count:
            found.append(Mark(flag.label, count, list_url(family.code, flag=flag.code), flag.tone))
    return found
