"""Reports: the list, the page with live figures, writing, signing, taking away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bonphuong.accounts.enums import Language, Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.reports.models import Edition
from bonphuong.reports.queries import visible_edition
from bonphuong.reports.rendering import page_html, render_docx, render_json, render_pdf, render_xlsx
from bonphuong.reports.services import (
    build_draft,
    discard_draft,
    set_estimate,
    sign_edition,
    type_back,
)
from bonphuong.web.desk.downloads import DOCX, JSON, PDF, XLSX, download
from bonphuong.web.desk.forms.refusals import refuse
from bonphuong.web.desk.forms.reports import BeginForm, EstimateForm, NumberBackForm, SignForm, asked_period
from bonphuong.web.desk.pages.report_list import report_list
from bonphuong.web.desk.pages.reports import estimates, evidence, report_page
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.templatetags.reports import report_name

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.web.desk.pages.reports import ReportPage
    from bonphuong.web.desk.permissions import Request

FORMATS = {
    "docx": (render_docx, DOCX),
    "pdf": (render_pdf, PDF),
    "xlsx": (render_xlsx, XLSX),
    "html": (page_html, "text/html; charset=utf-8"),
    "json": (render_json, JSON),
}


@permission(Permission.REPORT_VIEW)
def reports(request: Request) -> HttpResponse:
    """Every edition that the person may see, the latest period first, and the form that begins another."""
    form = BeginForm(posted(request)[0], user=request.user, wanted=request.GET)
    may_draft = can(request.user, Permission.REPORT_DRAFT)
    if form.is_bound and not may_draft:
        raise NotAllowed(_("You may not begin a report."))
    if request.method == "POST" and form.is_valid():
        edition = _begun(request, form)
        if edition is not None:
            return redirect("desk:report", edition.pk)
    page = report_list(request.user, request.GET.dict(), report_name)
    context = {
        "page": page.narrowing,
        "list": page,
        "asks_more": "more" in request.GET,
        "form": form,
        "may_draft": may_draft,
    }
    return render(request, "desk/reports.html", context, status=422 if form.errors else 200)


def _begun(request: Request, form: BeginForm) -> Edition | None:
    given = form.cleaned_data
    try:
        return build_draft(
            actor=request.user,
            office=given["office"],
            code=given["report"],
            period=form.period,
            language=given["language"] or Language.VI,
            reason=given["reason"],
        )
    except NotAllowed:
        raise
    except ProductError as error:
        refuse(form, error)
        return None


def page_or_404(request: Request, uid: UUID) -> ReportPage:
    """The page of an edition that the person may see."""
    try:
        return report_page(request.user, visible_edition(request.user, uid))
    except Edition.DoesNotExist:
        raise Http404 from None


@permission(Permission.REPORT_VIEW)
def report(request: Request, uid: UUID) -> HttpResponse:
    """The report. A figure that was asked for stands in the drawer with everything behind it."""
    page = page_or_404(request, uid)
    wanted = request.GET.get("figure", "") or page.first
    context: dict[str, object] = {
        "page": page,
        "open": wanted,
        "evidence": evidence(page, wanted, request.user),
    }
    if request.htmx:
        return render(request, "desk/parts/evidence.html", context)
    edition = page.edition
    asked = {"report": edition.code, "office": edition.office_code, "language": edition.language}
    asked |= asked_period(edition.period)
    context |= {
        "begin_again": f"{reverse('desk:reports')}?{urlencode(asked)}#begin-title",
        "estimates": estimates(page) if page.may_write and page.content["is_open"] else [],
        "may_number": can(request.user, Permission.REPORT_DRAFT, edition.office_code),
        "number_form": NumberBackForm(initial={"number": edition.paper_number, "on": edition.paper_on}),
    }
    return render(request, "desk/report.html", context)


@permission(Permission.REPORT_SIGN)
def report_sign(request: Request, uid: UUID) -> HttpResponse:
    """Sign and freeze. What forbids it stands on the page; warnings ask for a reason."""
    page = page_or_404(request, uid)
    if not page.may_sign:
        raise NotAllowed(_("This report cannot be signed now, or not by you."))
    form = SignForm(posted(request)[0], warnings=page.warnings)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            sign_edition(
                actor=request.user,
                edition=page.edition,
                reason=given.get("reason", ""),
                reasons=form.reasons,
                paper_number=given["paper_number"],
                paper_on=given["paper_on"],
                close=given["close"],
            )
        except NotAllowed:
            raise
        except ProductError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Signed and frozen. It can no longer be changed."))
            return redirect("desk:report", uid)
    context = {"page": page, "form": form}
    return render(request, "desk/report_sign.html", context, status=422 if form.errors else 200)


@permission(Permission.REPORT_DRAFT)
@require_POST
def report_estimate(request: Request, uid: UUID) -> HttpResponse:
    """Enter or take away an estimate of a figure whose period still runs."""
    page = page_or_404(request, uid)
    form = EstimateForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The estimate must be a number."))
        return redirect("desk:report", uid)
    given = form.cleaned_data
    try:
        set_estimate(
            actor=request.user,
            edition=page.edition,
            figure=given["figure"],
            value=given["value"],
            note=given["note"],
        )
    except NotAllowed:
        raise
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The estimate is in the draft."))
    return redirect("desk:report", uid)


@permission(Permission.REPORT_DRAFT)
@require_POST
def report_number(request: Request, uid: UUID) -> HttpResponse:
    """Type back the number and day of the signed paper."""
    page = page_or_404(request, uid)
    form = NumberBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the number with its symbol, and the day."))
        return redirect("desk:report", uid)
    try:
        type_back(
            actor=request.user,
            edition=page.edition,
            number=form.cleaned_data["number"],
            on=form.cleaned_data["on"],
        )
    except NotAllowed:
        raise
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Number and day are noted."))
    return redirect("desk:report", uid)


@permission(Permission.REPORT_DRAFT)
@require_POST
def report_discard(request: Request, uid: UUID) -> HttpResponse:
    """Throw a draft away."""
    page = page_or_404(request, uid)
    try:
        discard_draft(actor=request.user, edition=page.edition)
    except NotAllowed:
        raise
    except ProductError as error:
        messages.error(request, error.message)
        return redirect("desk:report", uid)
    messages.success(request, _("The draft is gone. Figures and records are untouched."))
    return redirect("desk:reports")


@permission(Permission.REPORT_VIEW)
def report_download(request: Request, uid: UUID, ending: str) -> HttpResponse:
    """The report as Word, PDF, Excel or plain data: the same bytes each time for one that is signed."""
    page = page_or_404(request, uid)
    if ending not in FORMATS:
        raise Http404
    make, media_type = FORMATS[ending]
    edition = page.edition
    name = f"{edition.code}-{edition.office_code}-{edition.period_code}-{edition.number}.{ending}"
    return download(make(page.content), name=name, media_type=media_type)
