"""The trail's own tables. They hold who, when and why; what changed is written by triggers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bonphuong.kernel import clock
from bonphuong.kernel.uids import new_uid
from bonphuong.trail.enums import Guard, Operation, verb_label


class Action(models.Model):
    """One deliberate act of a person (or of the system), under which rows changed.

    The actor's name and the object's title are kept as text: they are true of that day, whatever comes after.
    """

    guard: ClassVar[Guard] = Guard.APPEND_ONLY

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    verb = models.CharField(max_length=80)
    actor_id = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    office = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    object_uid = models.CharField(max_length=80, blank=True)
    object_text = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        indexes = [
            models.Index(fields=["object_uid", "-id"], name="action_object"),
            models.Index(fields=["office", "-id"], name="action_office"),
            models.Index(fields=["actor_id", "-id"], name="action_actor"),
            models.Index(fields=["verb", "-id"], name="action_verb"),
            models.Index(fields=["at"], name="action_at"),
        ]

    def __str__(self) -> str:
        return (
            f"{verb_label(self.verb)}: {self.object_text}" if self.object_text else str(verb_label(self.verb))
        )


class Change(models.Model):
    """One row of one table changed under an action. Kept for ever; the old values are in the payload."""

    guard: ClassVar[Guard] = Guard.APPEND_ONLY

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="changes")
    table = models.CharField(max_length=63, db_column="table_name")
    row = models.CharField(max_length=80, db_column="row_key")
    op = models.CharField(max_length=1, choices=Operation)
    columns = models.TextField(blank=True)
    # Not a foreign key: the payload may be erased, and the change stays whole without it.
    payload_id = models.BigIntegerField(null=True)
    payload_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes = [models.Index(fields=["table", "row", "-id"], name="change_row")]

    def __str__(self) -> str:
        return f"{self.get_op_display()} {self.table} {self.row}"


class ChangePayload(models.Model):
    """The old values of the changed columns, salted, so that an erased one cannot be guessed from its digest."""

    guard: ClassVar[Guard] = Guard.ERASABLE

    salt = models.CharField(max_length=64)
    old = models.TextField()

    class Meta:
        verbose_name = _("earlier values")
        verbose_name_plural = _("earlier values")

    def __str__(self) -> str:
        return f"{self.pk}"


class Seal(models.Model):
    """A digest over a closed range of changes, chained to the seal before it."""

    guard: ClassVar[Guard] = Guard.APPEND_ONLY

    first_change = models.BigIntegerField(unique=True)
    last_change = models.BigIntegerField(unique=True)
    prev = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")

    def __str__(self) -> str:
        return f"{self.first_change}-{self.last_change}"
