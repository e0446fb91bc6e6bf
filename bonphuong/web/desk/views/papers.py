"""Papers: the list, one paper, its file, and number and day typed back from the document system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.papers.models import Paper
from bonphuong.papers.services import add_file, file_paper, number_paper, read_file
from bonphuong.records.services import attach_papers
from bonphuong.trail.acting import acting
from bonphuong.web.desk.addresses import record_url
from bonphuong.web.desk.downloads import download
from bonphuong.web.desk.forms.papers import AddFileForm, NumberForm, PaperFilter, PaperForm
from bonphuong.web.desk.forms.telling import say_filed, tell
from bonphuong.web.desk.pages.paging import page_number
from bonphuong.web.desk.pages.papers import PaperPage, paper_list, paper_page
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.heads import head_to_change

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.records.models import Record
    from bonphuong.web.desk.permissions import Request


@permission(Permission.PAPER_VIEW)
def papers(request: Request) -> HttpResponse:
    """The papers that the person may see, narrowed by what the address says."""
    form = PaperFilter(request.GET)
    text, kind = form.asked()
    page = paper_list(request.user, text=text, kind=kind, number=page_number(request.GET))
    context = {
        "page": page,
        "form": form,
        "narrowed": bool(text or kind),
        "may_change_templates": can(request.user, Permission.TEMPLATE_CHANGE),
    }
    return render(request, "desk/papers.html", context)


@permission(Permission.PAPER_VIEW)
def paper(request: Request, uid: UUID) -> HttpResponse:
    """One paper: what is noted of it, where it belongs, its file."""
    return render(request, "desk/paper.html", {"page": paper_or_404(request, uid)})


@permission(Permission.PAPER_VIEW)
@require_safe
def paper_file(request: Request, uid: UUID) -> HttpResponse:
    """The file of a paper, as it was filed."""
    found = paper_or_404(request, uid).paper
    if not found.has_file:
        raise Http404
    try:
        content = read_file(found)
    except ProductError as error:
        return render(request, "desk/refused.html", {"message": error.message}, status=503)
    return download(content, name=found.file_name, media_type=found.media_type)


@permission(Permission.PAPER_ADD)
def paper_number(request: Request, uid: UUID) -> HttpResponse:
    """Number and day typed back."""
    page = paper_or_404(request, uid)
    form = NumberForm(posted(request)[0], paper=page.paper)
    if request.method == "POST" and form.is_valid():
        try:
            filed = number_paper(page.paper, actor=request.user, **form.cleaned_data)
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error)
        else:
            say_filed(request, filed, _("Number and day are noted."))
            return redirect("desk:paper", uid)
    return render(
        request, "desk/paper_number.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


@permission(Permission.PAPER_ADD)
def paper_add_file(request: Request, uid: UUID) -> HttpResponse:
    """The file of a paper that was noted without one."""
    page = paper_or_404(request, uid)
    form = AddFileForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            filed = add_file(page.paper, actor=request.user, content=file.read(), file_name=file.name)
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error, field="file")
        else:
            say_filed(request, filed, _("The file is kept."))
            return redirect("desk:paper", uid)
    return render(
        request, "desk/paper_add_file.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


@permission(Permission.PAPER_ADD)
def paper_new(request: Request, uid: UUID) -> HttpResponse:
    """A paper for the dossier of a record. Said before anything is typed: whoever only sees it may not add to it."""
    page = head_to_change(request.user, uid)
    kind = request.GET.get("kind", "")
    form = PaperForm(*posted(request), record=page.record, kind=kind)
    if request.method == "POST" and form.is_valid() and _filed(request, form, page.record):
        return redirect(record_url(page.record))
    context = {"page": page, "form": form}
    return render(request, "desk/paper_new.html", context, status=422 if form.errors else 200)


def _filed(request: Request, form: PaperForm, record: Record) -> bool:
    file = form.cleaned_data["file"]
    try:
        # One act: a paper that its record does not know would be found by nobody.
        with acting(actor=request.user, verb="papers.paper.file", office=record.office_code, obj=record):
            filed = file_paper(
                form.note(),
                actor=request.user,
                content=file.read() if file else None,
                file_name=file.name if file else "",
            )
            attach_papers(record, [filed.paper.pk], actor=request.user)
    except NotAllowed:
        raise
    except ProductError as error:
        tell(form, error, field="file")
        return False
    say_filed(request, filed, _("The paper is filed."))
    return True


def paper_or_404(request: Request, uid: UUID) -> PaperPage:
    """The page of a paper that the person may see."""
    try:
        return paper_page(request.user, uid)
    except Paper.DoesNotExist:
        raise Http404 from None
