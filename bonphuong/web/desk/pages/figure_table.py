"""The table beside the chart: a row for each period, a column for each part, every cell leading to its rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.indicators.enums import FigureStatus, IndicatorKind
from bonphuong.indicators.figures import growth, share
from bonphuong.indicators.queries import OFFICE
from bonphuong.indicators.series import UNIT, totals
from bonphuong.indicators.spans import unusual
from bonphuong.kernel.charts.palette import SERIES
from bonphuong.kernel.periods import Period
from bonphuong.reference.queries import divided
from bonphuong.web.desk.pages.figure_filters import AT, names_of, written
from bonphuong.web.desk.pages.figure_state import NOW, RANKED
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.indicators.figures import Figure
    from bonphuong.indicators.series import Step
    from bonphuong.indicators.spans import Unusual
    from bonphuong.web.desk.pages.figure_state import FigureState

#: A ranking names so many; the other pictures only as many as there are colours.
MOST_PARTS = 30
ANCHOR = "rows"


@dataclass(frozen=True)
class Part:
    """One part over all periods; `code` is empty for what is left over and for what no record bears out."""

    code: str
    label: str
    values: tuple[Decimal, ...]
    # What the figure is narrowed to for its rows, as an address writes it; empty where no rows stand behind it.
    narrow: str = ""

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
    then: Cell
    target: Cell
    of_target: Decimal | None
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
    sums: Sequence[Cell]
    sum_of_all: Cell | None
    beside_sum: Decimal | None
    with_target: bool = False
    # What the reader of the table must be told: why nothing is added up, what its columns are.
    notes: Sequence[str] = ()


def parts_of(steps: Sequence[Step], state: FigureState) -> list[Part]:
    """The largest parts by name, one for all that is left, one for what only a paper states; none unparted."""
    if not state.parted_by or not steps or steps[-1].now.where is None:
        return []
    by_size = totals(steps)
    named = [code for code in by_size if code][: MOST_PARTS if state.look == RANKED else len(SERIES)]
    names = names_of(state.measure, state.split, named)
    found = [Part(code, names.get(code, code), _values(steps, [code]), written([code])) for code in named]
    left = [code for code in by_size if code not in named]
    if left:
        label = _("not stated") if left == [""] else _("all others")
        narrow = written(left) if left == [""] else written(named, but=True)
        found.append(Part("", label, _values(steps, left), narrow))
    beyond = tuple(_beyond(step) for step in steps)
    if any(beyond):
        found.append(Part("", _("only stated by a paper"), beyond))
    return found


def _values(steps: Sequence[Step], codes: Sequence[str]) -> tuple[Decimal, ...]:
    return tuple(sum((step.parts.get(code, Decimal(0)) for code in codes), Decimal(0)) for step in steps)


def _beyond(step: Step) -> Decimal:
    """What a paper states beyond all that is entered: nobody can say what it is made of."""
    entered = sum(step.parts.values(), Decimal(0))
    return Decimal(0) if step.now.value is None else max(step.now.value - entered, Decimal(0))


def table_of(steps: Sequence[Step], parts: Sequence[Part], state: FigureState, beside: str) -> Table:
    """The table, the newest period first."""
    rows = [_row(step, n, parts, state) for n, step in enumerate(steps)]
    why = why_no_total(steps, state)
    summed = bool(rows) and not why
    known = [row.total.value for row in rows if row.total.value is not None]
    others = [row.beside.value for row in rows if row.beside and row.beside.value is not None]
    whole = _whole(steps, state) if summed else None
    return Table(
        rows=rows[::-1],
        parts=parts,
        beside=beside,
        sums=[Cell(sum(part.values, Decimal(0)), _sum_url(whole, part)) for part in parts] if summed else [],
        sum_of_all=Cell(sum(known, Decimal(0)), whole.url(anchor=ANCHOR) if whole else "")
        if summed and known
        else None,
        beside_sum=sum(others, Decimal(0)) if summed and others else None,
        with_target=not parts and any(row.now.target for row in rows),
        notes=[note for note in (why, parts_note(steps, parts, state)) if note],
    )


def why_no_total(steps: Sequence[Step], state: FigureState) -> str:
    """Why the periods of this table are not added up below it; empty where they are."""
    if len(steps) <= 1:
        return ""
    indicator = steps[-1].now.indicator
    if indicator.kind == IndicatorKind.LEVEL:
        return _("This is a state on a day: states of different days are not added up.")
    if indicator.kind != IndicatorKind.SUM:
        return _("This is a ratio: it is worked out anew for each period and not added up.")
    if not indicator.is_additive:
        return _("The same people or things may be counted in several rows: they are not added up.")
    if state.run:
        return _("Each row holds the rows before it: they are not added up.")
    if any(step.now.status == FigureStatus.STATED for step in steps):
        return _("Some rows are stated by papers: what papers state is shown and not added up.")
    return ""


def parts_note(steps: Sequence[Step], parts: Sequence[Part], state: FigureState) -> str:
    """What is to be known of the columns: whether they add up to the total, and how places were followed."""
    if not parts:
        return ""
    said = []
    if not steps[-1].now.indicator.is_additive:
        said.append(
            _(
                "The columns add up to this figure, but it counts the same thing more than once (a trip to two countries "
                "counts in both): it is not the number of different ones."
            )
        )
    if any(part.narrow == "" for part in parts):
        said.append(_("What only a paper states has no parts: nobody has entered the records."))
    if state.split == UNIT and state.places == NOW:
        gone = divided(code for step in steps for code in step.parts if code)
        if gone:
            said.append(_("A place that was divided is counted under its main part."))
    return " ".join(said)


def _whole(steps: Sequence[Step], state: FigureState) -> FigureState | None:
    """The state over all rows together, where no day lies between them."""
    days = [(step.period.since, step.period.until) for step in steps]
    if any((after[0] - before[1]).days != 1 for before, after in pairwise(days)):
        return None
    return replace(state, period=Period.between(days[0][0], days[-1][1], state.period.cutoff), page=1)


def _sum_url(whole: FigureState | None, part: Part) -> str:
    return _cell_url(whole, part) if whole is not None else ""


def _row(step: Step, n: int, parts: Sequence[Part], state: FigureState) -> Row:
    measured = step.now.indicator.measure or state.indicator
    before = step.then.request.period
    bent = unusual(measured, step.period) or unusual(measured, before)
    at = replace(state, period=step.period, page=1)
    target = step.now.target
    return Row(
        period=step.period,
        label=step.period.label(language()),
        cells=[Cell(part.values[n], _cell_url(at, part)) for part in parts],
        total=Cell(step.now.value, at.url(anchor=ANCHOR)),
        now=step.now,
        then=Cell(step.then.value, replace(at, period=before, run="").url(anchor=ANCHOR)),
        target=Cell(target.value if target else None),
        of_target=share(step.now.value, target.value) if target else None,
        beside=_beside(step, at),
        growth=None if bent else growth(step.now.value, step.then.value),
        unusual=bent,
        is_picked=step.period == state.period,
    )


def _cell_url(at: FigureState, part: Part) -> str:
    """The rows of one part, and no others."""
    if not part.narrow:
        return ""
    return at.url(narrow={AT if at.split == OFFICE else at.split: part.narrow}, split="", anchor=ANCHOR)


def _beside(step: Step, at: FigureState) -> Cell | None:
    if step.beside is None:
        return None
    return Cell(step.beside.value, at.url(indicator=step.beside.request.indicator, anchor=ANCHOR))
