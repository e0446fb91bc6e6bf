"""What a page says when the database or the disk refuses: nothing was saved, and here is what you typed."""

from __future__ import annotations

import errno
import logging
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from bonphuong.web.desk.keeping import fields_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

log = logging.getLogger(__name__)
_DISK = {errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO}
_SECONDS = 30


class UnsavedMiddleware:
    """A lost database, a full or a read-only disk: a page that needs neither, with the form's content in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page, where this is such an error; every other error goes its own way."""
        is_disk = isinstance(error, OSError) and error.errno in _DISK
        if not is_disk and not isinstance(error, OperationalError | InterfaceError):
            return None
        log.error("the store refused %s %s", request.method, request.path, exc_info=error)
        return unsaved(request)


def unsaved(request: HttpRequest) -> HttpResponse:
    """Status 503, without a look at the database: the session, too, may be out of reach."""
    typed = fields_of(request.POST) if request.method == "POST" else []
    context = {
        "typed": typed,
        "shown": [(name, value) for name, value in typed if " " in value.strip() or "\n" in value.strip()],
        "files": [file.name for _field, files in request.FILES.lists() for file in files]
        if request.method == "POST"
        else [],
        "address": request.get_full_path(),
        "sent": request.method == "POST",
        "begun": {
            name: request.POST.get(name, "") for name in ("begun-form", "begun-by") if name in request.POST
        },
        "csrf_token": get_token(request),
        "language": getattr(request, "LANGUAGE_CODE", "vi"),
    }
    page = render_to_string("desk/unsaved.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": str(_SECONDS)})
