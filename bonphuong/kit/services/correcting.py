"""Correcting what was entered: it was never so. What changed from a day on is a step or an act, not a correction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.queries import dates_of, draft_of, scheme_of
from bonphuong.kit.queries import row_of as stored_row
from bonphuong.kit.services import rows
from bonphuong.kit.services.posting import post
from bonphuong.kit.validators import row_findings, table_findings
from bonphuong.procedures.errors import WrongState
from bonphuong.records.models import Record, RecordShare
from bonphuong.records.services import pass_on, strike_header, update_header
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import Manager

    from bonphuong.accounts.models import User
    from bonphuong.kit.drafts import Draft, LineDraft
    from bonphuong.kit.models import FamilyLine, FamilyRow
    from bonphuong.kit.specs import LineSpec, Scheme
    from bonphuong.records.schema import HeaderChanges

_ASIDE = 100_000


def correct(
    record: Record,
    draft: Draft,
    *,
    expected_version: int,
    actor: User,
    reason: str,
    late_reason: str = "",
    verb: str = "kit.record.correct",
) -> Record:
    """Put the draft in the place of what was entered; the ledger takes back the old at its own dates.

    Raises NotAllowed, BadInput (also for days that only a step may confirm, from whoever may not register finished
    cases), WrongState, Conflict (with nothing overwritten), LateReasonNeeded.
    """
    scheme = scheme_of(record.family)
    if draft.kind != record.kind:
        raise BadInput({"kind": [_("The kind of a record stays. Take it back and enter it anew.")]})
    with acting(actor=actor, verb=verb, office=record.office_code, reason=reason, obj=record):
        row = stored_row(record)
        refuse_struck(row)
        refuse_unfit(scheme, draft)
        before = draft_of(row)
        new = _confirmed(scheme, before, draft)
        if new and not can(actor, Permission.RECORD_REGISTER, record.office_code):
            message = _("A step of the record confirms this, not a correction.")
            raise BadInput({name: [message] for name in new})
        _write(scheme, record, row, draft, expected_version=expected_version, actor=actor)
        write_lines(scheme, row, before, draft)
        if new:
            _catch_up(scheme, record, draft, actor)
        _finish(scheme, record, actor, late_reason or reason)
        return record


def change(
    record: Record,
    values: Mapping[str, Any],
    *,
    expected_version: int,
    actor: User,
    reason: str,
    verb: str = "kit.record.change",
    title: str = "",
    late_reason: str = "",
) -> Record:
    """Set some columns of a record's row: for acts of families, which have checked the values. See `correct`."""
    scheme = scheme_of(record.family)
    with acting(actor=actor, verb=verb, office=record.office_code, reason=reason, obj=record):
        row = stored_row(record)
        refuse_struck(row)
        for name, value in values.items():
            setattr(row, name, value)
        fresh = draft_of(row)
        draft = replace(fresh, title=title or record.title)
        _write(scheme, record, row, draft, expected_version=expected_version, actor=actor)
        _finish(scheme, record, actor, late_reason or reason)
        return record


def save_lines(
    record: Record,
    name: str,
    lines: Sequence[LineDraft],
    *,
    expected_version: int,
    actor: User,
    reason: str = "",
    late_reason: str = "",
) -> Record:
    """Bring the lines of that name to these, in this order; those with a uid keep their place in the trail.

    Raises NotAllowed, Conflict, WrongState, BadInput, LateReasonNeeded.
    """
    scheme = scheme_of(record.family)
    with acting(actor=actor, verb="kit.record.lines", office=record.office_code, reason=reason, obj=record):
        row = stored_row(record)
        refuse_struck(row)
        before = draft_of(row)
        draft = replace(before, lines={**before.lines, name: tuple(lines)})
        refuse_wrong(scheme, draft)
        _write(scheme, record, row, draft, expected_version=expected_version, actor=actor)
        write_lines(scheme, row, before, draft, only=scheme.line(name).name)
        _finish(scheme, record, actor, late_reason or reason)
        return record


def update_many(drafts: Sequence[Draft], *, family: str, actor: User, reason: str) -> list[Record]:
    """Write drafts that the gate laid over stored records, all or nothing. Raises as `correct` does."""
    records = Record.objects.filter(family=family).in_bulk([draft.uid for draft in drafts if draft.uid])
    with acting(actor=actor, verb="kit.record.update", reason=reason):
        done = []
        for draft in drafts:
            record = records.get(draft.uid) if draft.uid else None
            if record is None:
                raise BadInput({"": [_("The record that this row names is not there.")]})
            done.append(
                correct(
                    record, draft, expected_version=draft.version or 0, actor=actor, reason=reason
                )
            )  # fmt: skip
        return done


def void(record: Record, *, expected_version: int, actor: User, reason: str) -> Record:
    """Say that it was entered by mistake: it stands for nothing and stays to be seen."""
    if not reason.strip():
        raise BadInput({"reason": [_("Say why it was entered by mistake.")]})
    scheme = scheme_of(record.family)
    with acting(actor=actor, verb="kit.record.void", office=record.office_code, reason=reason, obj=record):
        refuse_struck(stored_row(record))
        strike_header(record, expected_version=expected_version, actor=actor)
        scheme.model._default_manager.filter(pk=record.pk).update(is_void=True)
        # What a family keeps beside its facts, such as stated figures, goes with the record.
        _finish(scheme, record, actor, reason)
        return record


