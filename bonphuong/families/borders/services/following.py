"""What follows from every write of a border record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.families.borders.enums import PASSAGES
from bonphuong.families.borders.models import BorderItem, Grade
from bonphuong.families.borders.rules import code_of, latest_type, month_span, standing_of
from bonphuong.families.borders.services.stating import restate
from bonphuong.kit import services as kit
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User

_FOLLOWS = ("gate_code", "since_on", "until_on", "type_now", "standing")
_BATCH = 200


def follow(rows: Sequence[BorderItem], user: User) -> None:
    """After every write: codes and days that follow from what was typed, grades kept, statements brought up to date."""
    del user
    changed = []
    for row in rows:
        before = [getattr(row, name) for name in _FOLLOWS]
        if row.kind in PASSAGES:
            _keep_grade(row)
            # For ever: figures of months name the gate by it, whatever it is called later.
            row.gate_code = row.gate_code or code_of(row.record.title)
            row.type_now, row.standing = latest_type(row), standing_of(row)
        elif row.kind == "traffic":
            row.gate_code = code_of(row.record.title)
            row.since_on, row.until_on = month_span(row.month, row.since_on, row.until_on)
        if before != [getattr(row, name) for name in _FOLLOWS]:
            changed.append(row)
    BorderItem.objects.bulk_update(changed, _FOLLOWS, batch_size=_BATCH)
    restate([row for row in rows if row.kind in {"traffic", "section"}])


def _keep_grade(row: BorderItem) -> None:
    """What the case came to stays as a line: the next upgrade begins with empty days."""
    if row.operating_on is None:
        return
    told = {
        "gate_type": row.gate_type,
        "at_latest": row.operating_at_latest,
        "vn_decided_on": row.vn_decided_on,
        "vn_decision": row.vn_decision,
        "partner_decided_on": row.partner_decided_on,
        "partner_decision": row.partner_decision,
        "announced_on": row.announced_on,
        "announced_paper": row.announced_paper,
        "paper": row.operating_paper,
    }
    grade = Grade.objects.filter(row=row, since=row.operating_on).first()
    if grade is None:
        order = Grade.objects.filter(row=row).count() + 1
        Grade.objects.create(row=row, order=order, since=row.operating_on, **told)
    elif any(getattr(grade, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(grade, name, value)
        grade.save(update_fields=list(told))


def undo_many(uids: Sequence[UUID], *, actor: User, reason: str) -> None:
    """Take records back as if they had never been entered, with what they stated. See the kit's `undo_many`."""
    with acting(actor=actor, verb="kit.record.undo", reason=reason):
        kit.undo_many(uids, family="borders", actor=actor, reason=reason)
        restate([], gone=uids)
