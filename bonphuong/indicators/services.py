"""Writes: loading the shipped indicators."""

from __future__ import annotations

import json
from pathlib import Path

from bonphuong.indicators.models import Indicator
from bonphuong.trail.acting import acting

DATA = Path(__file__).parent / "data"


def load_indicators() -> int:
    """Bring the shipped indicators up to date; returns how many rows were written, 0 when nothing changed."""
    shipped = [
        Indicator(**row)
        for path in sorted(DATA.glob("*.json"))
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]
    known = Indicator.objects.in_bulk([row.code for row in shipped])
    fields = [field.name for field in Indicator._meta.concrete_fields]
    changed = [
        row
        for row in shipped
        if row.code not in known or any(getattr(row, n) != getattr(known[row.code], n) for n in fields)
    ]
    if changed:
        with acting(actor=None, verb="system.indicators.load"):
            Indicator.objects.bulk_create(
                changed,
                update_conflicts=True,
                unique_fields=["code"],
                update_fields=[name for name in fields if name != "code"],
            )
    return len(changed)
