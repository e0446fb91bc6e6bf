"""One block of a form, or one annex, as it is changed: texts, conditions, and what may stand in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.ledger.measures import MEASURES
from bonphuong.records.registry import get_family, kind_label
from bonphuong.reports.editing.conditions import (
    Choice,
    Term,
    chosen,
    side_words,
    span_words,
    term_words,
    words_of,
)
from bonphuong.reports.editing.pieces import GROUP, MACRO, Piece, macro_words, pieces_of
from bonphuong.reports.editing.tree import steps_of
from bonphuong.reports.schema import PLAIN_DIMENSIONS
from bonphuong.reports.services import mistakes_in
from bonphuong.web.desk.pages.settings.report_forms import block_kind, figure_labels, under, worded
from bonphuong.web.desk.pages.slots import dimension_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.reports.models import FormDraft

SENTENCES = ("paragraph", "items")


@dataclass(frozen=True)
class PieceView:
    """A piece of a sentence with the rows of its condition and what is wrong with it."""

    piece: Piece
    tests: Sequence[Term]
    mistakes: Sequence[str]

    @property
    def join(self) -> str:
        """Whether all tests must hold or any."""
        return self.piece.choice.join if self.piece.choice is not None else ""


@dataclass(frozen=True)
class Figure:
    """A figure or word that may stand in a text, as it is written there and what it is."""

    written: str
    label: str


@dataclass(frozen=True)
class Row:
    """A member of a list: a figure of a table, a column, a text."""

    path: str
    value: Any
    label: str = ""


@dataclass(frozen=True)
class BlockPage:
    """A block as it is changed."""

    draft: FormDraft
    path: str
    section: int
    section_title: str
    number: int
    kind: str
    sort: str
    block: Mapping[str, Any]
    whole: PieceView | None
    pieces: Sequence[PieceView]
    rows: Sequence[Row]
    columns: Sequence[Row]
    mistakes: Sequence[str]
    labels: Mapping[str, str]
    fields: Sequence[Figure]

    @property
    def figures(self) -> list[Figure]:
        """The figures that may stand in a text."""
        return [Figure(name, label) for name, label in sorted(self.labels.items(), key=lambda one: one[1])]


def block_page(draft: FormDraft, section: int, number: int) -> BlockPage:
    """A block of a section. Raises IndexError where there is none."""
    holder = draft.content["sections"][section]
    block = holder["blocks"][number]
    path = f"sections.{section}.blocks.{number}"
    labels = figure_labels(draft.content)
    wrong = mistakes_in(draft.content, draft.office_code)
    sort = next((key for key in (*SENTENCES, "table", "records", "slot") if key in block), "special")
    table = block.get("table", {})
    listed = "rows" if "rows" in table else "figures"
    whole = Piece(GROUP, path, 0, words="", when=_when(block, labels), choice=chosen(block.get("when")))
    tell = block.get("records", {})
    return BlockPage(
        draft=draft,
        path=path,
        section=section,
        section_title=str(holder.get("title", "")),
        number=number,
        kind=block_kind(block),
        sort=sort,
        block=block,
        whole=_view(whole, {}) if whole.choice is not None else None,
        pieces=_pieces(block[sort], (*steps_of(path), sort), worded(labels), wrong)
        if sort in SENTENCES
        else [],
        rows=[
            Row(f"{path}.table.{listed}.{n}", name, labels.get(name, name))
            for n, name in enumerate(table.get(listed, ()))
        ],
        columns=[Row(f"{path}.table.columns.{n}", one) for n, one in enumerate(table.get("columns", ()))]
        or _told_rows(f"{path}.records.say", tell.get("say", ())),
        mistakes=under(wrong, path),
        labels=labels,
        fields=_record_fields(draft.content, str(tell.get("figure", ""))),
    )


def _when(block: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    return words_of(block["when"], labels) if "when" in block else ""


def _told_rows(path: str, say: Sequence[Any]) -> list[Row]:
    """Texts told of a record: those that stand alone, and those of a group one by one."""
    found = []
    for n, part in enumerate(say):
        if isinstance(part, str):
            found.append(Row(f"{path}.{n}", part))
        else:
            inner = part.get("parts", ())
            found += [
                Row(f"{path}.{n}.parts.{m}", one) for m, one in enumerate(inner) if isinstance(one, str)
            ]
    return found


def text_page(draft: FormDraft, name: str) -> list[PieceView]:
    """Opening or closing where it is more than one text."""
    labels = figure_labels(draft.content)
    wrong = mistakes_in(draft.content, draft.office_code)
    return _pieces(draft.content.get(name, ""), (name,), worded(labels), wrong)


def _pieces(
    node: Any, path: tuple[str | int, ...], labels: Mapping[str, str], wrong: Mapping[str, Sequence[str]]
) -> list[PieceView]:
    return [_view(piece, wrong) for piece in pieces_of(node, path, labels)]


def _view(piece: Piece, wrong: Mapping[str, Sequence[str]]) -> PieceView:
    tests = [*(piece.choice or Choice()).tests, Term("")]
    place = gate_place(piece.path)
    if piece.kind == GROUP:
        told = [
            text
            for at, texts in wrong.items()
            if at == place or at.startswith(f"{place}.when")
            for text in texts
        ]
    else:
        told = under(wrong, place)
    return PieceView(piece, tests, told)


def gate_place(path: str) -> str:
    """How the gate calls a place of the editor: it leaves out what the block is."""
    parts = path.split(".")
    if len(parts) > 4 and parts[0] == "sections" and parts[4] in SENTENCES:
        del parts[4]
    return ".".join(parts)


def _record_fields(content: Mapping[str, Any], figure: str) -> list[Figure]:
    """The columns of the records under a figure: what may stand in braces in what is told of each."""
    if not figure:
        return []
    annexes = [
        one
        for one in content.get("annexes", ())
        if figure in (*one.get("figures", ()), one.get("figure", ""))
    ]
    found: dict[str, str] = {}
    for annex in annexes:
        found |= dict(family_columns(annex))
    return [Figure(code, label) for code, label in sorted(found.items(), key=lambda one: one[1])]


def family_columns(annex: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The columns that the records of an annex have, with their headings; restricted ones never leave."""
    try:
        family = get_family(str(annex.get("family", "")))
    except (KeyError, ValueError):
        return []
    found: dict[str, str] = {"state": _("State")}
    for kind in annex.get("kinds", ()):
        for column in family.columns_of(kind):
            if not column.restricted:
                found.setdefault(column.code, str(column.label))
    return sorted(found.items(), key=lambda one: one[1])


