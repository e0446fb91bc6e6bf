"""Briefing books: made with one button, read on the page, taken away as Word and PDF."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.kernel import clock
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.parties.models import Party
from bonphuong.reports.briefing import book_docx, book_pdf
from bonphuong.reports.models import BriefingBook
from bonphuong.reports.queries import visible_briefing
from bonphuong.reports.rendering import render_json
from bonphuong.reports.services import make_briefing
from bonphuong.web.desk.downloads import DOCX, JSON, PDF, download
from bonphuong.web.desk.forms.briefing import BriefingForm
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.partners import party_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request

FORMATS = {"docx": (book_docx, DOCX), "pdf": (book_pdf, PDF), "json": (render_json, JSON)}


@permission(Permission.REPORT_DRAFT)
def briefing_new(request: Request, code: str) -> HttpResponse:
    """The form that makes a book; what it holds comes by itself."""
    party = party_or_404(request, code)
    form = BriefingForm(posted(request)[0], user=request.user, party=party)
    if request.method == "POST" and form.is_valid():
        try:
            book = make_briefing(actor=request.user, wanted=form.wanted())
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error)
        else:
            messages.success(
                request, _("The briefing book is made. It stays as it is; make another one any time.")
            )
            return redirect("desk:briefing", book.pk)
    context = {"party": party, "form": form}
    return render(request, "desk/briefing_new.html", context, status=422 if form.errors else 200)


def book_or_404(request: Request, uid: UUID) -> BriefingBook:
    """A book that the person may read whole."""
    try:
        return visible_briefing(request.user, uid)
    except BriefingBook.DoesNotExist:
        raise Http404 from None


@permission(Permission.RECORD_VIEW)
def briefing(request: Request, uid: UUID) -> HttpResponse:
    """The book as a page: the same content as the files."""
    book = book_or_404(request, uid)
    party = Party.objects.visible_to(request.user).filter(pk=book.party_code).first()
    context = {"book": book, "content": json.loads(book.content), "party": party}
    return render(request, "desk/briefing.html", context)


@permission(Permission.RECORD_VIEW)
def briefing_download(request: Request, uid: UUID, ending: str) -> HttpResponse:
    """The book as a file; the same bytes each time."""
    book = book_or_404(request, uid)
    if ending not in FORMATS:
        raise Http404
    make, media_type = FORMATS[ending]
    name = f"{_('briefing-book')}-{book.party_code}-{clock.local(book.made_at):%Y-%m-%d}.{ending}"
    return download(make(json.loads(book.content)), name=name, media_type=media_type)
