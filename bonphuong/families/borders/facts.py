"""What a border record stands for. Figures of a month stand for nothing here: they are statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.families.borders.enums import PASSAGES, JointKind, Side
from bonphuong.families.borders.rules import grades_of, turns_of
from bonphuong.ledger.facts import FactDraft

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from bonphuong.families.borders.models import BorderItem

_JOINT = {
    JointKind.INSPECTION: "border.joint_inspections",
    JointKind.PATROL: "border.joint_patrols",
}


def facts_of(row: BorderItem, /) -> Sequence[FactDraft]:
    """Gates in operation and announced, joint work done; none for a mistake."""
    if not row.counts:
        return ()
    if row.kind in PASSAGES:
        return [*_operating(row), *_announced(row)]
    if row.kind == "joint" and row.held_on is not None and row.cancelled_on is None:
        return [*_joint(row, row.held_on)]
    return ()


def _operating(row: BorderItem) -> Iterator[FactDraft]:
    for day, before, after in turns_of(row):
        if before:
            yield _fact(row, "border.gates_operating", day, -1, slot1=before)
        if after:
            yield _fact(row, "border.gates_operating", day, 1, slot1=after)


def _announced(row: BorderItem) -> Iterator[FactDraft]:
    """Each announcement once: of what the gate has been, and of the case that runs."""
    found = {(span.announced_on, span.gate_type) for span in grades_of(row) if span.announced_on is not None}
    if row.announced_on is not None:
        found.add((row.announced_on, row.gate_type))
    for day, gate_type in sorted(found, key=str):
        if day is not None:
            yield _fact(row, "border.gates_announced", day, 1, slot1=gate_type)


def _joint(row: BorderItem, day: dt.date) -> Iterator[FactDraft]:
    measure = _JOINT.get(JointKind(row.joint_kind))
    if measure is not None:
        yield _fact(row, measure, day, 1)
    kind = row.joint_kind
    for side, people in (
        (Side.OURS, row.officers_ours),
        (Side.THEIRS, row.officers_theirs),
        # Only where the source does not part them: otherwise the same officers would stand twice.
        (Side.BOTH, None if row.officers_ours or row.officers_theirs else row.officers_all),
    ):
        if people:
            yield _fact(row, "border.joint_officers", day, people, slot1=kind, slot2=side)
    if row.meetings:
        yield _fact(row, "border.joint_meetings", day, row.meetings, slot1=kind)
    if row.km:
        yield _fact(row, "border.joint_km", day, int(row.km * 1000), slot1=kind)
    if row.leaflets:
        yield _fact(row, "border.leaflets", day, row.leaflets)


def _fact(
    row: BorderItem, measure: str, on: dt.date, value: int, *, slot1: str = "", slot2: str = ""
) -> FactDraft:
    return FactDraft(
        measure=measure,
        on=on,
        value=value,
        office=row.lead_office_code,
        country=row.country_code,
        partner=row.partner_code,
        unit=row.unit_code,
        field=row.field_code,
        slot1=slot1,
        slot2=slot2,
    )
