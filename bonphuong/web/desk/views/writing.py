"""What people have open at their desks: forms begun and not saved, and who else is at a page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.kernel.clock import local
from bonphuong.kernel.errors import BadInput
from bonphuong.together.services import forget_begun, note_presence
from bonphuong.web.desk.keeping import ADDRESS, address_of, keep
from bonphuong.web.desk.pages.company import company_at, sight_of
from bonphuong.web.desk.pages.writing import begun_lines
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.PARTY_VIEW)
@require_safe
def begun(request: Request) -> HttpResponse:
    """Forms that one began and has not saved, the newest first."""
    return render(request, "desk/begun.html", {"lines": begun_lines(request.user)})


@permission(Permission.PARTY_VIEW)
@require_POST
def begun_keep(request: Request) -> HttpResponse:
    """Keep what is being typed. The page asks for it a moment after the last key."""
    try:
        row = keep(request.user, request.POST.get(ADDRESS, ""), request.POST)
    except BadInput as refusal:
        return JsonResponse({"said": refusal.message}, status=413)
    said = _("Draft kept at %(time)s") % {"time": f"{local(row.kept_at):%H:%M}"}
    return JsonResponse({"said": said, "token": get_token(request)})


@permission(Permission.PARTY_VIEW)
@require_POST
def begun_forget(request: Request) -> HttpResponse:
    """Forget a begun form of one's own, and go back to the page that asked for it."""
    try:
        uid = UUID(request.POST.get("uid", ""))
    except ValueError:
        raise Http404 from None
    if not forget_begun(request.user, uid):
        raise Http404
    messages.success(request, _("The draft is forgotten."))
    return redirect(address_of(request.POST.get("next", "")) if request.POST.get("next") else "desk:begun")


@permission(Permission.RECORD_VIEW)
@require_POST
def here(request: Request, about: UUID) -> HttpResponse:
    """Tell that one has a page open, and hear who else has, and who saved since it was opened."""
    place = request.POST.get("place", "")[:80]
    sight = sight_of(request.user, about, place)
    if sight is None:
        raise Http404
    note_presence(request.user, about=about, place=place, is_writing=request.POST.get("writing") == "1")
    context = company_at(request.user, sight, seen=request.POST.get("version", ""))
    return render(request, "desk/parts/company_lines.html", {"company": context})
