"""Figures of the nation: what each province has of one, from its own book or from the package that was accepted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bonphuong.exchange.models import ReceivedFigure
from bonphuong.exchange.telling import filters_text
from bonphuong.indicators.enums import FigureStatus
from bonphuong.indicators.models import Indicator
from bonphuong.indicators.queries import BASE_KINDS
from bonphuong.indicators.rollup import roll_up
from bonphuong.reports.enums import Basis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.indicators.figures import Figure, FigureRequest
    from bonphuong.indicators.rollup import Rolled
    from bonphuong.reports.nation.provinces import Nation, Province

#: Statuses of a figure that was counted from records: only such are added up.
COUNTED = (FigureStatus.RECORDED, FigureStatus.ZERO)


@dataclass(frozen=True)
class Cell:
    """What one province has of a figure. `value` is None where it has none that may be added up.

    `beside` is what only a paper states or somebody estimates: shown, and never in the sum. `live` and `received` say
    where it comes from; a province whose book is kept here is never counted by its package.
    """

    province: Province
    value: Decimal | None
    beside: Decimal | None = None
    live: Figure | None = None
    received: ReceivedFigure | None = None

    @property
    def is_known(self) -> bool:
        """Whether the province has told anything of the figure."""
        return self.value is not None or self.beside is not None


@dataclass(frozen=True)
class NationFigure:
    """A figure of the nation: a part for each province, and what linked visits would count more than once."""

    request: FigureRequest
    indicator: Indicator
    cells: tuple[Cell, ...]
    twice: Decimal = Decimal(0)
    journeys: int = 0

    @property
    def plain(self) -> Decimal:
        """The sum of what the provinces count: receptions, where guests are counted."""
        return sum((cell.value for cell in self.cells if cell.value is not None), Decimal(0))

    @property
    def value(self) -> Decimal | None:
        """The sum with linked visits counted once; None where no province has told anything."""
        return self.plain - self.twice if any(cell.value is not None for cell in self.cells) else None

    @property
    def told(self) -> tuple[Cell, ...]:
        """The provinces that are in the sum."""
        return tuple(cell for cell in self.cells if cell.value is not None)

    @property
    def beside(self) -> tuple[Cell, ...]:
        """The provinces of which a paper or an estimate tells more than was counted."""
        return tuple(cell for cell in self.cells if cell.beside is not None)


def count_nation(requests: Sequence[FigureRequest], nation: Nation) -> list[NationFigure]:
    """Each figure for every province of the nation, in a bounded number of statements.

    Only figures that can be added up: a ratio of the nation is no sum of ratios. The periods are the requests' own.
    """
    rolled = roll_up(requests, nation.live_books())
    received = _received(nation)
    indicators = Indicator.objects.in_bulk({request.indicator for request in requests}, field_name="code")
    return [
        _figure(request, one, nation, received, indicators[request.indicator])
        for request, one in zip(requests, rolled, strict=True)
    ]


_Received = dict[tuple[object, ...], ReceivedFigure]


def _received(nation: Nation) -> _Received:
    """Figures of accepted packages of provinces that are not kept here."""
    wanted = [one.accepted for one in nation.provinces if one.accepted is not None and not one.is_live]
    rows = ReceivedFigure.objects.filter(package__in=wanted, is_part=False).exclude(
        basis__in=(Basis.DERIVED, Basis.PUBLISHED)
    )
    found: _Received = {}
    for row in rows.order_by("order"):
        found.setdefault((row.package_id, row.indicator, row.filters, row.since, row.until), row)
    return found


def _figure(
    request: FigureRequest, rolled: Rolled, nation: Nation, received: _Received, indicator: Indicator
) -> NationFigure:
    cells = []
    for province in nation.provinces:
        live = rolled.parts.get(province.book)
        if live is not None:
            cells.append(_live(province, live))
        elif province.accepted is not None:
            key = (
                province.accepted.pk, request.indicator, filters_text(request.filters), request.period.since,
                request.period.until,
            )  # fmt: skip
            cells.append(_from_package(province, received.get(key)))
        else:
            cells.append(Cell(province, None))
    return NationFigure(request, indicator, tuple(cells), _tidy(rolled.twice) or Decimal(0), rolled.journeys)


def _tidy(value: Decimal | None) -> Decimal | None:
    """Without noughts behind the comma, which a measure in cents would show."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def _live(province: Province, figure: Figure) -> Cell:
    if figure.indicator.kind not in BASE_KINDS:
        return Cell(province, None, live=figure)
    if figure.status in COUNTED:
        return Cell(province, _tidy(figure.value), live=figure)
    # Until the register is complete a paper answers for the province: its word stands beside what is recorded.
    beside = figure.stated or figure.estimate
    value = figure.recorded if figure.facts else None
    return Cell(province, _tidy(value), _tidy(beside.value) if beside else None, live=figure)


def _from_package(province: Province, row: ReceivedFigure | None) -> Cell:
    if row is None:
        return Cell(province, None)
    if row.basis == Basis.COUNTED and row.status in COUNTED:
        return Cell(province, Decimal(row.value), received=row)
    value = Decimal(row.recorded) if row.recorded and row.rows else None
    return Cell(province, value, Decimal(row.value), received=row)
