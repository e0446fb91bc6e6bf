"""Every figure counted a second time, by plain SQL over the records' own tables. One module for each family."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from django.db import connection

from tests.trust.recount.sql import DIMENSIONS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping


def _written(what: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for module in sorted(info.name for info in iter_modules(__path__)):
        for measure, statements in getattr(import_module(f"{__name__}.{module}"), what, {}).items():
            found[measure] = (*found.get(measure, ()), *statements)
    return found


FLOWS, LEVELS = _written("FLOWS"), _written("LEVELS")
Cell = tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """What a measure came to: value by record and dimensions."""

    cells: Mapping[Cell, int] = field(default_factory=dict)

    def within(self, filters: Mapping[str, Iterable[str]]) -> Counted:
        """Only what has one of the codes in each of the dimensions."""
        allowed = [(1 + DIMENSIONS.index(name), frozenset(codes)) for name, codes in filters.items()]
        kept = {
            cell: value
            for cell, value in self.cells.items()
            if all(cell[place] in codes for place, codes in allowed)
        }
        return Counted(kept)

    @property
    def total(self) -> int:
        return sum(self.cells.values())

    def by(self, dimension: str) -> dict[str, int]:
        """Code → value; codes that come to nothing left out."""
        return self._by(1 + DIMENSIONS.index(dimension))

    @property
    def by_record(self) -> dict[str, int]:
        return self._by(0)

    def _by(self, place: int) -> dict[str, int]:
        found: Counter[str] = Counter()
        for cell, value in self.cells.items():
            found[cell[place]] += value
        return {code: value for code, value in found.items() if value}


class Recounting:
    """Recounts of one moment: each measure and span is counted once, whatever is asked of it."""

    def __init__(self, day: dt.date) -> None:
        self.day = day
        self._found: dict[tuple[object, ...], Counted] = {}
        self._offices = _offices()

    def count(self, measure: str, office: str | None, since: dt.date, until: dt.date) -> Counted:
        """What the measure comes to for an office and all below it, never beyond the day of the recount."""
        if measure not in FLOWS and measure not in LEVELS:
            raise AssertionError(f"nobody wrote a recount of {measure}: see tests/trust/recount")
        last = min(until, self.day)
        key = (measure, None if measure in LEVELS else since, last)
        if key not in self._found:
            self._found[key] = _read(measure, since, last)
        found = self._found[key]
        if office is None:
            return found
        book = 1 + len(DIMENSIONS)
        path = self._offices[office]
        own = {cell: value for cell, value in found.cells.items() if cell[book] == path.split("/")[0]}
        if path == f"{office}/":
            return Counted(own)
        below = [code for code, other in self._offices.items() if other.startswith(path)]
        return Counted(own).within({"office": below})


def _offices() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, path FROM accounts_office")
        return dict(cursor.fetchall())


def _read(measure: str, since: dt.date, until: dt.date) -> Counted:
    level = measure in LEVELS
    statements = (LEVELS if level else FLOWS)[measure]
    if not statements:
        return Counted()
    told = ", ".join(f"f.{name}" for name in ("record", *DIMENSIONS, "book"))
    happened = "" if level else "WHERE f.day BETWEEN %(since)s AND %(until)s "
    query = f"SELECT SUM(f.value), {told} FROM ({' UNION ALL '.join(statements)}) f {happened}GROUP BY {told}"
    with connection.cursor() as cursor:
        cursor.execute(query, {"since": since, "until": until, "day": until})
        return Counted({(_uid(row[1]), *row[2:]): int(row[0]) for row in cursor.fetchall() if row[0]})


def _uid(value: object) -> str:
    """SQLite keeps a uid as 32 digits, PostgreSQL as a type of its own."""
    return str(value).replace("-", "")
