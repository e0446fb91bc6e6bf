"""Reads of delegations. Every one for a page begins at what the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from bonphuong.families.delegations.enums import DECIDED, Kind
from bonphuong.families.delegations.models import CoHost, Delegation, Member, Place
from bonphuong.kernel import clock
from bonphuong.procedures.enums import GuardKind
from bonphuong.procedures.rulebook import RuleBook
from bonphuong.records.models import Record
from bonphuong.records.queries import visible_twins
from bonphuong.records.schema import head_fold_of
from bonphuong.records.twins import Probe, find_twins
from bonphuong.reference.queries import as_now, as_then

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from bonphuong.accounts.models import User
    from bonphuong.families.delegations.schema import DelegationDraft
    from bonphuong.procedures.rulebook import GuardWarning
    from bonphuong.records.twins import Twin


#: Kinds whose report is awaited when they are over.
REPORTED = (Kind.OUTBOUND, Kind.INDIVIDUAL, Kind.INBOUND)


def with_all() -> QuerySet[Delegation]:
    """Every delegation with all that its facts read, for services and checks; never for a page."""
    return Delegation.objects.select_related("record").prefetch_related(
        Prefetch("places", Place.objects.order_by("order")),
        Prefetch("cohosts", CoHost.objects.order_by("office_code")),
    )


def visible_to(user: User | AnonymousUser) -> QuerySet[Delegation]:
    """Delegations whose records the person may see, doubles left out, the newest first."""
    records = Record.objects.visible_to(user).live().filter(family="delegations")
    return (
        Delegation.objects.filter(record__in=records)
        .select_related("record", "record__due_rule")
        .order_by("-record__begins_on", "-pk")
    )


def for_page(user: User | AnonymousUser, uid: UUID) -> Delegation:
    """One delegation with everything that its page shows. Raises Delegation.DoesNotExist, also to a stranger."""
    seen = Record.objects.visible_to(user).filter(pk=uid)
    rows = Delegation.objects.filter(record__in=seen).select_related("record")
    return rows.prefetch_related(
        Prefetch("places", Place.objects.order_by("order")),
        Prefetch("members", Member.objects.order_by("order")),
        Prefetch("cohosts", CoHost.objects.order_by("office_code")),
    ).get(pk=uid)


def report_missing(user: User | AnonymousUser, day: dt.date | None = None) -> QuerySet[Delegation]:
    """Trips that are over and whose report has not come, the longest overdue first."""
    today = day or clock.today()
    # Narrowed in the index of headers first: closed ones, nearly all, are not looked at.
    seen = (
        Record.objects.visible_to(user)
        .live()
        .filter(family="delegations", is_closed=False, kind__in=REPORTED)
    )
    waiting = Delegation.objects.filter(record__in=seen, ended_on__lte=today)
    waiting = waiting.filter(report_received_on__isnull=True, is_void=False).select_related("record")
    return waiting.order_by("record__due_on", "ended_on", "pk")


def not_carried_out(user: User | AnonymousUser, since: dt.date, until: dt.date) -> QuerySet[Delegation]:
    """Allowed by a decision of these days and not carried out: called off, or past its day without leaving."""
    today = clock.today()
    allowed = visible_to(user).filter(kind__in=list(DECIDED), decided_on__range=(since, until), is_void=False)
    return allowed.filter(started_on__isnull=True).filter(
        Q(cancelled_on__isnull=False) | Q(starts_on__lt=today)
    )


def probe_of_draft(draft: DelegationDraft, book: str, uid: UUID | None = None) -> Probe | None:
    """What is known of a draft, for finding it entered already; None without a day."""
    begins = draft.started_on or draft.starts_on
    if begins is None:
        return None
    parties = {draft.partner_code, *(place.party_code for place in draft.places)}
    return Probe(
        book=book,
        family="delegations",
        kind=draft.kind,
        begins_on=begins,
        ends_on=draft.ended_on or draft.ends_on,
        head_fold=head_fold_of(draft.head_name),
        parties=frozenset(parties - {""}),
        countries=frozenset(place.country_code for place in draft.places),
        uid=uid,
    )


def twins_of_drafts(
    drafts: Sequence[DelegationDraft], book: str, user: User | AnonymousUser | None = None
) -> list[list[Twin]]:
    """For each draft the records that look like the same event; with a user, only those that they may see."""
    probes = [probe_of_draft(draft, book) for draft in drafts]
    known = [probe for probe in probes if probe is not None]
    found = iter(find_twins(known) if user is None else visible_twins(user, known))
    return [next(found) if probe is not None else [] for probe in probes]


def guard_warnings(draft: DelegationDraft, rules: RuleBook | None = None) -> list[GuardWarning]:
    """The limits that a trip passes in its office's own rules of the day. Warnings; nothing is refused."""
    begins, ends = draft.started_on or draft.starts_on, draft.ended_on or draft.ends_on
    if draft.kind not in DECIDED or begins is None:
        return []
    countries = len({place.country_code for place in draft.places})
    days = ((ends or begins) - begins).days + 1
    values: dict[str, int] = {
        GuardKind.PEOPLE: draft.heads or len(draft.members),
        GuardKind.DAYS: days,
        GuardKind.COUNTRIES: countries,
        GuardKind.DAYS_PER_COUNTRY: -(-days // max(countries, 1)),
        GuardKind.LEADER_TRIPS: _trips_of_head(draft, begins.year) + 1,
    }
    code = f"delegations.{draft.kind}"
    book = rules or RuleBook()
    return book.evaluate(values, draft.lead_office_code, begins, procedure=code, level=draft.head_level)


def _trips_of_head(draft: DelegationDraft, year: int) -> int:
    folded = head_fold_of(draft.head_name)
    if not folded:
        return 0
    rows = Record.objects.live().filter(family="delegations", kind=Kind.OUTBOUND, head_fold=folded)
    return rows.filter(begins_on__year=year).count()


@dataclass(frozen=True)
class UnitNames:
    """Names of the units of Viet Nam that took part: as they were, and as they are."""

    then: tuple[str, ...]
    now: tuple[str, ...]


def participants(row: Delegation, lang: str = "vi") -> UnitNames:
    """The units of a session "as then" and "as now": a merged province appears now under the one it went into."""
    codes = [place.unit_code for place in row.places.all() if place.unit_code]
    heirs = as_now(codes)
    now = dict.fromkeys(heirs.get(code, code) for code in codes)
    return UnitNames(
        tuple(as_then(code).name(lang) for code in codes), tuple(as_then(code).name(lang) for code in now)
    )
