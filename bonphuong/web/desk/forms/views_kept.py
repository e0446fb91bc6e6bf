"""Keeping the filters of a list under a name."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ViewForm(forms.Form):
    """What the view is called, who sees it, whether the list opens with it."""

    name = forms.CharField(label=_("Name of the view"), max_length=60)
    query = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    shared = forms.BooleanField(label=_("My office sees it too"), required=False)
    first = forms.BooleanField(label=_("Open the list with it"), required=False)
