"""Acts of associations: members and branches go over in a merger; who was elected takes office."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.families.associations.enums import Kind
from bonphuong.families.associations.facts import members_at_end
from bonphuong.families.associations.models import Branch, MemberCount
from bonphuong.families.associations.queries import body_of
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import draft_of, row_of
from bonphuong.kit.services import correct
from bonphuong.records.models import Record
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.families.associations.models import Association
    from bonphuong.kit.drafts import Draft

_DAY = dt.timedelta(days=1)


def settle_mergers(rows: Sequence[Association], actor: User) -> None:
    """Let every body hold those who came over to it, and nobody who did not, after these rows were written.

    Runs inside the act that wrote them. Raises BadInput for a body that is not there, NotAllowed.
    """
    bodies = {row.record.number: row for row in rows if row.kind != Kind.CONGRESS}
    held = _held(bodies, rows[0].record.book if rows else "")
    for number, row in bodies.items():
        target = _target(row)
        stale = [uid for uid in held.get(number, ()) if target is None or uid != target.pk]
        for uid in stale:
            _drop(uid, number, actor)
        if target is not None:
            _bring_over(row, target, actor)


def _held(bodies: Mapping[str, Association], book: str) -> dict[str, set[UUID]]:
    """Number of a body → the bodies that hold members or branches of it."""
    found: defaultdict[str, set[UUID]] = defaultdict(set)
    for model in (MemberCount, Branch):
        rows = model.objects.filter(moved_from__in=list(bodies), row__record__book=book)
        for number, uid in rows.values_list("moved_from", "row_id"):
            found[number].add(uid)
    return found


def _target(row: Association) -> Association | None:
    if row.merged_on is None or not row.counts:
        return None
    target = body_of(row.record.book, row.merged_into)
    if target is None or target.pk == row.pk:
        message = _("No other union or association has the record number %(number)s.")
        raise BadInput({"merged_into": [message % {"number": row.merged_into}]})
    if target.ended_on is not None and target.ended_on < row.merged_on:
        raise BadInput({"merged_into": [_("That body had ended by then.")]})
    return target


def _bring_over(row: Association, target: Association, actor: User) -> None:
    number, day = row.record.number, row.merged_on
    organisations, individuals = members_at_end(row.counts_of_members.all())
    counts, branches = [], []
    if organisations or individuals:
        said = {"counted_on": day, "organisations": organisations, "individuals": individuals}
        counts = [LineDraft({**said, "source": row.record.title[:200], "moved_from": number})]
    for branch in row.branches.all():
        if branch.founded_on and branch.closed_on is None:
            values = {"name": branch.name, "place": branch.place, "members": branch.members}
            branches.append(LineDraft({**values, "founded_on": day, "moved_from": number}))
    _rewrite(target.pk, number, counts, branches, actor)


def _drop(uid: UUID, number: str, actor: User) -> None:
    _rewrite(uid, number, [], [], actor)


def _rewrite(
    uid: UUID, number: str, counts: Sequence[LineDraft], branches: Sequence[LineDraft], actor: User
) -> None:
    """Put these in the place of all that a body holds from another one; nothing is written where it is so already."""
    target: Association = row_of(Record.objects.get(pk=uid))
    before = draft_of(target)
    lines = {
        **before.lines,
        "counts_of_members": _with(before, "counts_of_members", number, counts),
        "branches": _with(before, "branches", number, branches),
    }
    if lines != before.lines:
        correct(
            target.record,
            replace(before, lines=lines),
            expected_version=target.record.version,
            actor=actor,
            reason=_("Members and branches go over in a merger"),
            verb="associations.body.bring_over",
        )


def _with(before: Draft, name: str, number: str, wanted: Sequence[LineDraft]) -> tuple[LineDraft, ...]:
    others = [line for line in before.lines[name] if line.get("moved_from") != number]
    there = [line for line in before.lines[name] if line.get("moved_from") == number]
    if [_said(line) for line in there] == [_said(line) for line in wanted]:
        return before.lines[name]
    return (*others, *wanted)


def _said(line: LineDraft) -> dict[str, Any]:
    return {name: value for name, value in line.values.items() if value}


def take_office(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """Let those whom a congress elected lead its body for the term; who led it until then ends the day before.

    Raises BadInput where the congress was not held, names no body, or elected nobody; NotAllowed.
    """
    del values
    congress: Association = row_of(record)
    body = body_of(record.book, congress.body_number)
    if body is None or congress.held_on is None:
        raise BadInput({"": [_("The congress must have been held, and its body be in the register.")]})
    elected = [
        LineDraft(
            {
                "full_name": one.full_name,
                "post": one.post,
                "job": one.job,
                "since": congress.held_on,
                "until": congress.term_to,
            }
        )
        for one in congress.officers.all()
    ]
    if not elected:
        raise BadInput({"": [_("Enter first who was elected.")]})
    verb = "associations.congress.take_office"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record):
        _install(body, congress, elected, actor, verb)
    return body.record


def _install(
    body: Association, congress: Association, elected: Sequence[LineDraft], actor: User, verb: str
) -> None:
    before = draft_of(row_of(body.record))
    last = congress.held_on - _DAY if congress.held_on else None
    led = [_until(line, last) for line in before.lines["leaders"] if line.get("since") != congress.held_on]
    said = {"term": congress.term, "term_from": congress.term_from, "term_to": congress.term_to}
    after = replace(
        before,
        values={**before.values, **said},
        lines={**before.lines, "leaders": (*led, *elected)},
    )
    version = body.record.version
    reason = congress.record.number
    correct(body.record, after, expected_version=version, actor=actor, reason=reason, verb=verb)


def _until(line: LineDraft, last: dt.date | None) -> LineDraft:
    since, until = line.get("since"), line.get("until")
    goes_on = until is None or (last is not None and until > last)
    if last is None or not goes_on or (since is not None and since > last):
        return line
    return replace(line, values={**line.values, "until": last})
