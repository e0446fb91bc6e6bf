"""The addresses of one's calendars as lines of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.exchange.enums import Scope
from bonphuong.exchange.queries import feeds_of
from bonphuong.kit.names import names_of
from bonphuong.records.enums import CalendarSort

if TYPE_CHECKING:
    from bonphuong.accounts.models import User
    from bonphuong.exchange.models import CalendarFeed


@dataclass(frozen=True)
class FeedLine:
    """An address: what it holds, in words."""

    feed: CalendarFeed
    holds: str
    sorts: str


def feed_lines(user: User) -> list[FeedLine]:
    """One's addresses that hold, the oldest first."""
    feeds = feeds_of(user)
    names = names_of(offices={feed.office_code for feed in feeds})
    return [
        FeedLine(
            feed=feed,
            holds=names.office(feed.office_code)
            if feed.scope == Scope.OFFICE
            else str(Scope(feed.scope).label),
            sorts=", ".join(str(sort.label) for sort in CalendarSort if sort in set(feed.sorts))
            or _("every kind of day"),
        )
        for feed in feeds
    ]
