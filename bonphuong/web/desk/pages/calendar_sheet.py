"""How days are drawn: bars of a month's weeks, the list of a week, the twelve small months of a year."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.kernel.dates import date_range, format_date
from bonphuong.kernel.languages import language as words_of
from bonphuong.records.enums import CalendarSort
from bonphuong.records.registry import get_family
from bonphuong.reference.calendars import LunarDate, lunar_date, lunar_label, public_holidays
from bonphuong.web.desk.forms.calendar import CalendarQuery, View
from bonphuong.web.desk.pages.words import language, rule_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from bonphuong.kit.names import Names
    from bonphuong.records.entries import Entry
    from bonphuong.reference.calendars import WorkCalendar

WEEK = 7
#: Lines of a day of the month; what does not fit is one click away.
LINES = 5
ONE_DAY = dt.timedelta(days=1)
_ANY = dt.date(2000, 1, 1)
_LOOKS = {
    CalendarSort.OUT: ("is-out", "out"),
    CalendarSort.IN: ("is-in", "in"),
    CalendarSort.MEETING: ("", "people"),
    CalendarSort.EVENT: ("", "calendar"),
    CalendarSort.WORK: ("", "file"),
    CalendarSort.DEADLINE: ("is-due", "clock"),
    CalendarSort.PROMISE: ("is-due", "promise"),
    CalendarSort.REPORT: ("is-due", "report"),
    CalendarSort.ENDS: ("is-due", "pact"),
    CalendarSort.GREETING: ("is-due", "mail"),
    CalendarSort.FEAST: ("is-feast", "gift"),
}
_LATE = {CalendarSort.DEADLINE, CalendarSort.PROMISE}


@dataclass(frozen=True)
class Item:
    """An entry as a page draws it. `words` are its days where it has several, `rule` what sets a deadline."""

    entry: Entry
    title: str
    note: str
    url: str
    css: str
    icon: str
    words: str
    rule: str = ""
    is_unproved: bool = False
    office: str = ""

    @property
    def line(self) -> str:
        """Both in one line, first what must be done by then, or else what it is that takes place."""
        is_duty = self.entry.sort in {CalendarSort.DEADLINE, CalendarSort.ENDS}
        first = (self.note, self.title) if is_duty else (self.title, self.note)
        return ": ".join(part for part in first if part)

    @property
    def under(self) -> str:
        """What stands under the title: the kind of day, what happens, on which days, whose it is."""
        note = self.note[:1].lower() + self.note[1:]
        return ", ".join(filter(None, (capital(str(self.entry.sort.label)), note, self.words, self.office)))

    @property
    def whole(self) -> str:
        """Everything, for whoever points at it."""
        return ", ".join(part for part in (self.line, self.words, self.office) if part)


@dataclass(frozen=True)
class Placed:
    """An item on a line of a week: over how many days, and whether it began before or goes on after."""

    item: Item
    span: int
    line: int
    came: bool
    goes_on: bool


@dataclass(frozen=True)
class Day:
    """A day with its lunar date, whether people work, and what begins on it (in a week, what runs on from before)."""

    on: dt.date
    is_today: bool = False
    is_off: bool = False
    is_other: bool = False
    tag: str = ""
    tag_words: str = ""
    lunar: str = ""
    label: str = ""
    url: str = ""
    new_url: str = ""
    items: Sequence[Placed] = ()
    hidden: int = 0
    css: str = ""


@dataclass(frozen=True)
class Month:
    """A month of the year's sheet: its weeks, and the feasts and deadlines in it."""

    title: str
    url: str
    days: Sequence[Day]
    told: str
    feasts: Sequence[Item]


