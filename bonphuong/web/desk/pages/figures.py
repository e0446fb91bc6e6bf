"""The page of one indicator: the finding, the chart, the table whose cells open their rows, the records behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from bonphuong.accounts.queries import offices_by_code
from bonphuong.indicators.enums import FigureStatus, IndicatorKind
from bonphuong.indicators.figures import growth
from bonphuong.indicators.models import Indicator
from bonphuong.indicators.queries import figures
from bonphuong.indicators.series import UNIT, SeriesRequest, begun, series
from bonphuong.indicators.spans import unusual
from bonphuong.kernel.dates import date_range
from bonphuong.papers.models import Paper
from bonphuong.web.desk.pages.figure_chart import picture
from bonphuong.web.desk.pages.figure_filters import filter_words
from bonphuong.web.desk.pages.figure_rows import rows_behind
from bonphuong.web.desk.pages.figure_state import (
    NOW,
    THEN,
    YEARS,
    look_words,
    run_words,
    split_words,
    step_words,
)
from bonphuong.web.desk.pages.figure_table import parts_of, table_of
from bonphuong.web.desk.pages.figure_words import finding, is_running, sentence, source_line
from bonphuong.web.desk.pages.slots import dimension_word
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from bonphuong.accounts.models import User
    from bonphuong.indicators.figures import Figure, FigureRequest
    from bonphuong.indicators.series import Step
    from bonphuong.indicators.spans import Unusual
    from bonphuong.kernel.periods import Period
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


@dataclass(frozen=True)
class Operand:
    """One of the two figures that a ratio is worked out from, and its own page."""

    label: str
    found: Figure
    url: str


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
    operands: Sequence[Operand] = ()
    papers: Sequence[Paper] = ()
    steps: Sequence[Step] = ()

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
    periods = state.periods()
    # Months of a longer period are walked without it: it is the sum below them.
    walks = state.period in periods
    beside = BESIDE.get(state.indicator, "") if not state.filters else ""
    steps = _steps(state, periods if walks else [*periods, state.period], beside)
    spoken = next(step for step in steps if step.period == state.period)
    walked = begun([step for step in steps if walks or step is not spoken])
    parts = parts_of(walked, state)
    spoken_parts = parts_of([spoken], state)
    table = table_of(walked, parts, state, _beside_label(beside))
    office = _office_name(state.office)
    bent = spoken.now.indicator.measure or state.indicator
    spans = [span for step in walked if (span := unusual(bent, step.period))]
    comparable = not (unusual(bent, state.period) or unusual(bent, state.before(state.period)))
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
        operands=_operands(spoken.now, state),
        papers=_stating(spoken.now, user),
        steps=walked,
    )


def _steps(state: FigureState, periods: Sequence[Period], beside: str) -> list[Step]:
    """The periods of the page, each called by its own name, also where it holds all since the year began."""
    asked = SeriesRequest(
        request=state.request,
        periods=tuple(state.span(period) for period in periods),
        befores=tuple(state.before(period) for period in periods),
        dimension=state.parted_by,
        beside=beside,
        now=state.places == NOW,
    )
    return [replace(step, period=period) for step, period in zip(series(asked), periods, strict=True)]


def _operands(found: Figure, state: FigureState) -> list[Operand]:
    """What a ratio is worked out from; each opens its own page, and there its rows."""
    row = found.indicator
    if row.measure:
        return []
    codes = (row.numerator, row.denominator)
    answers = figures([replace(found.request, indicator=code) for code in codes])
    return [
        Operand(one.indicator.label(language()), one, state.url(indicator=one.indicator.code, split=""))
        for one in answers
    ]


def _stating(found: Figure, user: User) -> list[Paper]:
    """The papers that state the figure or its target, those that the person may open."""
    views = [view for view in (found.stated, found.target, *found.others) if view is not None]
    uids = {uid for view in views if (uid := view.statement.paper_uid) is not None}
    return list(Paper.objects.visible_to(user).filter(pk__in=uids)) if uids else []


def _office_name(code: str) -> str:
    office = offices_by_code({code}).get(code)
    return office.name(language()) if office is not None else ""


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
    runs: Sequence[Chip]
    places: Sequence[Chip]
    filters: Sequence[Chip]
    earlier: str
    later: str


def choices_of(page: FigurePage, known: Iterable[Indicator]) -> Choices:
    """Every other state that is one click away."""
    state, lang = page.state, language()
    parted = page.found.where is not None
    kind = page.found.indicator.kind
    base = kind in {IndicatorKind.SUM, IndicatorKind.LEVEL}
    looks = look_words() if state.split else {k: v for k, v in look_words().items() if k in _UNPARTED}
    chips = {
        "steps": (step_words(), "by", state.steps),
        "splits": (split_words(state.measure) if parted else {}, "split", state.split),
        "looks": (looks if base else {}, "look", state.look),
        "runs": (_runs(state) if kind not in _UNADDED else {}, "run", state.run),
    }
    made = {
        name: [Chip(word, state.url(**{part: code}), code == now) for code, word in words.items()]
        for name, (words, part, now) in chips.items()
    }
    return Choices(
        kin=[
            Chip(
                row.label(lang),
                state.url(indicator=row.code, measure=row.measure),
                row.code == state.indicator,
            )
            for row in _kin(state, list(known))
        ],
        **made,
        places=[
            Chip(_("borders as then"), state.url(places=THEN), state.places == THEN),
            Chip(_("borders as now"), state.url(places=NOW), state.places == NOW),
        ]
        if UNIT in state.dimensions
        else [],
        filters=_filter_chips(state),
        earlier=state.url(page=page.rows.page - 1, anchor="rows") if page.rows.page > 1 else "",
        later=state.url(page=page.rows.page + 1, anchor="rows") if page.rows.page < page.rows.pages else "",
    )


_UNPARTED = ("columns", "lines")
_UNADDED = {IndicatorKind.LEVEL, IndicatorKind.TIMELESS}


def _runs(state: FigureState) -> dict[str, str]:
    """Each period alone, since its year began; the year that the address names stays among them."""
    words = run_words(range(int(state.run), int(state.run) + 1) if state.run.isdigit() else range(0))
    return words if state.steps != YEARS or state.run else {}


def _kin(state: FigureState, known: Sequence[Indicator]) -> list[Indicator]:
    """Indicators of the same beginning, the one of the page among them, and the offices' own of the same measure."""
    family = (state.measure or state.indicator).partition(".")[0]
    near = [row for row in known if row.measure.partition(".")[0] == family and row.measure]
    plain = [row for row in near if not row.filters and not row.office_code][:_KIN]
    mine = [row for row in near if row.office_code and row.measure == state.measure][:_KIN]
    own = [row for row in known if row.code == state.indicator]
    return list({row.code: row for row in [*plain, *mine, *own]}.values())


def _filter_chips(state: FigureState) -> list[Chip]:
    found = []
    for name, text in state.filters.items():
        said = f"{dimension_word(name)}: {filter_words(state.measure, name, text)}"
        found.append(Chip(said, state.url(narrow={name: ""}), is_on=True))
    if state.as_of is not None:
        found.append(Chip(_("as of an earlier day"), state.url(as_of=None), is_on=True))
    return found
