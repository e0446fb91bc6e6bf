"""Border work: one table for its kinds, and the lines that hang on them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.borders.enums import GateType, JointKind, Standing
from bonphuong.kit.models import CODE, FamilyRow
from bonphuong.ledger.enums import Bound

NAME, PAPER = 200, 160


class BorderItem(FamilyRow):
    """A stretch of the line, a gate or opening, joint work on the line, or the figures that a force states of a month.

    Gates: `gate_type` is what the case is about, opened or upgraded to; what the gate has worked as stands in its
    `grades`, and the days of either side's decision, of the announcement and of operation are those of the case that
    runs. `gate_code` is for ever; figures of months name it. `operating_at_latest` says that a source only shows it
    in operation by that day. `type_now` and `standing` follow from the days.
    Figures of a month: as the force in charge states them for exactly `since_on`..`until_on`; amounts are in
    whole units of `currency`. They are posted as statements and never added up.
    """

    place = models.CharField(pgettext_lazy("border", "place"), max_length=NAME, blank=True)
    unit_code = models.CharField(pgettext_lazy("border", "commune, as now"), max_length=CODE, blank=True)
    country_code = models.CharField(pgettext_lazy("border", "country"), max_length=2, default="CN")
    partner_code = models.CharField(pgettext_lazy("border", "other side"), max_length=CODE, blank=True)
    partner_text = models.CharField(pgettext_lazy("border", "other side"), max_length=NAME, blank=True)
    field_code = models.CharField(pgettext_lazy("border", "field"), max_length=CODE, blank=True)
    source = models.CharField(pgettext_lazy("border", "source"), max_length=300, blank=True)
    remark = models.TextField(pgettext_lazy("border", "remark"), blank=True)
    # The line.
    is_whole = models.BooleanField(pgettext_lazy("border", "the whole border of the province"), default=False)
    length_km = models.DecimalField(
        pgettext_lazy("border", "length (km)"), max_digits=9, decimal_places=3, null=True, blank=True
    )
    marker_count = models.PositiveIntegerField(
        pgettext_lazy("border", "number of markers"), null=True, blank=True
    )
    marker_from = models.CharField(pgettext_lazy("border", "from marker"), max_length=20, blank=True)
    marker_to = models.CharField(pgettext_lazy("border", "to marker"), max_length=20, blank=True)
    legal_basis = models.CharField(
        pgettext_lazy("border", "treaties and protocols"), max_length=300, blank=True
    )
    verified_on = models.DateField(pgettext_lazy("border", "as of"), null=True, blank=True)
    left_on = models.DateField(pgettext_lazy("border", "no longer kept from"), null=True, blank=True)
    # Gates and openings.
    gate_code = models.CharField(pgettext_lazy("border", "code of the gate"), max_length=CODE, blank=True)
    gate_type = models.CharField(
        pgettext_lazy("border", "type opened or upgraded to"), max_length=14, choices=GateType, blank=True
    )
    proposed_on = models.DateField(pgettext_lazy("border", "proposed on"), null=True, blank=True)
    team_on = models.DateField(pgettext_lazy("border", "joint team formed on"), null=True, blank=True)
    surveyed_on = models.DateField(pgettext_lazy("border", "surveyed on"), null=True, blank=True)
    dossier_on = models.DateField(pgettext_lazy("border", "dossier sent on"), null=True, blank=True)
    opinion_on = models.DateField(pgettext_lazy("border", "opinions received on"), null=True, blank=True)
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
    infrastructure_on = models.DateField(
        pgettext_lazy("border", "works and forces ready on"), null=True, blank=True
    )
    notes_on = models.DateField(pgettext_lazy("border", "notes exchanged on"), null=True, blank=True)
    notes_paper = models.CharField(pgettext_lazy("border", "notes"), max_length=PAPER, blank=True)
    announced_on = models.DateField(pgettext_lazy("border", "announced by both on"), null=True, blank=True)
    announced_paper = models.CharField(pgettext_lazy("border", "announcement"), max_length=PAPER, blank=True)
    operating_on = models.DateField(pgettext_lazy("border", "in operation from"), null=True, blank=True)
    operating_paper = models.CharField(
        pgettext_lazy("border", "paper on operation"), max_length=PAPER, blank=True
    )
    operating_at_latest = models.BooleanField(
        pgettext_lazy("border", "in operation by then at the latest"), default=False
    )
    closed_on = models.DateField(pgettext_lazy("border", "closed for good on"), null=True, blank=True)
    close_reason = models.CharField(pgettext_lazy("border", "why it was closed"), max_length=300, blank=True)
    type_now = models.CharField(
        pgettext_lazy("border", "works as"), max_length=14, choices=GateType, blank=True
    )
    standing = models.CharField(
        pgettext_lazy("border", "standing"), max_length=14, choices=Standing, blank=True
    )
    # Joint inspections and patrols.
    joint_kind = models.CharField(
        pgettext_lazy("border", "kind of joint work"), max_length=14, choices=JointKind, blank=True
    )
    planned_on = models.DateField(pgettext_lazy("border", "planned for"), null=True, blank=True)
    agreed_on = models.DateField(
        pgettext_lazy("border", "agreed with the other side on"), null=True, blank=True
    )
    held_on = models.DateField(pgettext_lazy("border", "held on"), null=True, blank=True)
    held_until = models.DateField(pgettext_lazy("border", "held until"), null=True, blank=True)
    officers_ours = models.PositiveIntegerField(
        pgettext_lazy("border", "our officers"), null=True, blank=True
    )
    officers_theirs = models.PositiveIntegerField(
        pgettext_lazy("border", "their officers"), null=True, blank=True
    )
    officers_all = models.PositiveIntegerField(
        pgettext_lazy("border", "officers of both sides"), null=True, blank=True
    )
    teams = models.PositiveIntegerField(pgettext_lazy("border", "teams"), null=True, blank=True)
    meetings = models.PositiveIntegerField(
        pgettext_lazy("border", "meetings on the way"), null=True, blank=True
    )
    km = models.DecimalField(
        pgettext_lazy("border", "length covered (km)"), max_digits=9, decimal_places=3, null=True, blank=True
    )
    hours = models.DecimalField(
        pgettext_lazy("border", "hours"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    leaflets = models.PositiveIntegerField(pgettext_lazy("border", "leaflets"), null=True, blank=True)
    result = models.TextField(pgettext_lazy("border", "result"), blank=True)
    reported_on = models.DateField(pgettext_lazy("border", "reported on"), null=True, blank=True)
    # Figures of a month.
    month = models.CharField(pgettext_lazy("border", "month"), max_length=30, blank=True)
    since_on = models.DateField(pgettext_lazy("border", "first day"), null=True, blank=True)
    until_on = models.DateField(pgettext_lazy("border", "last day"), null=True, blank=True)
    stated_by = models.CharField(pgettext_lazy("border", "stated by"), max_length=NAME, blank=True)
    stated_on = models.DateField(pgettext_lazy("border", "stated on"), null=True, blank=True)
    stated_paper = models.CharField(pgettext_lazy("border", "paper"), max_length=PAPER, blank=True)
    bound = models.CharField(
        pgettext_lazy("border", "word before the figures"), max_length=10, choices=Bound, blank=True
    )
    people_out = models.BigIntegerField(pgettext_lazy("border", "people out"), null=True, blank=True)
    people_in = models.BigIntegerField(pgettext_lazy("border", "people in"), null=True, blank=True)
    vehicles_out = models.BigIntegerField(pgettext_lazy("border", "vehicles out"), null=True, blank=True)
    vehicles_in = models.BigIntegerField(pgettext_lazy("border", "vehicles in"), null=True, blank=True)
    export_amount = models.DecimalField(
        pgettext_lazy("border", "exports"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    import_amount = models.DecimalField(
        pgettext_lazy("border", "imports"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(pgettext_lazy("border", "currency"), max_length=3, default="USD")
    cases = models.PositiveIntegerField(pgettext_lazy("border", "cases"), null=True, blank=True)
    case_people = models.PositiveIntegerField(
        pgettext_lazy("border", "people in the cases"), null=True, blank=True
    )
    case_text = models.TextField(pgettext_lazy("border", "what cases"), blank=True)
    checked_on = models.DateField(pgettext_lazy("border", "checked on"), null=True, blank=True)

    class Meta(FamilyRow.Meta):
        abstract = False
        verbose_name = _("border record")
        verbose_name_plural = _("border records")
        constraints = [
            models.CheckConstraint(
                condition=Q(held_until__isnull=True)
                | Q(held_on__isnull=True)
                | Q(held_until__gte=F("held_on")),
                name="border_joint_runs_forward",
            ),
            models.CheckConstraint(
                condition=Q(since_on__isnull=True)
                | Q(until_on__isnull=True)
                | Q(until_on__gte=F("since_on")),
                name="border_month_runs_forward",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "gate_code", "since_on"], name="border_gate_month"),
            models.Index(fields=["kind", "standing"], name="border_standing"),
            models.Index(
                fields=["operating_on"], name="border_operating", condition=Q(operating_on__isnull=False)
            ),
        ]
