"""What steps mean for an agreement beside its new state. Nothing is saved here.

A step that comes again (a second heir, a second renewal) must not forget the first: the row holds the last one, and
the one before goes into `past`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.families.agreements.models import Agreement
from bonphuong.kernel.errors import BadInput

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


def consult_again(row: Agreement, on: dt.date, values: Mapping[str, Any], /) -> None:
    """A new round: what was answered before answered something else."""
    del values
    row.consulting_on, row.consulted_on, row.has_objection = on, None, False
    row.pm_asked_on, row.pm_opinion_on = None, None


def inherit(row: Agreement, on: dt.date, values: Mapping[str, Any], /) -> None:
    """Another holder from this day on. The review begins anew."""
    del values
    before = _stored(row)
    if row.signed_on and on < row.signed_on:
        raise BadInput({"inherited_on": [_("It is earlier than the day before it.")]})
    if before.inherited_on is not None:
        if on <= before.inherited_on:
            raise BadInput({"inherited_on": [_("It was inherited later than that already.")]})
        row.past = [*row.past, _held(before)]
    if not row.heir_unit_code and row.original_unit_code:
        # What a district signed comes to its province.
        row.heir_unit_code = row.original_unit_code.partition(".")[0]
    row.names_updated_on, row.reviewed_on, row.kept_on, row.review = None, None, None, ""


def renew(row: Agreement, on: dt.date, values: Mapping[str, Any], /) -> None:
    """In force for another term; a time of being applied after expiry is over."""
    del values
    before = _stored(row)
    if row.expires_on is None or row.expires_on <= on:
        raise BadInput({"expires_on": [_("The new term ends after the day of the renewal.")]})
    if before.renewed_on is not None:
        row.past = [*row.past, _turn("renewed", before.renewed_on, before.renewed_on)]
        _close_lapse(row, before)
    row.has_no_end = False


def apply_after_expiry(row: Agreement, on: dt.date, values: Mapping[str, Any], /) -> None:
    """Its day has passed and both sides go on."""
    del values
    if row.expires_on is not None and on < row.expires_on:
        raise BadInput({"lapsed_on": [_("It has not run out by that day.")]})
    before = _stored(row)
    lapsed, row.lapsed_on = row.lapsed_on, before.lapsed_on
    _close_lapse(row, before)
    row.lapsed_on = lapsed


def suspend(row: Agreement, on: dt.date, values: Mapping[str, Any], /) -> None:
    """Not carried out from this day on."""
    del on, values
    before = _stored(row)
    if before.suspended_on is not None and before.resumed_on is not None:
        row.past = [*row.past, _turn("suspended", before.suspended_on, before.resumed_on)]
    row.resumed_on = None


def end(row: Agreement, on: dt.date, values: Mapping[str, Any], /) -> None:
    """It leaves force for good."""
    del on
    row.end_reason = str(values.get("note") or "").strip()[:300] or row.end_reason


CHANGES = {
    "consult_again": consult_again,
    "inherit": inherit,
    "renew": renew,
    "apply_after_expiry": apply_after_expiry,
    "suspend": suspend,
    "terminate": end,
    "replace": end,
    "expire": end,
}


def _stored(row: Agreement) -> Agreement:
    # The step has set its own fields already: what stood there before is in the table.
    return Agreement.objects.get(pk=row.pk)


def _held(row: Agreement) -> dict[str, str]:
    return {
        "what": "held",
        "since": row.inherited_on.isoformat() if row.inherited_on else "",
        "office": row.heir_office_code or row.lead_office_code,
        "unit": row.heir_unit_code,
        "level": row.heir_level,
        "name": row.inherited_from,
        "basis": row.inherited_basis,
    }


def _turn(what: str, begin: dt.date, until: dt.date) -> dict[str, str]:
    return {"what": what, "from": begin.isoformat(), "to": until.isoformat()}


def _close_lapse(row: Agreement, before: Agreement) -> None:
    """A lapse that a renewal ended goes into the past, so that the next one leaves it as it was."""
    if before.lapsed_on and before.renewed_on and before.renewed_on >= before.lapsed_on:
        row.past = [*row.past, _turn("lapsed", before.lapsed_on, before.renewed_on)]
        row.lapsed_on = None
