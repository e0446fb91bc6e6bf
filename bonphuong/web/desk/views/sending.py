"""A signed report on its way: filed among the papers, sent to those who receive it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bonphuong.accounts.enums import Permission
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.reports.services import file_edition, note_sending, undo_sending
from bonphuong.web.desk.forms.sending import SendingForm
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.pages.sending import sending_page
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.reports import page_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.web.desk.pages.reports import ReportPage
    from bonphuong.web.desk.permissions import Request

_TO_MEND = 422


@permission(Permission.REPORT_VIEW)
def report_sent(request: Request, uid: UUID) -> HttpResponse:
    """Who has been sent the report; sending the page notes who else."""
    sending = sending_page(request.user, _signed(request, uid))
    if request.method == "POST" and not sending.may_send:
        raise NotAllowed(_("You may not note to whom this report was sent."))
    form = SendingForm(posted(request)[0], offices=sending.offices, names=sending.names)
    if request.method == "POST" and form.is_valid():
        try:
            made = note_sending(
                actor=request.user,
                edition=sending.page.edition,
                road=form.cleaned_data["road"],
                sent_on=form.cleaned_data["sent_on"],
                offices=form.chosen_offices,
                names=form.chosen_names,
                note=form.cleaned_data["note"],
            )
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error, field="names")
        else:
            said = ngettext("Noted: sent to one.", "Noted: sent to %(n)s.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect("desk:report-sent", uid)
    context = {"sending": sending, "page": sending.page, "form": form}
    return render(request, "desk/report_sent.html", context, status=_TO_MEND if form.errors else 200)


@permission(Permission.REPORT_DRAFT)
@require_POST
def report_sent_undo(request: Request, uid: UUID, sending: UUID) -> HttpResponse:
    """Take back what was noted by mistake."""
    row = _signed(request, uid).edition.sendings.filter(pk=sending).first()
    if row is None:
        raise Http404
    try:
        undo_sending(actor=request.user, sending=row, reason=request.POST.get("reason", ""))
    except NotAllowed:
        raise
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Taken back. It stays to be read with its reason."))
    return redirect("desk:report-sent", uid)


@permission(Permission.PAPER_ADD)
@require_POST
def report_file(request: Request, uid: UUID) -> HttpResponse:
    """File PDF, Word and workbook of the signed report among the papers."""
    page = _signed(request, uid)
    try:
        file_edition(actor=request.user, edition=page.edition)
    except NotAllowed:
        raise
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The files stand among the papers."))
    return redirect("desk:report-sent", uid)


def _signed(request: Request, uid: UUID) -> ReportPage:
    page = page_or_404(request, uid)
    if page.edition.is_draft:
        raise Http404
    return page
