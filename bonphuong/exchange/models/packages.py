"""Packages that offices of different servers send one another, what came in them, and whose key is trusted.

A received figure is neither a fact nor a statement: it is what another office's own ledger told. The national
report reads it beside the books that are kept here, and nothing of it is ever posted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.exchange.enums import KeyState, ReceivedState, SentState
from bonphuong.kernel import clock, periods
from bonphuong.kernel.models import DatedQuerySet, DatedRow, UidModel
from bonphuong.kernel.periods import Period
from bonphuong.trail.enums import Guard

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User

CODE = 80
DIGEST = 64


class PartnerKey(UidModel):
    """The public key of an office that keeps its books on another server, as a person confirmed it here.

    `public` is the raw Ed25519 key in base64, `fingerprint` its SHA-256. An office has one trusted key at most.
    """

    office_code = models.CharField(pgettext_lazy("key", "office"), max_length=CODE)
    fingerprint = models.CharField(pgettext_lazy("key", "fingerprint"), max_length=DIGEST)
    public = models.CharField(pgettext_lazy("key", "public key"), max_length=60)
    state = models.CharField(pgettext_lazy("key", "state"), max_length=8, choices=KeyState)
    confirmed_by = models.CharField(pgettext_lazy("key", "confirmed by"), max_length=200)
    confirmed_at = models.DateTimeField(pgettext_lazy("key", "confirmed at"), default=clock.now)
    ended_at = models.DateTimeField(pgettext_lazy("key", "ended at"), null=True, blank=True)

    objects = models.Manager["PartnerKey"]()

    class Meta:
        verbose_name = _("key of an office")
        verbose_name_plural = _("keys of offices")
        ordering = ["office_code", "-confirmed_at"]
        constraints = [
            models.UniqueConstraint(fields=["office_code", "fingerprint"], name="partner_key_once"),
            models.UniqueConstraint(
                fields=["office_code"], condition=Q(state=KeyState.TRUSTED), name="partner_key_one_trusted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_code} {self.fingerprint[:16]}"


class Told(UidModel):
    """What a package is of: which report, whose, of which period, in which version. `version` is the edition's number."""

    office_code = models.CharField(pgettext_lazy("package", "office"), max_length=CODE)
    book = models.CharField(max_length=CODE)
    to_office = models.CharField(pgettext_lazy("package", "receiver"), max_length=CODE)
    report = models.CharField(pgettext_lazy("package", "report"), max_length=40)
    period_code = models.CharField(pgettext_lazy("package", "period"), max_length=30)
    cutoff = models.CharField(max_length=10)
    since = models.DateField()
    until = models.DateField()
    language = models.CharField(max_length=2, default="vi")
    version = models.PositiveIntegerField(pgettext_lazy("package", "version"))
    edition_uid = models.UUIDField()
    as_of = models.DateTimeField(pgettext_lazy("package", "figures as of"))
    content_digest = models.CharField(max_length=DIGEST)
    file_digest = models.CharField(max_length=DIGEST)
    file_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField(pgettext_lazy("package", "size"))
    fingerprint = models.CharField(pgettext_lazy("package", "signed with"), max_length=DIGEST)
    reason = models.CharField(pgettext_lazy("package", "reason"), max_length=500, blank=True)
    decided_at = models.DateTimeField(pgettext_lazy("package", "decided at"), null=True, blank=True)
    is_demo = models.BooleanField(pgettext_lazy("package", "illustration"), default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.report} {self.office_code} {self.period_code} ({self.version})"

    @property
    def period(self) -> Period:
        """The period that it tells of, under its own cut-off."""
        return Period.parse(self.period_code, periods.Cutoff(self.cutoff))


class SentQuerySet(models.QuerySet["SentPackage"]):
    """Packages made here."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of offices whose reports one sees."""
        return self.filter(office_code__in=office_codes_for(user, Permission.REPORT_VIEW))


class SentPackage(Told):
    """A package made here of a signed edition, and what its receiver answered."""

    state = models.CharField(
        pgettext_lazy("package", "state"), max_length=8, choices=SentState, default=SentState.MADE
    )
    made_by = models.CharField(pgettext_lazy("package", "made by"), max_length=200)
    made_at = models.DateTimeField(pgettext_lazy("package", "made at"), default=clock.now)

    objects = models.Manager.from_queryset(SentQuerySet)()

    class Meta:
        verbose_name = _("package made")
        verbose_name_plural = _("packages made")
        ordering = ["-made_at", "-uid"]
        constraints = [
            models.UniqueConstraint(fields=["edition_uid", "to_office"], name="sent_package_once"),
        ]
        indexes = [models.Index(fields=["office_code", "-made_at"], name="sent_package_office")]


class ReceivedQuerySet(models.QuerySet["ReceivedPackage"]):
    """Packages that came."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those that came to offices whose reports one sees."""
        return self.filter(to_office__in=office_codes_for(user, Permission.REPORT_VIEW))

    def accepted(self) -> Self:
        """Those whose figures the national sum holds."""
        return self.filter(state=ReceivedState.ACCEPTED)

    def of_period(self, to_office: str, report: str, period: Period) -> Self:
        """All versions of one report for exactly these days, the newest first."""
        days = {"since": period.since, "until": period.until}
        return self.filter(to_office=to_office, report=report, **days).order_by("book", "-version", "-uid")


