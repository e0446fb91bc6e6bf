"""The way out of a signed edition: its files among the papers, and who has been sent it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.kernel import clock
from bonphuong.kernel.models import Tracked, UidModel
from bonphuong.reports.enums import Road

CODE = 80


class EditionFile(Tracked):
    """A file of a signed edition as it was filed among the papers; `ending` says which ("docx")."""

    edition = models.ForeignKey("reports.Edition", on_delete=models.PROTECT, related_name="files")
    paper = models.ForeignKey("papers.Paper", on_delete=models.PROTECT, related_name="+")
    ending = models.CharField(max_length=10)
    filed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("file of a signed report")
        verbose_name_plural = _("files of signed reports")
        ordering = ["ending"]
        constraints = [models.UniqueConstraint(fields=["edition", "ending"], name="edition_file_once")]

    def __str__(self) -> str:
        return self.ending


class Sending(UidModel):
    """That a signed edition went to somebody: an office of ours, or a body known by its name only.

    The product sends nothing by itself: a person notes what went, when, and by which road. What was noted by
    mistake is taken back with a reason and stays to be read.
    """

    edition = models.ForeignKey("reports.Edition", on_delete=models.PROTECT, related_name="sendings")
    office_code = models.CharField(pgettext_lazy("sending", "office"), max_length=CODE, blank=True)
    name = models.CharField(pgettext_lazy("sending", "to whom"), max_length=200, blank=True)
    road = models.CharField(pgettext_lazy("sending", "by which road"), max_length=12, choices=Road)
    sent_on = models.DateField(pgettext_lazy("sending", "sent on"))
    note = models.CharField(pgettext_lazy("sending", "note"), max_length=300, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)
    undone_why = models.CharField(
        pgettext_lazy("sending", "why it was taken back"), max_length=300, blank=True
    )

    class Meta:
        verbose_name = _("sending of a report")
        verbose_name_plural = _("sendings of reports")
        ordering = ["sent_on", "at", "uid"]
        constraints = [
            models.CheckConstraint(condition=~Q(office_code="", name=""), name="sending_to_somebody"),
        ]
        indexes = [models.Index(fields=["edition", "sent_on"], name="sending_edition")]

    def __str__(self) -> str:
        return f"{self.name or self.office_code} {self.sent_on:%Y-%m-%d}"
