"""A call, its questions, whom it goes to, what they answered, and what was made of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.contributions.enums import Asks, Standing, Via
from bonphuong.kernel import clock
from bonphuong.kernel.models import Tracked, UidModel
from bonphuong.kernel.money import from_scaled

if TYPE_CHECKING:
    import datetime as dt

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User

CODE = 80
#: Decimals that figures of answers keep.
EXPONENT = 4


class CallQuerySet(models.QuerySet["Call"]):
    """Calls for contributions."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of offices for which one drafts reports, and those sent to offices for which one answers."""
        if not user.is_authenticated:
            return self.none()
        own = office_codes_for(user, Permission.REPORT_DRAFT)
        asked = Invitee.objects.filter(
            call=OuterRef("pk"), office_code__in=office_codes_for(user, Permission.RECORD_ADD)
        )
        return self.filter(Q(office_code__in=own) | Q(sent_on__isnull=False) & Exists(asked))


class Call(UidModel):
    """A call for contributions to a report (its code and period are named) or for anything else (an ad-hoc request)."""

    title = models.CharField(pgettext_lazy("call", "what it is about"), max_length=300)
    report_code = models.CharField(pgettext_lazy("call", "report"), max_length=40, blank=True)
    period_code = models.CharField(pgettext_lazy("call", "period"), max_length=30, blank=True)
    office_code = models.CharField(pgettext_lazy("call", "office that asks"), max_length=CODE)
    book = models.CharField(max_length=CODE)
    guidance = models.TextField(pgettext_lazy("call", "guidance"), blank=True)
    due_on = models.DateField(pgettext_lazy("call", "due on"))
    sent_on = models.DateField(pgettext_lazy("call", "sent on"), null=True, blank=True)
    closed_on = models.DateField(pgettext_lazy("call", "closed on"), null=True, blank=True)
    letter = models.ForeignKey(
        "papers.Paper",
        verbose_name=pgettext_lazy("call", "official letter"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(pgettext_lazy("call", "illustration"), default=False)
    created_at = models.DateTimeField(default=clock.now)

    objects = models.Manager.from_queryset(CallQuerySet)()

    class Meta:
        verbose_name = _("call for contributions")
        verbose_name_plural = _("calls for contributions")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["office_code", "due_on"], name="call_office_due")]

    def __str__(self) -> str:
        return self.title


class Question(UidModel):
    """One thing that a call asks for. `slot` is the written part of the report that it feeds.

    A figure may name the measure that it states; a table the family and kind of the records that are asked for.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(pgettext_lazy("call", "order"))
    heading = models.CharField(pgettext_lazy("call", "what is asked"), max_length=300)
    guidance = models.CharField(pgettext_lazy("call", "how to answer"), max_length=500, blank=True)
    asks = models.CharField(
        pgettext_lazy("call", "answered by"), max_length=8, choices=Asks, default=Asks.TEXT
    )
    slot = models.CharField(pgettext_lazy("call", "part of the report"), max_length=60, blank=True)
    unit = models.CharField(pgettext_lazy("call", "unit"), max_length=40, blank=True)
    measure = models.CharField(pgettext_lazy("call", "measure"), max_length=60, blank=True)
    family = models.CharField(pgettext_lazy("call", "kind of work"), max_length=40, blank=True)
    kind = models.CharField(pgettext_lazy("call", "kind of record"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("question of a call")
        verbose_name_plural = _("questions of calls")
        ordering = ["call", "order"]
        constraints = [models.UniqueConstraint(fields=["call", "order"], name="question_order_once")]

    def __str__(self) -> str:
        return self.heading


class Invitee(UidModel):
    """Somebody who is asked: one of our offices, or a body that is known by its name only and answers by file."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="invitees")
    order = models.PositiveSmallIntegerField(pgettext_lazy("call", "order"))
    office_code = models.CharField(pgettext_lazy("call", "office"), max_length=CODE, blank=True)
    name = models.CharField(pgettext_lazy("call", "name"), max_length=200, blank=True)
    due_on = models.DateField(pgettext_lazy("call", "own due day"), null=True, blank=True)
    answered_on = models.DateField(pgettext_lazy("call", "answered on"), null=True, blank=True)
    accepted_on = models.DateField(pgettext_lazy("call", "accepted on"), null=True, blank=True)
    returned_on = models.DateField(pgettext_lazy("call", "returned on"), null=True, blank=True)
    return_reason = models.CharField(pgettext_lazy("call", "why it was returned"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("addressee of a call")
        verbose_name_plural = _("addressees of calls")
        ordering = ["call", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "office_code"], condition=~Q(office_code=""), name="invitee_office_once"
            ),
            models.CheckConstraint(condition=~Q(office_code="") | ~Q(name=""), name="invitee_is_somebody"),
        ]
        indexes = [models.Index(fields=["office_code"], name="invitee_office")]

    def __str__(self) -> str:
        return self.name or self.office_code

    @property
    def due(self) -> dt.date:
        """Its own due day, else the call's."""
        return self.due_on or self.call.due_on

    def standing(self, today: dt.date) -> Standing:
        """How it stands on a day."""
        if self.call.sent_on is None:
            return Standing.DRAFT
        if self.accepted_on is not None:
            return Standing.ACCEPTED
        if self.returned_on is not None:
            return Standing.RETURNED
        if self.answered_on is not None:
            return Standing.ANSWERED
        return Standing.LATE if self.due < today and self.call.closed_on is None else Standing.WAITING


class Answer(UidModel):
    """What somebody answered to a question: text, a figure (`scaled` holds it × 10⁴), and where it came from."""

    invitee = models.ForeignKey(Invitee, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    body = models.TextField(pgettext_lazy("call", "answer"), blank=True)
    scaled = models.BigIntegerField(pgettext_lazy("call", "figure"), null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(pgettext_lazy("call", "author"), max_length=200, blank=True)
    via = models.CharField(pgettext_lazy("call", "came"), max_length=6, choices=Via, default=Via.DESK)
    source = models.ForeignKey(
        "papers.Paper", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    statement_uid = models.UUIDField(null=True, blank=True)
    received_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["invitee", "question"]
        constraints = [models.UniqueConstraint(fields=["invitee", "question"], name="answer_once")]

    def __str__(self) -> str:
        return self.body[:80] or str(self.scaled)

    @property
    def value(self) -> Decimal | None:
        """The figure, without noughts behind its decimals."""
        if self.scaled is None:
            return None
        found = from_scaled(self.scaled, EXPONENT)
        return found.quantize(Decimal(1)) if found == found.to_integral_value() else found.normalize()


class Chase(Tracked):
    """A reminder, and how it was given."""

    invitee = models.ForeignKey(Invitee, on_delete=models.CASCADE, related_name="chases")
    on = models.DateField(pgettext_lazy("call", "day"), db_column="on_date")
    how = models.CharField(pgettext_lazy("call", "how"), max_length=200, blank=True)
    by_name = models.CharField(pgettext_lazy("call", "by"), max_length=200)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["invitee", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.how}"


class Merged(Tracked):
    """What was made of the answers to a question. `sources` are the uids of the answers that it was made from."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="merged")
    body = models.TextField(pgettext_lazy("call", "merged text"), blank=True)
    sources = models.JSONField(default=list)
    updated_by = models.CharField(max_length=200)
    updated_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("merged contribution")
        verbose_name_plural = _("merged contributions")

    def __str__(self) -> str:
        return self.body[:80]
