"""Everything that our offices did with a partner, read together whatever family it is of.

A partner is read under all its codes, doubles included, and on wish with the bodies below it. The one list is taken
sheet by sheet; what families add to it (terms, gifts, people met) is read for the latest records of each only.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Count, F, Max, Q

from bonphuong.kernel import clock
from bonphuong.parties.models import Party
from bonphuong.parties.queries import codes_as_one, party_subtree
from bonphuong.records.enums import CommitmentSide, CommitmentStatus, TieKind, Visibility
from bonphuong.records.models import Commitment, Record, RecordTie
from bonphuong.records.pieces import PLAIN, Gift, Matter, Met, Note, Standing, Term
from bonphuong.records.registry import families

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.records.models import CommitmentQuerySet, RecordQuerySet
    from bonphuong.records.pieces import Dossier, Reads, Shelf

    P = TypeVar("P")

#: How many records of a family are asked for what they tell beside their headers, the latest first.
LATEST = 200


@dataclass(frozen=True)
class Scope:
    """A partner as it is read: its own code, and all codes under which something of it may stand."""

    code: str
    codes: tuple[str, ...]
    has_below: bool = False


def scope_of(code: str, *, below: bool = False) -> Scope:
    """The partner alone, or with everything `below` it; what was merged is read as one either way."""
    wanted = party_subtree(code) if below else [code]
    return Scope(code, tuple(codes_as_one(wanted or [code])), has_below=below)


def records_with(user: User, scope: Scope) -> RecordQuerySet:
    """Records of the person's books about the partner. Private trips are nobody's relation with anybody."""
    ties = RecordTie.objects.filter(
        kind=TieKind.PARTY, code__in=scope.codes, book__in=sorted(user.access().books)
    )
    rows = Record.objects.visible_to(user).live().filter(pk__in=ties.values("record"))
    return rows.exclude(visibility=Visibility.PERSONAL)


def in_order(rows: RecordQuerySet) -> RecordQuerySet:
    """What lies ahead first, then what was done, the latest first; what has no day stands last."""
    return rows.order_by(F("begins_on").desc(nulls_last=True), "-pk")


def latest(rows: RecordQuerySet, first: int, last: int) -> list[Record]:
    """Records from a first to before a last place, in order. Keys are sorted alone: whole rows take thrice as long."""
    uids = list(in_order(rows).values_list("pk", flat=True)[first:last])
    found = Record.objects.select_related("due_rule").in_bulk(uids)
    return [found[uid] for uid in uids]


def families_on(shelf: Shelf) -> list[str]:
    """Codes of the families whose records stand on a shelf."""
    return [family.code for family in families() if family.get_dossier().shelf == shelf]


def counts_with(user: User, scope: Scope) -> Counter[str]:
    """How many records of each family there are with the partner."""
    rows = records_with(user, scope).order_by().values("family").annotate(n=Count("pk"))
    return Counter({row["family"]: row["n"] for row in rows})


# --- promises --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tally:
    """How promises of both sides stand. Of those kept, `in_time` were kept by their day or had none."""

    open_ours: int = 0
    open_theirs: int = 0
    late: int = 0
    kept: int = 0
    in_time: int = 0
    all: int = 0

    @property
    def open(self) -> int:
        """Still to be kept by either side."""
        return self.open_ours + self.open_theirs


def promises_with(user: User, scope: Scope) -> CommitmentQuerySet:
    """What was promised, owed or asked for between us and the partner; a reader's proposals are not yet any."""
    rows = Commitment.objects.visible_to(user).filter(
        party_code__in=scope.codes, book__in=sorted(user.access().books)
    )
    return rows.exclude(status=CommitmentStatus.PROPOSED)


def tally_of(rows: CommitmentQuerySet, today: dt.date | None = None) -> Tally:
    """Count promises by side and outcome, in one query."""
    day = today or clock.today()
    is_open, is_done = Q(status=CommitmentStatus.OPEN), Q(status=CommitmentStatus.DONE)
    found = rows.order_by().aggregate(
        open_ours=Count("pk", filter=is_open & Q(side=CommitmentSide.OURS)),
        open_theirs=Count("pk", filter=is_open & Q(side=CommitmentSide.THEIRS)),
        late=Count("pk", filter=is_open & Q(due_on__lt=day)),
        kept=Count("pk", filter=is_done),
        in_time=Count("pk", filter=is_done & (Q(due_on__isnull=True) | Q(settled_on__lte=F("due_on")))),
        all=Count("pk"),
    )
    return Tally(**found)


# --- what families add -----------------------------------------------------------------------------------


@dataclass
class Pieces:
    """What all families tell of a partner beside the headers of their records."""

    terms: list[Term] = field(default_factory=list)
    gifts: list[Gift] = field(default_factory=list)
    met: list[Met] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    records: dict[UUID, Record] = field(default_factory=dict)


