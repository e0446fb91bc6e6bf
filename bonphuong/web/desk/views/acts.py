"""Small acts on a record: striking it out, reading what is restricted, noting and settling what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.families.delegations.services import reveal_member
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.records.enums import TieKind
from bonphuong.records.models import Commitment
from bonphuong.records.rules import check_can_change
from bonphuong.records.services import CommitmentDraft, add_commitment, change_commitment
from bonphuong.web.desk.addresses import record_url
from bonphuong.web.desk.doing import doing_of
from bonphuong.web.desk.forms.acts import CommitmentForm, RevealForm, StrikeForm
from bonphuong.web.desk.forms.settling import is_good, sent_to, settle_form, tell_taken, told_of
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.delegations import page_or_404
from bonphuong.web.desk.views.heads import head_or_404, head_to_change

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.records.models import Record
    from bonphuong.web.desk.permissions import Request

TEMPLATE = "desk/record_act.html"


@permission(Permission.RECORD_CHANGE)
def record_strike(request: Request, uid: UUID) -> HttpResponse:
    """Entered by mistake: it counts for nothing and stays to be seen."""
    page = head_to_change(request.user, uid)
    form = StrikeForm(posted(request)[0], initial={"version": page.record.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            doing_of(page.record).void(
                page.record,
                expected_version=given["version"],
                actor=request.user,
                reason=given["reason"],
            )
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error)
        else:
            messages.success(request, _("Struck out. It counts for nothing and stays to be seen."))
            return redirect(record_url(page.record))
    context = {"page": page, "form": form, "act": "strike"}
    return render(request, TEMPLATE, context, status=422 if form.errors else 200)


@permission(Permission.RESTRICTED_READ)
def member_reveal(request: Request, uid: UUID, member: UUID) -> HttpResponse:
    """A passport number or a birth date in full, once, for a reason that is kept."""
    page = page_or_404(request.user, uid)
    found = next((one for one in (*page.members, *page.gone) if one.pk == member), None)
    if found is None:
        raise Http404
    form = RevealForm(posted(request)[0])
    context: dict[str, object] = {"page": page, "form": form, "act": "reveal", "member": found}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        context["shown"] = reveal_member(
            actor=request.user, member=found, field=given["field"], reason=given["reason"]
        )
    answer = render(request, TEMPLATE, context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "private, no-store"
    return answer


@permission(Permission.RECORD_ADD)
def commitment_new(request: Request, uid: UUID) -> HttpResponse:
    """What was promised or asked for at a visit."""
    page = head_or_404(request.user, uid)
    form = CommitmentForm(posted(request)[0], user=request.user)
    if request.method == "POST" and form.is_valid():
        draft = CommitmentDraft(
            **form.cleaned_data, party_code=_partner(page.record), is_demo=page.record.is_demo
        )
        try:
            add_commitment(draft, actor=request.user, record=page.record)
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error)
        else:
            messages.success(request, _("Noted. It stands on the first page when it falls due."))
            return redirect(record_url(page.record))
    context = {"page": page, "form": form, "act": "commit"}
    return render(request, TEMPLATE, context, status=422 if form.errors else 200)


def _partner(record: Record) -> str:
    """With whom: the partner that the record is mainly about."""
    ties = record.ties.filter(kind=TieKind.PARTY).order_by("-is_main", "pk")
    return ties.values_list("code", flat=True).first() or ""


@permission(Permission.RECORD_CHANGE)
def commitment_change(request: Request, uid: UUID, commitment: UUID) -> HttpResponse:
    """Change what was noted, or settle it with what shows that it was done."""
    page = head_or_404(request.user, uid)
    found = Commitment.objects.visible_to(request.user).filter(record=uid, pk=commitment).first()
    if found is None:
        raise Http404
    check_can_change(request.user, found.lead_office_code)
    form = CommitmentForm(posted(request)[0], user=request.user, before=found)
    merging = settle_form(form, sent_to(request), found.version, about=found.pk)
    if request.method == "POST" and is_good(form, merging):
        given = dict(form.cleaned_data)
        version = given.pop("version") or 0
        try:
            change_commitment(found, expected_version=version, actor=request.user, **given)
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error)
        else:
            messages.success(request, _("Saved."))
            tell_taken(request, merging)
            return redirect(record_url(page.record))
    context = {"page": page, "form": form, "act": "settle", **told_of(merging)}
    return render(request, TEMPLATE, context, status=422 if form.errors else 200)
