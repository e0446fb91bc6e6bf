"""The one clock. Everything that asks for the time asks here, so that tests and dated loads can set it."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
_fixed: ContextVar[dt.datetime | None] = ContextVar("fixed_moment", default=None)


def now() -> dt.datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    moment = _fixed.get()
    return moment if moment is not None else dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The present day where the offices are (Asia/Ho_Chi_Minh)."""
    return now().astimezone(LOCAL).date()


def local(moment: dt.datetime) -> dt.datetime:
    """An aware moment in the offices' time zone."""
    return moment.astimezone(LOCAL)


@contextmanager
def fixed(moment: dt.datetime | dt.date) -> Iterator[dt.datetime]:
    """Hold the clock at `moment` (a bare date means 9 in the morning there) inside the block."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time(9), tzinfo=LOCAL)
    if moment.tzinfo is None:
        raise ValueError("the clock takes aware moments only")
    token = _fixed.set(moment.astimezone(dt.UTC))
    try:
        yield moment
    finally:
        _fixed.reset(token)
