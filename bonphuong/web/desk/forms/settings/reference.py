"""Reference data that people add to: fields of cooperation, feasts, set working days, rates, currencies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.kernel import clock
from bonphuong.kernel.numbers import parse_number
from bonphuong.reference.enums import FeastCalendar, FeastKind, RateKind
from bonphuong.reference.models import CooperationField, Country, Currency
from bonphuong.web.desk.forms.choosing import office_choices
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.forms.settings.base import (
    SOURCE,
    SOURCE_HELP,
    OfficeField,
    SettingForm,
    SourcedForm,
    offices_of,
)
from bonphuong.web.desk.pages.words import language

CODE_HELP = _("For ever: small letters, digits and hyphens.")


class FieldForm(SourcedForm):
    """A field of cooperation."""

    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    parent = forms.ChoiceField(label=_("Part of"), required=False)
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=CODE_HELP)

    def offer_all(self) -> None:
        """Fields that hold today."""
        super().offer_all()
        fields = CooperationField.objects.on(clock.today())
        options = [(one.code, one.name(language())) for one in fields]
        self.offer("parent", options, empty=_("nothing: it stands for itself"))


class FeastForm(SourcedForm):
    """A day that comes every year."""

    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    country = forms.ChoiceField(label=_("Country"))
    kind = forms.ChoiceField(label=_("Kind"), choices=FeastKind.choices)
    calendar = forms.ChoiceField(label=_("By which calendar"), choices=FeastCalendar.choices)
    day = forms.IntegerField(label=pgettext_lazy("of a month", "Day"), min_value=1, max_value=31)
    month = forms.IntegerField(label=_("Month"), min_value=1, max_value=12)
    days = forms.IntegerField(label=_("Number of days"), min_value=1, max_value=30, initial=1)
    since_year = forms.IntegerField(label=_("Year of the event"), min_value=1, max_value=2200, required=False)
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=CODE_HELP)

    def offer_all(self) -> None:
        """All countries."""
        super().offer_all()
        self.offer("country", [(one.code, one.name(language())) for one in Country.objects.all()])
        self.initial.setdefault("country", "VN")
        self.initial.setdefault("days", 1)


class WorkingDayForm(SettingForm):
    """A day worked, or not, against the calendar."""

    day = DayField(label=pgettext_lazy("date", "Day"))
    working = forms.TypedChoiceField(
        label=_("On that day"),
        choices=[("no", _("nobody works")), ("yes", _("people work"))],
        coerce=lambda text: text == "yes",
    )
    swapped_with = DayField(
        label=_("Swapped with"), required=False, help_text=_("That day then becomes the opposite.")
    )
    office = OfficeField(label=_("For whom"), required=False)
    source = forms.CharField(label=SOURCE, max_length=300, help_text=SOURCE_HELP)
    source_url = forms.URLField(
        label=_("Where it can be read"), max_length=300, required=False, assume_scheme="https"
    )
    proved = forms.BooleanField(label=_("I have read it there: it is proved by a text"), required=False)

    def offer_all(self) -> None:
        """The whole country, for whoever keeps a whole book; else one's own offices."""
        offices = offices_of(self.user)
        whole = any(office.belongs_to_id is None for office in offices)
        self.offer("office", office_choices(offices), empty=_("the whole country") if whole else "")


class RateForm(SettingForm):
    """How many of one currency another is worth from a day on."""

    currency = forms.ChoiceField(label=_("One unit of"))
    value = forms.CharField(label=_("is worth"), max_length=40, help_text=_("As in 25.345 or 25.345,50."))
    quote = forms.ChoiceField(label=pgettext_lazy("rate", "in"))
    on = DayField(label=_("From"))
    kind = forms.ChoiceField(label=_("Kind"), choices=RateKind.choices)
    source = forms.CharField(label=SOURCE, max_length=300, help_text=SOURCE_HELP)
    source_url = forms.URLField(
        label=_("Where it can be read"), max_length=300, required=False, assume_scheme="https"
    )

    def known(self) -> dict[str, Any]:
        """The dollar in đồng, today."""
        return {"on": clock.today(), "currency": "USD", "quote": "VND", "kind": RateKind.DAY}

    def offer_all(self) -> None:
        """All currencies."""
        options = [(one.code, f"{one.code}, {one.name(language())}") for one in Currency.objects.all()]
        self.offer("currency", options)
        self.offer("quote", options)

    def clean_value(self) -> Decimal:
        """The number as people write it."""
        try:
            return Decimal(parse_number(self.cleaned_data["value"], language()).value)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """A currency is not worth itself."""
        data = super().clean() or {}
        if data.get("currency") and data.get("currency") == data.get("quote"):
            self.add_error("quote", _("Choose another currency than the first."))
        return data


class CurrencyForm(SettingForm):
    """A currency."""

    code = forms.CharField(
        label=_("Code"), max_length=3, help_text=_("Three letters of ISO 4217, as in LAK.")
    )
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    exponent = forms.IntegerField(
        label=_("Decimals"), min_value=0, max_value=4, help_text=_("None for the đồng, two for the dollar.")
    )
