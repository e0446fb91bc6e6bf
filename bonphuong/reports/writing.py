"""Writes a report to files: Word, PDF, Excel, web page and JSON, for the command line and for whoever sends it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.reports.briefing import book_docx, book_pdf
from bonphuong.reports.composing import Frame, compose
from bonphuong.reports.enums import EditionStatus
from bonphuong.reports.gathering import gather
from bonphuong.reports.models import Edition
from bonphuong.reports.queries import definition_and_period, signed_edition
from bonphuong.reports.rendering import page_html, render_docx, render_json, render_pdf, render_xlsx
from bonphuong.reports.rules import must
from bonphuong.reports.services import draft_content, reading_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bonphuong.accounts.models import User
    from bonphuong.reports.models import BriefingBook

RENDERERS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {
    "docx": render_docx,
    "pdf": render_pdf,
    "xlsx": render_xlsx,
    "html": page_html,
    "json": render_json,
}


def content_of(
    office: str, definition_code: str, period_code: str, *, language: str = "vi"
) -> Mapping[str, Any]:
    """The content of a report: of the signed edition, else of the draft, else of one that nobody has begun.

    Raises BadInput for an unknown office or report, BadValue for a text that is no period.
    """
    row, period = definition_and_period(definition_code, office, period_code, language)
    signed = signed_edition(definition_code, office, period, language)
    if signed is not None:
        return frozen_content(signed.edition)
    draft = (
        Edition.objects.of(definition_code, office)
        .filter(language=language, period_code=period.code, cutoff=row.cutoff, status=EditionStatus.DRAFT)
        .select_related("definition")
        .first()
    )
    if draft is not None:
        return draft_content(draft)
    ground = gather(row, office, period)
    return compose(ground, Frame(as_of=reading_moment(ground)))


def frozen_content(edition: Edition) -> Mapping[str, Any]:
    """What a signed edition froze. Raises `EditionContent.DoesNotExist` for a draft."""
    found: Mapping[str, Any] = json.loads(edition.frozen.content)
    return found


def write_report(
    office: str,
    definition_code: str,
    period_code: str,
    out_dir: Path | str,
    actor: User | None = None,
    *,
    language: str = "vi",
) -> list[Path]:
    """Write the report of an office for a period into a folder, made if it is not there; gives the files.

    What is not signed is marked as a draft on every page. Raises NotAllowed where an actor is given who may not
    see the office's reports, BadInput and BadValue as `content_of`, BadInput for a folder that cannot be written.
    """
    if actor is not None:
        must(actor, Permission.REPORT_VIEW, office)
    content = content_of(office, definition_code, period_code, language=language)
    folder = Path(out_dir)
    stem = f"{definition_code}-{office}-{content['spans']['period']['code']}".replace("..", "_")
    files = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for suffix, render in RENDERERS.items():
            path = folder / f"{stem}.{suffix}"
            path.write_bytes(render(content))
            files.append(path)
    except OSError as error:
        message = _("The folder %(folder)s cannot be written: %(why)s.")
        raise BadInput({"out": [message % {"folder": folder, "why": error.strerror}]}) from error
    return files


def write_briefing(book: BriefingBook, folder: str | Path) -> list[Path]:
    """A briefing book as Word, PDF and the JSON that its digest was taken of; gives the files."""
    content = json.loads(book.content)
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    stem = f"briefing-{book.party_code}-{clock.local(book.made_at):%Y-%m-%d}"
    files = []
    for ending, made in (("docx", book_docx), ("pdf", book_pdf), ("json", render_json)):
        path = target / f"{stem}.{ending}"
        path.write_bytes(made(content))
        files.append(path)
    return files
