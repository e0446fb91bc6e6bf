"""Calls for contributions: asking, following who answers, merging what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.contributions import services
from bonphuong.contributions.models import Call
from bonphuong.kernel import clock
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.web.desk.forms.calls import (
    CallForm,
    MergedForm,
    QuestionFormSet,
    initial_of,
    question_rows,
    questions_of,
)
from bonphuong.web.desk.forms.refusals import refuse
from bonphuong.web.desk.forms.settling import is_good, sent_to, settle_form, tell_taken, told_of
from bonphuong.web.desk.pages.calls import call_lines, call_page, questions_of_report
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any
    from uuid import UUID

    from django.forms import BaseFormSet
    from django.http import HttpResponse

    from bonphuong.web.desk.forms.calls import QuestionForm
    from bonphuong.web.desk.pages.calls import CallPage
    from bonphuong.web.desk.permissions import Request


@permission(Permission.RECORD_VIEW)
def calls(request: Request) -> HttpResponse:
    """Calls that one asked or is asked."""
    lines = call_lines(request.user)
    context = {
        "lines": lines,
        "late": sum(line.counted.late for line in lines),
        "may_ask": can(request.user, Permission.REPORT_DRAFT),
    }
    return render(request, "desk/calls.html", context)


@permission(Permission.REPORT_DRAFT)
def call_new(request: Request) -> HttpResponse:
    """Prepare a call: for a report its written parts stand there to begin with."""
    asked = {"report_code": request.GET.get("report", ""), "period": request.GET.get("period", "")}
    form = CallForm(posted(request)[0], user=request.user, initial=asked)
    rows: list[dict[str, str]] = []
    if asked["report_code"]:
        rows = question_rows(questions_of_report(asked["report_code"], str(form.initial["office"])))
    questions = QuestionFormSet(posted(request)[0], initial=rows, prefix="questions")
    if request.method == "POST" and form.is_valid() and questions.is_valid():
        call = _kept(request, form, questions)
        if call is not None:
            messages.success(request, _("Prepared. Nobody sees it before it is sent."))
            return redirect("desk:call", call.pk)
    return _asked(request, form, questions, None)


@permission(Permission.REPORT_DRAFT)
def call_edit(request: Request, uid: UUID) -> HttpResponse:
    """Change a call that was not sent yet."""
    page = _led(request, uid)
    form = CallForm(posted(request)[0], user=request.user, initial=initial_of(page.call))
    rows = question_rows(page.questions)
    questions = QuestionFormSet(posted(request)[0], initial=rows, prefix="questions")
    sent = sent_to(request)
    merging = settle_form(form, sent, page.call.version, about=uid, parts=questions.forms if sent else ())
    if merging is not None:
        questions = QuestionFormSet(form.data, initial=rows, prefix="questions")
    if request.method == "POST" and is_good(form, merging) and questions.is_valid():
        call = _kept(request, form, questions, page.call)
        if call is not None:
            messages.success(request, _("Changed."))
            tell_taken(request, merging)
            return redirect("desk:call", call.pk)
    return _asked(request, form, questions, page, told_of(merging))


def _asked(
    request: Request,
    form: CallForm,
    questions: BaseFormSet[QuestionForm],
    page: CallPage | None,
    told: Mapping[str, Any] | None = None,
) -> HttpResponse:
    status = 422 if form.errors or (questions.is_bound and not questions.is_valid()) else 200
    context = {"form": form, "questions": questions, "page": page, "parts": [form, *questions.forms]}
    context |= told or {}
    return render(request, "desk/call_form.html", context, status=status)


def _kept(
    request: Request, form: CallForm, questions: BaseFormSet[QuestionForm], call: Call | None = None
) -> Call | None:
    draft = form.draft(questions_of(questions))
    try:
        if call is None:
            return services.draft_call(draft, office_code=form.cleaned_data["office"], actor=request.user)
        version = form.cleaned_data["version"] or 0
        return services.rewrite_call(call, draft, expected_version=version, actor=request.user)
    except NotAllowed:
        raise
    except ProductError as error:
        refuse(form, error)
        return None


@permission(Permission.RECORD_VIEW)
def call(request: Request, uid: UUID) -> HttpResponse:
    """A call: what was asked, who has answered, what was made of it."""
    return render(request, "desk/call.html", {"page": page_or_404(request, uid)})


def page_or_404(request: Request, uid: UUID) -> CallPage:
    """The page of a call that the person may see."""
    try:
        return call_page(request.user, uid)
    except Call.DoesNotExist:
        raise Http404 from None


def _led(request: Request, uid: UUID) -> CallPage:
    page = page_or_404(request, uid)
    if not page.may_lead:
        raise Http404
    return page


@permission(Permission.REPORT_DRAFT)
@require_POST
def call_send(request: Request, uid: UUID) -> HttpResponse:
    """Send it today."""
    page = _led(request, uid)
    version = _version(request)
    return _done(
        request,
        page,
        lambda: services.send_call(page.call, on=clock.today(), expected_version=version, actor=request.user),
        _("Sent. The offices find it on their desks; for the others download the forms."),
    )


@permission(Permission.REPORT_DRAFT)
@require_POST
def call_close(request: Request, uid: UUID) -> HttpResponse:
    """Take nothing more in."""
    page = _led(request, uid)
    version = _version(request)
    return _done(
        request,
        page,
        lambda: services.close_call(page.call, expected_version=version, actor=request.user),
        _("Closed. Nothing more is taken in."),
    )


@permission(Permission.REPORT_DRAFT)
@require_POST
def call_chase(request: Request, uid: UUID) -> HttpResponse:
    """Note a reminder to those who have not answered."""
    page = _led(request, uid)
    wanted = set(request.POST.getlist("invitee"))
    chosen = [one.invitee for one in page.addressees if str(one.invitee.pk) in wanted]
    how = request.POST.get("how", "")
    return _done(
        request,
        page,
        lambda: services.chase(chosen, how=how, actor=request.user),
        _("The reminder is noted."),
    )


@permission(Permission.REPORT_DRAFT)
@require_POST
def call_state(request: Request, uid: UUID) -> HttpResponse:
    """Enter the accepted figures as stated figures of their offices."""
    page = _led(request, uid)
    try:
        stated = services.state_answers(page.call, actor=request.user)
    except NotAllowed:
        raise
    except ProductError as error:
        messages.error(request, error.message)
    else:
        told = ngettext("%(n)s figure was entered.", "%(n)s figures were entered.", stated) % {"n": stated}
        messages.success(request, told)
    return redirect("desk:call", uid)


@permission(Permission.REPORT_DRAFT)
def call_question(request: Request, uid: UUID, question: UUID) -> HttpResponse:
    """What was answered to one question, beside the text that is made of it."""
    page = _led(request, uid)
    asked = next((one for one in page.questions if one.pk == question), None)
    if asked is None:
        raise Http404
    if request.method == "POST" and "begin" in request.POST:
        services.merge_answers(asked, actor=request.user)
        messages.success(request, _("Merged. Change the text as it should stand in the report."))
        return redirect("desk:call-question", uid, question)
    merged = page.merged.get(asked.pk)
    initial = {"version": merged.version if merged else 0, "body": merged.body if merged else ""}
    form = MergedForm(posted(request)[0], initial=initial)
    merging = settle_form(form, sent_to(request), merged.version if merged else 0, about=uid)
    if request.method == "POST" and is_good(form, merging):
        given = form.cleaned_data
        try:
            services.save_merged(asked, given["body"], expected_version=given["version"], actor=request.user)
        except NotAllowed:
            raise
        except ProductError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:call", uid)
    answers = [
        (one, answer) for one in page.addressees for q, answer in one.answers if q.pk == question and answer
    ]
    context = {"page": page, "question": asked, "form": form, "answers": answers, "merged": merged}
    context |= told_of(merging)
    return render(request, "desk/call_question.html", context, status=422 if form.errors else 200)


def _version(request: Request) -> int:
    written = request.POST.get("version", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0


def _done(request: Request, page: CallPage, act: Callable[[], object], told: str) -> HttpResponse:
    try:
        act()
    except NotAllowed:
        raise
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, told)
    return redirect("desk:call", page.call.pk)
