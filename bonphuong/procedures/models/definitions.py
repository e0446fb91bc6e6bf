"""Procedures as dated data: versions, phases, states and the ways between them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.kernel.models import DatedQuerySet, Tracked
from bonphuong.procedures.enums import Desk, StateKind
from bonphuong.procedures.models.bases import Begun, Labelled


class Procedure(Labelled, Begun):
    """One version of a procedure. A new version begins on a day; cases that run keep the one they began with."""

    code = models.CharField(pgettext_lazy("procedure", "code"), max_length=60)
    version = models.PositiveSmallIntegerField(pgettext_lazy("procedure", "version"), default=1)
    family = models.CharField(pgettext_lazy("procedure", "kind of work"), max_length=40)
    kind = models.CharField(pgettext_lazy("procedure", "kind"), max_length=40)
    # Of the definition as loaded, and of it without its words: tell a reload whether and what has changed.
    digest = models.CharField(max_length=64, blank=True)
    shape = models.CharField(max_length=64, blank=True)

    objects = models.Manager.from_queryset(DatedQuerySet["Procedure"])()

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="procedure_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="procedure_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class Phase(Labelled, Tracked):
    """A stretch of states that the stepper shows as one."""

    procedure = models.ForeignKey(
        Procedure,
        verbose_name=pgettext_lazy("procedure", "procedure"),
        on_delete=models.CASCADE,
        related_name="phases",
    )
    code = models.CharField(pgettext_lazy("procedure", "code"), max_length=40)
    order = models.PositiveSmallIntegerField(pgettext_lazy("procedure", "place"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["procedure", "order"]
        constraints = [models.UniqueConstraint(fields=["procedure", "code"], name="phase_once")]

    def __str__(self) -> str:
        return self.label


class State(Labelled, Tracked):
    """Where a case can stand."""

    procedure = models.ForeignKey(
        Procedure,
        verbose_name=pgettext_lazy("procedure", "procedure"),
        on_delete=models.CASCADE,
        related_name="states",
    )
    phase = models.ForeignKey(
        Phase,
        verbose_name=pgettext_lazy("procedure", "phase"),
        on_delete=models.CASCADE,
        related_name="states",
        null=True,
        blank=True,
    )
    code = models.CharField(pgettext_lazy("procedure", "code"), max_length=40)
    order = models.PositiveSmallIntegerField(pgettext_lazy("procedure", "place"))
    kind = models.CharField(
        pgettext_lazy("procedure", "kind"), max_length=10, choices=StateKind, default=StateKind.NORMAL
    )

    class Meta:
        verbose_name = _("state")
        verbose_name_plural = _("states")
        ordering = ["procedure", "order"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "code"], name="state_once"),
            models.UniqueConstraint(fields=["procedure", "order"], name="state_order_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_end(self) -> bool:
        """Nothing more is expected of a case here."""
        return self.kind in {StateKind.END, StateKind.STOPPED}


class Transition(Labelled, Tracked):
    """A step from one state to another: who may take it, with which papers, and what it asks for.

    A step that may be taken from several states is several rows with one code. One that leads back to its own state
    notes something that happens again there (a programme is adjusted once more); its clocks begin anew.
    """

    procedure = models.ForeignKey(
        Procedure,
        verbose_name=pgettext_lazy("procedure", "procedure"),
        on_delete=models.CASCADE,
        related_name="transitions",
    )
    code = models.CharField(pgettext_lazy("procedure", "code"), max_length=40)
    from_state = models.ForeignKey(
        State,
        verbose_name=pgettext_lazy("procedure", "from state"),
        on_delete=models.CASCADE,
        related_name="ways_out",
    )
    to_state = models.ForeignKey(
        State,
        verbose_name=pgettext_lazy("procedure", "to state"),
        on_delete=models.CASCADE,
        related_name="ways_in",
    )
    order = models.PositiveSmallIntegerField(pgettext_lazy("procedure", "place"))
    permission = models.CharField(pgettext_lazy("procedure", "permission needed"), max_length=60)
    desk = models.CharField(pgettext_lazy("procedure", "whose turn"), max_length=10, choices=Desk)
    # Kinds of papers without which the step is refused / which the dossier should hold, said but not enforced.
    required_papers = models.JSONField(pgettext_lazy("procedure", "papers needed"), default=list, blank=True)
    expected_papers = models.JSONField(
        pgettext_lazy("procedure", "papers expected"), default=list, blank=True
    )
    # Names of fields that the step needs from whoever takes it, such as "actual_heads".
    asks = models.JSONField(pgettext_lazy("procedure", "asks for"), default=list, blank=True)
    # Names of fields whose change makes this step happen, such as "arrives_on" for a new round of consulting.
    on_change_of = models.JSONField(
        pgettext_lazy("procedure", "called for by a change of"), default=list, blank=True
    )
    # On the road from the first state to the last, not a way aside or back.
    forward = models.BooleanField(pgettext_lazy("procedure", "leads on"), default=False)
    # Somebody is expected to take it now; False where only time brings it (a departure) or nobody need take it.
    awaited = models.BooleanField(pgettext_lazy("procedure", "awaited"), default=False)
    # Taken by itself as soon as its first state is reached.
    automatic = models.BooleanField(pgettext_lazy("procedure", "by itself"), default=False)

    class Meta:
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        ordering = ["procedure", "order"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "code", "from_state"], name="transition_once"),
        ]

    def __str__(self) -> str:
        return self.label
