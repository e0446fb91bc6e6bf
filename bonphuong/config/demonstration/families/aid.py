"""Aid of the demonstration: two public facts with their sources, the rest invented and marked so."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.entries import DATA
from bonphuong.config.demonstration.played import LATE, played
from bonphuong.config.demonstration.stage import FOCAL, OFFICER, PROVINCE, Act, Stage, moment
from bonphuong.families.aid.scheme import clean_many
from bonphuong.families.aid.services import disburse, open_year, turn_into_item
from bonphuong.kit.services import create
from bonphuong.papers.services import PaperNote, note_papers
from bonphuong.records.services import attach_papers

if TYPE_CHECKING:
    from collections.abc import Iterator


def acts(today: dt.date) -> Iterator[Act]:
    """Donors, items, relief and calls entered and walked on their days."""
    del today
    data: dict[str, Any] = json.loads((DATA / "aid.json").read_text(encoding="utf-8"))
    yield from played(data["rows"])
    for row in data["unsourced_day"]:
        yield Act(moment(_day(row["entered"]), 10), partial(_enter_donor, row=row))
    for row in data["answered"]:
        yield Act(moment(_day(row["on"]), 15), partial(_answer, row=row))
    for row in data["years"]:
        yield Act(moment(_day(row["on"]), 16), partial(_open, row=row))
    for row in data["disbursed"]:
        yield Act(moment(_day(row["on"]), 17), partial(_disburse, row=row))


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _enter_donor(stage: Stage, *, row: dict[str, Any]) -> None:
    """A donor of whom the press tells, on a day that nobody noted."""
    actor = stage.person(OFFICER)
    (cleaned,) = clean_many([row["row"]], kind="donor", office_code=FOCAL, actor=actor)
    if cleaned.draft is None:
        raise ValueError(f"{row['key']}: {cleaned.errors}")
    draft: Any = cleaned.draft
    record = create(draft, family="aid", office_code=FOCAL, actor=actor, late_reason=LATE)
    stage.records[row["key"]] = record.pk
    source = row["source"]
    note = PaperNote(
        kind="news_article",
        office_code=PROVINCE,
        abstract=source["abstract"],
        issuer=source["issuer"],
        direction="in",
    )
    attach_papers(record, [note_papers([note], actor=actor)[0].pk], actor=actor)


def _answer(stage: Stage, *, row: dict[str, Any]) -> None:
    item = turn_into_item(stage.record(row["call"]), row["values"], actor=stage.person(OFFICER))
    stage.records[row["key"]] = item.pk


def _open(stage: Stage, *, row: dict[str, Any]) -> None:
    open_year(stage.record(row["key"]), {**row["values"], "late_reason": LATE}, actor=stage.person(OFFICER))


def _disburse(stage: Stage, *, row: dict[str, Any]) -> None:
    values = {**row["values"], "late_reason": LATE, "on": _day(row["on"])}
    disburse(stage.record(row["key"]), values, actor=stage.person(OFFICER))
