"""What the writes of accounts share: who may, which days meet, how a dated row ends."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.rules import can
from bonphuong.accounts.validators import check_follows, checked
from bonphuong.kernel.errors import BadInput, NotAllowed

if TYPE_CHECKING:
    from bonphuong.accounts.enums import Permission
    from bonphuong.accounts.models import StartedRow, User


def must(actor: User | None, permission: Permission, office_code: str) -> None:
    """Raise NotAllowed where the actor lacks the permission for the office; the system may all."""
    if actor is not None and not can(actor, permission, office_code):
        raise NotAllowed(_("You may not do this for that office."))


def meet(new: StartedRow, old: StartedRow) -> bool:
    """Whether two dated rows have a day in common."""
    begins_before_end = new.valid_to is None or old.valid_from <= new.valid_to
    return begins_before_end and (old.valid_to is None or old.valid_to >= new.valid_from)


def close_before(last: StartedRow | None, valid_from: dt.date) -> None:
    """Let the row that held so far end the day before. Raises BadInput where it begins on that day or later."""
    if last is None:
        return
    check_follows(last.valid_from, valid_from)
    if last.valid_to is None or last.valid_to >= valid_from:
        end(last, valid_from - dt.timedelta(days=1))


def end(row: StartedRow, on: dt.date) -> None:
    """Let a row end with a day, never later than it ends already. Raises BadInput."""
    if on < row.valid_from:
        raise BadInput({"on": [_("It ends before it begins.")]})
    row.valid_to = on
    checked(row).save(update_fields=["valid_to"])


def forget(actor: User | None) -> None:
    """Drop what was read of the actor's own reach, after roles or offices changed."""
    if actor is not None:
        actor.forget_access()
