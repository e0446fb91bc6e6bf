"""The table beside the chart: a row for each period, a column for each part, every cell leading to its rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.queries import offices_by_code
from bonphuong.families.delegations.enums import Channel
from bonphuong.indicators.enums import IndicatorKind
from bonphuong.indicators.figures import growth
from bonphuong.indicators.series import totals
from bonphuong.indicators.spans import unusual
from bonphuong.kernel.charts.palette import SERIES
from bonphuong.parties.queries import parties_by_code
from bonphuong.reference.models import AdminUnit, CooperationField, Country
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.indicators.figures import Figure
    from bonphuong.indicators.series import Step
    from bonphuong.indicators.spans import Unusual
    from bonphuong.kernel.periods import Period
    from bonphuong.web.desk.pages.figure_state import FigureState

ANCHOR = "rows"


@dataclass(frozen=True)
class Part:
    """One part over all periods; `code` is empty for what is left over."""

    code: str
    label: str
    values: tuple[Decimal, ...]

    @property
    def last(self) -> Decimal:
        """Its value in the period that the page speaks of."""
        return self.values[-1]


@dataclass(frozen=True)
class Cell:
    """A value and where its rows are; None where there is no figure."""

    value: Decimal | None
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One period: its parts, its total, what stands beside it, the same period a year earlier."""

    period: Period
    label: str
    cells: Sequence[Cell]
    total: Cell
    now: Figure
    then: Figure
    beside: Cell | None
    growth: Decimal | None
    unusual: Unusual | None
    is_picked: bool


@dataclass(frozen=True)
class Table:
    """Rows from the newest, the parts that make its columns, and the sums below where sums mean something."""

    rows: Sequence[Row]
    parts: Sequence[Part]
    beside: str
    sums: Sequence[Decimal]
    sum_of_all: Decimal | None
    beside_sum: Decimal | None


def parts_of(steps: Sequence[Step], state: FigureState) -> list[Part]:
    """The largest parts by name, and one for all that is left; none where the figure is not parted."""
    if not state.split or not steps:
        return []
    by_size = totals(steps)
    named = [code for code in by_size if code][: len(SERIES)]
    names = names_of(state.split, named)
    found = [
        Part(code, names.get(code, code), tuple(step.parts.get(code, Decimal(0)) for step in steps))
        for code in named
    ]
    rest = tuple(_rest(step, named) for step in steps)
    if any(rest):
        only_blank = set(by_size) <= {*named, ""}
        found.append(Part("", _("not stated") if only_blank else _("all others"), rest))
    return found


def _rest(step: Step, named: Sequence[str]) -> Decimal:
    """What no named part has: the other parts, or what a paper states beyond all that is entered."""
    shown = sum((step.parts.get(code, Decimal(0)) for code in named), Decimal(0))
    entered = sum(step.parts.values(), Decimal(0))
    whole = step.now.value if step.now.value is not None else entered
    return max(whole, entered) - shown


def names_of(dimension: str, codes: Sequence[str]) -> dict[str, str]:
    """The names of codes of a dimension in the page's language, in one query; unknown codes are left out."""
    lang = language()
    if dimension == "partner":
        return {code: party.name(lang) for code, party in parties_by_code(codes).items()}
    if dimension == "office":
        return {code: office.name(lang) for code, office in offices_by_code(set(codes)).items()}
    if dimension == "channel":
        return {str(value): str(label) for value, label in Channel.choices}
    if dimension == "unit":
        units = AdminUnit.objects.in_bulk(list(codes))
        return {c: u.name_en if lang == "en" else u.full_name for c, u in units.items()}
    model = Country if dimension == "country" else CooperationField
    return {str(row.pk): row.name(lang) for row in model.objects.filter(pk__in=list(codes))}


def table_of(steps: Sequence[Step], parts: Sequence[Part], state: FigureState, beside: str) -> Table:
    """The table, the newest period first."""
    rows = [_row(step, n, parts, state) for n, step in enumerate(steps)]
    summed = (
        bool(rows) and rows[0].now.indicator.kind == IndicatorKind.SUM and rows[0].now.indicator.is_additive
    )
    known = [row.total.value for row in rows if row.total.value is not None]
    others = [row.beside.value for row in rows if row.beside and row.beside.value is not None]
    return Table(
        rows=rows[::-1],
        parts=parts,
        beside=beside,
        sums=[sum(part.values, Decimal(0)) for part in parts] if summed else [],
        sum_of_all=sum(known, Decimal(0)) if summed and known else None,
        beside_sum=sum(others, Decimal(0)) if summed and others else None,
    )


def _row(step: Step, n: int, parts: Sequence[Part], state: FigureState) -> Row:
    indicator, before = state.indicator, step.then.request.period
    bent = unusual(indicator, step.period) or unusual(indicator, before)
    at = replace(state, period=step.period, page=1)
    return Row(
        period=step.period,
        label=step.period.label(language()),
        cells=[Cell(part.values[n], _cell_url(at, part)) for part in parts],
        total=Cell(step.now.value, at.url(period=step.period, anchor=ANCHOR)),
        now=step.now,
        then=step.then,
        beside=_beside(step, at),
        growth=None if bent else growth(step.now.value, step.then.value),
        unusual=bent,
        is_picked=step.period == state.period,
    )


def _cell_url(at: FigureState, part: Part) -> str:
    """Rows of one part. What is left over, and an office, are not narrowed by a code: they open the whole period."""
    if not part.code:
        return ""
    if at.split == "office":
        return at.url(office=part.code, split="", anchor=ANCHOR)
    return at.url(**{at.split: part.code}, anchor=ANCHOR)


def _beside(step: Step, at: FigureState) -> Cell | None:
    if step.beside is None:
        return None
    return Cell(step.beside.value, at.url(indicator=step.beside.request.indicator, anchor=ANCHOR))
