"""One box for everything: a panel while one types, a page with all groups, a jump where a number was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.records.models import Record
from bonphuong.search.queries import find, glance
from bonphuong.search.sources import source_of
from bonphuong.web.desk.addresses import record_url
from bonphuong.web.desk.pages.search import search_page
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.search.queries import Found
    from bonphuong.web.desk.permissions import Request

LONGEST = 200
# What one looked for lately is kept with the session: it ends when one signs out.
RECENT, REMEMBERED = "searched", 8


@permission(Permission.RECORD_VIEW)
@require_safe
def search(request: Request) -> HttpResponse:
    """What was found; the few first of it while somebody is still typing. An exact number opens its record."""
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST]
    if request.htmx:
        return _panel(request, text)
    only = request.GET.get("only", "")
    if only:
        _known(only)
    found = find(request.user, text, only=only)
    address = _jump(found)
    if text and (address or found.groups):
        _remember(request, text)
    if address:
        return redirect(address)
    context = {
        "page": search_page(request.user, found) if found.wanted else None,
        "text": text,
        "search_text": text,
        "only": only,
        "recent": [one for one in request.session.get(RECENT, []) if one != text],
    }
    return render(request, "desk/search.html", context)


def _panel(request: Request, text: str) -> HttpResponse:
    found = glance(request.user, text)
    context = {
        "page": search_page(request.user, found) if found.wanted else None,
        "text": text,
        "recent": request.session.get(RECENT, [])[:5],
    }
    return render(request, "desk/parts/search_panel.html", context)


def _known(kind: str) -> None:
    try:
        source_of(kind)
    except KeyError:
        raise Http404 from None


def _jump(found: Found) -> str:
    if found.exact is None:
        return ""
    if isinstance(found.exact, Record):
        return record_url(found.exact)
    return reverse("desk:paper", args=[found.exact.pk])


def _remember(request: Request, text: str) -> None:
    known = [one for one in request.session.get(RECENT, []) if one != text]
    request.session[RECENT] = [text, *known][:REMEMBERED]
