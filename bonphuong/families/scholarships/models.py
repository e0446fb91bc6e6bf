"""Scholarship programmes and their students: one row beside the record's header, with its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.scholarships.enums import (
    CostItem,
    Course,
    Funding,
    Gender,
    Grade,
    Item,
    Kind,
    Level,
    Payer,
    Per,
)
from bonphuong.kernel.crypto import EncryptedTextField
from bonphuong.kit.models import CODE, FamilyLine, FamilyRow

if TYPE_CHECKING:
    import datetime as dt

#: "2025-2026": the year in which it begins and the next.
SCHOOL_YEAR = 9


class Scholarship(FamilyRow):
    """A scholarship programme (`scheme`) or one student.

    Of a student `entered_on` is the day of entry, from which it is counted as present, in the language year or in
    the major; it is present until it graduates or withdraws, and absent from `suspended_on` to `resumed_on`.
    Earlier pauses are among the lines `breaks`. Passport and birth date are stored encrypted.
    `scheme_number` is the record number of the student's programme.
    """

    country_code = models.CharField(_("sending country"), max_length=2, blank=True)
    partner_code = models.CharField(max_length=CODE, blank=True)
    partner_text = models.CharField(_("sending province or body"), max_length=200, blank=True)
    funding = models.CharField(_("funding"), max_length=10, choices=Funding, blank=True)
    payer = models.CharField(_("source of funds"), max_length=10, choices=Payer, blank=True)
    course = models.CharField(_("course"), max_length=10, choices=Course, blank=True)
    level = models.CharField(_("level of the school"), max_length=14, choices=Level, blank=True)
    field_code = models.CharField(_("field of cooperation"), max_length=CODE, blank=True)
    content = models.TextField(_("content"), blank=True)
    decided_on = models.DateField(_("day of the decision"), null=True, blank=True)
    decision_number = models.CharField(_("number of the decision"), max_length=60, blank=True)
    result = models.TextField(_("result"), blank=True)

    # Of a programme.
    agreement = models.CharField(_("agreement that it rests on"), max_length=300, blank=True)
    agreement_number = models.CharField(_("record number of the agreement"), max_length=40, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    started_on = models.DateField(_("began on"), null=True, blank=True)
    reviewed_on = models.DateField(pgettext_lazy("programme", "reviewed on"), null=True, blank=True)
    months_a_year = models.PositiveSmallIntegerField(_("months paid in a school year"), default=10)

    # Of a student.
    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    name_native = models.CharField(_("name in their own script"), max_length=120, blank=True)
    gender = models.CharField(_("sex"), max_length=1, choices=Gender, blank=True)
    birth_date = EncryptedTextField(_("birth date"), blank=True, default="")
    passport_no = EncryptedTextField(_("passport number"), blank=True, default="")
    # As long as a name: the gate reads either and stores the number.
    scheme_number = models.CharField(_("record number of the programme"), max_length=300, blank=True)
    school = models.CharField(_("school"), max_length=200, blank=True)
    major = models.CharField(_("field of study"), max_length=200, blank=True)
    cohort = models.CharField(_("class or course years"), max_length=60, blank=True)
    has_language_year = models.BooleanField(_("with a language year"), default=False)
    nominated_on = models.DateField(_("nominated on"), null=True, blank=True)
    residence_on = models.DateField(_("visa and residence settled on"), null=True, blank=True)
    residence_until = models.DateField(_("residence permit until"), null=True, blank=True)
    entered_on = models.DateField(_("day of entry"), null=True, blank=True)
    language_on = models.DateField(_("began the language year on"), null=True, blank=True)
    major_on = models.DateField(_("began the major on"), null=True, blank=True)
    expected_end_on = models.DateField(_("expected to finish on"), null=True, blank=True)
    suspended_on = models.DateField(pgettext_lazy("student", "suspended on"), null=True, blank=True)
    resumed_on = models.DateField(pgettext_lazy("student", "resumed on"), null=True, blank=True)
    graduated_on = models.DateField(_("graduated on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrew on"), null=True, blank=True)
    leave_reason = models.CharField(_("why studies were paused or given up"), max_length=300, blank=True)
    grade = models.CharField(_("grade of the diploma"), max_length=10, choices=Grade, blank=True)

    class Meta(FamilyRow.Meta):
        verbose_name = _("scholarship record")
        verbose_name_plural = _("scholarship records")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="scholarship_kind"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="scholarship_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(graduated_on__isnull=True) | Q(withdrawn_on__isnull=True),
                name="scholarship_left_once",
            ),
            models.CheckConstraint(
                condition=Q(resumed_on__isnull=True) | Q(resumed_on__gte=F("suspended_on")),
                name="scholarship_pause_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.STUDENT) | ~Q(full_name=""), name="scholarship_student_is_named"
            ),
        ]
        indexes = [models.Index(fields=["kind", "scheme_number"], name="scholarship_of_scheme")]

    @property
    def left_on(self) -> dt.date | None:
        """The day on which the student left for good."""
        return self.graduated_on or self.withdrawn_on


class Quota(FamilyLine):
    """Places agreed for a school year, at a level, in a field."""

    row = models.ForeignKey(Scholarship, on_delete=models.CASCADE, related_name="quotas")
    school_year = models.CharField(_("school year"), max_length=SCHOOL_YEAR)
    level = models.CharField(_("level of the school"), max_length=14, choices=Level, blank=True)
    major = models.CharField(_("field of study"), max_length=200, blank=True)
    school = models.CharField(_("school"), max_length=200, blank=True)
    funding = models.CharField(_("funding"), max_length=10, choices=Funding, default=Funding.FULL)
    places = models.PositiveIntegerField(_("places"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("quota of a programme")
        verbose_name_plural = _("quotas of programmes")
        constraints = [models.CheckConstraint(condition=Q(places__gt=0), name="quota_has_places")]

    def __str__(self) -> str:
        return f"{self.school_year} {self.places}"


class Rate(FamilyLine):
    """A rate of support with the days on which it holds; `amount` in đồng. No level: all levels."""

    row = models.ForeignKey(Scholarship, on_delete=models.CASCADE, related_name="rates")
    item = models.CharField(_("what is paid"), max_length=10, choices=Item)
    level = models.CharField(_("level of the school"), max_length=14, choices=Level, blank=True)
    funding = models.CharField(_("funding"), max_length=10, choices=Funding, blank=True)
    amount = models.BigIntegerField(_("amount (VND)"))
    per = models.CharField(_("paid for"), max_length=6, choices=Per, default=Per.MONTH)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    source = models.CharField(_("resolution or decision"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("rate of support")
        verbose_name_plural = _("rates of support")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="scholarship_rate_amount"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="scholarship_rate_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.amount}"


class Payment(FamilyLine):
    """What was paid for a student: months of a school year by the rate that then held; sums in đồng.

    The school year is that of the studies, the report's year that of `paid_on`.
    """

    row = models.ForeignKey(Scholarship, on_delete=models.CASCADE, related_name="payments")
    item = models.CharField(_("what is paid"), max_length=10, choices=Item, default=Item.LIVING)
    school_year = models.CharField(_("school year"), max_length=SCHOOL_YEAR, blank=True)
    since = models.DateField(_("first month paid"), null=True, blank=True)
    until = models.DateField(_("last month paid"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("months paid"), null=True, blank=True)
    rate = models.BigIntegerField(_("rate (VND)"), null=True, blank=True)
    amount = models.BigIntegerField(_("paid (VND)"))
    paid_on = models.DateField(_("day of payment"))
    payer = models.CharField(_("source of funds"), max_length=10, choices=Payer, default=Payer.PROVINCE)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("stipend payment")
        verbose_name_plural = _("stipend payments")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="stipend_amount"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="stipend_months_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.amount}"


class Cost(FamilyLine):
    """A cost of a programme or of one student beside the regular stipends; in đồng."""

    row = models.ForeignKey(Scholarship, on_delete=models.CASCADE, related_name="costs")
    item = models.CharField(_("what for"), max_length=10, choices=CostItem, default=CostItem.OTHER)
    text = models.CharField(_("content"), max_length=200, blank=True)
    school_year = models.CharField(_("school year"), max_length=SCHOOL_YEAR, blank=True)
    amount = models.BigIntegerField(_("paid (VND)"))
    paid_on = models.DateField(_("day of payment"))
    payer = models.CharField(_("source of funds"), max_length=10, choices=Payer, default=Payer.PROVINCE)

    class Meta(FamilyLine.Meta):
        verbose_name = _("cost of scholarships")
        verbose_name_plural = _("costs of scholarships")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="scholarship_cost_amount")]

    def __str__(self) -> str:
        return f"{self.item} {self.amount}"


class StudyResult(FamilyLine):
    """What a student reached in a school year."""

    row = models.ForeignKey(Scholarship, on_delete=models.CASCADE, related_name="results")
    school_year = models.CharField(_("school year"), max_length=SCHOOL_YEAR)
    score = models.DecimalField(_("average mark"), max_digits=5, decimal_places=2, null=True, blank=True)
    grade = models.CharField(_("grade"), max_length=10, choices=Grade, blank=True)
    conduct = models.CharField(_("conduct"), max_length=10, choices=Grade, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("result of a school year")
        verbose_name_plural = _("results of school years")

    def __str__(self) -> str:
        return f"{self.school_year} {self.grade}"


class Break(FamilyLine):
    """An earlier pause of a student's studies; the latest one stands on the row itself."""

    row = models.ForeignKey(Scholarship, on_delete=models.CASCADE, related_name="breaks")
    since = models.DateField(pgettext_lazy("student", "suspended on"))
    until = models.DateField(pgettext_lazy("student", "resumed on"))
    reason = models.CharField(_("why"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("pause of studies")
        verbose_name_plural = _("pauses of studies")
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="study_break_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d}..{self.until:%Y-%m-%d}"


class AfterStudy(FamilyLine):
    """What became of a former student, as known on a day."""

    row = models.ForeignKey(Scholarship, on_delete=models.CASCADE, related_name="afterwards")
    on = models.DateField(_("as of"), db_column="on_day")
    employer = models.CharField(_("works at"), max_length=200, blank=True)
    post = models.CharField(_("post"), max_length=200, blank=True)
    in_field = models.BooleanField(_("in the field of study"), default=False)
    contact = models.CharField(_("still in touch"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = _("life after graduation")
        verbose_name_plural = _("lives after graduation")

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.employer}"