class ReceivedPackage(Told):
    """A package as it came, and how far it has come here. `practice` is how its office counts, in its own words."""

    state = models.CharField(
        pgettext_lazy("package", "state"),
        max_length=10,
        choices=ReceivedState,
        default=ReceivedState.RECEIVED,
    )
    signer = models.CharField(pgettext_lazy("package", "signed by"), max_length=200)
    signed_at = models.DateTimeField(pgettext_lazy("package", "signed at"))
    paper_number = models.CharField(pgettext_lazy("package", "paper"), max_length=40, blank=True)
    practice = models.JSONField(pgettext_lazy("package", "how it counts"), default=list, blank=True)
    received_by = models.CharField(pgettext_lazy("package", "taken in by"), max_length=200)
    received_at = models.DateTimeField(pgettext_lazy("package", "taken in at"), default=clock.now)
    decided_by = models.CharField(pgettext_lazy("package", "decided by"), max_length=200, blank=True)

    objects = models.Manager.from_queryset(ReceivedQuerySet)()

    class Meta:
        verbose_name = _("package received")
        verbose_name_plural = _("packages received")
        ordering = ["-received_at", "-uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "to_office", "report", "period_code", "cutoff", "language", "version"],
                name="received_package_once",
            ),
            models.UniqueConstraint(
                fields=["book", "to_office", "report", "period_code", "cutoff", "language"],
                condition=Q(state=ReceivedState.ACCEPTED),
                name="received_package_one_accepted",
            ),
        ]
        indexes = [models.Index(fields=["to_office", "report", "until"], name="received_package_period")]


class ReceivedFigure(models.Model):
    """A figure as a package told it. The database lets nobody change it.

    Numbers are decimal text, exactly as they came. `filters` is the canonical text of what the indicator was narrowed
    by; `rows` says how many records stood under it at home, `evidence` is the digest of their digests.
    """

    guard: ClassVar[Guard] = Guard.APPEND_ONLY

    package = models.ForeignKey(ReceivedPackage, on_delete=models.PROTECT, related_name="figures")
    order = models.PositiveIntegerField()
    key = models.CharField(max_length=200)
    indicator = models.CharField(max_length=80)
    filters = models.CharField(max_length=300, blank=True)
    label = models.CharField(max_length=300)
    unit = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=12)
    status = models.CharField(max_length=12)
    since = models.DateField()
    until = models.DateField()
    value = models.CharField(max_length=40)
    recorded = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=200)
    rows = models.PositiveIntegerField(default=0)
    evidence = models.CharField(max_length=DIGEST, blank=True)
    is_told = models.BooleanField(default=True)
    is_part = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("received figure")
        verbose_name_plural = _("received figures")
        ordering = ["package", "order"]
        constraints = [models.UniqueConstraint(fields=["package", "key"], name="received_figure_once")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class LineQuery(UidModel):
    """A question on one figure of a package, and its answer. It bears the same uid on both servers.

    It hangs on the received package where it was asked, and on the sent one where it is answered.
    """

    received = models.ForeignKey(
        ReceivedPackage, on_delete=models.PROTECT, null=True, blank=True, related_name="queries"
    )
    sent = models.ForeignKey(
        SentPackage, on_delete=models.PROTECT, null=True, blank=True, related_name="queries"
    )
    key = models.CharField(pgettext_lazy("query", "figure"), max_length=200)
    label = models.CharField(pgettext_lazy("query", "called"), max_length=300)
    value = models.CharField(pgettext_lazy("query", "value"), max_length=200)
    text = models.CharField(pgettext_lazy("query", "question"), max_length=1000)
    asked_by = models.CharField(pgettext_lazy("query", "asked by"), max_length=200)
    asked_at = models.DateTimeField(pgettext_lazy("query", "asked at"), default=clock.now)
    answer = models.CharField(pgettext_lazy("query", "answer"), max_length=2000, blank=True)
    answered_by = models.CharField(pgettext_lazy("query", "answered by"), max_length=200, blank=True)
    answered_at = models.DateTimeField(pgettext_lazy("query", "answered at"), null=True, blank=True)

    objects = models.Manager["LineQuery"]()

    class Meta:
        verbose_name = _("question on a figure")
        verbose_name_plural = _("questions on figures")
        ordering = ["asked_at", "uid"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received__isnull=False) | Q(sent__isnull=False), name="line_query_of_a_package"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answered_at is None


class ReportDeadline(DatedRow):
    """By when provinces report to a national office: so many days after the last day of the period.

    A blank receiver means every one. Where no text was found that says so, the page says that.
    """

    to_office = models.CharField(_("receiver"), max_length=CODE, blank=True)
    report = models.CharField(_("report"), max_length=40)
    period_kind = models.CharField(_("kind of period"), max_length=12)
    days = models.PositiveSmallIntegerField(_("days after the period"))
    working = models.BooleanField(_("working days"), default=False)

    objects = models.Manager.from_queryset(DatedQuerySet["ReportDeadline"])()

    class Meta:
        verbose_name = _("day by which a report is due")
        verbose_name_plural = _("days by which reports are due")
        ordering = ["to_office", "report", "period_kind", F("valid_from").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["to_office", "report", "period_kind", "valid_from"], name="report_deadline_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.period_kind}: {self.days}"
