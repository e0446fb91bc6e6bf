"""The same delegation entered twice: looked at side by side, and counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.families.delegations.services import merge
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.web.desk.forms.ties import MergeForm
from bonphuong.web.desk.pages.delegation import lines_of
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.views.delegations import page_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.RECORD_CHANGE)
def delegation_merge(request: Request, uid: UUID, other: UUID) -> HttpResponse:
    """Two records beside each other; a person says which one stays, or leaves both."""
    pages = {str(uid): page_or_404(request.user, uid), str(other): page_or_404(request.user, other)}
    form = MergeForm(request.POST or None, records=[page.record for page in pages.values()])
    if request.method == "POST" and form.is_valid():
        keep = pages[form.cleaned_data["keep"]].record
        double = next(page.record for page in pages.values() if page.record != keep)
        try:
            merge(
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
            return redirect("desk:delegation", keep.pk)
    sides = [(page, lines_of(page)) for page in pages.values()]
    context = {"sides": sides, "form": form, "page": pages[str(uid)]}
    return render(request, "desk/delegation_merge.html", context, status=422 if form.errors else 200)
