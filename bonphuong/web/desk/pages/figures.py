"""The page of one indicator: its figure, the months or years that make it, the records behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from bonphuong.indicators.enums import FigureStatus, IndicatorKind
from bonphuong.indicators.figures import FigureRequest, growth
from bonphuong.indicators.queries import figures, rows_behind, split
from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.periods import Period, PeriodKind
from bonphuong.records.models import Record
from bonphuong.reference.models import Country
from bonphuong.web.desk.charts import Bar, bar_chart
from bonphuong.web.desk.pages.words import amount, figure_text, language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from bonphuong.accounts.models import User
    from bonphuong.indicators.figures import Figure
    from bonphuong.indicators.models import Indicator
    from bonphuong.indicators.queries import RowEvidence

ROWS_SHOWN = 100
STATES = {
    FigureStatus.RECORDED: "done",
    FigureStatus.ZERO: "done",
    FigureStatus.STATED: "soon",
    FigureStatus.NOT_ENTERED: "next",
    FigureStatus.NONE: "unknown",
}


@dataclass(frozen=True)
class PartRow:
    """One period inside the one asked for, with the same one a year earlier."""

    period: Period
    label: str
    now: Figure
    then: Figure
    url: str

    @property
    def growth(self) -> Decimal | None:
        """In per cent, where there is something to compare with."""
        return growth(self.now.value, self.then.value)


@dataclass(frozen=True)
class CountryRow:
    """What one country adds."""

    name: str
    value: Decimal
    url: str


@dataclass(frozen=True)
class FigurePage:
    """Everything that the page says about one figure."""

    found: Figure
    then: Figure
    title: str
    state: str
    parts: Sequence[PartRow]
    countries: Sequence[CountryRow]
    chart: SafeString
    rows: Sequence[RowEvidence]
    hidden: int

    @property
    def growth(self) -> Decimal | None:
        """Against the same period a year earlier, in per cent."""
        return growth(self.found.value, self.then.value)


def page_url(request: FigureRequest) -> str:
    """The address of a figure's page; a country narrows it."""
    asked = {"indicator": request.indicator, "office": request.office or "", "period": request.period.code}
    if "country" in request.filters:
        asked["country"] = request.filters["country"][0]
    return f"{reverse('desk:figures')}?{urlencode(asked)}"


def figure_page(request: FigureRequest, user: User) -> FigurePage:
    """Gather the page. All figures come from one call; raises BadInput for an unknown indicator or office."""
    pieces = _pieces(request.period)
    wanted = [request, _before(request)]
    for piece in pieces:
        wanted += [replace(request, period=piece), _before(replace(request, period=piece))]
    found = figures(wanted)
    parts = [
        PartRow(piece, _short(piece), found[2 * n + 2], found[2 * n + 3], page_url(found[2 * n + 2].request))
        for n, piece in enumerate(pieces)
    ]
    rows, hidden = _rows(found[0], user)
    return FigurePage(
        found=found[0],
        then=found[1],
        title=_title(found[0], found[1]),
        state=STATES[found[0].status],
        parts=parts,
        countries=_countries(request, found[0]),
        chart=_chart(parts, found[0].indicator),
        rows=rows,
        hidden=hidden,
    )


def _before(request: FigureRequest) -> FigureRequest:
    """The same days a year earlier; of a period that still runs, only as many of them as have passed."""
    period = request.period
    if is_running(period):
        period = Period.between(period.since, clock.today(), period.cutoff)
    return replace(request, period=period.same_period_last_year())


def is_running(period: Period) -> bool:
    """Whether today falls into the period before its last day."""
    return period.since <= clock.today() < period.until


def _pieces(period: Period) -> list[Period]:
    """The months of a year or of part of one; nothing under a month."""
    return period.months() if period.kind not in {PeriodKind.MONTH, PeriodKind.DAY, PeriodKind.RANGE} else []


def _short(period: Period) -> str:
    return _("month %(number)s") % {"number": period.number}


def _title(found: Figure, then: Figure) -> str:
    lang = language()
    asked = {
        "label": found.indicator.label(lang),
        "period": _period_words(found.request.period),
        "figure": figure_text(found),
    }
    if found.value is None:
        return _("%(label)s, %(period)s: no figure yet") % asked
    if then.value is None or found.indicator.kind not in {IndicatorKind.SUM, IndicatorKind.LEVEL}:
        return _("%(label)s, %(period)s: %(figure)s") % asked
    change = found.value - then.value
    asked["change"] = amount(abs(change), "")
    if change > 0:
        return _("%(label)s, %(period)s: %(figure)s, up %(change)s on the same period") % asked
    if change < 0:
        return _("%(label)s, %(period)s: %(figure)s, down %(change)s on the same period") % asked
    return _("%(label)s, %(period)s: %(figure)s, as in the same period") % asked


def _period_words(period: Period) -> str:
    lang = language()
    if not is_running(period):
        return period.label(lang)
    return _("%(period)s up to %(day)s") % {
        "period": period.label(lang),
        "day": format_date(clock.today(), lang),
    }


def _countries(request: FigureRequest, found: Figure) -> list[CountryRow]:
    if found.where is None or "country" in request.filters:
        return []
    parts = {code: value for code, value in split(request, "country").items() if code}
    names = {country.code: country.name(language()) for country in Country.objects.filter(pk__in=parts)}
    rows = [
        CountryRow(names.get(code, code), value, page_url(replace(request, filters={"country": (code,)})))
        for code, value in parts.items()
    ]
    return sorted(rows, key=lambda row: (-row.value, row.name))


def _chart(parts: Sequence[PartRow], indicator: Indicator) -> SafeString:
    lang = language()
    bars = [
        Bar(
            label=str(part.period.number),
            value=part.now.value or Decimal(0),
            then=part.then.value,
            url=part.url,
            title=f"{part.period.label(lang)}: {figure_text(part.now)}",
        )
        for part in parts
    ]
    label = _("%(label)s by month; the table below holds the same figures") % {"label": indicator.label(lang)}
    return bar_chart(bars, label=label, lang=lang)


def _rows(found: Figure, user: User) -> tuple[list[RowEvidence], int]:
    """Records behind the figure that the person may see, and how many more there are."""
    rows = rows_behind(found)
    seen = set(
        Record.objects.visible_to(user)
        .filter(pk__in=[row.record.pk for row in rows])
        .values_list("pk", flat=True)
    )
    visible = [row for row in rows if row.record.pk in seen]
    return visible[:ROWS_SHOWN], len(rows) - min(len(visible), ROWS_SHOWN)
