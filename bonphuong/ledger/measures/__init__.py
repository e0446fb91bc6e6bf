"""The closed registry of measures: what is counted, by which date, in which unit, with which dimensions.

A code is for ever. A change of meaning is a new version, kept beside the old one. Sources: the design's
section "What counts, and when" and the province's own report forms; the hand-worked cases are the judge.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from bonphuong.ledger.measures.base import Measure

__all__ = ["MEASURES", "Measure", "measure"]


def _defined() -> dict[str, Measure]:
    """Every measure of every module of this folder; a family's measures are one module, and no list is edited."""
    found: dict[str, Measure] = {}
    for module in sorted(info.name for info in iter_modules(__path__)):
        for one in getattr(import_module(f"{__name__}.{module}"), "ALL", ()):
            if one.code in found:
                raise ValueError(f"two measures are called {one.code}")
            found[one.code] = one
    return found


MEASURES: dict[str, Measure] = _defined()


def measure(code: str) -> Measure:
    """The measure of that code; KeyError where the registry has none."""
    return MEASURES[code]
