"""The records behind a figure, a page at a time, each with its papers; only those that the person may open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.indicators.figures import unscaled
from bonphuong.kernel.bulk import chunks
from bonphuong.ledger.queries import sources_behind
from bonphuong.papers.models import Paper
from bonphuong.records.models import Record, RecordPaper

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from decimal import Decimal
    from uuid import UUID

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
    visible = Record.objects.visible_to(user).in_bulk(wanted)
    papers = papers_behind(visible, user)
    rows = [
        RowBehind(visible[uid], unscaled(sources[uid], found.indicator), papers.get(uid, ()))
        for uid in wanted
        if uid in visible
    ]
    return RowsBehind(rows, len(sources), len(wanted) - len(rows), page, pages)


def papers_behind(records: Collection[UUID], user: User) -> dict[UUID, list[Paper]]:
    """The papers of these records that the person may see; asked by their keys, so that no table is walked."""
    pairs = [
        pair
        for some in chunks(list(records))
        for pair in RecordPaper.objects.filter(record__in=some)
        .order_by("pk")
        .values_list("record_id", "paper_id")
    ]
    # What `visible_to` says, of these papers alone: as a condition it would walk all papers of the offices.
    codes = office_codes_for(user, Permission.PAPER_VIEW)
    papers = Paper.objects.in_bulk({paper for _record, paper in pairs})
    found: dict[UUID, list[Paper]] = defaultdict(list)
    for record, paper in pairs:
        if papers[paper].office_code in codes:
            found[record].append(papers[paper])
    return found
