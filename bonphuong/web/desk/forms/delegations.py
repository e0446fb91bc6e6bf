"""Entering and correcting a delegation: one form, fed through the family's one gate like any sheet."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.families.delegations.enums import (
    Channel,
    Funding,
    HeadLevel,
    Kind,
    PlanStatus,
    Purpose,
    SessionForm,
)
from bonphuong.families.delegations.schema import DelegationDraft, MemberDraft, clean_many
from bonphuong.reference.models import CooperationField
from bonphuong.web.desk.forms.choosing import offices_in, set_choices
from bonphuong.web.desk.forms.entry import EntryForm
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import TextChoices

    from bonphuong.accounts.models import User
    from bonphuong.records.registry import Cleaned

_WIDE = forms.Textarea(attrs={"rows": 3})
# Days, counts and papers that only a case which has come so far has.
FINISHED = (
    "decision_number", "decided_on", "started_on", "ended_on", "actual_heads", "report_received_on", "result",
)  # fmt: skip
OUT = ("title", "purpose", "content", "places", "partner", "head_name", "head_title", "head_level", "approved_heads",
       "starts_on", "ends_on", "plan_status", "funding", "cost_vnd", "field_code", "channel", "lead_office_code")  # fmt: skip
IN = ("title", "purpose", "content", "places", "partner", "head_name", "head_title", "head_level", "approved_heads",
      "starts_on", "ends_on", "venue", "interpreter", "plan_status", "field_code", "channel", "lead_office_code",
      "cohosts")  # fmt: skip
MEETING = ("title", "session_form", "is_domestic", "content", "places", "partner", "head_name", "head_title", "venue",
           "interpreter", "starts_on", "ends_on", "crossers", "field_code", "channel", "lead_office_code", "cohosts")  # fmt: skip
FIELDS: dict[str, tuple[str, ...]] = {
    Kind.OUTBOUND: OUT,
    Kind.INDIVIDUAL: (*OUT, "organiser"),
    Kind.PERSONAL: ("title", "places", "approved_heads", "starts_on", "ends_on", "lead_office_code"),
    Kind.DAY_CONTACT: ("title", "content", "places", "partner", "starts_on", "head_name", "head_title", "venue",
                       "channel", "lead_office_code"),
    Kind.INBOUND: IN,
    Kind.SESSION: MEETING,
}  # fmt: skip
# Sessions and contacts have no decision: they are entered when they have been held.
HELD = {Kind.SESSION, Kind.DAY_CONTACT}


# Fields of the form that speak of more than one thing of the draft.
_TELLS = {"partner": ("partner_code", "partner_text"), "organiser": ("organiser_code", "organiser_text")}


def _choices(choices: type[TextChoices]) -> list[tuple[str, Any]]:
    return [("", "—"), *choices.choices]


class DelegationForm(EntryForm):
    """What a person says of a delegation. Names are typed as they are; the gate finds their codes."""

    title = forms.CharField(
        label=gettext_lazy("Who goes where, and what for"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One sentence that a leader understands: it is the title of the record."),
    )
    session_form = forms.ChoiceField(
        label=gettext_lazy("How the two sides meet"), choices=_choices(SessionForm)
    )
    is_domestic = forms.BooleanField(label=gettext_lazy("The guest is from within the country"))
    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), choices=_choices(Purpose))
    content = forms.CharField(label=gettext_lazy("What is to be done or discussed"), widget=_WIDE)
    places = forms.CharField(
        label=gettext_lazy("Countries and places"),
        help_text=gettext_lazy("The main one first, as in: Lào (Phongsaly, Oudomxay), Thái Lan."),
    )
    partner = forms.CharField(label=gettext_lazy("Inviting or visiting body"), max_length=200)
    organiser = forms.CharField(
        label=gettext_lazy("In the delegation of"),
        max_length=200,
        help_text=gettext_lazy("The body whose delegation it is; empty for somebody who goes alone."),
    )
    head_name = forms.CharField(label=gettext_lazy("Head of delegation"), max_length=120)
    head_title = forms.CharField(label=gettext_lazy("Post of the head"), max_length=200)
    head_level = forms.ChoiceField(label=gettext_lazy("Level of the head"), choices=_choices(HeadLevel))
    approved_heads = forms.CharField(
        label=gettext_lazy("People asked for or allowed"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    starts_on = DayField(label=gettext_lazy("First day"), help_text=gettext_lazy("As in 5/3 or 05/03/2026."))
    ends_on = DayField(label=gettext_lazy("Last day"))
    venue = forms.CharField(label=gettext_lazy("Where in the province"), max_length=200)
    interpreter = forms.CharField(label=gettext_lazy("Interpreter"), max_length=120)
    crossers = forms.CharField(
        label=gettext_lazy("Of ours, how many crossed the line"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    plan_status = forms.ChoiceField(
        label=gettext_lazy("In the annual programme"), choices=_choices(PlanStatus)
    )
    funding = forms.ChoiceField(label=gettext_lazy("Who pays"), choices=_choices(Funding))
    cost_vnd = forms.CharField(
        label=gettext_lazy("Cost in đồng"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("As in 84.500.000 or 84,5 triệu."),
    )
    field_code = forms.ChoiceField(label=gettext_lazy("Field of cooperation"))
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), choices=Channel.choices, initial=Channel.STATE)
    lead_office_code = forms.ChoiceField(label=gettext_lazy("Lead office"))
    cohosts = forms.MultipleChoiceField(
        label=gettext_lazy("Hosts beside it"), widget=forms.CheckboxSelectMultiple
    )
    decision_number = forms.CharField(
        label=gettext_lazy("Number and symbol of the decision"),
        max_length=60,
        help_text=gettext_lazy("As the document system gave it, 123/QĐ-UBND."),
    )
    decided_on = DayField(label=gettext_lazy("Day of the decision"))
    started_on = DayField(label=gettext_lazy("Left or arrived on"))
    ended_on = DayField(label=gettext_lazy("Came back or left on"))
    actual_heads = forms.CharField(
        label=gettext_lazy("People who actually took part"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    report_received_on = DayField(label=gettext_lazy("Report of results came on"))
    result = forms.CharField(label=gettext_lazy("Result"), widget=_WIDE)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        user: User,
        kind: str,
        finished: bool,
        before: DelegationDraft | None = None,
        version: int | None = None,
    ) -> None:
        self.kind, self.before = Kind(kind), before
        self.finished = finished or self.kind in HELD or before is not None
        self.cleaned: Cleaned | None = None
        super().__init__(data, initial={**_initial(before), "version": version})
        kept = {
            *FIELDS[self.kind],
            *(FINISHED if self.finished else ()),
            "version",
            "late_reason",
            "not_the_same",
        }
        if self.kind in HELD:
            kept -= {"decision_number", "decided_on", "approved_heads", "starts_on", "ends_on"}
        if before is not None:
            kept |= {"reason", "approved_heads", "starts_on", "ends_on"}
        for name in list(self.fields):
            if name not in kept:
                del self.fields[name]
            elif name not in {"title", "reason"} and not (name == "places" and self.kind not in HELD):
                self.fields[name].required = False
        self._offer(user)

    def _offer(self, user: User) -> None:
        lang = language()
        book = next((holding.book for holding in user.access().holdings), "")
        offices = offices_in(book)
        mine = office_codes_for(user, Permission.RECORD_ADD)
        leads = [pair for pair in offices if pair[0] in mine or len(mine) > 1]
        set_choices(self, "lead_office_code", leads)
        set_choices(self, "cohosts", offices)
        known = [(field.code, field.name(lang)) for field in CooperationField.objects.all()]
        set_choices(self, "field_code", [("", "—"), *known])
        if self.before is None:
            own = next((h.office for h in user.access().holdings if h.office in mine), "")
            self.initial["lead_office_code"] = own

    def row(self, members: Sequence[MemberDraft]) -> dict[str, object]:
        """The form as the gate takes it. Places left as they were keep the codes that they have."""
        given = {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "", []) or name == "places"
        }
        for name in ("version", "reason", "late_reason", "not_the_same"):
            given.pop(name, None)
        if self.kind in HELD and given.get("started_on"):
            given.setdefault("starts_on", given["started_on"])
        if self.before is not None and given.get("places") == places_text(self.before):
            given["places"] = self.before.places
            given.setdefault("partner", self.before.partner_text)
        return {**given, "kind": str(self.kind), "members": list(members)}

    def pass_gate(
        self, *, user: User, office_code: str, members: Sequence[MemberDraft]
    ) -> DelegationDraft | None:
        """The draft, or None with every error beside its field."""
        [cleaned] = clean_many([self.row(members)], kind=self.kind, office_code=office_code, actor=user)
        for error in cleaned.errors:
            self.add_error(error.column if error.column in self.fields else None, error.message)
        self.cleaned = cleaned
        if not (isinstance(cleaned.draft, DelegationDraft) and cleaned.is_good):
            return None
        return cleaned.draft if self.before is None else self._over(self.before, cleaned.draft)

    def _over(self, before: DelegationDraft, draft: DelegationDraft) -> DelegationDraft:
        """The draft laid over what is stored: what the form does not offer for this kind stays as it was."""
        told = {part for name in self.fields for part in _TELLS.get(name, (name,))} | {"kind", "members"}
        for text, code in (("partner_text", "partner_code"), ("organiser_text", "organiser_code")):
            if getattr(draft, text) == getattr(before, text):
                told.discard(code)
        kept = [field.name for field in fields(DelegationDraft) if field.name not in told]
        return replace(draft, **{name: getattr(before, name) for name in kept})

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in groups, each under what it is about."""
        groups = (
            (_("The event"), ("title", "session_form", "is_domestic", "purpose", "content", "places", "partner",
                              "organiser", "venue", "field_code", "channel")),
            (_("Who"), ("head_name", "head_title", "head_level", "approved_heads", "crossers", "interpreter",
                        "lead_office_code", "cohosts")),
            (_("The days"), ("starts_on", "ends_on")),
            (_("Plan and money"), ("plan_status", "funding", "cost_vnd")),
            (_("The decision"), ("decision_number", "decided_on")),
            (_("What took place"), ("started_on", "ended_on", "actual_heads", "report_received_on", "result")),
            (_("This entry"), ("reason",)),
        )  # fmt: skip
        found = [(label, [self[name] for name in names if name in self.fields]) for label, names in groups]
        return [(label, bound) for label, bound in found if bound]


def places_text(draft: DelegationDraft) -> str:
    """The places as a person types them."""
    return ", ".join(place.text or place.party_code or place.country_code for place in draft.places)


def _initial(draft: DelegationDraft | None) -> dict[str, object]:
    if draft is None:
        return {}
    found = {name: value for name, value in vars(draft).items() if not isinstance(value, tuple)}
    return {
        **found,
        "places": places_text(draft),
        "partner": draft.partner_text,
        "organiser": draft.organiser_text,
        "cohosts": list(draft.cohosts),
    }
