"""Records that a sheet brought up to date are given back what they said before."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.intake.cells import unpack_notes
from bonphuong.intake.headings import RECORD_UID, RECORD_VERSION
from bonphuong.intake.stored import same, stored_rows
from bonphuong.kernel.errors import Conflict
from bonphuong.records.registry import get_family

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.intake.models import Batch, BatchRow
    from bonphuong.intake.stored import Stored
    from bonphuong.records.registry import Family

_NAMED = 20


def restore(rows: Sequence[BatchRow], batch: Batch, *, actor: User, reason: str) -> None:
    """Put back what the rows changed, inside an open action. Raises Conflict, naming them, where that cannot be done.

    The values that were shown before go through the family's gate like any others; a record that does not show
    them again afterwards counts as not put back.
    """
    if not rows:
        return
    family = get_family(batch.family)
    now = _stored(family, rows, actor)
    by_kind: defaultdict[str, list[BatchRow]] = defaultdict(list)
    for row in rows:
        if row.of_uid not in now:
            raise _conflict([row])
        by_kind[now[row.of_uid].kind].append(row)
    for kind, members in by_kind.items():
        _write(family, members, batch, kind=kind, actor=actor, reason=reason)
    then = _stored(family, rows, actor)
    wrong = [row for row in rows if not _is_back(row, then)]
    if wrong:
        raise _conflict(wrong)


def _write(
    family: Family, rows: Sequence[BatchRow], batch: Batch, *, kind: str, actor: User, reason: str
) -> None:
    values = [
        {
            **{change.code: change.before for change in unpack_notes(row.notes).changes},
            RECORD_UID: row.of_uid,
            RECORD_VERSION: row.record_version,
        }
        for row in rows
    ]
    cleaned = family.get_clean_many()(values, kind=kind, office_code=batch.office_code, actor=actor)
    wrong = [row for row, one in zip(rows, cleaned, strict=True) if not one.is_good]
    write = family.get_update_many()
    if wrong or write is None:
        raise _conflict(wrong or rows)
    drafts = [one.draft for one in cleaned if one.draft is not None]
    write(drafts, kind=kind, office_code=batch.office_code, actor=actor, reason=reason)


def _stored(family: Family, rows: Sequence[BatchRow], actor: User) -> dict[UUID | None, Stored]:
    found = stored_rows(family, [row.of_uid for row in rows if row.of_uid is not None], actor)
    return {uid: one for uid, one in found.items()}  # noqa: C416 - a wider type of keys


def _is_back(row: BatchRow, then: dict[UUID | None, Stored]) -> bool:
    shown = then[row.of_uid].shown
    return all(same(change.before, shown.get(change.code)) for change in unpack_notes(row.notes).changes)


def _conflict(rows: Sequence[BatchRow]) -> Conflict:
    named = ", ".join(str(row.number) for row in rows[:_NAMED])
    message = _("What rows %(rows)s changed cannot be put back as it was. Nothing was taken back.")
    return Conflict(message % {"rows": named})
