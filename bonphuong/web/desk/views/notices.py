"""Notices: what happened that this person should hear of."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from bonphuong.accounts.enums import Permission
from bonphuong.notices.services import mark_read
from bonphuong.web.desk.pages.opinions import notices_page
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.PARTY_VIEW)
def notices(request: Request) -> HttpResponse:
    """The newest notices; sending the page notes one of them, or all, as read."""
    if request.method == "POST":
        count = mark_read(request.user, _named(request.POST.get("uid", "")))
        said = ngettext("%(n)s notice noted as read.", "%(n)s notices noted as read.", count)
        messages.success(request, said % {"n": count})
        return redirect("desk:notices")
    return render(request, "desk/notices.html", {"page": notices_page(request.user)})


def _named(text: str) -> list[UUID] | None:
    """The one that is named, or all; none for what is no name."""
    if not text:
        return None
    try:
        return [UUID(text)]
    except ValueError:
        return []
