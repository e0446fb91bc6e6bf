"""The calendar: a month on its sheet, a week as a list, a year at a glance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel import clock
from bonphuong.kernel.dates import date_range
from bonphuong.kernel.languages import language as words_of
from bonphuong.kit.names import names_of
from bonphuong.records.agenda import entries_between
from bonphuong.records.enums import CalendarSort, TieKind
from bonphuong.reference.calendars import lunar_label, work_calendar
from bonphuong.web.desk.forms.calendar import CalendarQuery, View
from bonphuong.web.desk.pages.calendar_sheet import (
    Sheet,
    capital,
    counted,
    ends_of,
    month_of,
    week_of,
    weeks_of,
)
from bonphuong.web.desk.pages.listing import Chip, Group
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kit.names import Names
    from bonphuong.records.entries import Entry
    from bonphuong.web.desk.pages.calendar_sheet import Day, Month

#: Choices of one filter that a menu offers.
MENU = 16


@dataclass(frozen=True)
class CalendarPage:
    """Everything that the page shows; of `weeks`, `days` and `months` the one that the view has."""

    asked: CalendarQuery
    title: str
    kicker: str
    views: Sequence[Chip]
    chips: Sequence[Chip]
    more: Sequence[Group]
    before_url: str
    today_url: str
    after_url: str
    plain_url: str
    total: int
    weeks: Sequence[Sequence[Day]] = ()
    months: Sequence[Month] = ()


# --- the page -------------------------------------------------------------------------------------


def calendar_page(user: User, asked: CalendarQuery, *, may_add: bool) -> CalendarPage:
    """The month, week or year of the day that is asked for, as far as the person may see what is in it."""
    since, until = ends_of(asked)
    is_year = asked.view == View.YEAR
    entries = entries_between(user, since, until, asked.wanted, ties=not is_year, bare=is_year)
    names = _names(entries, asked, with_offices=not is_year)
    books = sorted(user.access().books)
    sheet = Sheet(asked, clock.today(), work_calendar("VN", offices=books), may_add, names)
    shown = [e for e in entries if e.since <= asked.until and e.until >= asked.since]
    weeks: Sequence[Sequence[Day]] = ()
    months: Sequence[Month] = ()
    if asked.view == View.MONTH:
        weeks = weeks_of(sheet, entries, since, until)
    elif asked.view == View.AGENDA:
        weeks = [week_of(sheet, entries, since)]
    else:
        months = [month_of(sheet, entries, number) for number in range(1, 13)]
    return CalendarPage(
        asked=asked,
        title=_title(asked, shown),
        kicker=_kicker(asked),
        views=_views(asked),
        chips=_chips(asked, names),
        more=_more(asked, entries, names),
        before_url=asked.query(day=asked.moved(-1)),
        today_url=f"{asked.query(day=clock.today())}#today",
        after_url=asked.query(day=asked.moved(1)),
        plain_url=asked.query(sorts=(), office="", country="", partner=""),
        total=len(shown),
        weeks=weeks,
        months=months,
    )


def _names(entries: Sequence[Entry], asked: CalendarQuery, *, with_offices: bool) -> Names:
    ties = {tie for entry in entries for tie in entry.ties}
    return names_of(
        offices={entry.office_code for entry in entries if with_offices} | {asked.office},
        countries={code for kind, code in ties if kind == TieKind.COUNTRY} | {asked.country},
        parties={code for kind, code in ties if kind == TieKind.PARTY} | {asked.partner},
    )


# --- words and filters ----------------------------------------------------------------------------


def _title(asked: CalendarQuery, shown: Sequence[Entry]) -> str:
    """Which days, and what is in them: "Tháng 12 năm 2025: 3 đoàn đi, 2 đoàn đến, 5 hạn"."""
    lang = words_of(language())
    name = {
        View.MONTH: lambda: lang.month(asked.day.month, asked.day.year),
        View.AGENDA: lambda: (
            _("The week %(days)s") % {"days": date_range(asked.since, asked.until, language())}
        ),
        View.YEAR: lambda: lang.year(asked.day.year),
    }[asked.view]()
    told = counted(entry.sort for entry in shown if not entry.is_off)
    return f"{capital(name)}: {told}" if told else capital(name)


def _kicker(asked: CalendarQuery) -> str:
    """The lunar months that are shown."""
    first, last = lunar_label(asked.since, language()), lunar_label(asked.until, language())
    if asked.view == View.YEAR:
        return _("From %(first)s to %(last)s") % {"first": first, "last": last}
    return f"{capital(first)} – {last}"


def _views(asked: CalendarQuery) -> list[Chip]:
    names = {View.MONTH: _("Month"), View.AGENDA: _("Week"), View.YEAR: _("Year")}
    day = clock.today() if asked.since <= clock.today() <= asked.until else asked.since
    return [
        Chip(name, asked.query(view=view, day=day), is_on=view == asked.view) for view, name in names.items()
    ]


def _chips(asked: CalendarQuery, names: Names) -> list[Chip]:
    """Every kind of day, and the other filters where they are on."""
    chips = [
        Chip(
            capital(str(sort.label)),
            asked.query(sorts=tuple(s for s in CalendarSort if (s in asked.sorts) != (s == sort))),
            is_on=sort in asked.sorts,
        )
        for sort in CalendarSort
    ]
    if asked.office:
        chips.append(Chip(names.office(asked.office), asked.query(office=""), is_on=True))
    if asked.country:
        chips.append(Chip(names.country(asked.country), asked.query(country=""), is_on=True))
    if asked.partner:
        chips.append(Chip(names.party(asked.partner), asked.query(partner=""), is_on=True))
    return chips


def _more(asked: CalendarQuery, entries: Sequence[Entry], names: Names) -> list[Group]:
    """Offices, countries and partners of what is shown, the most frequent first."""
    offices = Counter(entry.office_code for entry in entries if entry.office_code and not asked.office)
    ties = Counter(tie for entry in entries for tie in entry.ties)
    countries = Counter({code: n for (kind, code), n in ties.items() if kind == TieKind.COUNTRY})
    parties = Counter({code: n for (kind, code), n in ties.items() if kind == TieKind.PARTY})
    return [
        Group(label, chips)
        for label, chips in (
            (_("Office"), [Chip(names.office(c), asked.query(office=c), count=n) for c, n in offices.most_common(MENU)]),
            (_("Country"), [Chip(names.country(c), asked.query(country=c, partner=""), count=n)
                            for c, n in countries.most_common(MENU) if c != asked.country]),
            (_("Partner"), [Chip(names.party(c), asked.query(partner=c, country=""), count=n)
                            for c, n in parties.most_common(MENU) if c != asked.partner]),
        )
        if chips
    ]  # fmt: skip
