"""The official document as PDF, built call by call exactly as `kernel.word.OfficialDocument` is.

Whoever writes a document writes it once, and hands it to the one or to the other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bonphuong.kernel.pdf.document import (
    Annex,
    Break,
    Column,
    Document,
    Head,
    Heading,
    Paragraph,
    Run,
    Signed,
    Table,
    render_pdf,
)
from bonphuong.kernel.word.layout import DECREE_30_2020, OfficialForm
from bonphuong.kernel.word.official import WEB, listed
from bonphuong.kernel.word.runs import Anchor, Figure, Link, Text, as_list, clean
from bonphuong.kernel.word.tables import TableRow

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.kernel.pdf.document import Align, Block
    from bonphuong.kernel.word import Letterhead, Signature, TableColumn
    from bonphuong.kernel.word.runs import Run as WordRun
    from bonphuong.kernel.word.runs import Runs as WordRuns

#: A row of more letters than this may be torn between pages: it might be taller than one.
_TALL = 900
#: A line of totals and the row above it, which are never parted.
_FOOT = 2


class OfficialPdf:
    """Builds one document from top to bottom; `save` gives its bytes, PDF/A and the same each time.

    A link to a place that the document does not have is left out; its words stay.
    """

    def __init__(
        self,
        *,
        title: str,
        creator: str,
        created: dt.datetime,
        form: OfficialForm = DECREE_30_2020,
        language: str = "vi-VN",
        mark: str = "",
        keywords: Sequence[str] = (),
    ) -> None:
        self.form = form
        self._given: dict[str, Any] = {
            "title": title,
            "creator": creator,
            "created": created,
            "language": language,
            "mark": mark,
            "keywords": tuple(keywords),
        }
        self._head: Head | None = None
        self._kind = self._abstract = ""
        self._blocks: list[Block] = []
        # Where blocks go now: into the body, or into the annex begun last.
        self._here = self._blocks
        self._places: set[str] = set()
        self._leading: list[Run] = []

    # --- head --------------------------------------------------------------------------------------------

    def letterhead(self, head: Letterhead) -> None:
        """Two columns: who writes, and in whose name; below them the number, the place and the date."""
        self._head = Head(
            issuer=head.issuer,
            parent=head.parent,
            number=head.number,
            place_date=head.place_date,
            about=head.about,
        )

    def title(self, kind: str, abstract: str, *, anchor: str = "") -> None:
        """The name of the kind of document ("BÁO CÁO") and what it is about; `anchor` is for Word alone."""
        del anchor
        self._kind, self._abstract = kind, abstract

    # --- body --------------------------------------------------------------------------------------------

    def heading(self, text: WordRuns, level: int = 1) -> None:
        """A heading of level 1 ("I. …"), 2 ("1. …") or 3 ("a) …"); it stands in the outline too."""
        self._here.append(Heading(self._runs(text), level))

    def paragraph(self, runs: WordRuns, *, italic: bool = False, keep_with_next: bool = False) -> None:
        """A justified paragraph with its first line indented."""
        self._here.append(Paragraph(self._runs(runs), italic=italic, kept=keep_with_next))

    def centred(
        self, runs: WordRuns, *, bold: bool = False, italic: bool = False, keep_with_next: bool = False
    ) -> None:
        """A centred line, such as "QUYẾT ĐỊNH:", or the name of the table that follows."""
        words = [one if isinstance(one, Text) or not bold else _bold(one) for one in as_list(runs)]
        self._here.append(Paragraph(self._runs(words), italic=italic, centred=True, kept=keep_with_next))

    def table(
        self,
        columns: Sequence[TableColumn],
        rows: Sequence[TableRow | Sequence[WordRuns]],
        *,
        numbered: bool = False,
        kept: bool = False,
        size: float | None = None,
    ) -> None:
        """A table over the whole width; its head is repeated on each page, `numbered` adds (1) (2) (3).

        A `kept` one stands on one page as a whole; `size` in points is for one of many columns.
        """
        heads = [Column(column.header, column.width, _align(column)) for column in columns]
        cells = [self._row(row) for row in rows]
        whole = all(len(row) == len(heads) for row in cells[-_FOOT:])
        totals = bool(rows) and whole and isinstance(rows[-1], TableRow) and rows[-1].bold
        # A foot of two rows needs a body above it; what has none is short.
        summed = totals and len(rows) > _FOOT
        kept = kept or (totals and not summed)
        self._here.append(Table(heads, cells, numbered=numbered, kept=kept, summed=summed, size=size))

    def page_break(self) -> None:
        """What follows begins on a new page."""
        self._here.append(Break())

    # --- end ---------------------------------------------------------------------------------------------

    def signature(
        self, signature: Signature, recipients: Sequence[str] = (), *, verbatim: bool = False
    ) -> None:
        """Recipients on the left, the signature on the right, always together on one page.

        The last words of the document stay with it: a signature alone on a page proves nothing.
        """
        if self._here and isinstance(last := self._here[-1], Paragraph):
            self._here[-1] = Paragraph(last.runs, last.italic, last.centred, kept=True)
        lines = list(recipients) if verbatim else listed(recipients)
        self._here.append(Signed(list(signature.lines), signature.name, lines))

    def annex(
        self,
        name: str,
        *,
        number: str = "",
        reference: str = "",
        landscape: bool = False,
        labelled: bool = True,
    ) -> None:
        """Begin an annex on a new page: "Phụ lục I", its name in capitals, the line that ties it to the document."""
        blocks: list[Block] = []
        label = f"{self.form.annex_word} {number}".strip() if labelled else ""
        self._blocks.append(Annex(name, blocks, label, f"({reference})" if reference else "", landscape))
        self._here = blocks

    def save(self) -> bytes:
        """The finished PDF."""
        for run in self._leading:
            if run.target not in self._places:
                run.target = ""
        return render_pdf(
            Document(
                **self._given,
                kind=self._kind,
                about=self._abstract,
                blocks=self._blocks,
                head=self._head,
                form=self.form,
            )
        )

    # --- parts -------------------------------------------------------------------------------------------

    def _row(self, given: TableRow | Sequence[WordRuns]) -> list[Any]:
        row = given if isinstance(given, TableRow) else TableRow(given)
        bold = row.bold
        cells = [self._runs([_bold(one) for one in as_list(c)] if bold else c) for c in row.cells]
        return cells if sum(map(_length, cells)) < _TALL else [*cells, True]

    def _runs(self, runs: WordRuns) -> str | list[str | Run]:
        if isinstance(runs, str):
            return clean(runs)
        made = [self._run(run) for run in as_list(runs)]
        return made[0] if len(made) == 1 and isinstance(made[0], str) else made

    def _run(self, run: WordRun) -> str | Run:
        match run:
            case str():
                return clean(run)
            case Text():
                return Run(clean(run.text), run.bold, run.italic, size=run.size)
            case Figure():
                return self._lead(Run(clean(run.text), run.bold, target=run.evidence))
            case Link() if run.target.startswith("#"):
                return self._lead(Run(clean(run.text), italic=run.italic, target=run.target[1:]))
            case Link():
                address = run.target if run.target.startswith(WEB) else ""
                return Run(clean(run.text), italic=run.italic, link=address)
            case Anchor():
                anchor = "" if run.name in self._places else run.name
                self._places.add(run.name)
                return Run(clean(run.text), anchor=anchor)

    def _lead(self, run: Run) -> Run:
        self._leading.append(run)
        return run


def _bold(run: WordRun) -> WordRun:
    match run:
        case str():
            return Text(run, bold=True)
        case Figure():
            return replace(run, bold=True)
    return run


def _align(column: TableColumn) -> Align:
    return "left" if column.align == "both" else column.align


def _length(cell: str | list[str | Run]) -> int:
    if isinstance(cell, str):
        return len(cell)
    return sum(len(run) if isinstance(run, str) else len(run.text) for run in cell)
