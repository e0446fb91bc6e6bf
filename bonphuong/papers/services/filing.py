"""Filing papers: with a file, or only noted by number and day; number and day typed back later."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.accounts.validators import checked
from bonphuong.kernel.bulk import insert_rows, new_row
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.kernel.text import tidy
from bonphuong.papers import storage
from bonphuong.papers.models import Paper
from bonphuong.papers.queries import same_file, same_reference
from bonphuong.papers.rules import searchable, split_reference
from bonphuong.papers.validators import check_file, check_texts
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Sequence
    from typing import Any
    from uuid import UUID

    from bonphuong.accounts.models import User

BATCH = 500
CHANGEABLE = frozenset({"kind", "direction", "abstract", "issuer", "issuer_code", "signer", "source_url"})


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
    signer: str = ""
    source_url: str = ""


@dataclass(frozen=True)
class FiledPaper:
    """The paper, and those that look like the same one: to be looked at, never refused."""

    paper: Paper
    duplicates: tuple[Paper, ...] = ()


def note_papers(notes: Sequence[PaperNote], *, actor: User) -> list[Paper]:
    """Note papers by their references, in the order given, in one write. Raises NotAllowed, ClassifiedPaper."""
    offices = {note.office_code for note in notes}
    _may_file(actor, offices)
    for note in notes:
        check_texts(note.abstract, note.reference)
    with acting(actor=actor, verb="papers.paper.file", office=min(offices) if len(offices) == 1 else ""):
        papers = [_paper(note) for note in notes]
        insert_rows(papers)
        return papers


def remove_notes(uids: Collection[UUID], *, actor: User) -> int:
    """Take back papers that were only noted, without file or promise of one, and that nothing holds on to.

    For the undoing of an import, after its records are gone. Gives how many there were. Raises NotAllowed.
    """
    rows = Paper.objects.filter(pk__in=uids, file="", digest="", is_placeholder=False)
    for relation in Paper._meta.related_objects:
        holders = relation.related_model._default_manager.filter(**{f"{relation.field.name}__isnull": False})
        rows = rows.exclude(pk__in=holders.values(relation.field.attname))
    offices = set(rows.order_by().values_list("office_code", flat=True).distinct())
    _may_file(actor, offices)
    with acting(actor=actor, verb="papers.paper.remove", office=min(offices) if len(offices) == 1 else ""):
        count, _by_model = rows.delete()
        return count


def file_paper(
    note: PaperNote, *, actor: User, content: bytes | None = None, file_name: str = "", reason: str = ""
) -> FiledPaper:
    """File one paper with its content, or as a placeholder without.

    A file that bears the marking of a state secret is refused and nothing of it is kept. The file is on the
    disk before the row is written. Raises NotAllowed, BadInput, ClassifiedPaper, StorageUnavailable.
    """
    _may_file(actor, {note.office_code})
    check_texts(note.abstract, note.reference)
    paper = _paper(note)
    if content is not None:
        if note.is_placeholder:
            raise BadInput({"file": [_("A paper that is kept elsewhere has no file here.")]})
        _attach(paper, content, file_name)
    checked(paper)
    duplicates = _duplicates(paper, actor)
    with acting(actor=actor, verb="papers.paper.file", reason=reason, office=note.office_code, obj=paper):
        paper.save(force_insert=True)
    return FiledPaper(paper, duplicates)


def add_file(paper: Paper, *, actor: User, content: bytes, file_name: str) -> FiledPaper:
    """Give a noted paper its file. A file that is there already stays: file the new one as another paper.

    Raises NotAllowed, BadInput, Conflict, ClassifiedPaper, StorageUnavailable.
    """
    _may_file(actor, {paper.office_code})
    fresh = Paper(digest="")
    _attach(fresh, content, file_name)
    with acting(actor=actor, verb="papers.paper.change", office=paper.office_code, obj=paper):
        locked = _locked(paper)
        if locked.is_placeholder:
            raise BadInput({"file": [_("A paper that is kept elsewhere has no file here.")]})
        if locked.has_file:
            raise Conflict(_("This paper has a file already."))
        for name in ("file", "file_name", "media_type", "size", "digest"):
            setattr(locked, name, getattr(fresh, name))
        locked.fold = searchable(locked)
        checked(locked).save()
    return FiledPaper(locked, _duplicates(locked, actor))


def number_paper(
    paper: Paper, *, actor: User, reference: str, on: dt.date, signer: str = "", reason: str = ""
) -> FiledPaper:
    """Type back the number and the day that the document system gave ("123/QĐ-UBND").

    To change them once they are there needs a reason. Raises NotAllowed, BadInput, ClassifiedPaper.
    """
    _may_file(actor, {paper.office_code})
    check_texts(reference)
    number, symbol = split_reference(reference)
    if not symbol:
        raise BadInput({"reference": [_("Type the number with its symbol, such as 123/QĐ-UBND.")]})
    with acting(actor=actor, verb="papers.paper.number", reason=reason, office=paper.office_code, obj=paper):
        locked = _locked(paper)
        known = bool(locked.number) and (locked.number, locked.symbol, locked.on) != (number, symbol, on)
        if known and not reason.strip():
            raise BadInput({"reason": [_("This paper has a number already. Say why it changes.")]})
        locked.number, locked.symbol, locked.on = number, symbol, on
        locked.signer = tidy(signer) or locked.signer
        locked.fold = searchable(locked)
        checked(locked).save(update_fields=["number", "symbol", "on", "signer", "fold"])
    return FiledPaper(locked, _duplicates(locked, actor))


def change_paper(paper: Paper, *, actor: User, reason: str = "", **fields: Any) -> Paper:
    """Correct what is noted of a paper; number and day have `number_paper`. Raises NotAllowed, BadInput."""
    _may_file(actor, {paper.office_code})
    if fields.keys() - CHANGEABLE:
        raise BadInput({key: [_("This is not changed here.")] for key in fields.keys() - CHANGEABLE})
    check_texts(*(str(value) for value in fields.values()))
    with acting(actor=actor, verb="papers.paper.change", reason=reason, office=paper.office_code, obj=paper):
        locked = _locked(paper)
        for name, value in fields.items():
            setattr(locked, name, value)
        locked.fold = searchable(locked)
        checked(locked).save(update_fields=[*fields, "fold"])
    return locked


def read_file(paper: Paper) -> bytes:
    """The content of a paper, as it was filed. Raises StorageUnavailable where it is gone or was changed."""
    return storage.read(paper.file.name, paper.digest)


def _may_file(actor: User, offices: Iterable[str]) -> None:
    if not all(can(actor, Permission.PAPER_ADD, office) for office in offices):
        raise NotAllowed(_("You may not file papers for this office."))


def _paper(note: PaperNote) -> Paper:
    number, symbol = split_reference(note.reference)
    paper = new_row(
        Paper,
        kind=note.kind,
        office_code=note.office_code,
        number=number,
        symbol=symbol,
        on=note.on,
        abstract=tidy(note.abstract)[:500],
        issuer=tidy(note.issuer)[:200],
        issuer_code=note.issuer_code,
        direction=note.direction,
        is_placeholder=note.is_placeholder,
        is_demo=note.is_demo,
        signer=tidy(note.signer)[:120],
        source_url=note.source_url,
    )
    paper.fold = searchable(paper)
    return paper


def _attach(paper: Paper, content: bytes, file_name: str) -> None:
    name = tidy(PurePath(file_name.replace("\\", "/")).name)[-200:]
    paper.media_type = check_file(content, name)
    stored = storage.store(content)
    paper.file = stored.name
    paper.file_name = name
    paper.digest = stored.digest
    paper.size = stored.size
    paper.fold = searchable(paper)


def _locked(paper: Paper) -> Paper:
    return Paper.objects.select_for_update().get(pk=paper.pk)


def _duplicates(paper: Paper, actor: User) -> tuple[Paper, ...]:
    found = {other.pk: other for other in same_reference(paper, actor)}
    found |= {other.pk: other for other in same_file(paper, actor)}
    return tuple(found.values())
