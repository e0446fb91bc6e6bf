"""What a check looks at, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bonphuong.kernel.canonical import digest_of
from bonphuong.ledger.enums import Shape
from bonphuong.reports.written import TextWriter, choices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bonphuong.reports.enums import Severity
    from bonphuong.reports.evidence import Register
    from bonphuong.reports.figurebook import FigureBook
    from bonphuong.reports.ground import Ground
    from bonphuong.reports.queries import Told
    from bonphuong.reports.written import Choice


def key_of(check: Mapping[str, Any]) -> str:
    """What a found thing is called while a person gives a reason for it: another finding has another name."""
    return f"{check['code']}-{digest_of(check['message'])[:10]}"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, what came out, and where.

    `figures` are names of figures, of the period where no span is named; `records` uids; `slots` written parts and
    `words` the very words in them; `told` another edition.
    """

    code: str
    severity: Severity
    message: str
    figures: tuple[str, ...] = ()
    records: tuple[UUID, ...] = field(default=())
    slots: tuple[str, ...] = ()
    words: str = ""
    told: Told | None = None

    def as_json(self, register: Register) -> dict[str, Any]:
        """The check as plain data, records by their numbers in the register."""
        known = register.identifiers
        keys = [name if "@" in name else f"{name}@period" for name in self.figures]
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "figures": [known[key] for key in keys if key in known],
            "records": sorted(register.numbers[uid] for uid in self.records if uid in register.numbers),
            "slots": list(self.slots),
            "words": self.words,
            "edition": "" if self.told is None else str(self.told.edition.pk),
        }


@dataclass(frozen=True)
class ToldText:
    """A written part as it reads, and which of it are figures: those were not typed by anybody."""

    body: str
    plain: str
    told: tuple[tuple[int, int], ...]
    is_carried: bool = False

    @cached_property
    def has_numbers(self) -> bool:
        """Whether anybody typed a digit into it."""
        return any(char.isdigit() and not self.is_told(place) for place, char in enumerate(self.plain))

    def is_told(self, place: int) -> bool:
        """Whether a figure stands there."""
        return any(start <= place < end for start, end in self.told)


class Matter:
    """What is checked: the figures, and what the report says with them."""

    def __init__(
        self, book: FigureBook, words: Mapping[str, str], sections: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        self.book = book
        self.ground: Ground = book.ground
        self.sections = sections
        self.words = words
        self.writer = TextWriter(book, words)

    @cached_property
    def choices(self) -> list[Choice]:
        """The figures that a number in a text may be."""
        return choices(self.book, self.words)

    @cached_property
    def texts(self) -> dict[str, ToldText]:
        """The parts that people wrote and that the report tells, by slot."""
        kept = dict(self.book.entries)
        slots = {slot for section in self.ground.definition.sections for slot in section.slots}
        found = {
            slot: self._read(text.body, is_carried=text.is_carried)
            for slot, text in self.ground.texts.items()
            if slot in slots and not text.state and text.body.strip()
        }
        self.book.entries = kept
        return found

    def _read(self, body: str, *, is_carried: bool) -> ToldText:
        plain = ""
        told = []
        for line in body.splitlines():
            for run in self.writer.runs(line):
                piece = run if isinstance(run, str) else run["t"]
                if not isinstance(run, str):
                    told.append((len(plain), len(plain) + len(piece)))
                plain += piece
            plain += "\n"
        return ToldText(body, plain, tuple(told), is_carried)

    def part(self, slot: str) -> str:
        """The title of the section that a written part stands in."""
        titles = (s["title"] for s in self.sections if slot in s["slots"])
        return f"“{next(titles, slot)}”"

    def label(self, name: str, span: str = "") -> str:
        """The words of a figure, with its period where a span is named."""
        words = self.book.figure(name).indicator.label(self.ground.language)
        return f"{words}, {self.ground.spans[span].label(self.ground.language)}" if span else words

    def is_flow(self, name: str) -> bool:
        """Whether it is summed over its period, so that a longer one has at least as much."""
        indicator = self.book.figure(name).indicator
        return bool(indicator.measure) and indicator.get_measure().shape is Shape.FLOW

    def is_money(self, name: str) -> bool:
        """Whether it is a sum of money: the ledger keeps these in dollars, with đồng beside."""
        indicator = self.book.figure(name).indicator
        return bool(indicator.measure) and indicator.get_measure().unit("en") == "USD"
