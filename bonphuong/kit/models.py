"""Model bases of record families: the row beside the header, and the lines under a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import pgettext_lazy

from bonphuong.kernel.models import Tracked, UidModel

if TYPE_CHECKING:
    from uuid import UUID

    from bonphuong.records.models import Record

#: Length of permanent codes (offices, parties, units, fields).
CODE = 80


class FamilyRow(Tracked):
    """A family's own row beside the record's header; one for each record, under the record's key.

    A family inherits it, adds its fields, and keeps constraints in `Meta(FamilyRow.Meta)`. Names of offices,
    partners, countries, units and fields are permanent codes, never keys.
    """

    record = models.OneToOneField(
        "records.Record",
        verbose_name=pgettext_lazy("kit", "record"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="%(class)s",
    )
    kind = models.CharField(pgettext_lazy("kit", "kind"), max_length=40)
    lead_office_code = models.CharField(pgettext_lazy("kit", "lead office"), max_length=CODE)
    cancelled_on = models.DateField(pgettext_lazy("kit", "called off on"), null=True, blank=True)
    cancel_reason = models.CharField(
        pgettext_lazy("kit", "why it was called off"), max_length=300, blank=True
    )
    # Entered by mistake: it never stood for anything.
    is_void = models.BooleanField(pgettext_lazy("kit", "entered by mistake"), default=False)

    if TYPE_CHECKING:
        record_id: UUID

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.record)

    @property
    def uid(self) -> UUID:
        """The record's own uid."""
        return self.record_id

    @property
    def counts(self) -> bool:
        """Whether it may stand for anything: neither a mistake nor entered twice."""
        header: Record = self.record
        return not self.is_void and header.duplicate_of_id is None


class FamilyLine(UidModel):
    """A line under a row: a money series, a participant, a version in another language.

    A family inherits it and adds `row = ForeignKey(TheRow, on_delete=CASCADE, related_name="<name of the lines>")`
    and its fields. `order` counts from 1 within the row.
    """

    order = models.PositiveIntegerField(pgettext_lazy("kit", "order"), default=1)

    class Meta:
        abstract = True
        ordering = ["order"]


class MoneyLine(FamilyLine):
    """A sum in its own currency, with the rate that turns it into đồng, the rate's day and its source.

    `amount` is in the smallest unit of the currency (`kernel.money.minor_units`), `vnd` in đồng, `usd` in cents;
    the two are as a paper states them, else what the rate gives, and empty where neither is known. `rate` is đồng
    for one whole unit of the currency.
    """

    amount = models.BigIntegerField(pgettext_lazy("kit", "amount"))
    currency = models.CharField(pgettext_lazy("kit", "currency"), max_length=3, default="VND")
    rate = models.DecimalField(
        pgettext_lazy("kit", "rate"), max_digits=18, decimal_places=6, null=True, blank=True
    )
    rate_on = models.DateField(pgettext_lazy("kit", "day of the rate"), null=True, blank=True)
    rate_source = models.CharField(pgettext_lazy("kit", "source of the rate"), max_length=200, blank=True)
    vnd = models.BigIntegerField(pgettext_lazy("kit", "in đồng"), null=True, blank=True)
    usd = models.BigIntegerField(pgettext_lazy("kit", "in US dollars"), null=True, blank=True)

    class Meta(FamilyLine.Meta):
        abstract = True
