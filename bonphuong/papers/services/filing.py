"""Filing papers: with a file, or only noted by number and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel.errors import NotAllowed
from bonphuong.papers.models import Paper
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.accounts.models import User

BATCH = 500


@dataclass(frozen=True)
class PaperNote:
    """A paper that is known by its reference alone; its file may come later or stay elsewhere."""

    kind: str
    office_code: str
    reference: str = ""
    on: dt.date | None = None
    abstract: str = ""
    issuer: str = ""
    issuer_code: str = ""
    direction: str = ""
    is_placeholder: bool = False
    is_demo: bool = False


def note_papers(notes: Sequence[PaperNote], *, actor: User) -> list[Paper]:
    """Note papers by their references, in the order given, in one write. Raises NotAllowed."""
    offices = {note.office_code for note in notes}
    for office in offices:
        if not can(actor, Permission.PAPER_ADD, office):
            raise NotAllowed(_("You may not file papers for this office."))
    with acting(actor=actor, verb="papers.paper.file", office=min(offices) if len(offices) == 1 else ""):
        papers = [_paper(note) for note in notes]
        Paper.objects.bulk_create(papers, batch_size=BATCH)
        return papers


def _paper(note: PaperNote) -> Paper:
    number, symbol = split_reference(note.reference)
    return Paper(
        kind=note.kind,
        office_code=note.office_code,
        number=number,
        symbol=symbol,
        on=note.on,
        abstract=note.abstract[:500],
        issuer=note.issuer[:200],
        issuer_code=note.issuer_code,
        direction=note.direction,
        is_placeholder=note.is_placeholder,
        is_demo=note.is_demo,
    )


def split_reference(reference: str) -> tuple[str, str]:
    """Number and symbol of "123/QĐ-UBND"; all of it is the symbol where it begins with no digit."""
    number, slash, symbol = reference.strip().partition("/")
    if slash and number.strip().isdigit():
        return number.strip()[:40], symbol.strip()[:60]
    return "", reference.strip()[:60]
