"""What the check of a returned document found, figure by figure and paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bonphuong.reports.canonical import decimal_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from bonphuong.reports.changes import RowChange
    from bonphuong.reports.models import Edition


class FigureState(StrEnum):
    """What became of a figure."""

    HOLDS = "holds"  # it reads as it was signed, and the ledger says the same today
    CORRECTED = "corrected"  # it reads as it was signed; the ledger has been corrected since
    EDITED = "edited"  # it reads otherwise than it was signed
    REMOVED = "removed"  # its place is gone


class TextState(StrEnum):
    """What became of words around the figures."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Now:
    """What the ledger says today of a figure. `value` is None where it says none, or where it is computed."""

    value: Decimal | None
    difference: Decimal | None
    rows: Sequence[RowChange] = ()
    # Numbers of the corrected figures that this one is computed from.
    through: Sequence[int] = ()


@dataclass(frozen=True)
class FigureFinding:
    """One figure in one place of the document. `number` is its line in the evidence, 0 for a number of an annex.

    `unit` is what stands behind the number where it was signed; nothing where the number stands alone.
    """

    tag: str
    name: str
    label: str
    code: str
    period: str
    where: str
    signed: str
    shown: str
    state: FigureState
    number: int = 0
    marked: bool = True
    now: Now | None = None
    unit: str = ""

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        now: dict[str, Any] | None = None
        if self.now is not None:
            now = {
                "value": None if self.now.value is None else decimal_text(self.now.value),
                "difference": None if self.now.difference is None else decimal_text(self.now.difference),
                "records": [
                    {
                        "uid": str(row.uid),
                        "number": row.number,
                        "then": decimal_text(row.then),
                        "now": decimal_text(row.now),
                    }
                    for row in self.now.rows
                ],
                "through": list(self.now.through),
            }
        names = ("tag", "name", "label", "code", "period", "where", "signed", "shown", "number", "marked")
        return {**{name: getattr(self, name) for name in names}, "state": str(self.state), "now": now}


@dataclass(frozen=True)
class TextFinding:
    """Words outside figures that are not those of the edition."""

    state: TextState
    where: str
    signed: str = ""
    shown: str = ""

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {"state": str(self.state), "where": self.where, "signed": self.signed, "shown": self.shown}


@dataclass(frozen=True)
class Verification:
    """Everything that the check of one file found.

    `found_by` is "property", "place", "number" or "asked"; `is_exact` says that the file is byte for byte what the
    edition gives; `made_from` is the digest that the file says it was made from.
    """

    edition: Edition
    office: str
    title: str
    found_by: str
    kind: str
    figures: Sequence[FigureFinding] = ()
    texts: Sequence[TextFinding] = ()
    is_exact: bool = False
    digest: str = ""
    made_from: str = ""
    newer: Edition | None = None
    notes: Sequence[str] = field(default=())

    @property
    def is_whole(self) -> bool:
        """Whether everything still holds."""
        return not self.texts and all(one.state is FigureState.HOLDS for one in self.figures)

    def of(self, state: FigureState) -> list[FigureFinding]:
        """The figures of one state, in the order of the document."""
        return [one for one in self.figures if one.state is state]

    @property
    def lost_marks(self) -> int:
        """How many figures that are still there have lost every mark."""
        return sum(not one.marked for one in self.figures if one.state is not FigureState.REMOVED)

    def as_json(self) -> dict[str, Any]:
        """For programs: keys and codes stay, words are in the language of whoever asks."""
        edition = self.edition
        return {
            "edition": {
                "uid": str(edition.pk),
                "report": edition.code,
                "office": edition.office_code,
                "period": edition.period_code,
                "language": edition.language,
                "number": edition.number,
                "status": edition.status,
                "paper_number": edition.paper_number,
                "digest": self.digest,
                "newer": None if self.newer is None else str(self.newer.pk),
            },
            "file": {
                "kind": self.kind,
                "found_by": self.found_by,
                "made_from": self.made_from,
                "exact": self.is_exact,
            },
            "holds": self.is_whole,
            "counts": {str(state): len(self.of(state)) for state in FigureState}
            | {"text": len(self.texts), "without_marks": self.lost_marks},
            "figures": [one.as_json() for one in self.figures],
            "texts": [one.as_json() for one in self.texts],
            "notes": list(self.notes),
        }
