"""Choices of the ledger. Their values stand in hashed lines and never change."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Shape(StrEnum):
    """How a measure adds up over time."""

    FLOW = "flow"  # summed over a period
    LEVEL = "level"  # +1 when it begins, -1 when it ends: its state on a day is the sum up to that day
    TIMELESS = "timeless"  # neither; only papers state it


class PostingKind(models.TextChoices):
    """What a posting brings into the book."""

    SETTLE = "settle", _("records")
    STATE = "state", _("stated figure")
    COVER = "cover", _("declaration of completeness")
    CLOSE = "close", _("closing of a period")


class StatementKind(models.TextChoices):
    """What sort of figure a paper gives."""

    STATED = "stated", _("stated")
    ESTIMATE = "estimate", _("estimate")
    TARGET = "target", _("target")


class Bound(models.TextChoices):
    """The word that a paper puts before a figure."""

    EXACT = "", pgettext_lazy("bound", "exactly")
    OVER = "over", pgettext_lazy("bound", "over")
    UNDER = "under", pgettext_lazy("bound", "nearly")
    ABOUT = "about", pgettext_lazy("bound", "about")
    ESTIMATED = "estimated", pgettext_lazy("bound", "estimated")
    AT_LEAST = "at_least", pgettext_lazy("bound", "at least")
    UP_TO = "up_to", pgettext_lazy("bound", "up to")


class ClosingState(models.TextChoices):
    """Whether a period is closed."""

    CLOSED = "closed", _("closed")
    REOPENED = "reopened", _("reopened")


VERBS = {
    "ledger.coverage.declare": _("declared a register complete"),
    "ledger.period.close": _("closed a period"),
    "ledger.period.reopen": _("opened a closed period again"),
    "ledger.statement.add": _("entered a stated figure"),
    "ledger.statement.withdraw": _("took a stated figure back"),
}
