"""Twinned pairs, with their activities, reviews and pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.twinning.enums import REVIEW_MONTHS, Deed, Level, ReviewKind, Standing
from bonphuong.kit.models import CODE, FamilyLine, FamilyRow

if TYPE_CHECKING:
    import datetime as dt

NAME = 200


class Pair(FamilyRow):
    """Two sides that are twinned: who, at which level, since when, with what content, and how it goes on.

    `signed_on` is the day of the minutes; where no source tells it, `active_on` is a day on which the pair is known
    to have been twinned already, and the pair is counted from there without having been signed in any period.
    `paused_on`/`resumed_on` are the latest pause, `reviewed_on` the latest review; earlier ones stay as lines.
    `standing` and `next_review_on` follow from the days.
    """

    level = models.CharField(pgettext_lazy("twinning", "level"), max_length=12, choices=Level)
    ours_text = models.CharField(pgettext_lazy("twinning", "our side"), max_length=NAME)
    ours_unit_code = models.CharField(
        pgettext_lazy("twinning", "commune, as now"), max_length=CODE, blank=True
    )
    country_code = models.CharField(pgettext_lazy("twinning", "country"), max_length=2, default="CN")
    partner_code = models.CharField(pgettext_lazy("twinning", "their side"), max_length=CODE, blank=True)
    partner_text = models.CharField(pgettext_lazy("twinning", "their side"), max_length=NAME, blank=True)
    field_code = models.CharField(pgettext_lazy("twinning", "field"), max_length=CODE, blank=True)
    contents_count = models.PositiveSmallIntegerField(
        pgettext_lazy("twinning", "number of contents"), null=True, blank=True
    )
    contents = models.TextField(pgettext_lazy("twinning", "contents, one a line"), blank=True)
    minutes_number = models.CharField(
        pgettext_lazy("twinning", "minutes or decision"), max_length=120, blank=True
    )
    signed_place = models.CharField(pgettext_lazy("twinning", "signed at"), max_length=NAME, blank=True)
    source = models.CharField(pgettext_lazy("twinning", "source"), max_length=300, blank=True)
    remark = models.TextField(pgettext_lazy("twinning", "remark"), blank=True)
    surveyed_on = models.DateField(pgettext_lazy("twinning", "surveyed on"), null=True, blank=True)
    proposed_on = models.DateField(pgettext_lazy("twinning", "proposed on"), null=True, blank=True)
    authorised_on = models.DateField(pgettext_lazy("twinning", "authorised on"), null=True, blank=True)
    agreed_on = models.DateField(
        pgettext_lazy("twinning", "agreed with the partner on"), null=True, blank=True
    )
    signed_on = models.DateField(pgettext_lazy("twinning", "signed on"), null=True, blank=True)
    active_on = models.DateField(
        pgettext_lazy("twinning", "in effect from (or known to be)"), null=True, blank=True
    )
    expires_on = models.DateField(pgettext_lazy("twinning", "valid until"), null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(
        pgettext_lazy("twinning", "reviewed every (months)"), default=REVIEW_MONTHS
    )
    reviewed_on = models.DateField(pgettext_lazy("twinning", "last reviewed on"), null=True, blank=True)
    review_result = models.TextField(pgettext_lazy("twinning", "result of the last review"), blank=True)
    renewed_on = models.DateField(pgettext_lazy("twinning", "renewed on"), null=True, blank=True)
    paused_on = models.DateField(pgettext_lazy("twinning", "paused on"), null=True, blank=True)
    pause_reason = models.CharField(
        pgettext_lazy("twinning", "why it was paused"), max_length=300, blank=True
    )
    resumed_on = models.DateField(pgettext_lazy("twinning", "resumed on"), null=True, blank=True)
    ended_on = models.DateField(pgettext_lazy("twinning", "ended on"), null=True, blank=True)
    end_reason = models.CharField(pgettext_lazy("twinning", "why it ended"), max_length=300, blank=True)
    standing = models.CharField(
        pgettext_lazy("twinning", "standing"), max_length=10, choices=Standing, default=Standing.PREPARING
    )
    next_review_on = models.DateField(pgettext_lazy("twinning", "next review by"), null=True, blank=True)

    class Meta(FamilyRow.Meta):
        abstract = False
        verbose_name = _("twinned pair")
        verbose_name_plural = _("twinned pairs")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(signed_on__isnull=True)
                | Q(ended_on__gte=F("signed_on")),
                name="pair_ends_after_signing",
            ),
            models.CheckConstraint(
                condition=Q(resumed_on__isnull=True) | Q(paused_on__isnull=False), name="pair_resumes_a_pause"
            ),
        ]
        indexes = [
            models.Index(fields=["standing", "level"], name="pair_standing"),
            models.Index(fields=["signed_on"], name="pair_signed", condition=Q(signed_on__isnull=False)),
            models.Index(
                fields=["next_review_on"], name="pair_review", condition=Q(next_review_on__isnull=False)
            ),
            models.Index(fields=["expires_on"], name="pair_expiry", condition=Q(expires_on__isnull=False)),
        ]

    @property
    def since(self) -> dt.date | None:
        """The first day on which the pair is counted as twinned."""
        return self.signed_on or self.active_on


class Activity(FamilyLine):
    """What the two sides did together on a day or several."""

    row = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="activities")
    on = models.DateField(pgettext_lazy("twinning", "day"), db_column="on_day")
    until = models.DateField(pgettext_lazy("twinning", "last day"), null=True, blank=True)
    deed = models.CharField(
        pgettext_lazy("twinning", "kind"), max_length=10, choices=Deed, default=Deed.EXCHANGE
    )
    what = models.CharField(pgettext_lazy("twinning", "what was done"), max_length=500)
    place = models.CharField(pgettext_lazy("twinning", "place"), max_length=NAME, blank=True)
    people_ours = models.PositiveIntegerField(pgettext_lazy("twinning", "our people"), null=True, blank=True)
    people_theirs = models.PositiveIntegerField(
        pgettext_lazy("twinning", "their people"), null=True, blank=True
    )

    class Meta(FamilyLine.Meta):
        abstract = False
        verbose_name = _("activity of a pair")
        verbose_name_plural = _("activities of pairs")
        indexes = [models.Index(fields=["row", "on"], name="pair_activity_on")]

    def __str__(self) -> str:
        return self.what


class Review(FamilyLine):
    """A look back at a pair: of a year, of three years."""

    row = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="reviews")
    on = models.DateField(pgettext_lazy("twinning", "day"), db_column="on_day")
    review_kind = models.CharField(
        pgettext_lazy("twinning", "which"), max_length=12, choices=ReviewKind, default=ReviewKind.YEARLY
    )
    result = models.TextField(pgettext_lazy("twinning", "result"), blank=True)
    paper = models.CharField(pgettext_lazy("twinning", "paper"), max_length=120, blank=True)

    class Meta(FamilyLine.Meta):
        abstract = False
        verbose_name = _("review of a pair")
        verbose_name_plural = _("reviews of pairs")

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"


class Pause(FamilyLine):
    """A time in which a pair rested, as in the years of the epidemic; open while it has not gone on."""

    row = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="pauses")
    since = models.DateField(pgettext_lazy("twinning", "paused on"))
    until = models.DateField(pgettext_lazy("twinning", "resumed on"), null=True, blank=True)
    reason = models.CharField(pgettext_lazy("twinning", "why"), max_length=300, blank=True)

    class Meta(FamilyLine.Meta):
        abstract = False
        verbose_name = _("pause of a pair")
        verbose_name_plural = _("pauses of pairs")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="pair_pause_runs_forward"
            )
        ]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d}"
