"""Correcting what was entered: it was never so. What changed from a day on is a step, not a correction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.families.delegations.enums import Kind
from bonphuong.families.delegations.models import CoHost, Delegation, Member, Place
from bonphuong.families.delegations.queries import with_all
from bonphuong.families.delegations.schema import DelegationDraft, draft_from
from bonphuong.families.delegations.services import rows
from bonphuong.families.delegations.services.posting import post
from bonphuong.families.delegations.validators import errors_of
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.procedures.errors import WrongState
from bonphuong.records.models import Record
from bonphuong.records.services import (
    link,
    mark_duplicate,
    pass_on,
    reopen_if_changed,
    strike_header,
    update_header,
)
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.records.models import RecordLink

_ASIDE = 10_000


def draft_of(row: Delegation) -> DelegationDraft:
    """The stored delegation as a draft, members and all, read anew: what a form of correction begins with."""
    places, members = row.places.order_by("order"), row.members.order_by("order")
    return draft_from(row, places, members, row.cohosts.order_by("office_code"))


def correct(
    record: Record,
    draft: DelegationDraft,
    *,
    expected_version: int,
    actor: User,
    reason: str,
    late_reason: str = "",
) -> Record:
    """Put the draft in the place of what was entered; the ledger takes back the old at its own date.

    A change of days or places of an inbound visit that has not begun calls for a new round of opinions. Raises
    NotAllowed, BadInput (also for days that only a step may confirm, from whoever may not register finished
    cases), WrongState, Conflict (with nothing overwritten), LateReasonNeeded.
    """
    errors = errors_of(draft, today=clock.today())
    if errors:
        raise BadInput({name: [message] for name, message in errors})
    if draft.kind != record.kind:
        raise BadInput({"kind": [_("The kind of a record stays. Take it back and enter it anew.")]})
    with acting(
        actor=actor,
        verb="delegations.delegation.correct",
        office=record.office_code,
        reason=reason,
        obj=record,
    ):
        row = with_all().get(pk=record.pk)
        refuse_struck(row)
        if row.cancelled_on and draft.started_on:
            raise BadInput({"started_on": [_("It was called off and did not take place.")]})
        before = draft_of(row)
        new = _confirmed(before, draft)
        if new and not can(actor, Permission.RECORD_REGISTER, record.office_code):
            raise BadInput(
                {name: [_("A step of the record confirms this, not a correction.")] for name in new}
            )
        changes = rows.header_changes(draft, record.office_code)
        changes["shared_with"] = [*changes["shared_with"], *_offices_of_doubles(record)]
        update_header(record, expected_version=expected_version, actor=actor, **changes)
        row.record = record
        _write(row, before, draft)
        if new:
            _catch_up(record, draft, actor)
        changed = _changed(before, draft)
        if draft.kind == Kind.INBOUND and draft.started_on is None and changed:
            reopen_if_changed(record, changed, on=clock.today(), actor=actor, note=reason)
        post([record.pk], late_reason=late_reason or reason)
        return record


def update_many(
    drafts: Sequence[DelegationDraft], *, kind: str = "", office_code: str, actor: User, reason: str
) -> list[Record]:
    """Correct stored delegations, as the drafts name them by uid and version, in one act; all or nothing.

    Raises what `correct` raises: Conflict where one was changed since its version. `reason` stands for a late
    reason too.
    """
    del kind  # each draft says its own
    verb = "delegations.delegation.correct"
    with acting(actor=actor, verb=verb, office=office_code, reason=reason):
        records = Record.objects.in_bulk([draft.uid for draft in drafts])
        return [
            correct(
                records[draft.uid],
                draft,
                expected_version=draft.version or 0,
                actor=actor,
                reason=reason,
            )
            for draft in drafts
        ]


def refuse_struck(row: Delegation) -> None:
    """Raise WrongState for a delegation that was struck out: nothing more happens to it."""
    if row.is_void:
        raise WrongState(_("This record was struck out as entered by mistake."))


def _confirmed(before: DelegationDraft, after: DelegationDraft) -> list[str]:
    """Days of steps that were not there before: they count in figures, and not everybody may take the step."""
    names = ("decided_on", "started_on", "ended_on", "report_received_on")
    return [name for name in names if getattr(before, name) is None and getattr(after, name) is not None]


def _catch_up(record: Record, draft: DelegationDraft, actor: User) -> None:
    """Let the case come as far as the days now say."""
    passage = rows.passage_of(draft, ())
    if passage is None:
        return
    try:
        pass_on(record, passage, expected_version=record.version, actor=actor)
    except WrongState:
        # It stands there already, or further: only a missing day was filled in.
        return


def _changed(before: DelegationDraft, after: DelegationDraft) -> set[str]:
    found = set()
    if rows.span_of(before)[0] != rows.span_of(after)[0]:
        found.add("begins_on")
    if rows.span_of(before)[1] != rows.span_of(after)[1]:
        found.add("ends_on")
    return found | ({"places"} if before.places != after.places else set())


def _write(row: Delegation, before: DelegationDraft, draft: DelegationDraft) -> None:
    fresh = rows.row_of(draft, row.record)
    fresh.cancelled_on, fresh.cancel_reason, fresh.is_void = row.cancelled_on, row.cancel_reason, row.is_void
    fresh.save(force_update=True)
    if before.places != draft.places:
        Place.objects.filter(delegation=row).delete()
        Place.objects.bulk_create(rows.places_of(draft, fresh))
    if before.cohosts != draft.cohosts or before.lead_office_code != draft.lead_office_code:
        CoHost.objects.filter(delegation=row).delete()
        CoHost.objects.bulk_create(rows.cohosts_of(draft, fresh))
    if before.members != draft.members:
        write_members(fresh, draft)


def write_members(row: Delegation, draft: DelegationDraft) -> None:
    """Bring the member list to the draft's: members that stay keep their identity, and their place in the trail."""
    there = {member.pk: member for member in row.members.all()}
    wanted = rows.members_of(draft, row)
    kept = {member.pk for member in wanted}
    Member.objects.filter(pk__in=[pk for pk in there if pk not in kept]).delete()
    moved = any(m.pk in there and there[m.pk].order != m.order for m in wanted)
    if moved:
        # Out of the way first: two members must never bear one number, not even between two statements.
        Member.objects.filter(delegation=row).update(order=F("order") + _ASIDE)
    for member in wanted:
        if member.pk not in there:
            member.save(force_insert=True)
        else:
            _save_if_changed(there[member.pk], member, moved=moved)


