"""Passwords: one's own by the old one, and the first by a link that opens once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.tokens import default_token_generator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import User
from bonphuong.accounts.services import Invitation, change_password, redeem_invitation
from bonphuong.kernel.errors import BadInput
from bonphuong.web.desk.forms.refusals import refuse
from bonphuong.web.desk.forms.settings.people import FirstPasswordForm, OwnPasswordForm
from bonphuong.web.desk.permissions import permission, public

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.PARTY_VIEW)
@never_cache
@sensitive_post_parameters("old", "new", "again")
def own_password(request: Request) -> HttpResponse:
    """Change one's own password. Other sessions end; this one goes on."""
    form = OwnPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            change_password(user=request.user, old=given["old"], new=given["new"])
        except BadInput as error:
            refuse(form, error)
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, _("Your password is changed; you stay signed in here alone."))
            return redirect("desk:settings-profile")
    return render(request, "desk/settings_password.html", {"form": form}, status=422 if form.errors else 200)


@public
@never_cache
@sensitive_post_parameters("new", "again")
def first_password(request: HttpRequest, uid: UUID, token: str) -> HttpResponse:
    """Choose the first password, or another one, by a link that an administrator handed over."""
    user = User.objects.filter(pk=uid, is_active=True).first()
    if user is None or not default_token_generator.check_token(user, token):
        return render(request, "desk/first_password.html", {"is_dead": True}, status=404)
    form = FirstPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            redeem_invitation(Invitation(user, token), password=form.cleaned_data["new"])
        except BadInput as error:
            form.add_error("new", error.message)
        else:
            messages.success(request, _("Your password is set. Sign in with it."))
            return redirect("desk:login")
    context = {"form": form, "person": user}
    return render(request, "desk/first_password.html", context, status=422 if form.errors else 200)
