"""A written part beside its text box: the figures that may be put into it, what it will say, what was typed by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.reports.handwritten import bound
from bonphuong.reports.references import CHANGE, WRITTEN_WORDS
from bonphuong.reports.services import look_at_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.reports.handwritten import Number
    from bonphuong.reports.models import Edition
    from bonphuong.reports.services import TextLook
    from bonphuong.reports.written import Choice

#: Between the parts of what a button sends: where a number stands, its words, the figure.
_MARK = "|"


@dataclass(frozen=True)
class PickRow:
    """A figure with the values of it that may be put into a text."""

    label: str
    cells: Sequence[tuple[str, Choice]]


@dataclass(frozen=True)
class OfferRow:
    """A number typed by hand, and a button for each figure that it may be."""

    number: Number
    is_same: bool
    buttons: Sequence[tuple[str, str, Choice]]


@dataclass(frozen=True)
class PartHelp:
    """What stands beside the text box."""

    look: TextLook
    rows: Sequence[PickRow]
    parts: Sequence[PickRow]
    words: Sequence[tuple[str, str]]
    offers: Sequence[OfferRow] = field(default_factory=tuple)
    bare: Sequence[str] = ()


def part_help(edition: Edition, body: str, *, is_carried: bool = False) -> PartHelp:
    """The figures of the report as they are now, and how the text would stand."""
    look = look_at_text(edition, body)
    plain = [choice for choice in look.choices if not choice.is_part]
    return PartHelp(
        look=look,
        rows=_rows(plain),
        parts=_rows([choice for choice in look.choices if choice.is_part]),
        words=[(f"{{={name}}}", look.words[name]) for name in WRITTEN_WORDS if look.words.get(name)],
        offers=[
            OfferRow(
                offer.number,
                offer.is_same,
                [
                    (
                        _MARK.join([str(offer.number.start), offer.number.text, choice.reference]),
                        _side(choice),
                        choice,
                    )
                    for choice in offer.choices
                ],
            )
            for offer in look.offers
        ],
        bare=[number.text for number in look.numbers] if is_carried else [],
    )


def _rows(choices: Sequence[Choice]) -> list[PickRow]:
    """A line for each figure in the order of the report; growth and gap are told by the one word for the change."""
    rows: dict[tuple[str, str], list[tuple[str, Choice]]] = {}
    for choice in choices:
        if choice.facet in ("", "same", CHANGE):
            rows.setdefault((choice.name, choice.label), []).append((_side(choice), choice))
    return [PickRow(label, cells) for (_name, label), cells in rows.items()]


def _side(choice: Choice) -> str:
    if choice.facet in (CHANGE, "growth", "gap"):
        return _("against the same period, %(period)s") % {"period": choice.period}
    return choice.period


def body_with_figure(body: str, asked: str) -> str | None:
    """The text with a number bound to the figure that was chosen; None where the number is no longer there."""
    start, _first, rest = asked.partition(_MARK)
    piece, _second, reference = rest.partition(_MARK)
    if not start.isascii() or not start.isdigit():
        return None
    return bound(body, int(start), piece, reference)
