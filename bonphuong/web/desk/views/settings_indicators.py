"""Own indicators: what is asked depends on what is counted, so that is asked first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from bonphuong.accounts.enums import Permission
from bonphuong.indicators.models import Indicator
from bonphuong.indicators.services import make_indicator, renew_indicator
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.web.desk.forms.settings.indicators import IndicatorForm, MeasureForm, is_known
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.pages.settings.indicators import CHANGE, INDICATORS
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.SETTINGS_CHANGE)
def new(request: Request) -> HttpResponse:
    """Make an indicator: what is counted, then the rest."""
    asked = {name: value[:80] for name, value in request.GET.dict().items()}
    if not is_known(asked.get("of", "")):
        told = "of" in request.GET or request.method == "POST"
        form = MeasureForm(request.GET if told else None)
        context = {"table": INDICATORS, "form": form}
        return render(request, "desk/settings_indicator.html", context, status=422 if form.errors else 200)
    return _asked(request, IndicatorForm(posted(request)[0], user=request.user, asked=asked), None)


@permission(Permission.SETTINGS_CHANGE)
def change(request: Request, key: str) -> HttpResponse:
    """A new version of an indicator."""
    row = INDICATORS.row(request.user, key)
    if not isinstance(row, Indicator) or not CHANGE.may(request.user, row):
        raise Http404
    return _asked(request, IndicatorForm(posted(request)[0], user=request.user, row=row), row)


def _asked(request: Request, form: IndicatorForm, row: Indicator | None) -> HttpResponse:
    deed = INDICATORS.add if row is None else CHANGE
    if request.method == "POST" and form.is_valid():
        made = _made(request, form, row)
        if made is not None:
            messages.success(request, str(deed.done) if deed else "")
            return redirect("desk:settings-row", INDICATORS.code, made.pk)
    context = {
        "table": INDICATORS,
        "deed": deed,
        "row": row,
        "form": form,
        "name": "" if row is None else str(row),
    }
    return render(request, "desk/settings_form.html", context, status=422 if form.errors else 200)


def _made(request: Request, form: IndicatorForm, row: Indicator | None) -> Indicator | None:
    """What was made; None where it was refused, which the form then tells."""
    reason = form.cleaned_data["reason"]
    try:
        if row is not None:
            return renew_indicator(actor=request.user, code=row.code, draft=form.draft(), reason=reason)
        return make_indicator(
            actor=request.user,
            office=form.cleaned_data["office"],
            name=form.short_name(),
            draft=form.draft(),
            reason=reason,
        )
    except NotAllowed:
        raise
    except ProductError as error:
        tell(form, error)
        return None
