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
#: What the register of delegations keeps; the rest has no register yet and is not declared.
KEPT = tuple(
    code for code in MEASURES if code.startswith(("outbound.", "inbound.", "border.day_", "sessions."))
)


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


def _declare(stage: Stage, *, month: Period) -> None:
    declare_complete(
        actor=stage.person(OFFICER), office=PROVINCE, measures=KEPT, since=month.since, until=month.until
    )
