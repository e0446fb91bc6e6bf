"""Requests that become commitments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import BadInput
from bonphuong.parties.models import Party
from bonphuong.reader.claims import Kind
from bonphuong.reader.enums import ClaimStatus
from bonphuong.reader.services.entering import waiting_claim
from bonphuong.records.enums import CommitmentKind, CommitmentSide, CommitmentStatus
from bonphuong.records.services import CommitmentDraft, add_commitment
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt

    from bonphuong.accounts.models import User
    from bonphuong.reader.claims import Claim
    from bonphuong.reader.models import StoredClaim
    from bonphuong.records.models import Commitment

# How papers call the partner without naming it.
_THE_OTHER_SIDE = re.compile(r"(?:phía|nước|tỉnh|các bạn|đoàn) bạn\b|^bạn\b")


def follow_request(
    stored: StoredClaim,
    *,
    lead_office_code: str,
    actor: User,
    due_on: dt.date | None = None,
    status: str = CommitmentStatus.PROPOSED,
) -> Commitment:
    """Note a request that a paper tells of as a commitment of the office that will follow it up.

    Raises NotAllowed, BadInput where the claim is no request, Conflict where it was decided already.
    """
    claim = stored.claim
    if claim.kind is not Kind.REQUEST:
        raise BadInput({"": [_("This claim asks for nothing.")]})
    with acting(actor=actor, verb="reader.claim.follow", office=lead_office_code, obj=stored):
        locked = waiting_claim(stored)
        draft = CommitmentDraft(
            text=claim.text,
            lead_office_code=lead_office_code,
            side=_side(claim),
            kind=CommitmentKind.REQUEST,
            status=status,
            field_code=claim.attributes["field"],
            party_code=_asking_party(claim),
            made_on=stored.document.published_on,
            due_on=due_on,
            source_paper_id=stored.document.paper_id,
            is_demo=stored.document.is_demo,
        )
        locked.commitment = add_commitment(draft, actor=actor)
        locked.status = ClaimStatus.FOLLOWED
        locked.save()
    stored.refresh_from_db()
    return locked.commitment


def _side(claim: Claim) -> str:
    """Ours when something of ours was asked: a place or an office of Viet Nam."""
    if _THE_OTHER_SIDE.search(claim.attributes["addressee"].lower()):
        return CommitmentSide.THEIRS
    asked = set(claim.attributes["requested_of"])
    foreign = {
        name.code or name.name for name in (*claim.places, *claim.organisations) if name.country != "VN"
    }
    return CommitmentSide.THEIRS if asked and asked <= foreign else CommitmentSide.OURS


def _asking_party(claim: Claim) -> str:
    codes = claim.attributes["requested_by"]["organisations"]
    known = set(Party.objects.filter(pk__in=codes).values_list("pk", flat=True))
    return next((code for code in codes if code in known), "")
