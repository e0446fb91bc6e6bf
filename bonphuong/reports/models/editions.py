"""Definitions of reports, and editions: what was told, of which period, from which figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel import clock, periods
from bonphuong.kernel.models import DatedQuerySet, DatedRow, Tracked, UidModel
from bonphuong.reports.enums import Cutoff, EditionStatus, LateRule, SlotState
from bonphuong.reports.models.reviews import Review
from bonphuong.trail.enums import Guard

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User
    from bonphuong.kernel.periods import Period

CODE = 80


class ReportDefinition(DatedRow):
    """What a report holds: figures, sentences with conditions, tables, annexes, parts that people write.

    A blank office means everybody's; a kind of office has its own form of a report where it is named and the office
    is not. The cut-off rule and what is done with late figures are chosen here, and
    dated: an office may owe two reports with two cut-offs in one week. `content` is checked by `schema`.
    """

    code = models.CharField(max_length=40)
    office_code = models.CharField(max_length=CODE, blank=True)
    office_kind = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2, default="vi")
    version = models.PositiveIntegerField(default=1)
    cutoff = models.CharField(max_length=10, choices=Cutoff)
    late_rule = models.CharField(max_length=10, choices=LateRule, default=LateRule.CARRY)
    content = models.JSONField()

    objects = models.Manager.from_queryset(DatedQuerySet["ReportDefinition"])()

    class Meta:
        verbose_name = _("definition of a report")
        verbose_name_plural = _("definitions of reports")
        ordering = ["code", "office_code", "language", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "office_code", "office_kind", "language", "version"],
                name="report_definition_once",
            ),
            models.CheckConstraint(
                condition=Q(office_code="") | Q(office_kind=""), name="report_definition_of_one_or_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="report_definition_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Signed ones of the offices whose reports one sees; drafts of those for which one drafts or signs.

        A draft is also seen by whoever was asked to review it and sees reports of its office.
        """
        seen = office_codes_for(user, Permission.REPORT_VIEW)
        own = office_codes_for(user, Permission.REPORT_DRAFT) | office_codes_for(user, Permission.REPORT_SIGN)
        asked = Review.objects.asked_of(user).values("edition")
        return self.filter(
            Q(office_code__in=seen) & ~Q(status=EditionStatus.DRAFT)
            | Q(office_code__in=own, status=EditionStatus.DRAFT)
            | Q(office_code__in=seen, status=EditionStatus.DRAFT, pk__in=asked)
        )

    def of(self, code: str, office_code: str) -> Self:
        """All editions of one report of one office, the oldest period first."""
        return self.filter(code=code, office_code=office_code).order_by("until", "number")

    def told(self) -> Self:
        """Those that have been signed, superseded ones too."""
        return self.exclude(status=EditionStatus.DRAFT)


class Edition(UidModel):
    """One report of one office for one period. What a signed one says is in `EditionContent`, and frozen.

    `number` counts the editions of the same report, office and period; `paper_number` and `paper_on` are typed
    back from the document system, never issued by us. `reason` says why there is another edition, `sign_reason` why
    it was signed over warnings.
    """

    definition = models.ForeignKey(ReportDefinition, on_delete=models.PROTECT, related_name="editions")
    code = models.CharField(max_length=40)
    office_code = models.CharField(max_length=CODE)
    book = models.CharField(max_length=CODE)
    language = models.CharField(max_length=2, default="vi")
    period_code = models.CharField(max_length=30)
    cutoff = models.CharField(max_length=10, choices=Cutoff)
    since = models.DateField()
    until = models.DateField()
    number = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=10, choices=EditionStatus, default=EditionStatus.DRAFT)
    reason = models.CharField(max_length=500, blank=True)
    sign_reason = models.CharField(max_length=500, blank=True)
    paper_number = models.CharField(max_length=40, blank=True)
    paper_on = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    objects = models.Manager.from_queryset(EditionQuerySet)()

    class Meta:
        verbose_name = _("edition of a report")
        verbose_name_plural = _("editions of reports")
        ordering = ["-until", "code", "office_code", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "office_code", "language", "period_code", "cutoff", "number"],
                name="edition_number_once",
            ),
            *(
                models.UniqueConstraint(
                    fields=["code", "office_code", "language", "period_code", "cutoff"],
                    condition=Q(status=status),
                    name=f"edition_one_{status}",
                )
                for status in ("draft", "signed")
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="edition_days_in_order"),
        ]
        indexes = [models.Index(fields=["office_code", "code", "until"], name="edition_series")]

    def __str__(self) -> str:
        return f"{self.code} {self.office_code} {self.period_code} ({self.number})"

    @property
    def period(self) -> Period:
        """The period that it tells of, under its own cut-off."""
        return periods.Period.parse(self.period_code, periods.Cutoff(self.cutoff))

    @property
    def is_draft(self) -> bool:
        """Whether it may still change."""
        return self.status == EditionStatus.DRAFT


class EditionContent(models.Model):
    """The whole content of a signed edition as canonical JSON. The database lets nobody change it.

    `as_of` is the moment that its figures stand at, `heads` the end of each book that was read (book → sequence
    number and digest). `digest` is the SHA-256 of the content.
    """

    guard: ClassVar[Guard] = Guard.APPEND_ONLY

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="frozen")
    content = models.TextField()
    digest = models.CharField(max_length=64)
    as_of = models.DateTimeField()
    heads = models.JSONField()
    signed_id = models.CharField(max_length=40)
    signed_name = models.CharField(max_length=200)
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("content of a signed report")
        verbose_name_plural = _("contents of signed reports")

    def __str__(self) -> str:
        return f"{self.edition_id} {self.digest[:12]}"


class DraftText(Tracked):
    """What a person wrote for a part of a draft; the next edition begins with it (`is_carried`)."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="texts")
    slot = models.CharField(max_length=60)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=16, choices=SlotState, blank=True)
    is_carried = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.CharField(max_length=200, blank=True)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("written part of a report")
        verbose_name_plural = _("written parts of reports")
        constraints = [models.UniqueConstraint(fields=["edition", "slot"], name="draft_text_once")]

    def __str__(self) -> str:
        return self.slot


class DraftEstimate(Tracked):
    """A figure that a person expects for a period that is not over; signed with the report, then trued up.

    `value` is an integer scaled by the measure's exponent, `figure` the name that the definition gives it.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="estimates")
    figure = models.CharField(max_length=60)
    value = models.BigIntegerField()
    note = models.CharField(max_length=300, blank=True)
    entered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("estimate of a report")
        verbose_name_plural = _("estimates of reports")
        constraints = [models.UniqueConstraint(fields=["edition", "figure"], name="draft_estimate_once")]

    def __str__(self) -> str:
        return f"{self.figure} {self.value}"
