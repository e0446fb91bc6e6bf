"""Records of every family: what there is of each, the list of one made of the kit, and one record."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.records.models import Record
from bonphuong.records.registry import get_family
from bonphuong.web.desk.addresses import file_urls, list_url, new_url, record_url
from bonphuong.web.desk.downloads import stream
from bonphuong.web.desk.forms.records import RecordFilter
from bonphuong.web.desk.pages.exports import ENDINGS, take_away
from bonphuong.web.desk.pages.families import family_lines
from bonphuong.web.desk.pages.listing import query_of
from bonphuong.web.desk.pages.record import RecordPage, record_page
from bonphuong.web.desk.pages.record_list import flags_of, list_page, shelf_of
from bonphuong.web.desk.pages.views_kept import first_view, own_views
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.views.delegations import cutoff_of
from bonphuong.web.desk.views.heads import head_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, StreamingHttpResponse

    from bonphuong.accounts.models import User
    from bonphuong.records.registry import Family
    from bonphuong.web.desk.permissions import Request


@permission(Permission.RECORD_VIEW)
def record_families(request: Request) -> HttpResponse:
    """All families: how much is in each, and what needs somebody. Words are looked for everywhere."""
    text = request.GET.get("q", "").strip()
    if text:
        return redirect(f"{reverse('desk:search')}?{urlencode({'q': text})}")
    may_add = can(request.user, Permission.RECORD_ADD)
    return render(request, "desk/families.html", {"lines": family_lines(request.user), "may_add": may_add})


def family_or_404(code: str) -> Family:
    """A family made of the kit."""
    try:
        found = get_family(code)
    except KeyError:
        raise Http404 from None
    if not found.scheme:
        raise Http404
    return found


def _wanted(request: Request, family: Family) -> RecordFilter:
    return RecordFilter.read(
        request.GET,
        kinds=[kind.code for kind in family.kinds],
        cutoff=cutoff_of(request.user),
        flags=flags_of(family),
        by_year=False,
    )


@permission(Permission.RECORD_VIEW)
def records(request: Request, family: str) -> HttpResponse:
    """The list of a family, narrowed by what the address says."""
    known = family_or_404(family)
    first = first_view(request.user, family, request.GET)
    if first:
        return redirect(first)
    wanted = _wanted(request, known)
    query = query_of(wanted)
    context = {
        "views": own_views(request.user, family, request.GET),
        "views_url": reverse("desk:list-views", args=[family]),
        "page": list_page(request.user, known, wanted, more="more" in request.GET),
        "wanted": wanted,
        "asks_more": "more" in request.GET,
        "search_text": wanted.text,
        "query": query,
        "files": file_urls(family, ENDINGS, query),
        "plain_url": list_url(family),
        "new_url": new_url(family, kind=wanted.kind) if can(request.user, Permission.RECORD_ADD) else "",
        "import_kind": urlencode({"family": family, "kind": wanted.kind or known.kinds[0].code}),
        "paste_kind": wanted.kind or (known.kinds[0].code if len(known.kinds) == 1 else ""),
    }
    return render(request, "desk/records.html", context)


@permission(Permission.RECORD_VIEW)
@require_safe
def records_file(request: Request, family: str, ending: str) -> StreamingHttpResponse:
    """The same rows as the list, as a file that says by which filter."""
    known = family_or_404(family)
    if ending not in ENDINGS:
        raise Http404
    taken = take_away(shelf_of(known).listing(request.user, _wanted(request, known)), ending)
    return stream(taken.pieces, name=taken.name, media_type=taken.media_type)


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
