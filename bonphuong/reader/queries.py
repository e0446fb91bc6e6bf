"""Reads: the names that the reader knows, documents with their claims, what is known of a thing."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bonphuong.accounts.models import Office
from bonphuong.kernel.fulltext import newest
from bonphuong.parties.enums import PartyKind
from bonphuong.parties.models import Party, PartyAlias
from bonphuong.reader.enums import ClaimStatus
from bonphuong.reader.gazetteer import (
    HOME,
    Entry,
    Gazetteer,
    country_entries,
    own_entries,
    party_entries,
    unit_entries,
)
from bonphuong.reader.models import KnownState, ReadDocument, StoredClaim

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User
    from bonphuong.kernel.fulltext import Asked
    from bonphuong.reader.models import StoredClaimQuerySet


def gazetteer() -> Gazetteer:
    """The names of the parties and offices of this installation, in three queries; compiled when any changed."""
    return _compiled((*_parties(), *_offices()))


@lru_cache(maxsize=4)
def _compiled(held: tuple[Entry, ...]) -> Gazetteer:
    codes = {entry.code for entry in held}
    shipped = (entry for entry in party_entries() if entry.code not in codes)
    return Gazetteer((*own_entries(), *held, *shipped, *country_entries(), *unit_entries()))


def _parties() -> Iterator[Entry]:
    aliases: dict[str, list[str]] = {}
    for code, text in PartyAlias.objects.order_by("pk").values_list("party_id", "text"):
        aliases.setdefault(code, []).append(text)
    for party in Party.objects.filter(unit__isnull=True).order_by("code"):
        kind = party.level if party.kind == PartyKind.LOCALITY else party.kind
        names = (party.name_en, party.name_native, *aliases.get(party.code, ()))
        yield Entry(party.code, kind, party.country_id or "", party.name_vi, tuple(filter(None, names)))


def _offices() -> Iterator[Entry]:
    for code, name_vi, name_en in Office.objects.order_by("code").values_list("code", "name_vi", "name_en"):
        yield Entry(code, "organisation", HOME, name_vi, (name_en,))


def newest_documents(user: User, wanted: Asked, limit: int) -> list[UUID]:
    """Keys of the newest documents that hold what is asked and that the person may see."""
    return newest(ReadDocument.objects.visible_to(user), wanted, limit=limit)


def claims_of(document: ReadDocument) -> StoredClaimQuerySet:
    """The claims of a document in the order of the text. Access is the caller's, by the document."""
    return StoredClaim.objects.filter(document=document).order_by("number")


def told_elsewhere(user: User | AnonymousUser, document: ReadDocument, topic: str) -> list[StoredClaim]:
    """What other documents that the person may see say on a topic, by the day of their date line."""
    rows = StoredClaim.objects.visible_to(user).filter(topic=topic).exclude(document=document)
    rows = rows.exclude(status=ClaimStatus.SET_ASIDE).select_related("document")
    return list(rows.order_by("document__published_on", "number"))


def known_states(topic: str) -> list[KnownState]:
    """What is known of a topic, by thing and day."""
    return list(KnownState.objects.filter(topic=topic).order_by("thing", "valid_from"))
