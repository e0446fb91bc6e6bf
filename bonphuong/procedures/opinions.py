"""Opinions with their clocks: when each is due, computed with the working days as they are known now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.accounts.models import Office
from bonphuong.kernel import clock
from bonphuong.procedures.deadlines import standing_of
from bonphuong.procedures.enums import DayUnit, Standing
from bonphuong.procedures.models import Opinion, OpinionRule
from bonphuong.procedures.rulebook import holds_on
from bonphuong.reference.calendars import work_calendar

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bonphuong.procedures.models import Case, OpinionQuerySet
    from bonphuong.reference.calendars import WorkCalendar

_SOON = 2


@dataclass(frozen=True)
class Asked:
    """An opinion as it stands on `today`. `due_on` is None where nobody set a day."""

    opinion: Opinion
    due_on: dt.date | None
    today: dt.date

    @property
    def days_left(self) -> int | None:
        """Calendar days from today to the due day; negative once overdue, None without a day."""
        return None if self.due_on is None else (self.due_on - self.today).days

    @property
    def standing(self) -> Standing:
        """Done once answered or withdrawn; else late, soon or in time."""
        if not self.opinion.is_waiting:
            return Standing.DONE
        if self.due_on is None:
            return Standing.OK
        rule = self.opinion.rule
        return standing_of(self.due_on, self.today, rule.soon_days if rule is not None else _SOON)

    @property
    def is_late(self) -> bool:
        """Still waited for, after its day."""
        return self.standing is Standing.LATE

    @property
    def was_late(self) -> bool:
        """Answered, but after its day."""
        answered = self.opinion.answered_on
        return answered is not None and self.due_on is not None and answered > self.due_on


def opinions_of(case: Case, *, today: dt.date | None = None) -> list[Asked]:
    """All that was asked about a case, in the order of asking."""
    return standings(Opinion.objects.filter(case=case), today=today)


def standings(opinions: OpinionQuerySet, *, today: dt.date | None = None) -> list[Asked]:
    """Opinions with their due days: three queries whatever their number."""
    found = list(opinions.select_related("rule", "case"))
    calendars = calendars_of({row.asked_by for row in found if row.unit == DayUnit.WORKING})
    day = today or clock.today()
    return [Asked(row, due_of(row, calendars.get(row.asked_by)), day) for row in found]


def due_of(opinion: Opinion, calendar: WorkCalendar | None) -> dt.date | None:
    """The day by which an opinion is due: set by hand, else counted from the day after it was asked."""
    if opinion.due_by_hand is not None:
        return opinion.due_by_hand
    if opinion.days is None:
        return None
    if opinion.unit == DayUnit.WORKING:
        return (calendar or work_calendar("VN")).add(opinion.asked_on, opinion.days)
    return opinion.asked_on + dt.timedelta(days=opinion.days)


def calendars_of(offices: Collection[str]) -> dict[str, WorkCalendar]:
    """The working days of offices, decisions of those above them included, by their codes."""
    paths = dict(Office.objects.filter(pk__in=offices).values_list("code", "path"))
    chains = {code: tuple(paths.get(code, code).strip("/").split("/")) for code in offices}
    read = {chain: work_calendar("VN", offices=chain) for chain in set(chains.values())}
    return {code: read[chain] for code, chain in chains.items()}


def opinion_rule(procedure: str, body_kind: str, offices: Sequence[str], day: dt.date) -> OpinionRule | None:
    """The rule of days in force for a procedure and a kind of body; `offices` run from the root to the asker.

    A nearer office's rule goes before a wider one's, the procedure's own before the one for all, the one of the
    kind of body before the one for every body, the newest before older ones.
    """
    rank = {code: place for place, code in enumerate(("", *offices))}
    rows = OpinionRule.objects.filter(
        procedure_code__in={"", procedure}, body_kind__in={"", body_kind}, office_code__in=rank
    )
    fit = [row for row in rows if holds_on(row, day)]
    return max(
        fit,
        key=lambda r: (r.procedure_code != "", r.body_kind != "", rank[r.office_code], r.valid_from),
        default=None,
    )
