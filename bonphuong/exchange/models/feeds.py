"""Addresses under which calendar programs read, without a sign-in, what a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.accounts.enums import Language
from bonphuong.exchange.enums import Scope
from bonphuong.kernel import clock
from bonphuong.kernel.models import UidModel

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User

#: A reminder comes at most so many days ahead.
MOST_REMIND_DAYS = 60


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Feeds."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, and nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def in_force(self) -> Self:
        """Those that were not revoked."""
        return self.filter(revoked_at__isnull=True)


class CalendarFeed(UidModel):
    """One person's address of a calendar. Only the digest of its secret is kept: whoever reads the table reads nothing.

    `hint` is how the secret ends, so that its owner tells two addresses apart. No `sorts` means every sort.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("feed", "whose"),
        on_delete=models.CASCADE,
        related_name="calendar_feeds",
    )
    name = models.CharField(pgettext_lazy("feed", "name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(pgettext_lazy("feed", "ends in"), max_length=4)
    scope = models.CharField(pgettext_lazy("feed", "holds"), max_length=8, choices=Scope, default=Scope.ALL)
    office_code = models.CharField(pgettext_lazy("feed", "office"), max_length=80, blank=True)
    sorts = models.JSONField(pgettext_lazy("feed", "only"), default=list, blank=True)
    remind_days = models.PositiveSmallIntegerField(
        pgettext_lazy("feed", "reminds so many days before"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_REMIND_DAYS)],
    )
    language = models.CharField(
        pgettext_lazy("feed", "language"), max_length=2, choices=Language, default=Language.VI
    )
    created_at = models.DateTimeField(pgettext_lazy("feed", "made at"), default=clock.now)
    revoked_at = models.DateTimeField(pgettext_lazy("feed", "revoked at"), null=True, blank=True)

    objects = models.Manager.from_queryset(CalendarFeedQuerySet)()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ["created_at", "uid"]
        indexes = [models.Index(fields=["user", "created_at"], name="calendar_feed_user")]

    def __str__(self) -> str:
        return self.name
