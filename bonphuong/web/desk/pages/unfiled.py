"""Trips that are over and whose report has not come, office by office, the longest overdue first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.families.delegations.queries import report_missing
from bonphuong.kernel import clock
from bonphuong.kit.names import names_of
from bonphuong.procedures.deadlines import standing_of
from bonphuong.procedures.enums import Standing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.delegations.models import Delegation
    from bonphuong.procedures.models import DeadlineRule

# Somebody who waits for more reports than this has another trouble than a list can tell of.
MOST = 1000
SOON_DAYS = 3


@dataclass(frozen=True)
class Owed:
    """A trip, and the deadline of its report."""

    trip: Delegation
    standing: Standing | None

    @property
    def due_on(self) -> dt.date | None:
        """By when the report is due."""
        return self.trip.record.due_on

    @property
    def rule(self) -> DeadlineRule | None:
        """The rule that says so."""
        return self.trip.record.due_rule


@dataclass(frozen=True)
class Debtor:
    """An office and the trips that it has not told of."""

    office: str
    late: int
    rows: Sequence[Owed]


@dataclass(frozen=True)
class UnfiledPage:
    """Everything that the page shows."""

    title: str
    debtors: Sequence[Debtor]
    has_more: bool


def unfiled_page(user: User) -> UnfiledPage:
    """Who has not filed, those with the most overdue first."""
    found = list(report_missing(user).select_related("record__due_rule")[: MOST + 1])
    rows = [_owed(trip, clock.today()) for trip in found[:MOST]]
    names = names_of(offices={row.trip.lead_office_code for row in rows})
    by_office: dict[str, list[Owed]] = {}
    for row in rows:
        by_office.setdefault(row.trip.lead_office_code, []).append(row)
    debtors = [
        Debtor(names.office(code), sum(row.standing is Standing.LATE for row in owed), owed)
        for code, owed in by_office.items()
    ]
    debtors.sort(key=lambda debtor: (-debtor.late, -len(debtor.rows), debtor.office))
    return UnfiledPage(
        title=_title(len(rows), sum(debtor.late for debtor in debtors)),
        debtors=debtors,
        has_more=len(found) > MOST,
    )


def _owed(trip: Delegation, today: dt.date) -> Owed:
    due, rule = trip.record.due_on, trip.record.due_rule
    return Owed(trip, standing_of(due, today, rule.soon_days if rule else SOON_DAYS) if due else None)


def _title(count: int, late: int) -> str:
    if not count:
        return _("Every trip has its report")
    trips = ngettext("%(n)s trip without its report", "%(n)s trips without their report", count)
    said = trips % {"n": count}
    if not late:
        return said
    return f"{said}, {ngettext('%(n)s overdue', '%(n)s overdue', late) % {'n': late}}"
