"""One record and another: entered twice and counted once, parted again, linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.records.enums import LinkKind
from bonphuong.records.services import link, unlink
from bonphuong.web.desk.addresses import record_url
from bonphuong.web.desk.doing import doing_of
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.forms.ties import LinkForm, MergeForm, UnlinkForm, UnmergeForm
from bonphuong.web.desk.pages.sides import side_of
from bonphuong.web.desk.pages.ties import linkable
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.heads import head_or_404, head_to_change

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request

ACT = "desk/record_act.html"


@permission(Permission.RECORD_CHANGE)
def record_merge(request: Request, uid: UUID, other: UUID) -> HttpResponse:
    """Two records beside each other; a person says which one stays, or leaves both."""
    pages = {str(one): head_to_change(request.user, one) for one in (uid, other)}
    if len({page.record.family for page in pages.values()}) > 1:
        raise Http404
    form = MergeForm(posted(request)[0], records=[page.record for page in pages.values()])
    if request.method == "POST" and form.is_valid():
        keep = pages[form.cleaned_data["keep"]].record
        double = next(page.record for page in pages.values() if page.record != keep)
        try:
            doing_of(keep).merge(
                keep,
                double,
                expected_version=double.version,
                actor=request.user,
                reason=form.cleaned_data["reason"],
            )
        except NotAllowed:
            raise
        except ProductError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("%(number)s now counts for nothing.") % {"number": double.number})
            return redirect(record_url(keep))
    context = {
        "sides": [side_of(request.user, page.record) for page in pages.values()],
        "form": form,
        "page": pages[str(uid)],
    }
    return render(request, "desk/record_merge.html", context, status=422 if form.errors else 200)


@permission(Permission.RECORD_CHANGE)
def record_unmerge(request: Request, uid: UUID) -> HttpResponse:
    """Two that were merged are two after all: each counts again."""
    page = head_to_change(request.user, uid)
    if page.record.duplicate_of is None:
        raise Http404
    form = UnmergeForm(posted(request)[0], initial={"version": page.record.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            doing_of(page.record).unmerge(
                page.record,
                expected_version=given["version"],
                actor=request.user,
                reason=given["reason"],
            )
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error)
        else:
            messages.success(request, _("Parted again: each of the two counts for itself."))
            return redirect(record_url(page.record))
    context = {"page": page, "form": form, "act": "unmerge"}
    return render(request, ACT, context, status=422 if form.errors else 200)


@permission(Permission.RECORD_CHANGE)
def record_link(request: Request, uid: UUID) -> HttpResponse:
    """Search another record and say how this one relates to it."""
    page = head_to_change(request.user, uid)
    text = request.GET.get("q", "").strip()[:100]
    found = linkable(request.user, page.record, text)
    form = LinkForm(posted(request)[0], records=found)
    if request.method == "POST" and form.is_valid():
        other = next(one for one in found if str(one.pk) == form.cleaned_data["other"])
        kind, note = form.cleaned_data["kind"], form.cleaned_data["note"]
        link(page.record, other, kind, actor=request.user, note=note)
        messages.success(request, _("Linked to %(number)s.") % {"number": other.number})
        return redirect(record_url(page.record))
    context = {"page": page, "form": form, "text": text, "found": found}
    return render(request, "desk/record_link.html", context, status=422 if form.errors else 200)


@permission(Permission.RECORD_CHANGE)
def record_unlink(request: Request, uid: UUID, other: UUID, kind: str) -> HttpResponse:
    """Take a link away that was a mistake."""
    page, target = head_to_change(request.user, uid), head_or_404(request.user, other)
    if kind not in LinkKind.values or kind == LinkKind.DUPLICATE:
        raise Http404
    form = UnlinkForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        one, two = page.record, target.record
        # A link is one, whichever of the two said it.
        if not unlink(one, two, kind, actor=request.user):
            unlink(two, one, kind, actor=request.user)
        messages.success(request, _("The link is gone."))
        return redirect(record_url(page.record))
    context = {"page": page, "form": form, "act": "unlink", "target": target.record}
    return render(request, ACT, context, status=422 if form.errors else 200)
