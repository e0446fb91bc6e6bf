"""What people tell of partners: who they are, what they are called, what ties us, who holds which post, notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for, offices_by_code
from bonphuong.kernel.text import fold
from bonphuong.parties.enums import Gender, NameLanguage, PartyKind, PartyLevel, TieKind
from bonphuong.parties.models import Party
from bonphuong.parties.queries import resolve_many
from bonphuong.reference.models import Country
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.accounts.models import Office, User
    from bonphuong.parties.models import Person

NOTHING = ("", "—")
_NOT_CODE = re.compile(r"[^a-z0-9]+")
_NAME = 200


class OfficeChoice(forms.ChoiceField):
    """One of the offices for which the person may change partners; their own first."""

    def offer(self, user: User) -> None:
        """Fill the choices in."""
        codes = office_codes_for(user, Permission.PARTY_CHANGE)
        ordered = sorted(offices_by_code(codes).values(), key=lambda office: office.path)
        own = [h.office for h in user.access().holdings]
        ordered.sort(key=lambda office: office.code not in own)
        self.choices = [(office.code, office.name(language())) for office in ordered]
        self.offices: Mapping[str, Office] = {office.code: office for office in ordered}

    def to_office(self, code: str) -> Office:
        """The office that was chosen."""
        return self.offices[code]


def _countries() -> list[tuple[str, str]]:
    return [NOTHING, *((row.code, row.name(language())) for row in Country.objects.order_by("sort"))]


class PartyForm(forms.Form):
    """Who a partner is: its names, its tier, where it lies, since when it is there, and where that is known from."""

    name_vi = forms.CharField(label=gettext_lazy("Name in Vietnamese"), max_length=_NAME)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=_NAME)
    name_native = forms.CharField(
        label=gettext_lazy("Name in its own script"), max_length=_NAME, required=False
    )
    native_lang = forms.ChoiceField(
        label=gettext_lazy("Language of that name"), choices=[NOTHING, *NameLanguage.choices], required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of body"), choices=PartyKind.choices)
    level = forms.ChoiceField(
        label=gettext_lazy("Tier"), choices=[NOTHING, *PartyLevel.choices], required=False
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        required=False,
        help_text=gettext_lazy("Empty for an international body."),
    )
    parent = forms.CharField(
        label=gettext_lazy("Lies in, or belongs to"),
        max_length=_NAME,
        required=False,
        help_text=gettext_lazy("The name of a partner that stands in the list."),
    )
    valid_from = DayField(label=gettext_lazy("There since"), required=False)
    valid_to = DayField(label=gettext_lazy("There until"), required=False)
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)
    source_url = forms.CharField(label=gettext_lazy("Address of the source"), max_length=300, required=False)
    proved = forms.BooleanField(label=gettext_lazy("The source says so"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, before: Party | None = None) -> None:
        super().__init__(data, initial=_initial(before) if before else {})
        self.before = before
        field = self.fields["country"]
        if isinstance(field, forms.ChoiceField):
            field.choices = _countries()

    def clean_parent(self) -> Party | None:
        """The one partner of that name."""
        name = self.cleaned_data["parent"]
        if not name:
            return None
        found = resolve_many([name])[name]
        if len(found) != 1:
            raise ValidationError(
                _("Several partners are called so: write it with its tier or what it lies in.")
                if found
                else _("No partner of that name stands in the list.")
            )
        if self.before and found[0].code == self.before.code:
            raise ValidationError(_("A partner cannot lie in itself."))
        return found[0]

    def clean(self) -> dict[str, Any]:
        """A name in a script of its own says in which language it is."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("name_native") and not given.get("native_lang"):
            self.add_error("native_lang", _("Say in which language that name is."))
        return given

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        given = dict(self.cleaned_data)
        given["country_id"] = given.pop("country") or None
        if not given["name_native"]:
            given["native_lang"] = ""
        return given


