"""What follows from a pair's days: its pauses and reviews in one list each, where it stands, when it is looked at."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import TYPE_CHECKING

from bonphuong.families.twinning.enums import Standing

if TYPE_CHECKING:
    from bonphuong.families.twinning.models import Pair

MONTHS = 12


def pauses_of(row: Pair) -> list[tuple[dt.date, dt.date | None]]:
    """(first day, day it went on) of every pause, in order.

    The row's own latest pause wins over a line of the same day: steps set the row, and the lines follow it.
    """
    found = {line.since: line.until for line in row.pauses.all()}
    if row.paused_on is not None:
        found[row.paused_on] = row.resumed_on
    return sorted(found.items())


def reviews_of(row: Pair) -> list[dt.date]:
    """The days of all reviews, in order."""
    own = {row.reviewed_on} if row.reviewed_on else set[dt.date]()
    return sorted({line.on for line in row.reviews.all()} | own)


def standing_of(row: Pair) -> Standing:
    """Where the pair stands by its days."""
    if row.ended_on is not None:
        return Standing.ENDED
    if row.cancelled_on is not None:
        return Standing.DROPPED
    if row.since is None:
        return Standing.PREPARING
    return Standing.PAUSED if any(until is None for _since, until in pauses_of(row)) else Standing.ACTIVE


def next_review_of(row: Pair) -> dt.date | None:
    """The day by which the pair is to be looked at again; None while it does not run."""
    if standing_of(row) != Standing.ACTIVE:
        return None
    days = [*reviews_of(row), row.since, row.resumed_on, row.renewed_on]
    return later(max(day for day in days if day is not None), row.review_months)


def later(day: dt.date, months: int) -> dt.date:
    """So many months later; the last day of a shorter month stands for a day that it lacks."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
