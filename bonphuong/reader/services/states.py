"""The shipped states of things, known from other sources than papers."""

from __future__ import annotations

import csv
import io
from importlib import resources
from typing import TYPE_CHECKING, Any

from bonphuong.reader.models import KnownState
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping


def load_known_states() -> int:
    """Bring the shipped states up to date; how many rows were written, 0 when nothing changed."""
    text = (resources.files("bonphuong.reader") / "data" / "states.csv").read_text("utf-8")
    shipped = [KnownState(**_state_values(row)) for row in csv.DictReader(io.StringIO(text))]
    names = [one.name for one in KnownState._meta.concrete_fields if one.name != "id"]
    held = {_state_key(row): row for row in KnownState.objects.all()}
    changed = [row for row in shipped if not _is_same(row, held.get(_state_key(row)), names)]
    if changed:
        with acting(actor=None, verb="system.reader.load"):
            for row in changed:
                known = held.get(_state_key(row))
                row.pk = known.pk if known is not None else None
                row.save()
    return len(changed)


def _state_values(row: Mapping[str, str]) -> dict[str, Any]:
    days = {name: row[name] or None for name in ("valid_from", "valid_to")}
    values = KnownState(**{**row, **days, "proved": row["proved"] == "1"})
    values.clean_fields(exclude=["id"])
    return {
        one.name: getattr(values, one.name) for one in KnownState._meta.concrete_fields if one.name != "id"
    }


def _state_key(row: KnownState) -> tuple[str, str, dt.date | None]:
    return row.topic, row.thing, row.valid_from


def _is_same(row: KnownState, known: KnownState | None, names: Iterable[str]) -> bool:
    return known is not None and all(getattr(row, name) == getattr(known, name) for name in names)
