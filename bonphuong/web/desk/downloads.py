"""Files handed out: always saved, never opened inside the site, whatever they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeVar

    A = TypeVar("A", HttpResponse, StreamingHttpResponse)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON = "application/json"
PDF = "application/pdf"


def download(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """An answer that browsers save under `name`. Nothing in it can run with the site's rights."""
    return _saved(HttpResponse(content, content_type=media_type or "application/octet-stream"), name)


def stream(pieces: Iterator[bytes], *, name: str, media_type: str) -> StreamingHttpResponse:
    """As `download`, of a file that is made while it is sent."""
    return _saved(StreamingHttpResponse(pieces, content_type=media_type), name)


def _saved(answer: A, name: str) -> A:
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
