"""Delegations: the list, and what is taken away from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bonphuong.accounts.enums import Permission, SettingKey
from bonphuong.accounts.queries import setting_on
from bonphuong.families.delegations.enums import Kind
from bonphuong.families.delegations.models import Delegation
from bonphuong.kernel.periods import Cutoff
from bonphuong.web.desk.addresses import file_urls
from bonphuong.web.desk.downloads import stream
from bonphuong.web.desk.forms.records import RecordFilter
from bonphuong.web.desk.pages.delegation import DelegationPage, delegation_page, lines_of
from bonphuong.web.desk.pages.delegations import flags, list_page, listing_of
from bonphuong.web.desk.pages.exports import ENDINGS, take_away
from bonphuong.web.desk.pages.listing import query_of
from bonphuong.web.desk.pages.unfiled import unfiled_page
from bonphuong.web.desk.pages.views_kept import first_view, own_views
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, StreamingHttpResponse

    from bonphuong.accounts.models import User
    from bonphuong.web.desk.permissions import Request

KINDS = tuple(Kind.values)


def cutoff_of(user: User) -> Cutoff:
    """By which cut-off the person's own office counts its years and months."""
    holding = next(iter(user.access().holdings), None)
    return Cutoff(setting_on(holding.office, SettingKey.REPORT_CUTOFF)) if holding else Cutoff.CALENDAR


@permission(Permission.RECORD_VIEW)
def delegations(request: Request) -> HttpResponse:
    """The list of one kind or of all, narrowed by what the address says."""
    first = first_view(request.user, "delegations", request.GET)
    if first:
        return redirect(first)
    wanted = RecordFilter.read(request.GET, kinds=KINDS, cutoff=cutoff_of(request.user), flags=flags())
    query = query_of(replace(wanted, after=""))
    context = {
        "views": own_views(request.user, "delegations", request.GET),
        "views_url": reverse("desk:list-views", args=["delegations"]),
        "page": list_page(request.user, wanted, more="more" in request.GET),
        "wanted": wanted,
        "asks_more": "more" in request.GET,
        "search_text": wanted.text,
        "query": query,
        "files": file_urls("delegations", ENDINGS, query),
    }
    return render(request, "desk/delegations.html", context)


@permission(Permission.RECORD_VIEW)
@require_safe
def delegations_file(request: Request, ending: str = "xlsx") -> StreamingHttpResponse:
    """The same rows as the list, as a file."""
    wanted = RecordFilter.read(request.GET, kinds=KINDS, cutoff=cutoff_of(request.user), flags=flags())
    taken = take_away(listing_of(request.user, wanted), ending)
    return stream(taken.pieces, name=taken.name, media_type=taken.media_type)


@permission(Permission.RECORD_VIEW)
def unfiled(request: Request) -> HttpResponse:
    """Who has not filed the report of a trip."""
    return render(request, "desk/unfiled.html", {"page": unfiled_page(request.user)})


@permission(Permission.RECORD_VIEW)
def delegation(request: Request, uid: UUID) -> HttpResponse:
    """One delegation."""
    page = page_or_404(request.user, uid)
    context = {
        "page": page,
        "main_country": page.names.country(page.row.main_country),
        "lines": lines_of(page),
    }
    return render(request, "desk/delegation.html", context)


def page_or_404(user: User, uid: UUID) -> DelegationPage:
    """The page of a delegation that the person may see."""
    try:
        return delegation_page(user, uid)
    except Delegation.DoesNotExist:
        raise Http404 from None
