"""Saying which of two records stays, that they are two after all, or how one relates to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bonphuong.records.enums import LinkKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.records.models import Record

KINDS = [(kind.value, kind.label) for kind in LinkKind if kind != LinkKind.DUPLICATE]


class MergeForm(forms.Form):
    """Which record stays and counts, and why the other is the same event."""

    keep = forms.ChoiceField(label=_("Which one stays and counts"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why they are the same"), max_length=300)

    def __init__(self, data: Mapping[str, Any] | None, *, records: Sequence[Record]) -> None:
        super().__init__(data)
        field = self.fields["keep"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(record.pk), f"{record.number}, {record.title}") for record in records]


class UnmergeForm(forms.Form):
    """Why the two are not the same."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why they are not the same"), max_length=300)


class LinkForm(forms.Form):
    """Which record, how the two relate, and a word on it."""

    other = forms.ChoiceField(label=_("Which record"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("This record is, to the one chosen,"), choices=KINDS, initial=LinkKind.RELATED
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, records: Sequence[Record]) -> None:
        super().__init__(data)
        field = self.fields["other"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(record.pk), f"{record.number}, {record.title}") for record in records]


class UnlinkForm(forms.Form):
    """A button, and nothing to fill in."""
