"""Figures: any indicator of an office in a period, with the records behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.indicators.models import Indicator
from bonphuong.ledger.services import declare_complete
from bonphuong.web.desk.forms.figures import CoverageForm, FigureForm
from bonphuong.web.desk.pages.figures import figure_page, page_url
from bonphuong.web.desk.pages.words import language
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.FIGURE_VIEW)
def figures(request: Request) -> HttpResponse:
    """One figure. What cannot be read in the address falls back to the year of the person's own office."""
    asked = FigureForm(request.GET, user=request.user).asked()
    coverage = CoverageForm(initial={"since": asked.period.since, "until": asked.period.until})
    return render(request, "desk/figures.html", _context(request, coverage))


def _context(request: Request, coverage: CoverageForm) -> dict[str, object]:
    form = FigureForm(request.GET, user=request.user)
    asked = form.asked()
    page = figure_page(asked, request.user)
    indicator = page.found.indicator
    return {
        "form": form,
        "page": page,
        "definition": indicator.definition(language()),
        "counts_by": indicator.get_measure().counts_by(language()) if indicator.measure else "",
        "coverage": coverage,
        "may_declare": bool(page.found.where)
        and can(request.user, Permission.COVERAGE_DECLARE, asked.office),
    }


@permission(Permission.COVERAGE_DECLARE)
@require_POST
def figure_coverage(request: Request) -> HttpResponse:
    """A person's word that the register of a measure is complete from a day to a day."""
    asked = FigureForm(request.GET, user=request.user).asked()
    coverage = CoverageForm(request.POST)
    if not coverage.is_valid():
        return render(request, "desk/figures.html", _context(request, coverage), status=422)
    declare_complete(
        actor=request.user,
        office=asked.office or "",
        measures=[Indicator.objects.get(pk=asked.indicator).measure],
        since=coverage.cleaned_data["since"],
        until=coverage.cleaned_data["until"],
        complete=coverage.cleaned_data["word"] == "complete",
        reason=coverage.cleaned_data["reason"],
    )
    messages.success(request, _("Noted. The figure now says so."))
    return redirect(page_url(asked))
