"""What a person fills in: one form for every kind, checked by the same gate as a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.models import Office
from bonphuong.accounts.queries import book_of
from bonphuong.families.delegations.enums import (
    DECIDED,
    OUTWARD,
    Channel,
    Funding,
    HeadLevel,
    Kind,
    PlanStatus,
    Purpose,
    SessionForm,
)
from bonphuong.families.delegations.queries import guard_warnings, twins_of_drafts
from bonphuong.families.delegations.schema import clean_many
from bonphuong.kernel.dates import format_date
from bonphuong.reference.models import CooperationField

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.delegations.schema import DelegationDraft, MemberDraft
    from bonphuong.procedures.rulebook import GuardWarning
    from bonphuong.records.registry import Cleaned
    from bonphuong.records.twins import Twin

_PEOPLE = ("approved_heads", "head_name", "head_title", "head_level")
_TRIP = ("plan_status", "funding", "cost_vnd", "partner")
_DONE = (
    "decision_number",
    "decided_on",
    "started_on",
    "ended_on",
    "actual_heads",
    "report_received_on",
    "result",
)
_WORDS = ("title", "content", "purpose", "field_code", "channel", "places")
_PLAN = ("starts_on", "ends_on", "lead_office_code")

#: The fields that each kind asks for, in the order of the form.
FIELDS: dict[str, tuple[str, ...]] = {
    Kind.OUTBOUND: (*_WORDS, *_PLAN, *_PEOPLE, *_TRIP, *_DONE),
    Kind.INDIVIDUAL: (*_WORDS, *_PLAN, *_PEOPLE, "organiser", *_TRIP, *_DONE),
    Kind.PERSONAL: ("title", "places", *_PLAN, "approved_heads", *_DONE[:-2]),
    Kind.INBOUND: (
        *_WORDS, *_PLAN, "cohosts", *_PEOPLE, "partner", "venue", "interpreter", "plan_status", "funding", "cost_vnd", *_DONE,
    ),
    Kind.DAY_CONTACT: ("title", "content", "field_code", "channel", "places", *_PLAN, "venue", "started_on",
                       "actual_heads", "result"),
    Kind.SESSION: ("title", "session_form", "is_domestic", "content", "purpose", "field_code", "channel", "places",
                   "partner", *_PLAN, "cohosts", "head_name", "head_title", "venue", "started_on", "ended_on",
                   "actual_heads", "crossers", "result"),
}  # fmt: skip
DAYS = ("starts_on", "ends_on", "decided_on", "started_on", "ended_on", "report_received_on")
#: What only a finished case knows; a request is asked for without them.
AFTERWARDS = frozenset(_DONE)

LABELS = {
    "title": _("Name and purpose"),
    "content": _("Content"),
    "purpose": _("Purpose"),
    "field_code": _("Field of cooperation"),
    "channel": _("Channel"),
    "places": _("Countries and places"),
    "starts_on": _("From"),
    "ends_on": _("To"),
    "lead_office_code": _("Lead office"),
    "cohosts": _("Co-hosts"),
    "approved_heads": _("People"),
    "head_name": _("Head of delegation"),
    "head_title": _("Post of the head"),
    "head_level": _("Level of the head"),
    "plan_status": _("In or off the plan"),
    "funding": _("Source of funds"),
    "cost_vnd": _("Cost (VND)"),
    "partner": _("Inviting body or guest"),
    "organiser": _("Delegation of another body"),
    "venue": _("Places in the province"),
    "interpreter": _("Interpreter"),
    "session_form": _("Form"),
    "is_domestic": _("A domestic guest"),
    "crossers": _("People of ours who crossed the line"),
    "decision_number": _("Number of the decision"),
    "decided_on": _("Day of the decision"),
    "started_on": _("Day it began"),
    "ended_on": _("Day it ended"),
    "actual_heads": _("People who took part"),
    "report_received_on": _("Day the report came"),
    "result": _("Result"),
}
HELP = {
    "places": _("The main place first, for example: Lào (Phongsaly, Oudomxay)."),
    "approved_heads": _(
        "As asked for or as the decision allows. Left empty, the list of members is counted."
    ),
    "starts_on": _("For example 5/3 or 05/03/2026."),
    "organiser": _("The ministry or body whose delegation it is; leave empty for a person alone."),
    "decision_number": _("Typed back from the document system, for example 123/QĐ-UBND."),
    "actual_heads": _("The real head count; it replaces the approved one."),
    "cost_vnd": _("In đồng, for example 250.000.000 or 250 triệu."),
}


class DelegationForm(forms.Form):
    """A delegation as typed. After `is_valid()`: `draft`, `warnings`, `guards` and `twins`.

    `finished` asks for what only a finished case knows too. Members are a table of their own: pass them in.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why"), max_length=500, required=False, help_text=_("Kept in the trail with every change.")
    )
    late_reason = forms.CharField(
        label=_("Why it comes late"),
        max_length=500,
        required=False,
        help_text=_("Needed where the period of the report is closed already."),
    )

    def __init__(
        self,
        *args: Any,
        kind: str,
        actor: User,
        office_code: str,
        finished: bool = False,
        members: Sequence[MemberDraft] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.actor, self.office_code, self.members = kind, actor, office_code, tuple(members)
        self.finished = finished
        self.cleaned: Cleaned | None = None
        names = [name for name in FIELDS[kind] if finished or name not in AFTERWARDS]
        made = {name: self._field(name) for name in names}
        self.fields = {**made, **self.fields}
        if not self.is_bound:
            self.initial.setdefault("lead_office_code", office_code)
            self.initial.setdefault("channel", Channel.STATE)

    def _field(self, name: str) -> forms.Field:
        label, hint = LABELS[name], HELP.get(name, "")
        required = (name in {"title", "places"} and self.kind != Kind.SESSION) or name == "title"
        choices = _choices(name, self.office_code)
        if choices is not None:
            many = name == "cohosts"
            made = forms.MultipleChoiceField if many else forms.ChoiceField
            return made(label=label, help_text=hint, required=False, choices=choices)
        if name == "is_domestic":
            return forms.BooleanField(label=label, help_text=hint, required=False)
        widget = forms.Textarea(attrs={"rows": 3}) if name in {"content", "result"} else forms.TextInput()
        return forms.CharField(label=label, help_text=hint, required=required, widget=widget)

    def clean(self) -> dict[str, Any]:
        """Pass everything through the gate; each finding lands beside its field."""
        values = super().clean() or {}
        row = {name: value for name, value in values.items() if name in FIELDS[self.kind]}
        row |= {"kind": self.kind, "members": self.members}
        [self.cleaned] = clean_many([row], kind=self.kind, office_code=self.office_code, actor=self.actor)
        for error in self.cleaned.errors:
            if not self.has_error(error.column):
                self.add_error(error.column if error.column in self.fields else None, error.message)
        return values

    @property
    def draft(self) -> DelegationDraft:
        """What the gate made of it. Only after `is_valid()`."""
        if self.cleaned is None or self.cleaned.draft is None:
            raise ValueError("the form was not found valid")
        return self.cleaned.draft  # type: ignore[return-value]

    @property
    def warnings(self) -> list[str]:
        """What is unusual and stops nothing."""
        return [] if self.cleaned is None else [warning.message for warning in self.cleaned.warnings]

    @property
    def guards(self) -> list[GuardWarning]:
        """Limits of the office's own rules that the trip passes."""
        return guard_warnings(self.draft)

    @property
    def twins(self) -> list[Twin]:
        """Records that look like the same event and that the person may see."""
        return twins_of_drafts([self.draft], book_of(self.office_code), self.actor)[0]

    @property
    def asks_for_people(self) -> bool:
        """Whether the kind has a list of members."""
        return self.kind in DECIDED


def initial_of(draft: DelegationDraft) -> dict[str, Any]:
    """What the form shows of a stored delegation."""
    values: dict[str, Any] = {name: getattr(draft, name) for name in LABELS if hasattr(draft, name)}
    values |= {name: format_date(values[name]) if values.get(name) else "" for name in DAYS}
    values["places"] = _places_text(draft)
    values["partner"] = draft.partner_text or draft.partner_code
    values["organiser"] = draft.organiser_text or draft.organiser_code
    values["cohosts"] = list(draft.cohosts)
    return {name: "" if value is None else value for name, value in values.items()}


def _places_text(draft: DelegationDraft) -> str:
    return ", ".join(
        place.text or place.party_code or place.unit_code or place.country_code for place in draft.places
    )


def _choices(name: str, office_code: str) -> Iterable[tuple[str, Any]] | None:
    plain = {
        "purpose": Purpose, "channel": Channel, "head_level": HeadLevel, "plan_status": PlanStatus,
        "funding": Funding, "session_form": SessionForm,
    }  # fmt: skip
    if name in plain:
        return [("", _("(not chosen)")), *plain[name].choices]
    if name == "field_code":
        lang = get_language() or "vi"
        return [
            ("", _("(not chosen)")),
            *((row.code, row.name(lang)) for row in CooperationField.objects.all()),
        ]
    if name in {"lead_office_code", "cohosts"}:
        book = book_of(office_code)
        return [(o.code, str(o)) for o in Office.objects.filter(path__startswith=f"{book}/").order_by("path")]
    return None


def is_outward(kind: str) -> bool:
    """Whether people of ours leave the country: the wording of a page depends on it."""
    return kind in OUTWARD
