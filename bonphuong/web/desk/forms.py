"""What a person fills in on the pages of the frame itself; forms of records live beside their records."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date, parse_date

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from bonphuong.trail.models import Action


class DayField(forms.CharField):
    """A day typed as 5/3, 05/03/2026 or as Excel copies it."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 12})

    def to_python(self, value: object) -> dt.date | None:  # type: ignore[override]
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
        return format_date(value) if isinstance(value, dt.date) else value


class TrailFilter(forms.Form):
    """What part of the trail to show. What cannot be read narrows nothing and says so beside its field."""

    who = forms.CharField(label=_("Who"), required=False, max_length=60)
    what = forms.CharField(label=_("Record or reason"), required=False, max_length=80)
    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("To day"), required=False)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def narrow(self, actions: QuerySet[Action]) -> QuerySet[Action]:
        """The acts that were asked for."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("who"):
            actions = actions.filter(actor_name__icontains=wanted["who"])
        if wanted.get("what"):
            text = Q(object_text__icontains=wanted["what"]) | Q(reason__icontains=wanted["what"])
            actions = actions.filter(text)
        if wanted.get("since"):
            actions = actions.filter(at__gte=_midnight(wanted["since"]))
        if wanted.get("until"):
            actions = actions.filter(at__lt=_midnight(wanted["until"] + dt.timedelta(days=1)))
        if wanted.get("before"):
            actions = actions.filter(pk__lt=wanted["before"])
        return actions


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.LOCAL)


class SignInForm(AuthenticationForm):
    """Name and password; the same answer whether the name or the password is wrong."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _("The name or the password is not right. Try again, or ask your administrator."),
        "inactive": _("The name or the password is not right. Try again, or ask your administrator."),
    }
