"""What a form is bound to. An empty submission is one too: it must be told what is missing, not shown anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, QueryDict
    from django.utils.datastructures import MultiValueDict


def posted(request: HttpRequest) -> tuple[QueryDict | None, MultiValueDict[str, Any] | None]:
    """Fields and files that were sent; nothing for a page that was only asked for."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