def _initial(party: Party) -> dict[str, Any]:
    names = ("name_vi", "name_en", "name_native", "native_lang", "kind", "level", "source", "source_url")
    found = {name: getattr(party, name) for name in (*names, "valid_from", "valid_to", "proved")}
    parent = party.parent.name_vi if party.parent_id and party.parent else ""
    return {**found, "country": party.country_id or "", "parent": parent}


def code_for(name_en: str, country: str | None) -> str:
    """A permanent code that nobody has: the country and the English name in small letters."""
    plain = _NOT_CODE.sub("-", fold(name_en)).strip("-") or "x"
    stem = f"{country.lower()}-{plain}" if country else plain
    stem = stem[:70].strip("-")
    taken = set(Party.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for n in range(1, 10_000) if (code := stem if n == 1 else f"{stem}-{n}") not in taken)


class NamingForm(forms.Form):
    """Another name, in any script; a former one with its last day."""

    text = forms.CharField(label=gettext_lazy("Name"), max_length=_NAME)
    lang = forms.ChoiceField(label=gettext_lazy("Language"), choices=NameLanguage.choices)
    until = DayField(
        label=gettext_lazy("Was the name until"),
        required=False,
        help_text=gettext_lazy("Only for a former name. As in 5/3 or 05/03/2026."),
    )


class TieForm(forms.Form):
    """What ties one of our offices to a partner, and since when."""

    office = OfficeChoice(label=gettext_lazy("Our office"))
    kind = forms.ChoiceField(label=gettext_lazy("What ties the two"), choices=TieKind.choices)
    valid_from = DayField(label=gettext_lazy("Since"), required=False)
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, user: User) -> None:
        super().__init__(data)
        _offer(self, user)


class EndForm(forms.Form):
    """The last day of something that ends."""

    on = DayField(label=gettext_lazy("Last day"))


class NoteForm(forms.Form):
    """A note that no other office reads."""

    office = OfficeChoice(label=gettext_lazy("Whose note it is"))
    text = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Only your office reads it. No secrets: they belong into no computer network."
        ),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, user: User) -> None:
        super().__init__(data)
        _offer(self, user)


class PostForm(forms.Form):
    """A post and its days."""

    title_vi = forms.CharField(label=pgettext_lazy("of a person", "Title"), max_length=_NAME)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=_NAME, required=False)
    valid_from = DayField(label=gettext_lazy("Since"), required=False)
    valid_to = DayField(label=gettext_lazy("Until"), required=False)
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)


class PersonForm(forms.Form):
    """Somebody of theirs: only the name and what a card of visit says. Passports belong to delegations."""

    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=150)
    name_native = forms.CharField(
        label=gettext_lazy("Name in their own script"), max_length=150, required=False
    )
    gender = forms.ChoiceField(label=gettext_lazy("Sex"), choices=Gender.choices, required=False)
    nationality = forms.ChoiceField(label=gettext_lazy("Nationality"), required=False)
    office = OfficeChoice(label=gettext_lazy("Office that keeps the entry"))

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        user: User,
        before: Person | None = None,
        country: str | None = None,
    ) -> None:
        initial = (
            {name: getattr(before, name) for name in ("full_name", "name_native", "gender")}
            | {"nationality": before.nationality_id or ""}
            if before
            else {"nationality": country or ""}
        )
        super().__init__(data, initial=initial)
        field = self.fields["nationality"]
        if isinstance(field, forms.ChoiceField):
            field.choices = _countries()
        if before:
            del self.fields["office"]
        else:
            _offer(self, user)

    def values(self) -> dict[str, Any]:
        """What the service takes, without the office."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "office"}
        given["nationality_id"] = given.pop("nationality") or None
        return given


def _offer(form: forms.Form, user: User) -> None:
    field = form.fields["office"]
    if isinstance(field, OfficeChoice):
        field.offer(user)


def office_in(form: forms.Form) -> Office:
    """The office that a valid form names."""
    field = form.fields["office"]
    if not isinstance(field, OfficeChoice):
        raise TypeError("this form has no office")
    return field.to_office(form.cleaned_data["office"])
