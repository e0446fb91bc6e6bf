"""A report that is being reviewed while the demonstration is looked at: two people asked, one remark open, one settled."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from bonphuong.config.demonstration.editions import ANNUAL, prepare, read, years
from bonphuong.config.demonstration.entries import CUTOFF
from bonphuong.config.demonstration.stage import OFFICER, PROVINCE, Act, Stage, moment
from bonphuong.kernel.periods import Period, PeriodKind
from bonphuong.reports.enums import EditionStatus, PlaceKind
from bonphuong.reports.models import Edition
from bonphuong.reports.places import Place
from bonphuong.reports.services import (
    add_comment,
    ask_review,
    reply_comment,
    settle_comment,
    write_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QUARTERLY = "quarterly"
# So long before its end a year's report is being prepared; before that, the quarter's is.
_PREPARED = dt.timedelta(days=60)
_DAY = dt.timedelta(days=1)


def review_acts(today: dt.date) -> Iterator[Act]:
    """The draft is begun and asked about some days ago; remarks come on the day after."""
    told = read()
    row = told["review"]
    begun = today - row["days_ago"] * _DAY
    code, period = _report(begun)
    more = told["years"].get(period.code, {}) if code == ANNUAL else {}
    made = {**row, **more, "note": told[ANNUAL]["note"]}
    find = partial(_draft, code=code, period=period)
    yield Act(moment(begun, 9), partial(_begin, told=made, code=code, period=period))
    yield Act(moment(begun, 16), partial(_ask, row=row, find=find, due=today + row["days_left"] * _DAY))
    for remark in row["remarks"]:
        yield Act(moment(begun + _DAY, remark["hour"]), partial(_remark, row=remark, find=find))


def _report(begun: dt.date) -> tuple[str, Period]:
    """The year's report in its last weeks, unless it has been sent; else the quarter's. None that is still to come."""
    year = Period.of(begun, PeriodKind.YEAR, CUTOFF)
    if year.until - begun <= _PREPARED and year.code not in {one.code for one in years()}:
        return ANNUAL, year
    return QUARTERLY, Period.of(begun, PeriodKind.QUARTER, CUTOFF)


def _draft(*, code: str, period: Period) -> Edition:
    return Edition.objects.of(code, PROVINCE).get(period_code=period.code, status=EditionStatus.DRAFT)


def _begin(stage: Stage, *, told: dict[str, Any], code: str, period: Period) -> None:
    prepare(stage, told, code=code, period=period.code)


def _ask(stage: Stage, *, row: dict[str, Any], find: Callable[[], Edition], due: dt.date) -> None:
    """Two people are asked, until a day."""
    people = [stage.person(name) for name in row["people"]]
    ask_review(
        actor=stage.person(OFFICER), edition=find(), people=people, due_on=due, question=row["question"]
    )


def _remark(stage: Stage, *, row: dict[str, Any], find: Callable[[], Edition]) -> None:
    """A remark of somebody who was asked, the officer's answer, and where it is settled what was changed."""
    draft, officer, place = find(), stage.person(OFFICER), row["place"]
    said = add_comment(
        actor=stage.person(row["by"]),
        edition=draft,
        body=row["body"],
        place=Place(PlaceKind(place["kind"]), place["section"], place["ref"]),
    )
    if row["settled"]:
        write_text(actor=officer, edition=draft, slot=place["ref"], body=row["text"])
    reply_comment(actor=officer, comment=said, body=row["reply"])
    if row["settled"]:
        settle_comment(actor=officer, comment=said, expected_version=said.version)
