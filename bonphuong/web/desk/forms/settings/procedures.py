"""Rules of procedures: authorities to sign, deadlines, limits, days for opinions; cases moved to another version."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import Office, User
from bonphuong.kernel import clock
from bonphuong.papers.enums import SigningMode
from bonphuong.procedures.enums import BodyKind, DayUnit, GuardKind
from bonphuong.procedures.models import DeadlineRule
from bonphuong.procedures.rules import desks_of
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.forms.settings.base import (
    OfficeField,
    SettingForm,
    SourcedForm,
    offices_of,
)
from bonphuong.web.desk.pages.settings.words import procedure_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.procedures.models import State

DAYS_MOST = 3650


def giving_offices(user: User) -> list[Office]:
    """Offices for which a person says who signs: those whose settings they keep, and those at whose desk they decide."""
    kept = {office.code: office for office in offices_of(user)}
    desks = desks_of(user, Permission.RECORD_DECIDE) - kept.keys()
    found = [*kept.values(), *Office.objects.filter(pk__in=desks).on(clock.today())]
    return sorted(found, key=lambda office: office.path)


class AuthorityForm(SourcedForm):
    """Who may sign for an office."""

    office = OfficeField(label=_("For which office"))
    holder = forms.ChoiceField(
        label=_("Account of who signs"),
        required=False,
        help_text=_("With an account they may also decide in the desk. Without one it serves for printing."),
    )
    name = forms.CharField(
        label=_("Name of who signs"), max_length=120, required=False, help_text=_("Empty: as in the account.")
    )
    title = forms.CharField(
        label=_("Title of who signs"), max_length=160, help_text=_("As under a signature: Phó Giám đốc.")
    )
    mode = forms.ChoiceField(label=_("Signs"), choices=SigningMode.choices)
    on_behalf_of = forms.CharField(
        label=_("In whose place"),
        max_length=160,
        required=False,
        help_text=_("The head (KT., TL., TUQ.) or the body (TM.): CHỦ TỊCH, ỦY BAN NHÂN DÂN."),
    )
    organ = forms.CharField(label=_("On behalf of the body above a KT."), max_length=160, required=False)
    own_head = forms.CharField(
        label=_("Head of the own unit"),
        max_length=160,
        required=False,
        help_text=_("Where a deputy of that unit signs: CHÁNH VĂN PHÒNG."),
    )
    procedure = forms.ChoiceField(label=_("For which procedure"), required=False)
    valid_to = DayField(label=_("Last day"), required=False, help_text=_("Empty: until somebody ends it."))

    def offer_all(self) -> None:
        """Offices, people of the person's own books, procedures."""
        super().offer_all()
        self.order_fields([*(name for name in self.fields if name not in {"valid_to", *self.LAST}),
                           "valid_from", "valid_to", "source", "source_url", "proved"])  # fmt: skip
        self.offer_offices(offices=giving_offices(self.user))
        people = User.objects.visible_to(self.user).filter(is_active=True).order_by("full_name")
        self.offer("holder", [(str(one.pk), str(one)) for one in people], empty=_("nobody in the desk"))
        self.offer("procedure", procedure_names().items(), empty=_("every procedure"))

    def clean(self) -> dict[str, Any]:
        """The name is that of the account where none is given."""
        data = super().clean() or {}
        holder = data.get("holder")
        data["holder"] = User.objects.visible_to(self.user).filter(pk=holder).first() if holder else None
        if data["holder"] is not None and not data.get("name"):
            data["name"] = data["holder"].full_name
        return data


class DeadlineForm(SourcedForm):
    """An office's own number of days for one deadline."""

    office = OfficeField()
    code = forms.ChoiceField(label=_("Which deadline"))
    days = forms.IntegerField(label=pgettext_lazy("deadline", "Days"), min_value=0, max_value=DAYS_MOST)
    unit = forms.ChoiceField(label=_("Counted in"), choices=DayUnit.choices)

    def offer_all(self) -> None:
        """Every deadline that some procedure has, under the procedure's name."""
        super().offer_all()
        self.offer_offices()
        self.initial.setdefault("unit", DayUnit.WORKING)
        self.offer("code", _deadlines_by_procedure(self.initial.get("procedure", "")))

    def given(self) -> dict[str, Any]:
        """The procedure and the deadline apart."""
        procedure, _sign, code = self.cleaned_data["code"].partition(":")
        return {**self.cleaned_data, "procedure_code": procedure, "code": code}


