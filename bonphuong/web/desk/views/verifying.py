"""A report that came back: which of its figures still hold. The file is read and not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from bonphuong.accounts.enums import Permission
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.reports.verifying import verify_file
from bonphuong.web.desk.forms.verifying import VerifyForm
from bonphuong.web.desk.pages.verifying import verify_page
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.pages.verifying import VerifyPage
    from bonphuong.web.desk.permissions import Request


@permission(Permission.REPORT_VIEW)
def report_verify(request: Request) -> HttpResponse:
    """Take a file, and say figure by figure what holds of it."""
    is_sent = request.method == "POST"
    form = VerifyForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, user=request.user
    )
    page = _verified(request, form) if is_sent and form.is_valid() else None
    context = {"form": form, "page": page}
    return render(request, "desk/report_verify.html", context, status=422 if form.errors else 200)


def _verified(request: Request, form: VerifyForm) -> VerifyPage | None:
    file = form.cleaned_data["file"]
    try:
        found = verify_file(file.read(), name=file.name, user=request.user, edition=form.chosen)
    except NotAllowed:
        raise
    except ProductError as error:
        form.add_error("file", error.message)
        return None
    return verify_page(found, request.user)