def refuse_struck(row: FamilyRow) -> None:
    """Raise WrongState for a record that was struck out: nothing more happens to it."""
    if row.is_void:
        raise WrongState(_("This record was struck out as entered by mistake."))


def refuse_wrong(scheme: Scheme, draft: Draft) -> None:
    """Raise BadInput for what fields and lines mean together; the gate has judged single cells."""
    found = list(scheme.check(draft, clock.today()) if scheme.check else ())
    _refuse(found or table_findings(scheme, draft))


def refuse_unfit(scheme: Scheme, draft: Draft) -> None:
    """Raise BadInput for what the tables would refuse: the gate has judged it, a program's own draft nobody yet."""
    _refuse(table_findings(scheme, draft))


def refuse_broken(row: FamilyRow) -> None:
    """Raise BadInput for what the row's own table would refuse, such as a day called off that also came about."""
    _refuse(row_findings(row))


def _refuse(found: Sequence[tuple[str, str]]) -> None:
    errors: dict[str, list[str]] = {}
    for name, message in found:
        errors.setdefault(name, []).append(message)
    if errors:
        raise BadInput(errors)


def _confirmed(scheme: Scheme, before: Draft, after: Draft) -> list[str]:
    """Days of steps that were not there before: they count in figures, and not everybody may take the step."""
    names = dict.fromkeys(name for _state, name in scheme.road.get(after.kind, ()))
    return [name for name in names if before.get(name) is None and after.get(name) is not None]


def _catch_up(scheme: Scheme, record: Record, draft: Draft, actor: User) -> None:
    """Let the case come as far as the days now say."""
    passage = rows.passage_of(scheme, draft, ())
    if passage is None:
        return
    try:
        pass_on(record, passage, expected_version=record.version, actor=actor)
    except WrongState:
        # It stands there already, or further: only a missing day was filled in.
        return


def _write(
    scheme: Scheme, record: Record, row: FamilyRow, draft: Draft, *, expected_version: int, actor: User
) -> None:
    changes = rows.header_changes(scheme, draft, record.office_code)
    keep_shares(record, changes)
    rows.lay_over(row, draft)
    refuse_broken(row)
    update_header(record, expected_version=expected_version, actor=actor, dates=dates_of(row), **changes)
    row.record = record
    row.save(force_update=True)


def keep_shares(record: Record, changes: HeaderChanges) -> None:
    """Whoever saw a record that was merged into this one goes on seeing it; nothing is written where nothing changes."""
    doubles = Record.objects.filter(duplicate_of=record)
    seen = [*changes["shared_with"], *doubles.values_list("office_code", flat=True)]
    seen += RecordShare.objects.filter(record__in=doubles).values_list("office_code", flat=True)
    wanted = [code for code in dict.fromkeys(seen) if code != record.office_code]
    if set(wanted) == set(record.shares.values_list("office_code", flat=True)):
        del changes["shared_with"]
    else:
        changes["shared_with"] = wanted


def _finish(scheme: Scheme, record: Record, actor: User, late_reason: str) -> None:
    bring_along(scheme, [record], actor)
    post([record.pk], late_reason=late_reason)


def bring_along(scheme: Scheme, records: Sequence[Record], actor: User) -> None:
    """Let the family bring along what it keeps beside the facts of these records."""
    if scheme.after_write:
        scheme.after_write([stored_row(record) for record in records], actor)


def write_lines(scheme: Scheme, row: FamilyRow, before: Draft, draft: Draft, *, only: str = "") -> None:
    """Bring all lines of a row to the draft's; untouched tables are not written."""
    wanted = rows.lines_of(scheme, draft, row)
    for spec in scheme.lines:
        if only in {"", spec.name} and draft.lines.get(spec.name, ()) != before.lines.get(spec.name, ()):
            _bring(spec, row, wanted[spec.name])


def _bring(spec: LineSpec, row: FamilyRow, wanted: Sequence[FamilyLine]) -> None:
    there = {line.pk: line for line in getattr(row, spec.name).all()}
    kept = {line.pk for line in wanted}
    table: Manager[Any] = spec.model._default_manager
    table.filter(pk__in=[pk for pk in there if pk not in kept]).delete()
    if any(line.pk in there and there[line.pk].order != line.order for line in wanted):
        # Out of the way first: where a family numbers its lines once, two must never bear one number.
        table.filter(row=row).update(order=F("order") + _ASIDE)
        there = {line.pk: line for line in table.filter(row=row)}
    for line in wanted:
        if line.pk not in there:
            line.save(force_insert=True)
        else:
            _save_if_changed(there[line.pk], line)


def _save_if_changed(old: FamilyLine, new: FamilyLine) -> None:
    names = [f.attname for f in type(new)._meta.concrete_fields if f.attname not in {"uid", "row_id"}]
    changed = [name for name in names if getattr(old, name) != getattr(new, name)]
    if changed:
        for name in changed:
            setattr(old, name, getattr(new, name))
        old.save(update_fields=changed)
