"""Taking a step: the day, and what the step itself asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bonphuong.families.delegations.services import StepValues
from bonphuong.kernel import clock
from bonphuong.web.desk.forms.fields import DayField

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from bonphuong.families.delegations.models import Delegation
    from bonphuong.procedures.models import Transition
    from bonphuong.web.desk.forms.signers import Signers

DAY_LABELS = {
    "departed_on": _("Day of departure"),
    "returned_on": _("Day of return"),
    "arrived_on": _("Day of arrival"),
    "left_on": _("Day of leaving"),
    "held_on": _("Day on which it was held"),
    "cancelled_on": _("Day on which it was called off"),
    "report_received_on": _("Day on which the report came"),
}
# Planned days that are offered as the day of the step, where they have come.
PLANNED = {
    "departed_on": "starts_on",
    "arrived_on": "starts_on",
    "held_on": "starts_on",
    "returned_on": "ends_on",
    "left_on": "ends_on",
}


class StepForm(forms.Form):
    """One step of a delegation's way. Which fields it has follows from the step."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=_("Day"))
    decision_number = forms.CharField(
        label=_("Number and symbol of the decision"), max_length=60, help_text=_("As in 123/QĐ-UBND.")
    )
    approved_heads = forms.IntegerField(
        label=_("People that the decision allows"), min_value=1, max_value=5000
    )
    actual_heads = forms.IntegerField(label=_("People who actually took part"), min_value=1, max_value=5000)
    result = forms.CharField(label=_("Result"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    note = forms.CharField(
        label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    late_reason = forms.CharField(
        label=_("Why this comes after the period was closed"), required=False, max_length=300
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, way: Transition, row: Delegation, signers: Signers
    ) -> None:
        self.way, self.row, self.signers = way, row, signers
        super().__init__(data, initial=self._initial())
        asks = set(way.asks)
        for name in ("approved_heads", "actual_heads"):
            if name not in asks:
                del self.fields[name]
        if "decision" not in way.required_papers:
            del self.fields["decision_number"]
        if way.code != "receive_report":
            del self.fields["result"]
        if "note" in asks:
            self.fields["note"].required = True
            self.fields["note"].label = _("Why")
        signers.ask(self)
        if LATE not in (data or {}):
            self.fields[LATE].widget = forms.HiddenInput()
        day = next((name for name in DAY_LABELS if name in asks), "")
        if day:
            self.fields["on"].label = DAY_LABELS[day]
        elif "decision" in way.required_papers:
            self.fields["on"].label = _("Day of the decision")

    def values(self) -> StepValues:
        """What the service takes beside the day."""
        given = self.cleaned_data
        return StepValues(
            approved_heads=given.get("approved_heads"),
            actual_heads=given.get("actual_heads"),
            decision_number=given.get("decision_number", ""),
            result=given.get("result", ""),
            note=given.get("note", ""),
        )

    def show_late_reason(self) -> None:
        """After the ledger asked why: the field comes out."""
        self.fields[LATE].widget = forms.TextInput()

    def _initial(self) -> dict[str, object]:
        return {
            "version": self.row.record.version,
            "on": self._day(),
            "approved_heads": self.row.approved_heads,
            "actual_heads": self.row.actual_heads or self.row.approved_heads,
            "decision_number": self.row.decision_number,
            "result": self.row.result,
        }

    def _day(self) -> dt.date:
        today = clock.today()
        asked = next((name for name in PLANNED if name in self.way.asks), "")
        planned: dt.date | None = getattr(self.row, PLANNED[asked]) if asked else None
        return planned if planned is not None and planned <= today else today


LATE = "late_reason"
