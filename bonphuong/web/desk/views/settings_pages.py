"""Pages of the settings that are no tables: one's own profile, roles and permissions, the installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.services import change_user
from bonphuong.kernel.errors import ProductError
from bonphuong.web.desk.forms.settings.people import ProfileForm
from bonphuong.web.desk.forms.telling import tell
from bonphuong.web.desk.pages.settings.installation import installation_page
from bonphuong.web.desk.pages.settings.permissions import permission_table
from bonphuong.web.desk.pages.settings.profile import profile_page
from bonphuong.web.desk.permissions import permission
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.door import keep_language

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.PARTY_VIEW)
def profile(request: Request) -> HttpResponse:
    """What one may change about oneself; one's roles, which others give."""
    user = request.user
    form = ProfileForm(posted(request)[0], user=user, row=user)
    if request.method == "POST" and form.is_valid():
        given = form.given()
        try:
            change_user(actor=user, user=user, **given)
        except ProductError as error:
            tell(form, error)
        else:
            with override(given["language"]):
                messages.success(request, _("Your profile is saved."))
            answer = redirect("desk:settings-profile")
            keep_language(answer, given["language"])
            return answer
    context = {"form": form, "page": profile_page(user)}
    return render(request, "desk/settings_profile.html", context, status=422 if form.errors else 200)


@permission(Permission.SETTINGS_CHANGE)
@require_safe
def permissions(request: Request) -> HttpResponse:
    """What each role may see and do."""
    return render(request, "desk/settings_permissions.html", {"page": permission_table()})


@permission(Permission.LEDGER_CHECK)
@require_safe
def installation(request: Request) -> HttpResponse:
    """What this installation is made of, and whether it is well."""
    return render(request, "desk/settings_installation.html", {"page": installation_page()})
