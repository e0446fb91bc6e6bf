"""Periods of reports: closed, opened again, what came late; and what became of estimates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import BadValue, NotAllowed, ProductError
from bonphuong.ledger.models import Closing
from bonphuong.reports.models import ReportDefinition
from bonphuong.reports.services import close_report_period, reopen_report_period
from bonphuong.web.desk.forms.closing import CloseForm, ReopenForm
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.pages.closing import estimate_rows, period_list, period_page
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.templatetags.reports import report_name

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request

_TO_MEND = 422


@permission(Permission.REPORT_VIEW)
def report_periods(request: Request) -> HttpResponse:
    """Every period of every report with who closed it and what came late; sending the page closes another."""
    may_close = can(request.user, Permission.PERIOD_CLOSE)
    codes = sorted(set(ReportDefinition.objects.values_list("code", flat=True)))
    form = CloseForm(
        posted(request)[0], user=request.user, reports=[(code, report_name(code)) for code in codes]
    )
    if request.method == "POST" and not may_close:
        raise NotAllowed(_("You may not close periods."))
    if request.method == "POST" and form.is_valid() and _closed(request, form):
        messages.success(request, _("Closed. What comes into it later needs a reason."))
        return redirect("desk:report-periods")
    page = period_list(request.user, request.GET.dict(), report_name)
    context = {
        "page": page.narrowing,
        "list": page,
        "asks_more": "more" in request.GET,
        "form": form,
        "may_close": may_close,
    }
    return render(request, "desk/report_periods.html", context, status=_TO_MEND if form.errors else 200)


def _closed(request: Request, form: CloseForm) -> bool:
    given = form.cleaned_data
    try:
        close_report_period(
            actor=request.user,
            office=given["office"],
            code=given["report"],
            period=form.period,
            reason=given["reason"],
        )
    except NotAllowed:
        raise
    except BadValue as error:
        form.add_error("part", error.message)
    except ProductError as error:
        tell(form, error)
    else:
        return True
    return False


@permission(Permission.REPORT_VIEW)
def report_period(request: Request, closing: int) -> HttpResponse:
    """A period with its history and what came late; sending the page opens it again, or closes it anew."""
    try:
        page = period_page(request.user, closing)
    except Closing.DoesNotExist:
        raise Http404 from None
    if request.method == "POST" and not page.may_close:
        raise NotAllowed(_("You may not close periods."))
    form = ReopenForm(posted(request)[0]) if page.line.is_closed else None
    if request.method == "POST" and (form is None or form.is_valid()):
        row = page.line.row
        try:
            if form is None:
                close_report_period(actor=request.user, office=row.office, code=row.report, period=row.period)
            else:
                reopen_report_period(actor=request.user, closing=row, reason=form.cleaned_data["reason"])
        except NotAllowed:
            raise
        except ProductError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("Closed.") if form is None else _("Opened again."))
        return redirect("desk:report-period", closing)
    context = {"page": page, "form": form}
    status = _TO_MEND if form is not None and form.errors else 200
    return render(request, "desk/report_period.html", context, status=status)


@permission(Permission.REPORT_VIEW)
def report_estimates(request: Request) -> HttpResponse:
    """Every estimate that was signed, and what it came to."""
    rows = estimate_rows(request.user)
    missed = sum(row.line.difference not in (None, 0) for row in rows)
    context = {"rows": rows, "missed": missed, "running": sum(not row.line.is_over for row in rows)}
    return render(request, "desk/report_estimates.html", context)
