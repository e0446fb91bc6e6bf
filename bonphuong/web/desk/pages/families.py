"""All families of records on one page: how many of each there are, and what of them needs somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db.models import Count, Q

from bonphuong.kernel import clock
from bonphuong.kit.queries import scheme_of
from bonphuong.records.models import Record
from bonphuong.records.registry import get_family
from bonphuong.trail.queries import mark_of_state
from bonphuong.web.desk.addresses import list_url, new_url
from bonphuong.web.desk.forms.records import once_each
from bonphuong.web.desk.navigation import families_in_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet
    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User
    from bonphuong.records.registry import Family


#: Family → its counts, and how much each of its own filters finds.
Counted = dict[str, tuple["Mapping[str, Any]", "Mapping[str, int]"]]
_KEPT_SECONDS = 600


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
    key = f"desk-families:{user.pk}:{hash(user.access())}:{clock.today()}:{mark_of_state()}"
    kept: Counted | None = cache.get(key)
    if kept is None:
        seen = Record.objects.visible_to(user).live()
        counts = _counts(seen)
        kept = {code: (row, _marks(code, seen)) for code, row in counts.items()}
        cache.set(key, kept, _KEPT_SECONDS)
    return [_line(family, *kept.get(family.code, ({}, {}))) for family in families_in_order()]


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


def _line(family: Family, counts: Mapping[str, Any], marks: Mapping[str, int]) -> Line:
    total = counts.get("total", 0)
    return Line(
        family=family,
        url=list_url(family.code),
        new_url=new_url(family.code),
        total=total,
        this_year=counts.get("this_year", 0),
        late=counts.get("late", 0),
        late_url=list_url(family.code, flag="late", period="all"),
        marks=[
            Mark(flag.label, marks[flag.code], list_url(family.code, flag=flag.code), flag.tone)
            for flag in (scheme_of(family.code).flags if family.scheme else ())
            if marks.get(flag.code)
        ],
    )


def _marks(code: str, seen: QuerySet[Record]) -> dict[str, int]:
    """How much the family's own filters find, all of them in one pass."""
    if not get_family(code).scheme:
        return {}
    today = clock.today()
    flags = {flag.code: once_each(flag.where(today), code) for flag in scheme_of(code).flags}
    counts = {name: Count("pk", filter=where) for name, where in flags.items()}
    return seen.filter(family=code).aggregate(**counts) if counts else {}
