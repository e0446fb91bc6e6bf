"""Closing periods of reports and opening them again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel import clock
from bonphuong.web.desk.forms.choosing import offices_of, set_choices
from bonphuong.web.desk.forms.figures import parts_of_year

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.accounts.models import User

_YEARS = 6


class CloseForm(forms.Form):
    """Which period of which report of which office is closed."""

    report = forms.ChoiceField(label=_("Report"))
    office = forms.ChoiceField(label=_("Office"))
    year = forms.ChoiceField(label=_("Year"))
    part = forms.ChoiceField(label=_("Part of it"), required=False)
    reason = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(self, data: Mapping[str, Any] | None, *, user: User, reports: list[tuple[str, str]]) -> None:
        this = clock.today().year
        last = clock.today().replace(day=1) - dt.timedelta(days=1)
        super().__init__(data, initial={"report": "monthly", "year": str(last.year), "part": f"-{last:%m}"})
        set_choices(self, "report", reports)
        set_choices(self, "office", offices_of(office_codes_for(user, Permission.PERIOD_CLOSE)))
        set_choices(self, "year", [(str(year), str(year)) for year in range(this, this - _YEARS, -1)])
        set_choices(self, "part", parts_of_year())

    @property
    def period(self) -> str:
        """The code of the period chosen."""
        return f"{self.cleaned_data['year']}{self.cleaned_data['part']}"


class ReopenForm(forms.Form):
    """Why a period is opened again."""

    reason = forms.CharField(
        label=_("Why it is opened again"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
