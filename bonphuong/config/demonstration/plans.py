"""What plans aim at beside the yearly programme: papers of the province with targets for exactly a year of reports.

Against them reports say how much of the plan was reached, and the share of the plan is a figure of its own.
"""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.entries import CUTOFF, DATA
from bonphuong.config.demonstration.stage import OFFICER, PROVINCE, Act, Stage, moment
from bonphuong.kernel.money import to_scaled
from bonphuong.kernel.periods import Period, PeriodKind
from bonphuong.ledger.enums import StatementKind
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.services import state_figure
from bonphuong.papers.enums import PaperDirection, PaperKind
from bonphuong.papers.services import PaperNote, note_papers

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = "plans.json"


def plan_acts() -> Iterator[Act]:
    """Each plan on the day of its paper."""
    for row in json.loads((DATA / FILE).read_text(encoding="utf-8"))["plans"]:
        yield Act(moment(dt.date.fromisoformat(row["on"]), 15), partial(_aim, row=row))


def _aim(stage: Stage, *, row: dict[str, Any]) -> None:
    """The officer notes the paper and enters its targets."""
    officer = stage.person(OFFICER)
    note = PaperNote(
        kind=PaperKind.PROGRAMME,
        office_code=PROVINCE,
        reference=row["reference"],
        on=dt.date.fromisoformat(row["on"]),
        abstract=row["abstract"],
        issuer_code=PROVINCE,
        direction=PaperDirection.OUT,
        is_demo=True,
    )
    (paper,) = note_papers([note], actor=officer)
    year = Period.named(PeriodKind.YEAR, row["year"], cutoff=CUTOFF)
    for target in row["targets"]:
        measure = MEASURES[target["measure"]]
        state_figure(
            actor=officer,
            office=PROVINCE,
            measure=measure.code,
            since=year.since,
            until=year.until,
            value=to_scaled(Decimal(target["value"]), measure.exponent),
            kind=StatementKind.TARGET,
            paper_uid=paper.pk,
            text=row["abstract"],
        )
