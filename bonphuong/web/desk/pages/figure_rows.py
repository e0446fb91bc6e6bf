"""The records behind a figure, a page at a time, each with its papers; only those that the person may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from bonphuong.indicators.figures import unscaled
from bonphuong.ledger.queries import sources_behind
from bonphuong.papers.models import Paper
from bonphuong.records.models import Record, RecordPaper

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from bonphuong.accounts.models import User
    from bonphuong.indicators.figures import Figure

ROWS_A_PAGE = 50


@dataclass(frozen=True)
class RowBehind:
    """A record, what it adds, and its papers that the person may open."""

    record: Record
    value: Decimal
    papers: Sequence[Paper]


@dataclass(frozen=True)
class RowsBehind:
    """One page of rows: how many there are, and how many of this page are not for this person to open."""

    rows: Sequence[RowBehind]
    count: int
    hidden: int
    page: int
    pages: int


def rows_behind(found: Figure, user: User, page: int) -> RowsBehind:
    """The page asked for, or the last one there is. By the day on which a record counts."""
    sources = sources_behind(found.where) if found.where is not None else {}
    pages = max(-(-len(sources) // ROWS_A_PAGE), 1)
    page = min(page, pages)
    wanted = list(sources)[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    papers = RecordPaper.objects.filter(paper__in=Paper.objects.visible_to(user)).select_related("paper")
    visible = Record.objects.visible_to(user).prefetch_related(Prefetch("papers", papers)).in_bulk(wanted)
    rows = [
        RowBehind(
            visible[uid],
            unscaled(sources[uid], found.indicator),
            [one.paper for one in visible[uid].papers.all()],
        )
        for uid in wanted
        if uid in visible
    ]
    return RowsBehind(rows, len(sources), len(wanted) - len(rows), page, pages)
