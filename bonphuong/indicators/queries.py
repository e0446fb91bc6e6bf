"""The only home of a count or a sum. All figures of a page are found in a handful of statements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.models import Office
from bonphuong.indicators.enums import FigureStatus, IndicatorKind
from bonphuong.indicators.figures import Figure, FigureRequest, StatedView, share, unscaled
from bonphuong.indicators.models import Indicator
from bonphuong.indicators.partners import PARTNER, heads_of
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.ledger.enums import Shape, StatementKind
from bonphuong.ledger.facts import dimensions_text
from bonphuong.ledger.models import BookHead
from bonphuong.ledger.queries import (
    Sum,
    Where,
    coverage_at,
    is_covered,
    seq_as_of,
    sources_behind,
    split_sum,
    split_sums,
    statements_at,
    sum_facts,
)
from bonphuong.parties.queries import codes_as_one, kept_codes
from bonphuong.records.enums import LinkKind
from bonphuong.records.models import Record, RecordLink

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from bonphuong.ledger.models import Statement
    from bonphuong.ledger.queries import Declared

#: A filter by the office that a record is counted at, which the ledger keeps beside its dimensions.
OFFICE = "office"
BASE_KINDS = {IndicatorKind.SUM, IndicatorKind.LEVEL, IndicatorKind.TIMELESS}


@dataclass(frozen=True)
class Scope:
    """An office resolved: its book, the offices under it (none: the whole book), those above it and itself."""

    books: tuple[str, ...]
    offices: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()


@dataclass
class _Ground:
    """All that the figures of one call share, read once."""

    indicators: dict[str, Indicator]
    scopes: dict[str | None, Scope]
    positions: dict[tuple[str, dt.datetime | None], int | None]
    statements: dict[tuple[object, ...], list[Statement]]
    coverage: dict[tuple[object, ...], list[Declared]]
    sums: dict[Where, Sum]
    kept: dict[str, str] | None = None

    def as_one(self, dimension: str, codes: Sequence[str]) -> tuple[str, ...]:
        """A partner that was entered twice is asked for under all its codes, which are read once for all figures."""
        if dimension != PARTNER:
            return tuple(codes)
        if self.kept is None:
            self.kept = kept_codes()
        return tuple(codes_as_one(codes, self.kept))


def figure(request: FigureRequest) -> Figure:
    """One figure. For a page, ask for all at once with `figures`."""
    return figures([request])[0]


def figures(requests: Sequence[FigureRequest]) -> list[Figure]:
    """The figures asked for, in their order. Raises BadInput for an unknown indicator or office."""
    ground = _ground(requests)
    return [_figure(request, ground) for request in requests]


def split(request: FigureRequest, dimension: str) -> dict[str, Decimal]:
    """A base figure parted by a dimension: code → value."""
    ground = _ground([request])
    indicator = ground.indicators[request.indicator]
    where = _where(request, indicator, ground)
    if where is None:
        return {}
    parts = {code: unscaled(part.value, indicator) for code, part in split_sum(where, dimension).items()}
    return heads_of(parts) if dimension == PARTNER else parts


def splits(requests: Sequence[FigureRequest], dimension: str) -> list[dict[str, Decimal]]:
    """As `split`, for many requests in a bounded number of statements; {} where the figure has no parts."""
    ground = _ground(requests)
    wheres = [_where(request, ground.indicators[request.indicator], ground) for request in requests]
    parts = iter(split_sums([where for where in wheres if where is not None], dimension))
    found = []
    for request, where in zip(requests, wheres, strict=True):
        indicator = ground.indicators[request.indicator]
        some = {} if where is None else next(parts)
        found.append({code: unscaled(part.value, indicator) for code, part in some.items()})
    return found


@dataclass(frozen=True)
class RowEvidence:
    """A record under a figure and what it adds to it."""

    record: Record
    value: Decimal


def rows_behind(found: Figure) -> list[RowEvidence]:
    """The records that a figure is made of, by day. Access is the caller's: start from what a person may see."""
    if found.where is None:
        return []
    sources = sources_behind(found.where)
    records = Record.objects.filter(pk__in=list(sources)).order_by("counts_on", "number")
    return [RowEvidence(record, unscaled(sources[record.pk], found.indicator)) for record in records]


