"""A written part looked at before it is saved: what it will say, which figures it may name, what was typed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation

from bonphuong.reports.figurebook import FigureBook
from bonphuong.reports.gathering import gather
from bonphuong.reports.handwritten import Number, Offer, numbers_in, offers
from bonphuong.reports.sections import SectionWriter
from bonphuong.reports.sentences import Speaker
from bonphuong.reports.services.drafting import reading_moment, wrong_references
from bonphuong.reports.wording import words_of
from bonphuong.reports.written import Choice, TextWriter, choices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.reports.models import Edition
    from bonphuong.reports.sentences import Run


@dataclass(frozen=True)
class TextLook:
    """What a text says now: its paragraphs, what it cannot tell, the figures to choose from, numbers typed by hand."""

    paragraphs: Sequence[Sequence[Run]]
    wrong: Sequence[str]
    untold: Sequence[str]
    choices: Sequence[Choice]
    offers: Sequence[Offer]
    numbers: Sequence[Number]
    words: Mapping[str, str]

    @property
    def holds_figures(self) -> bool:
        """Whether it reads otherwise than it was typed."""
        return any(not isinstance(run, str) for runs in self.paragraphs for run in runs)


def look_at_text(edition: Edition, body: str) -> TextLook:
    """How a text would stand in the draft as things are now. Nothing is written."""
    ground = gather(edition.definition, edition.office_code, edition.period, edition)
    with translation.override(ground.language):
        book = FigureBook(ground)
        speaker = Speaker(book, words_of(ground, reading_moment(ground)), ground.definition.macros)
        SectionWriter(ground, book, speaker).sections()
        offered = choices(book, speaker.words)
        writer = TextWriter(book, speaker.words)
        return TextLook(
            paragraphs=writer.paragraphs(body),
            wrong=wrong_references(edition, body),
            untold=writer.untold(body),
            choices=offered,
            offers=offers(body, offered, ground.language),
            numbers=numbers_in(body, [choice.unit for choice in offered], ground.language),
            words=speaker.words,
        )
