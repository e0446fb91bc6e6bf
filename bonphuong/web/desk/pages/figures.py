"""The page of one indicator: the finding, the chart, the table whose cells open their rows, the records behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from bonphuong.accounts.queries import offices_by_code
from bonphuong.indicators.enums import FigureStatus, IndicatorKind
from bonphuong.indicators.figures import growth
from bonphuong.indicators.models import Indicator
from bonphuong.indicators.series import SeriesRequest, begun, series
from bonphuong.indicators.spans import unusual
from bonphuong.kernel import clock
from bonphuong.kernel.dates import date_range
from bonphuong.kernel.periods import Period
from bonphuong.web.desk.pages.figure_chart import picture
from bonphuong.web.desk.pages.figure_rows import rows_behind
from bonphuong.web.desk.pages.figure_state import (
    NARROWED,
    NOW,
    THEN,
    look_words,
    split_words,
    step_words,
)
from bonphuong.web.desk.pages.figure_table import names_of, parts_of, table_of
from bonphuong.web.desk.pages.figure_words import finding, is_running, sentence, source_line
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from bonphuong.accounts.models import User
    from bonphuong.indicators.figures import Figure, FigureRequest
    from bonphuong.indicators.spans import Unusual
    from bonphuong.web.desk.pages.figure_chart import Picture
    from bonphuong.web.desk.pages.figure_rows import RowsBehind
    from bonphuong.web.desk.pages.figure_state import FigureState
    from bonphuong.web.desk.pages.figure_table import Table

__all__ = ["FigurePage", "figure_page", "is_running", "page_url"]

STATES = {
    FigureStatus.RECORDED: "done",
    FigureStatus.ZERO: "done",
    FigureStatus.STATED: "soon",
    FigureStatus.NOT_ENTERED: "next",
    FigureStatus.NONE: "unknown",
}
#: Figures that are read together: the number of groups beside the people in them, and the other way round.
BESIDE = {
    "inbound.person_visits": "inbound.groups",
    "outbound.person_visits": "outbound.groups",
    "border.day_contact_people": "border.day_contacts",
    "twinning.activity_people": "twinning.activities",
    "inbound.approved_person_visits": "inbound.approved_groups",
    "outbound.approved_person_visits": "outbound.approved_groups",
    "aid.approved": "aid.items",
    "support.approved": "support.items",
}
_KIN = 5


@dataclass(frozen=True)
class Chip:
    """A way to another state of the page; `is_on` for the one it is in."""

    label: str
    url: str
    is_on: bool
    removes: bool = False


@dataclass(frozen=True)
class FigurePage:
    """Everything that the page says about one figure."""

    state: FigureState
    found: Figure
    then: Figure
    office: str
    title: str
    sentence: str
    source: str
    status: str
    table: Table
    picture: Picture | None
    rows: RowsBehind
    span: Unusual | None
    comparable: bool

    @property
    def growth(self) -> Decimal | None:
        """Against the same period a year earlier, in per cent; None where that year was not like others."""
        return growth(self.found.value, self.then.value) if self.comparable else None

    @property
    def span_text(self) -> str:
        """What the shaded periods were."""
        return self.span.text(language()) if self.span is not None else ""

    @property
    def span_days(self) -> str:
        """The days of that span."""
        return date_range(self.span.since, self.span.until, language()) if self.span is not None else ""


def page_url(request: FigureRequest) -> str:
    """The address of a figure's page; a country narrows it."""
    asked = {"indicator": request.indicator, "office": request.office or "", "period": request.period.code}
    if "country" in request.filters:
        asked["country"] = request.filters["country"][0]
    return f"{reverse('desk:figures')}?{urlencode(asked)}"