def _ground(requests: Sequence[FigureRequest]) -> _Ground:
    ground = _Ground(_indicators(requests), _scopes(requests), {}, {}, {}, {})
    measures = sorted({i.measure for i in ground.indicators.values() if i.measure})
    moments = {(book, r.as_of) for r in requests for book in ground.scopes[r.office].books}
    for book, as_of in sorted(moments, key=str):
        seq = None if as_of is None else seq_as_of(book, as_of)
        ground.positions[book, as_of] = seq
    for as_of in {as_of for _book, as_of in moments}:
        at = {book: seq for (book, moment), seq in ground.positions.items() if moment == as_of}
        _read_papers(ground, at, as_of, measures, _days(requests))
    wheres = {
        where: None
        for request in requests
        for name in _base_codes(ground.indicators[request.indicator])
        if (where := _where(request, ground.indicators[name], ground)) is not None
    }
    ground.sums = dict(zip(wheres, sum_facts(list(wheres)), strict=True))
    return ground


def _read_papers(
    ground: _Ground,
    at: Mapping[str, int | None],
    as_of: dt.datetime | None,
    measures: Sequence[str],
    days: tuple[dt.date, dt.date],
) -> None:
    """What papers state and what was declared complete, by book, moment, measure (and office)."""
    for statement in statements_at(at, measures):
        key = (statement.book, as_of, statement.measure, statement.office)
        ground.statements.setdefault(key, []).append(statement)
    for row in coverage_at(at, measures, since=days[0], until=days[1]):
        ground.coverage.setdefault((row.book, as_of, row.measure), []).append(row)


def _days(requests: Sequence[FigureRequest]) -> tuple[dt.date, dt.date]:
    """The first and the last day that any of the figures looks at."""
    days = [day for r in requests for day in (r.period.since, _day(r))]
    return min(days), max(days)


def _indicators(requests: Sequence[FigureRequest]) -> dict[str, Indicator]:
    asked = {r.indicator for r in requests}
    # Two small reads at most: there are hundreds of indicators, and a list asks for two.
    found = Indicator.objects.in_bulk(asked, field_name="code")
    unknown = sorted(asked - found.keys())
    if unknown:
        raise BadInput({"indicator": [_("Unknown indicator: %(code)s.") % {"code": ", ".join(unknown)}]})
    bases = {name for row in found.values() for name in _base_codes(row)} - found.keys()
    return found | (Indicator.objects.in_bulk(bases, field_name="code") if bases else {})


def _base_codes(indicator: Indicator) -> tuple[str, ...]:
    if indicator.kind in BASE_KINDS:
        return (indicator.code,)
    return (indicator.numerator, indicator.denominator)


def _scopes(requests: Sequence[FigureRequest]) -> dict[str | None, Scope]:
    wanted = {r.office for r in requests}
    codes = {code for code in wanted if code is not None}
    paths = dict(Office.objects.values_list("code", "path")) if codes else {}
    unknown = sorted(codes - paths.keys())
    if unknown:
        raise BadInput({"office": [_("Unknown office: %(code)s.") % {"code": ", ".join(unknown)}]})
    found: dict[str | None, Scope] = {code: _scope(code, paths) for code in codes}
    if None in wanted:
        found[None] = Scope(tuple(BookHead.objects.order_by("book").values_list("book", flat=True)))
    return found


def _scope(code: str, paths: Mapping[str, str]) -> Scope:
    own = paths[code]
    chain = tuple(part for part in own.split("/") if part)
    if len(chain) == 1:
        return Scope(books=(code,), chain=chain)
    below = tuple(sorted(other for other, path in paths.items() if path.startswith(own)))
    return Scope(books=(chain[0],), offices=below, chain=chain)


def _day(request: FigureRequest) -> dt.date:
    # A figure never reaches beyond its as-of day.
    today = clock.today() if request.as_of is None else clock.local(request.as_of).date()
    return min(request.period.until, today)


def _where(request: FigureRequest, indicator: Indicator, ground: _Ground) -> Where | None:
    if indicator.kind not in BASE_KINDS or indicator.kind == IndicatorKind.TIMELESS:
        return None
    scope = ground.scopes[request.office]
    filters = _filters(indicator, request)
    offices = _offices(scope, filters.pop(OFFICE, None))
    return Where(
        books=tuple((book, ground.positions[book, request.as_of]) for book in scope.books),
        measure=indicator.measure,
        until=_day(request),
        since=None if indicator.kind == IndicatorKind.LEVEL else request.period.since,
        offices=offices,
        dimensions=tuple(sorted((name, ground.as_one(name, codes)) for name, codes in filters.items())),
    )


