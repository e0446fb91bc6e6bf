"""Saying which of two records stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.records.models import Record


class MergeForm(forms.Form):
    """Which record stays and counts, and why the other is the same event."""

    keep = forms.ChoiceField(label=_("Which one stays and counts"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why they are the same"), max_length=300)

    def __init__(self, data: Mapping[str, Any] | None, *, records: Sequence[Record]) -> None:
        super().__init__(data)
        field = self.fields["keep"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(record.pk), f"{record.number}, {record.title}") for record in records]
