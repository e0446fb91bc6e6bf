"""Sides of a figure that set it beside another: how many times as much, the average of a year, what was planned."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.indicators.figures import share
from bonphuong.ledger.enums import Shape
from bonphuong.reports.enums import Basis

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bonphuong.reports.figurebook import Entry, FigureBook, Scope

_TENTH = Decimal("0.1")
#: From so many times as much on, a rise is told as a multiple.
_TWICE, _THRICE = 2, 3
#: Below this a per cent of what there was before says more than there is to say.
SMALL = 10


def is_multiple(now: Decimal, then: Decimal) -> bool:
    """Whether a rise is better told as a multiple: from 1 to 5 is five times as much, from 1 to 2 one more."""
    if then <= 0 or now < _TWICE * then:
        return False
    return now >= _THRICE * then or then >= SMALL or (now % then == 0 and then > 1)


def multiple(now: Decimal, then: Decimal) -> Decimal:
    """How many times as much, cut to one decimal. Raises ZeroDivisionError where there was nothing."""
    return (now / then).quantize(_TENTH, rounding=ROUND_DOWN)


def yearly(whole: Decimal, years: int) -> Decimal:
    """What a year had on average, to one decimal."""
    return (whole / years).quantize(_TENTH)


def times(book: FigureBook, name: str, span: str, scope: Scope | None) -> Entry | None:
    """How many times as much as what it is compared with; what is not whole is told as more than one decimal."""
    pair = book.pair(name, span, scope)
    if pair is None or pair[1].value <= 0:
        return None
    now, then = pair
    ratio, told = now.value / then.value, multiple(now.value, then.value)
    words = _("%(ratio)s times") if told == ratio else _("more than %(ratio)s times")
    text = words % {"ratio": book.number(told)}
    formula = f"{book.number(now.value)} ÷ {book.number(then.value)} = {text}"
    return book.derived(f"{now.key}:times", pair, told, (text, ""), formula)


def average(book: FigureBook, name: str, span: str, scope: Scope | None) -> Entry | None:
    """What a year of the term had on average.

    None of a level, none while the term still runs, and none where a year has no figure: it would make it too small.
    """
    years = len(book.ground.spans.years)
    figure = book.ground.counted.found.get((name, span))
    if (
        years < _TWICE
        or book.ground.is_open
        or scope is not None
        or figure is None
        or not figure.indicator.measure
    ):
        return None
    whole = book.get(name, span)
    if figure.indicator.get_measure().shape is not Shape.FLOW or whole is None:
        return None
    if any(book.get(name, year) is None for year in book.ground.spans.years):
        return None
    value = yearly(whole.value, years)
    formula = f"{book.number(whole.value)} ÷ {years} = {book.number(value)}"
    said = (book.worded(value, whole.unit), whole.unit)
    return book.derived(f"{whole.key}:average", (whole, whole), value, said, formula)


def target(book: FigureBook, name: str, span: str, scope: Scope | None) -> Entry | None:
    """What a paper planned for exactly this period."""
    figure = book.ground.counted.found.get((name, span))
    if scope is not None or figure is None or figure.target is None:
        return None
    key = f"{name}@{span}:target"
    kept = book.keep(key)
    if kept is not None:
        return kept
    made = book.make(
        key, figure, Basis.DERIVED, figure.target.value, name=name, span=span, status=str(figure.status)
    )
    uid = figure.target.statement.paper_uid
    paper = book.ground.papers.get(uid) if uid else None
    made.formula = _("planned: %(paper)s") % {"paper": paper.text if paper else figure.target.statement.text}
    return made


def of_target(book: FigureBook, name: str, span: str, scope: Scope | None) -> Entry | None:
    """The result in per cent of what was planned."""
    planned, reached = target(book, name, span, scope), book.get(name, span, "", scope)
    value = None if planned is None or reached is None else share(reached.value, planned.value)
    if planned is None or reached is None or value is None:
        return None
    text = book.percent(value)
    formula = f"{book.number(reached.value)} ÷ {book.number(planned.value)} = {text}"
    return book.derived(f"{reached.key}:of_target", (reached, planned), value, (text, "%"), formula)


FACETS: Mapping[str, Callable[[FigureBook, str, str, Scope | None], Entry | None]] = {
    "times": times,
    "average": average,
    "target": target,
    "of_target": of_target,
}
