"""Loading sheets: file or paste, columns, dry run, entering, rows to be mended, taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import books_of
from bonphuong.intake.models import Batch
from bonphuong.intake.queries import batch_for_page
from bonphuong.intake.services import (
    bad_rows_file,
    choose_twins,
    dry_run,
    post_batch,
    set_mapping,
    stage_file,
    stage_text,
    undo_batch,
)
from bonphuong.intake.services.staging import DEFAULT
from bonphuong.intake.tables import mapped_tables
from bonphuong.intake.tasks import BEHIND_FROM, post_behind
from bonphuong.intake.templates import template_name, template_workbook
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.ledger.services import LateReasonNeeded
from bonphuong.web.desk.downloads import XLSX, download
from bonphuong.web.desk.forms.imports import (
    ColumnsForm,
    LoadForm,
    PostForm,
    UndoForm,
    asked_for,
    kinds,
    loaded,
    said_of_twins,
)
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.pages.imports import batch_list, batch_page, column_lines, samples_of, template_list
from bonphuong.web.desk.pages.paging import page_number
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request

#: Seconds after which the page of a sheet that is being entered shows anew how far it is.
LOOK_AGAIN = 3


@permission(Permission.RECORD_IMPORT)
def imports(request: Request) -> HttpResponse:
    """Load a sheet; those loaded before, the newest first."""
    form = LoadForm(*posted(request), user=request.user, kind=asked_for(request.GET))
    if form.is_bound and form.is_valid():
        batch = _staged(request, form)
        if batch is not None:
            return redirect("desk:import-batch", batch.pk)
    context = {
        "form": form,
        "sheet": batch_list(request.user, page_number(request.GET)),
        "templates": template_list(asked_for(request.GET).partition(":")[0]),
    }
    return render(request, "desk/imports.html", context, status=422 if form.errors else 200)


def _staged(request: Request, form: LoadForm) -> Batch | None:
    given = form.cleaned_data
    said = {
        "office_code": given["office"],
        "kind": given["kind"],
        "happened": given["happened"],
        "family": given["family"],
    }
    file = given["file"]
    try:
        if file:
            batch = stage_file(file.read(), name=file.name, actor=request.user, **said)
        else:
            batch = stage_text(
                given["text"], actor=request.user, **said | {"family": given["family"] or DEFAULT}
            )
        dry_run(batch, actor=request.user)
    except NotAllowed:
        raise
    except ProductError as error:
        tell(form, error, field="file" if file else "text")
        return None
    return batch


@permission(Permission.RECORD_IMPORT)
def import_batch(request: Request, uid: UUID) -> HttpResponse:
    """How a sheet stands, and what can be done with it."""
    return _shown(request, _batch_or_404(request, uid))


def _shown(request: Request, batch: Batch, form: PostForm | None = None) -> HttpResponse:
    page = batch_page(request.user, batch)
    context = {"page": page, "form": form or PostForm(None, has_twins=bool(page.twins.total))}
    answer = render(request, "desk/import_batch.html", context, status=200 if form is None else 422)
    if page.is_worked_on:
        # The page looks for itself how far the work is, with or without scripts.
        answer["Refresh"] = str(LOOK_AGAIN)
    return answer


@permission(Permission.RECORD_IMPORT)
def import_columns(request: Request, uid: UUID) -> HttpResponse:
    """What each heading is; remembered for the next sheet of the office."""
    batch = _batch_or_404(request, uid)
    tables = mapped_tables(batch)
    form = ColumnsForm(posted(request)[0], tables=tables, family=batch.family, kind=batch.kind)
    if form.is_bound and form.is_valid():
        try:
            set_mapping(batch, form.said(), kind=form.cleaned_data["kind"], actor=request.user)
            dry_run(batch, actor=request.user)
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error)
        else:
            return redirect("desk:import-batch", uid)
    samples = samples_of(batch)
    parts = [
        (table.view(), [(line, form.cell(table, line.place)) for line in column_lines(table, samples[n])])
        for n, table in enumerate(tables)
    ]
    context = {"batch": batch, "form": form, "parts": parts}
    return render(request, "desk/import_columns.html", context, status=422 if form.errors else 200)


@permission(Permission.RECORD_IMPORT)
@require_POST
def import_post(request: Request, uid: UUID) -> HttpResponse:
    """Enter the good rows."""
    batch = _batch_or_404(request, uid)
    form = PostForm(request.POST, has_twins=True)
    if not form.is_valid():
        return _shown(request, batch, form)
    given = form.cleaned_data
    how = {"actor": request.user, "reason": given["reason"].strip(), "take_twins": given["take_twins"]}
    if batch.good + batch.twins >= BEHIND_FROM:
        post_behind(batch, **how)
        return redirect("desk:import-batch", uid)
    try:
        result = post_batch(batch, **how)
    except NotAllowed:
        raise
    except LateReasonNeeded as error:
        form.add_error("reason", error.message)
        return _shown(request, batch, form)
    except ProductError as error:
        tell(form, error)
        return _shown(request, _batch_or_404(request, uid), form)
    count = len(result.records)
    done = ngettext("%(n)s row was entered.", "%(n)s rows were entered.", count) % {"n": count}
    messages.success(request, done)
    return redirect("desk:import-batch", uid)


@permission(Permission.RECORD_IMPORT)
@require_POST
def import_twins(request: Request, uid: UUID) -> HttpResponse:
    """What each row is that seems to be entered already: another one, left out, or merged."""
    batch = _batch_or_404(request, uid)
    choose_twins(batch, said_of_twins(request.POST), actor=request.user)
    dry_run(batch, actor=request.user)
    return redirect(f"{reverse('desk:import-batch', args=[uid])}#twins")


@permission(Permission.RECORD_IMPORT)
@require_safe
def import_template(request: Request, family: str, kind: str = "") -> HttpResponse:
    """An empty workbook to be filled in, with words to choose from and a sheet that explains it."""
    if family not in {known.code for known in loaded()}:
        raise Http404
    if kind and kind not in {code for code, _label in kinds(family)}:
        raise Http404
    book = min(books_of(request.user), default="")
    content = template_workbook(family, kind, book=book)
    return download(content, name=template_name(family, kind), media_type=XLSX)


@permission(Permission.RECORD_IMPORT)
@require_safe
def import_bad_rows(request: Request, uid: UUID) -> HttpResponse:
    """The rows that did not go in, as a workbook with the reason beside each."""
    batch = _batch_or_404(request, uid)
    name = _("rows to mend %(name)s.xlsx") % {"name": batch.file_name.rpartition(".")[0] or batch.file_name}
    return download(bad_rows_file(batch, actor=request.user), name=name, media_type=XLSX)


@permission(Permission.RECORD_IMPORT)
def import_undo(request: Request, uid: UUID) -> HttpResponse:
    """Take everything back that the sheet entered, or nothing."""
    batch = _batch_or_404(request, uid)
    form = UndoForm(posted(request)[0])
    if form.is_bound and form.is_valid():
        try:
            undo_batch(batch, actor=request.user, reason=form.cleaned_data["reason"])
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error)
        else:
            messages.success(request, _("Everything that the sheet entered was taken back."))
            return redirect("desk:import-batch", uid)
    context = {"page": batch_page(request.user, batch), "form": form}
    return render(request, "desk/import_undo.html", context, status=422 if form.errors else 200)


def _batch_or_404(request: Request, uid: UUID) -> Batch:
    try:
        return batch_for_page(request.user, uid)
    except Batch.DoesNotExist:
        raise Http404 from None
