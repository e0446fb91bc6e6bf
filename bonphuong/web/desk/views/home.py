"""The first page: what waits, what is due, who comes and goes, how the year stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel import clock
from bonphuong.web.desk.navigation import links_for
from bonphuong.web.desk.pages.home import home_page, to_do
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.views.delegations import cutoff_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.PARTY_VIEW)
def home(request: Request) -> HttpResponse:
    """The desk of the person who is signed in; who keeps no records begins at the first page that is theirs."""
    if not can(request.user, Permission.RECORD_VIEW):
        return redirect(
            next(link.url for part in links_for(request.user, "") for link in (*part.links, *part.folded))
        )
    page = home_page(request.user, cutoff_of(request.user))
    return render(request, "desk/home.html", {"today": clock.today(), "page": page})


@permission(Permission.RECORD_VIEW)
def to_do_list(request: Request) -> HttpResponse:
    """All that waits, is due or was promised, where the first page shows only the first lines."""
    return render(request, "desk/to_do.html", {"today": clock.today(), "page": to_do(request.user)})
