"""Offices: opening, calling them otherwise, closing; who receives their reports; their dated practice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import OfficeKind, ReportKind, SettingKey
from bonphuong.accounts.models import Office
from bonphuong.accounts.services import Names
from bonphuong.accounts.validators import CUTOFFS
from bonphuong.kernel import clock
from bonphuong.web.desk.forms.choosing import office_choices
from bonphuong.web.desk.forms.settings.base import OfficeField, SourcedForm, offices_of
from bonphuong.web.desk.pages.settings.words import practice_words

NAMES = tuple(Names.__dataclass_fields__)
RECEIVERS_MOST = 400


class NamesForm(SourcedForm):
    """All that an office is called."""

    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    short_vi = forms.CharField(label=_("Short name"), max_length=60, help_text=_("As in “Sở Ngoại vụ”."))
    letterhead_parent = forms.CharField(
        label=_("Superior body on papers"),
        max_length=200,
        required=False,
        help_text=_("The upper line on the left of a paper."),
    )
    letterhead_name = forms.CharField(label=_("Own line on papers"), max_length=200, required=False)
    symbol = forms.CharField(
        label=_("Symbol on papers"), max_length=30, required=False, help_text=_("As in SNgV or UBND.")
    )
    place_name = forms.CharField(label=_("Place of the date line"), max_length=80, required=False)

    def names(self) -> Names:
        """What was filled in."""
        return Names(**{name: self.cleaned_data[name] for name in NAMES})


class RenameForm(NamesForm):
    """What an office is called from a day on."""

    def known(self) -> dict[str, Any]:
        """What it is called now."""
        office = self.row
        called = {name: getattr(office, name) for name in NAMES}
        return {**called, "valid_from": clock.today()}

    def given(self) -> dict[str, Any]:
        """The names as one."""
        rest = {name: value for name, value in self.cleaned_data.items() if name not in NAMES}
        return {**rest, "names": self.names()}


class OfficeForm(NamesForm):
    """A new office below another one."""

    belongs_to = OfficeField(label=_("Below which office"))
    kind = forms.ChoiceField(label=_("Kind"), choices=OfficeKind.choices)
    code = forms.SlugField(
        label=_("Code"),
        max_length=60,
        help_text=_("For ever: small letters, digits and hyphens, as in lc-health."),
    )

    def offer_all(self) -> None:
        """Where one may put it."""
        super().offer_all()
        self.order_fields(["belongs_to", "kind", "code"])
        self.offer_offices("belongs_to")
        self.initial.setdefault("kind", OfficeKind.DEPARTMENT)


class ReportsToForm(SourcedForm):
    """Who receives which report of an office."""

    office = OfficeField(label=_("Whose report"))
    to_office = forms.ChoiceField(label=_("Who receives it"))
    report_kind = forms.ChoiceField(label=_("Which report"), choices=ReportKind.choices)

    def offer_all(self) -> None:
        """One's own offices; receivers are all offices that are known: a ministry stands in another book."""
        super().offer_all()
        offices = self.offer_offices()
        roots = Office.objects.filter(belongs_to=None).on(clock.today())[:RECEIVERS_MOST]
        known = {office.code: office for office in (*roots, *offices)}
        self.offer("to_office", office_choices(known.values()))
        self.initial.setdefault("report_kind", ReportKind.ALL)


class FocalForm(SourcedForm):
    """Which office is the focal agency of its book."""

    office = OfficeField(label=_("Which office"))

    def offer_all(self) -> None:
        """Offices of books whose settings one keeps."""
        super().offer_all()
        offices = offices_of(self.user)
        books = {office.code for office in offices if office.belongs_to_id is None}
        self.offer("office", office_choices(office for office in offices if office.book in books))


class PracticeForm(SourcedForm):
    """A practice in which offices differ, and how it is done here."""

    office = OfficeField()
    value = forms.ChoiceField(label=_("Practice"))

    def offer_all(self) -> None:
        """Each practice with the ways in which it is done."""
        super().offer_all()
        self.offer_offices()
        ways: dict[SettingKey, tuple[object, ...]] = {
            SettingKey.ONE_IS_A_GROUP: (True, False),
            SettingKey.REPORT_CUTOFF: CUTOFFS,
        }
        self.offer(
            "value",
            [
                (str(key.label), [(f"{key}={value}", practice_words(key, value)) for value in values])
                for key, values in ways.items()
            ],
        )

    def given(self) -> dict[str, Any]:
        """The practice and its value apart."""
        key, _sign, written = self.cleaned_data["value"].partition("=")
        value = written == "True" if key == SettingKey.ONE_IS_A_GROUP else written
        return {**self.cleaned_data, "key": SettingKey(key), "value": value}
