"""Entering a delegation, correcting it, and its member list. Nothing typed is ever lost to an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import book_of
from bonphuong.accounts.rules import can
from bonphuong.families.delegations.enums import Kind
from bonphuong.families.delegations.queries import twins_of_drafts
from bonphuong.families.delegations.services import correct, create, draft_of
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.ledger.services import LateReasonNeeded
from bonphuong.records.rules import check_can_change
from bonphuong.together.services import end_lesson
from bonphuong.web.desk.forms.delegations import DelegationForm
from bonphuong.web.desk.forms.members import MemberFormSet, drafts_of, member_rows
from bonphuong.web.desk.forms.refusals import refuse
from bonphuong.web.desk.forms.settling import is_good, sent_to, settle_form, tell_taken, told_of
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.delegations import page_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseFormSet
    from django.http import HttpResponse

    from bonphuong.families.delegations.schema import DelegationDraft
    from bonphuong.records.models import Record
    from bonphuong.web.desk.forms.members import MemberForm
    from bonphuong.web.desk.permissions import Request


@permission(Permission.RECORD_ADD)
def delegation_new(request: Request) -> HttpResponse:
    """A request that begins its way, or a finished case registered in one form from its decision."""
    kind = _kind(request.GET.get("kind", ""))
    finished = request.GET.get("as") == "finished" and _may_register(request)
    form = DelegationForm(posted(request)[0], user=request.user, kind=kind, finished=finished)
    # A day of the calendar: what is entered when it was held asks for that day alone.
    form.initial["starts_on"] = form.initial["started_on"] = request.GET.get("starts_on", "")[:10]
    members = MemberFormSet(posted(request)[0], initial=member_rows([]), prefix="members")
    context: dict[str, object] = {
        "form": form,
        "members": members,
        "kinds": Kind,
        "kind": kind,
        "finished": finished,
    }
    if request.method == "POST" and form.is_valid() and members.is_valid():
        record = _created(request, form, members, context)
        if record is not None:
            messages.success(request, _("Saved as %(number)s.") % {"number": record.number})
            end_lesson(request.user)
            return redirect("desk:delegation", record.pk)
    context["may_register"] = _may_register(request)
    status = 422 if form.is_bound and (form.errors or members.errors) else 200
    return render(request, "desk/delegation_form.html", context, status=status)


def _kind(written: str) -> str:
    return written if written in Kind.values else Kind.OUTBOUND.value


def _may_register(request: Request) -> bool:
    return can(request.user, Permission.RECORD_REGISTER)


def _owner(request: Request, form: DelegationForm) -> str:
    """The office that the record belongs to: the lead where this person may enter for it, else their own."""
    lead = str(form.cleaned_data.get("lead_office_code", ""))
    if lead and can(request.user, Permission.RECORD_ADD, lead):
        return lead
    return next(
        h.office for h in request.user.access().holdings if can(request.user, Permission.RECORD_ADD, h.office)
    )


def _created(
    request: Request, form: DelegationForm, members: BaseFormSet[MemberForm], context: dict[str, object]
) -> Record | None:
    office = _owner(request, form)
    draft = form.pass_gate(user=request.user, office_code=office, members=drafts_of(members))
    if draft is None:
        return None
    twins = twins_of_drafts([draft], book_of(office), request.user)[0]
    if twins and not form.cleaned_data.get("not_the_same"):
        context["twins"] = twins
        form.show("not_the_same")
        form.add_error("not_the_same", _("Something like it is there already. Look at it first."))
        return None
    try:
        return create(
            draft,
            office_code=office,
            actor=request.user,
            late_reason=form.cleaned_data.get("late_reason", ""),
        )
    except NotAllowed:
        raise
    except ProductError as error:
        _tell(form, error)
        return None


def _tell(form: DelegationForm, error: ProductError) -> None:
    if isinstance(error, LateReasonNeeded):
        form.show("late_reason")
    refuse(form, error)


@permission(Permission.RECORD_CHANGE)
def delegation_edit(request: Request, uid: UUID) -> HttpResponse:
    """Correct what was entered: it was never so. What changed from a day on is a step of the record."""
    page = page_or_404(request.user, uid)
    check_can_change(request.user, page.record.office_code)
    before = draft_of(page.row)
    form = DelegationForm(
        posted(request)[0],
        user=request.user,
        kind=page.row.kind,
        finished=True,
        before=before,
        version=page.record.version,
    )
    merging = settle_form(form, sent_to(request), page.record.version, about=uid)
    context: dict[str, object] = {"page": page, "form": form, **told_of(merging)}
    if request.method == "POST" and is_good(form, merging):
        draft = form.pass_gate(user=request.user, office_code=page.record.office_code, members=before.members)
        if draft is not None and _corrected(request, page.record, draft, form):
            messages.success(request, _("Corrected. What stood there before is in the trail."))
            tell_taken(request, merging)
            return redirect("desk:delegation", uid)
    return render(request, "desk/record_edit.html", context, status=422 if form.errors else 200)


def _corrected(request: Request, record: Record, draft: DelegationDraft, form: DelegationForm) -> bool:
    try:
        correct(
            record,
            draft,
            expected_version=form.cleaned_data["version"] or 0,
            actor=request.user,
            reason=form.cleaned_data["reason"],
            late_reason=form.cleaned_data.get("late_reason", ""),
        )
    except NotAllowed:
        raise
    except ProductError as error:
        _tell(form, error)
        return False
    return True
