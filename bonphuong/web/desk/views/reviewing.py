"""The review of a report before it is signed: asking, remarking at places of the text, agreeing or returning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bonphuong.accounts.enums import Permission
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.reports.places import find_place
from bonphuong.reports.reviews import may_review
from bonphuong.reports.services import (
    add_comment,
    answer_review,
    ask_review,
    reply_comment,
    settle_comment,
    withdraw_review,
)
from bonphuong.web.desk.forms.reviewing import AGREE, RemarkForm, ReplyForm, ReviewAnswerForm, ReviewAskForm
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.pages.reports import evidence
from bonphuong.web.desk.pages.reviewing import figure_token, place_choices, review_page
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.reports import page_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.reports.models import Review, ReviewComment
    from bonphuong.web.desk.pages.reports import ReportPage
    from bonphuong.web.desk.permissions import Request

_TO_MEND = 422


@permission(Permission.REPORT_VIEW)
def report_review(request: Request, uid: UUID) -> HttpResponse:
    """The draft with its remarks; sending the page remarks on the place chosen."""
    page = _reviewed(request, uid)
    wanted = request.GET.get("figure", "")
    if request.htmx:
        return render(request, "desk/parts/review_evidence.html", _drawer(request, page, wanted))
    token = request.POST.get("place") or request.GET.get("on", "")
    form = RemarkForm(posted(request)[0], choices=place_choices(page, token), token=token)
    if request.method == "POST" and form.is_valid() and _remarked(request, page, form):
        messages.success(request, _("Your remark stands at its place."))
        return redirect(_back(uid, token))
    return _shown(request, page, wanted, remark=form, token=token)


def _remarked(request: Request, page: ReportPage, form: RemarkForm) -> bool:
    place = find_place(page.content, form.cleaned_data["place"])
    if place is None:
        form.add_error("place", form.fields["place"].error_messages["invalid_choice"])
        return False
    try:
        add_comment(actor=request.user, edition=page.edition, body=form.cleaned_data["body"], place=place)
    except NotAllowed:
        raise
    except ProductError as error:
        tell(form, error, field="body")
        return False
    return True


def _shown(
    request: Request,
    page: ReportPage,
    wanted: str = "",
    *,
    remark: RemarkForm | None = None,
    token: str = "",
    answer: ReviewAnswerForm | None = None,
) -> HttpResponse:
    review = review_page(request.user, page)
    bad = any(form is not None and form.errors for form in (remark, answer))
    context = {
        "review": review,
        "page": page,
        "remark": remark if review.may_remark and token else None,
        "at": token.split(":")[1] if token.count(":") else "",
        "answer": answer or ReviewAnswerForm(),
        "reply": ReplyForm(auto_id=False),
        **_drawer(request, page, wanted),
    }
    return render(request, "desk/report_review.html", context, status=_TO_MEND if bad else 200)


def _drawer(request: Request, page: ReportPage, wanted: str) -> dict[str, object]:
    return {
        "page": page,
        "open": wanted,
        "evidence": evidence(page, wanted, request.user),
        "figure_token": figure_token(page, wanted) if page.edition.is_draft and wanted else "",
    }


@permission(Permission.REPORT_DRAFT)
def report_review_ask(request: Request, uid: UUID) -> HttpResponse:
    """Ask people and roles of the office to review the draft."""
    page = page_or_404(request, uid)
    if not page.may_write:
        raise Http404
    form = ReviewAskForm(posted(request)[0], user=request.user, office=page.edition.office_code)
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_review(
                actor=request.user,
                edition=page.edition,
                people=form.chosen_people,
                seats=form.chosen_seats,
                due_on=form.cleaned_data["due_on"],
                question=form.cleaned_data["question"],
            )
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error, field="people")
        else:
            said = ngettext("%(n)s review is asked.", "%(n)s reviews are asked.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect("desk:report-review", uid)
    context = {"page": page, "form": form}
    return render(request, "desk/report_review_ask.html", context, status=_TO_MEND if form.errors else 200)


@permission(Permission.REPORT_VIEW)
@require_POST
def report_review_answer(request: Request, uid: UUID, review: UUID) -> HttpResponse:
    """Agree to the draft, or return it."""
    page = _reviewed(request, uid)
    row = _asked(page, review)
    form = ReviewAnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_review(
                actor=request.user,
                review=row,
                approve=form.cleaned_data["answer"] == AGREE,
                said=form.cleaned_data["said"],
            )
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error, field="said")
        else:
            messages.success(request, _("Your answer is noted. Who asked hears of it."))
            return redirect("desk:report-review", uid)
    return _shown(request, page, answer=form)


@permission(Permission.REPORT_DRAFT)
@require_POST
def report_review_withdraw(request: Request, uid: UUID, review: UUID) -> HttpResponse:
    """Ask no longer."""
    page = _reviewed(request, uid)
    try:
        withdraw_review(actor=request.user, review=_asked(page, review))
    except NotAllowed:
        raise
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("It is not asked any more."))
    return redirect("desk:report-review", uid)


@permission(Permission.REPORT_VIEW)
@require_POST
def report_remark_reply(request: Request, uid: UUID, comment: UUID) -> HttpResponse:
    """Answer a remark."""
    page = _reviewed(request, uid)
    row = _remark(page, comment)
    try:
        reply_comment(actor=request.user, comment=row, body=request.POST.get("body", ""))
    except NotAllowed:
        raise
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Answered."))
    return redirect(f"{reverse('desk:report-review', args=[uid])}#remark-{row.pk}")


@permission(Permission.REPORT_VIEW)
@require_POST
def report_remark_settle(request: Request, uid: UUID, comment: UUID) -> HttpResponse:
    """Settle a remark, or open it again."""
    page = _reviewed(request, uid)
    row = _remark(page, comment)
    version = request.POST.get("version", "")
    try:
        settle_comment(
            actor=request.user,
            comment=row,
            expected_version=int(version) if version.isdecimal() else 0,
            settled=request.POST.get("open") != "yes",
        )
    except NotAllowed:
        raise
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Noted."))
    return redirect(f"{reverse('desk:report-review', args=[uid])}#remark-{row.pk}")


def _reviewed(request: Request, uid: UUID) -> ReportPage:
    """The page of an edition whose review the person may read."""
    page = page_or_404(request, uid)
    if not may_review(request.user, page.edition):
        raise Http404
    return page


def _asked(page: ReportPage, uid: UUID) -> Review:
    row = page.edition.reviews.filter(pk=uid).first()
    if row is None:
        raise Http404
    row.edition = page.edition
    return row


def _remark(page: ReportPage, uid: UUID) -> ReviewComment:
    row = page.edition.comments.filter(pk=uid).first()
    if row is None:
        raise Http404
    row.edition = page.edition
    return row


def _back(uid: UUID, token: str) -> str:
    code = token.split(":")[1] if token.count(":") else ""
    return reverse("desk:report-review", args=[uid]) + (f"#section-{code}" if code else "#loose")
