"""Reads of feeds, and of packages: those that one sees, and what a new version changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.exchange.enums import Scope
from bonphuong.exchange.models import CalendarFeed, ReceivedPackage, SentPackage

if TYPE_CHECKING:
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.exchange.models import ReceivedFigure


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


def visible_received(user: User, uid: UUID) -> ReceivedPackage:
    """A package that came, if the person may see it. Raises ReceivedPackage.DoesNotExist, as for none."""
    return ReceivedPackage.objects.visible_to(user).get(pk=uid)


def visible_sent(user: User, uid: UUID) -> SentPackage:
    """A package made here, if the person may see it. Raises SentPackage.DoesNotExist, as for none."""
    return SentPackage.objects.visible_to(user).get(pk=uid)


def version_before(package: ReceivedPackage) -> ReceivedPackage | None:
    """The version of the same report that came last before this one."""
    rows = ReceivedPackage.objects.filter(
        book=package.book, to_office=package.to_office, report=package.report, period_code=package.period_code,
        cutoff=package.cutoff, language=package.language, version__lt=package.version,
    )  # fmt: skip
    return rows.order_by("-version").first()


@dataclass(frozen=True)
class Changed:
    """A figure that another version tells otherwise; `then` or `now` is None where one of them does not tell it."""

    key: str
    label: str
    then: ReceivedFigure | None
    now: ReceivedFigure | None

    @property
    def difference(self) -> Decimal | None:
        """Now less then, where both tell it."""
        if self.then is None or self.now is None:
            return None
        return Decimal(self.now.value) - Decimal(self.then.value)


def changed_lines(package: ReceivedPackage, before: ReceivedPackage) -> list[Changed]:
    """What a version changed against one before it: figures whose value, source or records are others."""
    then = {row.key: row for row in before.figures.all()}
    now = {row.key: row for row in package.figures.all()}
    found = []
    for key in (*now, *(key for key in then if key not in now)):
        one, other = then.get(key), now.get(key)
        if one is None or other is None or _told(one) != _told(other):
            told = other or then[key]
            found.append(Changed(key, told.label, one, other))
    return found


def _told(row: ReceivedFigure) -> tuple[object, ...]:
    return row.value, row.status, row.basis, row.since, row.until, row.evidence
