"""The evidence of a content: the records that figures are made of, numbered, and for each figure what each adds."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bonphuong.indicators.figures import unscaled
from bonphuong.kernel.canonical import moment_text
from bonphuong.reports.canonical import decimal_text, period_json
from bonphuong.reports.enums import Basis
from bonphuong.reports.ground import SAME
from bonphuong.reports.sections import roman

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bonphuong.indicators.figures import Figure, StatedView
    from bonphuong.indicators.models import Indicator
    from bonphuong.reports.figurebook import Entry, FigureBook
    from bonphuong.reports.ground import AnnexRow, AnnexRows, Cell, Ground
    from bonphuong.reports.queries import Told
    from bonphuong.reports.schema import AnnexColumn
    from bonphuong.reports.sentences import Speaker

Row = dict[str, Any]
# Measures that count a decision rather than what took place.
_DECIDED = ".approved_"


class Register:
    """The records behind all figures of the content, numbered by day."""

    def __init__(self, ground: Ground, book: FigureBook) -> None:
        self.ground = ground
        _count_all(ground, book)
        self.days = _days(ground)
        self.entries = tuple(book.entries.values())
        self.identifiers = {entry.key: entry.identifier for entry in self.entries}
        uids = {uid for entry in self.entries for uid in entry.rows}
        uids |= {uid for annex in ground.annexes for uid in annex.uids}
        ordered = sorted(uids, key=lambda uid: (self._day(uid), self._number(uid), str(uid)))
        self.numbers = {uid: number for number, uid in enumerate(ordered, start=1)}

    def _day(self, uid: UUID) -> dt.date:
        # What no figure counts (the plan of next year) stands at the end of the report's own period.
        return self.days.get(uid, self.ground.spans["period"].until)

    def _number(self, uid: UUID) -> str:
        view = self.ground.records.get(uid)
        return "" if view is None else view.number

    def records(self) -> list[Row]:
        """Each record once, with what it adds to each measure. A masked one keeps its number only."""
        adds: dict[UUID, dict[str, str]] = {}
        for entry in self.entries:
            if entry.basis == Basis.COUNTED:
                code = entry.figure.indicator.code
                for uid, value in entry.rows.items():
                    text = decimal_text(unscaled(value, entry.figure.indicator))
                    adds.setdefault(uid, {}).setdefault(code, text)
        return [self._record(uid, number, adds.get(uid, {})) for uid, number in self.numbers.items()]

    def _record(self, uid: UUID, number: int, adds: Mapping[str, str]) -> Row:
        view = self.ground.records.get(uid)
        row: Row = {"n": number, "uid": str(uid), "on": self._day(uid).isoformat(), "adds": dict(adds)}
        if view is None:
            return {
                **row,
                "number": str(uid)[:8],
                "title": "",
                "family": "",
                "kind": "",
                "kind_label": "",
                "office": "",
            }
        return {
            **row,
            "number": view.number,
            "title": view.title,
            "family": "" if view.is_masked else view.family,
            "kind": view.kind,
            "kind_label": view.kind_label,
            "office": view.office,
        }

    def annexes(self, speaker: Speaker) -> list[Row]:
        """The annexes that hold anything, numbered I, II, …"""
        return [
            self._annex(annex, roman(number), speaker.text(annex.spec.title))
            for number, annex in enumerate(self.ground.annexes, start=1)
        ]

    def _annex(self, annex: AnnexRows, number: str, title: str) -> Row:
        columns = annex.spec.columns
        return {
            "code": annex.spec.code,
            "number": number,
            "title": title,
            "columns": [_column(column) for column in columns],
            "rows": [self._line(row) for row in annex.rows],
            "totals": [
                _total(column.kind, cells)
                for column, cells in zip(
                    columns, zip(*(row.cells for row in annex.rows), strict=True), strict=True
                )
            ],
        }

    def _line(self, row: AnnexRow) -> Row:
        numbers = [self.numbers[uid] for uid in row.uids]
        line: Row = {"n": numbers[0], "cells": list(row.cells)}
        return line if len(numbers) == 1 else {**line, "with": numbers[1:]}


def _column(column: AnnexColumn) -> Row:
    """A column as contents keep it; the figure that it adds up to by its key."""
    adds = {"figure": f"{column.figure}@{column.span}"} if column.figure else {}
    return {"label": column.label, "width": str(column.width), "kind": column.kind, **adds}


def _total(kind: str, cells: Sequence[Cell]) -> Cell | None:
    """The sum of a column of numbers or of amounts; None for any other, and where there is nothing to add up."""
    amounts = [Decimal(cell["amount"]) for cell in cells if isinstance(cell, dict) and "amount" in cell]
    numbers = [cell for cell in cells if isinstance(cell, int)]
    if kind == "amount" or (kind == "number" and amounts):
        return {"amount": decimal_text(sum(amounts, Decimal(sum(numbers))))} if amounts or numbers else None
    return sum(numbers) if kind == "number" else None


def _count_all(ground: Ground, book: FigureBook) -> None:
    """Every figure that was counted belongs to the content, told or not: later reports compare with it."""
    for name in ground.definition.figures:
        for span in ground.definition.spans:
            book.get(name, span)
            book.get(name, span, "recorded")
            book.get(name, SAME + span)


def _days(ground: Ground) -> dict[UUID, dt.date]:
    """Record → the last day that it counts on: a trip stands at its departure, not at its decision.

    A decision may be later than the departure that it allows, and a day that was corrected away counts nothing.
    """
    ranks: dict[UUID, tuple[bool, bool, dt.date]] = {}
    for rows in ground.counted.rows.values():
        sums: Counter[tuple[UUID, bool, dt.date]] = Counter()
        for row in rows:
            sums[row.source, _DECIDED not in row.measure, row.on] += row.value
        for (source, took_place, on), total in sums.items():
            rank = (total != 0, took_place, on)
            ranks[source] = max(ranks.get(source, rank), rank)
    return {source: on for source, (_counts, _took_place, on) in ranks.items()}


def figure_list(ground: Ground, register: Register, as_of: dt.datetime, told: frozenset[str]) -> list[Row]:
    """Every figure of the content as plain data, those that are told first."""
    return [_figure(entry, ground, register, as_of, is_told=entry.key in told) for entry in register.entries]


def _figure(entry: Entry, ground: Ground, register: Register, as_of: dt.datetime, *, is_told: bool) -> Row:
    indicator = entry.figure.indicator
    row: Row = {
        "id": entry.identifier,
        "n": entry.number,
        "key": entry.key,
        "told": is_told,
        "name": entry.name,
        "code": indicator.code,
        "basis": str(entry.basis),
        "label": entry.label,
        "unit": entry.unit,
        "text": entry.text,
        "value": decimal_text(entry.value),
        "status": entry.status,
        "office": ground.office.code,
        "period": period_json(entry.period, ground.language),
        "as_of": _stands_at(entry, as_of),
        "formula": entry.formula,
        "operands": [register.identifiers[key] for key in entry.operands],
        "rows": [
            [register.numbers[uid], decimal_text(unscaled(value, indicator))]
            for uid, value in sorted(entry.rows.items(), key=lambda item: register.numbers[item[0]])
        ],
    }
    if entry.scope is not None:
        row["scope"] = {
            "dimension": entry.scope.dimension,
            "codes": list(entry.scope.codes),
            "label": entry.scope.label,
        }
    if entry.told is not None:
        row["edition"] = _edition(entry.told, ground.language)
    if entry.basis in (Basis.COUNTED, Basis.ESTIMATE):
        row |= _beside(entry.figure, ground)
    return row


def _stands_at(entry: Entry, as_of: dt.datetime) -> str:
    """What an earlier edition told stands at its moment, everything else at ours."""
    if entry.told is not None and entry.basis == Basis.PUBLISHED:
        return str(entry.told.content["as_of"])
    return moment_text(as_of)


def _edition(told: Told, language: str) -> Row:
    edition = told.edition
    return {
        "uid": str(edition.pk),
        "period": edition.period.label(language),
        "number": edition.paper_number,
        "on": edition.paper_on.isoformat() if edition.paper_on else "",
    }


def _beside(figure: Figure, ground: Ground) -> Row:
    """What papers and declarations say beside a counted figure."""
    row: Row = {"covered": figure.is_covered}
    if figure.recorded is not None:
        row["recorded"] = decimal_text(figure.recorded)
    if figure.stated is not None:
        row["stated"] = _stated(figure.stated, figure.indicator, ground)
    if figure.target is not None:
        row["target"] = _stated(figure.target, figure.indicator, ground)
    if figure.estimate is not None:
        row["estimate"] = _stated(figure.estimate, figure.indicator, ground)
    if figure.difference is not None:
        row["difference"] = decimal_text(figure.difference)
    if figure.entered is not None:
        row["entered"] = [decimal_text(part) for part in figure.entered]
    return row


def _stated(view: StatedView, indicator: Indicator, ground: Ground) -> Row:
    statement = view.statement
    paper = ground.papers.get(statement.paper_uid) if statement.paper_uid else None
    return {
        "uid": str(statement.uid),
        "value": decimal_text(view.value),
        "bound": statement.bound,
        "text": statement.text,
        "signer": statement.signer,
        "paper": paper.text if paper else "",
        "on": paper.on.isoformat() if paper and paper.on else "",
        "unit": indicator.get_measure().unit(ground.language),
    }


def definitions_of(book: FigureBook, language: str) -> dict[str, Row]:
    """Indicator → its words, as they were when the report was written."""
    found: dict[str, Row] = {}
    for entry in book.entries.values():
        indicator = entry.figure.indicator
        if indicator.code not in found:
            measure = indicator.get_measure() if indicator.measure else None
            found[indicator.code] = {
                "label": indicator.label(language),
                "measure": indicator.measure,
                "definition": indicator.definition(language),
                "counts_by": measure.counts_by(language) if measure else "",
                "unit": measure.unit(language) if measure else "",
                "version": measure.version if measure else 0,
            }
    return dict(sorted(found.items()))
