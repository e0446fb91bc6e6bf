"""Walks every figure of a report, told or not, and says where it differs from the recount."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.db.models import Sum

from bonphuong.indicators.enums import FigureStatus, IndicatorKind
from bonphuong.indicators.models import Indicator
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.models import Fact
from bonphuong.reports.composing import Frame, compose
from bonphuong.reports.gathering import gather
from bonphuong.reports.services import reading_moment
from tests.trust.recount import LEVELS, Counted, Recounting
from tests.trust.recount.papers import Papers
from tests.trust.recount.sql import DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bonphuong.indicators.figures import Figure
    from bonphuong.kernel.periods import Period
    from bonphuong.reports.ground import Ground, Key
    from bonphuong.reports.models import ReportDefinition

BASES = {IndicatorKind.SUM, IndicatorKind.LEVEL, IndicatorKind.TIMELESS}
HUNDRED, TENTH = Decimal(100), Decimal("0.1")


@dataclass(frozen=True)
class Expected:
    """What a figure must be. `value` None: there is none to tell."""

    value: Decimal | None
    recorded: Decimal | None
    counted: Counted = field(default_factory=Counted)
    stated: Decimal | None = None
    target: Decimal | None = None
    is_covered: bool = False
    is_base: bool = True


class Walk:
    """The recount of one day, asked by any report of any office."""

    def __init__(self, day: dt.date) -> None:
        self.recounting = Recounting(day)
        self.papers = Papers(day)
        self.indicators = {row.code: row for row in Indicator.objects.all()}
        self.figures = self.reports = 0
        self._expected: dict[tuple[object, ...], Expected] = {}

    def report(self, row: ReportDefinition, office: str, period: Period) -> Iterator[str]:
        """Every difference between a report and the recount, in words."""
        self.reports += 1
        ground = gather(row, office, period)
        place = f"{row.code}.{row.language} {office} {period.code}"
        one = self._of_nation if ground.nations else self._figure
        for key in ground.counted.found:
            self.figures += 1
            yield from (f"{place} {key}: {said}" for said in one(ground, key))
        content = compose(ground, Frame(as_of=reading_moment(ground)))
        yield from (f"{place} {said}" for said in self._content(ground, content))

    def ledger(self, book: str, days: Sequence[dt.date]) -> Iterator[str]:
        """Every difference between what is posted in a book and the recount, told in no report too.

        Flows over the years between the days, levels on each of them, by record and every dimension.
        """
        for measure in MEASURES:
            for since, until in pairwise([dt.date.min, *days, self.recounting.day]):
                first = since + dt.timedelta(days=1)
                counted = self.recounting.count(measure, book, first, until)
                posted = _posted(book, measure, None if measure in LEVELS else first, until)
                yield from _same(f"{measure} {first}..{until}", posted, dict(counted.cells))

    # --- a figure as it was counted, with everything that stands under it ------------------------------------

    def _figure(self, ground: Ground, key: Key) -> Iterator[str]:
        figure, office = ground.counted.found[key], ground.office.code
        period = ground.spans[key[1]]
        spec = ground.definition.figures[key[0]]
        expected = self.expected(spec.indicator, office, period, spec.filters)
        yield from _differences(figure, expected)
        if expected.is_base:
            yield from _under(ground, key, expected.counted)

    def _of_nation(self, ground: Ground, key: Key) -> Iterator[str]:
        """The sum of what provinces that report have of it, each row one of them; a linked visit counts once."""
        if _by_package(ground, key):
            return
        figure = ground.counted.found[key]
        parts, twice = self.nation(ground, key)
        told = {book: value for book, value in parts.items() if value is not None}
        yield from _same("value", figure.value, sum(told.values()) - twice if told else None)
        rows = {row.office: row.value for row in ground.counted.rows[key]}
        wanted = {**{book: value for book, value in told.items() if value}, **({"": -twice} if twice else {})}
        exponent = figure.indicator.get_measure().exponent if figure.indicator.measure else 0
        yield from _same("rows", {b: Decimal(v).scaleb(-exponent) for b, v in rows.items()}, wanted)

    def nation(self, ground: Ground, key: Key) -> tuple[dict[str, Decimal | None], Decimal]:
        """Province → what it has counted; and what linked visits would count more than once."""
        spec, period = ground.definition.figures[key[0]], ground.spans[key[1]]
        books = self.papers.reporting_to(ground.office.code, period)
        found = {book: self.expected(spec.indicator, book, period, spec.filters) for book in books}
        parts = {
            book: one.recorded if one.is_base and (one.is_covered or one.counted.cells) else None
            for book, one in found.items()
        }
        by_record: dict[str, int] = {}
        for one in found.values():
            by_record |= one.counted.by_record
        twice = 0
        for journey in self.papers.journeys():
            values = [by_record[uid] for uid in journey if uid in by_record]
            twice += sum(values) - max(values, default=0)
        measure = self.indicators[spec.indicator].measure
        return parts, Decimal(twice).scaleb(-MEASURES[measure].exponent if measure else 0)

    def expected(
        self,
        code: str,
        office: str | None,
        period: Period,
        filters: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Expected:
        """The figure by the recount, by what papers state and by what was declared complete."""
        key = (code, office, period, tuple(sorted((filters or {}).items())))
        if key not in self._expected:
            self._expected[key] = self._expect(code, office, period, filters)
        return self._expected[key]

    def _expect(
        self, code: str, office: str | None, period: Period, filters: Mapping[str, tuple[str, ...]] | None
    ) -> Expected:
        indicator = self.indicators[code]
        if indicator.kind in BASES:
            return self._base(indicator, office, period, filters or {})
        part, whole = (
            self.expected(name, office, period, filters)
            for name in (indicator.numerator, indicator.denominator)
        )
        under = whole.target if indicator.kind == IndicatorKind.SHARE else whole.value
        if part.value is None or not under:
            return Expected(None, None, is_base=False, target=whole.target)
        times = Decimal(1) if indicator.kind == IndicatorKind.RATIO else HUNDRED
        assert indicator.kind in {IndicatorKind.RATIO, IndicatorKind.SHARE, IndicatorKind.PERCENT}
        return Expected(
            (part.value * times / under).quantize(TENTH), None, is_base=False, target=whole.target
        )

    def _base(
        self, indicator: Indicator, office: str | None, period: Period, further: Mapping[str, tuple[str, ...]]
    ) -> Expected:
        filters = {name: set(codes) for name, codes in indicator.filters.items()}
        for name, codes in further.items():
            filters[name] = filters.get(name, set(codes)) & set(codes)
        exponent = MEASURES[indicator.measure].exponent
        counted = self.recounting.count(indicator.measure, office, period.since, period.until).within(filters)
        recorded = Decimal(counted.total).scaleb(-exponent)
        said = self.papers.about(indicator.measure, office, period, filters, indicator.kind)
        stated, target = (
            None if value is None else Decimal(value).scaleb(-exponent)
            for value in (said.get("stated"), said.get("target"))
        )
        covered = self.papers.is_covered(indicator.measure, office, period, indicator.kind)
        value = recorded if covered or counted.cells else None
        if stated is not None and not covered:
            value = stated
        return Expected(value, recorded, counted, stated, target, covered)

    # --- the content that is frozen -------------------------------------------------------------------------

    def _content(self, ground: Ground, content: Mapping[str, Any]) -> Iterator[str]:
        figures = {figure["id"]: figure for figure in content["figures"]}
        records = {record["n"]: record["uid"].replace("-", "") for record in content["records"]}
        for figure in content["figures"]:
            self.figures += 1
            for said in self._told(ground, figure, figures, records):
                yield f"{figure['key']}: {said}"
        yield from _tables(content, figures)
        yield from self._annexes(ground, content, records)

    def _told(
        self,
        ground: Ground,
        figure: Mapping[str, Any],
        figures: Mapping[str, Mapping[str, Any]],
        records: Mapping[int, str],
    ) -> Iterator[str]:
        value = Decimal(figure["value"])
        if figure["basis"] == "published":
            told = figure["edition"]["uid"]
            yield from _same("as published", value, self.papers.published(told, figure))
            return
        if figure["basis"] == "derived" and len(figure["operands"]) == 2:
            yield from _same("derived", value, _derived(figure, figures))
            return
        span = figure["key"].split("@", 1)[1].split("[")[0]
        if figure["key"].endswith(":target"):
            spec = ground.definition.figures[figure["name"]]
            period = ground.spans[figure["key"].split("@", 1)[1].removesuffix(":target")]
            planned = self.expected(spec.indicator, ground.office.code, period, spec.filters).target
            yield from _same("planned", value, planned)
            return
        if figure["basis"] in {"derived", "estimate"} or ":" in span.removeprefix("same:"):
            # Its own tests: what came late, what a person estimated, what was allowed and not carried out.
            return
        if ground.nations:
            yield from self._told_of_nation(ground, figure, (figure["name"], span))
            return
        spec = ground.definition.figures[figure["name"]]
        scope = figure.get("scope")
        expected = self.expected(spec.indicator, ground.office.code, ground.spans[span], spec.filters)
        counted = expected.counted
        if scope:
            name = _slot(spec.indicator, scope["dimension"], self.indicators)
            codes = self.papers.as_one(scope["codes"]) if name == "partner" else scope["codes"]
            counted = counted.within({name: codes})
        exponent = MEASURES[self.indicators[spec.indicator].measure].exponent
        whole = Decimal(counted.total).scaleb(-exponent)
        recorded = scope or figure["key"].split("@")[0].endswith(":recorded")
        wanted_value = whole if recorded or is_nothing(value, expected) else expected.value
        yield from _same("told", value, wanted_value)
        rows = {records[n]: Decimal(adds) for n, adds in figure["rows"]}
        wanted = {uid: Decimal(adds).scaleb(-exponent) for uid, adds in counted.by_record.items()}
        yield from _same("its records", rows, wanted)

    def _told_of_nation(self, ground: Ground, figure: Mapping[str, Any], key: Key) -> Iterator[str]:
        if _by_package(ground, key):
            return
        parts, twice = self.nation(ground, key)
        scope = figure.get("scope")
        whole = sum((value for value in parts.values() if value is not None), -twice)
        # What linked visits take away is a part of its own, of no province.
        by_code = {**parts, "": -twice}
        wanted = sum((by_code[code] or Decimal(0) for code in scope["codes"]), Decimal(0)) if scope else whole
        yield from _same("told", Decimal(figure["value"]), wanted)
        yield from _same("its rows", sum((Decimal(adds) for _n, adds in figure["rows"]), Decimal(0)), wanted)

    def _annexes(
        self, ground: Ground, content: Mapping[str, Any], records: Mapping[int, str]
    ) -> Iterator[str]:
        """Annexes that list what stands under figures hold exactly those records that the recount finds."""
        told = {annex["code"]: annex for annex in content["annexes"]}
        masked = {uid.hex for uid, view in ground.records.items() if view.is_masked}
        for spec in ground.definition.annexes:
            if spec.rule != "figure" or spec.lines or spec.span not in ground.definition.spans:
                continue
            wanted = {
                record
                for name in spec.figures
                for record in self._records(ground, name, spec.span)
                if ground.records[_view(ground, record)].kind in spec.kinds
            } - masked
            rows = told.get(spec.code, {"rows": []})["rows"]
            listed = [records[n] for row in rows for n in (row["n"], *row.get("with", ()))]
            yield from _same(f"annex {spec.code}", sorted(listed), sorted(wanted))

    def _records(self, ground: Ground, name: str, span: str) -> Mapping[str, int]:
        spec = ground.definition.figures[name]
        return self.expected(
            spec.indicator, ground.office.code, ground.spans[span], spec.filters
        ).counted.by_record


def _by_package(ground: Ground, key: Key) -> bool:
    """Whether a province's part came in a package: its records are elsewhere, and nothing here can recount them."""
    return any(one.accepted is not None and not one.is_live for one in ground.nations[key[1]].provinces)


