"""Printing papers of a record from Word templates, and the number and day that come back for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.families.delegations.services import reveal_member
from bonphuong.kernel.crypto import HIDDEN, mask
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.papers.services import PaperNote, file_paper, number_paper, print_paper
from bonphuong.records.services import attach_papers
from bonphuong.trail.acting import acting
from bonphuong.web.desk.downloads import DOCX, download
from bonphuong.web.desk.forms.papers import NumberForm, PrintForm
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.pages.printing import PRINTED, Private, issuer_of, print_context, printables
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.delegations import page_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.papers.enums import TemplateCode
    from bonphuong.web.desk.pages.delegation import DelegationPage
    from bonphuong.web.desk.pages.printing import Printable
    from bonphuong.web.desk.permissions import Request


@permission(Permission.RECORD_VIEW)
def delegation_print(request: Request, uid: UUID) -> HttpResponse:
    """What may be printed for the record; number and day of each are typed back here."""
    page = page_or_404(request.user, uid)
    return _numbered(request, page) if request.method == "POST" else _shown(request, page)


def _shown(
    request: Request, page: DelegationPage, bound: NumberForm | PrintForm | None = None
) -> HttpResponse:
    """The page; `bound` is the form that was refused, known by its prefix."""
    refused = {} if bound is None else {bound.prefix: bound}
    lines = []
    for item in printables(page):
        is_open = page.parts.may_change and item.is_numbered and (item.filed is None or not item.filed.number)
        number = NumberForm(None, paper=item.filed, prefix=item.code) if is_open else None
        again = PrintForm(prefix=_print_prefix(item.code))
        lines.append((item, refused.get(item.code, number), refused.get(again.prefix, again)))
    context = {
        "page": page,
        "lines": lines,
        "may_change_templates": can(request.user, Permission.TEMPLATE_CHANGE),
        "may_reveal": can(request.user, Permission.RESTRICTED_READ, page.record.office_code),
    }
    return render(request, "desk/delegation_print.html", context, status=422 if refused else 200)


def _print_prefix(code: str) -> str:
    return f"print-{code}"


def _numbered(request: Request, page: DelegationPage) -> HttpResponse:
    code = _code(page, request.POST.get("paper", ""))
    item = next(item for item in printables(page) if item.code == code)
    form = NumberForm(request.POST, paper=item.filed, prefix=code)
    if form.is_valid() and _typed_back(request, page, item, form):
        messages.success(request, _("Number and day are noted."))
        return redirect("desk:delegation-print", page.record.pk)
    return _shown(request, page, form)


def _typed_back(request: Request, page: DelegationPage, item: Printable, form: NumberForm) -> bool:
    given = form.cleaned_data
    record = page.record
    try:
        if item.filed is not None:
            number_paper(item.filed, actor=request.user, **given)
            return True
        note = PaperNote(
            kind=item.kind,
            office_code=record.office_code,
            reference=given["reference"],
            on=given["on"],
            abstract=record.title,
            issuer=issuer_of(item.code, page).name("vi"),
            signer=given["signer"],
            is_demo=record.is_demo,
        )
        with acting(actor=request.user, verb="papers.paper.number", office=record.office_code, obj=record):
            filed = file_paper(note, actor=request.user)
            attach_papers(record, [filed.paper.pk], actor=request.user)
    except NotAllowed:
        raise
    except ProductError as error:
        tell(form, error)
        return False
    return True


@permission(Permission.RECORD_VIEW)
def delegation_print_file(request: Request, uid: UUID, code: str) -> HttpResponse:
    """The paper as a Word document. Restricted data in full only for a stated reason, as acts of their own."""
    page = page_or_404(request.user, uid)
    wanted = _code(page, code)
    form = PrintForm(posted(request)[0], prefix=_print_prefix(wanted))
    if form.is_bound and not form.is_valid():
        return _shown(request, page, form)
    in_full = form.is_bound and form.cleaned_data["in_full"]
    private = _revealed(request, page, form.cleaned_data["reason"]) if in_full else _masked(request, page)
    try:
        printed = print_paper(
            wanted,
            office_code=issuer_of(wanted, page).pk,
            context=print_context(wanted, page, private),
            title=page.record.number,
        )
    except ProductError as error:
        return render(request, "desk/refused.html", {"message": error.message}, status=422)
    return download(printed.content, name=printed.file_name, media_type=DOCX)


def _code(page: DelegationPage, written: str) -> TemplateCode:
    known = {str(code): code for code in PRINTED[page.row.kind]}
    if written not in known:
        raise Http404
    return known[written]


def _masked(request: Request, page: DelegationPage) -> Private:
    reads = can(request.user, Permission.RESTRICTED_READ, page.record.office_code)
    passports = {
        member.pk: mask(member.passport_no) if reads else HIDDEN
        for member in page.members
        if member.passport_no
    }
    return Private(passports, {member.pk: HIDDEN for member in page.members if member.birth_date})


def _revealed(request: Request, page: DelegationPage, reason: str) -> Private:
    found: dict[str, dict[UUID, str]] = {"passport_no": {}, "birth_date": {}}
    for member in page.members:
        for field, values in found.items():
            if getattr(member, field):
                values[member.pk] = reveal_member(
                    actor=request.user, member=member, field=field, reason=reason
                )
    return Private(found["passport_no"], found["birth_date"])
