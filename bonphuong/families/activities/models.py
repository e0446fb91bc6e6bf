"""Other activities: a date, a text, up to three quantities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.activities.enums import Channel, Section
from bonphuong.kit.models import CODE, FamilyRow

if TYPE_CHECKING:
    from decimal import Decimal

    from django.utils.functional import _StrOrPromise

DIGITS, PLACES = 20, 3


def _value(label: _StrOrPromise) -> models.DecimalField[Decimal | None, Decimal | None]:
    return models.DecimalField(label, max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)


class Activity(FamilyRow):
    """Something that a section of a report tells and that has no register of its own.

    `planned_on` is when it is meant to take place; it counts from `held_on` alone. Each quantity is what people
    would write in the sentence (name, value, unit): it is told with the activity and never summed by the ledger.
    """

    section = models.CharField(
        pgettext_lazy("activity", "section of the report"), max_length=12, choices=Section
    )
    planned_on = models.DateField(pgettext_lazy("activity", "planned for"), null=True, blank=True)
    held_on = models.DateField(pgettext_lazy("activity", "held on"), null=True, blank=True)
    until_on = models.DateField(pgettext_lazy("activity", "last day"), null=True, blank=True)
    place = models.CharField(pgettext_lazy("activity", "place"), max_length=200, blank=True)
    unit_code = models.CharField(
        pgettext_lazy("activity", "administrative unit"), max_length=CODE, blank=True
    )
    country_code = models.CharField(pgettext_lazy("activity", "country"), max_length=2, blank=True)
    partner_code = models.CharField(pgettext_lazy("activity", "partner"), max_length=CODE, blank=True)
    partner_text = models.CharField(pgettext_lazy("activity", "partner"), max_length=200, blank=True)
    field_code = models.CharField(pgettext_lazy("activity", "field"), max_length=CODE, blank=True)
    channel = models.CharField(
        pgettext_lazy("activity", "channel"), max_length=10, choices=Channel, default=Channel.STATE
    )
    text = models.TextField(pgettext_lazy("activity", "what was done"), blank=True)
    result = models.TextField(pgettext_lazy("activity", "result"), blank=True)
    quantity1_name = models.CharField(pgettext_lazy("activity", "quantity 1"), max_length=120, blank=True)
    quantity1_value = _value(pgettext_lazy("activity", "value 1"))
    quantity1_unit = models.CharField(pgettext_lazy("activity", "unit 1"), max_length=40, blank=True)
    quantity2_name = models.CharField(pgettext_lazy("activity", "quantity 2"), max_length=120, blank=True)
    quantity2_value = _value(pgettext_lazy("activity", "value 2"))
    quantity2_unit = models.CharField(pgettext_lazy("activity", "unit 2"), max_length=40, blank=True)
    quantity3_name = models.CharField(pgettext_lazy("activity", "quantity 3"), max_length=120, blank=True)
    quantity3_value = _value(pgettext_lazy("activity", "value 3"))
    quantity3_unit = models.CharField(pgettext_lazy("activity", "unit 3"), max_length=40, blank=True)
    reported_on = models.DateField(pgettext_lazy("activity", "reported on"), null=True, blank=True)
    source = models.CharField(pgettext_lazy("activity", "source"), max_length=300, blank=True)

    class Meta(FamilyRow.Meta):
        abstract = False
        verbose_name = _("other activity")
        verbose_name_plural = _("other activities")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(held_on__isnull=True) | Q(until_on__gte=F("held_on")),
                name="activity_runs_forward",
            )
        ]
        indexes = [models.Index(fields=["section", "held_on"], name="activity_section")]
