"""Writes: making the address of a calendar, and revoking it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.exchange.enums import Scope
from bonphuong.exchange.models import MOST_REMIND_DAYS, CalendarFeed
from bonphuong.exchange.queries import digest_of
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.records.enums import CalendarSort
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import User

#: Addresses that one person may have at a time.
MOST = 10


@dataclass(frozen=True)
class FeedDraft:
    """What a feed shall hold. `remind_days` None: without reminders."""

    name: str
    scope: str = Scope.ALL
    office_code: str = ""
    sorts: tuple[str, ...] = ()
    remind_days: int | None = None
    language: str = "vi"


def subscribe(draft: FeedDraft, *, actor: User) -> tuple[CalendarFeed, str]:
    """A new address and its secret, which is told this once and kept nowhere. Raises NotAllowed, BadInput."""
    if not can(actor, Permission.RECORD_VIEW):
        raise NotAllowed(_("You may not see any records."))
    _check(draft, actor)
    token = secrets.token_urlsafe(32)
    with acting(actor=actor, verb="exchange.feed.make"):
        if CalendarFeed.objects.visible_to(actor).in_force().count() >= MOST:
            message = _("You have %(most)s addresses already. Revoke one that nobody reads any more.")
            raise BadInput({"": [message % {"most": MOST}]})
        feed = CalendarFeed.objects.create(
            user=actor,
            name=draft.name.strip(),
            digest=digest_of(token),
            hint=token[-4:],
            scope=draft.scope,
            office_code=draft.office_code if draft.scope == Scope.OFFICE else "",
            sorts=sorted(draft.sorts),
            remind_days=draft.remind_days,
            language=draft.language,
            created_at=clock.now(),
        )
    return feed, token


def _check(draft: FeedDraft, actor: User) -> None:
    errors: dict[str, list[str]] = {}
    if not 1 <= len(draft.name.strip()) <= 80:
        errors["name"] = [_("Give it a name of at most 80 letters.")]
    if draft.scope not in Scope.values or not set(draft.sorts) <= set(CalendarSort.values):
        errors["scope"] = [_("Choose from the list what it shall hold.")]
    if draft.scope == Scope.OFFICE and not can(actor, Permission.RECORD_VIEW, draft.office_code):
        errors["office"] = [_("Choose an office whose records you may see.")]
    if draft.remind_days is not None and not 0 <= draft.remind_days <= MOST_REMIND_DAYS:
        errors["remind_days"] = [
            _("A reminder comes 0 to %(days)s days before.") % {"days": MOST_REMIND_DAYS}
        ]
    if errors:
        raise BadInput(errors)


def revoke(feed: CalendarFeed, *, actor: User) -> None:
    """From now on the address is as one that never was. Raises NotAllowed for another person's."""
    if feed.user_id != actor.pk:
        raise NotAllowed(_("This address belongs to somebody else."))
    with acting(actor=actor, verb="exchange.feed.revoke", obj=feed):
        CalendarFeed.objects.in_force().filter(pk=feed.pk).update(revoked_at=clock.now())
