"""The figures that a content names, each made once, numbered in the order in which they are first told."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bonphuong.indicators.enums import FigureStatus
from bonphuong.indicators.evidence import by_source, parts_of
from bonphuong.indicators.figures import growth, unscaled
from bonphuong.indicators.partners import PARTNER
from bonphuong.kernel.numbers import format_number
from bonphuong.reports import compared
from bonphuong.reports.enums import Basis
from bonphuong.reports.ground import BEFORE, SAME
from bonphuong.reports.schema import dimension_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from bonphuong.indicators.evidence import FactRow
    from bonphuong.indicators.figures import Figure
    from bonphuong.kernel.periods import Period
    from bonphuong.reports.ground import Ground
    from bonphuong.reports.queries import Told

#: Statuses of a figure that has been counted from records, so that its parts are its whole.
COUNTED = (FigureStatus.RECORDED, FigureStatus.ZERO)
MINUS = "\N{MINUS SIGN}"
#: English words for one that are not the word for several without its last letter.
_ONE = {
    "activities": "activity", "branches": "branch", "congresses": "congress", "counties": "county", "people": "person",
    "person-crossings": "person-crossing", "USD": "USD",
}  # fmt: skip


@dataclass(frozen=True)
class Scope:
    """One code of a dimension, or several that are told together, inside which figures are parts of themselves."""

    dimension: str
    codes: tuple[str, ...]
    label: str

    def __str__(self) -> str:
        return f"[{self.dimension}={'+'.join(self.codes)}]"


@dataclass
class Entry:
    """A figure of the content with everything that its evidence shows. `rows` are scaled by the exponent."""

    number: int
    key: str
    name: str
    figure: Figure
    period: Period
    basis: Basis
    value: Decimal
    text: str
    label: str
    unit: str
    status: str
    scope: Scope | None = None
    rows: Mapping[UUID, int] = field(default_factory=dict)
    formula: str = ""
    operands: tuple[str, ...] = ()
    told: Told | None = None

    @property
    def identifier(self) -> str:
        """What texts and tables name it by."""
        return f"f{self.number}"

    @property
    def bare(self) -> str:
        """Its number without the unit."""
        return self.text.removesuffix(f" {self.unit}").removesuffix(f" {one_of(self.unit)}")


class FigureBook:
    """Makes figures on demand from the ground, and remembers them."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.entries: dict[str, Entry] = {}

    # --- what sentences and tables ask --------------------------------------------------------------------

    def get(
        self, name: str, span: str = "period", facet: str = "", scope: Scope | None = None
    ) -> Entry | None:
        """The figure, or None where there is none to tell."""
        match facet:
            case "" | "bare":
                return self._own(name, span, scope)
            case "recorded":
                return self._recorded(name, span)
            case "same":
                return self._published(name, span, scope) or self._own(name, SAME + span, scope)
            case "same_now":
                return self._own(name, SAME + span, scope)
            case "same_published":
                return self._published(name, span, scope)
            case "late":
                return self._late(name)
        beside = {"growth": FigureBook._growth, "gap": FigureBook._gap, **compared.FACETS}
        if facet not in beside:
            raise ValueError(f"a figure has no side {facet!r}")
        return beside[facet](self, name, span, scope)

    def figure(self, name: str, span: str = "period") -> Figure:
        """The counted figure itself, whatever is told of it."""
        return self.ground.counted.found[name, span]

    def value(
        self, name: str, span: str = "period", facet: str = "", scope: Scope | None = None
    ) -> Decimal | None:
        """The value without making the figure part of the content."""
        before = len(self.entries)
        found = self.get(name, span, facet, scope)
        while len(self.entries) > before:
            self.entries.popitem()
        return None if found is None else found.value

    def scopes(self, dimension: str, names: Iterable[str], span: str, *, now: bool = False) -> list[Scope]:
        """The codes that any of the figures has parts for, the largest first, those not stated last.

        `now`: units and offices under whoever answers for them since the mergers.
        """
        heirs = self.ground.heirs.get(dimension, {}) if now else {}
        weights: dict[str, int] = {}
        under: dict[str, set[str]] = {}
        for name in names:
            for code, rows in self.parts(name, span, dimension).items():
                head = heirs.get(code, code)
                weights[head] = weights.get(head, 0) + abs(sum(row.value for row in rows))
                under.setdefault(head, {head}).add(code)
        order = sorted(weights, key=lambda code: (not code, -weights[code], self.label(dimension, code)))
        return [Scope(dimension, tuple(sorted(under[code])), self.label(dimension, code)) for code in order]

    def parts(self, name: str, span: str, dimension: str) -> dict[str, list[FactRow]]:
        """The facts of a counted figure by the codes of a dimension; none for one that a paper states."""
        figure = self.ground.counted.found.get((name, span))
        if figure is None or figure.status not in COUNTED:
            return {}
        rows = self.ground.counted.rows[name, span]
        parts = parts_of(rows, dimension_field(figure.indicator.measure, dimension))
        return self._as_one(parts) if dimension == PARTNER else parts

    def _as_one(self, parts: Mapping[str, list[FactRow]]) -> dict[str, list[FactRow]]:
        """A partner that was entered twice is one partner, as everywhere else."""
        found: dict[str, list[FactRow]] = {}
        for code, rows in parts.items():
            head = self.ground.kept.get(code, code)
            found[head] = [*found.get(head, ()), *rows]
        return found

    def label(self, dimension: str, code: str) -> str:
        """The name of a code; what the definition words goes before what the tables name."""
        words = self.ground.definition.words.get(dimension, {})
        if code in words:
            return words[code]
        if not code:
            return words.get("", _("not stated"))
        return self.ground.names.get(dimension, {}).get(code, code)

    def estimated(self, name: str, span: str = "period") -> bool:
        """Whether a person's estimate is told for the figure."""
        return span == "period" and self.ground.is_open and name in self.ground.estimates

    def comparable(self, name: str, span: str = "period", scope: Scope | None = None) -> bool:
        """Whether the figure is of a whole period, so that it can stand beside that of a year before."""
        return not self.ground.is_open or (scope is None and self.estimated(name, span))

    # --- how each is made ---------------------------------------------------------------------------------

    def _own(self, name: str, span: str, scope: Scope | None) -> Entry | None:
        if scope is not None:
            return self._part(name, span, scope)
        if self.estimated(name, span):
            return self._estimate(name)
        return self._counted(name, span, name)

    def _recorded(self, name: str, span: str) -> Entry | None:
        figure = self.figure(name, span)
        if figure.recorded is None:
            return None
        if figure.status in COUNTED and not self.estimated(name, span):
            return self._own(name, span, None)
        return self._counted(name, span, f"{name}:recorded", value=figure.recorded)

    def _counted(self, name: str, span: str, start: str, value: Decimal | None = None) -> Entry | None:
        figure = self.ground.counted.found.get((name, span))
        if figure is None:
            return None
        shown = figure.value if value is None else value
        if shown is None:
            return None
        if not figure.indicator.measure:
            return self._ratio(name, span, figure, shown)
        key = f"{start}@{span}"
        return self.keep(key) or self.make(
            key, figure, Basis.COUNTED, shown, name=name, span=span, rows=self._adds(name, span),
            status=str(figure.status if value is None else FigureStatus.RECORDED),
        )  # fmt: skip

    def _ratio(self, name: str, span: str, figure: Figure, value: Decimal) -> Entry:
        """A figure in per cent of another, or divided by it: computed, from figures of the report where it has them."""
        key = f"{name}@{span}"
        kept = self.keep(key)
        if kept is not None:
            return kept
        specs = self.ground.definition.figures.values()
        parts = [
            self._own(spec.name, span, None)
            for code in (figure.indicator.numerator, figure.indicator.denominator)
            for spec in specs
            if spec.indicator == code and not spec.filters
        ]
        made = self.make(key, figure, Basis.DERIVED, value, name=name, span=span, status=str(figure.status))
        if made.unit == "%":
            made.text = self.percent(value)
        operands = [part for part in parts if part is not None]
        if len(operands) == 2:
            made.operands = tuple(part.key for part in operands)
            over, under = (self.number(part.value) for part in operands)
            made.formula = f"{over} ÷ {under} = {made.text}"
        return made

    def _estimate(self, name: str) -> Entry:
        figure = self.figure(name)
        key = f"{name}@period"
        value = unscaled(self.ground.estimates[name], figure.indicator)
        kept = self.keep(key)
        if kept is not None:
            return kept
        made = self.make(
            key, figure, Basis.ESTIMATE, value, name=name, span="period", rows=self._adds(name, "period"),
            status="estimated",
        )  # fmt: skip
        made.text = _("est. %(figure)s") % {"figure": made.text}
        return made

    def _part(self, name: str, span: str, scope: Scope) -> Entry | None:
        figure = self.ground.counted.found.get((name, span))
        if figure is None or figure.status not in COUNTED:
            return None
        key = f"{name}@{span}{scope}"
        parts = self.parts(name, span, scope.dimension)
        rows = [row for code in scope.codes for row in parts.get(code, ())]
        value = unscaled(sum(row.value for row in rows), figure.indicator)
        return self.keep(key) or self.make(
            key, figure, Basis.PART, value, name=name, span=span, rows=by_source(rows), scope=scope,
            status=str(FigureStatus.RECORDED if value else FigureStatus.ZERO),
        )  # fmt: skip

    def _published(self, name: str, span: str, scope: Scope | None) -> Entry | None:
        told = self.ground.spans.earlier.same
        if told is None or span.startswith(SAME):
            return None
        earlier = told.entry(f"{name}@{span}{scope or ''}")
        if earlier is None or earlier["value"] is None:
            return None
        return self._told(told, name, f"{name}@{span}{scope or ''}", SAME + span, scope)

    def _told(self, told: Told, name: str, then: str, span: str, scope: Scope | None = None) -> Entry | None:
        """A figure as an earlier edition gave it, under its key then."""
        earlier = told.entry(then)
        figure = self.ground.counted.found.get((name, span))
        if earlier is None or earlier["value"] is None or figure is None:
            return None
        key = f"{name}@{span}:published{scope or ''}"
        kept = self.keep(key)
        if kept is not None:
            return kept
        made = self.make(
            key, figure, Basis.PUBLISHED, Decimal(earlier["value"]), name=name, span=span, scope=scope,
            status=earlier["status"],
        )  # fmt: skip
        made.told = told
        if told.content["language"] == self.ground.language:
            made.text = earlier["text"]
        elif earlier["basis"] == Basis.ESTIMATE:
            made.text = _("est. %(figure)s") % {"figure": made.text}
        return made

    def _growth(self, name: str, span: str, scope: Scope | None) -> Entry | None:
        pair = self.pair(name, span, scope)
        if pair is None:
            return None
        now, then = pair
        grown = growth(now.value, then.value)
        if grown is None:
            return None
        percent = self.percent(abs(grown))
        formula = f"({self.number(now.value)} {MINUS} {self.number(then.value)}) ÷ {self.number(then.value)} = {_sign(grown)}{percent}"
        return self._derived(f"{now.key}:growth", pair, grown, percent, formula)

    def _gap(self, name: str, span: str, scope: Scope | None) -> Entry | None:
        pair = self.pair(name, span, scope)
        if pair is None:
            return None
        now, then = pair
        gap = now.value - then.value
        size = self.number(abs(gap))
        formula = f"{self.number(now.value)} {MINUS} {self.number(then.value)} = {_sign(gap)}{size}"
        return self._derived(f"{now.key}:gap", pair, gap, self.worded(abs(gap), now.unit), formula)

    def pair(self, name: str, span: str, scope: Scope | None) -> tuple[Entry, Entry] | None:
        """(now, what it is compared with), where both stand and the period is over."""
        if not self.comparable(name, span, scope):
            return None
        now = self._own(name, span, scope)
        then = self.get(name, span, "same", scope)
        return None if now is None or then is None else (now, then)

    def _late(self, name: str) -> Entry | None:
        """What came into earlier periods after the last edition was signed: now less what it told."""
        told = self.ground.spans.earlier.last
        figure = self.ground.counted.found.get((name, BEFORE))
        if told is None or figure is None:
            return None
        earlier = told.entry(f"{name}@to_date")
        if earlier is not None and earlier["basis"] == Basis.ESTIMATE:
            return None
        then = told.value(f"{name}@to_date") or Decimal(0)
        change = (figure.value or Decimal(0)) - then
        if not change:
            return None
        key = f"{name}@{BEFORE}:late"
        kept = self.keep(key)
        if kept is not None:
            return kept
        size = self.number(abs(change))
        made = self.make(
            key, figure, Basis.DERIVED, change, name=name, span=BEFORE, status=str(figure.status),
            rows=self._adds(name, BEFORE, after=told.heads),
        )  # fmt: skip
        made.text = self.worded(abs(change), made.unit)
        made.told = told
        made.formula = (
            f"{self.number(figure.value or Decimal(0))} {MINUS} {self.number(then)} = {_sign(change)}{size}"
        )
        return made

    def restated(self, name: str, span: str) -> tuple[Entry, Entry, Entry] | None:
        """(as told then, as it is now, difference) for an earlier period of this year, where the two differ."""
        told = self.ground.spans.restated[span]
        figure = self.ground.counted.found.get((name, span))
        then = told.value(f"{name}@period")
        if figure is None or figure.value is None or then is None or figure.value == then:
            return None
        published, now = self._told(told, name, f"{name}@period", span), self._counted(name, span, name)
        if published is None or now is None:
            return None
        return published, now, self._difference(f"{name}@{span}:restated", now, published)

    def _difference(self, key: str, now: Entry, then: Entry) -> Entry:
        """The first less the second, with its sign in the text."""
        gap = now.value - then.value
        size = f"{_sign(gap)}{self.number(abs(gap))}"
        formula = f"{self.number(now.value)} {MINUS} {self.number(then.value)} = {size}"
        return self._derived(key, (now, then), gap, self.worded(abs(gap), now.unit, sign=_sign(gap)), formula)

    def trueup(self, name: str, span: str) -> tuple[Entry, Entry, Entry] | None:
        """(estimate, final figure, difference) for a period that is over and was told by estimate."""
        figure = self.ground.counted.found.get((name, span))
        if figure is None or figure.estimate is None or figure.value is None:
            return None
        if self.ground.spans[span].until >= self.ground.day:
            return None
        key = f"{name}@{span}:estimate"
        estimate = self.keep(key) or self.make(
            key, figure, Basis.ESTIMATE, figure.estimate.value, name=name, span=span, status="estimated"
        )
        estimate.text = _("est. %(figure)s") % {"figure": self.worded(estimate.value, estimate.unit)}
        final = self._counted(name, span, name)
        if final is None:
            return None
        return estimate, final, self._difference(f"{key}:gap", final, estimate)

    def not_carried_out(self) -> Entry | None:
        """How many were allowed and have not been carried out."""
        uids = self.ground.not_carried_out
        if not uids:
            return None
        name = next(iter(self.ground.definition.allowed))
        figure, one = self.figure(name), 10 ** self.figure(name).indicator.get_measure().exponent
        key = "not_carried_out@period"
        kept = self.keep(key)
        if kept is not None:
            return kept
        made = self.make(
            key, figure, Basis.DERIVED, Decimal(len(uids)), name=name, span="period", status=str(figure.status),
            rows=dict.fromkeys(uids, one),
        )  # fmt: skip
        made.label, made.unit = _("Allowed, not carried out"), pgettext("report", "cases")
        made.text = f"{len(uids)} {made.unit}"
        return made

    def _derived(self, key: str, pair: tuple[Entry, Entry], value: Decimal, text: str, formula: str) -> Entry:
        unit = "%" if text.endswith("%") else pair[0].unit
        return self.derived(key, pair, value, (text, unit), formula)

    def derived(
        self, key: str, pair: tuple[Entry, Entry], value: Decimal, said: tuple[str, str], formula: str
    ) -> Entry:
        """A figure computed from two others; `said` is its text and its unit."""
        kept = self.keep(key)
        if kept is not None:
            return kept
        now, then = pair
        made = Entry(
            number=len(self.entries) + 1, key=key, name=now.name, figure=now.figure, period=now.period,
            basis=Basis.DERIVED, value=value, text=said[0], label=now.label, unit=said[1],
            status=now.status, scope=now.scope, formula=formula, operands=(now.key, then.key),
        )  # fmt: skip
        self.entries[key] = made
        return made

    def make(
        self,
        key: str,
        figure: Figure,
        basis: Basis,
        value: Decimal,
        *,
        name: str,
        span: str,
        status: str,
        rows: Mapping[UUID, int] | None = None,
        scope: Scope | None = None,
    ) -> Entry:
        """A new figure of the content, under its key."""
        unit = figure.unit(self.ground.language)
        label = figure.indicator.label(self.ground.language)
        made = Entry(
            number=len(self.entries) + 1, key=key, name=name, figure=figure, period=self.ground.spans[span],
            basis=basis, value=value, text=self.worded(value, unit),
            label=f"{label}: {scope.label}" if scope else label, unit=unit, status=status, scope=scope,
            rows=rows or {},
        )  # fmt: skip
        self.entries[key] = made
        return made

    def keep(self, key: str) -> Entry | None:
        """The figure of that key where it has been made already."""
        return self.entries.get(key)

    def _adds(
        self, name: str, span: str, after: Mapping[str, tuple[int, str]] | None = None
    ) -> dict[UUID, int]:
        rows: Sequence[FactRow] = self.ground.counted.rows[name, span]
        if after is not None:
            rows = [row for row in rows if row.seq > after.get(row.book, (0, ""))[0]]
        return by_source(rows)

    def worded(self, value: Decimal, unit: str, *, sign: str = "") -> str:
        """The number with its unit; English has a word of its own for one."""
        word = one_of(unit) if self.ground.language == "en" and value == 1 else unit
        return f"{sign}{self.number(value)} {word}".strip()

    def percent(self, value: Decimal) -> str:
        """Hundredths with one decimal, none that says nothing."""
        return f"{self.number(value)}%"

    def number(self, value: Decimal) -> str:
        """The number as the report's language writes it, without decimals that say nothing."""
        whole = value.to_integral_value()
        return format_number(whole if value == whole else value.normalize(), self.ground.language)


def one_of(unit: str) -> str:
    """The English word for one of a unit."""
    return _ONE.get(unit, unit.removesuffix("s"))


def _sign(value: Decimal) -> str:
    return MINUS if value < 0 else ""
