"""The public facts: papers by their references, sessions that took place, figures that only papers give."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.entries import DATA, acts_of, read_register
from bonphuong.config.demonstration.stage import FIRST_DAY, OFFICER, PROVINCE, Act, Stage, moment
from bonphuong.families.delegations.services import take_step
from bonphuong.kernel.money import to_scaled
from bonphuong.kernel.periods import Period
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.services import state_figure
from bonphuong.papers.services import PaperNote, note_papers
from bonphuong.records.services import CommitmentDraft, add_commitment, attach_papers

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = "facts.json"
_SETTLED = dt.timedelta(days=4)


def fact_acts() -> Iterator[Act]:
    """Papers on the first day, sessions when they took place, what papers state, what was promised."""
    data = json.loads((DATA / FILE).read_text(encoding="utf-8"))
    on = {row["key"]: max(dt.date.fromisoformat(row["on"]) + _SETTLED, FIRST_DAY) for row in data["papers"]}
    for row in data["papers"]:
        yield Act(moment(on[row["key"]], 8), partial(_note, row=row))
    for row, entry in zip(data["delegations"], read_register(FILE), strict=True):
        entered = None
        for act in acts_of(entry):
            entered = entered or act.at
            yield act
        if entered is not None:
            yield Act(entered + _SETTLED, partial(_settle, key=entry.key, paper=row.get("paper", "")))
    for row in data["statements"]:
        yield Act(moment(on[row["paper"]], 14), partial(_state, row=row))
    for row in data["commitments"]:
        made = dt.date.fromisoformat(row["made"]) + _SETTLED
        yield Act(moment(made, 14), partial(promise, row=row, is_demo=False))


def _note(stage: Stage, *, row: dict[str, Any]) -> None:
    note = PaperNote(
        kind=row["kind"],
        office_code=PROVINCE,
        reference=row.get("reference", ""),
        on=dt.date.fromisoformat(row["on"]),
        abstract=row["abstract"],
        issuer=row["issuer"],
        direction="in",
        source_url=row.get("source_url", ""),
    )
    stage.papers[row["key"]] = note_papers([note], actor=stage.person(OFFICER))[0].pk


def _settle(stage: Stage, *, key: str, paper: str) -> None:
    """The session's own case ends: its source is filed with it, and nothing more is waited for."""
    record, actor = stage.record(key), stage.person(OFFICER)
    if paper:
        attach_papers(record, [stage.papers[paper]], actor=actor)
    on = record.ends_on or record.begins_on or FIRST_DAY
    take_step(record, "close", on=on, expected_version=record.version, actor=actor)


def _state(stage: Stage, *, row: dict[str, Any]) -> None:
    measure = MEASURES[row["measure"]]
    since = until = None
    if "on" in row:
        since = until = dt.date.fromisoformat(row["on"])
    elif "period" in row:
        period = Period.parse(row["period"])
        since, until = period.since, period.until
    state_figure(
        actor=stage.person(OFFICER),
        office=PROVINCE,
        measure=measure.code,
        since=since,
        until=until,
        value=to_scaled(Decimal(row["value"]), measure.exponent),
        kind="stated",
        dimensions=row.get("dimensions"),
        paper_uid=stage.papers[row["paper"]],
        text=row["text"],
    )


def promise(stage: Stage, *, row: dict[str, Any], is_demo: bool) -> None:
    """What was promised at a meeting is noted with its day."""
    draft = CommitmentDraft(
        text=row["text"],
        lead_office_code=row.get("office", PROVINCE),
        side=row["side"],
        kind=row["kind"],
        field_code=row.get("field", ""),
        party_code=row.get("party", ""),
        made_on=dt.date.fromisoformat(row["made"]),
        due_on=dt.date.fromisoformat(row["due"]) if row.get("due") else None,
        is_demo=is_demo,
    )
    add_commitment(draft, actor=stage.person(OFFICER), record=stage.record(row["record"]))
