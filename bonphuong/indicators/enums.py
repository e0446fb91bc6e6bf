"""Choices of indicators and of what a figure is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndicatorKind(models.TextChoices):
    """How an indicator is made from its measure."""

    SUM = "sum", _("sum over the period")
    LEVEL = "level", _("state at the end of the period")
    RATIO = "ratio", _("ratio of two indicators")
    SHARE = "share", _("share of the plan")
    PERCENT = "percent", _("one indicator in per cent of another")
    TIMELESS = "timeless", _("without a period")


class FigureStatus(models.TextChoices):
    """Where the value comes from; zero, not entered and not known are three different things."""

    RECORDED = "recorded", _("counted from records")
    ZERO = "zero", _("none, and the register is complete")
    STATED = "stated", _("stated by a paper")
    NOT_ENTERED = "not_entered", _("nothing entered")
    NONE = "none", _("no figure for this period")


VERBS = {
    "indicators.own.end": _("ended an indicator of an office"),
    "indicators.own.make": _("made an indicator of an office"),
    "system.indicators.load": _("loaded indicators"),
}
