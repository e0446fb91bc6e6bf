"""Letters with missions, consulates and partners: invented, with bodies that exist."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.entries import DATA
from bonphuong.config.demonstration.played import LATE, played
from bonphuong.config.demonstration.stage import Act, Stage, moment
from bonphuong.families.letters.services import register_answer
from bonphuong.kernel.dates import parse_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator


def acts(today: dt.date) -> Iterator[Act]:
    """Letters entered as they came or went, then their answers."""
    data: dict[str, list[dict[str, Any]]] = json.loads((DATA / "letters.json").read_text(encoding="utf-8"))
    yield from played(data["letters"])
    for row in data["answers"]:
        on = parse_date(row["on"], today=today)
        yield Act(moment(on, 16), partial(_answer, row=row, on=on))


def _answer(stage: Stage, *, row: dict[str, Any], on: dt.date) -> None:
    record = stage.record(row["record"])
    values = {"answered_on": on, "answer_symbol": row["symbol"], "answer_summary": row.get("summary", "")}
    values["late_reason"] = LATE
    if row.get("by"):
        # The answer has a record of its own.
        values["answer_record"] = stage.record(row["by"]).number
    register_answer(record, values, actor=stage.officer_of(record.office_code))
