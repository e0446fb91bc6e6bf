"""Acts on border records: a gate shut and open again, an upgrade begun anew, markers looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.families.borders.enums import Condition, Scope
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import draft_of, row_of
from bonphuong.kit.services import save_lines
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.borders.models import BorderItem
    from bonphuong.records.models import Record

_CASE = (
    "proposed_on", "team_on", "surveyed_on", "dossier_on", "opinion_on", "vn_decided_on", "partner_decided_on",
    "infrastructure_on", "notes_on", "announced_on", "operating_on",
)  # fmt: skip
_PAPERS = ("vn_decision", "partner_decision", "notes_paper", "announced_paper", "operating_paper")
_RANGE = re.compile(r"(\d+)\s*(?:-|–|—|đến|tới|to)\s*(\d+)")
_ONE = re.compile(r"(\d+)\s*(?:\(([^)]{1,10})\))?")


def pause_gate(record: Record, values: Mapping[str, Any], *, actor: User) -> None:
    """Note that a gate is shut for a time. Raises BadInput where it is shut to the same already, NotAllowed."""
    since, scope = _day(values, "since"), str(values.get("scope") or Scope.ALL)
    lines = _lines(record, "pauses")
    if any(line.get("until") is None and line.get("scope") == scope for line in lines):
        raise BadInput({"since": [_("It is shut already.")]})
    said = {name: value for name, value in values.items() if value not in {None, ""}}
    made = LineDraft({**said, "since": since, "scope": scope})
    _save(
        record,
        "pauses",
        [*lines, made],
        verb="borders.gate.pause",
        actor=actor,
        reason=str(values.get("reason") or ""),
    )


def resume_gate(record: Record, values: Mapping[str, Any], *, actor: User) -> None:
    """Note that a gate is open again: every pause that has no end gets one. Raises BadInput where none runs."""
    until = _day(values, "until")
    lines = _lines(record, "pauses")
    if not any(line.get("until") is None for line in lines):
        raise BadInput({"until": [_("It is not shut.")]})
    paper = str(values.get("paper") or "")
    closed = [
        line
        if line.get("until") is not None
        else LineDraft({**line.values, "until": until, "paper": paper or line.get("paper") or ""}, line.uid)
        for line in lines
    ]
    _save(record, "pauses", closed, verb="borders.gate.resume", actor=actor, reason=paper)


def note_check(record: Record, values: Mapping[str, Any], *, actor: User) -> None:
    """Note that markers were looked at: "61-65, 62(2)" on a day, all found alike.

    Markers that are not listed yet are added. Raises BadInput for what is no marker, for a day to come.
    """
    on = _day(values, "on")
    wanted = markers_in(str(values.get("markers") or ""))
    condition = str(values.get("condition") or Condition.GOOD)
    there = {_name(line): line for line in _lines(record, "markers")}
    for number, sub in wanted:
        # A range names whole markers: those of it that have sub-numbers are looked at with it.
        found = [key for key in there if key[0] == number and (not sub or key[1] == sub)] or [(number, sub)]
        for key in found:
            line = there.get(key, LineDraft({"number": key[0], "sub_number": key[1]}))
            there[key] = LineDraft({**line.values, "condition": condition, "checked_on": on}, line.uid)
    lines = [there[key] for key in sorted(there)]
    _save(
        record,
        "markers",
        lines,
        verb="borders.section.check",
        actor=actor,
        reason=str(values.get("markers") or ""),
    )


def markers_in(text: str) -> list[tuple[int, str]]:
    """(number, sub-number) of "61-65, 62(2)". Raises BadInput."""
    found: list[tuple[int, str]] = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;]", text))):
        if span := _RANGE.fullmatch(part):
            first, last = sorted((int(span[1]), int(span[2])))
            found += [(number, "") for number in range(first, last + 1)]
        elif one := _ONE.fullmatch(part):
            found.append((int(one[1]), (one[2] or "").strip()))
        else:
            raise BadInput({"markers": [_("Write markers as 61-65, 62(2).")]})
    if not found:
        raise BadInput({"markers": [_("Say which markers were looked at.")]})
    return found


def upgrade_again(row: BorderItem, on: dt.date, values: Mapping[str, Any]) -> None:
    """An upgrade begins anew: what the gate works as stays in its lines, and the days of the new case are empty."""
    del values
    if row.gate_type == row.type_now:
        raise BadInput({"gate_type": [_("It works as this already.")]})
    for name in _CASE:
        setattr(row, name, None)
    for name in _PAPERS:
        setattr(row, name, "")
    row.operating_at_latest = False
    row.proposed_on = on


def drop_upgrade(row: BorderItem, on: dt.date, values: Mapping[str, Any]) -> None:
    """The upgrade comes to nothing: the row is again about what the gate has worked as all along."""
    del on, values
    last = max(row.grades.all(), key=lambda grade: grade.since, default=None)
    if last is None:
        raise BadInput({"note": [_("It has never been in operation: call it off instead.")]})
    for name in (*_CASE, *_PAPERS):
        setattr(row, name, getattr(last, name, "" if name in _PAPERS else None))
    row.gate_type, row.operating_on, row.operating_paper = last.gate_type, last.since, last.paper
    row.operating_at_latest = last.at_latest


def refuse_operating(row: BorderItem, on: dt.date, values: Mapping[str, Any]) -> None:
    """A gate in operation is not called off with its upgrade."""
    del on, values
    if row.type_now:
        raise BadInput({"note": [_("The gate is in operation: drop the upgrade and keep its type instead.")]})


def _day(values: Mapping[str, Any], name: str) -> dt.date:
    day: dt.date | None = values.get(name)
    if day is None or day > clock.today():
        raise BadInput({name: [_("Only what has happened is written here; this day is still to come.")]})
    return day


def _lines(record: Record, name: str) -> tuple[LineDraft, ...]:
    return draft_of(row_of(record)).lines.get(name, ())


def _name(line: LineDraft) -> tuple[int, str]:
    return (int(line.get("number") or 0), str(line.get("sub_number") or ""))


def _save(
    record: Record, name: str, lines: Sequence[LineDraft], *, verb: str, actor: User, reason: str
) -> None:
    with acting(actor=actor, verb=verb, office=record.office_code, reason=reason[:200], obj=record):
        save_lines(record, name, lines, expected_version=record.version, actor=actor, reason=reason[:200])
