"""Choices of border work."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a record is."""

    SECTION = "section", pgettext_lazy("border", "stretch of the line")
    GATE = "gate", pgettext_lazy("border", "border gate")
    OPENING = "opening", pgettext_lazy("border", "auxiliary gate, opening")
    JOINT = "joint", pgettext_lazy("border", "joint inspection, patrol")
    TRAFFIC = "traffic", pgettext_lazy("border", "figures of a month")


class GateType(models.TextChoices):
    """What sort of passage it is."""

    INTERNATIONAL = "international", pgettext_lazy("gate", "international gate")
    MAIN = "main", pgettext_lazy("gate", "main (bilateral) gate")
    AUXILIARY = "auxiliary", pgettext_lazy("gate", "auxiliary gate")
    OPENING = "opening", pgettext_lazy("gate", "opening")
    MARKET = "market", pgettext_lazy("gate", "market pair")


#: Which types go the long road through the Government, and which the province's own.
TYPES_OF = {
    Kind.GATE: frozenset({GateType.INTERNATIONAL, GateType.MAIN}),
    Kind.OPENING: frozenset({GateType.AUXILIARY, GateType.OPENING, GateType.MARKET}),
}
#: Kinds that are a passage.
PASSAGES = (Kind.GATE, Kind.OPENING)


class Standing(models.TextChoices):
    """Where a gate stands; always worked out from its days, never typed."""

    PLANNED = "planned", pgettext_lazy("gate", "not yet open")
    OPERATING = "operating", pgettext_lazy("gate", "in operation")
    UPGRADING = "upgrading", pgettext_lazy("gate", "in operation, being upgraded")
    PAUSED = "paused", pgettext_lazy("gate", "shut for a time")
    CLOSED = "closed", pgettext_lazy("gate", "closed for good")


class Scope(models.TextChoices):
    """What a pause keeps from passing. Only a pause of everything takes the gate out of those in operation."""

    ALL = "all", pgettext_lazy("pause", "everything")
    PEOPLE = "people", pgettext_lazy("pause", "travellers")
    GOODS = "goods", pgettext_lazy("pause", "goods")


class Side(models.TextChoices):
    """Whose measure a pause was."""

    OURS = "ours", pgettext_lazy("side", "our side")
    THEIRS = "theirs", pgettext_lazy("side", "the other side")
    BOTH = "both", pgettext_lazy("side", "both sides")


class JointKind(models.TextChoices):
    """What both sides did together on the line."""

    INSPECTION = "inspection", pgettext_lazy("joint", "joint inspection")
    PATROL = "patrol", pgettext_lazy("joint", "joint patrol")
    SURVEY = "survey", pgettext_lazy("joint", "joint survey")


class Condition(models.TextChoices):
    """How a marker was found."""

    GOOD = "good", pgettext_lazy("marker", "sound")
    WORN = "worn", pgettext_lazy("marker", "worn, paint or letters gone")
    DAMAGED = "damaged", pgettext_lazy("marker", "damaged")
    MOVED = "moved", pgettext_lazy("marker", "moved")
    LOST = "lost", pgettext_lazy("marker", "lost")
    REBUILT = "rebuilt", pgettext_lazy("marker", "set up anew")
    UNKNOWN = "unknown", pgettext_lazy("marker", "not known")


#: Markers not looked at for so many days are pointed out. A practice, no text says so.
CHECK_DAYS = 365
#: A decision of one side that so many days later is still not announced is pointed out.
ONE_SIDED_DAYS = 365
