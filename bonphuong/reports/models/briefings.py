"""Briefing books as they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.kernel.uids import new_uid
from bonphuong.trail.enums import Guard

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User

CODE = 80


class BriefingQuerySet(models.QuerySet["BriefingBook"]):
    """Briefing books."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the books where one sees records; `queries.readable` says which of them one may read whole."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(book__in=user.access().books_for(Permission.RECORD_VIEW))


class BriefingBook(models.Model):
    """A briefing book as it was made: its whole content as canonical JSON. The database lets nobody change it.

    It was made within what its maker might see. `holds` names what stands in it: records, promises, people, and
    offices whose own notes were taken in; nobody reads it who may not see all of these. `as_of` is the moment that
    its figures stand at, `digest` the SHA-256 of the content.
    """

    guard: ClassVar[Guard] = Guard.APPEND_ONLY

    uid = models.UUIDField(primary_key=True, default=new_uid, editable=False)
    party_code = models.CharField(max_length=CODE)
    office_code = models.CharField(max_length=CODE)
    book = models.CharField(max_length=CODE)
    language = models.CharField(max_length=2, default="vi")
    title = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    holds = models.JSONField()
    as_of = models.DateTimeField()
    made_id = models.CharField(max_length=40)
    made_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    objects = models.Manager.from_queryset(BriefingQuerySet)()

    class Meta:
        verbose_name = _("briefing book")
        verbose_name_plural = _("briefing books")
        ordering = ["-made_at", "-uid"]
        indexes = [models.Index(fields=["book", "party_code", "-made_at"], name="briefing_party")]

    def __str__(self) -> str:
        return self.title
