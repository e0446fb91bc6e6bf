"""Noting to whom a signed report went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bonphuong.kernel import clock
from bonphuong.reports.enums import Road
from bonphuong.web.desk.forms.choosing import set_choices
from bonphuong.web.desk.forms.fields import DayField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class SendingForm(forms.Form):
    """To whom, when, by which road."""

    offices = forms.MultipleChoiceField(
        label=_("Offices that receive this report"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By the ties of reports; those that were noted already are left out."),
    )
    names = forms.CharField(
        label=_("Others who received it"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, as papers write them."),
    )
    road = forms.ChoiceField(label=_("By which road"), choices=Road.choices)
    sent_on = DayField(label=_("Sent on"))
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(
        self, data: Mapping[str, Any] | None, *, offices: Sequence[tuple[str, str]], names: Sequence[str]
    ) -> None:
        super().__init__(data, initial={"sent_on": clock.today(), "names": "\n".join(names)})
        set_choices(self, "offices", offices)
        if not offices:
            del self.fields["offices"]

    @property
    def chosen_offices(self) -> list[str]:
        """Codes of the offices chosen."""
        return list(self.cleaned_data.get("offices", []))

    @property
    def chosen_names(self) -> list[str]:
        """The lines that were written."""
        return [line.strip() for line in str(self.cleaned_data["names"]).splitlines() if line.strip()]
