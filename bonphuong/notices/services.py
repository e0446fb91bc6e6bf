"""Writes: telling people, noting what they read, writing mail into the outbox and sending it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F

from bonphuong.kernel import clock
from bonphuong.notices.models import Mail, Notice
from bonphuong.notices.queries import mails_to_send
from bonphuong.trail.acting import acting, current_action

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from uuid import UUID

    from django.core.mail.backends.base import BaseEmailBackend

    from bonphuong.accounts.models import User


@dataclass(frozen=True)
class Telling:
    """What is told: a kind with its parameters, what it is about, and the page that it leads to."""

    kind: str
    about: UUID
    page: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """How many letters went, and how many did not and why the last of these did not."""

    sent: int = 0
    failed: int = 0
    trouble: str = ""


def tell(users: Iterable[User], telling: Telling) -> list[Notice]:
    """Tell each of these people once. Inside the act that it is about: what is taken back is never told.

    Raises RuntimeError outside of an act.
    """
    if current_action() is None:
        raise RuntimeError("a notice is part of the act that it tells of")
    rows = [
        Notice(
            user=user,
            kind=telling.kind,
            about=telling.about,
            page=telling.page,
            params=dict(telling.params),
            at=clock.now(),
        )
        for user in {user.pk: user for user in users}.values()
    ]
    return Notice.objects.bulk_create(rows)


def overtake(about: UUID, kinds: Collection[str]) -> None:
    """Take unread notices of these kinds off the desks: what they told of is no longer so. Inside an act."""
    Notice.objects.unread().filter(about=about, kind__in=kinds).update(read_at=clock.now())


def mark_read(user: User, uids: Collection[UUID] | None = None) -> int:
    """Note that a person has read these of their notices, or all of them; gives how many were new."""
    rows = Notice.objects.visible_to(user).unread()
    if uids is not None:
        rows = rows.filter(pk__in=uids)
    if not rows.exists():
        return 0
    with acting(actor=user, verb="notices.notice.read"):
        return rows.update(read_at=clock.now())


def write_mail(user: User, *, key: str, subject: str, body: str) -> Mail | None:
    """Put a letter into the outbox, inside an act; None where the same one was written before or nobody is to get it."""
    if not user.email or not (user.is_active and user.gets_mail) or Mail.objects.filter(key=key).exists():
        return None
    return Mail.objects.create(
        user=user,
        key=key,
        address=user.email,
        subject=" ".join(subject.split())[:200],
        body=body,
        written_at=clock.now(),
    )


def send_mails() -> Sent:
    """Send what stands in the outbox, the oldest first; what cannot be sent stays, with the reason.

    A letter that went out just before a crash may go again: it bears the same Message-ID.
    """
    waiting = list(mails_to_send())
    if not waiting:
        return Sent()
    connection = get_connection()
    try:
        connection.open()
        found = [_send(mail, connection) for mail in waiting]
    except OSError as error:
        # No server at all: every letter has been tried once.
        found = [_failed(mail, error) for mail in waiting]
    finally:
        connection.close()
    troubles = [trouble for trouble in found if trouble]
    return Sent(
        sent=len(found) - len(troubles), failed=len(troubles), trouble=troubles[-1] if troubles else ""
    )


def _send(mail: Mail, connection: BaseEmailBackend) -> str:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.address],
        connection=connection,
        headers={"Message-ID": f"<{mail.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    # Whatever a mail server or a disk may say: one bad letter must not hold back the others.
    except (OSError, ValueError) as error:
        return _failed(mail, error)
    with acting(actor=None, verb="system.notices.send", obj=mail):
        Mail.objects.filter(pk=mail.pk).update(sent_at=clock.now(), tries=F("tries") + 1, trouble="")
    return ""


def _failed(mail: Mail, error: Exception) -> str:
    trouble = f"{type(error).__name__}: {error}"[:300]
    with acting(actor=None, verb="system.notices.send", obj=mail):
        Mail.objects.filter(pk=mail.pk).update(tries=F("tries") + 1, trouble=trouble)
    return trouble
