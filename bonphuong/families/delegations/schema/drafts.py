"""What a delegation is before it is a row: whole, checked, with every name resolved to its code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from bonphuong.kit.places import PlaceDraft


@dataclass(frozen=True)
class MemberDraft:
    """A member as the list gives them; `birth_date` is text in ISO form, sealed when stored."""

    full_name: str
    name_native: str = ""
    gender: str = ""
    post_then: str = ""
    unit_then: str = ""
    role: str = "member"
    nationality: str = ""
    passport_no: str = ""
    birth_date: str = ""
    withdrew: bool = False
    note: str = ""
    uid: UUID | None = None


@dataclass(frozen=True)
class DelegationDraft:
    """Everything that a form or a row of a sheet says of a delegation. Days of `started_on` and on are facts.

    `decision_number` and `decided_on` are those of the paper that allowed it; `report_received_on` the day the
    trip report came. Amounts are in đồng. `uid` and `version` are those of the stored record that it replaces.
    """

    kind: str
    title: str
    lead_office_code: str
    is_domestic: bool = False
    session_form: str = ""
    purpose: str = ""
    content: str = ""
    field_code: str = ""
    channel: str = "state"
    head_level: str = ""
    head_name: str = ""
    head_title: str = ""
    plan_status: str = ""
    funding: str = ""
    cost_vnd: int | None = None
    partner_code: str = ""
    partner_text: str = ""
    organiser_code: str = ""
    organiser_text: str = ""
    venue: str = ""
    interpreter: str = ""
    approved_heads: int | None = None
    actual_heads: int | None = None
    crossers: int = 0
    decided_on: dt.date | None = None
    decision_number: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    report_received_on: dt.date | None = None
    result: str = ""
    places: tuple[PlaceDraft, ...] = ()
    members: tuple[MemberDraft, ...] = ()
    cohosts: tuple[str, ...] = ()
    uid: UUID | None = None
    version: int | None = None

    @property
    def main_country(self) -> str:
        """Country of the main place; empty where none is known."""
        return self.places[0].country_code if self.places else ""

    @property
    def heads(self) -> int | None:
        """The actual head count where it is known, else the approved one."""
        return self.actual_heads if self.actual_heads is not None else self.approved_heads
