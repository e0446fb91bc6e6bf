"""Notices to persons, and the outbox of mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.kernel import clock
from bonphuong.kernel.crypto import EncryptedTextField
from bonphuong.kernel.languages import reader_language
from bonphuong.kernel.models import UidModel
from bonphuong.notices.enums import WORDS, NoticeKind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, and nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def unread(self) -> Self:
        """Not read yet, and not overtaken by what happened since."""
        return self.filter(read_at__isnull=True)


class Notice(UidModel):
    """Something that happened, told to one person.

    Kept as a kind with its parameters, so that it is read in the reader's own language; a parameter may be
    {"vi": …, "en": …}. `page` is the name of the address that it leads to, with `about` in it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("notice", "to whom"),
        on_delete=models.CASCADE,
        related_name="notices",
    )
    kind = models.CharField(pgettext_lazy("notice", "kind"), max_length=20, choices=NoticeKind)
    about = models.UUIDField(pgettext_lazy("notice", "about"))
    page = models.CharField(pgettext_lazy("notice", "page"), max_length=80)
    params = models.JSONField(pgettext_lazy("notice", "parameters"), default=dict, blank=True)
    at = models.DateTimeField(pgettext_lazy("notice", "at"), default=clock.now)
    read_at = models.DateTimeField(pgettext_lazy("notice", "read at"), null=True, blank=True)

    objects = models.Manager.from_queryset(NoticeQuerySet)()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-uid"]
        indexes = [
            models.Index(fields=["user", "-at"], name="notice_user"),
            models.Index(fields=["about", "kind"], name="notice_about", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.about}"

    @property
    def text(self) -> str:
        """What it says, in the language of the page."""
        lang = reader_language()
        said = {
            name: value.get(lang, "") if isinstance(value, dict) else value
            for name, value in self.params.items()
        }
        return str(WORDS[NoticeKind(self.kind)]) % said

    @property
    def url(self) -> str:
        """The page that it leads to; empty where it is not built in."""
        try:
            return reverse(self.page, args=[self.about])
        except NoReverseMatch:
            return ""


class Mail(UidModel):
    """A letter to be sent, or sent. `key` keeps one and the same letter from being written twice.

    The words are sealed in the table: they name what is on somebody's desk.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("notice", "to whom"),
        on_delete=models.CASCADE,
        related_name="mails",
    )
    key = models.CharField(pgettext_lazy("notice", "key"), max_length=120, unique=True)
    address = models.EmailField(pgettext_lazy("notice", "mail address"))
    subject = models.CharField(pgettext_lazy("notice", "subject"), max_length=200)
    body = EncryptedTextField(pgettext_lazy("notice", "words"), default="")
    written_at = models.DateTimeField(pgettext_lazy("notice", "written at"), default=clock.now)
    sent_at = models.DateTimeField(pgettext_lazy("notice", "sent at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(pgettext_lazy("notice", "tries"), default=0)
    trouble = models.CharField(pgettext_lazy("notice", "why it was not sent"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["written_at", "uid"]
        indexes = [
            models.Index(fields=["written_at"], name="mail_to_send", condition=Q(sent_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.key}"
