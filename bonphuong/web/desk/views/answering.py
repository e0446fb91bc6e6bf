"""Answering a call: in the desk, or by the form as a file; and judging what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.contributions import services
from bonphuong.contributions.models import Call, Invitee
from bonphuong.contributions.sheets import file_name, form_workbook
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.web.desk.downloads import XLSX, download
from bonphuong.web.desk.forms.calls import AnswerForm, FormFileForm, JudgeForm
from bonphuong.web.desk.forms.refusals import refuse
from bonphuong.web.desk.forms.settling import is_good, sent_to, settle_form, told_of
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.pages.calls import call_page
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.web.desk.pages.calls import Addressee, CallPage
    from bonphuong.web.desk.permissions import Request


@permission(Permission.RECORD_ADD)
def call_answer(request: Request, uid: UUID) -> HttpResponse:
    """All questions on one page, with what was answered already."""
    page, one = _addressee(request, uid)
    if not one.may_answer:
        raise Http404
    answers = {question.pk: answer for question, answer in one.answers if answer}
    form = AnswerForm(
        posted(request)[0], questions=page.questions, answers=answers, version=one.invitee.version
    )
    merging = settle_form(form, sent_to(request), one.invitee.version, about=one.invitee.pk)
    if request.method == "POST" and is_good(form, merging):
        try:
            services.give_answer(
                one.invitee,
                form.given(),
                expected_version=form.cleaned_data["version"],
                actor=request.user,
            )
        except NotAllowed:
            raise
        except ProductError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Sent. You can better it until it is accepted."))
            return redirect("desk:call", page.call.pk)
    context = {"page": page, "one": one, "form": form, **told_of(merging)}
    return render(request, "desk/call_answer.html", context, status=422 if form.errors else 200)


@permission(Permission.RECORD_ADD)
@require_safe
def call_form_file(request: Request, uid: UUID) -> HttpResponse:
    """The form of one addressee as a workbook, with what was answered already."""
    page, one = _addressee(request, uid)
    answers = {question.pk: answer for question, answer in one.answers if answer}
    content = form_workbook(one.invitee, one.name, page.questions, answers)
    return download(content, name=file_name(one.invitee), media_type=XLSX)


@permission(Permission.RECORD_ADD)
def call_file_back(request: Request, uid: UUID) -> HttpResponse:
    """The form that came back as a file."""
    page, one = _addressee(request, uid)
    form = FormFileForm(*posted(request), initial={"version": one.invitee.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        file = given["file"]
        try:
            services.take_in_file(
                one.invitee,
                file.read(),
                file.name,
                author_name=given["author_name"],
                expected_version=given["version"],
                actor=request.user,
            )
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error, field="file")
        else:
            messages.success(request, _("Taken in. The file is kept as its source."))
            return redirect("desk:call", page.call.pk)
    context = {"page": page, "one": one, "form": form}
    return render(request, "desk/call_file.html", context, status=422 if form.errors else 200)


@permission(Permission.REPORT_DRAFT)
@require_POST
def call_judge(request: Request, uid: UUID) -> HttpResponse:
    """Accept an answer, or return it."""
    page, one = _addressee(request, uid)
    if not page.may_lead:
        raise Http404
    form = JudgeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Open the page again and try once more."))
        return redirect("desk:call", page.call.pk)
    given = form.cleaned_data
    try:
        if "accept" in request.POST:
            services.accept_answer(one.invitee, expected_version=given["version"], actor=request.user)
        else:
            services.return_answer(
                one.invitee, reason=given["reason"], expected_version=given["version"], actor=request.user
            )
    except NotAllowed:
        raise
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Accepted.") if "accept" in request.POST else _("Returned."))
    return redirect("desk:call", page.call.pk)


def _addressee(request: Request, uid: UUID) -> tuple[CallPage, Addressee]:
    """The addressee with the page of its call, as far as the person may see them."""
    found = Invitee.objects.filter(pk=uid).values_list("call_id", flat=True).first()
    if found is None:
        raise Http404
    try:
        page = call_page(request.user, found)
    except Call.DoesNotExist:
        raise Http404 from None
    for one in page.addressees:
        if one.invitee.pk == uid:
            return page, one
    raise Http404
