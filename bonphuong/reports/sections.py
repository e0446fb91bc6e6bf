"""Writes the sections of a content: what is counted, what people wrote, and in words what there is nothing of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.indicators.enums import FigureStatus
from bonphuong.reports.enums import LateRule, SlotState
from bonphuong.reports.nation.blocks import NATIONAL, provinces_table
from bonphuong.reports.schema import tell_of
from bonphuong.reports.tables import figures_table, parts_table, restated_table, trueup_table, years_tables
from bonphuong.reports.written import TextWriter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.reports.figurebook import Entry, FigureBook
    from bonphuong.reports.ground import Ground
    from bonphuong.reports.schema import SectionSpec
    from bonphuong.reports.sentences import Run, Speaker

Block = dict[str, Any]
#: Stands in a translated sentence where a figure will be.
HOLE = "\x00"
_TABLES = {"figures": figures_table, "parts": parts_table, "provinces": provinces_table}
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class SectionWriter:
    """Goes through the definition once."""

    def __init__(self, ground: Ground, book: FigureBook, speaker: Speaker) -> None:
        self.ground = ground
        self.book = book
        self.speaker = speaker
        self.writer = TextWriter(book, speaker.words)

    def sections(self) -> list[Block]:
        """Every section, numbered I, II, … and 1, 2, … below; none is ever left out."""
        found = []
        upper = lower = 0
        specs = self.ground.definition.sections
        for index, spec in enumerate(specs):
            if spec.level == 1:
                upper, lower = upper + 1, 0
                number = roman(upper)
            else:
                lower += 1
                number = str(lower)
            is_frame = spec.level == 1 and index + 1 < len(specs) and specs[index + 1].level > 1
            found.append(self._section(spec, number, is_frame=is_frame and not spec.blocks))
        return found

    def _section(self, spec: SectionSpec, number: str, *, is_frame: bool) -> Block:
        self.speaker.begin_section()
        blocks = [block for given in spec.blocks for block in self._blocks(given)]
        state = "told" if blocks or is_frame else self._silence(spec)
        if not blocks and not is_frame:
            blocks = [{"kind": "state", "state": state, "text": said_of(state)}]
        title = self.speaker.text(spec.title)
        return {
            "code": spec.code,
            "number": number,
            "level": spec.level,
            "title": title.upper() if spec.level == 1 else title,
            "state": state,
            "slots": list(spec.slots),
            "blocks": blocks,
        }

    def _silence(self, spec: SectionSpec) -> str:
        """Why a section has nothing to tell: a person says so, or its figures do."""
        states = {self.ground.texts[slot].state for slot in spec.slots if slot in self.ground.texts}
        for state, word in (
            (SlotState.NOT_APPLICABLE, "not_applicable"),
            (SlotState.NOTHING, FigureStatus.ZERO),
        ):
            if state in states:
                return str(word)
        statuses = {self.book.figure(name).status for name in spec.figures}
        return str(
            FigureStatus.ZERO if statuses and statuses <= {FigureStatus.ZERO} else FigureStatus.NOT_ENTERED
        )

    def _blocks(self, given: Mapping[str, Any]) -> list[Block]:
        if "when" in given and not self.speaker.holds_plainly(given["when"]):
            return []
        if "paragraph" in given:
            runs = self.speaker.say(given["paragraph"])
            return [{"kind": "paragraph", "runs": runs}] if runs else []
        if "items" in given:
            items = self.speaker.items(given["items"])
            return [{"kind": "items", "items": items}] if items else []
        if "records" in given:
            tell = tell_of(given["records"])
            told = self.ground.tellings.get((tell.figure, tell.span), ())
            return [{"kind": "items", "items": [[text] for text in told]}] if told else []
        if "table" in given:
            return self._table(given["table"])
        if "slot" in given:
            return self._slot(given["slot"])
        special = {"late": self._late, "trueup": self._trueup, "not_carried_out": self._not_carried_out}
        if given["special"] in NATIONAL:
            return NATIONAL[given["special"]](self.book)
        return special[given["special"]]()

    def _table(self, given: Mapping[str, Any]) -> list[Block]:
        if given["kind"] == "years":
            return years_tables(given, self.book, self.speaker)
        table = _TABLES[given["kind"]](given, self.book, self.speaker)
        return [table] if table is not None else []

    def _slot(self, slot: str) -> list[Block]:
        text = self.ground.texts.get(slot)
        if text is None or text.state or not text.body.strip():
            return []
        return [
            {
                "kind": "written",
                "slot": slot,
                "text": self.writer.text(text.body),
                "paragraphs": self.writer.paragraphs(text.body),
                "is_carried": text.is_carried,
            }
        ]

    def _late(self) -> list[Block]:
        """What came in late: restated at its own period, or carried as a line of its own."""
        if self.ground.row.late_rule == LateRule.RESTATE:
            table = restated_table(self.book)
            if table is None:
                return []
            said = _("Earlier figures of this year are restated; the figures since its beginning hold them.")
            return [{"kind": "paragraph", "runs": [said]}, table]
        parts: list[list[Run]] = []
        for name, spec in self.ground.definition.figures.items():
            found = self.book.get(name, "period", "late") if spec.headline else None
            if found is not None:
                way = (
                    _("%(label)s up by %(figure)s") if found.value > 0 else _("%(label)s down by %(figure)s")
                )
                parts.append(spliced(way % {"label": found.label.lower(), "figure": HOLE}, [link_to(found)]))
        if not parts:
            return []
        joined = [run for index, part in enumerate(parts) for run in ([*(["; "] if index else []), *part])]
        runs = spliced(self._late_words() % {"period": self._last_label(), "changes": HOLE}, joined)
        return [{"kind": "paragraph", "special": "late", "runs": runs}]

    def _late_words(self) -> str:
        before, to_date = self.ground.spans["before"], self.ground.spans["to_date"]
        if before.since >= to_date.since:
            return _(
                "Late figures of earlier periods, entered after the report for %(period)s: %(changes)s; "
                "the figures since the beginning of the year hold them."
            )
        return _(
            "Late figures of the year before, entered after the report for %(period)s: %(changes)s; "
            "they are not in the figures of this year."
        )

    def _last_label(self) -> str:
        last = self.ground.spans.earlier.last
        return "" if last is None else last.edition.period.label(self.ground.language)

    def _trueup(self) -> list[Block]:
        table = trueup_table(self.book)
        return [] if table is None else [table]

    def _not_carried_out(self) -> list[Block]:
        found = self.book.not_carried_out()
        if found is None:
            return []
        words = _(
            "%(figure)s allowed in the period had not been carried out when this report was written%(where)s."
        )
        annex = next((a for a in self.ground.annexes if a.spec.not_carried_out), None)
        where = ""
        if annex is not None:
            number = roman(list(self.ground.annexes).index(annex) + 1)
            where = _(" (annex %(number)s)") % {"number": number}
        runs = spliced(words % {"figure": HOLE, "where": where}, [link_to(found)])
        return [{"kind": "paragraph", "special": "not_carried_out", "runs": runs}]


def link_to(entry: Entry) -> Run:
    """A figure as a run."""
    return {"f": entry.identifier, "t": entry.text}


def spliced(text: str, runs: Sequence[Run]) -> list[Run]:
    """A translated sentence with the runs put where its hole is, so that each language orders its words."""
    before, _hole, after = text.partition(HOLE)
    return [part for part in (before, *runs, after) if part]


def said_of(state: str) -> str:
    """What a section says that has nothing to tell: none, nobody entered anything, or none of our business."""
    return {
        "not_applicable": _("Not among the duties of this office."),
        str(FigureStatus.ZERO): _("Nothing in this period."),
    }.get(state, _("Nothing has been entered for this part."))


def roman(number: int) -> str:
    """I, II, … as sections and annexes are numbered."""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text += letters
            number -= value
    return text
