"""Procedures as dated data, and the cases that run through them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bonphuong.kernel import clock
from bonphuong.kernel.models import DatedQuerySet, DatedRow, Tracked
from bonphuong.procedures.enums import DayUnit, Desk, Direction, GuardKind, StartsFrom, StateKind


class Labelled(models.Model):
    """Words in both languages; `label` is the one of the reader."""

    label_vi = models.CharField(pgettext_lazy("procedure", "words in Vietnamese"), max_length=200)
    label_en = models.CharField(pgettext_lazy("procedure", "words in English"), max_length=200)

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """The words in the language of the page."""
        return self.label_en if (get_language() or "").startswith("en") else self.label_vi


class Begun(DatedRow):
    """A dated row whose first day is known: versions follow one another by it."""

    valid_from = models.DateField(pgettext_lazy("procedure", "in force from"))

    class Meta:
        abstract = True


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

    A step that may be taken from several states is several rows with one code.
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
            models.CheckConstraint(condition=~Q(from_state=F("to_state")), name="transition_moves"),
        ]

    def __str__(self) -> str:
        return self.label


class DeadlineRule(Labelled, Begun):
    """How many days something may take, from what, and which text says so.

    `office_code` empty: for everybody. An office's own rule goes before the one of its province, that before all.
    """

    code = models.CharField(pgettext_lazy("procedure", "code"), max_length=60)
    procedure_code = models.CharField(pgettext_lazy("procedure", "procedure"), max_length=60)
    office_code = models.CharField(pgettext_lazy("procedure", "office"), max_length=80, blank=True)
    starts_from = models.CharField(
        pgettext_lazy("procedure", "counted from"), max_length=10, choices=StartsFrom
    )
    starts_at = models.CharField(pgettext_lazy("procedure", "beginning"), max_length=40)
    # For one counted from a date of the record: it begins to matter once the case has reached this state.
    once_reached = models.CharField(pgettext_lazy("procedure", "once reached"), max_length=40, blank=True)
    # The state that fulfils it: reaching it, or any later one on the road, stops the count.
    until_state = models.CharField(pgettext_lazy("procedure", "fulfilled by"), max_length=40)
    days = models.PositiveSmallIntegerField(pgettext_lazy("procedure", "days"))
    unit = models.CharField(
        pgettext_lazy("procedure", "unit"), max_length=10, choices=DayUnit, default=DayUnit.CALENDAR
    )
    direction = models.CharField(
        pgettext_lazy("procedure", "before or after"),
        max_length=10,
        choices=Direction,
        default=Direction.AFTER,
    )
    soon_days = models.PositiveSmallIntegerField(pgettext_lazy("procedure", "days of warning"), default=3)
    shipped = models.BooleanField(pgettext_lazy("procedure", "shipped"), default=False)

    objects = models.Manager.from_queryset(DatedQuerySet["DeadlineRule"])()

    class Meta:
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")
        ordering = ["procedure_code", "code", "office_code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure_code", "code", "office_code", "valid_from"],
                name="deadline_rule_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="deadline_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.days} {self.get_unit_display()}"


class GuardRule(Begun):
    """A limit that an office has set for trips. Passing it warns and never blocks.

    `level` empty: for every head of delegation; else only for heads of that level.
    """

    code = models.CharField(pgettext_lazy("procedure", "code"), max_length=60)
    procedure_code = models.CharField(pgettext_lazy("procedure", "procedure"), max_length=60)
    office_code = models.CharField(pgettext_lazy("procedure", "office"), max_length=80, blank=True)
    level = models.CharField(pgettext_lazy("procedure", "level of the head"), max_length=40, blank=True)
    kind = models.CharField(pgettext_lazy("procedure", "what is limited"), max_length=20, choices=GuardKind)
    limit = models.PositiveIntegerField(pgettext_lazy("procedure", "limit"))
    message_vi = models.CharField(pgettext_lazy("procedure", "warning in Vietnamese"), max_length=300)
    message_en = models.CharField(pgettext_lazy("procedure", "warning in English"), max_length=300)
    shipped = models.BooleanField(pgettext_lazy("procedure", "shipped"), default=False)

    objects = models.Manager.from_queryset(DatedQuerySet["GuardRule"])()

    class Meta:
        verbose_name = _("guard rule")
        verbose_name_plural = _("guard rules")
        ordering = ["procedure_code", "office_code", "code", "level", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure_code", "code", "office_code", "level", "valid_from"],
                name="guard_rule_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="guard_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ≤ {self.limit}"

    @property
    def message(self) -> str:
        """The warning's words in the language of the page, with %(value)s and %(limit)s to be filled."""
        return self.message_en if (get_language() or "").startswith("en") else self.message_vi


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


class Step(Tracked):
    """A transition taken, or a whole passage of them registered at once from a decision.

    `passed` is empty for an ordinary step; a passage lists every state that it went through, in order, as
    {"transition", "state", "on", "missing"}: one row for a finished case instead of a dozen.
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
