"""Support of the demonstration: all of it invented, for partners that exist."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.entries import DATA
from bonphuong.config.demonstration.played import LATE, played
from bonphuong.config.demonstration.stage import OFFICER, Act, Stage, moment
from bonphuong.families.support.services import disburse, open_year

if TYPE_CHECKING:
    from collections.abc import Iterator


def acts(today: dt.date) -> Iterator[Act]:
    """What was given, entered and walked on its days."""
    del today
    data: dict[str, Any] = json.loads((DATA / "support.json").read_text(encoding="utf-8"))
    yield from played(data["rows"])
    for row in data["years"]:
        yield Act(moment(dt.date.fromisoformat(row["on"]), 16), partial(_open, row=row))
    for row in data["disbursed"]:
        yield Act(moment(dt.date.fromisoformat(row["on"]), 17), partial(_disburse, row=row))


def _open(stage: Stage, *, row: dict[str, Any]) -> None:
    open_year(stage.record(row["key"]), {**row["values"], "late_reason": LATE}, actor=stage.person(OFFICER))


def _disburse(stage: Stage, *, row: dict[str, Any]) -> None:
    values = {**row["values"], "late_reason": LATE, "on": dt.date.fromisoformat(row["on"])}
    disburse(stage.record(row["key"]), values, actor=stage.person(OFFICER))
