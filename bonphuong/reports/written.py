"""What people write in a report, with the figures that they name told as they are: live in a draft, then frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.reports.figurebook import Scope
from bonphuong.reports.references import BRACED, CHANGE, Reference, Word, read_reference
from bonphuong.reports.sentences import tidied

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from bonphuong.reports.figurebook import Entry, FigureBook
    from bonphuong.reports.sentences import Run


@dataclass(frozen=True)
class Choice:
    """A figure that a text may name, with what it would say now."""

    reference: str
    name: str
    span: str
    facet: str
    label: str
    period: str
    text: str
    value: Decimal
    unit: str
    is_main: bool = False
    is_part: bool = False


class TextWriter:
    """Turns what a person wrote into runs."""

    def __init__(self, book: FigureBook, words: Mapping[str, str]) -> None:
        self.book = book
        self.words = words

    def paragraphs(self, body: str) -> list[list[Run]]:
        """One list of runs for each line that holds anything."""
        return [runs for line in body.splitlines() if (runs := tidied(self.runs(line.strip())))]

    def text(self, body: str) -> str:
        """The same as plain text, its lines as they were."""
        return "\n".join(
            "".join(run if isinstance(run, str) else run["t"] for run in self.runs(line))
            for line in body.strip().splitlines()
        )

    def runs(self, line: str) -> list[Run]:
        """A line in runs. What cannot be told stays as it was typed, so that nobody overlooks it."""
        found: list[Run] = []
        last = 0
        for match in BRACED.finditer(line):
            found += [line[last : match.start()], *(self._said(match[1]) or [match[0]])]
            last = match.end()
        return [*found, line[last:]]

    def untold(self, body: str) -> list[str]:
        """The references of a text that have nothing to tell in this report, as they were typed."""
        kept = dict(self.book.entries)
        missing = [match[0] for match in BRACED.finditer(body) if not self._said(match[1])]
        self.book.entries = kept
        return list(dict.fromkeys(missing))

    def _said(self, inner: str) -> list[Run]:
        reference = read_reference(inner)
        if reference is None:
            return []
        if isinstance(reference, Word):
            return [self.words[reference.name]] if self.words.get(reference.name) else []
        if reference.facet == CHANGE:
            return self.change(reference)
        entry = self.entry(reference, reference.facet)
        if entry is None:
            return []
        return [{"f": entry.identifier, "t": entry.bare if reference.facet == "bare" else entry.text}]

    def change(self, reference: Reference) -> list[Run]:
        """Up by 12.0%: in per cent where there was anything before, else by how many."""
        entry = self.entry(reference, "growth") or self.entry(reference, "gap")
        if entry is None:
            return []
        if not entry.value:
            return [_("the same as in the period of last year")]
        word = _("up by") if entry.value > 0 else _("down by")
        return [f"{word} ", {"f": entry.identifier, "t": entry.text}]

    def entry(self, reference: Reference, facet: str) -> Entry | None:
        """The figure itself, seen from one side; None where there is nothing to tell."""
        known = (reference.name, reference.span) in self.book.ground.counted.found
        return self.book.get(reference.name, reference.span, facet, self._scope(reference)) if known else None

    def _scope(self, reference: Reference) -> Scope | None:
        if not reference.dimension:
            return None
        label = ", ".join(self.book.label(reference.dimension, code) for code in reference.codes)
        return Scope(reference.dimension, reference.codes, label)


def choices(book: FigureBook, words: Mapping[str, str]) -> list[Choice]:
    """What a text may name: every figure of the report that has a value, by span and side, then the parts told.

    The book is left as it was.
    """
    kept = dict(book.entries)
    definition = book.ground.definition
    writer = TextWriter(book, words)
    found = [
        choice
        for name in definition.figures
        for span in definition.spans
        for facet in ("", "same", "growth", "gap", CHANGE)
        if (choice := _choice(writer, Reference(name, span, facet))) is not None
    ]
    parts = [
        Reference(e.name, span_of(e), "", e.scope.dimension, e.scope.codes) for e in kept.values() if e.scope
    ]
    found += [
        choice
        for reference in dict.fromkeys(parts)
        if reference.codes != ("",) and reference.span in definition.spans
        if (choice := _choice(writer, reference)) is not None and choice.value
    ]
    book.entries = kept
    return found


def span_of(entry: Entry) -> str:
    """The span in the key of a figure: "period" of "out.groups@period[country=LA]:growth"."""
    return entry.key.split("@")[1].split("[")[0].removesuffix(":published")


def _choice(writer: TextWriter, reference: Reference) -> Choice | None:
    book = writer.book
    facet = "" if reference.facet == CHANGE else reference.facet
    entry = writer.entry(reference, facet)
    if reference.facet == CHANGE and entry is not None:
        entry = writer.entry(reference, "growth") or writer.entry(reference, "gap")
    if entry is None:
        return None
    said = writer.change(reference) if reference.facet == CHANGE else [entry.text]
    return Choice(
        reference=str(reference),
        name=reference.name,
        span=reference.span,
        facet=reference.facet,
        label=entry.label,
        period=entry.period.label(book.ground.language),
        text="".join(run if isinstance(run, str) else run["t"] for run in said),
        value=entry.value,
        unit=entry.unit,
        is_main=not reference.dimension and book.ground.definition.figures[reference.name].headline,
        is_part=bool(reference.dimension),
    )
