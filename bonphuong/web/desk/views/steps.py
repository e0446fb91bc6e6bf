"""Moving a delegation on: one form for each step, one service for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.families.delegations.services import take_step
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.ledger.services import LateReasonNeeded
from bonphuong.web.desk.forms.refusals import refuse
from bonphuong.web.desk.forms.signers import Signers
from bonphuong.web.desk.forms.steps import StepForm
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.delegations import page_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.procedures.models import Transition
    from bonphuong.web.desk.pages.delegation import DelegationPage
    from bonphuong.web.desk.pages.record_parts import Parts
    from bonphuong.web.desk.permissions import Request


@permission(Permission.RECORD_VIEW)
def delegation_step(request: Request, uid: UUID, code: str) -> HttpResponse:
    """Ask for what the step needs, and take it. Who may take it is the procedure's to say."""
    page = page_or_404(request.user, uid)
    way, from_decision = way_of(page.parts, code)
    signers = Signers(
        page.parts.case.case if page.parts.case else None, way, request.user, from_decision=from_decision
    )
    form = StepForm(posted(request)[0], way=way, row=page.row, signers=signers)
    if (
        request.method == "POST"
        and form.is_valid()
        and _taken(request, page, form, from_decision=from_decision)
    ):
        messages.success(request, _("Done: %(step)s") % {"step": way.label})
        return redirect("desk:delegation", uid)
    context = {"page": page, "way": way, "form": form, "from_decision": from_decision}
    return render(request, "desk/record_step.html", context, status=422 if form.errors else 200)


def way_of(parts: Parts, code: str) -> tuple[Transition, bool]:
    """The step that this person may take here, and whether they register what a paper decided elsewhere.

    Raises Http404 for a record without a way, NotAllowed for a step that is not to be taken now.
    """
    if parts.case is None:
        raise Http404
    for way in parts.case.ways:
        if way.code == code:
            return way, False
    for way in parts.case.registrable:
        if way.code == code:
            return way, True
    raise NotAllowed(_("This step cannot be taken now: somebody may have taken it, or it is not yours."))


def _taken(request: Request, page: DelegationPage, form: StepForm, *, from_decision: bool) -> bool:
    try:
        take_step(
            page.record,
            form.way.code,
            on=form.cleaned_data["on"],
            expected_version=form.cleaned_data["version"],
            actor=request.user,
            values=form.values(),
            late_reason=form.cleaned_data["late_reason"],
            from_decision=from_decision,
            signing=form.signers.chosen(form),
        )
    except NotAllowed:
        raise
    except ProductError as error:
        refuse(form, error)
        if isinstance(error, LateReasonNeeded):
            form.show_late_reason()
        return False
    return True
