"""Cases on their way, the steps that they took and with which papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.kernel import clock
from bonphuong.kernel.models import Tracked
from bonphuong.procedures.models.definitions import Procedure, State

if TYPE_CHECKING:
    import datetime as dt


class Case(Tracked):
    """One record's way through one version of a procedure. Named by the record, which is above this package."""

    record_uid = models.UUIDField(primary_key=True, editable=False)
    procedure = models.ForeignKey(
        Procedure,
        verbose_name=pgettext_lazy("procedure", "procedure"),
        on_delete=models.PROTECT,
        related_name="cases",
    )
    state = models.ForeignKey(
        State,
        verbose_name=pgettext_lazy("procedure", "state"),
        on_delete=models.PROTECT,
        related_name="cases",
    )
    entered_on = models.DateField(pgettext_lazy("procedure", "there since"))
    opened_on = models.DateField(pgettext_lazy("procedure", "opened on"))
    # Whose rules of days hold: those of the day it was opened, until somebody moves it to newer ones.
    rules_on = models.DateField(pgettext_lazy("procedure", "under the rules of"), null=True, blank=True)
    office_code = models.CharField(pgettext_lazy("procedure", "office"), max_length=80)
    book = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["state", "book"], name="case_state_book"),
            models.Index(fields=["state", "office_code"], name="case_state_office"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id}: {self.record_uid}"

    @property
    def ruled_on(self) -> dt.date:
        """The day whose rules hold for it."""
        return self.rules_on or self.opened_on


class Step(Tracked):
    """A transition taken, or a whole passage of them registered at once from a decision.

    `passed` is empty for an ordinary step; a passage lists every state that it went through, in order, as
    {"transition", "state", "on", "missing"}: one row for a finished case instead of a dozen. A move to another
    version is a step too; `renamed` then says old → new for states that have another name there.
    """

    case = models.ForeignKey(
        Case, verbose_name=pgettext_lazy("procedure", "case"), on_delete=models.CASCADE, related_name="steps"
    )
    seq = models.PositiveIntegerField(pgettext_lazy("procedure", "place"))
    transition_code = models.CharField(pgettext_lazy("procedure", "step"), max_length=40)
    from_state = models.ForeignKey(
        State,
        verbose_name=pgettext_lazy("procedure", "from state"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    to_state = models.ForeignKey(
        State, verbose_name=pgettext_lazy("procedure", "to state"), on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField(pgettext_lazy("procedure", "day"), db_column="on_date")
    at = models.DateTimeField(pgettext_lazy("procedure", "entered at"), default=clock.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("procedure", "by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    office_code = models.CharField(pgettext_lazy("procedure", "office"), max_length=80, blank=True)
    from_decision = models.BooleanField(pgettext_lazy("procedure", "from a decision"), default=False)
    note = models.CharField(pgettext_lazy("procedure", "note"), max_length=500, blank=True)
    passed = models.JSONField(pgettext_lazy("procedure", "states passed"), default=list, blank=True)
    # Of a move to another version: what its states are called there, where the name is another one.
    renamed = models.JSONField(pgettext_lazy("procedure", "states renamed"), default=dict, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["case", "seq"]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="step_once")]

    def __str__(self) -> str:
        return f"{self.transition_code} {self.on}"


class StepPaper(Tracked):
    """A paper that a step was taken with; of a passage, `transition_code` says at which of its steps."""

    step = models.ForeignKey(
        Step, verbose_name=pgettext_lazy("procedure", "step"), on_delete=models.CASCADE, related_name="papers"
    )
    paper = models.ForeignKey(
        "papers.Paper",
        verbose_name=pgettext_lazy("procedure", "paper"),
        on_delete=models.PROTECT,
        related_name="steps",
    )
    transition_code = models.CharField(pgettext_lazy("procedure", "at the step"), max_length=40)

    class Meta:
        verbose_name = _("paper of a step")
        verbose_name_plural = _("papers of steps")
        constraints = [
            models.UniqueConstraint(fields=["step", "paper", "transition_code"], name="step_paper_once")
        ]

    def __str__(self) -> str:
        return f"{self.transition_code}: {self.paper_id}"
