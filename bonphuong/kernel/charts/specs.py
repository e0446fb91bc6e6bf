"""Vega-Lite specifications, as plain data, for the few kinds of charts that the product draws.

Colours are tokens; nothing is inline style; every mark says itself (`description`) and may lead somewhere (`href`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bonphuong.kernel.charts.data import ceiling, grid_step
from bonphuong.kernel.charts.palette import FONT_ON_PAGE, WORDS, token
from bonphuong.kernel.numbers import format_number

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.kernel.charts.data import Band, Chart, Point, Series, Span

Spec = dict[str, Any]
WIDTH, HEIGHT = 872, 280
#: A link that the drawing library takes for one; `drawing` takes the beginning off again.
LINK = "https://bp.invalid"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_LINE_OF_TEXT = 20
_CHARACTER = 7.4
_ROW = 30
#: More marks than this have no room for a number each.
_NUMBERED = 16
_NOT_OF_SHARES = ("totals", "beside", "band")


def columns(chart: Chart, *, grouped: bool = False) -> Spec:
    """Columns over categories: stacked with their totals above, or side by side. {} when there is nothing to draw."""
    top = ceiling(_highest(chart, stacked=not grouped))
    if not top:
        return {}
    encoding: Spec = {
        "x": _x(chart),
        "color": _colour(chart),
        "href": _field("href"),
        "order": {"field": "n"},
    }
    encoding["description"] = _field("said")
    encoding["y"] = {**_y(top), "stack": None if grouped else "zero"}
    if grouped:
        encoding["xOffset"] = {"field": "s", "type": "nominal", "sort": [s.label for s in chart.series]}
    marks = {
        "data": {"values": _values(chart)},
        "mark": {"type": "bar", "stroke": token("paper"), "strokeWidth": 1},
        "encoding": encoding,
    }
    numbers = [] if grouped else [_totals(chart, top)]
    labels = _beside(chart, top, stacked=True) if not grouped else _key(chart)
    return _plot([*_bands(chart, top), marks, *numbers, *labels], chart)


def lines(chart: Chart, *, target: Series | None = None) -> Spec:
    """Lines over categories, each with its word at its end; a target or plan is dashed. {} when empty."""
    everything = [*chart.series, *([target] if target else [])]
    top = ceiling(max((float(p.value) for s in everything for p in s.points if p.value), default=0))
    if not top:
        return {}
    drawn = [_line(chart, one, top, dashed=one is target) for one in everything]
    return _plot([*_bands(chart, top), *drawn, *_ends(chart, everything, top)], chart)


def share(chart: Chart) -> Spec:
    """Columns of one height: what part each series has of its category. {} when there is nothing to draw."""
    if not ceiling(_highest(chart, stacked=True)):
        return {}
    spec = columns(chart)
    keep = [layer for layer in spec["layer"] if not layer.get("name", "").startswith(_NOT_OF_SHARES)]
    for layer in keep:
        if layer["mark"]["type"] == "bar":
            layer["encoding"]["y"] = {
                "field": "v",
                "type": "quantitative",
                "stack": "normalize",
                "axis": {**_AXIS_Y, "format": "%", "tickCount": 5},
            }
    return {**spec, "layer": [*keep, *_key(chart)]}


def ranked(series: Series, *, labels: Sequence[str], lang: str) -> Spec:
    """Bars that lie, the longest first, each with its number. {} when there is nothing to draw."""
    top = ceiling(max((float(p.value) for p in series.points if p.value), default=0))
    if not top:
        return {}
    rows = [
        {**_row(point, label, series.label, n), "t": format_number(point.value or 0, lang)}
        for n, (label, point) in enumerate(zip(labels, series.points, strict=True))
    ]
    y = {
        "field": "p",
        "type": "nominal",
        "sort": None,
        "axis": {**_AXIS, "domain": False, "labelLimit": 260, "labelFontSize": 13, "title": None},
    }
    x: Spec = {
        "field": "v",
        "type": "quantitative",
        "scale": {"domain": [0, top], "nice": False},
        "axis": None,
    }
    bars = {
        "mark": {"type": "bar", "color": token(series.tone), "height": {"band": 0.62}},
        "encoding": {"x": x, "y": y, "href": _field("href"), "description": _field("said")},
    }
    numbers = {
        "mark": _text(token("ink"), align="left", dx=6, bold=True),
        "encoding": {"x": x, "y": y, "text": _field("t")},
    }
    size = {"width": 640, "height": _ROW * len(rows)}
    return {**_frame(lang), **size, "data": {"values": rows}, "layer": [bars, numbers]}


def timeline(spans: Sequence[Span], *, today: dt.date, since: dt.date, until: dt.date, lang: str) -> Spec:
    """Bars on a line of time with today across them: how long each thing is valid. {} when there is none."""
    if not spans:
        return {}
    rows = [_span(one, since, until) for one in spans]
    x = {
        "type": "temporal",
        "timeUnit": "utcyearmonthdate",
        "scale": {"domain": [since.isoformat(), until.isoformat()], "type": "utc"},
        "axis": {**_AXIS, "title": None, "format": "%Y", "tickCount": "year", "gridColor": token("line")},
    }
    y = {
        "field": "p",
        "type": "nominal",
        "sort": None,
        "axis": {**_AXIS, "domain": False, "labelLimit": 260, "labelFontSize": 13, "title": None},
    }
    bars = {
        "data": {"values": rows},
        "mark": {"type": "bar", "height": 8},
        "encoding": {
            "x": {"field": "a", **x},
            "x2": {"field": "b"},
            "y": y,
            "color": {"field": "c", "type": "nominal", "scale": None},
            "opacity": {"condition": {"test": "datum.open", "value": 0.62}, "value": 1},
            "href": _field("href"),
            "description": _field("said"),
        },
    }
    now = {
        "data": {"values": [{"a": today.isoformat()}]},
        "mark": {"type": "rule", "color": token("ink"), "strokeWidth": 1.5},
        "encoding": {"x": {"field": "a", **x}},
    }
    return {**_frame(lang), "width": 640, "height": _ROW * len(rows), "layer": [bars, now]}


def _span(one: Span, since: dt.date, until: dt.date) -> Spec:
    return {
        "p": one.label,
        "a": max(one.since or since, since).isoformat(),
        "b": min(one.until or until, until).isoformat(),
        "said": one.said,
        "href": LINK + one.url if one.url else None,
        "c": token(one.tone),
        "open": one.until is None,
    }


_AXIS: Spec = {
    "labelColor": token("ink-2"),
    "labelFontSize": 13,
    "domainColor": token("line-strong"),
    "ticks": False,
    "labelPadding": 8,
    "labelAngle": 0,
}
_AXIS_Y: Spec = {**_AXIS, "title": None, "domain": False, "gridColor": token("line")}


def _frame(lang: str) -> Spec:
    return {
        "$schema": _SCHEMA,
        "background": None,
        "padding": 6,
        "config": {"font": FONT_ON_PAGE, "view": {"stroke": None}},
        "usermeta": {"lang": lang},
    }


def _plot(layers: Sequence[Spec], chart: Chart) -> Spec:
    return {**_frame(chart.lang), "width": WIDTH, "height": HEIGHT, "layer": list(layers)}


def _highest(chart: Chart, *, stacked: bool) -> float:
    if stacked:
        return max((float(total) for total in chart.totals if total), default=0)
    return max((float(p.value) for s in chart.series for p in s.points if p.value), default=0)


def _field(name: str) -> Spec:
    return {"field": name, "type": "nominal"}


def _x(chart: Chart) -> Spec:
    axis: Spec = {**_AXIS, "title": None, "labelOverlap": False, "zindex": 1}
    if chart.strong:
        # The category that the page speaks of is set apart by weight, not by colour alone.
        test = f"datum.value === {_quoted(chart.strong)}"
        axis["labelFontWeight"] = {"condition": {"test": test, "value": 700}, "value": 400}
        axis["labelColor"] = {"condition": {"test": test, "value": token("ink")}, "value": token("ink-2")}
    scale = {"domain": list(chart.categories), "paddingInner": 0.38, "paddingOuter": 0.19}
    return {"field": "p", "type": "ordinal", "sort": None, "scale": scale, "axis": axis}


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _y(top: float) -> Spec:
    count = round(top / grid_step(top))
    axis = {**_AXIS_Y, "values": [n * top / count for n in range(count + 1)], "format": ",~f"}
    return {
        "field": "v",
        "type": "quantitative",
        "scale": {"domain": [0, top], "nice": False},
        "axis": axis,
    }


def _colour(chart: Chart) -> Spec:
    names = [one.label for one in chart.series]
    colours = [token(one.tone) for one in chart.series]
    return {"field": "s", "type": "nominal", "legend": None, "scale": {"domain": names, "range": colours}}


def _values(chart: Chart) -> list[Spec]:
    return [
        _row(point, category, one.label, n)
        for n, one in enumerate(chart.series)
        for category, point in zip(chart.categories, one.points, strict=True)
        if point.value
    ]


def _row(point: Point, category: str, series: str, n: int) -> Spec:
    return {
        "p": category,
        "s": series,
        "n": n,
        "v": float(point.value or 0),
        "said": point.said,
        "href": LINK + point.url if point.url else None,
    }


def _text(colour: str, *, align: str = "center", dx: int = 0, dy: int = 0, bold: bool = False) -> Spec:
    return {
        "type": "text",
        "color": colour,
        "align": align,
        "baseline": "middle",
        "dx": dx,
        "dy": dy,
        "fontSize": 13,
        "fontWeight": 600 if bold else 400,
        "aria": False,
    }


def _totals(chart: Chart, top: float) -> Spec:
    rows = [
        {"p": category, "v": float(total), "t": format_number(total, chart.lang)}
        for category, total in zip(chart.categories, chart.totals, strict=True)
        if total and len(chart.categories) <= _NUMBERED
    ]
    return {
        "name": "totals",
        "data": {"values": rows},
        "mark": _text(token("ink"), dy=-11, bold=True),
        "encoding": {"x": _x(chart), "y": _y(top), "text": _field("t")},
    }


def _bands(chart: Chart, top: float) -> list[Spec]:
    known = [b for b in chart.bands if b.first in chart.categories and b.last in chart.categories]
    return [layer for band in known for layer in _band(chart, band, top)]


def _band(chart: Chart, band: Band, top: float) -> list[Spec]:
    step = WIDTH / len(chart.categories)
    first, last = chart.categories.index(band.first), chart.categories.index(band.last)
    left, right = first * step, (last + 1) * step
    shade = {
        "name": f"band_{first}",
        "data": {"values": [{}]},
        "mark": {"type": "rect", "color": token("sunken"), "aria": False},
        "encoding": {
            "x": {"value": left},
            "x2": {"value": right},
            "y": {"value": 0},
            "y2": {"value": HEIGHT},
        },
    }
    # Words that are wider than the years they speak of would run over the columns beside them.
    fits = len(band.text) * _CHARACTER < right - left
    word = {
        "name": f"band_word_{first}",
        "data": {"values": [{"t": band.text}]},
        "mark": _text(token("ink-2")),
        "encoding": {"x": {"value": (left + right) / 2}, "y": {"value": 18}, "text": _field("t")},
    }
    return [shade, word] if fits and top else [shade]


def _beside(chart: Chart, top: float, *, stacked: bool) -> list[Spec]:
    """The word of each series beside the last column, as near its middle as the one below it lets it be."""
    if len(chart.series) < 2:
        return []
    low, places = 0.0, []
    for one in chart.series:
        value = float(one.points[-1].value or 0)
        places.append((low + value / 2, one, value))
        low += value if stacked else 0
    rows = [
        {"y": y, "t": f"{one.label} {format_number(one.points[-1].value or 0, chart.lang)}", "tone": one.tone}
        for y, one in _apart([(y, one) for y, one, value in places if value], top)
    ]
    return [_words(rows, top)]


def _apart(places: Sequence[tuple[float, Series]], top: float) -> list[tuple[float, Series]]:
    gap, floor = _LINE_OF_TEXT * top / HEIGHT, float("-inf")
    found = []
    for y, one in sorted(places, key=lambda place: place[0]):
        floor = max(y, floor + gap)
        found.append((floor, one))
    over = max((y for y, _one in found), default=0) - top
    return [(y - over, one) for y, one in found] if over > 0 else found


def _words(rows: Sequence[Spec], top: float) -> Spec:
    return {
        "name": "beside",
        "data": {"values": [{**row, "c": token(WORDS[row["tone"]])} for row in rows]},
        "mark": {**_text(token("ink"), align="left", bold=True)},
        "encoding": {
            "x": {"value": WIDTH + 8},
            "y": {"field": "y", "type": "quantitative", "scale": {"domain": [0, top], "nice": False}},
            "text": _field("t"),
            "color": {"field": "c", "type": "nominal", "scale": None},
        },
    }


def _key(chart: Chart) -> list[Spec]:
    """Words beside the plot in the order of drawing, for kinds whose last column says nothing about height."""
    return [
        {
            "name": f"key_{n}",
            "data": {"values": [{"t": one.label}]},
            "mark": _text(token(WORDS[one.tone]), align="left", bold=True),
            "encoding": {
                "x": {"value": WIDTH + 8},
                "y": {"value": HEIGHT - 12 - n * _LINE_OF_TEXT},
                "text": _field("t"),
            },
        }
        for n, one in enumerate(chart.series)
    ]


def _line(chart: Chart, one: Series, top: float, *, dashed: bool) -> Spec:
    rows = [
        _row(point, category, one.label, 0)
        for category, point in zip(chart.categories, one.points, strict=True)
        if point.value is not None
    ]
    stroke: Spec = {"type": "line", "color": token(one.tone), "strokeWidth": 2, "aria": False}
    if dashed:
        stroke["strokeDash"] = [5, 4]
    place = {"x": _x(chart), "y": _y(top)}
    dots = {
        "mark": {"type": "point", "filled": True, "size": 52, "color": token(one.tone), "opacity": 1},
        "encoding": {**place, "href": _field("href"), "description": _field("said")},
    }
    return {"data": {"values": rows}, "layer": [{"mark": stroke, "encoding": place}, dots]}


def _ends(chart: Chart, everything: Sequence[Series], top: float) -> list[Spec]:
    places = []
    for one in everything:
        known = [p.value for p in one.points if p.value is not None]
        if known:
            places.append((float(known[-1]), one, known[-1]))
    rows = []
    for y, one in _apart([(y, one) for y, one, _value in places], top):
        value = next(value for _y, other, value in places if other is one)
        rows.append(
            {"y": y, "t": f"{one.label} {format_number(value, chart.lang)}".strip(), "tone": one.tone}
        )
    return [_words(rows, top)] if rows else []
