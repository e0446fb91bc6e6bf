"""An office's own form of a report while somebody is changing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel import clock
from bonphuong.kernel.models import UidModel
from bonphuong.reports.enums import Cutoff, LateRule
from bonphuong.reports.models.editions import CODE, ReportDefinition

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User


class FormDraftQuerySet(models.QuerySet["FormDraft"]):
    """Forms that are being changed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the offices whose settings the person keeps."""
        return self.filter(office_code__in=office_codes_for(user, Permission.SETTINGS_CHANGE))


class FormDraft(UidModel):
    """A form of a report that an office is changing; it holds for nothing until it becomes a definition.

    It may have mistakes while it is changed. `base` is the definition that it began from, `version` counts the
    changes, so that two people do not write over one another.
    """

    office_code = models.CharField(max_length=CODE)
    code = models.CharField(max_length=40)
    language = models.CharField(max_length=2, default="vi")
    base = models.ForeignKey(ReportDefinition, on_delete=models.PROTECT, related_name="form_drafts")
    cutoff = models.CharField(max_length=10, choices=Cutoff)
    late_rule = models.CharField(max_length=10, choices=LateRule)
    content = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    objects = models.Manager.from_queryset(FormDraftQuerySet)()

    class Meta:
        verbose_name = _("form of a report being changed")
        verbose_name_plural = _("forms of reports being changed")
        ordering = ["office_code", "code", "language"]
        constraints = [
            models.UniqueConstraint(fields=["office_code", "code", "language"], name="form_draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.office_code}"
