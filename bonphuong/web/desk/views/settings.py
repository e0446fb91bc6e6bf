"""Settings: the first page, and the tables that are made from their descriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.services import Invitation
from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.pages.settings.showing import row_page, table_page
from bonphuong.web.desk.pages.settings.tables import TABLES, entries_for, table_for
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpResponse

    from bonphuong.web.desk.forms.settings.base import SettingForm
    from bonphuong.web.desk.pages.settings.kit import Deed, Table
    from bonphuong.web.desk.permissions import Request


@permission(Permission.PARTY_VIEW)
@require_safe
def settings_home(request: Request) -> HttpResponse:
    """What can be set, for each person only what is theirs; the own profile for everybody."""
    return render(request, "desk/settings.html", {"groups": entries_for(request.user)})


@permission(Permission.PARTY_VIEW)
@require_safe
def table(request: Request, table: str) -> HttpResponse:
    """A table of the settings."""
    page = table_page(table_for(request.user, table), request.user, request.GET.dict())
    return render(request, "desk/settings_table.html", {"page": page})


@permission(Permission.PARTY_VIEW)
@require_safe
def row(request: Request, table: str, key: str) -> HttpResponse:
    """One row with what belongs to it and who changed it."""
    found = table_for(request.user, table)
    page = row_page(found, request.user, found.row(request.user, key))
    return render(request, "desk/settings_row.html", {"page": page})


@permission(Permission.PARTY_VIEW)
def new(request: Request, table: str) -> HttpResponse:
    """Add a row."""
    found = table_for(request.user, table)
    if found.add is None or not found.add.may(request.user, None):
        raise Http404
    return _done(request, found, found.add, None)


@permission(Permission.PARTY_VIEW)
def deed(request: Request, table: str, key: str, deed: str) -> HttpResponse:
    """Do something to a row: the form says first what it does."""
    found = table_for(request.user, table)
    standing = found.row(request.user, key)
    wanted = found.deed(deed)
    if not wanted.may(request.user, standing):
        raise Http404
    return _done(request, found, wanted, standing)


def _done(request: Request, table: Table, deed: Deed, row: Model | None) -> HttpResponse:
    asked = {name: value[:80] for name, value in request.GET.dict().items()}
    form = deed.form(posted(request)[0], user=request.user, row=row, asked=asked)
    if request.method == "POST" and form.is_valid():
        made = _made(request, form, deed, row)
        if isinstance(made, Invitation):
            return _handed_out(request, made)
        if made is not None:
            messages.success(request, str(deed.done))
            return redirect(_shown(table, made))
    context = {"table": table, "deed": deed, "row": row, "form": form, "name": _name(table, row)}
    return render(request, "desk/settings_form.html", context, status=422 if form.errors else 200)


def _name(table: Table, row: Model | None) -> str:
    return "" if row is None else str(table.name(row))


def _made(request: Request, form: SettingForm, deed: Deed, row: Model | None) -> object | None:
    """What the deed gave; None where it was refused, which the form then tells."""
    given: dict[str, Any] = form.given()
    if row is None:
        given.pop("seen", None)
    try:
        return deed.do(request.user, row, given)
    except NotAllowed:
        raise
    except ProductError as error:
        tell(form, error)
        return None


def _shown(table: Table, made: object) -> str:
    """The page of what was made, where it stands in a table of its own; else the list."""
    if isinstance(made, table.model):
        return reverse("desk:settings-row", args=[table.code, made.pk])
    return reverse("desk:settings-table", args=[table.code])


def _handed_out(request: Request, made: Invitation) -> HttpResponse:
    """The link of an invitation: on this one answer and nowhere else."""
    path = reverse("desk:first-password", args=[made.user.pk, made.token])
    context = {"person": made.user, "link": request.build_absolute_uri(path), "table": TABLES["people"]}
    answer = render(request, "desk/settings_invited.html", context)
    answer["Cache-Control"] = "no-store"
    return answer
