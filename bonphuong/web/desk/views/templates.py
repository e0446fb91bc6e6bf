"""Offices' own Word templates: what is printed, what a template may ask for, and the versions in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel import clock
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.papers import storage
from bonphuong.papers.enums import TemplateCode
from bonphuong.papers.models import DocumentTemplate
from bonphuong.papers.services import add_template, end_template, shipped_template
from bonphuong.web.desk.downloads import DOCX, download
from bonphuong.web.desk.forms.papers import EndTemplateForm, TemplateForm
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.pages.templates import template_list, template_page
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.TEMPLATE_CHANGE)
def paper_templates(request: Request) -> HttpResponse:
    """Every paper that is printed from a template, and whose version prints."""
    return render(request, "desk/paper_templates.html", {"lines": template_list(request.user)})


@permission(Permission.TEMPLATE_CHANGE)
def paper_template(request: Request, code: str) -> HttpResponse:
    """One paper: its template to take away, the names that it may ask for, the office's own versions."""
    wanted = _code(code)
    form = TemplateForm(*posted(request), user=request.user)
    if request.method == "POST" and form.is_valid() and _added(request, wanted, form):
        messages.success(request, _("The template is in use from that day on."))
        return redirect("desk:paper-template", wanted)
    context = {"page": template_page(request.user, wanted), "form": form}
    return render(request, "desk/paper_template.html", context, status=422 if form.errors else 200)


def _added(request: Request, code: TemplateCode, form: TemplateForm) -> bool:
    given = form.cleaned_data
    try:
        add_template(
            actor=request.user,
            code=code,
            office_code=given["office"],
            content=given["file"].read(),
            file_name=given["file"].name,
            valid_from=given["valid_from"],
            note=given["note"],
        )
    except NotAllowed:
        raise
    except ProductError as error:
        tell(form, error, field="file")
        return False
    return True


@permission(Permission.TEMPLATE_CHANGE)
@require_safe
def paper_template_file(_request: Request, code: str) -> HttpResponse:
    """The template that is shipped, as the start of an own one."""
    wanted = _code(code)
    return download(shipped_template(wanted), name=f"{wanted}.docx", media_type=DOCX)


@permission(Permission.TEMPLATE_CHANGE)
@require_safe
def paper_template_version(request: Request, uid: UUID) -> HttpResponse:
    """An office's own version."""
    row = _own_or_404(request, uid)
    try:
        content = storage.read(row.file.name, row.digest)
    except ProductError as error:
        return render(request, "desk/refused.html", {"message": error.message}, status=503)
    return download(content, name=row.file_name, media_type=DOCX)


@permission(Permission.TEMPLATE_CHANGE)
def paper_template_end(request: Request, uid: UUID) -> HttpResponse:
    """Let a version end: what stood before it prints again."""
    row = _own_or_404(request, uid)
    if not can(request.user, Permission.TEMPLATE_CHANGE, row.office_code):
        raise NotAllowed(_("You may not change the templates of this office."))
    form = EndTemplateForm(posted(request)[0], initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            end_template(row, actor=request.user, **form.cleaned_data)
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error, field="on")
        else:
            messages.success(request, _("The version ends on that day."))
            return redirect("desk:paper-template", row.code)
    context = {"row": row, "form": form}
    return render(request, "desk/paper_template_end.html", context, status=422 if form.errors else 200)


def _code(written: str) -> TemplateCode:
    if written not in TemplateCode.values:
        raise Http404
    return TemplateCode(written)


def _own_or_404(request: Request, uid: UUID) -> DocumentTemplate:
    row = DocumentTemplate.objects.visible_to(request.user).filter(pk=uid).first()
    if row is None:
        raise Http404
    return row
