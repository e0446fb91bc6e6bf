"""What hangs on border records: markers, counties, what a gate has been, its pauses, its history, its statements."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.borders.enums import Condition, GateType, Scope, Side
from bonphuong.families.borders.models.items import NAME, PAPER, BorderItem
from bonphuong.kernel.models import UidModel
from bonphuong.kit.models import CODE, FamilyLine


class Marker(FamilyLine):
    """A boundary marker: its number, its sub-number ("62(2)"), where it stands, how it was found and when."""

    row = models.ForeignKey(BorderItem, on_delete=models.CASCADE, related_name="markers")
    number = models.PositiveIntegerField(pgettext_lazy("border", "marker"))
    sub_number = models.CharField(pgettext_lazy("border", "sub-number"), max_length=10, blank=True)
    place = models.CharField(pgettext_lazy("border", "place"), max_length=NAME, blank=True)
    condition = models.CharField(
        pgettext_lazy("border", "condition"), max_length=10, choices=Condition, default=Condition.UNKNOWN
    )
    checked_on = models.DateField(pgettext_lazy("border", "last checked on"), null=True, blank=True)
    note = models.CharField(pgettext_lazy("border", "remark"), max_length=300, blank=True)

    class Meta(FamilyLine.Meta):
        abstract = False
        verbose_name = _("boundary marker")
        verbose_name_plural = _("boundary markers")
        constraints = [
            models.UniqueConstraint(fields=["row", "number", "sub_number"], name="border_marker_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}({self.sub_number})" if self.sub_number else str(self.number)


class County(FamilyLine):
    """A county over the border along this stretch."""

    row = models.ForeignKey(BorderItem, on_delete=models.CASCADE, related_name="counties")
    partner_code = models.CharField(pgettext_lazy("border", "county"), max_length=CODE, blank=True)
    partner_text = models.CharField(pgettext_lazy("border", "county"), max_length=NAME, blank=True)
    length_km = models.DecimalField(
        pgettext_lazy("border", "length (km)"), max_digits=9, decimal_places=3, null=True, blank=True
    )
    note = models.CharField(pgettext_lazy("border", "remark"), max_length=300, blank=True)

    class Meta(FamilyLine.Meta):
        abstract = False
        verbose_name = _("county over the border")
        verbose_name_plural = _("counties over the border")

    def __str__(self) -> str:
        return self.partner_text


class Grade(FamilyLine):
    """What a gate has worked as and since when, with both sides' word on it. The case that runs is on the row."""

    row = models.ForeignKey(BorderItem, on_delete=models.CASCADE, related_name="grades")
    gate_type = models.CharField(pgettext_lazy("border", "worked as"), max_length=14, choices=GateType)
    since = models.DateField(pgettext_lazy("border", "in operation from"))
    until = models.DateField(pgettext_lazy("border", "until"), null=True, blank=True)
    at_latest = models.BooleanField(
        pgettext_lazy("border", "in operation by then at the latest"), default=False
    )
    vn_decided_on = models.DateField(pgettext_lazy("border", "decided by our side on"), null=True, blank=True)
    vn_decision = models.CharField(
        pgettext_lazy("border", "our side's decision"), max_length=PAPER, blank=True
    )
    partner_decided_on = models.DateField(
        pgettext_lazy("border", "decided by the other side on"), null=True, blank=True
    )
    partner_decision = models.CharField(
        pgettext_lazy("border", "other side's decision"), max_length=PAPER, blank=True
    )
    announced_on = models.DateField(pgettext_lazy("border", "announced by both on"), null=True, blank=True)
    announced_paper = models.CharField(pgettext_lazy("border", "announcement"), max_length=PAPER, blank=True)
    paper = models.CharField(pgettext_lazy("border", "paper on operation"), max_length=PAPER, blank=True)

    class Meta(FamilyLine.Meta):
        abstract = False
        verbose_name = _("grade of a gate")
        verbose_name_plural = _("grades of gates")
        constraints = [
            models.UniqueConstraint(fields=["row", "since"], name="border_grade_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="border_grade_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gate_type} {self.since:%Y-%m-%d}"


class GatePause(FamilyLine):
    """A time in which a gate was shut, as in the years of the epidemic; open while nothing passes again."""

    row = models.ForeignKey(BorderItem, on_delete=models.CASCADE, related_name="pauses")
    since = models.DateField(pgettext_lazy("border", "shut from"))
    until = models.DateField(pgettext_lazy("border", "open again from"), null=True, blank=True)
    scope = models.CharField(
        pgettext_lazy("border", "shut to"), max_length=8, choices=Scope, default=Scope.ALL
    )
    side = models.CharField(pgettext_lazy("border", "by whom"), max_length=8, choices=Side, blank=True)
    reason = models.CharField(pgettext_lazy("border", "why"), max_length=300, blank=True)
    paper = models.CharField(pgettext_lazy("border", "paper"), max_length=PAPER, blank=True)

    class Meta(FamilyLine.Meta):
        abstract = False
        verbose_name = _("pause of a gate")
        verbose_name_plural = _("pauses of gates")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="border_pause_runs_forward"
            )
        ]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d}"


class GateEvent(FamilyLine):
    """Something dated in the history of a gate that is no step of its own: a plan, a policy, a talk."""

    row = models.ForeignKey(BorderItem, on_delete=models.CASCADE, related_name="events")
    on = models.DateField(pgettext_lazy("border", "day"), db_column="on_day")
    what = models.CharField(pgettext_lazy("border", "what happened"), max_length=500)
    paper = models.CharField(pgettext_lazy("border", "paper"), max_length=PAPER, blank=True)
    source = models.CharField(pgettext_lazy("border", "source"), max_length=300, blank=True)

    class Meta(FamilyLine.Meta):
        abstract = False
        verbose_name = _("event of a gate")
        verbose_name_plural = _("events of gates")

    def __str__(self) -> str:
        return self.what


class Posted(UidModel):
    """Which statement of the ledger a border record made: so that it can be replaced or withdrawn later.

    It outlives its record on purpose: what a record stated must be found when the record itself has been taken back.
    `since`/`until` are empty for a figure without a period; `dimensions` is the statement's own text.
    """

    record_uid = models.UUIDField()
    book = models.CharField(max_length=CODE)
    measure = models.CharField(max_length=CODE)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    dimensions = models.CharField(max_length=500, blank=True)
    statement_uid = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("statement of a border record")
        verbose_name_plural = _("statements of border records")
        indexes = [
            models.Index(fields=["record_uid"], name="border_posted_record"),
            models.Index(fields=["book", "measure", "since"], name="border_posted_key"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.statement_uid}"
