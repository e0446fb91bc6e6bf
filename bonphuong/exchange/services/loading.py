"""Loading the shipped days by which reports are due."""

from __future__ import annotations

import json
from pathlib import Path

from bonphuong.exchange.models import ReportDeadline
from bonphuong.trail.acting import acting

DATA = Path(__file__).parent.parent / "data" / "deadlines.json"


def load_deadlines() -> int:
    """Bring the shipped days up to date; returns how many rows were written, 0 when nothing changed."""
    written = 0
    for row in json.loads(DATA.read_text(encoding="utf-8"))["deadlines"]:
        key = {name: row[name] for name in ("to_office", "report", "period_kind", "valid_from")}
        found = ReportDeadline.objects.filter(**key)
        values = {name: value for name, value in row.items() if name not in key}
        if not found.filter(**values).exists():
            with acting(actor=None, verb="system.exchange.load"):
                ReportDeadline.objects.update_or_create(**key, defaults=values)
            written += 1
    return written
