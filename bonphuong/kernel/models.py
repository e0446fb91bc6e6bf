"""Model bases shared by every package. They own no table of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.db.models import Q

from bonphuong.kernel.uids import new_uid

if TYPE_CHECKING:
    from datetime import date

M = TypeVar("M", bound=models.Model, covariant=True)


class Tracked(models.Model):
    """Base of every table whose rows the trail watches: all but the trail's and the ledger's own.

    A write without an open `trail.acting(...)` is refused by the database itself.
    """

    class Meta:
        abstract = True


class UidModel(Tracked):
    """A row named by a UUIDv7, so that packages from many servers never collide."""

    uid = models.UUIDField(primary_key=True, default=new_uid, editable=False)

    class Meta:
        abstract = True


class DatedQuerySet(models.QuerySet[M]):
    """Rows that hold from a day to a day."""

    def on(self, day: date) -> DatedQuerySet[M]:
        """Rows in force on `day`, both ends included."""
        started = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        not_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        return self.filter(started & not_ended)


class DatedRow(Tracked):
    """A legal or practical fact with its validity and its source.

    `proved` is False where no text was found that says so: the page then shows it as unproved.
    """

    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    source_url = models.CharField(max_length=300, blank=True)
    proved = models.BooleanField(default=False)

    class Meta:
        abstract = True


def column_of(model: type[models.Model], name: str) -> str:
    """The column in which a model keeps a field, for what is written in SQL. Raises TypeError for one that keeps none."""
    field = model._meta.get_field(name)
    column: str | None = getattr(field, "column", None)
    if column is None:
        raise TypeError(f"{model.__name__}.{name} is no column")
    return column