@dataclass
class Sheet:
    """What drawing needs: today, who works when, and addresses that are looked up once for a family."""

    asked: CalendarQuery
    today: dt.date
    work: WorkCalendar
    may_add: bool
    names: Names
    addresses: dict[str, str] = field(default_factory=dict)
    holidays: dict[int, dict[dt.date, str]] = field(default_factory=dict)

    def week_url(self, on: dt.date) -> str:
        """The week of a day: looked up once, then only the day changes."""
        if not self.addresses.get(""):
            self.addresses[""] = self.asked.query(view=View.AGENDA, day=_ANY).replace(_ANY.isoformat(), "{}")
        return self.addresses[""].format(on.isoformat())

    def item(self, entry: Entry) -> Item:
        """An entry with its look and its address."""
        css, icon = _LOOKS[entry.sort]
        css += " is-late" if entry.sort in _LATE and entry.since < self.today else ""
        css += " is-gone" if entry.is_off else ""
        css += " is-masked" if entry.is_masked else ""
        several = entry.until > entry.since
        return Item(
            entry=entry,
            title=entry.title,
            note=entry.note[:1].upper() + entry.note[1:],
            url=self.address(entry),
            css=css.strip(),
            icon=icon,
            words=date_range(entry.since, entry.until, language()) if several else "",
            rule=self._rule(entry) if self.asked.view == View.AGENDA else "",
            is_unproved=entry.rule is not None and not entry.rule.proved,
            office=self.names.office(entry.office_code) if entry.office_code else "",
        )

    def _rule(self, entry: Entry) -> str:
        """What sets the day: only the list has room for it."""
        return rule_words(entry.rule) if entry.rule else entry.source

    def address(self, entry: Entry) -> str:
        """Where it is opened; empty for what has no page."""
        if entry.page:
            query = f"?{urlencode(entry.query)}" if entry.query else ""
            return f"{reverse(entry.page, args=entry.args)}{query}"
        return self._record(entry.head.family, entry.head.pk) if entry.head is not None else ""

    def _record(self, family: str, uid: UUID) -> str:
        """The page of a record: a page of its family is looked up once, then only the uid changes."""
        if family not in self.addresses:
            try:
                self.addresses[family] = reverse(get_family(family).url_name, args=[uid]).replace(
                    str(uid), "{}"
                )
            except (KeyError, NoReverseMatch):
                self.addresses[family] = ""
        return self.addresses[family].format(uid)

    def day(
        self, on: dt.date, *, month: int | None = None, items: Sequence[Placed] = (), hidden: int = 0
    ) -> Day:
        """A day of the sheet."""
        lunar = lunar_date(on)
        works = self.work.is_working(on)
        tag, words = self._tag(on, works=works)
        label = f"{_weekday(on)}, {format_date(on, language())}, {lunar_label(on, language())}"
        return Day(
            on=on,
            is_today=on == self.today,
            is_off=not works,
            is_other=month is not None and on.month != month,
            tag=tag,
            tag_words=words,
            lunar=_lunar(lunar),
            label=label,
            url=self.week_url(on),
            new_url=f"{reverse('desk:calendar-new')}?day={on.isoformat()}" if self.may_add else "",
            items=items,
            hidden=hidden,
        )

    def _tag(self, on: dt.date, *, works: bool) -> tuple[str, str]:
        """A word for a working day that is off, and for a weekend that is worked; with the reason."""
        if works == (on.weekday() < 5):
            return "", ""
        if works:
            return _("worked"), _("worked in exchange for another day")
        return _("day off"), self._holidays(on.year).get(on) or _("day off by decision")

    def _holidays(self, year: int) -> dict[dt.date, str]:
        if year not in self.holidays:
            self.holidays[year] = dict(public_holidays(year, "VN", language()))
        return self.holidays[year]


def _weekday(on: dt.date) -> str:
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return names[on.weekday()]


def _lunar(lunar: LunarDate) -> str:
    """The day of the moon as wall calendars have it: its number, with the month on the first."""
    leap = "+" if lunar.leap else ""
    return f"{lunar.day}/{lunar.month}{leap}" if lunar.day == 1 else str(lunar.day)


def ends_of(asked: CalendarQuery) -> tuple[dt.date, dt.date]:
    """The days that are drawn: whole weeks of a month."""
    if asked.view != View.MONTH:
        return asked.since, asked.until
    until = asked.until
    return asked.since - ONE_DAY * asked.since.weekday(), until + ONE_DAY * (6 - until.weekday())


# --- a month --------------------------------------------------------------------------------------


def weeks_of(sheet: Sheet, entries: Sequence[Entry], since: dt.date, until: dt.date) -> list[list[Day]]:
    """The weeks of a month, those at its ends whole."""
    ordered = sorted(entries, key=_weight)
    return [
        _week(sheet, ordered, since + ONE_DAY * at, sheet.asked.day.month)
        for at in range(0, (until - since).days + 1, WEEK)
    ]


def _week(sheet: Sheet, ordered: Iterable[Entry], monday: dt.date, month: int) -> list[Day]:
    """Seven days with their bars, each on the first line that has room for the whole of it."""
    sunday = monday + ONE_DAY * 6
    taken: list[set[int]] = []
    placed: dict[int, list[Placed]] = {at: [] for at in range(WEEK)}
    hidden = Counter[int]()
    for entry in ordered:
        if entry.since > sunday or entry.until < monday:
            continue
        first = max((entry.since - monday).days, 0)
        days = set(range(first, min((entry.until - monday).days, 6) + 1))
        line = next((n for n, used in enumerate(taken) if not used & days), len(taken))
        if line >= LINES:
            hidden.update(days)
            continue
        if line == len(taken):
            taken.append(set())
        taken[line] |= days
        came, goes_on = entry.since < monday, entry.until > sunday
        placed[first].append(Placed(sheet.item(entry), len(days), line + 1, came, goes_on))
    return [
        sheet.day(
            monday + ONE_DAY * at,
            month=month,
            items=sorted(placed[at], key=lambda one: one.line),
            hidden=hidden[at],
        )
        for at in range(WEEK)
    ]


