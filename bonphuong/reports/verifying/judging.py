"""A document that came back, held against the edition that it shows, and against the ledger as it is today."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.indicators.figures import growth, share
from bonphuong.reports.canonical import decimal_text
from bonphuong.reports.changes import changes_since
from bonphuong.reports.compared import multiple, yearly
from bonphuong.reports.rendering.reading import View
from bonphuong.reports.verifying.aligning import compared, paired
from bonphuong.reports.verifying.findings import FigureFinding, FigureState, Now, TextFinding, TextState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bonphuong.kernel.word.reading import Cell, Mark, ReadDocument, Unit
    from bonphuong.reports.changes import Change
    from bonphuong.reports.models import Edition

_SHOWN = 600
_PAIR = 2
_DAYS_A_YEAR = 365.25
#: What a side of a figure says, from what it is now and what it is compared with.
_ANEW: Mapping[str, Callable[[Decimal, Decimal], Decimal | None]] = {
    "gap": lambda now, then: now - then,
    "growth": growth,
    "of_target": share,
    "times": lambda now, then: multiple(now, then) if then > 0 else None,
}


@dataclass(frozen=True)
class Ledger:
    """What has changed in the ledger since an edition: its changes by the figures of the content."""

    content: Mapping[str, Any]
    changes: Mapping[str, Change]

    @classmethod
    def since(cls, edition: Edition, content: Mapping[str, Any]) -> Ledger:
        """Of a draft nothing can have changed: it is told as things are now."""
        found = [] if edition.is_draft else changes_since(edition)
        return cls(content, {change.identifier: change for change in found})

    def now(self, figure: Mapping[str, Any]) -> Now | None:
        """What the ledger says today where that is not what was signed; None where it is."""
        if figure["value"] is None:
            return None
        change = self.changes.get(figure["id"])
        signed = Decimal(figure["value"])
        if change is not None:
            # An estimate is held against the count that came of it; other records of the same number are no change.
            difference = None if change.now is None else change.now - signed
            return None if difference == 0 else Now(change.now, difference, change.rows)
        through = sorted({self._numbers[name] for name in self._under(figure) if name in self.changes})
        if not through:
            return None
        value = self._derived(figure)
        if value == signed:
            return None
        return Now(value, None if value is None else value - signed, through=through)

    def _derived(self, figure: Mapping[str, Any]) -> Decimal | None:
        """A difference, growth, multiple, average or share anew from its two operands; None for anything else."""
        operands = [self._today(name) for name in figure["operands"]]
        if len(operands) != _PAIR or None in operands:
            return None
        first, second = (value or Decimal(0) for value in operands)
        side = figure["key"].rpartition(":")[2]
        if side == "average":
            return yearly(first, _years(figure["period"]))
        if side in _ANEW:
            return _ANEW[side](first, second)
        return share(first, second) if figure["value"] == _plain(share(*self._signed(figure))) else None

    def _signed(self, figure: Mapping[str, Any]) -> list[Decimal]:
        return [Decimal(self._by_id[name]["value"]) for name in figure["operands"]]

    def _today(self, name: str) -> Decimal | None:
        figure = self._by_id[name]
        change = self.changes.get(name)
        if change is not None:
            return change.now
        if figure["operands"]:
            return self._derived(figure)
        return None if figure["value"] is None else Decimal(figure["value"])

    @cached_property
    def _by_id(self) -> Mapping[str, Mapping[str, Any]]:
        return {figure["id"]: figure for figure in self.content["figures"]}

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {name: int(figure["n"]) for name, figure in self._by_id.items()}

    def _under(self, figure: Mapping[str, Any]) -> set[str]:
        """The figures that one is computed from, and those that these are computed from."""
        found: set[str] = set()
        waiting = list(figure["operands"])
        while waiting:
            name = waiting.pop()
            if name not in found and name in self._by_id:
                found.add(name)
                waiting += self._by_id[name]["operands"]
        return found


def _years(period: Mapping[str, str]) -> int:
    since, until = (dt.date.fromisoformat(period[end]) for end in ("since", "until"))
    return max(1, round(((until - since).days + 1) / _DAYS_A_YEAR))


class Judge:
    """Goes through both documents once, side by side."""

    def __init__(self, content: Mapping[str, Any], ledger: Ledger) -> None:
        self.view = View(content)
        self.ledger = ledger
        self.figures: list[FigureFinding] = []
        self.texts: list[TextFinding] = []
        self._where = ""
        self._names: Mapping[str, Mapping[str, str]] = {}
        self._tags: frozenset[str] = frozenset()

    def compare(self, signed: ReadDocument, given: ReadDocument, *, has_marks: bool = True) -> None:
        """Hold a document against the one that the content gives. Not every kind of file can hold marks."""
        self._names = signed.listed
        marked = given if has_marks else signed
        self._tags = frozenset(
            mark.tag for unit in marked.units for cell in unit.cells for mark in cell.marks
        )
        for pair in paired(signed.units, given.units):
            self._follow(pair.signed)
            if pair.signed is None and pair.given is not None:
                self._text(TextState.ADDED, "", pair.given.text)
            elif pair.given is None and pair.signed is not None:
                self._gone(pair.signed)
            elif pair.signed is not None and pair.given is not None:
                self._both(pair.signed, pair.given)
        self._where = _("Head and foot of the pages, notes")
        self._margins(signed.margins, given.margins)

    def _follow(self, unit: Unit | None) -> None:
        """Where in the document one is: under the last heading."""
        if unit is not None and unit.heading:
            self._where = unit.text

    def _gone(self, unit: Unit) -> None:
        for cell in unit.cells:
            for mark in cell.marks:
                self._figure(cell, mark, "")
        self._text(TextState.REMOVED, unit.text, "")

    def _both(self, signed: Unit, given: Unit) -> None:
        if len(signed.cells) != len(given.cells):
            self._reshaped(signed, given)
            return
        differs = False
        for one, other in zip(signed.cells, given.cells, strict=True):
            found = compared(one, other)
            for mark, shown in found.shown:
                self._figure(one, mark, shown)
            differs = differs or found.differs_around
        if differs:
            self._text(TextState.CHANGED, signed.text, given.text)

    def _reshaped(self, signed: Unit, given: Unit) -> None:
        """A row whose cells were joined or cut: a figure holds where its cell is still there."""
        left = Counter(cell.text for cell in given.cells)
        for cell in signed.cells:
            stays = left[cell.text] > 0
            left[cell.text] -= stays
            for mark in cell.marks:
                self._figure(cell, mark, cell.text[mark.start : mark.end] if stays else "")
        self._text(TextState.CHANGED, signed.text, given.text)

    def _text(self, state: TextState, signed: str, shown: str) -> None:
        self.texts.append(TextFinding(state, self._where, _short(signed), _short(shown)))

    def _margins(self, signed: Sequence[str], given: Sequence[str]) -> None:
        # A page number is of the page, not of the document; a line stands once for each kind of page.
        before, after = ({line for line in lines if not line.isdigit()} for lines in (signed, given))
        for line in sorted(before - after):
            self._text(TextState.REMOVED, line, "")
        for line in sorted(after - before):
            self._text(TextState.ADDED, "", line)

    # --- figures -----------------------------------------------------------------------------------------

    def _figure(self, cell: Cell, mark: Mark, shown: str) -> None:
        signed = cell.text[mark.start : mark.end]
        listed = self._names.get(mark.tag, {})
        figure = self.view.figures.get(listed.get("name", ""))
        now = self.ledger.now(figure) if figure is not None else self._added(listed.get("name", ""))
        self.figures.append(
            FigureFinding(
                tag=mark.tag,
                name=listed.get("name", ""),
                label=figure["label"] if figure is not None else self._column(listed.get("name", "")),
                code=listed.get("code", ""),
                period=listed.get("period", ""),
                where=self._where,
                signed=signed,
                shown=shown,
                state=_state(signed, shown, now),
                number=int(figure["n"]) if figure is not None else 0,
                marked=mark.tag in self._tags,
                now=now,
                unit=figure["unit"] if figure is not None and signed.endswith(figure["unit"]) else "",
            )
        )

    def _place(self, name: str) -> tuple[Mapping[str, Any] | None, str]:
        """The column of an annex that a number stands in, and the number of its record: "aid/9/88"."""
        code, column, record = (*name.split("/"), "", "")[:3]
        annex = next((one for one in self.view.content["annexes"] if one["code"] == code), None)
        if annex is None or not column.isdigit() or int(column) > len(annex["columns"]):
            return None, ""
        return annex["columns"][int(column) - 1], record

    def _column(self, name: str) -> str:
        """What a number of an annex is called: its column, and the number of its record."""
        column, record = self._place(name)
        if column is None:
            return ""
        label = str(column["label"])
        if not record:
            return f"{label}: {_('Total')}"
        found = self.view.records.get(int(record)) if record.isdigit() else None
        return f"{label}: {found['number']}" if found else label

    def _added(self, name: str) -> Now | None:
        """What a record adds today to the figure of its column, where that is not what the annex says."""
        column, record = self._place(name)
        figure = None if column is None else self.view.by_key.get(column.get("figure", ""))
        found = self.view.records.get(int(record)) if record.isdigit() else None
        change = None if figure is None else self.ledger.changes.get(figure["id"])
        if change is None or found is None:
            return None
        row = next((one for one in change.rows if str(one.uid) == found["uid"]), None)
        return None if row is None else Now(row.now, row.difference, (row,))


def _state(signed: str, shown: str, now: Now | None) -> FigureState:
    if not shown and signed:
        return FigureState.REMOVED
    if shown != signed:
        return FigureState.EDITED
    return FigureState.HOLDS if now is None else FigureState.CORRECTED


def _plain(value: Decimal | None) -> str:
    return "" if value is None else decimal_text(value)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
