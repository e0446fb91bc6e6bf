"""Printing official papers from Word templates: the office's own version, else the one that is shipped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bonphuong.kernel import clock
from bonphuong.kernel.text import slug
from bonphuong.kernel.word import render_template
from bonphuong.papers import storage
from bonphuong.papers.enums import TemplateCode
from bonphuong.papers.placeholders import complete
from bonphuong.papers.queries import template_in_force

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from bonphuong.papers.models import DocumentTemplate

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHIPPED = Path(__file__).resolve().parent.parent / "data" / "templates"


@dataclass(frozen=True)
class PrintedPaper:
    """A .docx file ready to be handed out, and the version that made it (None: the shipped one)."""

    content: bytes
    file_name: str
    template: DocumentTemplate | None = None


def print_paper(
    code: str, *, office_code: str, context: Mapping[str, object], on: dt.date | None = None, title: str = ""
) -> PrintedPaper:
    """Print a paper with `context` (the English names of `placeholders`; what is missing prints as dots).

    `on` chooses the version in force that day (today by default); `title` goes into the file's name. Raises
    TemplateError with a plain message, StorageUnavailable.
    """
    wanted = TemplateCode(code)
    content, template = template_file(wanted, office_code=office_code, on=on)
    printed = render_template(content, complete(wanted, context), created=clock.now().replace(microsecond=0))
    name = "-".join(filter(None, (slug(code.replace("_", " ")), slug(title)[:80].strip("-"))))
    return PrintedPaper(content=printed, file_name=f"{name}.docx", template=template)


def template_file(
    code: TemplateCode, *, office_code: str, on: dt.date | None = None
) -> tuple[bytes, DocumentTemplate | None]:
    """The template that prints for the office on a day, and its row (None for the shipped one)."""
    template = template_in_force(code, office_code, on or clock.today())
    if template is None:
        return shipped_template(code), None
    return storage.read(template.file.name, template.digest), template


@cache
def shipped_template(code: TemplateCode) -> bytes:
    """The version that comes with the product; officers take it as the start of their own."""
    return (_SHIPPED / f"{code}.docx").read_bytes()
