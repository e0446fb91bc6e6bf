"""The annual programme with its lines and targets, and the profile of the province."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bonphuong.families.programme.enums import FIRST_YEAR, LAST_YEAR, Cut, Funding, Kind, Work
from bonphuong.kit.models import CODE, FamilyLine, FamilyRow


class Programme(FamilyRow):
    """The external-affairs programme of a year, or the profile of the province.

    `starts_on`/`ends_on` are the year's days by its cut. What was added after the approval has its own day among
    the lines. A profile has no lines: its figures are stated figures of the ledger.
    """

    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    cut = models.CharField(_("days of the year"), max_length=10, choices=Cut, default=Cut.CALENDAR)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    content = models.TextField(_("orientation and priorities"), blank=True)
    gathered_from_on = models.DateField(_("units asked on"), null=True, blank=True)
    due_for_submission = models.DateField(_("to be submitted by"), null=True, blank=True)
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    submitted_to = models.CharField(_("submitted to"), max_length=200, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_by = models.CharField(_("approved by"), max_length=200, blank=True)
    decision_number = models.CharField(_("number of the approval"), max_length=60, blank=True)
    begun_on = models.DateField(_("units charged on"), null=True, blank=True)
    adjusted_on = models.DateField(_("last adjusted on"), null=True, blank=True)
    adjusting_number = models.CharField(_("number of the adjustment"), max_length=60, blank=True)
    reviewed_on = models.DateField(_("year reviewed on"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    result = models.TextField(_("result"), blank=True)

    class Meta(FamilyRow.Meta):
        verbose_name = _("annual programme or profile")
        verbose_name_plural = _("annual programmes and profiles")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="programme_kind"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.PROGRAMME) | Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="programme_has_year",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="programme_days_in_order",
            ),
        ]


class PlannedWork(FamilyLine):
    """A line of the programme: one planned delegation, conference, agreement, item of aid.

    `number` is the plan number by which records are found to be the doing of it; `month` the month of the year that
    it is planned for. `added_on` is set where the line came with an adjustment.
    """

    row = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="works")
    number = models.CharField(_("plan number"), max_length=30)
    work = models.CharField(_("kind of work"), max_length=12, choices=Work)
    title = models.CharField(_("name"), max_length=300)
    purpose = models.CharField(_("purpose"), max_length=500, blank=True)
    time = models.CharField(_("time"), max_length=120, blank=True)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    country_code = models.CharField(_("country"), max_length=2, blank=True)
    partner_code = models.CharField(max_length=CODE, blank=True)
    partner_text = models.CharField(_("partner"), max_length=200, blank=True)
    heads = models.PositiveIntegerField(_("people"), null=True, blank=True)
    cost = models.BigIntegerField(_("cost (VND)"), null=True, blank=True)
    funding = models.CharField(_("source of funds"), max_length=10, choices=Funding, blank=True)
    lead_office_code = models.CharField(_("lead office"), max_length=CODE, blank=True)
    added_on = models.DateField(_("added by an adjustment on"), null=True, blank=True)
    dropped_on = models.DateField(_("given up on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("planned work")
        verbose_name_plural = _("planned works")
        constraints = [
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__gte=1, month__lte=12), name="planned_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Target(FamilyLine):
    """A target of the year for a measure, named by its code or its words; `value` in whole units of the measure."""

    row = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="targets")
    measure = models.CharField(_("what is counted"), max_length=120)
    country_code = models.CharField(_("country"), max_length=2, blank=True)
    value = models.DecimalField(_("target"), max_digits=20, decimal_places=4)
    lead_office_code = models.CharField(_("lead office"), max_length=CODE, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("target of a year")
        verbose_name_plural = _("targets of years")

    def __str__(self) -> str:
        return f"{self.measure} {self.value}"
