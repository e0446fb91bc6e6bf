"""The nation's figures, for the offices to which provinces report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from bonphuong.accounts.enums import Permission
from bonphuong.reports.nation.provinces import national_offices
from bonphuong.web.desk.forms.nation import NationForm
from bonphuong.web.desk.pages.nation import nation_page, province_page, title_of
from bonphuong.web.desk.pages.words import language
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.kernel.periods import Period
    from bonphuong.reports.models import ReportDefinition
    from bonphuong.web.desk.permissions import Request


@permission(Permission.FIGURE_VIEW)
def nation(request: Request) -> HttpResponse:
    """Who has reported, the sums over provinces, and one figure province by province."""
    form, definition, period = _asked(request)
    page = nation_page(request.user, form.chosen, definition, period, asked=request.GET.get("figure", ""))
    context = {
        "page": page,
        "form": form,
        "title": title_of(page),
        "office_name": form.chosen.name(language()),
    }
    return render(request, "desk/nation.html", context)


@permission(Permission.FIGURE_VIEW)
def nation_province(request: Request, book: str) -> HttpResponse:
    """All figures of one province beside the nation's, how it counts, what it sent."""
    form, definition, period = _asked(request)
    page = province_page(request.user, form.chosen, definition, period, book)
    if page is None:
        raise Http404
    return render(request, "desk/nation_province.html", {"page": page, "form": form})


def _asked(request: Request) -> tuple[NationForm, ReportDefinition, Period]:
    """What the address asks for. Nobody but the people of a national office finds anything here."""
    offices = national_offices(request.user)
    if not offices:
        raise Http404
    form = NationForm(request.GET, offices=offices)
    definition = form.definition()
    if definition is None:
        raise Http404
    return form, definition, form.period(definition)
