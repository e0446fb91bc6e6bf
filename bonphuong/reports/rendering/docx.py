"""Word: the official paper that offices edit and send, with marks by which it is known when it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import translation

from bonphuong.kernel.word import OfficialDocument
from bonphuong.reports.rendering.official import OfficialWriter, properties_of
from bonphuong.reports.rendering.reading import View

if TYPE_CHECKING:
    from collections.abc import Mapping


def render_docx(content: Mapping[str, Any]) -> bytes:
    """The .docx file of a content."""
    with translation.override(content["language"]):
        view = View(content)
        document = OfficialDocument(**properties_of(view), stamps=view.stamps)
        return OfficialWriter(view, document).write()
