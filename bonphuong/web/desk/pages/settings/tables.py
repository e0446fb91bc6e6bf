"""Every table of the settings by its code, and the groups in which the first page of the settings shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.web.desk.pages.settings.indicators import INDICATORS
from bonphuong.web.desk.pages.settings.keeping import NUMBERS, REPORTS
from bonphuong.web.desk.pages.settings.offices import FOCAL, NAMES, OFFICES, PRACTICE, RECEIVERS
from bonphuong.web.desk.pages.settings.people import PEOPLE, ROLES
from bonphuong.web.desk.pages.settings.procedures import AUTHORITIES, DEADLINES, LIMITS, OPINION_DAYS
from bonphuong.web.desk.pages.settings.reference import (
    CURRENCIES,
    FEASTS,
    FIELDS,
    RATES,
    WORKING_DAYS,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrOrPromise, _StrPromise

    from bonphuong.accounts.models import User
    from bonphuong.web.desk.pages.settings.kit import Table


@dataclass(frozen=True)
class Page:
    """A page of the settings that is no table: where it stands, what it is for, who may open it."""

    name: str
    title: _StrPromise
    lead: _StrPromise
    icon: str
    needs: Permission


@dataclass(frozen=True)
class Entry:
    """A line of the first page."""

    url: str
    title: _StrOrPromise
    lead: _StrOrPromise
    icon: str


GROUPS: tuple[tuple[_StrPromise, tuple[Table | Page, ...]], ...] = (
    (
        pgettext_lazy("settings", "People"),
        (
            PEOPLE,
            ROLES,
            Page(
                "settings-permissions",
                _("Roles and permissions"),
                _("What each role may see and do, in one table."),
                "eye",
                Permission.SETTINGS_CHANGE,
            ),
            AUTHORITIES,
        ),
    ),
    (_("Offices"), (OFFICES, RECEIVERS, FOCAL, PRACTICE, NAMES)),
    (
        _("Procedures and rules"),
        (
            Page(
                "settings-procedures",
                _("Procedures"),
                _("Every version with its states, steps, who takes them, and the cases that run through it."),
                "doing",
                Permission.SETTINGS_CHANGE,
            ),
            DEADLINES,
            OPINION_DAYS,
            LIMITS,
        ),
    ),
    (_("Reference data"), (FIELDS, FEASTS, WORKING_DAYS, RATES, CURRENCIES)),
    (
        _("Papers, reports, numbers"),
        (
            Page(
                "paper-templates",
                _("Word templates"),
                _("Whose version of each paper prints; offices change them in Word."),
                "file",
                Permission.TEMPLATE_CHANGE,
            ),
            REPORTS,
            INDICATORS,
            NUMBERS,
        ),
    ),
    (
        _("This installation"),
        (
            Page(
                "settings-installation",
                _("State of the installation"),
                _("Version, database, guards, mail, room on the disk, last check and last backup."),
                "gear",
                Permission.LEDGER_CHECK,
            ),
        ),
    ),
)
TABLES: dict[str, Table] = {
    one.code: one for _label, entries in GROUPS for one in entries if not isinstance(one, Page)
}


def table_for(user: User, code: str) -> Table:
    """The table of that code, if the person may see it. Raises Http404."""
    table = TABLES.get(code)
    if table is None or not table.may_see(user):
        raise Http404
    return table


def entries_for(user: User) -> list[tuple[_StrPromise, list[Entry]]]:
    """The first page: groups with what the person may open."""
    found = []
    for label, entries in GROUPS:
        lines = [_entry(one) for one in entries if _may_open(one, user)]
        if lines:
            found.append((label, lines))
    return found


def _may_open(one: Table | Page, user: User) -> bool:
    may: Callable[[User], bool] = (
        (lambda person: can(person, one.needs)) if isinstance(one, Page) else one.may_see
    )
    return may(user)


def _entry(one: Table | Page) -> Entry:
    if isinstance(one, Page):
        return Entry(reverse(f"desk:{one.name}"), one.title, one.lead, one.icon)
    return Entry(reverse("desk:settings-table", args=[one.code]), one.title, one.lead, one.icon)
