"""Days on which figures of reports are closed, for calendars."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.languages import reader_language
from bonphuong.kernel.periods import Cutoff, Period, PeriodKind
from bonphuong.records.entries import Entry
from bonphuong.records.enums import CalendarSort
from bonphuong.reports.models import ReportDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bonphuong.accounts.models import User

#: One name a day: the longest period that is closed then is named first.
_KINDS = (PeriodKind.YEAR, PeriodKind.NINE_MONTHS, PeriodKind.HALF, PeriodKind.QUARTER, PeriodKind.MONTH)


def days_of(user: User, since: dt.date, until: dt.date) -> list[Entry]:
    """The last day of every period for which a report is written, by the cut-off of its definition; one query."""
    if not can(user, Permission.REPORT_VIEW):
        return []
    offices = {"", *user.access().codes_for(Permission.REPORT_DRAFT)}
    rows = ReportDefinition.objects.filter(office_code__in=offices, language="vi").values_list(
        "cutoff", "source", "proved", "valid_from", "valid_to", "content__periods"
    )
    closed: dict[tuple[dt.date, str], dict[Period, str]] = defaultdict(dict)
    for cutoff, source, proved, valid_from, valid_to, kinds in rows:
        for period in _ending(cutoff, kinds or (), since, until):
            if (valid_from or period.until) <= period.until <= (valid_to or period.until):
                closed[period.until, cutoff][period] = source if proved else ""
    return [_entry(on, periods) for (on, _cutoff), periods in sorted(closed.items())]


def _ending(
    cutoff: str, kinds: list[str] | tuple[str, ...], since: dt.date, until: dt.date
) -> Iterator[Period]:
    """Periods of these kinds that end within the days given; none where every report has days of its own."""
    if cutoff == Cutoff.FREE:
        return
    month = Period.of(since, PeriodKind.MONTH, Cutoff(cutoff))
    while month.until <= until:
        for kind in _KINDS:
            period = Period.of(month.until, kind, Cutoff(cutoff))
            if kind in kinds and period.until == month.until:
                yield period
        month = Period.of(month.until + dt.timedelta(days=1), PeriodKind.MONTH, Cutoff(cutoff))


def _entry(on: dt.date, periods: dict[Period, str]) -> Entry:
    lang = reader_language()
    ordered = sorted(periods, key=lambda period: _KINDS.index(period.kind))
    first = ordered[-1]
    return Entry(
        key=f"close.{on.isoformat()}.{first.cutoff}",
        sort=CalendarSort.REPORT,
        since=on,
        until=on,
        title=_("Figures close: %(periods)s")
        % {"periods": ", ".join(period.label(lang) for period in reversed(ordered))},
        note=_("last day of the period that began on %(day)s") % {"day": format_date(first.since, lang)},
        source=next((source for source in periods.values() if source), ""),
        page="desk:reports",
    )
