"""What words find among records and what hangs on them, within what somebody may see."""

from __future__ import annotations

import re
from functools import reduce
from itertools import pairwise
from operator import and_, or_
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel.fulltext import asked, matching, newest, newest_of_each, within
from bonphuong.kernel.memo import remembered
from bonphuong.papers.models import Paper
from bonphuong.parties.queries import spellings
from bonphuong.records.enums import Visibility
from bonphuong.records.models import Commitment, Record, RecordPaper, is_guest
from bonphuong.records.rules import in_other_books

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from bonphuong.accounts.models import User
    from bonphuong.kernel.fulltext import Asked, Phrase, Scope
    from bonphuong.records.models import CommitmentQuerySet, RecordQuerySet

# Whoever sees more offices than this is better found by their books: each word of a scope costs on every step.
MOST_OFFICES = 6
MOST_BOOKS = 6
_REACH = {
    Visibility.OFFICE: Permission.RECORD_VIEW,
    Visibility.PERSONAL: Permission.PERSONAL_TRIP_VIEW,
    Visibility.RESTRICTED: Permission.RESTRICTED_READ,
}


def wanted_of(text: str, *, is_typing: bool = False) -> Asked:
    """What a person asks for, with every name of the parties that they name."""
    return asked(text, spellings(text), is_typing=is_typing)


def search(user: User | AnonymousUser, text: str, *, family: str = "") -> RecordQuerySet:
    """Records that hold every word of `text`, marks and case put aside, the newest first; of one family or of all.

    A word of three letters or more finds all that begin with it; what stands together ("1234/QĐ-UBND", 外事) is
    found together, in Lao and Chinese anywhere. None for no words at all.
    """
    wanted = wanted_of(text)
    rows = Record.objects.visible_to(user).live()
    if not wanted:
        return rows.none()
    if family:
        rows = rows.filter(family=family)
    return rows.filter(matching(Record, wanted, _scope_of(user, family))).order_by("-begins_on", "-pk")


def newest_records(user: User | AnonymousUser, wanted: Asked, *, limit: int) -> list[UUID]:
    """Keys of the newest records of all families that hold what is asked, in their order."""
    return newest(Record.objects.visible_to(user).live(), wanted, scope=_scope_of(user), limit=limit)


def newest_of_families(
    user: User | AnonymousUser, wanted: Asked, families: Iterable[str], *, limit: int
) -> dict[str, list[UUID]]:
    """As `newest_records`, so many of every family, in one statement."""
    scopes = {family: _scope_of(user, family) for family in families}
    rows = Record.objects.visible_to(user).live()
    return newest_of_each(rows, wanted, by="family", scopes=scopes, limit=limit)


def newest_commitments(user: User | AnonymousUser, wanted: Asked, *, limit: int) -> list[UUID]:
    """Keys of the newest commitments that hold what is asked."""
    rows: CommitmentQuerySet = Commitment.objects.visible_to(user)
    return newest(rows, wanted, limit=limit)


def visible_papers(user: User) -> QuerySet[Paper]:
    """Papers in dossiers that the person may see, and those in no dossier of offices whose papers they may see.

    A paper in the dossier of a personal trip is as private as the trip.
    """
    hung = RecordPaper.objects.filter(paper=OuterRef("pk"))
    in_sight = hung.filter(record__in=Record.objects.visible_to(user).values("pk"))
    own = Paper.objects.visible_to(user).values("pk")
    return Paper.objects.filter(Exists(in_sight) | Q(pk__in=own) & ~Exists(hung))


def newest_papers(user: User, wanted: Asked, *, limit: int) -> list[UUID]:
    """Keys of the newest papers that hold what is asked."""
    rows, scope = _papers_at_hand(user), _books_of(user, "k", Permission.PAPER_VIEW, Permission.RECORD_VIEW)
    found = newest(rows, wanted, scope=scope, limit=limit)
    if not scope or len(found) == limit:
        return found
    foreign = rows.filter(_foreign(user, wanted)).exclude(pk__in=found)
    return [*found, *foreign.order_by("-on", "-pk").values_list("pk", flat=True)[: limit - len(found)]]


