"""Figures: any indicator of an office in a period, with the records behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.indicators.models import Indicator
from bonphuong.kernel.charts.palette import DARK, LIGHT
from bonphuong.ledger.services import declare_complete
from bonphuong.web.desk.downloads import XLSX, download
from bonphuong.web.desk.forms.figures import CoverageForm, FigureForm
from bonphuong.web.desk.pages.figure_files import PNG, SVG, csv_of, picture_of, png_of, xlsx_of
from bonphuong.web.desk.pages.figures import choices_of, figure_page
from bonphuong.web.desk.pages.words import language
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request

ENDINGS = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}


@permission(Permission.FIGURE_VIEW)
def figures(request: Request) -> HttpResponse:
    """One figure. What cannot be read in the address falls back to the year of the person's own office."""
    form = FigureForm(request.GET, user=request.user)
    period = form.state.period
    coverage = CoverageForm(initial={"since": period.since, "until": period.until})
    return render(request, "desk/figures.html", _context(request, form, coverage))


def _context(request: Request, form: FigureForm, coverage: CoverageForm) -> dict[str, object]:
    page = figure_page(form.state, request.user)
    indicator = page.found.indicator
    return {
        "form": form,
        "page": page,
        "choices": choices_of(page, form.known.values()),
        "link": request.build_absolute_uri(form.state.url()),
        "now_url": form.state.url(as_of=None),
        "files": {
            "svg": form.state.url("desk:figure-chart", "svg"),
            "dark": f"{form.state.url('desk:figure-chart', 'svg')}&shade=dark&bare=1",
            "light": f"{form.state.url('desk:figure-chart', 'svg')}&shade=light&bare=1",
            "png": form.state.url("desk:figure-chart", "png"),
            "csv": form.state.url("desk:figure-table", "csv"),
            "xlsx": form.state.url("desk:figure-table", "xlsx"),
        },
        "definition": indicator.definition(language()),
        "coverage": coverage,
        "may_declare": bool(page.found.where)
        and can(request.user, Permission.COVERAGE_DECLARE, form.state.office),
    }


@permission(Permission.FIGURE_VIEW)
@require_safe
def figure_chart(request: Request, ending: str) -> HttpResponse:
    """The picture of a figure: drawn here, when a page asks for it, and kept. Bare: as the page itself shows it."""
    if ending not in {"svg", "png"}:
        raise Http404
    page = figure_page(FigureForm(request.GET, user=request.user).state, request.user)
    shade = DARK if request.GET.get("shade") == DARK else LIGHT
    bare = bool(request.GET.get("bare"))
    content = png_of(page) if ending == "png" else picture_of(page, look=shade, with_words=not bare).encode()
    name = f"{page.found.indicator.code}-{page.state.period.code}.{ending}"
    answer = download(content, name=name, media_type=PNG if ending == "png" else SVG)
    if bare:
        del answer["Content-Disposition"]
    return answer


@permission(Permission.FIGURE_VIEW)
@require_safe
def figure_table(request: Request, ending: str) -> HttpResponse:
    """The table of a figure as a workbook or as text."""
    if ending not in ENDINGS:
        raise Http404
    page = figure_page(FigureForm(request.GET, user=request.user).state, request.user)
    link = request.build_absolute_uri(page.state.url())
    content = xlsx_of(page, request.user, link) if ending == "xlsx" else csv_of(page)
    name = f"{page.found.indicator.code}-{page.state.period.code}.{ending}"
    return download(content, name=name, media_type=ENDINGS[ending])


@permission(Permission.COVERAGE_DECLARE)
@require_POST
def figure_coverage(request: Request) -> HttpResponse:
    """A person's word that the register of a measure is complete from a day to a day."""
    form, coverage = FigureForm(request.GET, user=request.user), CoverageForm(request.POST)
    asked = form.state
    if not coverage.is_valid():
        return render(request, "desk/figures.html", _context(request, form, coverage), status=422)
    declare_complete(
        actor=request.user,
        office=asked.office,
        measures=[Indicator.objects.get(pk=asked.indicator).measure],
        since=coverage.cleaned_data["since"],
        until=coverage.cleaned_data["until"],
        complete=coverage.cleaned_data["word"] == "complete",
        reason=coverage.cleaned_data["reason"],
    )
    messages.success(request, _("Noted. The figure now says so."))
    return redirect(asked.url())
