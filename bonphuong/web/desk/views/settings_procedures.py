"""Settings: procedures with their versions, and taking running cases to another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.records.services import move_records_to_version
from bonphuong.web.desk.forms.settings.procedures import MoveForm
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.pages.settings.versions import move_page, procedure_list, procedure_page
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.SETTINGS_CHANGE)
@require_safe
def procedures(request: Request) -> HttpResponse:
    """Every procedure."""
    return render(request, "desk/settings_procedures.html", {"lines": procedure_list()})


@permission(Permission.SETTINGS_CHANGE)
@require_safe
def procedure(request: Request, code: str) -> HttpResponse:
    """One procedure: the version asked for, else the one in force."""
    asked = request.GET.get("version", "")
    version = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
    page = procedure_page(request.user, code, version)
    return render(request, "desk/settings_procedure.html", {"page": page})


@permission(Permission.SETTINGS_CHANGE)
def move(request: Request, code: str) -> HttpResponse:
    """Take the running cases of one's offices to another version: all or none."""
    page = move_page(request.user, code)
    form = MoveForm(
        posted(request)[0],
        user=request.user,
        versions=page.versions,
        states=page.states,
        goals=page.goals,
    )
    if request.method == "POST" and form.is_valid():
        try:
            n = move_records_to_version(
                code,
                form.cleaned_data["to_version"],
                actor=request.user,
                reason=form.cleaned_data["reason"],
                state_map=form.state_map(),
            )
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error)
        else:
            said = ngettext("%(n)s case was moved.", "%(n)s cases were moved.", n)
            messages.success(request, said % {"n": n})
            return redirect("desk:settings-procedure", code)
    context = {"page": page, "form": form}
    return render(request, "desk/settings_move.html", context, status=422 if form.errors else 200)
