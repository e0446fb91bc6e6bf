"""The official layout of NĐ 30/2020/NĐ-CP, each figure a link to the annex that shows its evidence.

Written once, for Word and for PDF: both papers take the same calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bonphuong.kernel.word import (
    Anchor,
    Figure,
    Letterhead,
    Link,
    Signature,
    TableColumn,
    TableRow,
    Text,
)
from bonphuong.reports.rendering.forms import form_of
from bonphuong.reports.rendering.reading import Other, Rows, cell_text, written_runs
from bonphuong.reports.rendering.widths import annex_widths, column_widths, lines_of, size_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bonphuong.kernel.pdf import OfficialPdf
    from bonphuong.kernel.word import OfficialDocument
    from bonphuong.kernel.word import Run as WordRun
    from bonphuong.kernel.word.tables import Align
    from bonphuong.reports.rendering.reading import Piece, View
    from bonphuong.reports.sentences import Run

_TAGS = {"vi": "vi-VN", "en": "en-GB"}
_NUMBER_WIDTH = 12.0
#: Millimetres between the margins of a page of an annex.
_ANNEX_WIDTH = 257.0
#: A table of the text that takes no more lines than this stands on one page.
_SHORT_TABLE = 14
_ALIGN: Mapping[str, Align] = {
    "number": "center",
    "date": "center",
    "amount": "right",
    "stated": "right",
    "days": "center",
}


def properties_of(view: View) -> dict[str, Any]:
    """What both kinds of paper are made with: title, author, time, language, mark, form."""
    content = view.content
    return {
        "title": f"{content['head']['kind']} {content['head']['title']}",
        "creator": content["edition"]["office_name"],
        "created": view.as_of,
        "language": _TAGS.get(view.language, "vi-VN"),
        "mark": view.mark,
        "form": form_of(view.language),
    }


class OfficialWriter:
    """Writes one document from top to bottom."""

    def __init__(self, view: View, document: OfficialDocument | OfficialPdf) -> None:
        self.view = view
        self.content = view.content
        self.document = document
        # Contents that were frozen before definitions could leave it out have it.
        self.shows_evidence: bool = self.content.get("docx_evidence", True)

    def write(self) -> bytes:
        head = self.content["head"]
        self.document.letterhead(
            Letterhead(
                parent=head["parent"],
                issuer=head["issuer"],
                number=head["number"],
                place_date=head["place_date"],
            )
        )
        self.document.title(head["kind"], head["title"], anchor=self.view.anchor)
        self.document.centred(Text(f"({head['days']})", italic=True, size=12))
        if self.content["opening"]:
            self.document.paragraph(self._runs(self.content["opening"]))
        for section in self.content["sections"]:
            self._section(section)
        if self.content["closing"]:
            self.document.paragraph(self._runs(self.content["closing"]))
        signature = self.content["signature"]
        self.document.signature(Signature(signature["lines"], signature["name"]), self.content["recipients"])
        for annex in self.content["annexes"]:
            self._annex(annex)
        if self.shows_evidence:
            self._evidence()
            self._records()
        return self.document.save()

    # --- body --------------------------------------------------------------------------------------------

    def _section(self, section: Mapping[str, Any]) -> None:
        self.document.heading(f"{section['number']}. {section['title']}", level=section["level"])
        for block in section["blocks"]:
            match block["kind"]:
                case "paragraph":
                    self.document.paragraph(self._runs(block["runs"]))
                case "items":
                    for item in block["items"]:
                        self.document.paragraph(["- ", *self._runs(item)])
                case "written":
                    for runs in written_runs(block):
                        self.document.paragraph(self._runs(runs))
                case "state":
                    self.document.paragraph(block["text"], italic=True)
                case "table":
                    self._table(block)

    def _table(self, table: Mapping[str, Any]) -> None:
        self.document.centred(Text(table["caption"], bold=True, size=13), keep_with_next=True)
        heads = [column["label"] for column in table["columns"]]
        told = [*table["rows"], *([table["totals"]] if "totals" in table else [])]
        texts = [[row["head"], *(self.view.plain([cell]) for cell in row["cells"])] for row in told]
        widths = column_widths(heads, texts)
        columns = [
            TableColumn(column["label"], width, "left" if column["kind"] == "text" else "center")
            for column, width in zip(table["columns"], widths, strict=True)
        ]
        rows: list[TableRow | Sequence[Any]] = [self._row(row) for row in table["rows"]]
        if "totals" in table:
            rows.append(TableRow(self._row(table["totals"]), bold=True))
        self.document.table(columns, rows, kept=lines_of(texts, widths) <= _SHORT_TABLE)

    def _row(self, row: Mapping[str, Any]) -> list[Any]:
        return [row["head"], *(self._runs([cell]) for cell in row["cells"])]

    def _runs(self, runs: Sequence[Run]) -> list[WordRun]:
        return [run if isinstance(run, str) else self._figure(run) for run in runs]

    def _figure(self, run: Mapping[str, str]) -> Figure:
        figure = self.view.figures[run["f"]]
        return Figure(
            text=run["t"],
            evidence=f"e{figure['n']}" if self.shows_evidence else "",
            code=figure["code"],
            period=figure["period"]["code"],
            as_of=figure["as_of"],
            digest=self.view.digest(figure),
            name=figure["id"],
        )

    # --- annexes -----------------------------------------------------------------------------------------

    def _annex(self, annex: Mapping[str, Any]) -> None:
        self.document.annex(
            annex["title"], number=annex["number"], reference=self.view.reference(), landscape=True
        )
        columns = [TableColumn(_("No."), _NUMBER_WIDTH, "center")]
        widths = annex_widths(annex, self.view.language, _ANNEX_WIDTH - _NUMBER_WIDTH)
        columns += [
            TableColumn(c["label"], width, _ALIGN.get(c["kind"], "left"))
            for c, width in zip(annex["columns"], widths, strict=True)
        ]
        rows: list[TableRow | Sequence[Any]] = []
        for index, row in enumerate(annex["rows"], start=1):
            number = Link(str(index), f"#r{row['n']}") if self.shows_evidence else str(index)
            rows.append([number, *self._cells(annex, row)])
        if any(total is not None for total in annex["totals"]):
            rows.append(TableRow(["", _("Total"), *self._totals(annex)[1:]], bold=True))
        self.document.table(columns, rows, numbered=True, size=size_of(annex))

    def _cells(self, annex: Mapping[str, Any], row: Mapping[str, Any]) -> list[str | Figure]:
        """The cells of a row; what a record adds is a figure too, and leads to the record."""
        return [
            self._added(annex, index, cell, row["n"])
            if _is_number(cell)
            else cell_text(cell, self.view.language)
            for index, cell in enumerate(row["cells"])
        ]

    def _added(self, annex: Mapping[str, Any], index: int, cell: object, number: int) -> Figure:
        code, period, _figure = self._column(annex, index)
        return Figure(
            text=cell_text(cell, self.view.language),
            evidence=f"r{number}" if self.shows_evidence else "",
            code=code,
            period=period,
            as_of=self.content["as_of"],
            digest=self.view.digest(self.view.records[number]),
            name=f"{annex['code']}/{index + 1}/{number}",
        )

    def _totals(self, annex: Mapping[str, Any]) -> list[str | Figure]:
        return [
            "" if total is None else self._total(annex, index, total)
            for index, total in enumerate(annex["totals"])
        ]

    def _total(self, annex: Mapping[str, Any], index: int, total: object) -> Figure:
        """What a column adds up to: the figure that its records stand under, where the text tells that."""
        code, period, figure = self._column(annex, index)
        if figure is not None and figure["value"] != _amount(total):
            # The annex lists more than the figure counts, or less: its sum is a number of its own.
            figure = None
        told = figure is not None and figure["id"] in self.view.told_names
        return Figure(
            text=cell_text(total, self.view.language),
            evidence=f"e{figure['n']}" if figure is not None and told and self.shows_evidence else "",
            code=code,
            period=period,
            as_of=self.content["as_of"],
            digest=self.view.digest(annex if figure is None else figure),
            name=f"{annex['code']}/{index + 1}/" if figure is None else figure["id"],
        )

    def _column(self, annex: Mapping[str, Any], index: int) -> tuple[str, str, Mapping[str, Any] | None]:
        """Indicator and period of a column, and the figure that it adds up to. Older contents do not say which."""
        figure = self.view.by_key.get(annex["columns"][index].get("figure", ""))
        if figure is not None:
            return figure["code"], figure["period"]["code"], figure
        return f"annex.{annex['code']}.{index + 1}", self.content["spans"]["period"]["code"], None

    def _evidence(self) -> None:
        self.document.annex(
            _("Evidence of the figures"), number=self.view.evidence_number, reference=self.view.reference(),
            landscape=True,
        )  # fmt: skip
        self.document.paragraph(
            _(
                "Each figure of the report leads to its line here. Records are named by their numbers in annex %(number)s."
            )
            % {"number": self.view.records_number}
        )
        for note in self.content["notes"]:
            self.document.paragraph(note)
        told = [
            [
                figure["label"],
                figure["text"],
                self.view.period(figure),
                [*map(_piece, self.view.evidence(figure))],
            ]
            for figure in self.view.told
        ]
        heads = [pgettext("evidence", "Figure"), _("Value"), _("Period"), _("What it rests on")]
        numbers = [Anchor(f"e{figure['n']}", str(figure["n"])) for figure in self.view.told]
        self._list(zip(heads, (72, 33, 56, 84), strict=True), numbers, told)

    def _list(
        self,
        heads: Iterable[tuple[str, float]],
        numbers: Sequence[Anchor],
        rows: Sequence[Sequence[str | list[WordRun]]],
        centred: int = -1,
    ) -> None:
        """A list over the whole page, its lines led to by their numbers; the shares of its columns are what is meant."""
        named = list(heads)
        table = {
            "columns": [{"label": label, "width": width} for label, width in named],
            "rows": [
                {"cells": [cell if isinstance(cell, str) else _said(cell) for cell in row]} for row in rows
            ],
            "totals": [None] * len(named),
        }
        widths = annex_widths(table, self.view.language, _ANNEX_WIDTH - _NUMBER_WIDTH)
        made = [TableColumn(_("No."), _NUMBER_WIDTH, "center")]
        made += [
            TableColumn(label, width, "center" if index == centred else "left")
            for index, ((label, _share), width) in enumerate(zip(named, widths, strict=True))
        ]
        self.document.table(made, [[[number], *row] for number, row in zip(numbers, rows, strict=True)])

    def _records(self) -> None:
        if not self.view.shown:
            return
        self.document.annex(
            _("Records behind the figures"), number=self.view.records_number, reference=self.view.reference(),
            landscape=True,
        )  # fmt: skip
        rows = [
            [
                record["number"],
                record["title"],
                cell_text({"day": record["on"]}, self.view.language),
                record["office"],
                self.view.adds(record),
            ]
            for record in self.view.shown
        ]
        heads = [_("Case number"), _("Record"), _("Counts on"), _("Office"), _("What it adds")]
        numbers = [Anchor(f"r{record['n']}", str(record["n"])) for record in self.view.shown]
        self._list(zip(heads, (30, 82, 25, 44, 64), strict=True), numbers, rows, centred=2)


def _amount(total: object) -> str:
    """A total as contents keep values."""
    return str(total["amount"] if isinstance(total, dict) else total)


def _is_number(cell: object) -> bool:
    return isinstance(cell, int) or (isinstance(cell, dict) and "amount" in cell)


def _said(runs: Sequence[WordRun]) -> str:
    """Runs as text, to be measured."""
    return "".join(run if isinstance(run, str) else run.text for run in runs)


def _piece(piece: Piece) -> WordRun:
    if isinstance(piece, Rows):
        return Link(str(piece), f"#r{piece.first}")
    if isinstance(piece, Other):
        return Link(str(piece.number), f"#e{piece.number}")
    return piece
