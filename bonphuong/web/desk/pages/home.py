"""The first page: every line is one click from being done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.families.delegations.queries import REPORTED, report_missing
from bonphuong.kernel import clock
from bonphuong.kernel.numbers import spell
from bonphuong.ledger.checks import check_guards
from bonphuong.records.models import Record
from bonphuong.records.queries import MOST, commitments_due, records_due
from bonphuong.records.waiting import first_waiting
from bonphuong.web.desk.pages.reviewing import to_review
from bonphuong.web.desk.pages.strip import Strip, strip_of
from bonphuong.web.desk.pages.tiles import Year, year_of
from bonphuong.web.desk.pages.waiting import calls_waiting, greetings_due, keep_count, tasks_of
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kernel.periods import Cutoff
    from bonphuong.ledger.checks import Problem
    from bonphuong.records.queries import DueItem
    from bonphuong.records.waiting import Waiting
    from bonphuong.web.desk.pages.reviewing import ToReview
    from bonphuong.web.desk.pages.waiting import Asked, Greeting, Task

SHOWN = 6
# The whole of what needs a person; more than this nobody goes through on one page.
ALL = 200
# Trips without a report are counted so far.
COUNTED = 99
_FEW = 10
_MINUTE = 60


@dataclass(frozen=True)
class ToDo:
    """What needs this person: cut to so many lines of each sort, with how many there are."""

    title: str
    waiting: Sequence[Task]
    waiting_total: int
    waiting_more: bool
    due: Sequence[DueItem]
    due_total: int
    due_more: bool
    promises: Sequence[DueItem]
    promises_total: int
    calls: Sequence[Asked]
    calls_total: int
    reviews: Sequence[ToReview]
    reviews_total: int
    greetings: Sequence[Greeting]
    greetings_total: int


@dataclass(frozen=True)
class HomePage(ToDo):
    """Everything that the first page shows."""

    unfiled: Sequence[Record]
    unfiled_total: int
    unfiled_more: bool
    problems: Sequence[Problem]
    strip: Strip
    year: Year | None


def home_page(user: User, cutoff: Cutoff) -> HomePage:
    """Gather the page. Long lists are cut and say how long they are."""
    problems = _guards()
    unfiled = unfiled_records(user)
    return HomePage(
        **vars(to_do(user, SHOWN, problems=len(problems))),
        unfiled=unfiled[:SHOWN],
        unfiled_total=min(len(unfiled), COUNTED),
        unfiled_more=len(unfiled) > COUNTED,
        problems=problems,
        strip=strip_of(user),
        year=year_of(user, cutoff),
    )


def _guards() -> list[Problem]:
    """The guards of the database, looked at again after a minute: comparing each of them takes its time."""
    key = f"desk-guards:{language()}"
    kept: list[Problem] | None = cache.get(key)
    if kept is None:
        kept = check_guards()
        cache.set(key, kept, _MINUTE)
    return kept


def unfiled_records(user: User) -> list[Record]:
    """Trips that are over and without a report, the longest overdue first, at most one more than are counted."""
    # The family is left unsaid, so that the index of due days leads and the first lines are read alone.
    by_due_day = (
        Record.objects.visible_to(user)
        .live()
        .filter(kind__in=REPORTED, is_closed=False, due_on__isnull=False)
    )
    over = by_due_day.filter(delegation__ended_on__lte=clock.today(), delegation__is_void=False)
    missing = over.filter(delegation__report_received_on__isnull=True).select_related("due_rule")
    found = list(missing.order_by("due_on", "pk")[: COUNTED + 1])
    # Where no rule sets a day for reports, they are still owed.
    return found or [row.record for row in report_missing(user)[: COUNTED + 1]]


def to_do(user: User, shown: int = ALL, *, problems: int = 0) -> ToDo:
    """What waits, what is due, what was promised and asked for, at most so many lines of each."""
    waiting = first_waiting(user, shown)
    due = records_due(user, shown=shown)
    promises = _promises(user, waiting.items)
    calls, reviews, greetings = calls_waiting(user), to_review(user), greetings_due(user)
    total = waiting.total + len(calls) + len(reviews)
    keep_count(user, total)
    return ToDo(
        title=_title(total, due.late, problems),
        waiting=tasks_of(waiting.items[:shown]),
        waiting_total=waiting.total,
        waiting_more=waiting.is_more,
        due=due.items,
        due_total=min(due.total, MOST),
        due_more=due.is_more,
        promises=promises[:shown],
        promises_total=len(promises),
        calls=calls[:shown],
        calls_total=len(calls),
        reviews=reviews[:shown],
        reviews_total=len(reviews),
        greetings=greetings[:shown],
        greetings_total=len(greetings),
    )


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
