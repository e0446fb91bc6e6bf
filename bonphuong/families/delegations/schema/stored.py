"""Stored delegations as drafts: what a correction, or a row of a sheet that names its record, begins with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from bonphuong.families.delegations.models import Member
from bonphuong.families.delegations.queries import with_all
from bonphuong.families.delegations.schema.drafts import DelegationDraft, MemberDraft
from bonphuong.kernel.bulk import chunks
from bonphuong.kit.places import PlaceDraft

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from bonphuong.families.delegations.models import CoHost, Delegation, Place

PLAIN_FIELDS = (
    "kind", "session_form", "is_domestic", "purpose", "content", "field_code", "channel", "lead_office_code",
    "head_level", "head_name", "head_title", "plan_status", "funding", "cost_vnd", "partner_code", "partner_text",
    "organiser_code", "organiser_text", "venue", "interpreter", "approved_heads", "actual_heads", "crossers",
    "decided_on", "decision_number", "starts_on", "ends_on", "started_on", "ended_on", "report_received_on",
    "result",
)  # fmt: skip
_MEMBER_FIELDS = [name for name in MemberDraft.__dataclass_fields__ if name != "uid"]


def draft_from(
    row: Delegation, places: Iterable[Place], members: Iterable[Member], cohosts: Iterable[CoHost]
) -> DelegationDraft:
    """The stored delegation and its lines, in their order, as a draft."""
    return DelegationDraft(
        **{name: getattr(row, name) for name in PLAIN_FIELDS},
        title=row.record.title,
        places=tuple(PlaceDraft(p.country_code, p.party_code, p.unit_code, p.text) for p in places),
        members=tuple(_member_draft(member) for member in members),
        cohosts=tuple(host.office_code for host in cohosts),
    )


def stored_drafts(uids: Sequence[UUID]) -> dict[UUID, DelegationDraft]:
    """Uid → the delegation as it stands, with its uid and version; those that are not there are missing.

    The number of queries grows by batches only. Whoever asks has seen to it that the records may be seen.
    """
    found: dict[UUID, DelegationDraft] = {}
    rows = with_all().prefetch_related(Prefetch("members", Member.objects.order_by("order")))
    for some in chunks(uids):
        for row in rows.filter(pk__in=some):
            draft = draft_from(row, row.places.all(), row.members.all(), row.cohosts.all())
            found[row.pk] = replace(draft, uid=row.pk, version=row.record.version)
    return found


def _member_draft(member: Member) -> MemberDraft:
    return MemberDraft(**{name: getattr(member, name) for name in _MEMBER_FIELDS}, uid=member.pk)
