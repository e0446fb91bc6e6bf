"""A signed report as papers among the papers: the PDF that is sent, and the files that belong to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.kernel.errors import BadInput
from bonphuong.papers.enums import PaperDirection, PaperKind
from bonphuong.papers.services import PaperNote, file_paper, number_paper
from bonphuong.reports.models import Edition, EditionFile
from bonphuong.reports.rendering import render_docx, render_pdf, render_xlsx
from bonphuong.reports.rules import must
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from bonphuong.accounts.models import User

#: What is filed of a report: the PDF is the report itself, the others go with it.
RENDERERS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {
    "pdf": render_pdf,
    "docx": render_docx,
    "xlsx": render_xlsx,
}


def file_edition(
    *, actor: User, edition: Edition, endings: Sequence[str] = tuple(RENDERERS)
) -> list[EditionFile]:
    """File the files of a signed edition as papers, under the number and day that were typed back.

    What is filed already stays and is given back with the rest, in the order asked for. Raises BadInput for a draft
    and for a file that reports do not have; NotAllowed and the rest as `papers.services.file_paper`.
    """
    if edition.is_draft:
        raise BadInput({"": [_("Only a signed report is filed.")]})
    if not set(endings) <= RENDERERS.keys():
        raise BadInput({"files": [_("Reports have no such file.")]})
    content = json.loads(edition.frozen.content)
    verb = "reports.edition.file"
    with acting(actor=actor, verb=verb, office=edition.office_code, obj=edition):
        row = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        there = {one.ending: one for one in row.files.select_related("paper")}
        for ending in endings:
            if ending not in there:
                there[ending] = _filed(row, ending, content, actor)
        return [there[ending] for ending in endings]


def _filed(edition: Edition, ending: str, content: Mapping[str, Any], actor: User) -> EditionFile:
    is_report = ending == "pdf"
    title = content["head"]["title"]
    more = {"docx": _("the Word file"), "xlsx": _("the workbook of annexes")}.get(ending, "")
    note = PaperNote(
        kind=PaperKind.REPORT if is_report else PaperKind.OTHER,
        office_code=edition.office_code,
        reference=edition.paper_number,
        on=edition.paper_on,
        abstract=title if is_report else f"{title} ({more})",
        issuer=content["edition"]["office_name"],
        direction=PaperDirection.OUT,
        is_demo=edition.is_demo,
        signer=content["signature"]["name"],
    )
    name = f"{edition.code}-{edition.office_code}-{edition.period_code}-{edition.number}.{ending}"
    paper = file_paper(note, actor=actor, content=RENDERERS[ending](content), file_name=name).paper
    return EditionFile.objects.create(edition=edition, paper=paper, ending=ending)


def type_back(*, actor: User, edition: Edition, number: str, on: dt.date) -> Edition:
    """Note the number and day that the document system gave a signed report; its filed papers bear them too.

    Raises NotAllowed, BadInput.
    """
    must(actor, Permission.REPORT_DRAFT, edition.office_code)
    if edition.is_draft:
        raise BadInput({"number": [_("A draft has no number yet.")]})
    verb = "reports.edition.number"
    with acting(actor=actor, verb=verb, office=edition.office_code, obj=edition):
        edition.paper_number, edition.paper_on = number.strip()[:40], on
        edition.save(update_fields=["paper_number", "paper_on"])
        # A number without a symbol is none by which a paper is found.
        for one in edition.files.select_related("paper") if "/" in edition.paper_number else ():
            reason = _("the number of the report was typed back")
            number_paper(one.paper, actor=actor, reference=edition.paper_number, on=on, reason=reason)
        return edition
