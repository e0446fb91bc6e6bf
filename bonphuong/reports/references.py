"""Figures named inside what a person writes: `{out.groups@to_date}` is told as the figure that it is on that day.

The grammar is that of the keys of a content: a figure of the definition, then its span, the part of it that one code
of a dimension has, the side of it that is told. `{=period}` and its like are words, so that a text that is carried
over into the next report speaks of the next period.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel.text import fold
from bonphuong.ledger.measures import MEASURES
from bonphuong.reports.schema import FACETS, PLAIN_DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bonphuong.reports.schema import Definition

#: Whatever a person puts between braces on one line.
BRACED = re.compile(r"\{([^{}\n]*)\}")
#: "up by 12.0%", "down by 2 groups": the word is chosen by the figures, so that it turns when they do.
CHANGE = "change"
#: Words of the report that a text may name.
WRITTEN_WORDS = ("period", "to_date", "last_year", "next", "year", "next_year", "since", "until", "office")
_FORM = re.compile(
    r"(?P<name>[a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*)(?:@(?P<span>[a-z_]+))?"
    r"(?:\[(?P<dimension>[a-z_]+)=(?P<codes>[^\[\]=]+)\])?(?::(?P<facet>[a-z_]+))?"
)
_SIDES = (*FACETS, CHANGE)


@dataclass(frozen=True)
class Reference:
    """A figure as a text names it. `codes` are the codes of `dimension` that are told together."""

    name: str
    span: str = "period"
    facet: str = ""
    dimension: str = ""
    codes: tuple[str, ...] = ()

    def __str__(self) -> str:
        span = "" if self.span == "period" else f"@{self.span}"
        part = f"[{self.dimension}={'+'.join(self.codes)}]" if self.dimension else ""
        facet = f":{self.facet}" if self.facet else ""
        return f"{{{self.name}{span}{part}{facet}}}"


@dataclass(frozen=True)
class Word:
    """A word of the report: `{=period}`."""

    name: str


def read_reference(inner: str) -> Reference | Word | None:
    """What stands between two braces, or None where it names nothing that could be in any report."""
    text = inner.strip()
    if text.startswith("="):
        return Word(text[1:].strip())
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    return Reference(
        name=match["name"],
        span=match["span"] or "period",
        facet=match["facet"] or "",
        dimension=match["dimension"] or "",
        codes=tuple((match["codes"] or "").split("+")) if match["dimension"] else (),
    )


def check_references(body: str, definition: Definition, labels: Mapping[str, str]) -> list[str]:
    """What is wrong with the references of a text, in words, each with its line; empty where all are known.

    `labels` (indicator → its words) help to say which figure may have been meant.
    """
    return [
        _("Line %(line)s: %(what)s") % {"line": body.count("\n", 0, match.start()) + 1, "what": what}
        for match in BRACED.finditer(body)
        for what in _mistakes(match[0], read_reference(match[1]), definition, labels)
    ]


def _mistakes(
    text: str, reference: Reference | Word | None, definition: Definition, labels: Mapping[str, str]
) -> Iterator[str]:
    if isinstance(reference, Word):
        if reference.name not in WRITTEN_WORDS:
            yield _("“%(text)s” is no word of this report.") % {"text": text}
        return
    if reference is None or reference.name not in definition.figures:
        near = _meant(text, definition, labels)
        yield _("“%(text)s” is no figure of this report.%(near)s") % {"text": text, "near": near}
        return
    if reference.span not in definition.spans:
        yield _("This report has no span “%(name)s”.") % {"name": reference.span}
    if reference.facet not in _SIDES:
        yield _("A figure has no side “%(name)s”.") % {"name": reference.facet}
    if reference.dimension and not _is_parted(reference, definition):
        yield (
            _("“%(name)s” is not parted by “%(dimension)s”.")
            % {"name": reference.name, "dimension": reference.dimension}
        )


def _is_parted(reference: Reference, definition: Definition) -> bool:
    measure = MEASURES.get(definition.figures[reference.name].indicator)
    return reference.dimension in PLAIN_DIMENSIONS or (
        measure is not None and reference.dimension in measure.slots
    )


def _meant(text: str, definition: Definition, labels: Mapping[str, str]) -> str:
    """The figure whose name or words are nearest to what was typed."""
    by_words = {fold(labels.get(spec.indicator, "")): name for name, spec in definition.figures.items()}
    known = {**{name: name for name in definition.figures}, **by_words}
    near = difflib.get_close_matches(fold(text.strip("{} ")), [word for word in known if word], 1, 0.6)
    if not near:
        return ""
    name = known[near[0]]
    label = labels.get(definition.figures[name].indicator, "")
    return _(" Did you mean %(name)s (%(label)s)?") % {"name": f"{{{name}}}", "label": label}
