"""Rows of old sheets are forgotten: they hold whatever somebody's file held."""

from __future__ import annotations

import datetime as dt

from bonphuong.intake.models import Batch, BatchRow
from bonphuong.kernel import clock
from bonphuong.trail.acting import acting


def forget_old_batches(days: int) -> int:
    """Remove the rows of batches staged more than `days` days ago, whatever became of them; gives how many batches.

    What was entered from them stays, and so do the counts; the batch can no longer be entered or taken back.
    """
    before = clock.now() - dt.timedelta(days=days)
    old = Batch.objects.filter(staged_at__lt=before, forgotten_at__isnull=True)
    if not old.exists():
        return 0
    with acting(actor=None, verb="system.intake.forget"):
        number = 0
        for batch in old.select_for_update():
            BatchRow.objects.filter(batch=batch).delete()
            batch.forgotten_at = clock.now()
            batch.save(update_fields=["forgotten_at"])
            number += 1
        return number
