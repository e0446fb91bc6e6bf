"""Reading documents: what they claim, held against the ledger; nothing enters it but by a person's hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bonphuong.accounts.enums import Permission
from bonphuong.families.delegations.enums import Kind as Kinds
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.ledger.measures import MEASURES
from bonphuong.papers.services import PaperNote, file_paper
from bonphuong.reader.claims import Kind
from bonphuong.reader.extract import read
from bonphuong.reader.models import ReadDocument, StoredClaim
from bonphuong.reader.services import (
    accept_claim,
    follow_request,
    read_document,
    set_aside,
    take_up,
    withdraw_claim,
)
from bonphuong.trail.acting import acting
from bonphuong.web.desk.forms.delegations import DelegationForm
from bonphuong.web.desk.forms.members import MemberFormSet, member_rows
from bonphuong.web.desk.forms.reading import AcceptForm, FollowForm, ReadForm, WithdrawForm
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.pages.paging import page_number
from bonphuong.web.desk.pages.reading import (
    RECORDED,
    claim_address,
    document_list,
    document_page,
    quotation,
    record_initial,
    visible_documents,
)
from bonphuong.web.desk.pages.words import language
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.editing import delegation_new

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from bonphuong.web.desk.permissions import Request


@permission(Permission.READER_USE)
def reader(request: Request) -> HttpResponse:
    """Documents that were read, and the form that reads another."""
    form = ReadForm(*posted(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        document = _read(request, form)
        if document is not None:
            return redirect("desk:document", document.pk)
    context = {"form": form, "sheet": document_list(request.user, page_number(request.GET))}
    return render(request, "desk/reader.html", context, status=422 if form.errors else 200)


def _read(request: Request, form: ReadForm) -> ReadDocument | None:
    given = form.cleaned_data
    text = given["text"]
    seen = read(text)
    note = PaperNote(
        kind=given["kind"],
        office_code=given["office"],
        on=seen.published,
        abstract=seen.title,
        issuer=given["issuer"],
        direction="in",
        source_url=given["source_url"],
    )
    try:
        # One act: a paper that is filed and not read would have to be looked for.
        with acting(actor=request.user, verb="reader.document.read", office=given["office"]):
            filed = file_paper(note, actor=request.user, content=form.content, file_name=form.file_name)
            return read_document(filed.paper, actor=request.user, text=text)
    except NotAllowed:
        raise
    except ProductError as error:
        tell(form, error, field="file" if given["file"] else "text")
        return None


@permission(Permission.READER_USE)
def document(request: Request, uid: UUID) -> HttpResponse:
    """A document with its claims underlined and the ledger's figure beside each."""
    found = visible_documents(request.user).filter(pk=uid).first()
    if found is None:
        raise Http404
    page = document_page(request.user, found, page_number(request.GET))
    return render(request, "desk/document.html", {"page": page})


@permission(Permission.READER_USE)
def claim_accept(request: Request, uid: UUID) -> HttpResponse:
    """Enter a claim as a stated figure, for the period that the person gives."""
    stored = _claim_or_404(request, uid)
    if not stored.subject or stored.claim.kind is not Kind.FIGURE:
        raise Http404
    form = AcceptForm(posted(request)[0], stored=stored, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            accept_claim(stored, form.acceptance(), actor=request.user)
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error)
        else:
            messages.success(request, _("Entered as a stated figure, with the paper as its source."))
            return _back(stored)
    return _asked(request, stored, form, "desk/claim_accept.html")


@permission(Permission.READER_USE)
def claim_follow(request: Request, uid: UUID) -> HttpResponse:
    """Note a request as a commitment."""
    stored = _claim_or_404(request, uid)
    if stored.claim.kind is not Kind.REQUEST:
        raise Http404
    form = FollowForm(posted(request)[0], user=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            follow_request(
                stored,
                lead_office_code=given["lead"],
                actor=request.user,
                due_on=given["due_on"],
                status=given["status"],
            )
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error)
        else:
            messages.success(request, _("Noted as a commitment."))
            return _back(stored)
    return _asked(request, stored, form, "desk/claim_follow.html")


@permission(Permission.READER_USE)
def claim_withdraw(request: Request, uid: UUID) -> HttpResponse:
    """Take an entered claim back."""
    stored = _claim_or_404(request, uid)
    form = WithdrawForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_claim(stored, actor=request.user, reason=form.cleaned_data["reason"])
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error)
        else:
            messages.success(request, _("The figure is taken back; the claim waits again."))
            return _back(stored)
    return _asked(request, stored, form, "desk/claim_withdraw.html")


@permission(Permission.READER_USE)
@require_POST
def claim_aside(request: Request, uid: UUID) -> HttpResponse:
    """Leave a claim aside, or take it up again."""
    stored = _claim_or_404(request, uid)
    again = bool(request.POST.get("again"))
    moved = (take_up if again else set_aside)([stored], actor=request.user)
    if not moved:
        messages.warning(request, _("Somebody has already decided about this claim."))
    return _back(stored)


@permission(Permission.RECORD_ADD)
def claim_record(request: Request, uid: UUID) -> HttpResponseBase:
    """Offer a record from what a paper tells. The form is the usual one: nothing is kept before it is saved."""
    stored = _claim_or_404(request, uid)
    if stored.claim.kind not in RECORDED:
        raise Http404
    if request.method == "POST":
        return delegation_new(request)
    kind = RECORDED[stored.claim.kind]
    form = DelegationForm(user=request.user, kind=kind, finished=True)
    form.initial.update(record_initial(stored))
    messages.info(request, _("Filled in from the paper. Nothing is kept before you look at it and save."))
    context = {
        "form": form,
        "members": MemberFormSet(initial=member_rows([]), prefix="members"),
        "kinds": [Kinds(kind)],
        "kind": kind,
        "finished": True,
    }
    return render(request, "desk/delegation_form.html", context)


def _asked(
    request: Request, stored: StoredClaim, form: AcceptForm | FollowForm | WithdrawForm, template: str
) -> HttpResponse:
    context = {
        "stored": stored,
        "quotation": quotation(stored),
        "document": stored.document,
        "back": claim_address(stored),
        "measure": MEASURES[stored.subject].label(language()) if stored.subject else "",
        "form": form,
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _back(stored: StoredClaim) -> HttpResponse:
    return redirect(claim_address(stored))


def _claim_or_404(request: Request, uid: UUID) -> StoredClaim:
    rows = StoredClaim.objects.visible_to(request.user).select_related("document__paper")
    stored = rows.filter(pk=uid).first()
    if stored is None:
        raise Http404
    return stored
