"""What recurs: the register of each month is declared complete before its report is signed."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from bonphuong.config.demonstration.entries import CLOSING_DAYS, CUTOFF
from bonphuong.config.demonstration.stage import FIRST_DAY, OFFICER, PROVINCE, Act, Stage, moment
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Period, PeriodKind
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.services import declare_complete

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The report whose months are closed.
MONTHLY = "monthly"
#: What nobody here keeps a register of: only papers state it.
_STATED = (
    "border.case", "border.export_", "border.import_", "border.length", "border.markers", "border.neighbour_",
    "border.people_", "border.vehicles_", "economy.", "partners.", "population.", "territory.",
)  # fmt: skip
# What is entered when those who carry it out report, often months later: nobody can answer for a month of it.
_REPORTED_LATER = ("aid.", "support.", "twinning.")
#: What the registers keep.
KEPT = tuple(code for code in MEASURES if not code.startswith((*_STATED, *_REPORTED_LATER)))
#: Those whose year is declared when its report is sent, before its last month is over; delegations are estimated.
KEPT_BY_YEAR = tuple(code for code in KEPT if not code.startswith(("outbound.", "inbound.")))


def months() -> Iterator[Period]:
    """Every month whose figures have been closed by today, from the first."""
    month = Period.of(FIRST_DAY, PeriodKind.MONTH, CUTOFF)
    today = clock.today()
    while month.until + dt.timedelta(days=CLOSING_DAYS) < today:
        yield month
        month = Period.of(month.until + dt.timedelta(days=1), PeriodKind.MONTH, CUTOFF)


def declaring_acts() -> Iterator[Act]:
    """The register of each month is declared complete; signing the month's report closes its figures."""
    for month in months():
        day = month.until + dt.timedelta(days=CLOSING_DAYS)
        yield Act(moment(day, 15, 30), partial(_declare, month=month))


def declare_so_far(stage: Stage, *, year: Period) -> None:
    """The registers of a year are complete up to the day on which this is said."""
    declare_complete(
        actor=stage.person(OFFICER),
        office=PROVINCE,
        measures=KEPT_BY_YEAR,
        since=year.since,
        until=clock.today(),
    )


def _declare(stage: Stage, *, month: Period) -> None:
    declare_complete(
        actor=stage.person(OFFICER), office=PROVINCE, measures=KEPT, since=month.since, until=month.until
    )
