"""The calendar, and what may be begun on one of its days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel import clock
from bonphuong.web.desk.forms.calendar import CalendarQuery
from bonphuong.web.desk.pages.calendar import calendar_page
from bonphuong.web.desk.pages.calendar_new import beginnings
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.RECORD_VIEW)
def calendar(request: Request) -> HttpResponse:
    """A month, a week or a year, as the address says."""
    asked = CalendarQuery.read(request.GET, clock.today())
    may_add = can(request.user, Permission.RECORD_ADD)
    page = calendar_page(request.user, asked, may_add=may_add)
    return render(request, "desk/calendar.html", {"page": page, "asked": asked})


@permission(Permission.RECORD_ADD)
def calendar_new(request: Request) -> HttpResponse:
    """What can be entered for a day: every kind of record that has one."""
    asked = CalendarQuery.read(request.GET, clock.today())
    return render(request, "desk/calendar_new.html", {"day": asked.day, "groups": beginnings(asked.day)})
