"""Signing in and out, and the language of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from bonphuong.web.desk.forms.door import SignInForm
from bonphuong.web.desk.keeping import unpack
from bonphuong.web.desk.navigation import links_for
from bonphuong.web.desk.permissions import public

if TYPE_CHECKING:
    from bonphuong.accounts.models import User

_YEAR = 365 * 24 * 3600


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: an address of this site only, else the desk."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else _desk()


def _desk() -> str:
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def start_of(user: User) -> str:
    """The page on which a person chose to begin, as long as they may open it; else the desk."""
    wanted = resolve_url(f"desk:{user.first_page}")
    may = {link.url for part in links_for(user, "") for link in (*part.links, *part.folded)}
    return wanted if wanted in may else _desk()


def keep_language(response: HttpResponse, language: str) -> None:
    """Show the pages in this language from now on, in this browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


@public
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door. Whoever is in already goes on to the desk."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        user: User = form.get_user()
        login(request, user)
        # What was sent after an earlier session had ended is taken up where it was typed.
        target = _next(request)
        begin = start_of(user) if target == _desk() else target
        response = HttpResponseRedirect(unpack(user, request.POST.get("kept", "")) or begin)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            keep_language(response, user.language)
        return response
    context = {"form": form, "next": _next(request), "kept": request.POST.get("kept", "")}
    return render(request, "desk/sign_in.html", context)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; drafts kept in the browser are dropped by the page that follows."""
    logout(request)
    return redirect("desk:login")


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Show the pages in the language asked for from now on."""
    response = HttpResponseRedirect(_next(request))
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        keep_language(response, wanted)
    return response
