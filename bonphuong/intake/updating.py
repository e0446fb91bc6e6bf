"""Rows that name a stored record, by the id of a list that was taken away or because a person merges them.

Only cells that say something else than what is stored go on to the family's gate. Where the record was changed
since the list was made, nothing is laid over it: each cell that differs is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.utils.translation import gettext as _

from bonphuong.intake.cells import Change, shown
from bonphuong.intake.enums import TwinChoice
from bonphuong.intake.headings import RECORD_UID, RECORD_VERSION
from bonphuong.intake.stored import stored_rows
from bonphuong.records.registry import get_family
from bonphuong.records.rules import can_change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.intake.judging import Judged
    from bonphuong.intake.models import Batch
    from bonphuong.intake.stored import Stored
    from bonphuong.kernel.sheets import Value


def identify(judged: Sequence[Judged], batch: Batch) -> None:
    """Find the records that rows name and leave of their values what differs. Changes the rows in memory."""
    named = [one for one in judged if _name(one)]
    if not named:
        return
    family = get_family(batch.family)
    known = stored_rows(family, [one.of for one in named if one.of is not None], batch.actor)
    rights: dict[str, bool] = {}
    first: dict[UUID, int] = {}
    for one in named:
        found = known.get(cast("UUID", one.of))
        if found is None:
            one.refuse(
                RECORD_UID, _("No record has this id. Empty the cell to enter the row as a new record.")
            )
            continue
        earlier = first.setdefault(found.uid, one.row.number)
        if earlier != one.row.number:
            one.refuse(RECORD_UID, _("Row %(row)s names the same record.") % {"row": earlier})
        elif not rights.setdefault(found.office_code, can_change(batch.actor, found.office_code)):
            one.refuse(RECORD_UID, _("You may not change records of this office."))
        elif one.row.choice == TwinChoice.MERGE:
            _fill_gaps(one, found)
        else:
            _compare(one, found)


def _name(one: Judged) -> bool:
    """Read which record the row names; whether it names one."""
    uid, version = one.values.pop(RECORD_UID, None), one.values.pop(RECORD_VERSION, None)
    if one.row.choice == TwinChoice.MERGE and one.row.of_uid is not None:
        one.of = one.row.of_uid
        return True
    if uid is None:
        return False
    try:
        one.of = UUID(str(uid).strip())
    except ValueError:
        one.refuse(
            RECORD_UID, _("This is no id of a record. Empty the cell to enter the row as a new record.")
        )
        return False
    one.version = version if isinstance(version, int) and not isinstance(version, bool) else _whole(version)
    if one.version is None:
        one.refuse(RECORD_VERSION, _("The version of the record is missing. Take the list away anew."))
    return True


def _whole(value: object) -> int | None:
    text = str(value).strip() if isinstance(value, str) else ""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _compare(one: Judged, found: Stored) -> None:
    """Keep the cells that differ; refuse each of them where the record moved on since the list was made."""
    cells = {code: one.values.get(code) for code in one.table.place_of if code in found.shown}
    differing = {code: cell for code, cell in cells.items() if not found.has(code, cell)}
    if one.version is not None and found.version != one.version:
        for code, cell in differing.items():
            message = _(
                "The record was changed since the list was made: it now says “%(now)s”, the sheet “%(cell)s”."
            )
            one.refuse(code, message % {"now": _text(found.shown[code]), "cell": _text(cell)})
        one.unchanged = not differing
        return
    _keep(one, found, differing)


def _fill_gaps(one: Judged, found: Stored) -> None:
    """Keep the cells that say something where the record says nothing."""
    cells = {code: one.values.get(code) for code in one.table.place_of if code in found.shown}
    _keep(one, found, {c: cell for c, cell in cells.items() if cell is not None and found.lacks(c)})


def _keep(one: Judged, found: Stored, cells: dict[str, object]) -> None:
    one.known = found
    one.unchanged = not cells
    one.values = {
        **cells,
        **({"year": one.values["year"]} if "year" in one.values else {}),
        RECORD_UID: found.uid,
        RECORD_VERSION: found.version,
    }
    one.changes = tuple(
        Change(code, cast("Value", found.shown[code]), cast("Value", cell)) for code, cell in cells.items()
    )


def _text(value: object) -> str:
    return shown(cast("Value", value)) or "–"
