"""Aid: one row beside the record's header, with its money, goods, places, results, certificates, approaches."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.aid.enums import (
    AidKind,
    ApprovedBy,
    CertificateKind,
    DonorKind,
    Kind,
    Newness,
    Outcome,
    Series,
    Share,
)
from bonphuong.kit.models import CODE, FamilyLine, FamilyRow, MoneyLine


class Aid(FamilyRow):
    """An aid item, emergency relief, a donor's file, or a project that calls for aid.

    `starts_on`/`ends_on` are as the document plans. Each day that ends a step is empty until the step is taken.
    Nothing counts before `approved_on` (of relief: `accepted_on`). The certificate in force stands on the donor's
    own row, earlier ones among its lines.
    """

    donor_code = models.CharField(_("donor (code)"), max_length=CODE, blank=True)
    donor_text = models.CharField(_("donor"), max_length=200, blank=True)
    donor_kind = models.CharField(
        _("kind of donor"), max_length=16, choices=DonorKind, default=DonorKind.FOREIGN_NGO
    )
    donor_country = models.CharField(_("donor's country"), max_length=2, blank=True)
    aid_kind = models.CharField(
        pgettext_lazy("aid", "kind of aid"), max_length=12, choices=AidKind, blank=True
    )
    owner = models.CharField(_("aid owner"), max_length=200, blank=True)
    managing_agency = models.CharField(_("managing agency"), max_length=200, blank=True)
    field_code = models.CharField(_("field"), max_length=CODE, blank=True)
    places_text = models.CharField(pgettext_lazy("aid", "places"), max_length=300, blank=True)
    content = models.TextField(_("content"), blank=True)
    starts_on = models.DateField(_("carried out from"), null=True, blank=True)
    ends_on = models.DateField(_("carried out until"), null=True, blank=True)
    consented_on = models.DateField(_("donor's consent on"), null=True, blank=True)
    submitted_on = models.DateField(_("full dossier on"), null=True, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    decision_number = models.CharField(_("number of the decision"), max_length=60, blank=True)
    approved_by = models.CharField(
        pgettext_lazy("aid", "approved by"), max_length=16, choices=ApprovedBy, default=ApprovedBy.PROVINCE
    )
    agreed_on = models.DateField(_("agreement with the donor signed on"), null=True, blank=True)
    started_on = models.DateField(_("work began on"), null=True, blank=True)
    adjusted_on = models.DateField(_("last adjusted on"), null=True, blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    settled_on = models.DateField(_("accounts settled, assets handed over on"), null=True, blank=True)
    closed_on = models.DateField(pgettext_lazy("aid", "closed on"), null=True, blank=True)
    result = models.TextField(_("result"), blank=True)
    # Emergency relief.
    disaster = models.CharField(_("what happened"), max_length=200, blank=True)
    need_on = models.DateField(_("need made known on"), null=True, blank=True)
    offered_on = models.DateField(_("offered on"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    distributed_on = models.DateField(_("distributed on"), null=True, blank=True)
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    # A donor's file.
    representative = models.CharField(_("representative"), max_length=200, blank=True)
    active_on = models.DateField(_("active in the province since"), null=True, blank=True)
    known_on = models.DateField(_("application known on"), null=True, blank=True)
    asked_on = models.DateField(_("opinion asked of the province on"), null=True, blank=True)
    opinion_on = models.DateField(_("opinion sent on"), null=True, blank=True)
    opinion_number = models.CharField(_("number of the opinion"), max_length=60, blank=True)
    certificate_kind = models.CharField(
        _("kind of certificate"), max_length=24, choices=CertificateKind, blank=True
    )
    certificate_number = models.CharField(_("number of the certificate"), max_length=60, blank=True)
    certificate_from = models.DateField(_("certificate in force from"), null=True, blank=True)
    certificate_to = models.DateField(_("certificate in force until"), null=True, blank=True)
    extended_on = models.DateField(_("certificate extended on"), null=True, blank=True)
    amended_on = models.DateField(_("certificate amended on"), null=True, blank=True)
    ended_on = models.DateField(_("certificate ended on"), null=True, blank=True)
    # A project that calls for aid.
    listed_on = models.DateField(_("put on the list on"), null=True, blank=True)
    list_number = models.CharField(_("decision on the list"), max_length=60, blank=True)
    answered_on = models.DateField(_("donor found on"), null=True, blank=True)

    class Meta(FamilyRow.Meta):
        verbose_name = _("aid record")
        verbose_name_plural = _("aid records")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="aid_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(certificate_from__isnull=True)
                | Q(certificate_to__isnull=True)
                | Q(certificate_to__gte=F("certificate_from")),
                name="aid_certificate_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.RELIEF) | Q(aid_kind=AidKind.RELIEF) | Q(aid_kind=""),
                name="aid_relief_is_relief",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.ITEM) | ~Q(aid_kind=AidKind.RELIEF), name="aid_item_is_no_relief"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "approved_on"], name="aid_kind_day"),
            models.Index(fields=["kind", "donor_code"], name="aid_donor"),
            models.Index(
                fields=["certificate_to"],
                name="aid_certificate_end",
                condition=Q(certificate_to__isnull=False),
            ),
        ]


class Sum(MoneyLine):
    """A sum of one series. What a paper states in đồng beside another currency is kept in `stated_vnd`.

    `on` is the day of the pledge, of the adjustment, of the disbursement; `year` that of a slice. Only sums whose
    `share` is our own count.
    """

    row = models.ForeignKey(Aid, verbose_name=_("aid record"), on_delete=models.CASCADE, related_name="sums")
    series = models.CharField(_("series"), max_length=12, choices=Series)
    share = models.CharField(_("whose share"), max_length=8, choices=Share, default=Share.OWN)
    unit_code = models.CharField(_("which province"), max_length=CODE, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    on = models.DateField(_("day"), null=True, blank=True, db_column="on_date")
    newness = models.CharField(_("new or carried over"), max_length=8, choices=Newness, blank=True)
    stated_vnd = models.BigIntegerField(_("in đồng, as stated"), null=True, blank=True)
    source = models.CharField(_("paper"), max_length=200, blank=True)

    class Meta(MoneyLine.Meta):
        verbose_name = _("sum of aid")
        verbose_name_plural = _("sums of aid")
        constraints = [
            models.CheckConstraint(
                condition=~Q(series__in=[Series.YEAR_PLAN, Series.YEAR_SLICE]) | Q(year__isnull=False),
                name="aid_slice_has_year",
            ),
            models.CheckConstraint(
                condition=~Q(series=Series.DISBURSED) | Q(on__isnull=False), name="aid_disbursed_has_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_series_display()} {self.amount} {self.currency}"


class Good(MoneyLine):
    """Goods or services given in kind, with their assessed value. The value lies inside the item's own."""

    row = models.ForeignKey(Aid, verbose_name=_("aid record"), on_delete=models.CASCADE, related_name="goods")
    goods = models.CharField(_("goods"), max_length=200)
    unit_word = models.CharField(pgettext_lazy("goods", "unit"), max_length=40, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=3, null=True, blank=True)
    on = models.DateField(_("handed over on"), null=True, blank=True, db_column="on_date")
    assessed_by = models.CharField(_("value assessed by"), max_length=200, blank=True)
    stated_vnd = models.BigIntegerField(_("in đồng, as stated"), null=True, blank=True)

    class Meta(MoneyLine.Meta):
        verbose_name = _("aid in kind")
        verbose_name_plural = _("aid in kind")

    def __str__(self) -> str:
        return self.goods


