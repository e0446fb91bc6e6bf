"""Sheets that were loaded, their rows until these are entered, and what headings were taken for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.intake.enums import BatchStatus, RowPart, RowStatus, TwinChoice
from bonphuong.kernel import clock
from bonphuong.kernel.crypto import EncryptedTextField
from bonphuong.kernel.models import Tracked, UidModel
from bonphuong.trail.enums import Guard

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User

CODE = 80
FINGERPRINT = 64


class ColumnMapping(Tracked):
    """What the headings of an office's own sheets were taken for, by the fingerprint of all headings together.

    `columns` maps each heading, folded, to the code of a column; "" says that it is left out.
    """

    office_code = models.CharField(max_length=CODE)
    family = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, blank=True)
    fingerprint = models.CharField(max_length=FINGERPRINT)
    columns = models.JSONField(default=dict)
    used_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("remembered headings")
        verbose_name_plural = _("remembered headings")
        ordering = ["-used_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["office_code", "family", "kind", "fingerprint"], name="column_mapping_once"
            )
        ]

    def __str__(self) -> str:
        return ", ".join(self.columns)[:120]


class BatchQuerySet(models.QuerySet["Batch"]):
    """Sheets that were loaded."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the offices for which the person may load sheets."""
        return self.filter(office_code__in=office_codes_for(user, Permission.RECORD_IMPORT))


class Batch(UidModel):
    """A sheet that was loaded: whose, which file, how far it has come, and how many rows of each sort it has.

    `tables` describes what was found in the file: for each table its sheet, its headings and the kind it seems
    to hold; `mapping` is what a person said of headings. `happened` says that the sheet is a register of what
    took place. `repeats` is an earlier batch of the very same file.
    """

    office_code = models.CharField(max_length=CODE)
    book = models.CharField(max_length=CODE)
    family = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, blank=True)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.CharField(max_length=8, choices=BatchStatus, default=BatchStatus.STAGED)
    happened = models.BooleanField(default=True)
    tables = models.JSONField(default=list)
    mapping = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=list, blank=True)
    repeats = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    actor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    undo_reason = models.CharField(max_length=500, blank=True)
    rows = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    twins = models.PositiveIntegerField(default=0)
    posted = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    # Work that goes on behind the page: how many rows it is to enter, when it last said so, what stopped it.
    aim = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=500, blank=True)
    staged_at = models.DateTimeField(default=clock.now)
    checked_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    # The rows themselves are kept for a time only.
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(BatchQuerySet)()

    class Meta:
        verbose_name = _("loaded sheet")
        verbose_name_plural = _("loaded sheets")
        ordering = ["-staged_at", "-uid"]
        indexes = [
            models.Index(fields=["office_code", "-staged_at"], name="batch_office"),
            models.Index(fields=["digest"], name="batch_digest"),
        ]

    def __str__(self) -> str:
        return self.file_name


class BatchRow(UidModel):
    """A row of a loaded sheet as it stood there, and what was found about it.

    `cells` and `notes` are sealed: a sheet may hold anything, passport numbers too. `number` is the row's
    number in the file, `table` the place of its table in the batch, `part` what the row is in its table, `kind`
    what the heading above it says that it is. `same_as` is an earlier row of the batch that says the same;
    `twins` are uids of records that look like the same event; `choice` is what a person said of them. `of_uid` is
    the stored record that the row brings up to date, where it names one or is merged into one.
    """

    guard: ClassVar[Guard] = Guard.NONE
    guard_reason: ClassVar[str] = (
        "A copy of somebody's file until it is judged. What is entered from it is recorded in its own tables; "
        "old values kept in the trail could not be forgotten with the copy"
    )

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="batch_rows")
    table = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveIntegerField()
    part = models.CharField(max_length=10, choices=RowPart, default=RowPart.DATA)
    kind = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=8, choices=RowStatus, default=RowStatus.NEW)
    cells = EncryptedTextField(blank=True, default="")
    notes = EncryptedTextField(blank=True, default="")
    same_as = models.UUIDField(null=True, blank=True)
    twins = models.JSONField(default=list, blank=True)
    choice = models.CharField(max_length=5, choices=TwinChoice, blank=True)
    of_uid = models.UUIDField(null=True, blank=True)
    record_uid = models.UUIDField(null=True, blank=True)
    record_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("row of a loaded sheet")
        verbose_name_plural = _("rows of loaded sheets")
        ordering = ["batch", "table", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "table", "number"], name="batch_row_once"),
        ]
        indexes = [models.Index(fields=["batch", "status", "table", "number"], name="batch_row_status")]

    def __str__(self) -> str:
        return f"{self.number}"
