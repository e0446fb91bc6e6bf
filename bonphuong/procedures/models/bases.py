"""Bases of the tables of procedures: words in both languages, a known first day."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from bonphuong.kernel.languages import reader_language
from bonphuong.kernel.models import DatedRow


class Labelled(models.Model):
    """Words in both languages; `label` is the one of the reader."""

    label_vi = models.CharField(pgettext_lazy("procedure", "words in Vietnamese"), max_length=200)
    label_en = models.CharField(pgettext_lazy("procedure", "words in English"), max_length=200)

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """The words in the language of the page."""
        return self.label_en if reader_language() == "en" else self.label_vi


class Begun(DatedRow):
    """A dated row whose first day is known: versions follow one another by it."""

    valid_from = models.DateField(pgettext_lazy("procedure", "in force from"))

    class Meta:
        abstract = True
