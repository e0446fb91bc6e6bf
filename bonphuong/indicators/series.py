"""A figure over periods and its parts: what a chart and its table show, read in a bounded number of statements."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.cache import cache

from bonphuong.accounts.models import Office
from bonphuong.indicators.enums import FigureStatus
from bonphuong.indicators.partners import PARTNER
from bonphuong.indicators.places import offices_as_now
from bonphuong.indicators.queries import OFFICE, figures, splits
from bonphuong.kernel import clock
from bonphuong.ledger.models import BookHead
from bonphuong.parties.models import Party
from bonphuong.parties.queries import codes_as_one, kept_codes
from bonphuong.reference.queries import as_now

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.indicators.figures import Figure, FigureRequest
    from bonphuong.kernel.periods import Period

UNIT = "unit"
_KEPT_SECONDS = 24 * 3600
_EMPTY = {FigureStatus.NOT_ENTERED, FigureStatus.NONE}


@dataclass(frozen=True)
class SeriesRequest:
    """Ask for a figure in `periods`, each beside `befores` (the same days a year earlier) and `beside` (another
    indicator of the same period), parted by `dimension` where one is named. `now` reads units as they stand today.
    """

    request: FigureRequest
    periods: tuple[Period, ...]
    befores: tuple[Period, ...]
    dimension: str = ""
    beside: str = ""
    now: bool = False


@dataclass(frozen=True)
class Step:
    """One period: the figure, the same days a year earlier, the other indicator, and the parts by code."""

    period: Period
    now: Figure
    then: Figure
    beside: Figure | None
    parts: Mapping[str, Decimal]


def series(asked: SeriesRequest) -> list[Step]:
    """The figure period by period, oldest first. Kept until the next posting in one of the books that it reads."""
    key = _key(asked)
    found: list[Step] | None = cache.get(key)
    if found is None:
        found = _read(asked)
        cache.set(key, found, _KEPT_SECONDS)
    if asked.dimension in {PARTNER, UNIT, OFFICE}:
        found = _as_one(found, asked)
    return found


def books_of(office: str) -> list[str]:
    """The book that the figures of an office are read from; none for an office that there is not."""
    paths = Office.objects.filter(pk=office).values_list("path", flat=True)
    return [path.strip("/").partition("/")[0] for path in paths]


def begun(steps: Sequence[Step]) -> list[Step]:
    """Without the periods at the beginning of which nothing is known."""
    first = next((n for n, step in enumerate(steps) if step.now.status not in _EMPTY), len(steps) - 1)
    return list(steps[max(first, 0) :])


def totals(steps: Sequence[Step]) -> dict[str, Decimal]:
    """Code → its sum over all periods, the largest first."""
    found: dict[str, Decimal] = {}
    for step in steps:
        for code, value in step.parts.items():
            found[code] = found.get(code, Decimal(0)) + value
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _read(asked: SeriesRequest) -> list[Step]:
    at = [replace(asked.request, period=period) for period in asked.periods]
    before = [replace(asked.request, period=period) for period in asked.befores]
    beside = [replace(one, indicator=asked.beside) for one in at] if asked.beside else []
    answers = iter(figures([*at, *before, *beside]))
    nows = [next(answers) for _one in at]
    thens = [next(answers) for _one in before]
    others: list[Figure | None] = [next(answers) for _one in beside]
    others = others or [None for _one in at]
    parts = splits(at, asked.dimension) if asked.dimension else [{} for _one in at]
    return [Step(*row) for row in zip(asked.periods, nows, thens, others, parts, strict=True)]


def _key(asked: SeriesRequest) -> str:
    """The name under which the answer is kept: what was asked, of which day, over which heads of the ledger."""
    book = (asked.request.office or "").partition("/")[0]
    heads = BookHead.objects.order_by("book").values_list("book", "seq")
    merged = sorted(kept_codes().items()) if PARTNER in {asked.dimension, *asked.request.filters} else []
    asked_text = repr(
        (asked.request.indicator, book, asked.request.as_of, sorted(asked.request.filters.items()),
         [(p.since, p.until) for p in (*asked.periods, *asked.befores)], asked.dimension, asked.beside)
    )  # fmt: skip
    text = repr((asked_text, clock.today(), list(heads), merged))
    return f"series:{hashlib.sha256(text.encode()).hexdigest()}"


def _as_one(steps: Sequence[Step], asked: SeriesRequest) -> list[Step]:
    """Parts of partners under the province or body that they belong to, parts of units and offices as they stand today."""
    codes = {code for step in steps for code in step.parts if code}
    heads = heads_of(codes, asked.dimension, now=asked.now)
    return [replace(step, parts=_joined(step.parts, heads)) for step in steps]


def heads_of(codes: set[str], dimension: str, *, now: bool) -> dict[str, str]:
    """Code → the code under which it stands in a table: its partner's widest, its place or office as it is today, else itself."""
    if dimension == PARTNER:
        return tops(codes)
    if dimension == UNIT and now:
        return as_now(codes)
    if dimension == OFFICE and now:
        return offices_as_now(codes)
    return {code: code for code in codes}


def _joined(parts: Mapping[str, Decimal], heads: Mapping[str, str]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for code, value in parts.items():
        head = heads.get(code, code)
        found[head] = found.get(head, Decimal(0)) + value
    return {code: value for code, value in found.items() if value}


def tops(codes: set[str]) -> dict[str, str]:
    """Code of a partner → the widest one above it: a county counts under its province. Unknown codes stay."""
    parents = dict(Party.objects.values_list("code", "parent_id"))
    kept = kept_codes()
    return {code: _top(kept.get(code, code), parents) for code in codes}


def _top(code: str, parents: Mapping[str, str | None]) -> str:
    seen = {code}
    while (above := parents.get(code)) and above not in seen:
        seen.add(above)
        code = above
    return code


def under(code: str) -> tuple[str, ...]:
    """A partner and all below it, with the codes of those entered twice: what its row in a table is made of."""
    parents = dict(Party.objects.values_list("code", "parent_id"))
    below = [one for one in parents if _is_under(one, code, parents)]
    return tuple(codes_as_one([code, *(one for one in below if one != code)]))


def _is_under(code: str, top: str, parents: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    here: str | None = code
    while here and here not in seen:
        if here == top:
            return True
        seen.add(here)
        here = parents.get(here)
    return False
