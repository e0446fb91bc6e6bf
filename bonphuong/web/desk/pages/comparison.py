"""An edition beside others: the one before it, the same period a year ago, and the ledger as it is today."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bonphuong.indicators.figures import growth
from bonphuong.records.models import Record
from bonphuong.reports.changes import changes_since, reproduce
from bonphuong.reports.models import Edition
from bonphuong.reports.queries import Told, earlier_editions
from bonphuong.reports.schema import read_definition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from bonphuong.accounts.models import User
    from bonphuong.reports.changes import Change, RowChange
    from bonphuong.web.desk.pages.reports import ReportPage

_ROWS_SHOWN = 20


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
class ChangedRow:
    """A record that makes part of a difference, and its page where the person may open it."""

    change: RowChange
    record: Record | None


@dataclass(frozen=True)
class ChangedFigure:
    """A figure that is not what it was when the report was signed."""

    change: Change
    rows: Sequence[ChangedRow]
    hidden: int


@dataclass(frozen=True)
class ComparisonPage:
    """Everything that the page shows. `changed` is None for a draft, which is told as things are now."""

    rows: Sequence[FigureRow]
    last: Edition | None
    same: Edition | None
    replaced: Edition | None
    replaced_rows: Sequence[FigureRow]
    changed: Sequence[ChangedFigure] | None
    asked: int
    is_same: bool


def comparison_page(page: ReportPage, user: User) -> ComparisonPage:
    """Gather the page of an edition that the person may see."""
    edition = page.edition
    earlier = earlier_editions(edition.code, edition.office_code, edition.period, edition.language)
    # For a report of a year the edition before is that of the year before: one column is enough.
    is_one = earlier.last is not None and earlier.same is not None and earlier.last == earlier.same
    replaced = _replaced(edition, user)
    changed, asked, is_same = None, 0, True
    if page.frozen is not None:
        again = reproduce(edition)
        changed, asked, is_same = _changed(changes_since(edition), user), again.asked, again.is_same
    return ComparisonPage(
        rows=_rows(page, None if is_one else earlier.last, earlier.same, main=True),
        last=earlier.last.edition if earlier.last and not is_one else None,
        same=earlier.same.edition if earlier.same else None,
        replaced=replaced.edition if replaced else None,
        replaced_rows=[row for row in _rows(page, replaced, None, main=False) if row.here != row.last],
        changed=changed,
        asked=asked,
        is_same=is_same,
    )


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


def _changed(found: Sequence[Change], user: User) -> list[ChangedFigure]:
    """Each figure once: a report may tell the same one in several sentences and tables. Whole figures first."""
    once: dict[tuple[object, ...], Change] = {}
    for one in found:
        once.setdefault((one.label, one.period, one.then, one.now), one)
    changes = sorted(once.values(), key=lambda one: "[" in one.key)
    uids = {row.uid for change in changes for row in change.rows}
    seen = Record.objects.visible_to(user).in_bulk(list(uids))
    return [
        ChangedFigure(
            change=change,
            rows=[ChangedRow(row, seen.get(row.uid)) for row in change.rows[:_ROWS_SHOWN]],
            hidden=max(len(change.rows) - _ROWS_SHOWN, 0),
        )
        for change in changes
    ]
