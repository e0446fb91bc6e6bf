"""What every form asks that enters or corrects a record, beside what it is about."""

from __future__ import annotations

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy


class EntryForm(forms.Form):
    """The version that was seen, the reason of a correction, and what is asked for only when it comes to it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why it is corrected"),
        max_length=300,
        help_text=gettext_lazy("It stands in the trail beside what was there before."),
    )
    late_reason = forms.CharField(
        label=gettext_lazy("Why this comes after the period was closed"),
        max_length=300,
        required=False,
        widget=forms.HiddenInput,
    )
    not_the_same = forms.BooleanField(
        label=gettext_lazy("It is another event: save it"), required=False, widget=forms.HiddenInput
    )

    def show(self, name: str, label: str = "") -> None:
        """Bring out a field that is asked for only now."""
        field = self.fields[name]
        field.widget = forms.CheckboxInput() if isinstance(field, forms.BooleanField) else forms.TextInput()
        if label:
            field.label = lazystr(label)
