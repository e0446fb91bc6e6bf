"""Per-request language, request identifiers, and addresses that no page can mean."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import BadRequest
from django.utils import translation

from bonphuong.kernel.memo import remembering
from bonphuong.kernel.uids import new_uid
from bonphuong.trail.acting import within_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class LanguageMiddleware:
    """Vietnamese unless the person switched: the browser's own list is not asked, an office reads Vietnamese."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class PlainAddressMiddleware:
    """Turns away a NUL in an address: no person types one, and PostgreSQL refuses it wherever it would arrive."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in unquote(request.META.get("QUERY_STRING", "")) or "\0" in request.path:
            raise BadRequest("a NUL in the address")
        return self.get_response(request)


class RequestIdMiddleware:
    """Gives each request an identifier that the trail keeps with every change made in it, and a memory of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with within_request(str(new_uid())), remembering():
            return self.get_response(request)
