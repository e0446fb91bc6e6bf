"""Rows that name a stored record, by the id of a list that was taken away or because a person merges them.

Only cells that say something else than what is stored go on to the family's gate. Where the record was changed
since the list was made, nothing is laid over it: each cell that differs is named.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.utils.translation import gettext as _

from bonphuong.intake.cells import Change, shown
from bonphuong.intake.enums import TwinChoice
from bonphuong.intake.headings import RECORD_UID, RECORD_VERSION
from bonphuong.intake.stored import languages, stored_rows
from bonphuong.kernel.bulk import chunks
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
    checked = _Checked(batch)
    # Piece by piece: what is stored need not stand in memory as a whole.
    for some in chunks(named):
        checked.look_at(some)


class _Checked:
    """What has been looked at so far: whose records may be changed, which record which row named."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.family = get_family(batch.family)
        self.rights: dict[str, bool] = {}
        self.first: dict[UUID, int] = {}

    def look_at(self, named: Sequence[Judged]) -> None:
        """Hold rows against the records that they name."""
        uids = [one.of for one in named if one.of is not None]
        known = stored_rows(self.family, uids, self.batch.actor)
        plain = []
        for one in named:
            found = known.get(cast("UUID", one.of))
            if found is None:
                message = _("No record has this id. Empty the cell to enter the row as a new record.")
                one.refuse(RECORD_UID, message)
            elif self._may(one, found) and one.row.choice == TwinChoice.MERGE:
                _fill_gaps(one, found)
            elif not one.errors:
                plain.append((one, found))
        self._compare(plain)

    def _may(self, one: Judged, found: Stored) -> bool:
        earlier = self.first.setdefault(found.uid, one.row.number)
        office = found.office_code
        if earlier != one.row.number:
            one.refuse(RECORD_UID, _("Row %(row)s names the same record.") % {"row": earlier})
        elif not self.rights.setdefault(office, can_change(self.batch.actor, office)):
            one.refuse(RECORD_UID, _("You may not change records of this office."))
        else:
            return True
        return False

    def _compare(self, pairs: Sequence[tuple[Judged, Stored]]) -> None:
        """Find the cells that differ; a list may have been taken away in the other language."""
        differing = {found.uid: cells for one, found in pairs if (cells := _differing(one, found))}
        other = stored_rows(self.family, differing, self.batch.actor, lang=languages()[-1])
        for one, found in pairs:
            cells = differing.get(found.uid, {})
            if found.uid in other:
                cells = {code: cell for code, cell in cells.items() if not other[found.uid].has(code, cell)}
            _settle(one, found, cells)


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


def _differing(one: Judged, found: Stored) -> dict[str, object]:
    cells = {code: one.values.get(code) for code in one.table.place_of if code in found.shown}
    return {code: cell for code, cell in cells.items() if not found.has(code, cell)}


def _settle(one: Judged, found: Stored, differing: dict[str, object]) -> None:
    """Keep the cells that differ; refuse each of them where the record moved on since the list was made."""
    if one.version is None or found.version == one.version:
        _keep(one, found, differing)
        return
    for code, cell in differing.items():
        message = _(
            "The record was changed since the list was made: it now says “%(now)s”, the sheet “%(cell)s”."
        )
        one.refuse(code, message % {"now": _text(found.shown[code]), "cell": _text(cell)})
    one.unchanged = not differing


def _fill_gaps(one: Judged, found: Stored) -> None:
    """Keep the cells that say something where the record says nothing."""
    cells = {code: one.values.get(code) for code in one.table.place_of if code in found.shown}
    _keep(one, found, {c: cell for c, cell in cells.items() if cell is not None and found.lacks(c)})


def _keep(one: Judged, found: Stored, cells: dict[str, object]) -> None:
    one.unchanged = not cells
    if not cells:
        return
    one.known = replace(found, shown={})
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