_KINDS: Mapping[str, Callable[[Dossier], Reads[object]]] = {
    "terms": lambda told: told.terms,
    "gifts": lambda told: told.gifts,
    "met": lambda told: told.met,
    "standings": lambda told: told.standings,
    "matters": lambda told: told.matters,
    "notes": lambda told: told.notes,
}


def pieces_with(
    user: User,
    scope: Scope,
    kinds: Iterable[str],
    *,
    newest: int = LATEST,
    among: Container[str] | None = None,
    today: dt.date | None = None,
) -> Pieces:
    """The pieces of these kinds ("terms", "gifts", …), of the newest records of every family that has any to tell.

    `among` names families known to have records with the partner: the others are not asked.
    """
    day = today or clock.today()
    found = Pieces()
    for family in families():
        told = family.get_dossier()
        reads = {kind: _KINDS[kind](told) for kind in kinds if _KINDS[kind](told) is not _KINDS[kind](PLAIN)}
        if not reads or (among is not None and family.code not in among):
            continue
        rows = in_order(records_with(user, scope).filter(family=family.code))
        uids = list(rows.values_list("pk", flat=True)[:newest])
        for kind, read in reads.items() if uids else ():
            getattr(found, kind).extend(read(uids, day))
    return found


def headers_of(user: User, uids: Iterable[UUID]) -> dict[UUID, Record]:
    """The headers behind pieces, as far as the person may see them."""
    wanted = list(dict.fromkeys(uids))
    return dict(Record.objects.visible_to(user).in_bulk(wanted)) if wanted else {}


# --- over many partners ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Dealings:
    """What was done with one partner in a year, and what is open."""

    done: int = 0
    last: dt.date | None = None
    promises: int = 0
    late: int = 0


def dealings_of(
    user: User, codes: Iterable[str], year: int, today: dt.date | None = None
) -> dict[str, Dealings]:
    """For each of these partners what was done in a year and which promises are open, in three queries.

    Doubles count for the partner that stays.
    """
    day = today or clock.today()
    heads = _heads(codes)
    done, last = _done_in(user, heads, year, day)
    promises, late = _open_with(user, heads, day)
    return {
        head: Dealings(done[head], last.get(head), promises[head], late[head])
        for head in dict.fromkeys(heads.values())
    }


def _done_in(
    user: User, heads: Mapping[str, str], year: int, day: dt.date
) -> tuple[Counter[str], dict[str, dt.date]]:
    seen = Record.objects.visible_to(user).live().exclude(visibility=Visibility.PERSONAL)
    this_year = seen.filter(begins_on__range=(dt.date(year, 1, 1), min(day, dt.date(year, 12, 31))))
    ties = RecordTie.objects.filter(
        kind=TieKind.PARTY,
        code__in=list(heads),
        book__in=sorted(user.access().books),
        record__in=this_year.values("pk"),
    )
    done: Counter[str] = Counter()
    last: dict[str, dt.date] = {}
    for row in ties.order_by().values("code").annotate(n=Count("pk"), last=Max("record__begins_on")):
        head = heads[row["code"]]
        done[head] += row["n"]
        last[head] = max(row["last"], last.get(head, row["last"]))
    return done, last


def _open_with(user: User, heads: Mapping[str, str], day: dt.date) -> tuple[Counter[str], Counter[str]]:
    rows = Commitment.objects.visible_to(user).filter(
        party_code__in=list(heads), book__in=sorted(user.access().books), status=CommitmentStatus.OPEN
    )
    promises: Counter[str] = Counter()
    late: Counter[str] = Counter()
    counted = rows.order_by().values("party_code")
    for row in counted.annotate(n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=day))):
        head = heads[row["party_code"]]
        promises[head] += row["n"]
        late[head] += row["late"]
    return promises, late


def _heads(codes: Iterable[str]) -> dict[str, str]:
    """Every code of these partners, doubles included → the code of the one that stays."""
    wanted = list(codes)
    heads = {code: code for code in wanted}
    doubles = Party.objects.filter(merged_into__in=wanted).values_list("code", "merged_into_id")
    return heads | {code: head for code, head in doubles if head}


def struck_out(records: Sequence[Record]) -> set[UUID]:
    """Of these records, those entered by mistake or called off: a query for each family among them."""
    by_family: dict[str, list[UUID]] = defaultdict(list)
    for record in records:
        by_family[record.family].append(record.pk)
    gone: set[UUID] = set()
    for family in families():
        uids = by_family.get(family.code)
        if uids:
            rows = family.get_model()._default_manager.filter(pk__in=uids)
            gone.update(
                rows.filter(Q(is_void=True) | Q(cancelled_on__isnull=False)).values_list("pk", flat=True)
            )
    return gone
