"""Indicators as data: a code, words, a measure and a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bonphuong.indicators.enums import IndicatorKind
from bonphuong.kernel.models import Tracked

if TYPE_CHECKING:
    from bonphuong.ledger.measures import Measure
from bonphuong.ledger.measures import MEASURES


class Indicator(Tracked):
    """A named figure. `filters` maps a dimension of the measure to the codes that are let through.

    A ratio, a share or a percentage has `numerator` and `denominator`, codes of other indicators, and no measure of its own.
    """

    code = models.CharField(max_length=80, primary_key=True)
    label_vi = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    definition_vi = models.CharField(max_length=500, blank=True)
    definition_en = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=10, choices=IndicatorKind)
    measure = models.CharField(max_length=80, blank=True)
    filters = models.JSONField(default=dict, blank=True)
    numerator = models.CharField(max_length=80, blank=True)
    denominator = models.CharField(max_length=80, blank=True)
    # Parts by a dimension that do not add up to a whole (visits of several countries) say so.
    is_additive = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.label(get_language() or "vi")

    def label(self, lang: str) -> str:
        """The label in "vi" or "en"."""
        return self.label_en if lang.startswith("en") else self.label_vi

    def definition(self, lang: str) -> str:
        """The definition in "vi" or "en"; the measure's own where the indicator adds nothing."""
        own = self.definition_en if lang.startswith("en") else self.definition_vi
        return own or (self.get_measure().definition(lang) if self.measure else "")

    def get_measure(self) -> Measure:
        """The measure that it reads. Raises KeyError for a ratio."""
        return MEASURES[self.measure]
