"""The chart of a figure: which picture, from which numbers. It is drawn elsewhere and kept, see `kernel.charts`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from bonphuong.indicators.enums import IndicatorKind
from bonphuong.indicators.spans import unusual
from bonphuong.kernel.charts import specs
from bonphuong.kernel.charts.data import Band, Chart, Point, Series, tones
from bonphuong.kernel.charts.drawing import on_page
from bonphuong.kernel.charts.keeping import kept
from bonphuong.web.desk.pages.figure_state import LINES, RANKED, SHARE
from bonphuong.web.desk.pages.figure_words import short_label
from bonphuong.web.desk.pages.words import amount, language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from bonphuong.indicators.series import Step
    from bonphuong.kernel.charts.specs import Spec
    from bonphuong.web.desk.pages.figure_state import FigureState
    from bonphuong.web.desk.pages.figure_table import Cell, Part, Table

_RATIOS = {IndicatorKind.RATIO, IndicatorKind.SHARE, IndicatorKind.PERCENT}


@dataclass(frozen=True)
class Picture:
    """A chart to show: `svg` is there when it has been drawn before, else the page asks for it by an address."""

    spec: Spec
    alt: str
    svg: SafeString | None


def picture(steps: Sequence[Step], parts: Sequence[Part], table: Table, state: FigureState) -> Picture | None:
    """The chart of the page; None when there is nothing to draw."""
    spec = _spec(steps, parts, table, state)
    if not spec:
        return None
    label = steps[-1].now.indicator.label(language())
    told = {"label": label, "first": short_label(steps[0].period), "last": short_label(steps[-1].period)}
    alt = _("%(label)s, %(first)s to %(last)s; the table below holds the same figures") % told
    drawn = kept(spec)
    # Every text in the drawing was escaped when it was drawn.
    svg = None if drawn is None else mark_safe(on_page(drawn, alt=alt))  # noqa: S308
    return Picture(spec, alt, svg)


def _spec(steps: Sequence[Step], parts: Sequence[Part], table: Table, state: FigureState) -> Spec:
    rows = table.rows[::-1]
    unit = steps[-1].now.unit(language())
    if state.look == RANKED and parts:
        named = sorted(
            ((p, cell) for p, cell in zip(parts, rows[-1].cells, strict=True) if p.last),
            key=lambda pair: (not pair[0].code, -pair[0].last),
        )
        points = [_point(cell, p.label, unit) for p, cell in named]
        return specs.ranked(Series("", points), labels=[p.label for p, _cell in named], lang=language())
    chart = Chart(
        categories=[short_label(step.period) for step in steps],
        series=_series(parts, table, unit),
        lang=language(),
        bands=_bands(steps, state),
        strong=short_label(state.period),
    )
    if state.look == SHARE and parts:
        return specs.share(chart)
    if state.look == LINES or steps[-1].now.indicator.kind in _RATIOS:
        return specs.lines(chart, target=_target(steps, unit))
    return specs.columns(chart, grouped=bool(parts) and not steps[-1].now.indicator.is_additive)


def _series(parts: Sequence[Part], table: Table, unit: str) -> list[Series]:
    rows = table.rows[::-1]
    if not parts:
        return [Series("", [_point(row.total, row.label, unit) for row in rows])]
    named = sum(bool(part.code) for part in parts)
    # Both what is left over and what only a paper states are grey.
    colours = [*tones(named + 1, rest=True)[:-1], *tones(1, rest=True) * (len(parts) - named)]
    return [
        Series(
            part.label, [_point(row.cells[n], f"{part.label}, {row.label}", unit) for row in rows], colours[n]
        )
        for n, part in enumerate(parts)
    ]


def _point(cell: Cell, said: str, unit: str) -> Point:
    if cell.value is None:
        return Point(None)
    return Point(cell.value, f"{said}: {amount(cell.value, unit)}", cell.url)


def _target(steps: Sequence[Step], unit: str) -> Series | None:
    targets = [step.now.target for step in steps]
    if not any(targets):
        return None
    word = _("target")
    points = [
        Point(None) if view is None else Point(view.value, f"{word}: {amount(view.value, unit)}")
        for view in targets
    ]
    return Series(word, points, "chart-3")


def _bands(steps: Sequence[Step], state: FigureState) -> list[Band]:
    found: list[Band] = []
    for step in steps:
        span = unusual(step.now.indicator.measure or state.indicator, step.period)
        label = short_label(step.period)
        if span is None:
            continue
        text = span.text(language())
        if found and found[-1].text == text:
            found[-1] = Band(found[-1].first, label, text)
        else:
            found.append(Band(label, label, text))
    return found
