"""The first page: every line is one click from being done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.families.delegations.queries import report_missing
from bonphuong.kernel import clock
from bonphuong.kernel.numbers import spell
from bonphuong.kit.names import names_of
from bonphuong.ledger.checks import check_guards
from bonphuong.procedures.enums import Standing
from bonphuong.procedures.queries import available, cases_of
from bonphuong.records.queries import commitments_due, due_list, waiting_for
from bonphuong.reference.calendars import feasts_on
from bonphuong.web.desk.pages.strip import Strip, strip_of
from bonphuong.web.desk.pages.tiles import Year, year_of
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kernel.periods import Cutoff
    from bonphuong.ledger.checks import Problem
    from bonphuong.procedures.models import Case, Transition
    from bonphuong.records.models import Record
    from bonphuong.records.queries import DueItem
    from bonphuong.reference.calendars import FeastDay

SHOWN = 6
# The whole of what needs a person; more than this nobody goes through on one page.
ALL = 200
FEAST_DAYS = 60
FEASTS = 4
HOME = "VN"
_FEW = 10


@dataclass(frozen=True)
class Waiting:
    """A record that waits for this person, and the steps that they may take at once."""

    record: Record
    case: Case
    steps: Sequence[Transition]


@dataclass(frozen=True)
class ToDo:
    """What needs this person: cut to so many lines of each sort, with how many there are."""

    title: str
    waiting: Sequence[Waiting]
    waiting_total: int
    due: Sequence[DueItem]
    due_total: int
    promises: Sequence[DueItem]
    promises_total: int


@dataclass(frozen=True)
class HomePage(ToDo):
    """Everything that the first page shows."""

    unfiled: Sequence[Record]
    feasts: Sequence[tuple[FeastDay, str]]
    problems: Sequence[Problem]
    strip: Strip
    year: Year | None


def home_page(user: User, cutoff: Cutoff) -> HomePage:
    """Gather the page. Long lists are cut and say how long they are."""
    due = _records_due(user)
    problems = check_guards()
    return HomePage(
        **vars(to_do(user, SHOWN, due=due, problems=len(problems))),
        unfiled=[row.record for row in report_missing(user).select_related("record__due_rule")[:SHOWN]],
        feasts=_feasts(),
        problems=problems,
        strip=strip_of(user, due),
        year=year_of(user, cutoff),
    )


def to_do(user: User, shown: int = ALL, *, due: Sequence[DueItem] | None = None, problems: int = 0) -> ToDo:
    """What waits, what is due and what was promised, at most so many lines of each."""
    waiting = waiting_for(user)
    waiting_total = waiting.count()
    due = _records_due(user) if due is None else due
    promises = commitments_due(user)
    late = sum(item.standing is Standing.LATE for item in due)
    return ToDo(
        title=_title(waiting_total, late, problems),
        waiting=_waiting(list(waiting[:shown]), user),
        waiting_total=waiting_total,
        due=due[:shown],
        due_total=len(due),
        promises=promises[:shown],
        promises_total=len(promises),
    )


def _records_due(user: User) -> list[DueItem]:
    return [item for item in due_list(user) if item.record is not None]


def _waiting(records: Sequence[Record], user: User) -> list[Waiting]:
    cases = cases_of([record.pk for record in records])
    return [
        Waiting(record, cases[record.pk], [way for way in available(cases[record.pk], user) if way.awaited])
        for record in records
        if record.pk in cases
    ]


def _feasts() -> list[tuple[FeastDay, str]]:
    """The next days on which a greeting is due to somebody, each with its country."""
    today = clock.today()
    days = [*feasts_on(today.year), *feasts_on(today.year + 1)]
    coming = (d for d in days if 0 <= (d.on - today).days <= FEAST_DAYS and d.feast.country_id != HOME)
    first = sorted(coming, key=lambda day: day.on)[:FEASTS]
    names = names_of(countries=[day.feast.country_id for day in first])
    return [(day, names.country(day.feast.country_id)) for day in first]


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
