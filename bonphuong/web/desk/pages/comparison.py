"""An edition beside others: the one before it, the same period a year ago, and the ledger as it is today."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from bonphuong.indicators.figures import growth
from bonphuong.kernel.money import from_scaled
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.models import Fact
from bonphuong.ledger.queries import moment_of
from bonphuong.records.models import Record
from bonphuong.reports.changes import changes_since, reproduce
from bonphuong.reports.models import Edition
from bonphuong.reports.places import sections_of_figures
from bonphuong.reports.queries import Told, earlier_editions
from bonphuong.reports.schema import read_definition
from bonphuong.reports.superseding import differences

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from typing import Any

    from bonphuong.accounts.models import User
    from bonphuong.reports.changes import Change
    from bonphuong.web.desk.pages.reports import ReportPage

_ROWS_SHOWN = 20
_OTHERS = 60


@dataclass(frozen=True)
class FigureRow:
    """A figure in this edition and in others; None where one had no such figure."""

    label: str
    unit: str
    identifier: str
    here: Decimal | None
    last: Decimal | None
    same: Decimal | None

    @property
    def growth(self) -> Decimal | None:
        """Against the same period a year before, in per cent."""
        return growth(self.here, self.same)

    @property
    def since_last(self) -> Decimal | None:
        """Against the edition before."""
        return self.here - self.last if self.here is not None and self.last is not None else None


@dataclass(frozen=True)
class PostingLine:
    """What one posting added to a figure for a record; `action` is the act that it was part of."""

    at: dt.datetime
    adds: Decimal
    action: UUID


@dataclass(frozen=True)
class ChangedRow:
    """A record that makes part of a difference, its page where the person may open it, the postings that did it."""

    number: str
    title: str
    difference: Decimal
    record: Record | None
    postings: Sequence[PostingLine] = ()


@dataclass(frozen=True)
class ChangedFigure:
    """A figure that is not what it was when the report was signed."""

    identifier: str
    label: str
    period: str
    then: Decimal | None
    now: Decimal | None
    rows: Sequence[ChangedRow]
    hidden: int
    why: str = ""

    @property
    def difference(self) -> Decimal | None:
        """Now less then."""
        return None if self.now is None or self.then is None else self.now - self.then


@dataclass(frozen=True)
class ChangedSection:
    """A section of the report with its figures that differ."""

    title: str
    figures: Sequence[ChangedFigure]


@dataclass(frozen=True)
class ComparisonPage:
    """Everything that the page shows. `changed` is None for a draft, which is told as things are now."""

    rows: Sequence[FigureRow]
    last: Edition | None
    same: Edition | None
    replaced: Edition | None
    replaced_rows: Sequence[FigureRow]
    changed: Sequence[ChangedFigure] | None
    sections: Sequence[ChangedSection]
    others: Sequence[Edition]
    chosen: Edition | None
    chosen_sections: Sequence[ChangedSection]
    asked: int
    is_same: bool


def comparison_page(page: ReportPage, user: User, beside: str = "") -> ComparisonPage:
    """Gather the page of an edition that the person may see; `beside` names another edition of the same report."""
    edition = page.edition
    earlier = earlier_editions(edition.code, edition.office_code, edition.period, edition.language)
    # For a report of a year the edition before is that of the year before: one column is enough.
    is_one = earlier.last is not None and earlier.same is not None and earlier.last == earlier.same
    replaced = _replaced(edition, user)
    others = _others(edition, user)
    chosen = next((told for told in others if str(told.pk) == beside), None)
    changed, asked, is_same = None, 0, True
    if page.frozen is not None:
        again = reproduce(edition)
        changed, asked, is_same = _changed(page, changes_since(edition), user), again.asked, again.is_same
    return ComparisonPage(
        rows=_rows(page, None if is_one else earlier.last, earlier.same, main=True),
        last=earlier.last.edition if earlier.last and not is_one else None,
        same=earlier.same.edition if earlier.same else None,
        replaced=replaced.edition if replaced else None,
        replaced_rows=[row for row in _rows(page, replaced, None, main=False) if row.here != row.last],
        changed=changed,
        sections=grouped(page, changed or ()),
        others=others,
        chosen=chosen,
        chosen_sections=grouped(page, _between(page, Told(chosen, chosen.frozen), user)) if chosen else (),
        asked=asked,
        is_same=is_same,
    )


def _others(edition: Edition, user: User) -> list[Edition]:
    """The signed editions of the same report that it may be set beside, the latest first, without their contents."""
    series = Edition.objects.visible_to(user).told().of(edition.code, edition.office_code)
    rows = series.filter(language=edition.language).exclude(pk=edition.pk).select_related("definition")
    return list(rows.select_related("frozen").defer("frozen__content").reverse()[:_OTHERS])


def _replaced(edition: Edition, user: User) -> Told | None:
    """The edition of the very same period that this one takes the place of."""
    series = Edition.objects.visible_to(user).told().of(edition.code, edition.office_code)
    twins = series.filter(
        language=edition.language, period_code=edition.period_code, cutoff=edition.cutoff
    ).filter(number__lt=edition.number)
    row = twins.select_related("frozen", "definition").order_by("-number").first()
    return Told(row, row.frozen) if row is not None else None


def _rows(page: ReportPage, last: Told | None, same: Told | None, *, main: bool) -> list[FigureRow]:
    """The figures of the period in the order of the definition: the main ones, or all; those that any edition has."""
    specs = read_definition(page.edition.definition.content).figures
    here = {figure["key"]: figure for figure in page.content["figures"]}
    rows = []
    for name, spec in specs.items():
        key = f"{name}@period"
        entries = [here.get(key), *(told.entry(key) for told in (last, same) if told is not None)]
        known = [entry for entry in entries if entry is not None]
        if known and (spec.headline or not main):
            rows.append(
                FigureRow(
                    label=known[0]["label"],
                    unit=known[0]["unit"],
                    identifier=known[0]["id"] if entries[0] is not None else "",
                    here=_number(entries[0]),
                    last=last.value(key) if last else None,
                    same=same.value(key) if same else None,
                )
            )
    return rows


def _number(figure: Mapping[str, Any] | None) -> Decimal | None:
    return None if figure is None or figure["value"] is None else Decimal(figure["value"])


def _changed(page: ReportPage, found: Sequence[Change], user: User) -> list[ChangedFigure]:
    """Each figure once: a report may tell the same one in several sentences and tables. Whole figures first."""
    once: dict[tuple[object, ...], Change] = {}
    for one in found:
        once.setdefault((one.label, one.period, one.then, one.now), one)
    changes = sorted(once.values(), key=lambda one: "[" in one.key)
    behind = Behind(user, {row.uid for change in changes for row in change.rows}, *_after(page))
    return [
        ChangedFigure(
            identifier=change.identifier,
            label=change.label,
            period=change.period,
            then=change.then,
            now=change.now,
            rows=[
                behind.row(row.uid, row.number, row.title, row.difference, _measure(page, change.identifier))
                for row in change.rows[:_ROWS_SHOWN]
            ],
            hidden=max(len(change.rows) - _ROWS_SHOWN, 0),
        )
        for change in changes
    ]


def _between(page: ReportPage, other: Told, user: User) -> list[ChangedFigure]:
    """The figures that differ between another edition and this one, from their contents alone."""
    rows = list(differences(other.content, page.content))
    uids = {UUID(one["uid"]) for row in rows for one in row["records"]}
    behind = Behind(user, uids, *_after(page, other))
    titles = {record["uid"]: record["title"] for record in page.content["records"]}
    return [
        ChangedFigure(
            identifier=row["id"],
            label=row["label"],
            period=row["period"],
            then=Decimal(row["then"]) if row["then"] else None,
            now=Decimal(row["now"]) if row["now"] else None,
            rows=[
                behind.row(
                    UUID(one["uid"]), one["number"], titles.get(one["uid"], ""), Decimal(one["difference"]),
                    _measure(page, row["id"]),
                )
                for one in row["records"][:_ROWS_SHOWN]
            ],
            hidden=max(len(row["records"]) - _ROWS_SHOWN, 0),
            why=row["why"],
        )
        for row in rows
    ]  # fmt: skip


def grouped(page: ReportPage, found: Sequence[ChangedFigure]) -> list[ChangedSection]:
    """Figures by the section that tells them, in the order of the report; those of annexes and evidence last."""
    places = sections_of_figures(page.content)
    by_section: dict[str, list[ChangedFigure]] = {title: [] for title in places.values()}
    by_section[""] = []
    for one in found:
        by_section[places.get(one.identifier, "")].append(one)
    return [ChangedSection(title, figures) for title, figures in by_section.items() if figures]


def _measure(page: ReportPage, identifier: str) -> str:
    """What the ledger counts for a figure; empty for one that is computed from others or is gone."""
    figure = page.figures.get(identifier)
    return "" if figure is None else str(page.content["definitions"][figure["code"]]["measure"])


def _after(page: ReportPage, other: Told | None = None) -> tuple[dict[str, int], dict[str, int] | None]:
    """The stretch of each book that lies between: book → the last posting before it, and the last one in it."""
    here = {book: int(head[0]) for book, head in page.content["heads"].items()}
    if other is None:
        return here, None
    there = {book: seq for book, (seq, _digest) in other.heads.items()}
    books = here.keys() & there.keys()
    return (
        {book: min(here[book], there[book]) for book in books},
        {book: max(here[book], there[book]) for book in books},
    )


class Behind:
    """The records and the postings behind differences, read together: two queries for all of them."""

    def __init__(
        self, user: User, uids: set[UUID], after: Mapping[str, int], until: Mapping[str, int] | None
    ) -> None:
        self.seen = Record.objects.visible_to(user).in_bulk(list(uids))
        self.postings: dict[tuple[UUID, str], list[PostingLine]] = defaultdict(list)
        facts = Fact.objects.filter(source_uid__in=uids, book__in=after).select_related("posting")
        sums: dict[tuple[UUID, str, int], tuple[Fact, int]] = {}
        for fact in facts.order_by("seq", "line"):
            if fact.seq > after[fact.book] and (until is None or fact.seq <= until[fact.book]):
                key = (fact.source_uid, fact.measure, fact.posting_id)
                first, total = sums.get(key, (fact, 0))
                sums[key] = (first, total + fact.value)
        for (uid, measure, _posting), (fact, total) in sums.items():
            line = PostingLine(
                at=moment_of(fact.posting.posted_at),
                adds=from_scaled(total, MEASURES[measure].exponent),
                action=fact.posting.action_uid,
            )
            self.postings[uid, measure].append(line)

    def row(self, uid: UUID, number: str, title: str, difference: Decimal, measure: str) -> ChangedRow:
        """A record with the postings that changed this measure for it."""
        postings = [line for line in self.postings.get((uid, measure), ()) if line.adds]
        return ChangedRow(number, title, difference, self.seen.get(uid), postings)
