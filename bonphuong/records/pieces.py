"""What a family tells of a partner beside its headers: terms, gifts, people met, what to raise next.

Generic pieces: a dossier and a briefing book are made of them and know no family.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

    from django.utils.functional import _StrOrPromise

P_co = TypeVar("P_co", covariant=True)


class Shelf(StrEnum):
    """Under which heading of a dossier a family's records stand beside the one list of everything."""

    DONE = "done"
    AGREEMENTS = "agreements"
    COURTESY = "courtesy"
    AID = "aid"


class TermState(StrEnum):
    """How what was agreed stands on a day."""

    AHEAD = "ahead"  # not in force yet
    RUNNING = "running"
    ENDED = "ended"
    UNCLEAR = "unclear"  # in force by its papers, its days not known


@dataclass(frozen=True)
class Piece:
    """Something that a record tells."""

    record: UUID


@dataclass(frozen=True)
class Term(Piece):
    """How long something agreed holds. `until` is None where it has no end (`is_open`) or its end is not known."""

    since: dt.date | None
    until: dt.date | None
    is_open: bool
    state: TermState
    under: str = ""


@dataclass(frozen=True)
class Gift(Piece):
    """Something given by us, or received."""

    on: dt.date | None
    is_ours: bool
    what: str
    quantity: int = 1
    person: str = ""


@dataclass(frozen=True)
class Met(Piece):
    """Somebody of theirs whom we met, with the post held then. `body` is what the record calls their unit."""

    on: dt.date | None
    full_name: str
    name_native: str = ""
    post_then: str = ""
    body: str = ""
    person: UUID | None = None
    is_head: bool = False


@dataclass(frozen=True)
class Standing(Piece):
    """Something lasting between the two sides: a mechanism, a twinned pair."""

    text: str


@dataclass(frozen=True)
class Matter(Piece):
    """Something to raise, and the rule that finds it."""

    rule: _StrOrPromise
    text: str
    on: dt.date | None = None


@dataclass(frozen=True)
class Note(Piece):
    """What protocol has to mind, as it stands in a record."""

    text: str


class Reads(Protocol[P_co]):
    """Pieces of these records, which the caller has found visible. A bounded number of queries."""

    def __call__(self, uids: Sequence[UUID], today: dt.date, /) -> Sequence[P_co]:
        """In no order."""
        ...


def _none(_uids: Sequence[UUID], _today: dt.date, /) -> Sequence[P_co]:
    return ()


@dataclass(frozen=True)
class Dossier:
    """What a family's records tell of a partner; each read is left out where the family has nothing to say."""

    shelf: Shelf = Shelf.DONE
    terms: Reads[Term] = _none
    gifts: Reads[Gift] = _none
    met: Reads[Met] = _none
    standings: Reads[Standing] = _none
    matters: Reads[Matter] = _none
    notes: Reads[Note] = _none


PLAIN = Dossier()