def _save_if_changed(old: Member, new: Member, *, moved: bool) -> None:
    names = [
        f.attname
        for f in Member._meta.concrete_fields
        if f.attname not in {"uid", "person_id", "delegation_id"}
    ]
    if moved or any(getattr(old, name) != getattr(new, name) for name in names):
        for name in names:
            setattr(old, name, getattr(new, name))
        old.save(update_fields=names)


def void(record: Record, *, expected_version: int, actor: User, reason: str) -> Record:
    """Say that it was entered by mistake: it stands for nothing, not even a decision, and stays to be seen."""
    if not reason.strip():
        raise BadInput({"reason": [_("Say why it was entered by mistake.")]})
    with acting(
        actor=actor, verb="delegations.delegation.void", office=record.office_code, reason=reason, obj=record
    ):
        refuse_struck(Delegation.objects.get(pk=record.pk))
        strike_header(record, expected_version=expected_version, actor=actor)
        Delegation.objects.filter(pk=record.pk).update(is_void=True)
        post([record.pk], late_reason=reason)
        return record


def merge(keep: Record, double: Record, *, expected_version: int, actor: User, reason: str) -> Record:
    """The same delegation entered twice: `keep` stays, `double` counts for nothing, its lead becomes a co-host.

    `expected_version` is the double's. Raises NotAllowed, BadInput, Conflict, WrongState for one that was struck
    out, LateReasonNeeded.
    """
    with acting(
        actor=actor, verb="delegations.delegation.merge", office=keep.office_code, reason=reason, obj=keep
    ):
        # In one order: two people who merge the same pair the other way round must not wait for each other.
        list(Record.objects.select_for_update().filter(pk__in=[keep.pk, double.pk]).order_by("pk"))
        mark_duplicate(double, keep, expected_version=expected_version, actor=actor, reason=reason)
        row, other = with_all().get(pk=keep.pk), with_all().get(pk=double.pk)
        refuse_struck(row)
        draft = draft_of(row)
        # Whoever only typed it in hosted nobody: the office of the entry goes on seeing, the lead is a host.
        hosts = {other.lead_office_code, *draft_of(other).cohosts, *draft.cohosts}
        if draft.kind == Kind.INBOUND:
            _add_hosts(row, hosts - {row.lead_office_code})
        shared = {*hosts, row.lead_office_code, *_offices_of_doubles(keep)} - {keep.office_code}
        update_header(keep, expected_version=keep.version, actor=actor, shared_with=sorted(shared))
        post([keep.pk, double.pk], late_reason=reason)
        return keep


def _offices_of_doubles(keep: Record) -> set[str]:
    return set(Record.objects.filter(duplicate_of=keep).values_list("office_code", flat=True))


def _add_hosts(row: Delegation, hosts: set[str]) -> None:
    there = set(row.cohosts.values_list("office_code", flat=True))
    CoHost.objects.bulk_create([CoHost(delegation=row, office_code=code) for code in sorted(hosts - there)])


def link_same_visit(one: Record, other: Record, *, actor: User, note: str = "") -> RecordLink:
    """Say that two provinces received the same guests on one journey: the nation counts them once (C22)."""
    return link(one, other, "same_visit", actor=actor, note=note)
