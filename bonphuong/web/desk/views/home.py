"""The first page: what waits, what is due, who comes and goes, how the year stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from bonphuong.accounts.enums import Permission
from bonphuong.kernel import clock
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.RECORD_VIEW)
def home(request: Request) -> HttpResponse:
    """The desk of the person who is signed in."""
    return render(request, "desk/home.html", {"today": clock.today()})
