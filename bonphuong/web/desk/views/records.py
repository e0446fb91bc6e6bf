"""Records of every family made of the kit: the page of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render

from bonphuong.accounts.enums import Permission
from bonphuong.records.models import Record
from bonphuong.records.registry import get_family
from bonphuong.web.desk.addresses import record_url
from bonphuong.web.desk.pages.record import RecordPage, record_page
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.views.heads import head_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.accounts.models import User
    from bonphuong.web.desk.permissions import Request


@permission(Permission.RECORD_VIEW)
def record(request: Request, uid: UUID) -> HttpResponse:
    """One record; one of a family with a page of its own is shown there."""
    found = head_or_404(request.user, uid).record
    address = record_url(found)
    if not address:
        raise Http404
    if not get_family(found.family).scheme:
        return redirect(address)
    return render(request, "desk/record.html", {"page": record_page(request.user, uid)})


def page_or_404(user: User, uid: UUID) -> RecordPage:
    """The page of a record of the kit that the person may see."""
    try:
        return record_page(user, uid)
    except Record.DoesNotExist:
        raise Http404 from None
