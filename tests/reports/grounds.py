"""Grounds made of figures that nobody counted: a report can be composed from them without a database."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import translation

from bonphuong.accounts.models import Office
from bonphuong.indicators.enums import FigureStatus, IndicatorKind
from bonphuong.indicators.evidence import FactRow
from bonphuong.indicators.figures import Figure, FigureRequest, StatedView
from bonphuong.indicators.models import Indicator
from bonphuong.indicators.services import DATA
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.models import Statement
from bonphuong.reports.figurebook import FigureBook
from bonphuong.reports.gathering import keys_of, own_periods
from bonphuong.reports.ground import Counted, Ground, Spans
from bonphuong.reports.models import ReportDefinition
from bonphuong.reports.queries import Earlier
from bonphuong.reports.schema import read_definition
from bonphuong.reports.sections import SectionWriter
from bonphuong.reports.sentences import Speaker
from bonphuong.reports.shipped import shipped_definition
from bonphuong.reports.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

#: One period for each kind that a definition may be written for.
PERIODS = {
    "day": "2025-06-11", "month": "2025-06", "quarter": "2025-Q3", "half": "2025-H1", "nine_months": "2025-9M",
    "year": "2025", "term": "2021-2025", "range": "2025-02-03..2025-05-20",
}  # fmt: skip
OVER, RUNNING = dt.date(2026, 3, 1), dt.date(2025, 6, 1)
NAMES = {
    "country": {"LA": "Lào", "CN": "Trung Quốc", "TH": "Thái Lan"},
    "partner": {"la-phongsaly": "Phông Sa Lỳ (Lào)", "cn-honghe": "Hồng Hà (Trung Quốc)"},
    "field": {"health": "y tế", "education": "giáo dục"},
    "unit": {"vn-lc-muongte": "Mường Tè", "vn-lc-phongtho": "Phong Thổ"},
    "office": {"lc-dofa": "Sở Ngoại vụ", "lc-union": "Liên hiệp"},
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """What a made-up world is like: a value for each figure and span, None where nobody entered anything."""

    name: str
    value: Callable[[str, str, Shape], int | None]
    status: FigureStatus = FigureStatus.RECORDED
    is_running: bool = False
    estimate: int = 0
    target: int = 0
    is_parted: bool = True


def _measure(indicator: Indicator) -> str:
    return indicator.measure


@cache
def indicators() -> dict[str, Indicator]:
    """Every shipped indicator, unsaved."""
    found = {}
    for path in sorted(DATA.glob("*.json")):
        for row in json.loads(path.read_text(encoding="utf-8")):
            fields = {key: value for key, value in row.items() if key in _FIELDS}
            found[row["code"]] = Indicator(**fields)
    return found


_FIELDS = {field.attname for field in Indicator._meta.get_fields()}


@cache
def definition_of(name: str):
    """A shipped definition read through the gate, with its row."""
    row = shipped_definition(name)
    measures = {code: indicator.measure for code, indicator in indicators().items()}
    return ReportDefinition(**row), read_definition(row["content"], measures)


def ground_of(name: str, case: Case, period_kind: str, office_kind: str = "province") -> Ground:
    """The ground of a shipped report ("annual.en") in a made-up world."""
    row, definition = definition_of(name)
    period = Period.parse(PERIODS[period_kind], Cutoff(row.cutoff))
    day = RUNNING if case.is_running else OVER
    with clock.fixed(day):
        spans = Spans(own_periods(definition, period), Earlier())
    definition = replace(definition, spans=tuple(one for one in definition.spans if one in spans.by_name))
    keys = keys_of(definition, spans)
    found, rows = {}, {}
    for key in keys:
        found[key], rows[key] = _figure(key, definition, spans, case)
    office = Office(
        code="lai-chau", name_vi="Ủy ban nhân dân tỉnh Lai Châu", name_en="People's Committee of Lai Chau",
        kind=office_kind, path="lai-chau/",
    )  # fmt: skip
    return Ground(
        row=row, definition=definition, office=office, language=row.language, spans=spans, day=day,
        counted=Counted(found, rows, {}), names=NAMES,
        estimates={
            one: case.estimate * 10 ** found[one, "period"].indicator.get_measure().exponent
            for one, spec in definition.figures.items()
            if spec.headline and case.estimate
        },
    )  # fmt: skip


def _figure(key, definition, spans, case) -> tuple[Figure, list[FactRow]]:
    name, span = key
    spec = definition.figures[name]
    indicator = indicators()[spec.indicator]
    request = FigureRequest(spec.indicator, "lai-chau", spans[span])
    if indicator.kind not in (IndicatorKind.SUM, IndicatorKind.LEVEL, IndicatorKind.TIMELESS):
        value = case.value(name, span, Shape.FLOW)
        status = FigureStatus.NONE if not value else FigureStatus.RECORDED
        return Figure(request, indicator, status, Decimal(25) if value else None), []
    measure = MEASURES[indicator.measure]
    amount = case.value(name, span, measure.shape)
    if amount is None:
        return Figure(request, indicator, FigureStatus.NOT_ENTERED, None, recorded=Decimal(0)), []
    status = FigureStatus.ZERO if not amount else case.status
    recorded = Decimal(amount) if status != FigureStatus.STATED else Decimal(max(amount - 1, 0))
    target = StatedView(Statement(text="kế hoạch năm"), Decimal(case.target)) if case.target else None
    figure = Figure(
        request, indicator, status, Decimal(amount), recorded=recorded, facts=amount, target=target
    )
    return figure, _facts(
        indicator, measure, int(recorded), definition, spans[span]
    ) if case.is_parted else []


def _facts(indicator, measure, amount, definition, period) -> list[FactRow]:
    """The amount in at most three rows of different sorts."""
    sizes = [amount - amount // 2, amount // 2 - amount // 4, amount // 4]
    rows = []
    for number, size in enumerate(size for size in sizes if size):
        slots = [
            _code(list(definition.words.get(slot, {})), number) if slot else "" for slot in measure.slots
        ]
        rows.append(
            FactRow(
                "lai-chau", number, indicator.measure, period.since, size * 10**measure.exponent, "lai-chau",
                UUID(int=number + 1), "x", *(_code(list(NAMES[one]), number) for one in _DIMENSIONS),
                ("party", "state", "people")[number], *slots,
            )
        )  # fmt: skip
    return rows


_DIMENSIONS = ("country", "partner", "unit", "field")


def _code(codes: list[str], number: int) -> str:
    return codes[number % len(codes)] if codes else ""


def told(ground: Ground) -> list[dict]:
    """The sections of the report, with title, opening and closing before them."""
    with translation.override(ground.language):
        book = FigureBook(ground)
        as_of = dt.datetime.combine(ground.day, dt.time(9), tzinfo=dt.UTC)
        speaker = Speaker(book, words_of(ground, as_of), ground.definition.macros)
        sections = SectionWriter(ground, book, speaker).sections()
        frame = [
            {"kind": "paragraph", "runs": speaker.say(piece)}
            for piece in (ground.definition.title, ground.definition.opening, ground.definition.closing)
        ]
        return [{"code": "frame", "title": "", "blocks": frame}, *sections]
