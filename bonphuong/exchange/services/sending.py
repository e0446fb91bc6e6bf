"""Making packages: an edition of a report goes into one signed file for another server."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.exchange.enums import LetterKind
from bonphuong.exchange.envelope import seal
from bonphuong.exchange.models import SentPackage
from bonphuong.exchange.rules import HANDLE, must
from bonphuong.exchange.signing import fingerprint_of, own_key, public_of
from bonphuong.exchange.telling import EDITION, edition_part
from bonphuong.kernel import clock
from bonphuong.kernel.canonical import digest_of, moment_text
from bonphuong.kernel.errors import BadInput
from bonphuong.papers import storage
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.accounts.models import User


@dataclass(frozen=True)
class Parcel:
    """What of a signed edition goes into a package: its content, how the office counts, documents by file name."""

    content: Mapping[str, Any]
    digest: str
    signed_at: dt.datetime
    paper_number: str = ""
    practice: list[dict[str, Any]] = field(default_factory=list)
    documents: Mapping[str, bytes] = field(default_factory=dict)


def make_package(parcel: Parcel, *, to_office: str, actor: User) -> tuple[SentPackage, bytes]:
    """The package of an edition for a receiver, and its file: the one that was made before, where there is one.

    Raises NotAllowed, BadInput.
    """
    edition = parcel.content["edition"]
    office = edition["office"]
    must(actor, HANDLE, office)
    made = SentPackage.objects.filter(edition_uid=edition["uid"], to_office=to_office).first()
    if made is not None:
        return made, file_of(made)
    if to_office == office:
        raise BadInput({"to": [_("A package goes to another office.")]})
    file, header = sealed(parcel, to_office=to_office)
    with acting(actor=actor, verb="exchange.package.make", office=office, obj=header["title"]):
        stored = storage.store(file)
        span = parcel.content["spans"]["period"]
        made = SentPackage.objects.create(
            office_code=office,
            book=edition["book"],
            to_office=to_office,
            report=edition["definition"],
            period_code=span["code"],
            cutoff=span["cutoff"],
            since=dt.date.fromisoformat(span["since"]),
            until=dt.date.fromisoformat(span["until"]),
            language=parcel.content["language"],
            version=edition["number"],
            edition_uid=edition["uid"],
            as_of=dt.datetime.fromisoformat(parcel.content["as_of"]),
            content_digest=header["content"],
            file_digest=stored.digest,
            file_name=stored.name,
            size=stored.size,
            fingerprint=fingerprint_of(public_of(own_key(office))),
            is_demo=parcel.content["is_demo"],
            made_by=actor.get_full_name(),
            made_at=clock.now(),
        )
    return made, file


def sealed(parcel: Parcel, *, to_office: str, key: Any = None) -> tuple[bytes, dict[str, Any]]:
    """The file of a package and its header. Writes nothing; the same for the same edition, receiver and key."""
    content = parcel.content
    edition, span = content["edition"], content["spans"]["period"]
    body = edition_part(content, parcel.practice)
    header = {
        "report": edition["definition"],
        "book": edition["book"],
        "period": {name: span[name] for name in ("code", "cutoff", "since", "until")},
        "language": content["language"],
        "version": edition["number"],
        "edition": edition["uid"],
        "edition_digest": parcel.digest,
        "content": digest_of(body),
        "title": content["head"]["title"],
        "as_of": content["as_of"],
        "signer": edition["signer"],
        "signed_at": moment_text(parcel.signed_at),
        "paper_number": parcel.paper_number,
        "is_demo": content["is_demo"],
    }
    parts = {EDITION: body, **{f"documents/{name}": file for name, file in parcel.documents.items()}}
    key = key or own_key(edition["office"])
    return seal(
        LetterKind.REPORT, header, parts, sender=edition["office"], receiver=to_office, key=key
    ), header


def file_of(package: Any) -> bytes:
    """The file of a package as it was made or came. Raises StorageUnavailable."""
    return storage.read(package.file_name, package.file_digest)
