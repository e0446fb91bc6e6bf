"""Small acts on a record: striking it out, reading what is restricted, noting and settling what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for, offices_by_code
from bonphuong.records.enums import CommitmentKind, CommitmentSide, CommitmentStatus
from bonphuong.web.desk.forms.choosing import office_choices, set_choices
from bonphuong.web.desk.forms.fields import DayField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.accounts.models import User
    from bonphuong.records.models import Commitment

# A proposal is the reader's; a person notes what stands.
STATUSES = [
    (status.value, status.label) for status in CommitmentStatus if status != CommitmentStatus.PROPOSED
]
SETTLING = ("status", "settled_on", "evidence", "version")
# What was said, by whom and when is not changed afterwards.
SAID = ("side", "kind", "made_on")


class StrikeForm(forms.Form):
    """Entered by mistake."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why it was entered by mistake"), max_length=300)


class RevealForm(forms.Form):
    """What is read, and what for."""

    field = forms.ChoiceField(
        label=_("What you need"),
        choices=[("passport_no", _("Passport number")), ("birth_date", _("Birth date"))],
        widget=forms.RadioSelect,
        initial="passport_no",
    )
    reason = forms.CharField(
        label=_("What you need it for"),
        max_length=300,
        help_text=_("It stands in the trail with your name and the hour."),
    )


class CommitmentForm(forms.Form):
    """What was promised or asked for: who follows it up, until when, and when it is settled by what."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("What was said"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    side = forms.ChoiceField(label=_("Who is to act"), choices=CommitmentSide.choices)
    kind = forms.ChoiceField(label=_("Its kind"), choices=CommitmentKind.choices)
    lead_office_code = forms.ChoiceField(label=_("The office that follows it up"))
    made_on = DayField(label=_("Said on"), required=False)
    due_on = DayField(label=_("By when"), required=False)
    status = forms.ChoiceField(label=_("How far it has come"), choices=STATUSES)
    settled_on = DayField(label=_("Done on"), required=False)
    evidence = forms.CharField(
        label=_("What shows that it was done"),
        max_length=500,
        required=False,
        help_text=_("A paper by its number, a record, minutes."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, user: User, before: Commitment | None = None
    ) -> None:
        super().__init__(data, initial=vars(before) if before else {})
        for name in SAID if before else SETTLING:
            del self.fields[name]
        offices = offices_by_code(office_codes_for(user, Permission.RECORD_ADD))
        own = next((h.office for h in user.access().holdings if h.office in offices), "")
        set_choices(self, "lead_office_code", office_choices(offices.values()))
        if before is None:
            self.initial["lead_office_code"] = own
