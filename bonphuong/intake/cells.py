"""Values of cells as text for keeping, and back; what is noted about a row likewise."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bonphuong.kernel.dates import format_date
from bonphuong.kernel.numbers import format_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bonphuong.kernel.sheets import Value

_LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class StoredCells:
    """A row's values; which of them were written once for several rows; which are formulas without a result."""

    values: tuple[Value, ...]
    merged: frozenset[int] = frozenset()
    unsaved: frozenset[int] = frozenset()

    def at(self, column: int) -> Value:
        """The value of a column counted from 0; None beyond the row's end."""
        return self.values[column] if column < len(self.values) else None


@dataclass(frozen=True, slots=True)
class Note:
    """What is said about a cell: its column in the sheet (None for the whole row), its code, the words."""

    column: int | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a row changes of a stored record: the code of the column, what it shows, what the sheet says."""

    code: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class RowNotes:
    """All that is said about a row; `remark` says why it holds no record, `changes` what it changes of one."""

    errors: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
    remark: str = ""
    changes: tuple[Change, ...] = ()


def _tagged(value: Any) -> dict[str, Any]:
    if isinstance(value, Decimal):
        return {"n": str(value)}
    if isinstance(value, dt.datetime):
        return {"m": value.isoformat()}
    if isinstance(value, dt.date):
        return {"d": value.isoformat()}
    if isinstance(value, dt.time):
        return {"t": value.isoformat()}
    if isinstance(value, dt.timedelta):
        return {"s": value.total_seconds()}
    raise TypeError(f"a cell never holds {type(value).__name__}")


_READERS: dict[str, Callable[[Any], Value]] = {
    "n": Decimal,
    "m": dt.datetime.fromisoformat,
    "d": dt.date.fromisoformat,
    "t": dt.time.fromisoformat,
    "s": lambda seconds: dt.timedelta(seconds=seconds),
}
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_tagged)


def pack_cells(cells: StoredCells) -> str:
    """A row's cells as one text."""
    content: list[Any] = [cells.values]
    if cells.merged or cells.unsaved:
        content += [sorted(cells.merged), sorted(cells.unsaved)]
    return _ENCODER.encode(content)


def unpack_cells(text: str) -> StoredCells:
    """The opposite of `pack_cells`."""
    values, *marks = json.loads(text) if text else [[]]
    merged, unsaved = marks or ((), ())
    return StoredCells(tuple(map(_value, values)), frozenset(merged), frozenset(unsaved))


def _value(stored: Any) -> Value:
    if isinstance(stored, dict):
        ((tag, content),) = stored.items()
        return _READERS[tag](content)
    value: Value = stored
    return value


def pack_notes(notes: RowNotes) -> str:
    """What is said about a row as one text; "" where nothing is."""
    if not (notes.errors or notes.warnings or notes.remark or notes.changes):
        return ""
    content: list[Any] = [_listed(notes.errors), _listed(notes.warnings), notes.remark]
    if notes.changes:
        content.append([[change.code, change.before, change.after] for change in notes.changes])
    return _ENCODER.encode(content)


def unpack_notes(text: str) -> RowNotes:
    """The opposite of `pack_notes`."""
    if not text:
        return RowNotes()
    errors, warnings, remark, *more = json.loads(text)
    changes = [Change(code, _value(before), _value(after)) for code, before, after in (more or [()])[0]]
    return RowNotes(
        tuple(Note(*e) for e in errors), tuple(Note(*w) for w in warnings), remark, tuple(changes)
    )


def _listed(notes: Sequence[Note]) -> list[list[object]]:
    return [[note.column, note.code, note.message] for note in notes]


def shown(value: Value, lang: str = "vi") -> str:
    """A cell's value as a person reads it, cut short where it is long."""
    if value is None:
        return ""
    if isinstance(value, bool):
        text = str(value).upper()
    elif isinstance(value, Decimal):
        text = format_number(value, lang)
    elif isinstance(value, dt.datetime):
        text = f"{value:%H:%M} {format_date(value.date(), lang)}"
    elif isinstance(value, dt.date):
        text = format_date(value, lang)
    else:
        text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
