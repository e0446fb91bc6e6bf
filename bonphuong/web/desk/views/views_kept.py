"""Views of a list that a person keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import SavedView
from bonphuong.accounts.services.views import open_first, remove_view, rename_view, save_view
from bonphuong.kernel.errors import BadInput
from bonphuong.records.registry import get_family
from bonphuong.web.desk.addresses import list_url
from bonphuong.web.desk.forms.chosen import uids_in
from bonphuong.web.desk.forms.refusals import refuse
from bonphuong.web.desk.forms.views_kept import ViewForm
from bonphuong.web.desk.pages.views_kept import KEPT, own_views
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.RECORD_VIEW)
def list_views(request: Request, family: str) -> HttpResponse:
    """The views that a person keeps of a list: save what the address asks for, rename, open first, remove."""
    try:
        known = get_family(family)
    except KeyError:
        raise Http404 from None
    sent = request.method == "POST"
    form = ViewForm(request.POST if sent else None, initial={"query": _kept_part(request.GET.urlencode())})
    if sent and _done(request, family, form):
        return redirect("desk:list-views", family)
    context = {
        "family": known,
        "form": form,
        "views": own_views(request.user, family),
        "back_url": list_url(family),
        "saves": sent or bool(request.GET),
    }
    return render(request, "desk/list_views.html", context, status=422 if sent else 200)


def _done(request: Request, family: str, form: ViewForm) -> bool:
    """Whether what was sent was done; else the form tells what is missing."""
    act = request.POST.get("do", "save")
    if act == "save":
        return form.is_valid() and _saved(request, family, form)
    uids = uids_in([request.POST.get("view", "")])
    view = SavedView.objects.filter(pk__in=uids, owner=request.user, family=family).first()
    if view is None:
        raise Http404
    if act == "remove":
        remove_view(view, actor=request.user)
        messages.success(request, _("The view “%(name)s” is removed.") % {"name": view.name})
        return True
    if act in {"first", "not_first"}:
        open_first(view, actor=request.user, first=act == "first")
        return True
    try:
        rename_view(view, actor=request.user, name=request.POST.get("called", ""))
    except BadInput as refusal:
        messages.warning(request, refusal.message)
    return True


def _saved(request: Request, family: str, form: ViewForm) -> bool:
    given = form.cleaned_data
    try:
        view = save_view(
            actor=request.user,
            family=family,
            name=given["name"],
            query=_kept_part(given["query"]),
            shared=given["shared"],
        )
        if given["first"]:
            open_first(view, actor=request.user)
    except BadInput as refusal:
        refuse(form, refusal)
        return False
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    return True


def _kept_part(query: str) -> str:
    """Of an address what belongs to a view: neither the page that was open nor what was ticked."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name in KEPT])