def _offices(scope: Scope, exactly: Sequence[str] | None) -> tuple[str, ...]:
    """The offices that count: those of the scope, or of them exactly the ones named, without any below them."""
    if exactly is None:
        return scope.offices
    # No office at all would mean the whole book.
    return tuple(code for code in exactly if not scope.offices or code in scope.offices) or ("",)


def _filters(indicator: Indicator, request: FigureRequest) -> dict[str, tuple[str, ...]]:
    found = {name: tuple(codes) for name, codes in indicator.filters.items()}
    for name, codes in request.filters.items():
        found[name] = tuple(c for c in codes if c in found[name]) if name in found else tuple(codes)
    return found


def _figure(request: FigureRequest, ground: _Ground) -> Figure:
    indicator = ground.indicators[request.indicator]
    if indicator.kind in BASE_KINDS:
        return _base_figure(request, indicator, ground)
    part = _base_figure(
        replace_indicator(request, indicator.numerator), ground.indicators[indicator.numerator], ground
    )
    whole_of = ground.indicators[indicator.denominator]
    whole = _base_figure(replace_indicator(request, indicator.denominator), whole_of, ground)
    if indicator.kind == IndicatorKind.SHARE:
        value = share(part.value, whole.target.value if whole.target else None)
    elif indicator.kind == IndicatorKind.PERCENT:
        value = share(part.value, whole.value)
    else:
        value = (
            (part.value / whole.value).quantize(Decimal("0.1"))
            if part.value is not None and whole.value
            else None
        )
    status = FigureStatus.NONE if value is None else part.status
    return Figure(request=request, indicator=indicator, status=status, value=value, target=whole.target)


def replace_indicator(request: FigureRequest, code: str) -> FigureRequest:
    """The same question about another indicator."""
    return replace(request, indicator=code)


def _base_figure(request: FigureRequest, indicator: Indicator, ground: _Ground) -> Figure:
    where = _where(request, indicator, ground)
    found = ground.sums[where] if where is not None else Sum()
    recorded = unscaled(found.value, indicator)
    stands = _statements(request, indicator, ground)
    exact = [s for s in stands if _is_exact(s, request, indicator)]
    stated, estimate, target = (_last(exact, kind, indicator) for kind in StatementKind.values)
    covered = _covered(request, indicator, ground)
    plain = Figure(
        request=request,
        indicator=indicator,
        status=FigureStatus.RECORDED,
        value=recorded,
        recorded=recorded,
        facts=found.facts,
        is_covered=covered,
        stated=stated,
        estimate=estimate,
        target=target,
        where=where,
    )
    return _answered(plain, stands, exact)


def _answered(plain: Figure, stands: Sequence[Statement], exact: Sequence[Statement]) -> Figure:
    stated, recorded = plain.stated, plain.recorded
    if plain.is_covered:
        status = FigureStatus.RECORDED if plain.facts else FigureStatus.ZERO
        difference = recorded - stated.value if stated and recorded is not None else None
        return replace(plain, status=status, difference=difference)
    if stated is not None:
        return replace(plain, status=FigureStatus.STATED, value=stated.value)
    others = [StatedView(s, unscaled(s.value, plain.indicator)) for s in stands if s not in exact]
    if plain.facts:
        return replace(plain, others=others)
    status = FigureStatus.NONE if others else FigureStatus.NOT_ENTERED
    return replace(plain, status=status, value=None, others=others)


def _statements(request: FigureRequest, indicator: Indicator, ground: _Ground) -> list[Statement]:
    """Statements of the office for the measure and filter whose period touches the one asked for."""
    filters = _filters(indicator, request)
    # A paper states what it names: of what is not stated, or of nothing at all, it says nothing.
    if any(not codes or "" in codes for codes in filters.values()):
        return []
    wanted = dimensions_text({name: ",".join(codes) for name, codes in filters.items()})
    period = request.period
    return [
        statement
        for book in ground.scopes[request.office].books
        for statement in ground.statements.get((book, request.as_of, indicator.measure, request.office), ())
        if statement.dimensions == wanted
        and (
            statement.since is None
            or statement.until is None
            or (statement.since <= period.until and statement.until >= period.since)
        )
    ]


