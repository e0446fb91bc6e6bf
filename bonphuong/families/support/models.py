"""Support: one row beside the record's header, with its money, what is given, and the people who take part."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.support.enums import Budget, Newness, Role, Series, SupportKind
from bonphuong.kit.models import CODE, FamilyLine, FamilyRow, MoneyLine


class Support(FamilyRow):
    """What the province gives to a partner abroad; outgoing, and kept apart from aid received.

    `starts_on`/`ends_on` are as planned. Nothing counts before `approved_on`.
    """

    partner_code = models.CharField(_("partner (code)"), max_length=CODE, blank=True)
    partner_text = models.CharField(_("partner"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    support_kind = models.CharField(
        pgettext_lazy("support", "what is given"), max_length=10, choices=SupportKind
    )
    field_code = models.CharField(_("field"), max_length=CODE, blank=True)
    budget = models.CharField(_("paid from"), max_length=10, choices=Budget, default=Budget.PROVINCE)
    place = models.CharField(pgettext_lazy("support", "where"), max_length=200, blank=True)
    content = models.TextField(_("content"), blank=True)
    carried_out_by = models.CharField(_("carried out by"), max_length=200, blank=True)
    starts_on = models.DateField(_("carried out from"), null=True, blank=True)
    ends_on = models.DateField(_("carried out until"), null=True, blank=True)
    asked_on = models.DateField(_("asked for on"), null=True, blank=True)
    consulted_on = models.DateField(_("opinions asked on"), null=True, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    decision_number = models.CharField(_("number of the decision"), max_length=60, blank=True)
    agreed_on = models.DateField(_("agreed with the partner on"), null=True, blank=True)
    started_on = models.DateField(_("work began on"), null=True, blank=True)
    adjusted_on = models.DateField(_("last adjusted on"), null=True, blank=True)
    completed_on = models.DateField(_("handed over or completed on"), null=True, blank=True)
    settled_on = models.DateField(_("accounts settled on"), null=True, blank=True)
    closed_on = models.DateField(pgettext_lazy("support", "closed on"), null=True, blank=True)
    result = models.TextField(_("result"), blank=True)

    class Meta(FamilyRow.Meta):
        verbose_name = _("support to a partner")
        verbose_name_plural = _("support to partners")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="support_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True)
                | Q(approved_on__isnull=True)
                | Q(completed_on__gte=F("approved_on")),
                name="support_completed_after_approval",
            ),
        ]
        indexes = [models.Index(fields=["support_kind", "approved_on"], name="support_kind_day")]


class SupportSum(MoneyLine):
    """A sum of one series, as in aid: pledged, whole life, approved, the year's slice, disbursed, counterpart."""

    row = models.ForeignKey(
        Support, verbose_name=_("support to a partner"), on_delete=models.CASCADE, related_name="sums"
    )
    series = models.CharField(_("series"), max_length=12, choices=Series)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    on = models.DateField(_("day"), null=True, blank=True, db_column="on_date")
    newness = models.CharField(_("new or carried over"), max_length=8, choices=Newness, blank=True)
    stated_vnd = models.BigIntegerField(_("in đồng, as stated"), null=True, blank=True)
    source = models.CharField(_("paper"), max_length=200, blank=True)

    class Meta(MoneyLine.Meta):
        verbose_name = _("sum of support")
        verbose_name_plural = _("sums of support")
        constraints = [
            models.CheckConstraint(
                condition=~Q(series__in=[Series.YEAR_PLAN, Series.YEAR_SLICE]) | Q(year__isnull=False),
                name="support_slice_has_year",
            ),
            models.CheckConstraint(
                condition=~Q(series=Series.DISBURSED) | Q(on__isnull=False), name="support_disbursed_has_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_series_display()} {self.amount} {self.currency}"


class Given(MoneyLine):
    """Something given in kind, with its value; the value lies inside the item's own."""

    row = models.ForeignKey(
        Support, verbose_name=_("support to a partner"), on_delete=models.CASCADE, related_name="given"
    )
    what = models.CharField(_("what"), max_length=200)
    unit_word = models.CharField(pgettext_lazy("goods", "unit"), max_length=40, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=3, null=True, blank=True)
    on = models.DateField(_("handed over on"), null=True, blank=True, db_column="on_date")
    stated_vnd = models.BigIntegerField(_("in đồng, as stated"), null=True, blank=True)

    class Meta(MoneyLine.Meta):
        verbose_name = _("thing given")
        verbose_name_plural = _("things given")

    def __str__(self) -> str:
        return self.what


class Group(FamilyLine):
    """People who take part together: experts sent, partner's people in a course, an exchange. Counted, not named."""

    row = models.ForeignKey(
        Support, verbose_name=_("support to a partner"), on_delete=models.CASCADE, related_name="groups"
    )
    role = models.CharField(_("as"), max_length=10, choices=Role)
    people = models.PositiveIntegerField(_("people"))
    women = models.PositiveIntegerField(_("of them women"), null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    where = models.CharField(pgettext_lazy("support", "where"), max_length=200, blank=True)
    since = models.DateField(pgettext_lazy("support", "from"))
    until = models.DateField(pgettext_lazy("support", "until"), null=True, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("group of people")
        verbose_name_plural = _("groups of people")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="support_group_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.people}"
