"""Reading a paper's text and keeping the document with its claims."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.queries import book_of
from bonphuong.accounts.validators import checked
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.text import fold
from bonphuong.papers.services import file_paper, read_file
from bonphuong.reader.enums import ClaimStatus
from bonphuong.reader.extract import VERSION, read
from bonphuong.reader.models import ReadDocument, StoredClaim
from bonphuong.reader.queries import gazetteer
from bonphuong.reader.rules import check_may_read
from bonphuong.reader.source import decode
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.papers.models import Paper
    from bonphuong.papers.services import PaperNote
    from bonphuong.reader.claims import Claim, Document

# So many signs of a text are searched: more than any article has.
FOLDED = 60_000


def file_and_read(note: PaperNote, *, content: bytes, file_name: str, actor: User) -> ReadDocument:
    """File a text as a paper and read it. Raises NotAllowed, BadInput, BadValue, ClassifiedPaper."""
    check_may_read(actor, note.office_code)
    decode(content)  # what cannot be read is refused before anything is kept
    with acting(actor=actor, verb="reader.document.read", office=note.office_code):
        filed = file_paper(note, actor=actor, content=content, file_name=file_name)
        return read_document(filed.paper, actor=actor)


def read_document(paper: Paper, *, actor: User, text: str | None = None) -> ReadDocument:
    """Read a paper's file, or the text given, and keep the document with its claims.

    The same text of the same paper is kept once; a newer reader reads it again and leaves alone what people have
    decided. Raises NotAllowed, BadInput where the paper has no text, BadValue where its file is none.
    """
    check_may_read(actor, paper.office_code)
    if text is None:
        if not paper.has_file:
            raise BadInput({"paper": [_("This paper has no file to read. Paste its text.")]})
        text = decode(read_file(paper))
    if not text.strip():
        raise BadInput({"text": [_("There is nothing to read.")]})
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    known = ReadDocument.objects.filter(paper=paper, digest=digest).first()
    if known is not None and known.reader_version >= VERSION:
        return known
    found = read(text, gazetteer=gazetteer())
    with acting(actor=actor, verb="reader.document.read", office=paper.office_code, obj=paper):
        document = _kept(known, paper, found, digest)
        _keep_claims(document, found.claims)
        return document


def _kept(known: ReadDocument | None, paper: Paper, found: Document, digest: str) -> ReadDocument:
    document = known or ReadDocument(paper=paper, text=found.text, digest=digest, is_demo=paper.is_demo)
    document.office_code = paper.office_code
    document.book = book_of(paper.office_code)
    document.title = found.title[:500]
    document.published_on = found.published or paper.on
    document.fold = fold(document.text)[:FOLDED]
    document.layout = found.as_json()
    document.reader_version = VERSION
    checked(document).save()
    return document


def _keep_claims(document: ReadDocument, claims: Sequence[Claim]) -> None:
    """Write the claims anew; those that people decided about stay as they are."""
    rows = StoredClaim.objects.filter(document=document)
    rows.filter(status=ClaimStatus.PROPOSED).delete()
    decided = {(row.topic, row.value, tuple(map(tuple, row.content["spans"]))) for row in rows}
    last = max(rows.values_list("number", flat=True), default=0)
    fresh = [_stored(document, claim) for claim in claims]
    fresh = [
        row for row in fresh if (row.topic, row.value, tuple(map(tuple, row.content["spans"]))) not in decided
    ]
    for number, row in enumerate(fresh, last + 1):
        row.number = number
    StoredClaim.objects.bulk_create(fresh)


def _stored(document: ReadDocument, claim: Claim) -> StoredClaim:
    return StoredClaim(
        document=document,
        kind=str(claim.kind),
        subject=claim.subject or "",
        topic=claim.topic,
        value="" if claim.value is None else f"{claim.value:f}",
        since=claim.period.since,
        until=claim.period.until,
        text=claim.text,
        content=claim.as_json(),
    )
