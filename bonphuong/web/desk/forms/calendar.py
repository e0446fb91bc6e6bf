"""What the address of a calendar asks for, and what somebody who subscribes says."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.exchange.enums import Scope
from bonphuong.exchange.services import FeedDraft
from bonphuong.records.entries import Wanted
from bonphuong.records.enums import CalendarSort, TieKind
from bonphuong.web.desk.forms.reading import offices_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from bonphuong.accounts.models import User

#: Years that a calendar is drawn for; the lunar calendar reaches a little further on both sides.
FIRST_YEAR, LAST_YEAR = 1950, 2090
_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9._-]{1,80}", re.ASCII)


class View(StrEnum):
    """How the days are shown."""

    MONTH = "month"
    AGENDA = "agenda"
    YEAR = "year"


@dataclass(frozen=True)
class CalendarQuery:
    """The view, a day in it, and the filters that are on. What an address says that cannot be is left out."""

    view: View
    day: dt.date
    sorts: tuple[CalendarSort, ...] = ()
    office: str = ""
    country: str = ""
    partner: str = ""
    is_odd: bool = False  # the address asked for days that no calendar has

    @classmethod
    def read(cls, given: QueryDict, today: dt.date) -> CalendarQuery:
        """From what stands in an address, whatever it is."""
        day = _day(given, today)
        view = given.get("view", "")
        return cls(
            view=View(view) if view in set(View) else View.MONTH,
            day=day or today,
            sorts=tuple(sort for sort in CalendarSort if sort in set(given.getlist("kind"))),
            office=_code(given.get("office", "")),
            country=_code(given.get("country", "")),
            partner=_code(given.get("partner", "")),
            is_odd=day is None,
        )

    @property
    def wanted(self) -> Wanted:
        """What is asked of the records."""
        tie = (TieKind.PARTY.value, self.partner) if self.partner else None
        if tie is None and self.country:
            tie = (TieKind.COUNTRY.value, self.country)
        offices = frozenset([self.office]) if self.office else frozenset[str]()
        return Wanted(sorts=frozenset(self.sorts), offices=offices, tie=tie)

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is on."""
        return bool(self.sorts or self.office or self.country or self.partner)

    @property
    def since(self) -> dt.date:
        """The first day of the month, the week or the year that is shown."""
        if self.view == View.AGENDA:
            return self.day - dt.timedelta(days=self.day.weekday())
        return self.day.replace(day=1) if self.view == View.MONTH else dt.date(self.day.year, 1, 1)

    @property
    def until(self) -> dt.date:
        """The last day of it."""
        return self.moved(1) - dt.timedelta(days=1)

    def moved(self, steps: int) -> dt.date:
        """The first day of the month, week or year so many further on."""
        first = self.since
        if self.view == View.AGENDA:
            return first + dt.timedelta(days=7 * steps)
        months = first.year * 12 + first.month - 1 + steps * (1 if self.view == View.MONTH else 12)
        return dt.date(months // 12, months % 12 + 1, 1)

    def query(self, **changes: Any) -> str:
        """The address with something changed."""
        asked = replace(self, **changes)
        when = {
            View.MONTH: ("month", f"{asked.day:%Y-%m}"),
            View.AGENDA: ("day", asked.day.isoformat()),
            View.YEAR: ("year", str(asked.day.year)),
        }[asked.view]
        told = [("view", asked.view.value)] if asked.view != View.MONTH else []
        told += [when, *(("kind", sort.value) for sort in asked.sorts)]
        named = (("office", asked.office), ("country", asked.country), ("partner", asked.partner))
        return "?" + urlencode([*told, *(pair for pair in named if pair[1])])


def _code(text: str) -> str:
    return text if _CODE.fullmatch(text) else ""


def _day(given: QueryDict, today: dt.date) -> dt.date | None:
    """A day of what is asked for; None for what is no day, or too far away."""
    day, month, year = (str(given.get(name, "")) for name in ("day", "month", "year"))
    try:
        return _within(_named(day, month, year, today))
    except ValueError:
        return None


def _named(day: str, month: str, year: str, today: dt.date) -> dt.date:
    """The day that is named, or the first of the month or year. Raises ValueError."""
    if day:
        return dt.date.fromisoformat(day)
    if month:
        found = _MONTH.fullmatch(month)
        if found is None:
            raise ValueError(month)
        return dt.date(int(found[1]), int(found[2]), 1)
    return dt.date(int(year[:6]), 1, 1) if year else today


def _within(day: dt.date) -> dt.date | None:
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


class FeedForm(forms.Form):
    """The address of a calendar that a person's own program shall read."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("As the calendar program shows it, such as: Đối ngoại, điện thoại của tôi."),
    )
    scope = forms.ChoiceField(label=_("It holds"), choices=Scope.choices, initial=Scope.ALL)
    office = forms.ChoiceField(label=_("Office"), required=False)
    sorts = forms.MultipleChoiceField(
        label=_("Only"),
        required=False,
        choices=CalendarSort.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all of them. Only deadlines or only feasts are a calendar too."),
    )
    remind_days = forms.IntegerField(
        label=_("Remind so many days before a deadline"),
        required=False,
        min_value=0,
        max_value=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("At eight in the morning. Empty: no reminder."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, user: User) -> None:
        super().__init__(data)
        offices = offices_for(user, Permission.RECORD_VIEW)
        self.fields["office"].choices = [("", "—"), *offices]  # type: ignore[attr-defined]
        self.user = user

    def draft(self) -> FeedDraft:
        """What was said."""
        said = self.cleaned_data
        return FeedDraft(
            name=said["name"],
            scope=said["scope"],
            office_code=said["office"],
            sorts=tuple(said["sorts"]),
            remind_days=said["remind_days"],
            language=self.user.language,
        )
