"""What the page of a figure is asked for, as its address says it: every state has an address of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.partners import PARTNER
from bonphuong.indicators.series import UNIT, under
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Cutoff, Period, PeriodKind
from bonphuong.reference.queries import formerly

if TYPE_CHECKING:
    from collections.abc import Mapping

YEARS, QUARTERS, MONTHS = "years", "quarters", "months"
STEPS = (YEARS, QUARTERS, MONTHS)
COLUMNS, LINES, SHARE, RANKED = "columns", "lines", "share", "ranked"
LOOKS = (COLUMNS, LINES, SHARE, RANKED)
THEN, NOW = "then", "now"
#: By what a figure may be narrowed in an address.
NARROWED = ("country", "partner", "field", "channel", "unit")
_YEARS_BACK = 10
_STEPS_BACK = 12


@dataclass(frozen=True)
class FigureState:
    """One state of the page. `cutoff` empty: the office's own rule; `as_of` None: now."""

    indicator: str
    office: str
    period: Period
    cutoff: str = ""
    by: str = ""
    split: str = ""
    places: str = THEN
    as_of: dt.date | None = None
    look: str = COLUMNS
    filters: Mapping[str, str] = field(default_factory=dict)
    page: int = 1

    @property
    def steps(self) -> str:
        """How the chart walks: as asked, else years for a whole year and months for part of one."""
        if self.by in STEPS:
            return self.by
        return MONTHS if self.period.kind in _HAVE_MONTHS else YEARS

    @property
    def request(self) -> FigureRequest:
        """The figure that the page speaks of."""
        return FigureRequest(
            indicator=self.indicator,
            office=self.office,
            period=self.period,
            as_of=end_of(self.as_of),
            filters={name: self._codes(name, code) for name, code in self.filters.items()},
        )

    def _codes(self, name: str, code: str) -> tuple[str, ...]:
        if name == PARTNER:
            return under(code)
        if name == UNIT and self.places == NOW:
            return tuple(formerly(code))
        return (code,)

    def periods(self) -> list[Period]:
        """The periods of the chart, oldest first, the one that the page speaks of the last of them."""
        if self.steps == YEARS:
            found = [self.period]
            while len(found) < _YEARS_BACK and found[0].year > _FIRST_YEAR:
                found.insert(0, found[0].same_period_last_year())
            return found
        months = self.period.months()
        if self.steps == MONTHS and len(months) > 1:
            return months
        kind = PeriodKind.MONTH if self.steps == MONTHS else PeriodKind.QUARTER
        last = Period.of(self.period.until, kind, self.period.cutoff)
        found = [last]
        while len(found) < _STEPS_BACK:
            found.insert(0, found[0].previous())
        return found

    def url(self, name: str = "desk:figures", /, *args: str, anchor: str = "", **changes: Any) -> str:
        """The address of this state with some of it changed; a filter changed to nothing is taken off."""
        filters = {key: changes.pop(key) for key in NARROWED if key in changes}
        other = replace(self, **{"page": 1, **changes})
        other = replace(other, filters={k: v for k, v in {**self.filters, **filters}.items() if v})
        query = urlencode(other.asked())
        return f"{reverse(name, args=args)}?{query}{f'#{anchor}' if anchor else ''}"

    def asked(self) -> dict[str, str]:
        """The address's own words; what is as usual is left out."""
        told = {
            "indicator": self.indicator,
            "office": self.office,
            "period": self.period.code,
            "cutoff": self.cutoff,
            "by": self.by,
            "split": self.split,
            "places": self.places if self.places != THEN else "",
            "as_of": self.as_of.isoformat() if self.as_of else "",
            "look": self.look if self.look != COLUMNS else "",
            **self.filters,
            "page": str(self.page) if self.page > 1 else "",
        }
        return {name: value for name, value in told.items() if value}


_HAVE_MONTHS = {PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.NINE_MONTHS}
_FIRST_YEAR = 1990


def end_of(day: dt.date | None) -> dt.datetime | None:
    """The last moment of a day where the offices are; None for now."""
    if day is None:
        return None
    return dt.datetime.combine(day, dt.time(23, 59, 59, 999999), tzinfo=clock.LOCAL)


def step_words() -> dict[str, str]:
    """How the chart may walk, in words."""
    return {YEARS: _("by year"), QUARTERS: _("by quarter"), MONTHS: _("by month")}


def split_words() -> dict[str, str]:
    """What a figure may be parted by, in words."""
    return {
        "": _("total only"),
        "country": _("by country"),
        "partner": _("by partner"),
        "field": _("by field"),
        "channel": _("by channel"),
        "unit": _("by place"),
        "office": _("by office"),
    }


def look_words() -> dict[str, str]:
    """The kinds of charts, in words."""
    return {COLUMNS: _("columns"), LINES: _("lines"), SHARE: _("shares"), RANKED: _("ranking")}


def cutoff_words() -> dict[str, str]:
    """The rules by which a month begins, in words."""
    return {
        "": _("the office's own"),
        str(Cutoff.CALENDAR): _("calendar month"),
        str(Cutoff.STATUTORY): _("15th to 14th"),
    }
