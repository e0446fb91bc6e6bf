"""Reports that were sent: each month's, and each December the year's with estimates that the next one trues up.

One of each other kind of the catalogue stands beside them: some signed, most as drafts, which cost nothing to make.
"""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.entries import CLOSING_DAYS, CUTOFF, DATA
from bonphuong.config.demonstration.outgoing import pack, send
from bonphuong.config.demonstration.rhythm import MONTHLY, declare_so_far, months
from bonphuong.config.demonstration.stage import FIRST_DAY, LEADER, OFFICER, PROVINCE, Act, Stage, moment
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Period, PeriodKind
from bonphuong.reports.services import build_draft, set_estimate, sign_edition, write_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bonphuong.reports.models import Edition

ANNUAL = "annual"
# Before the year is over: the province wants it for its own closing session.
_ANNUAL_DAY = (12, 5)
FILE = "reports.json"
# Numbers of papers: steps of seven from two beginnings, so that no two reports ever bear the same.
_FIRST_NUMBER = {MONTHLY: 100, ANNUAL: 103}
_STEP = 7


def edition_acts() -> Iterator[Act]:
    """Every report that was signed before today."""
    told = read()
    for number, month in enumerate(months()):
        day = month.until + dt.timedelta(days=CLOSING_DAYS)
        how = {**told[MONTHLY], "sent": told["sent"][MONTHLY]}
        yield Act(moment(day, 16), partial(_send, code=MONTHLY, period=month, number=number, told=how))
    for row in told["more"]:
        day = dt.date.fromisoformat(row["on"])
        if day < clock.today():
            yield Act(moment(day, 11), partial(_other, row={**row, "sent": told["sent"]["others"]}))
    for year in years():
        signed = moment(dt.date(year.year, *_ANNUAL_DAY), 10)
        yield Act(moment(dt.date(year.year, *_ANNUAL_DAY), 9), partial(declare_so_far, year=year))
        own = told["years"].get(year.code, {})
        how = {**told[ANNUAL], **own, "sent": [*told["sent"][ANNUAL], *own.get("mistake", ())]}
        yield Act(signed, partial(_send, code=ANNUAL, period=year, number=year.year % 100, told=how))
    for year in [*years()][-1:]:
        day = dt.date(year.year, *_ANNUAL_DAY) + dt.timedelta(days=told["package"]["days"])
        yield Act(moment(day, 9), partial(pack, code=ANNUAL, period=year, to=told["package"]["to"]))


def read() -> dict[str, Any]:
    """What people wrote into reports, and what they did with them, as it stands in the file."""
    told: dict[str, Any] = json.loads((DATA / FILE).read_text(encoding="utf-8"))
    return told


def years() -> Iterator[Period]:
    """Every year whose report has been sent by today."""
    today = clock.today()
    for year in range(FIRST_DAY.year, today.year + 1):
        if dt.date(year, *_ANNUAL_DAY) < today:
            yield Period.named(PeriodKind.YEAR, year, cutoff=CUTOFF)


def prepare(
    stage: Stage, told: Mapping[str, Any], *, code: str, period: str, office: str = PROVINCE
) -> Edition:
    """An officer begins a report, writes its parts and gives what is estimated."""
    officer = stage.person(OFFICER)
    draft = build_draft(actor=officer, office=office, code=code, period=period)
    for slot, body in told["texts"].items():
        write_text(actor=officer, edition=draft, slot=slot, body=body)
    for slot, state in told["states"].items():
        write_text(actor=officer, edition=draft, slot=slot, body="", state=state)
    for figure, value in told.get("estimates", {}).items():
        set_estimate(actor=officer, edition=draft, figure=figure, value=Decimal(value), note=told["note"])
    return draft


def _send(stage: Stage, *, code: str, period: Period, number: int, told: dict[str, Any]) -> None:
    """A leader signs what an officer prepared; number and day come from the document system."""
    draft = prepare(stage, told, code=code, period=period.code)
    paper = f"{_FIRST_NUMBER[code] + number * _STEP}/BC-UBND"
    _sign(stage, draft, told, paper)


def _other(stage: Stage, *, row: dict[str, Any]) -> None:
    """A report of another kind: signed where it has a number, else left as a draft."""
    office = row.get("office", PROVINCE)
    draft = prepare(stage, row, code=row["code"], period=row["period"], office=office)
    if "number" in row:
        _sign(stage, draft, row, row["number"])


def _sign(stage: Stage, draft: Edition, told: Mapping[str, Any], paper: str) -> None:
    signed = sign_edition(
        actor=stage.person(LEADER),
        edition=draft,
        reason=told["reason"],
        paper_number=paper,
        paper_on=clock.today(),
    )
    send(stage, signed, told["sent"])
