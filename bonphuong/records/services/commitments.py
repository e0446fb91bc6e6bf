"""Promises, obligations and requests: noted, followed, settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from bonphuong.accounts.queries import book_of
from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.records.enums import CommitmentKind, CommitmentSide, CommitmentStatus
from bonphuong.records.models import Commitment
from bonphuong.records.rules import check_can_add, check_can_change
from bonphuong.records.schema import fold_of
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.records.models import Record


@dataclass(frozen=True)
class CommitmentDraft:
    """What was promised, owed or asked for; `lead_office_code` is the office that follows it up."""

    text: str
    lead_office_code: str
    side: str = CommitmentSide.OURS
    kind: str = CommitmentKind.PROMISE
    status: str = CommitmentStatus.OPEN
    field_code: str = ""
    party_code: str = ""
    made_on: dt.date | None = None
    due_on: dt.date | None = None
    source_paper_id: UUID | None = None
    is_demo: bool = False


class CommitmentChanges(TypedDict, total=False):
    """What a change of a commitment may touch."""

    text: str
    due_on: dt.date | None
    lead_office_code: str
    field_code: str
    status: str
    settled_on: dt.date | None
    evidence: str


def add_commitment(draft: CommitmentDraft, *, actor: User, record: Record | None = None) -> Commitment:
    """Note a commitment, made at a record or alone. Raises NotAllowed, BadInput."""
    check_can_add(actor, draft.lead_office_code)
    with acting(actor=actor, verb="records.commitment.add", office=draft.lead_office_code, obj=record):
        made = Commitment(record=record, book=book_of(draft.lead_office_code), **vars(draft))
        return _save(made)


def change_commitment(
    commitment: Commitment, *, expected_version: int, actor: User, **changes: Unpack[CommitmentChanges]
) -> Commitment:
    """Change or settle a commitment as somebody saw it at `expected_version`; it is brought up to date.

    What is done needs the day and the proof. Raises NotAllowed, BadInput, Conflict.
    """
    check_can_change(actor, commitment.lead_office_code)
    office = changes.get("lead_office_code", commitment.lead_office_code)
    check_can_change(actor, office)
    with acting(actor=actor, verb="records.commitment.change", office=office, obj=commitment):
        rows = Commitment.objects.filter(pk=commitment.pk, version=expected_version)
        if not rows.update(version=F("version") + 1):
            raise Conflict(
                _("Somebody else has changed this record since you opened it. Nothing was overwritten.")
            )
        for name, value in changes.items():
            setattr(commitment, name, value)
        commitment.version = expected_version + 1
        return _save(commitment)


def _save(commitment: Commitment) -> Commitment:
    errors: dict[str, list[str]] = {}
    if commitment.status == CommitmentStatus.DONE:
        if commitment.settled_on is None:
            errors["settled_on"] = [_("Say on which day it was done.")]
        if not commitment.evidence.strip():
            errors["evidence"] = [_("Say what shows that it was done.")]
    if errors:
        raise BadInput(errors)
    commitment.fold = fold_of(commitment.text)
    try:
        commitment.full_clean()
    except ValidationError as error:
        raise BadInput(error.message_dict) from error
    commitment.save()
    return commitment
