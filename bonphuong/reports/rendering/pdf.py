"""PDF/A: the official paper as it is kept and handed on, word for word the one that Word shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import translation

from bonphuong.kernel.pdf import OfficialPdf
from bonphuong.reports.rendering.official import OfficialWriter, properties_of
from bonphuong.reports.rendering.reading import View

if TYPE_CHECKING:
    from collections.abc import Mapping


def render_pdf(content: Mapping[str, Any]) -> bytes:
    """The PDF of a content."""
    with translation.override(content["language"]):
        view = View(content)
        keywords = [f"{name}={value}" for name, value in view.stamps.items()]
        document = OfficialPdf(**properties_of(view), keywords=keywords)
        return OfficialWriter(view, document).write()
