"""Narrowing a list of records. The address holds every filter, so that a view can be kept and sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import BaseExpression
from django.http import QueryDict

from bonphuong.kernel import clock
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.records.enums import TieKind
from bonphuong.records.models import Record, RecordTie
from bonphuong.web.desk.forms.chosen import uids_in

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Mapping
    from uuid import UUID

    from django.db.models import QuerySet

#: Ready-made filters that every family has: today gives what they ask of a record.
COMMON_FLAGS: dict[str, Callable[[dt.date], Q]] = {
    "late": lambda today: Q(due_on__lt=today, is_closed=False),
    "open": lambda _today: Q(is_closed=False),
}


#: In which order a list may stand; the first is that of every list, each of them comes out of an index.
ORDERS = ("", "oldest", "due")
#: So many lines may be ticked: those of one page.
MOST_CHOSEN = 50


def once_each(where: Q, family: str) -> Q:
    """The same condition, asked apart where it looks at lines: it would find a record once for each of them."""
    if _looks_at_lines(where):
        return Q(pk__in=Record.objects.filter(where, family=family).values("pk"))
    return where


def _looks_at_lines(where: Q) -> bool:
    for child in where.children:
        if isinstance(child, Q):
            if _looks_at_lines(child):
                return True
        elif not isinstance(child, BaseExpression):
            names, query = str(cast("tuple[str, object]", child)[0]).split("__"), Record.objects.all().query
            path, _field, _targets, _rest = query.names_to_path(names, Record._meta, fail_on_missing=False)
            if any(step.m2m for step in path):
                return True
    return False


@dataclass(frozen=True)
class RecordFilter:
    """What the address of a list asks for; whatever cannot be read asks for nothing."""

    kind: str = ""
    text: str = ""
    period: Period | None = None
    country: str = ""
    state: str = ""
    flag: str = ""
    after: str = ""
    order: str = ""
    chosen: tuple[UUID, ...] = ()
    cutoff: Cutoff = Cutoff.CALENDAR
    flags: Mapping[str, Callable[[dt.date], Q]] = field(default_factory=lambda: COMMON_FLAGS, compare=False)

    @classmethod
    def read(
        cls,
        given: Mapping[str, Any],
        *,
        kinds: Collection[str],
        cutoff: Cutoff,
        flags: Mapping[str, Callable[[dt.date], Q]] = COMMON_FLAGS,
        by_year: bool = True,
    ) -> RecordFilter:
        """From an address. A list that goes by years shows the present one where nothing else is asked for."""
        text = str(given.get("q", "")).strip()[:100]
        flag = str(given.get("flag", ""))
        return cls(
            kind=str(given.get("kind", "")) if given.get("kind") in kinds else "",
            text=text,
            period=_period(str(given.get("period", "")), cutoff, default=by_year and not text and not flag),
            country=str(given.get("country", ""))[:2].upper(),
            state=str(given.get("state", ""))[:40],
            flag=flag if flag in flags else "",
            after=str(given.get("after", ""))[:120],
            order=str(given.get("sort", "")) if given.get("sort") in ORDERS else "",
            chosen=tuple(uids_in(given.getlist("r") if isinstance(given, QueryDict) else ()))[:MOST_CHOSEN],
            cutoff=cutoff,
            flags=flags,
        )

    def narrow(self, records: QuerySet[Record], *, without: str = "") -> QuerySet[Record]:
        """The records asked for; `without` leaves one of the filters out, for the counts beside its choices."""
        parts = {
            "kind": Q(kind=self.kind) if self.kind else Q(),
            "period": self._days(),
            "country": self._country(),
            "state": Q(state=self.state) if self.state else Q(),
            "flag": self._flag(),
            # By their due day stand only those that have one.
            "chosen": Q(pk__in=self.chosen) if self.chosen else Q(),
            "order": Q(due_on__isnull=False) if self.order == "due" else Q(),
        }
        for name, part in parts.items():
            if name != without:
                records = records.filter(part)
        return records

    def _days(self) -> Q:
        if self.period is None:
            return Q()
        dated = Q(begins_on__gte=self.period.since, begins_on__lte=self.period.until)
        # A draft without days belongs to the year in which it is being worked on.
        return dated | Q(begins_on__isnull=True) if self.period.contains(clock.today()) else dated

    def _country(self) -> Q:
        if not self.country:
            return Q()
        ties = RecordTie.objects.filter(record=OuterRef("pk"), kind=TieKind.COUNTRY, code=self.country)
        return Q(Exists(ties))

    def _flag(self) -> Q:
        where = self.flags.get(self.flag)
        return where(clock.today()) if where else Q()


def _period(written: str, cutoff: Cutoff, *, default: bool) -> Period | None:
    if written == "all":
        return None
    try:
        return Period.parse(written, cutoff)
    except ValueError:
        return Period.parse(str(clock.today().year), cutoff) if default else None
