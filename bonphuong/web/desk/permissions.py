"""Who may open a page. Every view carries `permission`; a contract test refuses one that does not."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import Conflict, NotAllowed, ProductError
from bonphuong.web.desk.forms.door import SignInForm
from bonphuong.web.desk.keeping import carried, settle, take_up
from bonphuong.web.desk.pages.waiting import forget_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from bonphuong.accounts.enums import Permission
    from bonphuong.accounts.models import User
    from bonphuong.web.desk.posting import Begun

P = ParamSpec("P")
PUBLIC = "public"
JSON = "application/json"
_TO_MEND = 422
# What a page sends by itself while it is open changes nothing that waits for anybody.
_STILL = {"begun-keep", "here"}


class Request(HttpRequest):
    """A request of somebody who is signed in, as `permission` has made sure."""

    user: User
    htmx: Any
    #: What was begun at this address earlier, where the address asks for it.
    begun: Begun | None


def public(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Mark a page that anybody may open: sign-in, language, errors."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


def permission(
    needed: Permission,
) -> Callable[
    [Callable[Concatenate[Request, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Ask for a sign-in, answer 404 to whoever holds `needed` in no office, and show refusals as a page."""

    def decorate(
        view: Callable[Concatenate[Request, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if not can(request.user, needed):
                raise Http404
            asked = cast("Request", request)
            asked.begun = take_up(request)
            answer: HttpResponseBase
            if request.method == "POST" and not _is_still(request):
                forget_count(request.user)
            try:
                answer = view(asked, *args, **kwargs)
            except ProductError as refusal:
                answer = render(request, "403.html", {"message": refusal.message}, status=_status(refusal))
            if asked.begun is not None and answer.status_code == _TO_MEND:
                answer.status_code = 200  # Nothing was sent yet: a form taken up again is not a refused one.
            elif request.method == "POST":
                settle(request, answer)
            return answer

        guarded.permission = needed  # type: ignore[attr-defined]
        return guarded

    return decorate


def _is_still(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.url_name in _STILL


def _status(refusal: ProductError) -> int:
    """What a refusal that no form could show is to a browser."""
    if isinstance(refusal, NotAllowed):
        return 403
    return 409 if isinstance(refusal, Conflict) else 400


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """A fragment asked for after the session ended must move the whole page, not fill a corner of it.

    A form that was sent then goes through the door with the person who typed it.
    """
    if request.headers.get("Accept") == JSON:
        return JsonResponse({}, status=401)
    if request.headers.get("HX-Request"):
        target = request.headers.get("HX-Current-URL", "/")
        return HttpResponse(status=204, headers={"HX-Redirect": redirect_to_login(target)["Location"]})
    kept = carried(request) if request.method == "POST" else ""
    if kept:
        context = {"form": SignInForm(request), "next": request.get_full_path(), "kept": kept}
        return render(request, "desk/sign_in.html", context, status=401)
    return redirect_to_login(request.get_full_path())