@dataclass(frozen=True)
class AnnexPage:
    """An annex as it is changed."""

    draft: FormDraft
    number: int
    path: str
    annex: Mapping[str, Any]
    about: str
    columns: Sequence[Row]
    offered: Sequence[tuple[str, str]]
    figures: Sequence[Row]
    mistakes: Sequence[str]
    labels: Mapping[str, str]


def annex_page(draft: FormDraft, number: int) -> AnnexPage:
    """An annex of a draft. Raises IndexError where there is none."""
    annex = draft.content["annexes"][number]
    labels = figure_labels(draft.content)
    path = f"annexes.{number}"
    wrong = mistakes_in(draft.content, draft.office_code)
    kinds = ", ".join(str(kind_label(annex["family"], kind)) for kind in annex.get("kinds", ()))
    rule = rule_words().get("open" if annex.get("not_carried_out") else annex.get("rule", "figure"), "")
    return AnnexPage(
        draft=draft,
        number=number,
        path=path,
        annex=annex,
        about=f"{kinds}: {rule}",
        columns=[Row(f"{path}.columns.{n}", one) for n, one in enumerate(annex.get("columns", ()))],
        offered=family_columns(annex),
        figures=[
            Row(f"{path}.figures.{n}", name, labels.get(name, name))
            for n, name in enumerate(annex.get("figures", ()))
        ],
        mistakes=under(wrong, path),
        labels=labels,
    )


def rule_words() -> dict[str, str]:
    """Which records an annex lists, in words."""
    return {
        "figure": _("those that make its figures"),
        "ended": _("those whose last day lies in the period"),
        "next_year": _("those whose last day lies in the next year"),
        "open": _("those allowed and not carried out"),
    }


def column_kinds() -> dict[str, str]:
    """What a column of an annex holds, in words."""
    return {
        "text": _("text"),
        "number": _("number"),
        "amount": _("amount of money"),
        "stated": _("stated amount, never added up"),
        "date": _("day"),
        "days": _("from a day to a day"),
    }


def word_list() -> list[Figure]:
    """The words that may stand in a text beside figures."""
    words = {
        "period": _("the period of the report"),
        "to_date": _("the year so far"),
        "since": _("its first day"),
        "until": _("its last day"),
        "year": _("the year"),
        "last_year": _("the same period a year earlier"),
        "next": _("the period that follows"),
        "next_year": _("the year that follows"),
        "office": _("the name of the office"),
        "we": _("how the office calls itself"),
        "as_of_day": _("the day on which it is written"),
        "report_before": _("the period of the report before"),
        "name": _("the name of the part, where parts are told"),
        "during": _("in the period, inside a sentence"),
        "during_start": _("in the period, at the beginning of a sentence"),
        "in_kind": _("in this month, quarter, year, inside a sentence"),
        "in_kind_start": _("in this month, quarter, year, at the beginning"),
        "compared": _("what figures are compared with"),
        "compared_again": _("the same, told for the second time"),
        "first_year": _("the first year of a report over several"),
        "since_year": _("the year since which figures are added up"),
    }
    return [Figure(f"{{={code}}}", word) for code, word in words.items()]


def choices_shared() -> dict[str, Any]:
    """What every page of the editor offers: tests, macros, sides, dimensions, spans."""
    slots = {slot for one in MEASURES.values() for slot in one.slots if slot}
    return {
        "tests": term_words(),
        "macros": macro_words(),
        "sides": side_words(),
        "spans": {"period": _("the period"), **span_words()},
        "dimensions": {name: dimension_word(name) for name in sorted({*PLAIN_DIMENSIONS, *slots})},
        "column_kinds": column_kinds(),
        "words": word_list(),
        "MACRO": MACRO,
    }
