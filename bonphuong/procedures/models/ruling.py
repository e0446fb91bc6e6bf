"""Dated rules: days that something may take, limits of trips, days that a body has for its opinion."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.kernel.languages import reader_language
from bonphuong.kernel.models import DatedQuerySet
from bonphuong.procedures.enums import BodyKind, DayUnit, Direction, GuardKind, StartsFrom
from bonphuong.procedures.models.bases import Begun, Labelled


class DeadlineRule(Labelled, Begun):
    """How many days something may take, from what, and which text says so.

    `office_code` empty: for everybody. An office's own rule goes before the one of its province, that before all.
    """

    code = models.CharField(pgettext_lazy("procedure", "code"), max_length=60)
    procedure_code = models.CharField(pgettext_lazy("procedure", "procedure"), max_length=60)
    office_code = models.CharField(pgettext_lazy("procedure", "office"), max_length=80, blank=True)
    starts_from = models.CharField(
        pgettext_lazy("procedure", "counted from"), max_length=10, choices=StartsFrom
    )
    starts_at = models.CharField(pgettext_lazy("procedure", "beginning"), max_length=40)
    # For one counted from a date of the record: it begins to matter once the case has reached this state.
    once_reached = models.CharField(pgettext_lazy("procedure", "once reached"), max_length=40, blank=True)
    # The state that fulfils it: reaching it, or any later one on the road, stops the count.
    until_state = models.CharField(pgettext_lazy("procedure", "fulfilled by"), max_length=40)
    days = models.PositiveSmallIntegerField(pgettext_lazy("procedure", "days"))
    unit = models.CharField(
        pgettext_lazy("procedure", "unit"), max_length=10, choices=DayUnit, default=DayUnit.CALENDAR
    )
    direction = models.CharField(
        pgettext_lazy("procedure", "before or after"),
        max_length=10,
        choices=Direction,
        default=Direction.AFTER,
    )
    soon_days = models.PositiveSmallIntegerField(pgettext_lazy("procedure", "days of warning"), default=3)
    shipped = models.BooleanField(pgettext_lazy("procedure", "shipped"), default=False)

    objects = models.Manager.from_queryset(DatedQuerySet["DeadlineRule"])()

    class Meta:
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")
        ordering = ["procedure_code", "code", "office_code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure_code", "code", "office_code", "valid_from"],
                name="deadline_rule_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="deadline_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.days} {self.get_unit_display()}"


class GuardRule(Begun):
    """A limit that an office has set for trips. Passing it warns and never blocks.

    `level` empty: for every head of delegation; else only for heads of that level.
    """

    code = models.CharField(pgettext_lazy("procedure", "code"), max_length=60)
    procedure_code = models.CharField(pgettext_lazy("procedure", "procedure"), max_length=60)
    office_code = models.CharField(pgettext_lazy("procedure", "office"), max_length=80, blank=True)
    level = models.CharField(pgettext_lazy("procedure", "level of the head"), max_length=40, blank=True)
    kind = models.CharField(pgettext_lazy("procedure", "what is limited"), max_length=20, choices=GuardKind)
    limit = models.PositiveIntegerField(pgettext_lazy("procedure", "limit"))
    message_vi = models.CharField(pgettext_lazy("procedure", "warning in Vietnamese"), max_length=300)
    message_en = models.CharField(pgettext_lazy("procedure", "warning in English"), max_length=300)
    shipped = models.BooleanField(pgettext_lazy("procedure", "shipped"), default=False)

    objects = models.Manager.from_queryset(DatedQuerySet["GuardRule"])()

    class Meta:
        verbose_name = _("guard rule")
        verbose_name_plural = _("guard rules")
        ordering = ["procedure_code", "office_code", "code", "level", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure_code", "code", "office_code", "level", "valid_from"],
                name="guard_rule_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="guard_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ≤ {self.limit}"

    @property
    def message(self) -> str:
        """The warning's words in the language of the page, with %(value)s and %(limit)s to be filled."""
        return self.message_en if reader_language() == "en" else self.message_vi


class OpinionRule(Begun):
    """How many days a body has to answer when it is asked for its opinion, and which text says so.

    `procedure_code` empty: in every procedure; `body_kind` empty: for every kind of body. The rule of the
    procedure goes before the one for all, the one of the kind of body before the one for every body.
    """

    procedure_code = models.CharField(pgettext_lazy("procedure", "procedure"), max_length=60, blank=True)
    body_kind = models.CharField(
        pgettext_lazy("procedure", "kind of body"), max_length=20, choices=BodyKind, blank=True
    )
    office_code = models.CharField(pgettext_lazy("procedure", "office"), max_length=80, blank=True)
    days = models.PositiveSmallIntegerField(pgettext_lazy("procedure", "days"))
    unit = models.CharField(
        pgettext_lazy("procedure", "unit"), max_length=10, choices=DayUnit, default=DayUnit.WORKING
    )
    soon_days = models.PositiveSmallIntegerField(pgettext_lazy("procedure", "days of warning"), default=2)
    shipped = models.BooleanField(pgettext_lazy("procedure", "shipped"), default=False)

    objects = models.Manager.from_queryset(DatedQuerySet["OpinionRule"])()

    class Meta:
        verbose_name = _("rule of opinions")
        verbose_name_plural = _("rules of opinions")
        ordering = ["procedure_code", "body_kind", "office_code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure_code", "body_kind", "office_code", "valid_from"],
                name="opinion_rule_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="opinion_rule_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days} {self.get_unit_display()}"
