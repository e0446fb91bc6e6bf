"""Programmes of three years with targets and what was done of them, and the profile of the province."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.entries import DATA
from bonphuong.config.demonstration.played import played
from bonphuong.config.demonstration.stage import OFFICER, Act, Stage, moment
from bonphuong.families.programme.services import declare_targets, find_done, link_done, state
from bonphuong.kernel.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator


def acts(today: dt.date) -> Iterator[Act]:
    """Programmes walked on their days, targets declared, what was done found, figures stated."""
    del today
    data: dict[str, Any] = json.loads((DATA / "programme.json").read_text(encoding="utf-8"))
    yield from played(data["rows"])
    for name, do in (("declared", _declare), ("found", _find), ("linked", _link), ("stated", _state)):
        for row in data[name]:
            yield Act(moment(dt.date.fromisoformat(row["on"]), 17), partial(do, row=row))


def _declare(stage: Stage, *, row: dict[str, Any]) -> None:
    declare_targets(stage.record(row["key"]), {}, actor=stage.person(OFFICER))


def _find(stage: Stage, *, row: dict[str, Any]) -> None:
    try:
        find_done(stage.record(row["key"]), {}, actor=stage.person(OFFICER))
    except BadInput:
        # Alone, without the register of delegations, there is nothing to find.
        return


def _link(stage: Stage, *, row: dict[str, Any]) -> None:
    if row["to"] in stage.records:
        values = {"number": row["number"], "record_number": stage.record(row["to"]).number}
        link_done(stage.record(row["key"]), values, actor=stage.person(OFFICER))


def _state(stage: Stage, *, row: dict[str, Any]) -> None:
    state(stage.record(row["key"]), row["values"], actor=stage.person(OFFICER))