def _deadlines_by_procedure(only: str) -> list[tuple[str, list[tuple[str, str]]]]:
    names = procedure_names()
    rules = DeadlineRule.objects.on(clock.today()).order_by("procedure_code", "code", "office_code")
    if only in names:
        rules = rules.filter(procedure_code=only)
    found = []
    for procedure, own in groupby(rules, key=lambda rule: rule.procedure_code):
        options = {f"{procedure}:{rule.code}": rule.label for rule in own}
        found.append((names.get(procedure, procedure), list(options.items())))
    return found


class LimitForm(SourcedForm):
    """An office's own limit of trips."""

    office = OfficeField()
    procedure = forms.ChoiceField(label=_("Procedure"))
    code = forms.ChoiceField(label=_("What is limited"), choices=GuardKind.choices)
    limit = forms.IntegerField(label=_("At most"), min_value=0, max_value=DAYS_MOST)
    message_vi = forms.CharField(
        label=_("Warning in Vietnamese"),
        max_length=300,
        help_text=_("%(value)s and %(limit)s stand for the two numbers."),
    )
    message_en = forms.CharField(label=_("Warning in English"), max_length=300)

    def offer_all(self) -> None:
        """Offices and procedures of trips."""
        super().offer_all()
        self.offer_offices()
        trips = {code: name for code, name in procedure_names().items() if code.startswith("delegations.")}
        self.offer("procedure", trips.items())

    def clean(self) -> dict[str, Any]:
        """A warning whose marks do not fit would fail when it is needed."""
        data = super().clean() or {}
        for name in ("message_vi", "message_en"):
            if data.get(name):
                try:
                    data[name] % {"value": 1, "limit": 1}
                except (KeyError, ValueError, TypeError):
                    self.add_error(name, _("Only %(value)s and %(limit)s may stand after a % sign."))
        return data


class OpinionDaysForm(SourcedForm):
    """How many days an office gives for an opinion."""

    office = OfficeField()
    procedure = forms.ChoiceField(label=_("Procedure"), required=False)
    body_kind = forms.ChoiceField(label=_("Kind of body"), required=False)
    days = forms.IntegerField(label=pgettext_lazy("deadline", "Days"), min_value=1, max_value=DAYS_MOST)
    unit = forms.ChoiceField(label=_("Counted in"), choices=DayUnit.choices)

    def offer_all(self) -> None:
        """Offices, procedures, kinds of bodies."""
        super().offer_all()
        self.offer_offices()
        self.offer("procedure", procedure_names().items(), empty=_("every procedure"))
        self.offer("body_kind", BodyKind.choices, empty=_("every kind of body"))


class MoveForm(SettingForm):
    """Taking running cases to another version of their procedure."""

    to_version = forms.TypedChoiceField(label=_("To which version"), coerce=int)
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("It stands in the history of each case.")
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        user: User,
        versions: Sequence[tuple[int, str]],
        states: Sequence[State],
        goals: Sequence[State],
    ) -> None:
        self.versions, self.states = versions, states
        super().__init__(data, user=user)
        self.offer("to_version", versions)
        for state in states:
            self.fields[f"state-{state.code}"] = forms.ChoiceField(
                label=pgettext_lazy("state", "“%(state)s” becomes") % {"state": state.label},
                choices=[("", _("the state of the same name")), *((one.code, one.label) for one in goals)],
                required=False,
            )

    def state_map(self) -> dict[str, str]:
        """Old state → new one, where they differ."""
        given = {state.code: self.cleaned_data.get(f"state-{state.code}", "") for state in self.states}
        return {old: new for old, new in given.items() if new and new != old}
