"""Looking through a register for what was entered twice: every pair that looks like one event and nobody has judged."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.records.enums import LinkKind, TieKind
from bonphuong.records.models import Record, RecordLink, RecordTie
from bonphuong.records.registry import families
from bonphuong.records.twins import Probe, earlier_likes, not_struck

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User
    from bonphuong.records.models import RecordQuerySet
    from bonphuong.records.twins import Reason

#: A judged pair is not shown again: linked as one visit, as another event, as part of something.
_JUDGED = (LinkKind.DISTINCT, LinkKind.SAME_VISIT, LinkKind.PART_OF, LinkKind.FOLLOWS)
MOST = 20_000


@dataclass(frozen=True)
class Double:
    """Two records that look like one; `one` was entered first."""

    one: Record
    other: Record
    reasons: frozenset[Reason]


def doubles_among(
    user: User | AnonymousUser, *, since: dt.date | None = None, family: str = "", limit: int = 200
) -> list[Double]:
    """Pairs of records that the person may see, of one book, family and kind, the latest first; in four queries.

    At most the latest 20,000 records are looked through; `since` and `family` narrow.
    """
    rows = Record.objects.visible_to(user).live().filter(begins_on__isnull=False)
    rows = rows.filter(begins_on__gte=since) if since else rows
    rows = rows.filter(family=family) if family else rows
    rows = not_struck(rows, [family] if family else [one.code for one in families()])
    probes = _probes(rows)
    judged = _judged()
    pairs = []
    for place, others in enumerate(earlier_likes(probes)):
        for earlier, reasons in others:
            one, other = probes[earlier].uid, probes[place].uid
            if one is not None and other is not None and frozenset((one, other)) not in judged:
                pairs.append((one, other, reasons))
    pairs = pairs[::-1][:limit]
    records = Record.objects.in_bulk([uid for one, other, _why in pairs for uid in (one, other)])
    return [Double(records[one], records[other], reasons) for one, other, reasons in pairs]


def _probes(rows: RecordQuerySet) -> list[Probe]:
    values = list(
        rows.order_by("-begins_on", "-pk").values_list(
            "pk", "book", "family", "kind", "begins_on", "ends_on", "head_fold"
        )[:MOST]
    )
    ties: defaultdict[tuple[UUID, str], set[str]] = defaultdict(set)
    if values:
        # The same days rather than a list of keys: a register of years has more keys than a statement may hold.
        wanted = RecordTie.objects.filter(
            record__in=rows.filter(begins_on__gte=values[-1][4]).values("pk"),
            kind__in=(TieKind.PARTY, TieKind.COUNTRY),
        )
        for record, kind, code in wanted.values_list("record_id", "kind", "code").iterator(5000):
            ties[record, kind].add(code)
    probes = [
        Probe(
            book=book,
            family=family,
            kind=kind,
            begins_on=begins,
            ends_on=ends,
            head_fold=head,
            parties=frozenset(ties[uid, TieKind.PARTY]),
            countries=frozenset(ties[uid, TieKind.COUNTRY]),
            uid=uid,
        )
        for uid, book, family, kind, begins, ends, head in values
        if begins is not None
    ]
    return sorted(probes, key=lambda probe: (probe.begins_on, str(probe.uid)))


def _judged() -> set[frozenset[UUID]]:
    links = RecordLink.objects.filter(kind__in=_JUDGED).values_list("from_record_id", "to_record_id")
    return {frozenset(pair) for pair in links}
