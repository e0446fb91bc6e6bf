"""Writes of twinned pairs beside the steps: history kept of what steps overwrite, an activity noted in passing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils.translation import gettext as _

from bonphuong.families.twinning.models import Pair, Pause, Review
from bonphuong.families.twinning.rules import next_review_of, standing_of
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import draft_of, row_of
from bonphuong.kit.services import save_lines

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.records.models import Record


_BATCH = 200


def follow(rows: Sequence[Pair], user: User) -> None:
    """After every write: earlier pauses and reviews stay as lines, and what follows from the days is stored.

    The next step overwrites the row's own days; without the lines its earlier pauses would be gone from the level.
    """
    del user
    changed = []
    for row in rows:
        _keep_pause(row)
        _keep_review(row)
        standing, due = standing_of(row), next_review_of(row)
        if (row.standing, row.next_review_on) != (standing, due):
            row.standing, row.next_review_on = standing, due
            changed.append(row)
    Pair.objects.bulk_update(changed, ["standing", "next_review_on"], batch_size=_BATCH)


def _keep_pause(row: Pair) -> None:
    if row.paused_on is None:
        return
    line = Pause.objects.filter(row=row, since=row.paused_on).first()
    if line is None:
        Pause.objects.create(
            row=row,
            order=_next(Pause, row),
            since=row.paused_on,
            until=row.resumed_on,
            reason=row.pause_reason,
        )
    elif (line.until, line.reason) != (row.resumed_on, row.pause_reason):
        line.until, line.reason = row.resumed_on, row.pause_reason
        line.save(update_fields=["until", "reason"])


def _keep_review(row: Pair) -> None:
    if row.reviewed_on is None:
        return
    line = Review.objects.filter(row=row, on=row.reviewed_on).first()
    if line is None:
        Review.objects.create(row=row, order=_next(Review, row), on=row.reviewed_on, result=row.review_result)
    elif row.review_result and line.result != row.review_result:
        line.result = row.review_result
        line.save(update_fields=["result"])


def _next(model: type[Pause | Review], row: Pair) -> int:
    return (model._default_manager.filter(row=row).aggregate(last=Max("order"))["last"] or 0) + 1


def note_activity(record: Record, values: Mapping[str, Any], *, actor: User) -> None:
    """Add one activity of the pair. Raises BadInput for a day to come, NotAllowed, Conflict."""
    on = values.get("on")
    if on is None or on > clock.today():
        raise BadInput({"on": [_("Only what has taken place is written here; this day is still to come.")]})
    there = draft_of(row_of(record)).lines.get("activities", ())
    late = str(values.get("late_reason") or "")
    said = {
        name: value for name, value in values.items() if value not in {None, ""} and name != "late_reason"
    }
    save_lines(
        record,
        "activities",
        [*there, LineDraft(said)],
        expected_version=record.version,
        actor=actor,
        reason=str(values.get("what") or "")[:200],
        late_reason=late,
    )


def paused_again(row: Pair, on: dt.date, values: Mapping[str, Any]) -> None:
    """A new pause begins: it has not ended; the one before is kept in its line."""
    del on, values
    row.resumed_on = None


def renewed(row: Pair, on: dt.date, values: Mapping[str, Any]) -> None:
    """Whoever renews has looked at the pair; a time limit that is over holds no longer."""
    del values
    row.reviewed_on, row.review_result = on, ""
    if row.expires_on is not None and row.expires_on <= on:
        row.expires_on = None
