"""Beginning, writing, estimating and signing a report."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel import clock
from bonphuong.reports.checks import key_of
from bonphuong.reports.enums import SlotState
from bonphuong.web.desk.forms.choosing import offices_of, set_choices
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.forms.figures import parts_of_year

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User

_YEARS = 6


class BeginForm(forms.Form):
    """Which report of which office for which period."""

    report = forms.ChoiceField(
        label=gettext_lazy("Report"),
        choices=[("monthly", gettext_lazy("Monthly report")), ("annual", gettext_lazy("Annual report"))],
    )
    office = forms.ChoiceField(label=gettext_lazy("Office"))
    year = forms.ChoiceField(label=gettext_lazy("Year"))
    month = forms.ChoiceField(label=gettext_lazy("Month"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why there is to be another edition"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Only for a report that was signed already."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, user: User, wanted: Mapping[str, Any] | None = None
    ) -> None:
        last = clock.today().replace(day=1) - dt.timedelta(days=1)
        usual = {"year": str(last.year), "month": f"-{last.month:02d}"}
        # An address may offer what to begin: the corrected edition of a signed report.
        asked = {name: str(value) for name, value in (wanted or {}).items() if name in self.base_fields}
        super().__init__(data, initial={**usual, **asked})
        this = clock.today().year
        set_choices(self, "office", offices_of(office_codes_for(user, Permission.REPORT_DRAFT)))
        set_choices(self, "year", [(str(year), str(year)) for year in range(this, this - _YEARS, -1)])
        set_choices(self, "month", [(code, word) for code, word in parts_of_year() if code[1:].isdigit()])

    def clean(self) -> dict[str, Any]:
        """A monthly report needs its month."""
        data = super().clean() or {}
        if data.get("report") == "monthly" and not data.get("month"):
            self.add_error("month", _("Choose the month of the report."))
        return data

    @property
    def period(self) -> str:
        """The code of the period asked for."""
        month = self.cleaned_data["month"] if self.cleaned_data["report"] == "monthly" else ""
        return f"{self.cleaned_data['year']}{month}"


class PartForm(forms.Form):
    """A part of a report that only a person can write. `stored` is what stands there, without what is offered."""

    def __init__(self, *args: Any, stored: Mapping[str, Any], **options: Any) -> None:
        self.stored = stored
        super().__init__(*args, **options)

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("This part"), choices=SlotState.choices, required=False, widget=forms.RadioSelect
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        widget=forms.Textarea(
            attrs={
                "rows": 10,
                "hx-post": "",
                "hx-trigger": "input changed delay:900ms",
                "hx-target": "#look",
                "hx-vals": '{"do": "look"}',
                "hx-sync": "this:replace",
            }
        ),
    )


class SignForm(forms.Form):
    """Signing: what the paper is called, and why it is signed over warnings."""

    paper_number = forms.CharField(
        label=gettext_lazy("Number and symbol"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("As the document system gave it; it can be typed back later."),
    )
    paper_on = DayField(label=gettext_lazy("Day of the paper"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why it is signed over the warnings"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("For all warnings that have no reason of their own."),
    )
    close = forms.BooleanField(
        label=gettext_lazy("Close the period: what comes later needs a reason"), required=False, initial=True
    )

    def __init__(self, data: Mapping[str, Any] | None, *, warnings: Sequence[Mapping[str, Any]] = ()) -> None:
        super().__init__(data)
        self.keys = {f"why-{key_of(check)}": check for check in warnings}
        if not warnings:
            del self.fields["reason"]
        for name in self.keys:
            self.fields[name] = forms.CharField(
                label=_("Why this is signed over"), required=False, max_length=300
            )

    def clean(self) -> dict[str, Any]:
        """Every warning has a reason: one of its own, or the one for all."""
        data = super().clean() or {}
        bare = [name for name in self.keys if not data.get(name)]
        if not bare or data.get("reason"):
            return data
        if len(bare) == len(self.keys):
            self.add_error(
                "reason", _("Say why it is signed over the warnings: here for all, or beside each.")
            )
        else:
            for name in bare:
                self.add_error(name, _("Say why, or give one reason for all below."))
        return data

    @property
    def asked(self) -> list[tuple[Mapping[str, Any], forms.BoundField]]:
        """Each warning with the field for its reason."""
        return [(check, self[name]) for name, check in self.keys.items()]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that stand below the warnings."""
        return [field for field in self.visible_fields() if field.name not in self.keys]

    @property
    def reasons(self) -> dict[str, str]:
        """Warning → the reason of its own that was given."""
        return {name.removeprefix("why-"): self.cleaned_data[name] for name in self.keys}


class EstimateForm(forms.Form):
    """What a figure is expected to be by the end of the period."""

    figure = forms.CharField(widget=forms.HiddenInput, max_length=60)
    value = forms.DecimalField(label=gettext_lazy("Estimated"), required=False, min_value=0, max_digits=18)
    note = forms.CharField(label=gettext_lazy("How it was estimated"), required=False, max_length=300)


class NumberBackForm(forms.Form):
    """The number and day that the document system gave."""

    number = forms.CharField(label=gettext_lazy("Number and symbol"), max_length=40)
    on = DayField(label=gettext_lazy("Day of the paper"))
