"""What the page of a figure is asked for, as its address says it: every state has an address of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import OFFICE
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Cutoff, Period, PeriodKind
from bonphuong.ledger.measures import MEASURES
from bonphuong.web.desk.pages.figure_filters import AT, codes_meant
from bonphuong.web.desk.pages.slots import dimension_word

if TYPE_CHECKING:
    from collections.abc import Mapping

YEARS, QUARTERS, MONTHS = "years", "quarters", "months"
STEPS = (YEARS, QUARTERS, MONTHS)
COLUMNS, LINES, SHARE, RANKED = "columns", "lines", "share", "ranked"
LOOKS = (COLUMNS, LINES, SHARE, RANKED)
THEN, NOW = "then", "now"
#: Each period is added to those before it: from the first day of its year, or from that of a year that is named.
OF_YEAR = "year"
_YEARS_BACK = 10
_STEPS_BACK = 12


@dataclass(frozen=True)
class FigureState:
    """One state of the page. `cutoff` empty: the office's own rule; `as_of` None: now.

    `measure` is that of the indicator: it says by which dimensions the figure can be parted and narrowed.
    """

    indicator: str
    office: str
    period: Period
    measure: str = ""
    cutoff: str = ""
    by: str = ""
    run: str = ""
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
    def dimensions(self) -> Mapping[str, str]:
        """By what the figure can be parted and narrowed: the name in the address → the ledger's own field."""
        return MEASURES[self.measure].dimensions if self.measure in MEASURES else {}

    @property
    def parted_by(self) -> str:
        """The ledger's own name of what the figure is parted by; empty where it is not."""
        return OFFICE if self.split == OFFICE else self.dimensions.get(self.split, "")

    @property
    def request(self) -> FigureRequest:
        """The figure that the page speaks of."""
        fields = {**self.dimensions, AT: OFFICE}
        return FigureRequest(
            indicator=self.indicator,
            office=self.office,
            period=self.span(self.period),
            as_of=end_of(self.as_of),
            filters={
                fields[name]: codes_meant(
                    (self.office, self.measure), name, fields[name], text, now=self.places == NOW
                )
                for name, text in self.filters.items()
                if name in fields
            },
        )

    def span(self, period: Period) -> Period:
        """The days that are counted for a period of the chart: its own, or those since a year began."""
        if self.run == OF_YEAR:
            return period.year_to_date()
        first = Period.named(PeriodKind.YEAR, int(self.run), cutoff=period.cutoff) if self.run else period
        if first.since >= period.since:
            return period
        return Period.between(first.since, period.until, period.cutoff)

    def before(self, period: Period) -> Period:
        """The same days a year earlier; of a period that still runs, only as many of them as have passed.

        What is added up since a named year is added up since the same year a year earlier too.
        """
        if period.since <= clock.today() < period.until:
            period = Period.between(period.since, clock.today(), period.cutoff)
        return self.span(period.same_period_last_year())

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
        """The address of this state with some of it changed; a filter changed to nothing is taken off.

        Narrowing is given as `narrow`: name in the address → codes.
        """
        narrow: Mapping[str, str] = changes.pop("narrow", {})
        other = replace(self, **{"page": 1, **changes})
        other = replace(other, filters={k: v for k, v in {**other.filters, **narrow}.items() if v})
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
            "run": self.run,
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


def run_words(years: range) -> dict[str, str]:
    """From where each period is added up, in words."""
    since = {str(year): _("added up since %(year)s") % {"year": year} for year in years}
    return {"": _("each period alone"), OF_YEAR: _("added up since the year began"), **since}


def split_words(measure: str) -> dict[str, str]:
    """What a figure of this measure may be parted by, in words; nothing where nothing is counted."""
    if measure not in MEASURES:
        return {"": _("total only")}
    own = {
        "country": _("by country"),
        "partner": _("by partner"),
        "field": _("by field"),
        "channel": _("by channel"),
        "unit": _("by place"),
    }
    found = {name: own.get(name) or _by(name) for name in MEASURES[measure].dimensions}
    return {"": _("total only"), **found, OFFICE: _("by office")}


def _by(name: str) -> str:
    word = dimension_word(name)
    return _("by: %(dimension)s") % {"dimension": word[:1].lower() + word[1:]}


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