def figure_page(state: FigureState, user: User) -> FigurePage:
    """Gather the page. All figures come from two calls; raises BadInput for an unknown indicator or office."""
    request = state.request
    periods = state.periods()
    # Months of a longer period are walked without it: it is the sum below them.
    walks = state.period in periods
    if not walks:
        periods = [*periods, state.period]
    asked = SeriesRequest(
        request=request,
        periods=tuple(periods),
        befores=tuple(_before(period) for period in periods),
        dimension=state.split,
        beside=BESIDE.get(state.indicator, "") if not state.filters else "",
        now=state.places == NOW,
    )
    steps = series(asked)
    spoken = next(step for step in steps if step.period == state.period)
    walked = begun([step for step in steps if walks or step is not spoken])
    parts = parts_of(walked, state)
    spoken_parts = parts_of([spoken], state)
    table = table_of(walked, parts, state, _beside_label(asked.beside))
    office = _office_name(state.office)
    spans = [span for step in walked if (span := unusual(state.indicator, step.period))]
    comparable = not (
        unusual(state.indicator, state.period) or unusual(state.indicator, _before(state.period))
    )
    return FigurePage(
        state=state,
        found=spoken.now,
        then=spoken.then,
        office=office,
        title=finding(spoken, walked if walks else [], spoken_parts, state),
        sentence=sentence(spoken.now, spoken.then, spoken_parts, comparable=comparable),
        source=source_line(spoken.now, state, office),
        status=STATES[spoken.now.status],
        table=table,
        picture=picture(walked, parts, table, state),
        rows=rows_behind(spoken.now, user, state.page),
        span=spans[0] if spans else None,
        comparable=comparable,
    )


def _office_name(code: str) -> str:
    office = offices_by_code({code}).get(code)
    return office.name(language()) if office is not None else ""


def _before(period: Period) -> Period:
    """The same days a year earlier; of a period that still runs, only as many of them as have passed."""
    if is_running(period):
        period = Period.between(period.since, clock.today(), period.cutoff)
    return period.same_period_last_year()


def _beside_label(code: str) -> str:
    row = Indicator.objects.filter(pk=code).first() if code else None
    return row.label(language()) if row is not None else ""


@dataclass(frozen=True)
class Choices:
    """The chips above the chart, group by group."""

    kin: Sequence[Chip]
    steps: Sequence[Chip]
    splits: Sequence[Chip]
    looks: Sequence[Chip]
    places: Sequence[Chip]
    filters: Sequence[Chip]
    earlier: str
    later: str


def choices_of(page: FigurePage) -> Choices:
    """Every other state that is one click away."""
    state, lang = page.state, language()
    parted = page.found.where is not None
    base = page.found.indicator.kind in {IndicatorKind.SUM, IndicatorKind.LEVEL}
    looks = look_words() if state.split else {k: v for k, v in look_words().items() if k in _UNPARTED}
    return Choices(
        kin=[
            Chip(row.label(lang), state.url(indicator=row.code), row.code == state.indicator)
            for row in _kin(state)
        ],
        steps=[Chip(word, state.url(by=by), by == state.steps) for by, word in step_words().items()],
        splits=[
            Chip(word, state.url(split=split), split == state.split) for split, word in split_words().items()
        ]
        if parted
        else [],
        looks=[Chip(word, state.url(look=look), look == state.look) for look, word in looks.items()]
        if base
        else [],
        places=[
            Chip(_("borders as then"), state.url(places=THEN), state.places == THEN),
            Chip(_("borders as now"), state.url(places=NOW), state.places == NOW),
        ],
        filters=_filter_chips(state),
        earlier=state.url(page=page.rows.page - 1, anchor="rows") if page.rows.page > 1 else "",
        later=state.url(page=page.rows.page + 1, anchor="rows") if page.rows.page < page.rows.pages else "",
    )


_UNPARTED = ("columns", "lines")


def _kin(state: FigureState) -> list[Indicator]:
    """Indicators of the same beginning, the one of the page among them."""
    family = state.indicator.partition(".")[0]
    rows = [row for row in Indicator.objects.filter(code__startswith=f"{family}.") if row.measure]
    plain = [row for row in rows if not row.filters or row.code == state.indicator][:_KIN]
    own = [row for row in rows if row.code == state.indicator and row not in plain]
    return [*plain, *own]


def _filter_chips(state: FigureState) -> list[Chip]:
    found = []
    for name in NARROWED:
        code = state.filters.get(name)
        if code:
            label = names_of(name, [code]).get(code, code)
            found.append(Chip(label, state.url(**{name: ""}), is_on=True, removes=True))
    if state.as_of is not None:
        found.append(Chip(_("as of an earlier day"), state.url(as_of=None), is_on=True, removes=True))
    return found
