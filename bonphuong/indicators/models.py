"""Indicators as data: a code, words, a measure and a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bonphuong.indicators.enums import IndicatorKind
from bonphuong.kernel import clock
from bonphuong.kernel.models import Tracked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bonphuong.ledger.measures import Measure
from bonphuong.ledger.measures import MEASURES

#: Begins the code of every indicator that an office made: own.<office>.<name>.<version>.
OWN = "own."


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Indicators: the shipped ones are everybody's, an office's own belong to its book."""

    def known_to(self, books: Iterable[str]) -> Self:
        """The shipped ones, and the own ones of the offices of these books, ended ones too."""
        return self.filter(Q(office_code="") | Q(book__in=list(books)))

    def offered(self) -> Self:
        """Those that have not ended: what a person is given to choose from."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today()))


class Indicator(Tracked):
    """A named figure. `filters` maps a dimension of the measure to the codes that are let through.

    A ratio, a share or a percentage has `numerator` and `denominator`, codes of other indicators, and no measure of its own.
    An office's own (`office_code`) is never changed: another meaning is a new version with a code of its own, so that
    what was reported by the earlier one comes out again for ever. `split_by` is the dimension it is shown by at once.
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
    office_code = models.CharField(max_length=80, blank=True, default="")
    book = models.CharField(max_length=80, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    split_by = models.CharField(max_length=40, blank=True, default="")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = models.Manager.from_queryset(IndicatorQuerySet)()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["order", "code"]
        constraints = [
            # Whoever makes an indicator can neither take the code of a shipped one nor that of another office.
            models.CheckConstraint(
                condition=Q(office_code="") & ~Q(code__startswith=OWN)
                | ~Q(office_code="") & ~Q(book="") & Q(code__startswith=OWN),
                name="indicator_code_names_its_office",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="indicator_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.label(get_language() or "vi")

    def label(self, lang: str) -> str:
        """The label in "vi" or "en"."""
        return self.label_en if lang.startswith("en") else self.label_vi

    def definition(self, lang: str) -> str:
        """The definition in "vi" or "en"; the measure's own where the indicator adds nothing."""
        own = self.definition_en if lang.startswith("en") else self.definition_vi
        return own or (self.get_measure().definition(lang) if self.measure else "")

    @property
    def series(self) -> str:
        """What all versions of an office's own indicator have in common; the code itself of a shipped one."""
        return self.code.rpartition(".")[0] if self.office_code else self.code

    def get_measure(self) -> Measure:
        """The measure that it reads. Raises KeyError for a ratio."""
        return MEASURES[self.measure]