def is_nothing(told: Decimal | None, expected: Expected) -> bool:
    """Nought where something began and has ended, or was taken back: not the same as nothing entered."""
    return told == 0 and expected.value is None and not expected.counted.cells


def _posted(book: str, measure: str, since: dt.date | None, until: dt.date) -> dict[tuple[str, ...], int]:
    facts = Fact.objects.filter(book=book, measure=measure, on__lte=until)
    if since is not None:
        facts = facts.filter(on__gte=since)
    sums = facts.values_list("source_uid", *DIMENSIONS).annotate(total=Sum("value")).order_by()
    return {(row[0].hex, *row[1:-1], book): row[-1] for row in sums if row[-1]}


def _view(ground: Ground, record: str) -> Any:
    return next(uid for uid in ground.records if uid.hex == record)


def _differences(figure: Figure, expected: Expected) -> Iterator[str]:
    told = figure.value
    if expected.is_base:
        yield from _same("recorded", figure.recorded, expected.recorded)
        yield from _same("covered", figure.is_covered, expected.is_covered)
        yield from _same("stated", figure.stated.value if figure.stated else None, expected.stated)
        if expected.is_covered and expected.stated is not None and expected.recorded is not None:
            yield from _same("difference", figure.difference, expected.recorded - expected.stated)
        if figure.status == FigureStatus.RECORDED and is_nothing(figure.value, expected):
            told = None
    yield from _same("target", figure.target.value if figure.target else None, expected.target)
    yield from _same("value", told, expected.value)


