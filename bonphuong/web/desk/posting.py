"""What a form is bound to. An empty submission is one too: it must be told what is missing, not shown anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import QueryDict

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest
    from django.utils.datastructures import MultiValueDict


class Begun(QueryDict):
    """What was typed earlier and not sent: a form shows it as it stood, and holds nothing against it yet."""


def posted(request: HttpRequest) -> tuple[QueryDict | None, MultiValueDict[str, Any] | None]:
    """Fields and files that were sent, or what was begun here and is taken up again; else nothing."""
    if request.method == "POST":
        return request.POST, request.FILES
    return getattr(request, "begun", None), None
