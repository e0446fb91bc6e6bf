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
SETTLED = dt.timedelta(days=4)


def facts() -> dict[str, list[dict[str, Any]]]:
    """The data as it stands in the file."""
    found: dict[str, list[dict[str, Any]]] = json.loads((DATA / FILE).read_text(encoding="utf-8"))
    return found


def filed_on(row: dict[str, Any]) -> dt.date:
    """The day on which a paper of the facts came into the register."""
    return max(dt.date.fromisoformat(row["on"]) + SETTLED, FIRST_DAY)


def note_of(row: dict[str, Any], *, is_demo: bool = False) -> PaperNote:
    """A paper of the data as it is noted."""
    return PaperNote(
        kind=row["kind"],
        office_code=PROVINCE,
        reference=row.get("reference", ""),
        on=dt.date.fromisoformat(row["on"]),
        abstract=row["abstract"],
        issuer=row["issuer"],
        direction="in",
        source_url=row.get("source_url", ""),
        is_demo=is_demo,
    )


def fact_acts() -> Iterator[Act]:
    """Papers on the first day, sessions when they took place, what papers state, what was promised."""
    data = facts()
    on = {row["key"]: filed_on(row) for row in data["papers"]}
    for row in data["papers"]:
        if "article" not in row:
            yield Act(moment(on[row["key"]], 8), partial(_note, row=row))
    for row, entry in zip(data["delegations"], read_register(FILE), strict=True):
        entered = None
        for act in acts_of(entry):
            entered = entered or act.at
            yield act
        if entered is not None:
            yield Act(entered + SETTLED, partial(_settle, key=entry.key, paper=row.get("paper", "")))
    for row in data["commitments"]:
        made = dt.date.fromisoformat(row["made"]) + SETTLED
        yield Act(moment(made, 14), partial(promise, row=row, is_demo=False))


def _note(stage: Stage, *, row: dict[str, Any]) -> None:
    stage.papers[row["key"]] = note_papers([note_of(row)], actor=stage.person(OFFICER))[0].pk


def _settle(stage: Stage, *, key: str, paper: str) -> None:
    """The session's own case ends: its source is filed with it, and nothing more is waited for."""
    record, actor = stage.record(key), stage.person(OFFICER)
    if paper:
        attach_papers(record, [stage.papers[paper]], actor=actor)
    on = record.ends_on or record.begins_on or FIRST_DAY
    take_step(record, "close", on=on, expected_version=record.version, actor=actor)


def days_of(row: dict[str, Any]) -> tuple[dt.date | None, dt.date | None]:
    """The days that a stated figure of the data is for; none for one without a period."""
    if "on" in row:
        day = dt.date.fromisoformat(row["on"])
        return day, day
    if "period" in row:
        period = Period.parse(row["period"])
        return period.since, period.until
    return None, None


def state(stage: Stage, row: dict[str, Any]) -> None:
    """An officer enters a figure that a paper gives, by hand."""
    measure = MEASURES[row["measure"]]
    since, until = days_of(row)
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
