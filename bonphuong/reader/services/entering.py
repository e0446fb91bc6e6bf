"""Claims that become stated figures, and claims that are left aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.queries import book_of
from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.kernel.money import to_scaled
from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.models import Statement
from bonphuong.ledger.services import state_figure, take_back
from bonphuong.reader.claims import Flag, Kind
from bonphuong.reader.enums import ClaimStatus
from bonphuong.reader.models import StoredClaim
from bonphuong.reader.reconcile import dimensions_of
from bonphuong.reader.rules import check_may_read
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from bonphuong.accounts.models import User
    from bonphuong.ledger.measures import Measure
    from bonphuong.reader.claims import Claim


@dataclass(frozen=True)
class Acceptance:
    """What a person gives when a claim enters the ledger: always the period, and what is still open.

    `value` chooses the reading of an ambiguous figure; `office` whose figure it is (the root of the book when
    empty); `dimensions` the partner, country or field that it is narrowed to (the claim's own when None).
    """

    since: dt.date | None = None
    until: dt.date | None = None
    value: Decimal | None = None
    office: str = ""
    dimensions: Mapping[str, str] | None = None
    reason: str = ""


def accept_claim(stored: StoredClaim, acceptance: Acceptance, *, actor: User) -> Statement:
    """Enter a claim as a stated figure for the period that a person gives.

    Raises NotAllowed, BadInput by field (since, until, value, dimensions), Conflict where it was decided already.
    """
    document = stored.document
    office = acceptance.office or document.book
    errors = _refusals(stored, acceptance, office)
    if errors:
        raise BadInput(errors)
    claim = stored.claim
    measure = MEASURES[stored.subject]
    since, until = _period(measure, acceptance)
    with acting(actor=actor, verb="reader.claim.accept", office=office, reason=acceptance.reason, obj=stored):
        locked = waiting_claim(stored)
        statement = state_figure(
            actor=actor,
            office=office,
            measure=measure.code,
            since=since,
            until=until,
            value=to_scaled(_value(claim, acceptance), measure.exponent),
            kind=claim.statement,
            bound=claim.bound_sense,
            dimensions=_dimensions(claim, acceptance),
            paper_uid=document.paper_id,
            claim_uid=stored.pk,
            text=claim.text,
        )
        locked.status = ClaimStatus.ACCEPTED
        locked.statement_uid = statement.uid
        locked.since, locked.until = since, until
        locked.save()
    stored.refresh_from_db()
    return statement


def withdraw_claim(stored: StoredClaim, *, actor: User, reason: str) -> None:
    """Take an entered claim back: the stated figure is withdrawn and the claim waits again.

    Raises NotAllowed, BadInput without a reason, Conflict where it was not entered.
    """
    if not reason.strip():
        raise BadInput({"reason": [_("Say why the figure is taken back.")]})
    with acting(
        actor=actor,
        verb="reader.claim.withdraw",
        office=stored.document.office_code,
        reason=reason,
        obj=stored,
    ):
        locked = locked_claim(stored)
        if locked.status != ClaimStatus.ACCEPTED or locked.statement_uid is None:
            raise Conflict(_("This claim was not entered as a figure."))
        statement = Statement.objects.get(uid=locked.statement_uid)
        take_back(actor=actor, statement=statement, reason=reason)
        locked.status = ClaimStatus.PROPOSED
        locked.statement_uid = None
        claim = locked.claim
        locked.since, locked.until = claim.period.since, claim.period.until
        locked.save()
    stored.refresh_from_db()


def set_aside(stored: Sequence[StoredClaim], *, actor: User, reason: str = "") -> int:
    """Leave claims aside; how many were waiting. Raises NotAllowed."""
    return _move(stored, ClaimStatus.PROPOSED, ClaimStatus.SET_ASIDE, "reader.claim.set_aside", actor, reason)


def take_up(stored: Sequence[StoredClaim], *, actor: User, reason: str = "") -> int:
    """Let claims wait again that were left aside; how many were. Raises NotAllowed."""
    return _move(stored, ClaimStatus.SET_ASIDE, ClaimStatus.PROPOSED, "reader.claim.reopen", actor, reason)


def _move(  # noqa: PLR0917 - the two ends, who and why
    stored: Sequence[StoredClaim], before: str, after: str, verb: str, actor: User, reason: str
) -> int:
    for office in {row.document.office_code for row in stored}:
        check_may_read(actor, office)
    with acting(actor=actor, verb=verb, reason=reason):
        rows = StoredClaim.objects.filter(pk__in=[row.pk for row in stored], status=before)
        return rows.update(status=after)


def _refusals(stored: StoredClaim, acceptance: Acceptance, office: str) -> dict[str, list[str]]:
    claim, errors = stored.claim, _Errors()
    if claim.kind is not Kind.FIGURE or not stored.subject or claim.value is None:
        errors.add("", _("Only a figure of a known measure can be entered. Make a record from this instead."))
        return errors.found
    if book_of(office) != stored.document.book:
        errors.add("office", _("The office does not belong to the book of this paper."))
    _check_period(MEASURES[stored.subject], acceptance, stored, errors)
    _check_value(claim, acceptance, MEASURES[stored.subject], errors)
    if claim.is_part and not _dimensions(claim, acceptance):
        errors.add(
            "dimensions", _("This figure lies inside another one: say of which partner, country or field.")
        )
    return errors.found


@dataclass
class _Errors:
    found: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, message: str) -> None:
        self.found.setdefault(name, []).append(message)


def _check_period(measure: Measure, acceptance: Acceptance, stored: StoredClaim, errors: _Errors) -> None:
    if measure.shape is Shape.TIMELESS:
        return
    since, until = _period(measure, acceptance)
    if until is None:
        errors.add("until", _("Give the last day of the period."))
    if since is None:
        errors.add("since", _("Give the first day of the period: the paper must say it, never guess."))
    if since is not None and until is not None:
        if since > until:
            errors.add("until", _("The last day lies before the first."))
        published = stored.document.published_on
        if stored.claim.statement == "stated" and published is not None and until > published:
            errors.add("until", _("A paper cannot state what came after its own day."))


def _check_value(claim: Claim, acceptance: Acceptance, measure: Measure, errors: _Errors) -> None:
    readings = {claim.value, *claim.alternatives}
    if acceptance.value is None and Flag.AMBIGUOUS in claim.flags:
        errors.add("value", _("This figure can be read in two ways. Choose the reading."))
    elif acceptance.value is not None and acceptance.value not in readings:
        errors.add("value", _("The paper does not say this value."))
    else:
        try:
            to_scaled(_value(claim, acceptance), measure.exponent)
        except ValueError as error:
            errors.add("value", str(error))
    if measure.unit_vi == "USD" and claim.unit != "USD":
        errors.add("value", _("This figure is kept in US dollars. Enter it by hand with its rate."))


def _value(claim: Claim, acceptance: Acceptance) -> Decimal:
    value = acceptance.value if acceptance.value is not None else claim.value
    if value is None:
        raise BadInput({"value": [_("There is no value.")]})
    return value


def _period(measure: Measure, acceptance: Acceptance) -> tuple[dt.date | None, dt.date | None]:
    """A level holds on a day: one of the two is enough."""
    if measure.shape is Shape.TIMELESS:
        return None, None
    if measure.shape is Shape.LEVEL:
        day = acceptance.until or acceptance.since
        return day, day
    return acceptance.since, acceptance.until


def _dimensions(claim: Claim, acceptance: Acceptance) -> dict[str, str]:
    chosen = acceptance.dimensions
    return dimensions_of(claim) if chosen is None else {name: code for name, code in chosen.items() if code}


def locked_claim(stored: StoredClaim) -> StoredClaim:
    """The claim as it is now, held until the transaction ends."""
    return StoredClaim.objects.select_for_update().get(pk=stored.pk)


def waiting_claim(stored: StoredClaim) -> StoredClaim:
    """The same, refused with Conflict when somebody has decided about it."""
    locked = locked_claim(stored)
    if locked.status != ClaimStatus.PROPOSED:
        raise Conflict(_("Somebody has already decided about this claim."))
    return locked
