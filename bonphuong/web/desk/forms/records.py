"""Narrowing a list of records. The address holds every filter, so that a view can be kept and sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from bonphuong.kernel import clock
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.records.enums import TieKind
from bonphuong.records.models import RecordTie

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from bonphuong.records.models import Record

FLAGS = ("late", "unfiled", "off_plan", "open")


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
    cutoff: Cutoff = Cutoff.CALENDAR

    @classmethod
    def read(cls, given: Mapping[str, Any], *, kinds: tuple[str, ...], cutoff: Cutoff) -> RecordFilter:
        """From an address. Without a period and without words to search, the present year."""
        text = str(given.get("q", "")).strip()[:100]
        flag = str(given.get("flag", ""))
        return cls(
            kind=str(given.get("kind", "")) if given.get("kind") in kinds else "",
            text=text,
            period=_period(str(given.get("period", "")), cutoff, default=not text and not flag),
            country=str(given.get("country", ""))[:2].upper(),
            state=str(given.get("state", ""))[:40],
            flag=flag if flag in FLAGS else "",
            after=str(given.get("after", ""))[:60],
            cutoff=cutoff,
        )

    def narrow(self, records: QuerySet[Record], *, without: str = "") -> QuerySet[Record]:
        """The records asked for; `without` leaves one of the filters out, for the counts beside its choices."""
        parts = {
            "kind": Q(kind=self.kind) if self.kind else Q(),
            "period": self._days(),
            "country": self._country(),
            "state": Q(state=self.state) if self.state else Q(),
            "flag": self._flag(),
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
        today = clock.today()
        return {
            "late": Q(due_on__lt=today, is_closed=False),
            "unfiled": Q(delegation__ended_on__lte=today, delegation__report_received_on__isnull=True)
            & Q(kind__in=("outbound", "individual", "inbound"), is_closed=False, delegation__is_void=False),
            "off_plan": Q(delegation__plan_status="off"),
            "open": Q(is_closed=False),
        }.get(self.flag, Q())


def _period(written: str, cutoff: Cutoff, *, default: bool) -> Period | None:
    if written == "all":
        return None
    try:
        return Period.parse(written, cutoff)
    except ValueError:
        return Period.parse(str(clock.today().year), cutoff) if default else None
