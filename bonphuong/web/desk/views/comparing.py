"""A report beside others: the edition before it, the year before, and what changed since it was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.web.desk.pages.comparison import comparison_page
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.views.reports import page_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.REPORT_VIEW)
def report_compare(request: Request, uid: UUID) -> HttpResponse:
    """The figures of an edition beside those of others, and beside the ledger as it is now."""
    page = page_or_404(request, uid)
    context = {
        "page": page,
        "may_trail": can(request.user, Permission.TRAIL_VIEW, page.edition.office_code),
        "beside": comparison_page(page, request.user, request.GET.get("with", "")),
    }
    return render(request, "desk/report_compare.html", context)
