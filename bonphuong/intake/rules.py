"""Who may load sheets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel import clock
from bonphuong.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User
    from bonphuong.intake.models import Batch

#: After so long without a word, work behind the page was cut off: the largest sheet is judged in less.
SILENCE = dt.timedelta(minutes=3)


def can_import(user: User | AnonymousUser, office_code: str) -> bool:
    """Whether the person may load sheets for the office."""
    return can(user, Permission.RECORD_IMPORT, office_code)


def check_can_import(user: User | AnonymousUser, office_code: str) -> None:
    """Raise NotAllowed unless the person may load sheets for the office."""
    if not can_import(user, office_code):
        raise NotAllowed(_("You may not load sheets for this office."))


def is_worked_on(batch: Batch) -> bool:
    """Whether the rows are being entered behind the page; whoever was stopped has fallen silent."""
    return batch.beat_at is not None and clock.now() - batch.beat_at < SILENCE
