"""Printing general papers of any record of the kit from Word templates, and the number and day that come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import ProductError
from bonphuong.papers.enums import TemplateCode
from bonphuong.papers.services import print_paper
from bonphuong.web.desk.downloads import DOCX, download
from bonphuong.web.desk.forms.papers import NumberForm, PrintForm
from bonphuong.web.desk.pages.case_papers import bodies_asked
from bonphuong.web.desk.pages.issuing import chosen, issuings
from bonphuong.web.desk.pages.record_printing import letters_to, offered, print_context, printables
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.views.records import page_or_404
from bonphuong.web.desk.views.typing_back import (
    note_printed,
    number_form,
    print_prefix,
    told_apart,
    typed_back,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpResponse, QueryDict
    from django.utils.functional import _StrOrPromise

    from bonphuong.web.desk.pages.issuing import Issuing
    from bonphuong.web.desk.pages.record import RecordPage
    from bonphuong.web.desk.permissions import Request


@permission(Permission.RECORD_VIEW)
def record_print(request: Request, uid: UUID) -> HttpResponse:
    """What may be printed for the record; number and day of each are typed back here."""
    page = page_or_404(request.user, uid)
    return _numbered(request, page) if request.method == "POST" else _shown(request, page)


@permission(Permission.RECORD_VIEW)
def record_print_file(request: Request, uid: UUID, code: str) -> HttpResponse:
    """The paper as a Word document, in the name of whom and for whom it was chosen."""
    page = page_or_404(request.user, uid)
    wanted = _code(page, code)
    form = _print_form(page, wanted, _sent(request), _offers(page))
    if form.is_bound and not form.is_valid():
        return _shown(request, page, form)
    given = form.cleaned_data if form.is_bound else {}
    by = chosen(wanted, page.record, page.row.lead_office_code, given.get("by", ""))
    try:
        printed = print_paper(
            wanted,
            office_code=by.office.pk,
            context=print_context(wanted, page, by, given.get("to", "")),
            title=page.record.number,
        )
    except ProductError as error:
        return render(request, "desk/refused.html", {"message": error.message}, status=422)
    return download(printed.content, name=printed.file_name, media_type=DOCX)


def _shown(request: Request, page: RecordPage, bound: NumberForm | PrintForm | None = None) -> HttpResponse:
    """The page; `bound` is the form that was refused, known by its prefix."""
    refused = told_apart(bound)
    lines, offers = [], _offers(page)
    for item in printables(page):
        number = number_form(item, may_change=page.parts.may_change)
        again = _print_form(page, item.code, None, offers)
        lines.append((item, refused.get(item.code, number), refused.get(again.prefix, again)))
    context = {
        "page": page,
        "lines": lines,
        "file_page": "desk:record-print-file",
        "may_change_templates": can(request.user, Permission.TEMPLATE_CHANGE),
    }
    return render(request, "desk/record_print.html", context, status=422 if refused else 200)


def _sent(request: Request) -> QueryDict | None:
    # Only what was sent: a paper in full is an act, and no address alone may bring it about.
    return request.POST if request.method == "POST" else None


def _print_form(
    page: RecordPage, code: TemplateCode, data: QueryDict | None, offers: Sequence[Issuing]
) -> PrintForm:
    return PrintForm(
        data,
        prefix=print_prefix(code),
        # Letters of greeting name their signers themselves, each its own.
        issuings=() if code == TemplateCode.GREETING_LETTERS else offers,
        targets=_targets(page, code),
    )


def _targets(page: RecordPage, code: TemplateCode) -> Sequence[tuple[str, _StrOrPromise]]:
    if code == TemplateCode.OPINION_LETTER:
        return bodies_asked(page.record)
    return letters_to(page) if code == TemplateCode.GREETING_LETTERS else ()


def _offers(page: RecordPage) -> list[Issuing]:
    return issuings(page.record, page.row.lead_office_code)


def _numbered(request: Request, page: RecordPage) -> HttpResponse:
    code = _code(page, request.POST.get("paper", ""))
    item = next(item for item in printables(page) if item.code == code)
    if "note" in request.POST and item.filed is None:
        note_printed(request, page.record, item)
        return redirect("desk:record-print", page.record.pk)
    form = NumberForm(request.POST, paper=item.filed, prefix=code)
    if form.is_valid() and typed_back(request, page.record, item, form):
        return redirect("desk:record-print", page.record.pk)
    return _shown(request, page, form)


def _code(page: RecordPage, written: str) -> TemplateCode:
    known = {str(code): code for code in offered(page)}
    if written not in known:
        raise Http404
    return known[written]
