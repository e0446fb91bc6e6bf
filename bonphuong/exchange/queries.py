"""Reads of feeds."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.exchange.enums import Scope
from bonphuong.exchange.models import CalendarFeed

if TYPE_CHECKING:
    from uuid import UUID

    from bonphuong.accounts.models import User


def digest_of(token: str) -> str:
    """What is kept of a secret. It is as long and as random as a key, so that no salt is needed to hide it."""
    return hashlib.sha256(token.encode()).hexdigest()


def feeds_of(user: User) -> list[CalendarFeed]:
    """One's addresses that hold, the oldest first."""
    return list(CalendarFeed.objects.visible_to(user).in_force())


def own_feed(user: User, uid: UUID) -> CalendarFeed:
    """One's own address that holds. Raises CalendarFeed.DoesNotExist, also for another person's."""
    return CalendarFeed.objects.visible_to(user).in_force().get(pk=uid)


def feed_of_token(token: str) -> CalendarFeed | None:
    """The feed of a secret, if its owner still works here and may still see what it is about; else None."""
    rows = CalendarFeed.objects.in_force().select_related("user")
    feed = rows.filter(digest=digest_of(token), user__is_active=True).first()
    if feed is None:
        return None
    office = feed.office_code if feed.scope == Scope.OFFICE else None
    return feed if can(feed.user, Permission.RECORD_VIEW, office) else None