def _weight(entry: Entry) -> tuple[bool, bool, dt.date, int, str]:
    """Feasts on top, then what takes the longest, single duties last."""
    is_duty = _LOOKS[entry.sort][0] == "is-due"
    return entry.sort != CalendarSort.FEAST, is_duty, entry.since, -entry.days, entry.title


# --- a week, a year -------------------------------------------------------------------------------


def week_of(sheet: Sheet, entries: Sequence[Entry], monday: dt.date) -> list[Day]:
    """Each day with all that is on it; what runs for days is told on each of them."""
    items = [sheet.item(entry) for entry in sorted(entries, key=_weight)]
    days = []
    for at in range(WEEK):
        on = monday + ONE_DAY * at
        here = [
            Placed(item, 1, 0, item.entry.since < on, item.entry.until > on)
            for item in items
            if item.entry.since <= on <= item.entry.until
        ]
        days.append(sheet.day(on, items=here))
    return days


_BUSY = {CalendarSort.OUT, CalendarSort.IN, CalendarSort.MEETING, CalendarSort.EVENT, CalendarSort.WORK}


@dataclass
class _Marks:
    """What is on the days of a month: how much goes on, how much is due, which are feasts."""

    busy: Counter[dt.date] = field(default_factory=Counter)
    due: Counter[dt.date] = field(default_factory=Counter)
    feasts: set[dt.date] = field(default_factory=set)

    def put(self, entry: Entry, days: Iterable[dt.date]) -> None:
        """Count an entry on its days."""
        if entry.sort == CalendarSort.FEAST:
            self.feasts.update(days)
        elif not entry.is_off:
            (self.busy if entry.sort in _BUSY else self.due).update(days)

    def words(self, on: dt.date) -> dict[str, str]:
        """Class of each mark of a day → its words."""
        busy, due = self.busy[on], self.due[on]
        found = {
            "has-work": ngettext("%(n)s thing goes on", "%(n)s things go on", busy) % {"n": busy}
            if busy
            else "",
            "has-due": ngettext("%(n)s is due", "%(n)s are due", due) % {"n": due} if due else "",
            "is-feast": _("feast") if on in self.feasts else "",
        }
        return {css: words for css, words in found.items() if words}


def month_of(sheet: Sheet, entries: Sequence[Entry], number: int) -> Month:
    """One of the twelve: small days with their marks, and the feasts in words."""
    first = dt.date(sheet.asked.day.year, number, 1)
    query = replace(sheet.asked, view=View.MONTH, day=first)
    last = query.until
    here = [e for e in entries if e.since <= last and e.until >= first]
    marks = _Marks()
    for entry in here:
        marks.put(entry, _days(entry, first, last))
    return Month(
        title=capital(words_of(language()).month(number, first.year)),
        url=query.query(),
        days=[_small(sheet, first + ONE_DAY * n, marks) for n in range((last - first).days + 1)],
        told=counted(e.sort for e in here if not e.is_off),
        feasts=[sheet.item(e) for e in here if e.sort == CalendarSort.FEAST and e.since >= first],
    )


def _days(entry: Entry, first: dt.date, last: dt.date) -> list[dt.date]:
    since, until = max(entry.since, first), min(entry.until, last)
    return [since + ONE_DAY * n for n in range((until - since).days + 1)]


def _small(sheet: Sheet, on: dt.date, marks: _Marks) -> Day:
    """A day of a small month; the first stands under its day of the week."""
    words = marks.words(on)
    return Day(
        on,
        is_today=on == sheet.today,
        is_off=not sheet.work.is_working(on),
        label=", ".join([format_date(on, language()), *words.values()]),
        url=sheet.week_url(on),
        css=" ".join([*words, *([f"at-{on.weekday() + 1}"] if on.day == 1 else [])]),
    )


def counted(sorts: Iterable[CalendarSort]) -> str:
    """How much of what, in words: "3 trips abroad, 1 visit"."""
    counts = Counter(sorts)
    out, guests = counts[CalendarSort.OUT], counts[CalendarSort.IN]
    met = counts[CalendarSort.MEETING] + counts[CalendarSort.EVENT]
    due = sum(counts[sort] for sort in (CalendarSort.DEADLINE, CalendarSort.PROMISE))
    parts = [
        ngettext("%(n)s trip abroad", "%(n)s trips abroad", out) % {"n": out} if out else "",
        ngettext("%(n)s visit", "%(n)s visits", guests) % {"n": guests} if guests else "",
        ngettext("%(n)s meeting or event", "%(n)s meetings and events", met) % {"n": met} if met else "",
        ngettext("%(n)s day due", "%(n)s days due", due) % {"n": due} if due else "",
    ]
    return ", ".join(filter(None, parts))


def capital(text: str) -> str:
    """The first letter large."""
    return text[:1].upper() + text[1:]
