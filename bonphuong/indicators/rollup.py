"""Figures of many books side by side, and what is counted twice in their sum: the ground of a national report."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bonphuong.indicators.evidence import FACT_FIELDS, FactRow
from bonphuong.indicators.figures import unscaled
from bonphuong.indicators.queries import figures
from bonphuong.kernel.bulk import chunks
from bonphuong.ledger.models import Fact
from bonphuong.records.enums import LinkKind
from bonphuong.records.models import RecordLink

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from bonphuong.indicators.figures import Figure, FigureRequest
    from bonphuong.ledger.queries import Where


@dataclass(frozen=True)
class Rolled:
    """A figure of several books: what each has of it, and by how much linked visits make their sum too great.

    `twice` is what the plain sum counts more than once (C22): of visits that are linked as one journey the greatest
    stays. `journeys` says how many such journeys there are.
    """

    parts: Mapping[str, Figure]
    twice: Decimal = Decimal(0)
    journeys: int = 0


def roll_up(requests: Sequence[FigureRequest], books: Collection[str]) -> list[Rolled]:
    """Each figure in each of the books, in one call; whatever office the requests name is not looked at.

    The number of statements does not grow with the figures, and hardly with the books.
    """
    codes = sorted(books)
    found = iter(figures([replace(request, office=book) for request in requests for book in codes]))
    rolled = [{book: next(found) for book in codes} for _request in requests]
    journeys = _Journeys(codes)
    return [Rolled(parts, *journeys.twice(parts.values())) for parts in rolled]


class _Journeys:
    """Visits that are linked as the same one, with what each stands for; read once, and small."""

    def __init__(self, books: Sequence[str]) -> None:
        self.groups = _joined(
            RecordLink.objects.filter(kind=LinkKind.SAME_VISIT).values_list("from_record_id", "to_record_id")
        )
        self.facts: dict[str, list[FactRow]] = defaultdict(list)
        sources = sorted({uid for group in self.groups for uid in group})
        for some in chunks(sources):
            rows = Fact.objects.filter(source_uid__in=some, book__in=books)
            for values in rows.values_list(*FACT_FIELDS):
                row = FactRow(*values)
                self.facts[row.measure].append(row)

    def twice(self, parts: Iterable[Figure]) -> tuple[Decimal, int]:
        """(what is counted more than once, in how many journeys) in the sum of these figures."""
        adds: dict[UUID, int] = defaultdict(int)
        indicator = None
        for figure in parts:
            indicator = figure.indicator
            if figure.where is not None:
                for row in self.facts.get(figure.where.measure, ()):
                    if _is_within(row, figure.where):
                        adds[row.source] += row.value
        extra = journeys = 0
        for group in self.groups:
            values = [adds[uid] for uid in group if adds.get(uid)]
            if len(values) > 1:
                extra += sum(values) - max(values)
                journeys += 1
        if indicator is None or not extra:
            return Decimal(0), 0
        return unscaled(extra, indicator), journeys


def _is_within(row: FactRow, where: Where) -> bool:
    position = dict(where.books)
    if row.book not in position or row.on > where.until or (where.since is not None and row.on < where.since):
        return False
    last = position[row.book]
    return (last is None or row.seq <= last) and all(
        getattr(row, name) in codes for name, codes in where.dimensions
    )


def _joined(pairs: Iterable[tuple[UUID, UUID]]) -> list[set[UUID]]:
    """Those that are linked with each other, directly or through others, together."""
    group_of: dict[UUID, set[UUID]] = {}
    for one, other in pairs:
        joined = group_of.get(one, {one}) | group_of.get(other, {other})
        group_of |= dict.fromkeys(joined, joined)
    return list({id(group): group for group in group_of.values()}.values())
