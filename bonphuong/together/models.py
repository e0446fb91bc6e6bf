"""Forms that were begun, people who have a page open, and how far each is with the first lesson.

None of this is a fact about the province's work, and all of it passes: hence no trail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.kernel import clock
from bonphuong.kernel.crypto import EncryptedTextField
from bonphuong.kernel.models import UidModel
from bonphuong.together.enums import HERE_FOR, KEPT_FOR, Lesson
from bonphuong.trail.enums import Guard

if TYPE_CHECKING:
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User


class BegunFormQuerySet(models.QuerySet["BegunForm"]):
    """Forms that were begun."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, while they are kept, and nobody else's."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(user=user, kept_at__gt=clock.now() - KEPT_FOR)

    def outlived(self) -> Self:
        """Those that nobody took up again in time."""
        return self.filter(kept_at__lte=clock.now() - KEPT_FOR)


class BegunForm(UidModel):
    """What a person typed into a form and has not saved yet, at the address where the form stands.

    `content` is JSON, sealed: {"title": …, "fields": [[name, value], …]}. A form holds passports and birth dates
    as likely as anything else, so all of it is restricted.
    """

    guard: ClassVar[Guard] = Guard.NONE
    guard_reason: ClassVar[str] = "passes by itself, is nobody's record, and is rewritten as one types"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("begun form", "who typed it"),
        on_delete=models.CASCADE,
        related_name="begun_forms",
    )
    address = models.CharField(pgettext_lazy("begun form", "address of the form"), max_length=300)
    form = models.CharField(pgettext_lazy("begun form", "form on the page"), max_length=120)
    content = EncryptedTextField(pgettext_lazy("begun form", "what was typed"), default="")
    kept_at = models.DateTimeField(pgettext_lazy("begun form", "kept at"), default=clock.now)

    objects = models.Manager.from_queryset(BegunFormQuerySet)()

    class Meta:
        verbose_name = _("begun form")
        verbose_name_plural = _("begun forms")
        ordering = ["-kept_at", "-uid"]
        constraints = [
            models.UniqueConstraint(fields=["user", "address", "form"], name="begun_form_once"),
        ]
        indexes = [
            models.Index(fields=["user", "-kept_at"], name="begun_form_user"),
            models.Index(fields=["kept_at"], name="begun_form_age"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.form}"


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Pages that people have open."""

    def now(self) -> Self:
        """Only those heard of a moment ago."""
        return self.filter(seen_at__gt=clock.now() - HERE_FOR)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Everybody's at their desks, for whoever is at one; that `about` may be seen is for the caller to know."""
        return self.now() if user.is_authenticated else self.none()

    def at(self, about: UUID) -> Self:
        """Those of one record or report."""
        return self.filter(about=about)


class Presence(UidModel):
    """A person who has a page of a record or report open. `place` is the page or the part of it."""

    guard: ClassVar[Guard] = Guard.NONE
    guard_reason: ClassVar[str] = "says who has a page open this minute; nothing is to be remembered of it"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("presence", "who"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    about = models.UUIDField(pgettext_lazy("presence", "what is open"))
    place = models.CharField(pgettext_lazy("presence", "page"), max_length=80)
    is_writing = models.BooleanField(pgettext_lazy("presence", "has a form open"), default=False)
    seen_at = models.DateTimeField(pgettext_lazy("presence", "last heard of"), default=clock.now)

    objects = models.Manager.from_queryset(PresenceQuerySet)()

    class Meta:
        verbose_name = _("open page")
        verbose_name_plural = _("open pages")
        ordering = ["-seen_at", "-uid"]
        constraints = [
            models.UniqueConstraint(fields=["about", "user", "place"], name="presence_once"),
        ]
        indexes = [models.Index(fields=["seen_at"], name="presence_age")]

    def __str__(self) -> str:
        return f"{self.about} {self.place}"


class FirstLesson(UidModel):
    """How far a person is with the first lesson, and the form that they are practising with."""

    guard: ClassVar[Guard] = Guard.NONE
    guard_reason: ClassVar[str] = "is a person's own place in a lesson, no act of the office"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("lesson", "who"),
        on_delete=models.CASCADE,
        related_name="first_lesson",
    )
    state = models.CharField(
        pgettext_lazy("lesson", "state"), max_length=10, choices=Lesson, default=Lesson.OFFERED
    )
    step = models.PositiveSmallIntegerField(pgettext_lazy("lesson", "step"), default=1)
    at = models.DateTimeField(pgettext_lazy("lesson", "at"), default=clock.now)

    class Meta:
        verbose_name = _("first lesson")
        verbose_name_plural = _("first lessons")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.state} {self.step}"
