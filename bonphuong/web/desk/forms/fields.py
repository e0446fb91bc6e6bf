"""Fields that read what people type: days as 5/3 or as Excel copies them, sums with their marks or words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date, parse_date


class DayField(forms.CharField):
    """A day typed as 5/3, 05/03/2026 or as Excel copies it."""

    def __init__(self, **options: Any) -> None:
        attrs = {"autocomplete": "off", "size": 12}
        super().__init__(widget=forms.TextInput(attrs=attrs), **options)

    def to_python(self, value: object) -> dt.date | None:  # type: ignore[override]
        """The day; None where nothing was typed."""
        if isinstance(value, dt.date):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return parse_date(text, today=clock.today())
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def prepare_value(self, value: object) -> object:
        """The day as people write it."""
        return format_date(value) if isinstance(value, dt.date) else value
