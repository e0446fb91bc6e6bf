"""Associations of the demonstration: a union, friendship associations, congresses, a merger; all invented."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.entries import DATA
from bonphuong.config.demonstration.played import played, walk
from bonphuong.config.demonstration.stage import OFFICER, UNION_OFFICER, Act, Stage, moment
from bonphuong.families.associations.services import take_office
from bonphuong.records.services import link

if TYPE_CHECKING:
    from collections.abc import Iterator


def acts(today: dt.date) -> Iterator[Act]:
    """Bodies and congresses entered and walked on their days; the elected take office; activities are linked."""
    del today
    data: dict[str, Any] = json.loads((DATA / "associations.json").read_text(encoding="utf-8"))
    for row in data["rows"]:
        mergers = [step for step in row.get("steps", ()) if step["code"] == "merge_into"]
        others = [step for step in row.get("steps", ()) if step["code"] != "merge_into"]
        yield from played([{**row, "steps": others}])
        for step in mergers:
            yield Act(moment(_day(step["typed"]), 9), partial(_merge, key=row["key"], step=step))
    for row in data["takes_office"]:
        yield Act(moment(_day(row["on"]), 15), partial(_install, row=row))
    for row in data["linked"]:
        yield Act(moment(_day(row["on"]), 17), partial(_link, row=row))


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _merge(stage: Stage, *, key: str, step: dict[str, Any]) -> None:
    """The data names the body that stays by its key; its record number is known only now."""
    target = stage.record(step["values"]["merged_into"].removeprefix("@")).number
    walk(stage, key=key, step={**step, "values": {"merged_into": target}})


def _install(stage: Stage, *, row: dict[str, Any]) -> None:
    take_office(stage.record(row["congress"]), {}, actor=stage.person(UNION_OFFICER))


def _link(stage: Stage, *, row: dict[str, Any]) -> None:
    if row["to"] in stage.records:
        ours, theirs = stage.record(row["body"]), stage.record(row["to"])
        link(theirs, ours, "related", actor=stage.person(OFFICER))
