"""What a briefing book is made of, read once, within what its maker may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for, offices_by_code
from bonphuong.indicators.relation import relation_figures, told
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Period
from bonphuong.ledger.models import BookHead
from bonphuong.ledger.queries import moment_of
from bonphuong.parties.models import Party, PartyNote, PartyTie, Post
from bonphuong.parties.queries import address_forms, address_of
from bonphuong.records.dossier import (
    Pieces,
    Tally,
    headers_of,
    in_order,
    pieces_with,
    promises_with,
    records_with,
    scope_of,
    struck_out,
    tally_of,
)
from bonphuong.records.enums import CommitmentStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import Office, User
    from bonphuong.indicators.figures import Figure
    from bonphuong.parties.models import AddressForm, Person
    from bonphuong.records.dossier import Scope
    from bonphuong.records.models import Commitment, Record

#: Longer lists than these are no help in a meeting; the book says how many more there are.
MOST_DONE, MOST_PROMISES, MOST_GIFTS, MOST_PEOPLE = 120, 60, 40, 40
_KINDS = ("terms", "gifts", "met", "standings", "matters", "notes")
_STEP = dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Wanted:
    """What somebody asks of a book. `raise_too` and `protocol` are a person's own words, one point a line."""

    party: Party
    office: Office
    since: dt.date
    until: dt.date
    below: bool = True
    occasion: str = ""
    meeting_on: dt.date | None = None
    raise_too: str = ""
    protocol: str = ""
    with_notes: bool = False
    language: str = "vi"


@dataclass(frozen=True)
class Leader:
    """Somebody who holds a post there on the day of the meeting, and how to address them."""

    post: Post
    form: AddressForm | None
    met: int = 0
    last_met: dt.date | None = None


@dataclass
class BookGround:
    """Everything that stands in a book, before it is put into words."""

    wanted: Wanted
    user: User
    scope: Scope
    day: dt.date
    as_of: dt.datetime
    heads: Mapping[str, tuple[int, str]]
    ties: Sequence[PartyTie]
    below: Sequence[Party]
    leaders: Sequence[Leader]
    done: Sequence[Record]
    done_more: int
    figures: Sequence[tuple[Figure, Figure | None]]
    promises: Sequence[Commitment]
    promises_more: int
    tally: Tally
    pieces: Pieces
    headers: Mapping[UUID, Record]
    notes: Sequence[PartyNote]
    figures_office: str = ""
    figures_of: str = ""
    is_demo: bool = False
    names: Sequence[tuple[str, str]] = field(default_factory=list)

    def holds(self) -> dict[str, list[str]]:
        """What stands in the book, by what decides who may read it."""
        shown = {record.pk for record in self.done} | set(self.headers)
        return {
            "records": sorted(str(uid) for uid in shown),
            "promises": sorted(str(one.pk) for one in self.promises),
            "people": sorted(str(one.post.person_id) for one in self.leaders),
            "offices": sorted({note.office_id for note in self.notes}),
            "figures": [self.figures_office] if self.figures else [],
        }


def gather_book(user: User, wanted: Wanted) -> BookGround:
    """Read everything in a bounded number of queries. The caller has looked whether the person may make it."""
    scope = scope_of(wanted.party.code, below=wanted.below)
    day = wanted.meeting_on or clock.today()
    as_of, heads = reading_moment(wanted.office.book)
    pieces = pieces_with(user, scope, _KINDS)
    headers = headers_of(user, _uids(pieces))
    done, more = _done(user, scope, wanted)
    promises, unsaid = _promises(user, scope, wanted)
    notes = PartyNote.objects.visible_to(user).filter(party=wanted.party).select_related("author")
    ties = PartyTie.objects.visible_to(user).filter(party__in=scope.codes).on(day)
    below = Party.objects.filter(parent=wanted.party, merged_into__isnull=True).order_by("sort")
    leaders = _leaders(user, scope, day, pieces, headers)
    office = _figures_office(user, wanted.office)
    shown = [*done, *headers.values()]
    return BookGround(
        wanted=wanted,
        user=user,
        scope=scope,
        day=day,
        as_of=as_of,
        heads=heads,
        ties=list(ties.select_related("office", "party").order_by("kind", "valid_from", "pk")),
        below=list(below[:MOST_PEOPLE]) if wanted.below else [],
        leaders=leaders,
        done=done,
        done_more=more,
        figures=_figures(scope, wanted, as_of, office) if office else [],
        figures_office=office,
        figures_of=_office_name(office, wanted.language),
        promises=promises,
        promises_more=unsaid,
        tally=tally_of(promises_with(user, scope), day),
        pieces=pieces,
        headers=headers,
        notes=list(notes[:MOST_PEOPLE]) if wanted.with_notes else [],
        is_demo=wanted.office.is_demo or any(record.is_demo for record in shown),
        names=[(row.text, row.lang) for row in wanted.party.aliases.filter(until__isnull=True)],
    )


