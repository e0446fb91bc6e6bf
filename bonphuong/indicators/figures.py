"""What a figure is: a value, where it comes from, and everything that a page must say beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from bonphuong.indicators.enums import FigureStatus, IndicatorKind
from bonphuong.kernel.money import from_scaled

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bonphuong.indicators.models import Indicator
    from bonphuong.kernel.periods import Period
    from bonphuong.ledger.models import Statement
    from bonphuong.ledger.queries import Where

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class FigureRequest:
    """Ask for an indicator of an office (its code; None: the whole nation) in a period.

    `as_of` asks for the figure as it stood at that moment; `filters` narrows the indicator's own further.
    """

    indicator: str
    office: str | None
    period: Period
    as_of: dt.datetime | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(
            (self.indicator, self.office, self.period, self.as_of, tuple(sorted(self.filters.items())))
        )


@dataclass(frozen=True)
class StatedView:
    """A statement beside a figure, unscaled."""

    statement: Statement
    value: Decimal


@dataclass(frozen=True)
class Figure:
    """One figure. `value` is None where there is none; `status` says why, or where the value comes from.

    `recorded` is what the records come to, `stated` what a paper says for exactly this period, `difference` the
    first less the second where the register is complete. `entered` of the stated value says how far entering has
    come where it is not. `estimate` and `target` stand beside and never answer. `others` are statements of
    other periods that touch this one: shown, never summed.
    """

    request: FigureRequest
    indicator: Indicator
    status: FigureStatus
    value: Decimal | None
    recorded: Decimal | None = None
    facts: int = 0
    is_covered: bool = False
    stated: StatedView | None = None
    estimate: StatedView | None = None
    target: StatedView | None = None
    difference: Decimal | None = None
    others: Sequence[StatedView] = ()
    where: Where | None = None
    sources: Mapping[UUID, int] = field(default_factory=dict)

    @property
    def entered(self) -> tuple[Decimal, Decimal] | None:
        """(entered, stated) while the paper answers for a register that is not complete."""
        if self.status != FigureStatus.STATED or self.stated is None:
            return None
        return (self.recorded or Decimal(0), self.stated.value)

    def unit(self, lang: str) -> str:
        """The counting word; a share is in per cent."""
        if self.indicator.measure:
            return self.indicator.get_measure().unit(lang)
        return "%" if self.indicator.kind in {IndicatorKind.SHARE, IndicatorKind.PERCENT} else ""


def unscaled(value: int, indicator: Indicator) -> Decimal:
    """The ledger's integer as the measure's decimal."""
    return from_scaled(value, indicator.get_measure().exponent)


def growth(now: Decimal | None, then: Decimal | None) -> Decimal | None:
    """Growth in per cent, one decimal; None where there is nothing to compare with."""
    if now is None or not then:
        return None
    return ((now - then) * HUNDRED / then).quantize(Decimal("0.1"))


def share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Part of the whole in per cent, one decimal; None without a whole."""
    if part is None or not whole:
        return None
    return (part * HUNDRED / whole).quantize(Decimal("0.1"))
