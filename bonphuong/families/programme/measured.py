"""Measures as officers name them in targets: by code, or by their words in either language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bonphuong.kernel.text import fold
from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures import MEASURES

if TYPE_CHECKING:
    from bonphuong.ledger.measures import Measure


@cache
def _by_words() -> dict[str, Measure]:
    found: dict[str, Measure] = {}
    for measure in MEASURES.values():
        for words in (measure.code, measure.label_vi, measure.label_en):
            found.setdefault(fold(words), measure)
    return found


def measure_of(text: str) -> Measure | None:
    """The measure that a target names; None where nothing is called so, or it has no period to aim at."""
    found = _by_words().get(fold(text))
    return None if found is None or found.shape is Shape.TIMELESS else found