def reading_moment(book: str) -> tuple[dt.datetime, dict[str, tuple[int, str]]]:
    """The moment that figures are read at, and the head of the book then: no later posting lies at it or before."""
    head = BookHead.objects.filter(pk=book).first()
    now = clock.now() - _STEP
    if head is None:
        return now, {}
    return max(now, moment_of(head.posted_at)), {book: (head.seq, head.digest)}


def _uids(pieces: Pieces) -> list[UUID]:
    several = (pieces.terms, pieces.gifts, pieces.met, pieces.standings, pieces.matters, pieces.notes)
    return [one.record for pieces_ in several for one in pieces_]


def _done(user: User, scope: Scope, wanted: Wanted) -> tuple[list[Record], int]:
    rows = records_with(user, scope).filter(begins_on__range=(wanted.since, wanted.until))
    found = list(in_order(rows)[: MOST_DONE + 1])
    more = rows.count() - MOST_DONE if len(found) > MOST_DONE else 0
    gone = struck_out(found)
    return [record for record in found[:MOST_DONE] if record.pk not in gone], max(more, 0)


def _promises(user: User, scope: Scope, wanted: Wanted) -> tuple[list[Commitment], int]:
    """All that is open, and what was kept or dropped in the period; and how many more there are than a book tells."""
    rows = promises_with(user, scope)
    still = rows.filter(status=CommitmentStatus.OPEN).order_by("due_on", "made_on", "pk")
    settled = rows.filter(
        status=CommitmentStatus.DONE, settled_on__range=(wanted.since, wanted.until)
    ).order_by("-settled_on", "pk")
    found = [*still[: MOST_PROMISES + 1], *settled[: MOST_PROMISES + 1]]
    more = still.count() + settled.count() - MOST_PROMISES if len(found) > MOST_PROMISES else 0
    return found[:MOST_PROMISES], more


def _figures_office(user: User, office: Office) -> str:
    """Whose figures the book tells: the whole province's where its maker sees them, else their own office's."""
    seen = office_codes_for(user, Permission.FIGURE_VIEW)
    return next((code for code in (office.book, office.code) if code in seen), "")


def _office_name(code: str, language: str) -> str:
    found = offices_by_code({code}).get(code)
    return found.name(language) if found else code


def _figures(
    scope: Scope, wanted: Wanted, as_of: dt.datetime, office: str
) -> list[tuple[Figure, Figure | None]]:
    """Figures of the period that have something to tell, with those of the same days a year before."""
    period = Period.between(wanted.since, wanted.until)
    found = relation_figures(scope.codes, office, period, as_of=as_of)
    before = relation_figures(scope.codes, office, period.same_period_last_year(), as_of=as_of)
    then = {one.indicator.code: one for one in before}
    return [(one, then.get(one.indicator.code)) for one in told(found)]


def _leaders(
    user: User, scope: Scope, day: dt.date, pieces: Pieces, headers: Mapping[UUID, Record]
) -> list[Leader]:
    posts = Post.objects.visible_to(user).on(day).filter(party__in=scope.codes)
    forms = address_forms(day)
    met: dict[object, list[dt.date]] = {}
    for one in pieces.met:
        if one.record in headers and one.on is not None:
            for key in {one.person, one.name_native, one.full_name} - {None, ""}:
                met.setdefault(key, []).append(one.on)
    rows = posts.select_related("person", "party").order_by("party__level", "person__sort", "pk")
    found = []
    for post in rows[:MOST_PEOPLE]:
        person: Person = post.person
        days = met.get(person.pk) or met.get(person.name_native) or met.get(person.full_name) or []
        form = address_of(person, post.title_vi, forms)
        found.append(Leader(post, form, len(set(days)), max(days, default=None)))
    order = {code: place for place, code in enumerate(scope.codes)}
    return sorted(found, key=lambda one: order.get(one.post.party_id or "", len(order)))
