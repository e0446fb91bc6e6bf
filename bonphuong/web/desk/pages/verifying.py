"""What the check of a returned report shows: what does not hold first, each with where it stands and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import pgettext

from bonphuong.records.models import Record
from bonphuong.reports.verifying import FigureState, TextState
from bonphuong.reports.verifying.wording import figure_state, text_state

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from typing import Any

    from bonphuong.accounts.models import User
    from bonphuong.reports.changes import RowChange
    from bonphuong.reports.verifying import FigureFinding, TextFinding, Verification

#: So many figures, and so many words, stand on the page; the command line gives all of them.
_FIGURES, _TEXTS, _RECORDS = 200, 200, 5
_BADGES = {
    FigureState.HOLDS: "done",
    FigureState.CORRECTED: "soon",
    FigureState.EDITED: "late",
    FigureState.REMOVED: "late",
}
_BLANK = "\N{NO-BREAK SPACE}"
_BY_HAND = {FigureState.EDITED, FigureState.REMOVED}


@dataclass(frozen=True)
class RecordRow:
    """A record that makes part of a difference, and its page where the person may open it."""

    change: RowChange
    record: Record | None

    @property
    def number(self) -> str:
        """Its case number."""
        return self.change.number

    @property
    def title(self) -> str:
        """What it is about."""
        return self.change.title

    @property
    def difference(self) -> Decimal:
        """What it adds now less what it added then."""
        return self.change.difference


@dataclass(frozen=True)
class FigureRow:
    """A figure that does not hold. `places` is how many more sentences and tables tell it so."""

    found: FigureFinding
    rows: Sequence[RecordRow]
    hidden: int
    places: int = 0

    @property
    def unit(self) -> str:
        """What stands behind the number of today, as it stood behind the one that was signed."""
        unit = self.found.unit
        return unit if unit in {"", "%"} else f"{_BLANK}{unit}"

    @property
    def gap_unit(self) -> str:
        """What stands behind the difference: of two shares it is no share of either."""
        return (
            _BLANK + pgettext("difference of shares", "percentage points") if self.found.unit == "%" else ""
        )


@dataclass(frozen=True)
class TextRow:
    """Words that differ."""

    found: TextFinding
    badge: str
    word: str


@dataclass(frozen=True)
class FigureTable:
    """Figures of one kind, and how many there are beyond those that are shown."""

    rows: Sequence[FigureRow]
    more: int


@dataclass(frozen=True)
class VerifyPage:
    """Everything that the page shows of one file: what hands did, then what the register says now."""

    found: Verification
    counts: Sequence[tuple[str, str, int]]
    by_hand: FigureTable
    corrected: FigureTable
    texts: Sequence[TextRow]
    more_texts: int

    @property
    def edits(self) -> int:
        """How many figures and words are not those that were signed."""
        return len(self.by_hand.rows) + self.by_hand.more + len(self.texts) + self.more_texts


def verify_page(found: Verification, user: User) -> VerifyPage:
    """The findings in the order in which one looks at them; one query for all records."""
    by_hand = [one for one in found.figures if one.state in _BY_HAND]
    corrected = found.of(FigureState.CORRECTED)
    uids = {row.uid for one in (*by_hand, *corrected) if one.now for row in one.now.rows[:_RECORDS]}
    seen = Record.objects.visible_to(user).in_bulk(list(uids)) if uids else {}
    return VerifyPage(
        found=found,
        counts=[(_BADGES[state], figure_state(state), len(found.of(state))) for state in FigureState],
        by_hand=_table([(one, 0) for one in by_hand], seen),
        corrected=_table(_once(corrected), seen),
        texts=[
            TextRow(one, "late" if one.state is not TextState.ADDED else "soon", text_state(one.state))
            for one in found.texts[:_TEXTS]
        ],
        more_texts=max(len(found.texts) - _TEXTS, 0),
    )


def _once(findings: Sequence[FigureFinding]) -> list[tuple[FigureFinding, int]]:
    """Each figure once, with how many more places tell it."""
    places: dict[str, list[FigureFinding]] = {}
    for one in findings:
        places.setdefault(one.name, []).append(one)
    return [(some[0], len(some) - 1) for some in places.values()]


def _table(findings: Sequence[tuple[FigureFinding, int]], seen: Mapping[Any, Record]) -> FigureTable:
    rows = [_figure(one, places, seen) for one, places in findings[:_FIGURES]]
    return FigureTable(rows, len(findings) - len(rows))


def _figure(one: FigureFinding, places: int, seen: Mapping[Any, Record]) -> FigureRow:
    rows = one.now.rows if one.now is not None else ()
    return FigureRow(
        found=one,
        rows=[RecordRow(row, seen.get(row.uid)) for row in rows[:_RECORDS]],
        hidden=max(len(rows) - _RECORDS, 0),
        places=places,
    )
