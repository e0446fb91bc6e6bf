"""Reads of notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.notices.models import Mail, Notice

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from bonphuong.accounts.models import User
    from bonphuong.notices.models import NoticeQuerySet

#: After so many tries a letter waits for somebody to look at what is wrong.
MOST_TRIES = 8


def notices_of(user: User | AnonymousUser) -> NoticeQuerySet:
    """One's notices, the newest first."""
    return Notice.objects.visible_to(user)


def unread_count(user: User | AnonymousUser) -> int:
    """How many notices one has not read."""
    return Notice.objects.visible_to(user).unread().count()


def mails_to_send() -> QuerySet[Mail]:
    """Letters that wait to be sent, the oldest first; without those that were tried too often."""
    return Mail.objects.filter(sent_at__isnull=True, tries__lt=MOST_TRIES)


def mails_given_up() -> QuerySet[Mail]:
    """Letters that were tried too often."""
    return Mail.objects.filter(sent_at__isnull=True, tries__gte=MOST_TRIES)
