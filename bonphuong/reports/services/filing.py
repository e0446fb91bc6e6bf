"""A signed report as a paper among the papers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import BadInput
from bonphuong.papers.enums import PaperDirection, PaperKind
from bonphuong.papers.services import PaperNote, file_paper
from bonphuong.reports.rendering import render_pdf
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import User
    from bonphuong.papers.models import Paper
    from bonphuong.reports.models import Edition


def file_edition(*, actor: User, edition: Edition) -> Paper:
    """File a signed edition as a paper, under the number and day that were typed back.

    The file is the archival PDF: what is kept must be read in decades. Word comes from the content whenever asked.

    Raises BadInput for a draft; NotAllowed and the rest as `papers.services.file_paper`.
    """
    if edition.is_draft:
        raise BadInput({"": [_("Only a signed report is filed.")]})
    content = json.loads(edition.frozen.content)
    note = PaperNote(
        kind=PaperKind.REPORT,
        office_code=edition.office_code,
        reference=edition.paper_number,
        on=edition.paper_on,
        abstract=content["head"]["title"],
        issuer=content["edition"]["office_name"],
        direction=PaperDirection.OUT,
        is_demo=edition.is_demo,
        signer=content["signature"]["name"],
    )
    name = f"{edition.code}-{edition.office_code}-{edition.period_code}-{edition.number}.pdf"
    verb = "reports.edition.file"
    with acting(actor=actor, verb=verb, office=edition.office_code, obj=edition):
        return file_paper(note, actor=actor, content=render_pdf(content), file_name=name).paper
