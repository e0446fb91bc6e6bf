"""The first page: every line is one click from being done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.families.delegations.queries import report_missing
from bonphuong.kernel.numbers import spell
from bonphuong.ledger.checks import check_guards
from bonphuong.procedures.enums import Standing
from bonphuong.records.queries import commitments_due, due_list
from bonphuong.records.waiting import waiting_for
from bonphuong.web.desk.pages.strip import Strip, strip_of
from bonphuong.web.desk.pages.tiles import Year, year_of
from bonphuong.web.desk.pages.waiting import calls_waiting, greetings_due, keep_count, tasks_of
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kernel.periods import Cutoff
    from bonphuong.ledger.checks import Problem
    from bonphuong.records.models import Record
    from bonphuong.records.queries import DueItem
    from bonphuong.records.waiting import Waiting
    from bonphuong.web.desk.pages.waiting import Asked, Greeting, Task

SHOWN = 6
# The whole of what needs a person; more than this nobody goes through on one page.
ALL = 200
_FEW = 10


@dataclass(frozen=True)
class ToDo:
    """What needs this person: cut to so many lines of each sort, with how many there are."""

    title: str
    waiting: Sequence[Task]
    waiting_total: int
    due: Sequence[DueItem]
    due_total: int
    promises: Sequence[DueItem]
    promises_total: int
    calls: Sequence[Asked]
    calls_total: int
    greetings: Sequence[Greeting]
    greetings_total: int


@dataclass(frozen=True)
class HomePage(ToDo):
    """Everything that the first page shows."""

    unfiled: Sequence[Record]
    unfiled_total: int
    problems: Sequence[Problem]
    strip: Strip
    year: Year | None


def home_page(user: User, cutoff: Cutoff) -> HomePage:
    """Gather the page. Long lists are cut and say how long they are."""
    due = _records_due(user)
    problems = check_guards()
    unfiled = report_missing(user).select_related("record__due_rule")
    return HomePage(
        **vars(to_do(user, SHOWN, due=due, problems=len(problems))),
        unfiled=[row.record for row in unfiled[:SHOWN]],
        unfiled_total=unfiled.count(),
        problems=problems,
        strip=strip_of(user, due),
        year=year_of(user, cutoff),
    )


def to_do(user: User, shown: int = ALL, *, due: Sequence[DueItem] | None = None, problems: int = 0) -> ToDo:
    """What waits, what is due, what was promised and asked for, at most so many lines of each."""
    waiting = waiting_for(user)
    due = _records_due(user) if due is None else due
    promises = _promises(user, waiting)
    calls, greetings = calls_waiting(user), greetings_due(user)
    late = sum(item.standing is Standing.LATE for item in due)
    keep_count(user, len(waiting) + len(calls))
    return ToDo(
        title=_title(len(waiting) + len(calls), late, problems),
        waiting=tasks_of(waiting[:shown]),
        waiting_total=len(waiting),
        due=due[:shown],
        due_total=len(due),
        promises=promises[:shown],
        promises_total=len(promises),
        calls=calls[:shown],
        calls_total=len(calls),
        greetings=greetings[:shown],
        greetings_total=len(greetings),
    )


def _records_due(user: User) -> list[DueItem]:
    return [item for item in due_list(user) if item.record is not None]


def _promises(user: User, waiting: Sequence[Waiting]) -> list[DueItem]:
    """What was promised and falls due, beside what waits for this person already."""
    told = {item.commitment.pk for item in waiting if item.commitment is not None}
    return [item for item in commitments_due(user) if item.commitment and item.commitment.pk not in told]


def _title(waiting: int, late: int, problems: int) -> str:
    """One sentence of what needs a person: "Ba việc chờ quyết định, hai hạn đã quá"."""
    parts = []
    if waiting:
        parts.append(
            ngettext("%(n)s thing waits for you", "%(n)s things wait for you", waiting) % _n(waiting)
        )
    if late:
        parts.append(ngettext("%(n)s deadline has passed", "%(n)s deadlines have passed", late) % _n(late))
    if problems:
        parts.append(ngettext("%(n)s check fails", "%(n)s checks fail", problems) % _n(problems))
    sentence = ", ".join(parts) or _("nothing waits for you and nothing is late")
    return sentence[:1].upper() + sentence[1:]


def _n(number: int) -> dict[str, object]:
    """Small numbers in words, larger ones in figures."""
    return {"n": spell(number, language()) if number <= _FEW else number}
