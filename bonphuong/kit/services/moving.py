"""Steps of a record's way: each moves the case, sets what the step asks for and posts what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.fields import known_specs
from bonphuong.kit.money import currency_of
from bonphuong.kit.queries import dates_of, draft_of, scheme_of
from bonphuong.kit.queries import row_of as stored_row
from bonphuong.kit.schema import clean_values
from bonphuong.kit.schema.lines import is_nothing
from bonphuong.kit.services import rows
from bonphuong.kit.services.correcting import keep_shares, refuse_broken, refuse_struck, refuse_wrong
from bonphuong.kit.services.posting import post
from bonphuong.papers.models import Paper
from bonphuong.papers.services import PaperNote, note_papers
from bonphuong.procedures.errors import WrongState
from bonphuong.procedures.models import Transition
from bonphuong.records.services import advance
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.kit.models import FamilyRow
    from bonphuong.kit.specs import Scheme
    from bonphuong.papers.signatures import Signing
    from bonphuong.records.models import Record

CANCEL, CANCELLED_ON, NOTE = "cancel", "cancelled_on", "note"


def take_step(  # noqa: PLR0913 - what a step is made of
    record: Record,
    transition: str,
    *,
    on: dt.date,
    expected_version: int,
    actor: User,
    values: Mapping[str, object] | None = None,
    paper_uids: Sequence[UUID] = (),
    paper_numbers: Mapping[str, str] | None = None,
    note: str = "",
    late_reason: str = "",
    from_decision: bool = False,
    signing: Signing | None = None,
) -> Record:
    """Take a step of the record's case on a day, with the fields that it asks for; the ledger follows.

    `values` are by the names of specs, typed or as a person writes them. The first field asked for that ends in
    `_on` has the step's day unless it is given. `paper_numbers` note papers by kind and reference where nobody
    filed them. Raises what the procedure raises (NotAllowed, WrongState, MissingPaper, Conflict), BadInput,
    LateReasonNeeded.
    """
    if on > clock.today():
        raise BadInput({"on": [_("This day is still to come.")]})
    scheme = scheme_of(record.family)
    way = _way(record, transition)
    reason = ": ".join(text for text in (way.label, note.strip()) if text)
    with acting(actor=actor, verb="kit.record.step", office=record.office_code, reason=reason, obj=record):
        row = stored_row(record)
        refuse_struck(row)
        _set(scheme, row, way, on, values or {}, note)
        draft = draft_of(row)
        refuse_wrong(scheme, draft)
        refuse_broken(row)
        papers = [*paper_uids, *_noted(record, paper_numbers or {}, on, paper_uids, actor)]
        changes = rows.header_changes(scheme, draft, record.office_code)
        # A step may hand the record on: whom it names sees it from now on.
        keep_shares(record, changes)
        advance(
            record,
            transition,
            on=on,
            expected_version=expected_version,
            actor=actor,
            paper_uids=papers,
            note=note,
            from_decision=from_decision,
            signing=signing,
            dates=dates_of(row),
            **changes,
        )
        row.record = record
        row.save(force_update=True)
        if scheme.after_write:
            scheme.after_write([row], actor)
        post([record.pk], late_reason=late_reason)
        return record


def _way(record: Record, transition: str) -> Transition:
    # Said before anything is asked for: whoever is out of turn need not first fill in what the step wants.
    ways = Transition.objects.filter(procedure__cases__record_uid=record.pk, code=transition)
    way = ways.filter(from_state__cases__record_uid=record.pk).select_related("procedure").first()
    if way is None:
        raise WrongState(_("The record does not stand where this step begins. Open it again."))
    return way


def _set(  # noqa: PLR0917 - what a step brings
    scheme: Scheme, row: FamilyRow, way: Transition, on: dt.date, values: Mapping[str, object], note: str
) -> None:
    given = _values(scheme, row, way, on, values)
    if NOTE in way.asks and not note.strip():
        raise BadInput({NOTE: [_("Say why.")]})
    if way.code == CANCEL:
        row.cancelled_on, row.cancel_reason = on, note.strip()[:300]
    for name, value in given.items():
        setattr(row, name, value)
    change = scheme.changes.get(way.code)
    if change is not None:
        change(row, on, {**given, NOTE: note})
    missing = [
        one.name
        for one in known_specs(scheme, row.kind)
        if one.name in way.asks and is_nothing(getattr(row, one.attrs[-1], None)) and one.holds != "flag"
    ]
    if missing:
        raise BadInput({name: [_("Fill this in.")] for name in missing})


def _values(
    scheme: Scheme, row: FamilyRow, way: Transition, on: dt.date, values: Mapping[str, object]
) -> dict[str, Any]:
    """The columns that the step sets."""
    given = dict(values)
    day = next((name for name in way.asks if name.endswith("_on") and name != CANCELLED_ON), "")
    if day and is_nothing(given.get(day)):
        given[day] = on
    found, errors = clean_values(
        scheme, row.kind, given, office_code=row.record.office_code, currency=currency_of(row)
    )
    if errors:
        raise BadInput({error.column: [error.message] for error in errors})
    return found


def _noted(
    record: Record, numbers: Mapping[str, str], on: dt.date, filed: Sequence[UUID], actor: User
) -> list[UUID]:
    """The papers named by their reference alone, where none of the kind was filed with the step."""
    there = set(Paper.objects.filter(pk__in=list(filed)).values_list("kind", flat=True))
    notes = [
        PaperNote(kind, record.office_code, number, on, record.title, is_demo=record.is_demo)
        for kind, number in numbers.items()
        if number and kind not in there
    ]
    return [paper.pk for paper in note_papers(notes, actor=actor)] if notes else []
