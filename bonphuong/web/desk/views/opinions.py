"""Opinions: asked about a record, answered in the desk or noted from a paper, put off, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.accounts.enums import Permission
from bonphuong.kernel import clock
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.procedures.models import Case, Opinion
from bonphuong.procedures.services import defer_opinion
from bonphuong.records.opinions import visible_opinion
from bonphuong.records.services import answer_opinion, ask_opinions, withdraw_opinion
from bonphuong.web.desk.addresses import record_url
from bonphuong.web.desk.forms.opinions import AnswerForm, AskForm, DeferForm, WithdrawForm, paper_uid
from bonphuong.web.desk.forms.settling import is_good, sent_to, settle_form, told_of
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.pages.opinions import lines_of, opinions_page
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.heads import head_to_change

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django import forms
    from django.http import HttpResponse

    from bonphuong.accounts.models import User
    from bonphuong.web.desk.pages.opinions import OpinionLine
    from bonphuong.web.desk.permissions import Request

MANAGE = "desk/opinion_manage.html"


@permission(Permission.RECORD_VIEW)
def opinions(request: Request) -> HttpResponse:
    """What is asked of the person's offices, and what they have asked."""
    return render(request, "desk/opinions.html", {"page": opinions_page(request.user)})


@permission(Permission.RECORD_CHANGE)
def opinion_ask(request: Request, uid: UUID) -> HttpResponse:
    """Ask several bodies at once about a record."""
    page = head_to_change(request.user, uid)
    if not Case.objects.filter(pk=uid).exists():
        raise Http404
    form = AskForm(posted(request)[0], user=request.user, record=page.record)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = ask_opinions(
                page.record,
                form.bodies(),
                question=given["question"],
                on=given["on"],
                actor=request.user,
                paper_uid=paper_uid(form),
            )
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error, field="offices")
        else:
            said = ngettext("%(n)s body was asked.", "%(n)s bodies were asked.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect(record_url(page.record) + "#opinions")
    context = {"page": page, "form": form}
    return render(request, "desk/opinion_ask.html", context, status=422 if form.errors else 200)


@permission(Permission.RECORD_VIEW)
def opinion(request: Request, uid: UUID) -> HttpResponse:
    """One question with its answer; whoever may answer does it here."""
    line = _line_or_404(request.user, uid)
    may = line.may_answer and line.row.withdrawn_on is None
    given = posted(request)[0]
    form = AnswerForm(given, user=request.user, opinion=line.row, record=line.record) if may else None
    if request.method == "POST" and form is None:
        raise NotAllowed(_("This opinion is not yours to give."))
    merging = settle_form(form, sent_to(request), line.row.version, about=uid) if form is not None else None
    if form is not None and request.method == "POST" and is_good(form, merging):
        version = form.cleaned_data["version"]
        try:
            answer_opinion(line.row, form.reply(), expected_version=version, actor=request.user)
        except ProductError as error:
            tell(form, error, field="answer")
        else:
            messages.success(request, _("The opinion is noted. Those who asked hear of it."))
            return redirect("desk:opinion", uid)
    context = {"line": line, "form": form, **told_of(merging)}
    return render(request, "desk/opinion.html", context, status=422 if form and form.errors else 200)


@permission(Permission.RECORD_CHANGE)
def opinion_withdraw(request: Request, uid: UUID) -> HttpResponse:
    """Ask no longer."""

    def do(line: OpinionLine, form: forms.Form) -> None:
        given = form.cleaned_data
        withdraw_opinion(
            line.row,
            on=clock.today(),
            reason=given["reason"],
            expected_version=given["version"],
            actor=request.user,
        )

    line = _line_to_manage(request.user, uid)
    form = WithdrawForm(posted(request)[0], initial={"version": line.row.version})
    return _managed(request, line, form, do, "withdraw")


@permission(Permission.RECORD_CHANGE)
def opinion_defer(request: Request, uid: UUID) -> HttpResponse:
    """Give another day by which it is due."""

    def do(line: OpinionLine, form: forms.Form) -> None:
        given = form.cleaned_data
        defer_opinion(
            line.row,
            due_on=given["due_on"],
            reason=given["reason"],
            expected_version=given["version"],
            actor=request.user,
        )

    line = _line_to_manage(request.user, uid)
    initial = {"version": line.row.version, "due_on": line.asked.due_on}
    return _managed(request, line, DeferForm(posted(request)[0], initial=initial), do, "defer")


def _managed(
    request: Request,
    line: OpinionLine,
    form: forms.Form,
    do: Callable[[OpinionLine, forms.Form], None],
    act: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            do(line, form)
        except ProductError as error:
            tell(form, error, field="reason")
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:opinion", line.row.pk)
    context = {"line": line, "form": form, "act": act}
    return render(request, MANAGE, context, status=422 if form.errors else 200)


def _line_or_404(user: User, uid: UUID) -> OpinionLine:
    try:
        return lines_of(user, [visible_opinion(user, uid)])[0]
    except Opinion.DoesNotExist:
        raise Http404 from None


def _line_to_manage(user: User, uid: UUID) -> OpinionLine:
    """A question that this person may withdraw or put off, while it waits. Raises NotAllowed."""
    line = _line_or_404(user, uid)
    if not line.may_manage or line.record is None:
        raise NotAllowed(_("Only those who asked may do this."))
    if not line.row.is_waiting:
        raise NotAllowed(_("It was answered or withdrawn already."))
    return line