def _under(ground: Ground, key: Key, counted: Counted) -> Iterator[str]:
    """The rows under a figure: by record, and parted by each dimension."""
    rows = ground.counted.rows[key]
    for place, wanted in (("source", counted.by_record), *((name, counted.by(name)) for name in DIMENSIONS)):
        found: dict[str, int] = {}
        for row in rows:
            code = row.source.hex if place == "source" else getattr(row, place)
            found[code] = found.get(code, 0) + row.value
        yield from _same(f"by {place}", {code: value for code, value in found.items() if value}, wanted)


def _derived(figure: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]]) -> Decimal | None:
    one, other = (Decimal(figures[name]["value"]) for name in figure["operands"])
    if figure["key"].endswith(":growth"):
        return ((one - other) * HUNDRED / other).quantize(TENTH)
    if figure["key"].endswith((":gap", ":restated")):
        return one - other
    if figure["key"].endswith(":times"):
        # What is not whole is told as more than so many times.
        return (one / other).quantize(TENTH, rounding=ROUND_DOWN)
    if figure["key"].endswith(":average"):
        since, until = (dt.date.fromisoformat(figure["period"][end]) for end in ("since", "until"))
        return (one / round((until - since).days / 365)).quantize(TENTH)
    return ((one * HUNDRED if figure["unit"] == "%" else one) / other).quantize(TENTH)


def _tables(content: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Totals of a table by parts are the sums of its lines."""
    for section in content["sections"]:
        for block in section["blocks"]:
            if block["kind"] != "table" or "totals" not in block:
                continue
            for place, total in enumerate(block["totals"]["cells"]):
                cells = [row["cells"][place] for row in block["rows"]]
                parts = [Decimal(figures[cell["f"]]["value"]) for cell in cells if isinstance(cell, dict)]
                if isinstance(total, dict):
                    said = f"{block['caption']}, column {place + 1}"
                    yield from _same(said, Decimal(figures[total["f"]]["value"]), sum(parts, Decimal(0)))


def _slot(indicator: str, dimension: str, indicators: Mapping[str, Indicator]) -> str:
    if dimension in DIMENSIONS:
        return dimension
    return f"slot{MEASURES[indicators[indicator].measure].slots.index(dimension) + 1}"


def _same(what: str, found: object, wanted: object) -> Iterator[str]:
    if found != wanted:
        yield f"{what} is {found}, the recount says {wanted}"