class Result(FamilyLine):
    """A result: what was aimed at, what was reached, how many people it reached, and on which day that was told."""

    row = models.ForeignKey(
        Aid, verbose_name=_("aid record"), on_delete=models.CASCADE, related_name="results"
    )
    text = models.CharField(pgettext_lazy("aid", "indicator"), max_length=200)
    unit_word = models.CharField(pgettext_lazy("goods", "unit"), max_length=40, blank=True)
    target = models.DecimalField(
        pgettext_lazy("aid", "target"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    reached = models.DecimalField(_("reached"), max_digits=18, decimal_places=2, null=True, blank=True)
    people = models.PositiveIntegerField(_("people reached"), null=True, blank=True)
    women = models.PositiveIntegerField(_("of them women"), null=True, blank=True)
    on = models.DateField(_("as of"), null=True, blank=True, db_column="on_date")

    class Meta(FamilyLine.Meta):
        verbose_name = _("result of aid")
        verbose_name_plural = _("results of aid")

    def __str__(self) -> str:
        return self.text


class Place(FamilyLine):
    """A unit of Viet Nam where an item is carried out, the main one first."""

    row = models.ForeignKey(
        Aid, verbose_name=_("aid record"), on_delete=models.CASCADE, related_name="places"
    )
    unit_code = models.CharField(_("administrative unit"), max_length=CODE)
    text = models.CharField(_("where in it"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("place of aid")
        verbose_name_plural = _("places of aid")

    def __str__(self) -> str:
        return self.unit_code


class FurtherField(FamilyLine):
    """A field that an item touches beside its main one; figures stand under the main one alone."""

    row = models.ForeignKey(
        Aid, verbose_name=_("aid record"), on_delete=models.CASCADE, related_name="further_fields"
    )
    field_code = models.CharField(_("field"), max_length=CODE)

    class Meta(FamilyLine.Meta):
        verbose_name = _("further field of aid")
        verbose_name_plural = _("further fields of aid")

    def __str__(self) -> str:
        return self.field_code


class Certificate(FamilyLine):
    """An earlier certificate of a donor, or one before an amendment; the one in force stands on the donor's row."""

    row = models.ForeignKey(
        Aid, verbose_name=_("aid record"), on_delete=models.CASCADE, related_name="certificates"
    )
    kind = models.CharField(_("kind of certificate"), max_length=24, choices=CertificateKind)
    number = models.CharField(_("number of the certificate"), max_length=60)
    since = models.DateField(pgettext_lazy("aid", "in force from"))
    until = models.DateField(pgettext_lazy("aid", "in force until"))
    note = models.CharField(pgettext_lazy("aid", "note"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("earlier certificate")
        verbose_name_plural = _("earlier certificates")
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="aid_earlier_in_order")
        ]

    def __str__(self) -> str:
        return self.number


class Scope(FamilyLine):
    """What a certificate allows: a field, a place, or a field in a place; `number` empty: every certificate."""

    row = models.ForeignKey(
        Aid, verbose_name=_("aid record"), on_delete=models.CASCADE, related_name="scopes"
    )
    number = models.CharField(_("number of the certificate"), max_length=60, blank=True)
    field_code = models.CharField(_("field"), max_length=CODE, blank=True)
    unit_code = models.CharField(_("administrative unit"), max_length=CODE, blank=True)
    aid_kind = models.CharField(
        pgettext_lazy("aid", "kind of aid"), max_length=12, choices=AidKind, blank=True
    )

    class Meta(FamilyLine.Meta):
        verbose_name = _("scope of a certificate")
        verbose_name_plural = _("scopes of certificates")

    def __str__(self) -> str:
        return " ".join(code for code in (self.number, self.field_code, self.unit_code) if code)


class Approach(FamilyLine):
    """A donor approached for a project that calls for aid: when, whom, and what came of it."""

    row = models.ForeignKey(
        Aid, verbose_name=_("aid record"), on_delete=models.CASCADE, related_name="approaches"
    )
    on = models.DateField(_("day"), db_column="on_date")
    party_code = models.CharField(_("approached (code)"), max_length=CODE, blank=True)
    party_text = models.CharField(_("approached"), max_length=200)
    by = models.CharField(_("how"), max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, default=Outcome.WAITING)
    note = models.CharField(pgettext_lazy("aid", "note"), max_length=300, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("approach to a donor")
        verbose_name_plural = _("approaches to donors")

    def __str__(self) -> str:
        return f"{self.party_text} {self.on}"