def search_papers(user: User, wanted: Asked) -> QuerySet[Paper]:
    """Papers that hold what is asked, in no order."""
    scope = _books_of(user, "k", Permission.PAPER_VIEW, Permission.RECORD_VIEW)
    found = matching(Paper, wanted, scope)
    return visible_papers(user).filter(found | _foreign(user, wanted) if scope else found)


def _foreign(user: User, wanted: Asked) -> Q:
    """Papers of records of other books that are shared with the person's; there are few."""
    shared = Record.objects.filter(within(Record, _books_of(user, "x", Permission.RECORD_VIEW))).values("pk")
    if connection.vendor == "postgresql":
        return Q(pk__in=[])
    return Q(pk__in=RecordPaper.objects.filter(record__in=shared).values("paper")) & _plain(wanted)


def _papers_at_hand(user: User) -> QuerySet[Paper]:
    """As `visible_papers`, asked in the way that is quick for one paper after another."""
    seen = Record.objects.visible_to(user).filter(pk=OuterRef("record_id"))
    hung = RecordPaper.objects.filter(paper=OuterRef("pk"))
    own = Q(office_code__in=office_codes_for(user, Permission.PAPER_VIEW))
    return Paper.objects.filter(Exists(hung.filter(Exists(seen))) | own & ~Exists(hung))


def _scope_of(user: User | AnonymousUser, family: str = "") -> Scope:
    """Words of the index, one of which every record has that the person may see."""
    if not user.is_authenticated:
        return ()
    access = user.access()
    offices = {visibility: access.codes_for(right) for visibility, right in _REACH.items()}
    books = access.books_for(Permission.RECORD_VIEW)
    shared = [f"s{code}" for code in offices[Visibility.OFFICE]]
    exact: Scope = ()
    if sum(map(len, offices.values())) <= MOST_OFFICES:
        words = [f"{visibility[:2]}{code}" for visibility, codes in offices.items() for code in codes]
        exact = (tuple(sorted([*words, *shared, *(f"bo{book}" for book in books)])),)
    own, foreign = (_books_of(user, letter, *_REACH.values()) for letter in "kx")
    if not own or not foreign:
        return ((f"f{family}",), *exact) if family else exact
    if not family:
        return exact or ((*own[0], *foreign[0]),)
    beside = tuple(sorted(shared)) if exact else foreign[0]
    return ((*(f"f{family}{book[1:]}" for book in own[0]), *beside), *exact)


def _books_of(user: User | AnonymousUser, letter: str, *rights: Permission) -> Scope:
    """The books where the person has any of these rights; nothing for so many that they would not narrow."""
    if not user.is_authenticated:
        return ()
    books = frozenset[str]().union(*(user.access().books_for(right) for right in rights))
    if _came_from_elsewhere(user):
        return ()
    return (tuple(sorted(f"{letter}{book}" for book in books)),) if len(books) <= MOST_BOOKS else ()


def _came_from_elsewhere(user: User) -> bool:
    """Whether an office of theirs once stood in another book: its rows stay there, beyond any scope by book."""

    def read() -> bool:
        books, offices = sorted(user.access().books), sorted(office_codes_for(user, Permission.RECORD_VIEW))
        return is_guest(user) and Record.objects.filter(in_other_books(books, offices)).exists()

    return remembered(("records.came_from_elsewhere", user.pk, user.access()), read)


def _plain(wanted: Asked) -> Q:
    """The words without the index, for the few rows that it was told to pass over."""
    groups = (reduce(or_, map(_said, group)) for group in wanted.groups)
    return reduce(and_, groups)


def _said(phrase: Phrase) -> Q:
    """As the index parts words: Latin ones by anything else, other signs by nothing at all."""
    text = _edge(phrase.words[0][0])
    for one, other in pairwise((*phrase.words, "")):
        between = "[^a-z0-9]+" if one.isascii() and other.isascii() else "[^a-z0-9]*"
        text += re.escape(one) + (between if other else "")
    end = "" if phrase.is_begun or not phrase.words[-1].isascii() else "([^a-z0-9]|$)"
    return Q(fold__regex=text + end)


def _edge(sign: str) -> str:
    return "(^|[^a-z0-9])" if sign.isascii() else ""
