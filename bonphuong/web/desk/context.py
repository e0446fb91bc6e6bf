"""What the frame of every page needs."""
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, object]:
    """Context of the frame: navigation, counts, the person."""
    return {}
