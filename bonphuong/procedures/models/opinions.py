"""Opinions asked of other bodies, each with its own clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel.models import UidModel
from bonphuong.procedures.enums import Answer, BodyKind, DayUnit
from bonphuong.procedures.models.cases import Case
from bonphuong.procedures.models.ruling import OpinionRule

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """Opinions."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those asked of offices whose records the person may see. The asker's side comes by the record itself."""
        return self.filter(office_code__in=office_codes_for(user, Permission.RECORD_VIEW))

    def waiting(self) -> Self:
        """Neither answered nor withdrawn."""
        return self.filter(answered_on__isnull=True, withdrawn_on__isnull=True)


class Opinion(UidModel):
    """What a body was asked about a case, and what it answered.

    The body is one of our offices, a party by its code, or a name as written. `days` and `unit` are those of the
    rule that held when it was asked, or a person's own; `due_by_hand` goes before both. When it is due is computed
    with the working days as they are known now, and so is that it is overdue. A placeholder was given under the
    rules of secrecy: it is kept elsewhere, nothing of it is here, and the case goes on.
    """

    case = models.ForeignKey(
        Case,
        verbose_name=pgettext_lazy("procedure", "case"),
        on_delete=models.CASCADE,
        related_name="opinions",
    )
    # That of the case: what other books ask is found without a look at each case.
    book = models.CharField(max_length=80)
    body_kind = models.CharField(pgettext_lazy("opinion", "kind of body"), max_length=20, choices=BodyKind)
    office_code = models.CharField(pgettext_lazy("opinion", "office asked"), max_length=80, blank=True)
    party_code = models.CharField(pgettext_lazy("opinion", "partner asked"), max_length=80, blank=True)
    body_text = models.CharField(pgettext_lazy("opinion", "body asked"), max_length=200, blank=True)
    asked_by = models.CharField(pgettext_lazy("opinion", "asked by"), max_length=80)
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("opinion", "who asked"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    question = models.TextField(pgettext_lazy("opinion", "what is asked"))
    asked_on = models.DateField(pgettext_lazy("opinion", "asked on"))
    asked_paper = models.ForeignKey(
        "papers.Paper",
        verbose_name=pgettext_lazy("opinion", "letter that asks"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="opinions_asked",
    )
    round = models.PositiveSmallIntegerField(pgettext_lazy("opinion", "round"), default=1)
    rule = models.ForeignKey(
        OpinionRule,
        verbose_name=_("rule of opinions"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="opinions",
    )
    days = models.PositiveSmallIntegerField(pgettext_lazy("procedure", "days"), null=True, blank=True)
    unit = models.CharField(
        pgettext_lazy("procedure", "unit"), max_length=10, choices=DayUnit, default=DayUnit.WORKING
    )
    due_by_hand = models.DateField(pgettext_lazy("opinion", "due day set by hand"), null=True, blank=True)
    answered_on = models.DateField(pgettext_lazy("opinion", "answered on"), null=True, blank=True)
    answer = models.CharField(pgettext_lazy("opinion", "answer"), max_length=10, choices=Answer, blank=True)
    text = models.TextField(pgettext_lazy("opinion", "its words"), blank=True)
    paper = models.ForeignKey(
        "papers.Paper",
        verbose_name=pgettext_lazy("opinion", "paper with the answer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="opinions_given",
    )
    is_placeholder = models.BooleanField(pgettext_lazy("opinion", "kept elsewhere"), default=False)
    withdrawn_on = models.DateField(pgettext_lazy("opinion", "withdrawn on"), null=True, blank=True)
    withdrawn_why = models.CharField(pgettext_lazy("opinion", "why withdrawn"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = models.Manager.from_queryset(OpinionQuerySet)()

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ["asked_on", "uid"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(office_code="") | ~Q(party_code="") | ~Q(body_text=""), name="opinion_has_a_body"
            ),
            models.CheckConstraint(
                condition=Q(is_placeholder=False) | Q(text="", answer="", answered_on__isnull=False),
                name="opinion_placeholder_empty",
            ),
            models.CheckConstraint(
                condition=Q(is_placeholder=True)
                | Q(answer="", answered_on__isnull=True)
                | ~Q(answer="") & Q(answered_on__isnull=False),
                name="opinion_answer_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
                name="opinion_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(answered_on__isnull=True),
                name="opinion_withdrawn_or_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["office_code", "answered_on"], name="opinion_office"),
            models.Index(fields=["asked_by", "answered_on"], name="opinion_asked_by"),
            models.Index(fields=["office_code", "book"], name="opinion_office_book"),
        ]

    def __str__(self) -> str:
        # The trail keeps this text: who was asked, never what about.
        return self.office_code or self.party_code or self.body_text

    @property
    def is_waiting(self) -> bool:
        """Neither answered nor withdrawn."""
        return self.answered_on is None and self.withdrawn_on is None
