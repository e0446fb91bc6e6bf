"""Who may sign for whom, and who signed what was decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.kernel.models import DatedQuerySet, Tracked
from bonphuong.papers.enums import SigningMode
from bonphuong.procedures.models.bases import Begun
from bonphuong.procedures.models.cases import Step


class Authority(Begun):
    """Who may sign in the name of an office's head or of the office itself, since when, by which paper.

    `holder` is the account that may decide in the desk by it; without an account the row serves for printing.
    `on_behalf_of` is what follows the mark: the head ("CHỦ TỊCH") after KT., TL. and TUQ., the body after TM.
    `organ` is the body above a KT. where both are written. `own_head` is the head of the signer's own unit where a
    deputy of that unit signs ("KT. CHÁNH VĂN PHÒNG" under "TL. CHỦ TỊCH").
    """

    office_code = models.CharField(pgettext_lazy("procedure", "office"), max_length=80)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("authority", "account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="authorities",
    )
    holder_name = models.CharField(pgettext_lazy("authority", "who signs"), max_length=120)
    holder_title = models.CharField(pgettext_lazy("authority", "title of who signs"), max_length=160)
    mode = models.CharField(pgettext_lazy("authority", "signs"), max_length=4, choices=SigningMode)
    on_behalf_of = models.CharField(pgettext_lazy("authority", "in the place of"), max_length=160, blank=True)
    organ = models.CharField(pgettext_lazy("authority", "on behalf of the body"), max_length=160, blank=True)
    own_head = models.CharField(
        pgettext_lazy("authority", "head of the own unit"), max_length=160, blank=True
    )
    procedure_code = models.CharField(
        pgettext_lazy("procedure", "procedure"),
        max_length=60,
        blank=True,
        help_text=_("Empty for every procedure."),
    )

    objects = models.Manager.from_queryset(DatedQuerySet["Authority"])()

    class Meta:
        verbose_name = _("authority to sign")
        verbose_name_plural = _("authorities to sign")
        ordering = ["office_code", "procedure_code", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="authority_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(mode=SigningMode.OWN) | ~Q(on_behalf_of=""), name="authority_says_for_whom"
            ),
        ]
        indexes = [
            models.Index(fields=["holder"], name="authority_holder"),
            models.Index(fields=["office_code", "valid_from"], name="authority_office"),
        ]

    def __str__(self) -> str:
        return f"{self.get_mode_display()} {self.on_behalf_of}: {self.holder_name}".strip()


class Approval(Tracked):
    """Who signed what a step decided, by which authority, on which paper; as it was on that day."""

    step = models.OneToOneField(
        Step,
        verbose_name=pgettext_lazy("procedure", "step"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="approval",
    )
    mode = models.CharField(pgettext_lazy("authority", "signs"), max_length=4, choices=SigningMode)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("authority", "account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    signer_name = models.CharField(pgettext_lazy("authority", "who signs"), max_length=120, blank=True)
    signer_title = models.CharField(
        pgettext_lazy("authority", "title of who signs"), max_length=160, blank=True
    )
    on_behalf_of = models.CharField(pgettext_lazy("authority", "in the place of"), max_length=160, blank=True)
    organ = models.CharField(pgettext_lazy("authority", "on behalf of the body"), max_length=160, blank=True)
    own_head = models.CharField(
        pgettext_lazy("authority", "head of the own unit"), max_length=160, blank=True
    )
    authority = models.ForeignKey(
        Authority,
        verbose_name=_("authority to sign"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="approvals",
    )
    paper = models.ForeignKey(
        "papers.Paper",
        verbose_name=pgettext_lazy("procedure", "paper"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="approvals",
    )

    class Meta:
        verbose_name = _("signature of a decision")
        verbose_name_plural = _("signatures of decisions")

    def __str__(self) -> str:
        return f"{self.get_mode_display()} {self.signer_name}".strip()