def _is_exact(statement: Statement, request: FigureRequest, indicator: Indicator) -> bool:
    shape = indicator.get_measure().shape
    if shape is Shape.TIMELESS:
        return True
    if shape is Shape.LEVEL:
        return statement.since == statement.until == request.period.until
    return (statement.since, statement.until) == (request.period.since, request.period.until)


def _last(exact: Iterable[Statement], kind: str, indicator: Indicator) -> StatedView | None:
    found = [s for s in exact if s.kind == kind]
    return StatedView(found[-1], unscaled(found[-1].value, indicator)) if found else None


def _covered(request: FigureRequest, indicator: Indicator, ground: _Ground) -> bool:
    scope = ground.scopes[request.office]
    if indicator.kind == IndicatorKind.TIMELESS or not scope.chain:
        return False
    declared = ground.coverage.get((scope.books[0], request.as_of, indicator.measure), ())
    rows = [row for row in declared if row.office in scope.chain]
    day = _day(request)
    since = day if indicator.kind == IndicatorKind.LEVEL else request.period.since
    return since <= day and is_covered(rows, since=since, until=day)


def national_total(request: FigureRequest) -> tuple[Decimal, Decimal]:
    """(as receptions, once each) of a base figure over all books.

    The first is the plain sum of what the provinces count; the second counts visits that are linked as the same
    journey once, by the greatest of them (C22). They differ only where visits are linked.
    """
    whole = replace(request, office=None)
    ground = _ground([whole])
    indicator = ground.indicators[whole.indicator]
    where = _where(whole, indicator, ground)
    if where is None:
        return Decimal(0), Decimal(0)
    plain = ground.sums[where].value
    sources = sources_behind(where)
    extra = sum(
        sum(sources[u] for u in group) - max(sources[u] for u in group) for group in _journeys(sources)
    )
    return unscaled(plain, indicator), unscaled(plain - extra, indicator)


def _journeys(sources: Mapping[UUID, int]) -> list[list[UUID]]:
    """Groups of sources that are linked, directly or through others, as the same visit."""
    neighbours: dict[UUID, set[UUID]] = defaultdict(set)
    links = RecordLink.objects.filter(kind=LinkKind.SAME_VISIT, from_record__in=list(sources))
    for one, other in links.values_list("from_record_id", "to_record_id"):
        if other in sources:
            neighbours[one].add(other)
            neighbours[other].add(one)
    seen: set[UUID] = set()
    groups = []
    for start in neighbours:
        if start not in seen:
            group = _reach(start, neighbours)
            seen |= set(group)
            groups.append(group)
    return groups


def _reach(start: UUID, neighbours: Mapping[UUID, set[UUID]]) -> list[UUID]:
    found, waiting = {start}, [start]
    while waiting:
        for other in neighbours[waiting.pop()] - found:
            found.add(other)
            waiting.append(other)
    return list(found)


def as_json(found: Figure, lang: str = "vi") -> dict[str, object]:
    """A figure as plain data for programs: decimals as text, days and moments in ISO form."""
    request = found.request
    return {
        "indicator": found.indicator.code,
        "label": found.indicator.label(lang),
        "office": request.office,
        "period": request.period.code,
        "cutoff": str(request.period.cutoff),
        "since": request.period.since.isoformat(),
        "until": request.period.until.isoformat(),
        "as_of": request.as_of.isoformat() if request.as_of else None,
        "value": _text(found.value),
        "unit": found.unit(lang),
        "status": str(found.status),
        "recorded": _text(found.recorded),
        "covered": found.is_covered,
        "stated": _text(found.stated.value if found.stated else None),
        "difference": _text(found.difference),
        "entered": [_text(part) for part in found.entered] if found.entered else None,
        "estimate": _text(found.estimate.value if found.estimate else None),
        "target": _text(found.target.value if found.target else None),
        "statements": [_stated_json(view) for view in found.others],
    }


def _stated_json(view: StatedView) -> dict[str, object]:
    row = view.statement
    return {
        "value": _text(view.value),
        "kind": row.kind,
        "since": row.since.isoformat() if row.since else None,
        "until": row.until.isoformat() if row.until else None,
        "bound": row.bound,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
