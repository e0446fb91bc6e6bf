"""Scholarships of the demonstration: programmes, students with invented names, stipends paid through the years."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.entries import DATA
from bonphuong.config.demonstration.played import played
from bonphuong.config.demonstration.stage import OFFICER, Act, Stage, moment
from bonphuong.families.scholarships.services import pay

if TYPE_CHECKING:
    from collections.abc import Iterator


def acts(today: dt.date) -> Iterator[Act]:
    """Programmes and students entered and walked on their days; stipends paid together."""
    del today
    data: dict[str, Any] = json.loads((DATA / "scholarships.json").read_text(encoding="utf-8"))
    yield from played(data["rows"])
    for row in data["paid"]:
        yield Act(moment(dt.date.fromisoformat(row["on"]), 16), partial(_pay, row=row))


def _pay(stage: Stage, *, row: dict[str, Any]) -> None:
    days = {name: dt.date.fromisoformat(row[name]) for name in ("since", "until")}
    values = {**days, "item": row["item"], "paid_on": dt.date.fromisoformat(row["on"])}
    pay(stage.record(row["scheme"]), values, actor=stage.person(OFFICER))
