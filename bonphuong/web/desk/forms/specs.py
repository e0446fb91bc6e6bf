"""Form fields made from specs: what a field holds says how it is asked for. What was typed is read by the gate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel import clock
from bonphuong.kit.fields import Known, known
from bonphuong.kit.specs import Holds
from bonphuong.parties.models import Party
from bonphuong.reference.models import AdminUnit, CooperationField, Country, Currency
from bonphuong.web.desk.forms.choosing import offices_in
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.pages.record_values import names_in, typed
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import Model
    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User
    from bonphuong.kit.specs import Spec

NOTHING = ("", "—")
LEAD = "lead_office_code"
# A list to choose a name from while typing; more than so many slow a phone down and help nobody.
MOST_NAMES = 600
_NUMBERS = {
    Holds.WHOLE: "numeric",
    Holds.YEAR: "numeric",
    Holds.DECIMAL: "decimal",
    Holds.DONG: "numeric",
    Holds.MINOR: "decimal",
    Holds.CENTS: "decimal",
}
_LISTED = {Holds.PARTY: "names-parties", Holds.COUNTRY: "names-countries", Holds.UNIT: "names-units"}
_HELP = {
    Holds.DAY: gettext_lazy("As in 5/3 or 05/03/2026."),
    Holds.DONG: gettext_lazy("As in 84.500.000 or 84,5 triệu."),
}
_CODED = {Holds.COUNTRY, Holds.UNIT}
_NAME, _LONGEST = 200, 4000


@dataclass(frozen=True)
class NameList:
    """Names that are offered while one types."""

    id: str
    names: Sequence[str]


class Offer:
    """What the fields of a person's form offer to choose from, each list read once and only when it is asked for."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.lang = language()
        self.book = next((holding.book for holding in user.access().holdings), "")
        self._used: set[str] = set()
        self._told: set[Holds] = set()

    @cached_property
    def mine(self) -> set[str]:
        """Codes of the offices for which the person may enter records."""
        return office_codes_for(self.user, Permission.RECORD_ADD)

    @cached_property
    def offices(self) -> list[tuple[str, str]]:
        """All offices of the book, in the order of the tree."""
        return offices_in(self.book)

    @property
    def leads(self) -> list[tuple[str, str]]:
        """Whoever enters for one office enters as that office; others may name any as the lead."""
        return [pair for pair in self.offices if pair[0] in self.mine or len(self.mine) > 1]

    @property
    def own_office(self) -> str:
        """The person's own office among those that they may enter for."""
        return next((h.office for h in self.user.access().holdings if h.office in self.mine), "")

    @cached_property
    def fields(self) -> list[tuple[str, str]]:
        """Fields of cooperation."""
        return [(one.code, one.name(self.lang)) for one in CooperationField.objects.all()]

    @cached_property
    def currencies(self) -> list[tuple[str, str]]:
        """Currencies, the usual ones first."""
        return [(one.code, one.code) for one in Currency.objects.all()]

    def help_once(self, holds: Holds) -> _StrOrPromise:
        """How such a field is written: said at the first of them only, which is enough for a page."""
        if holds in self._told:
            return ""
        self._told.add(holds)
        return _HELP.get(holds, "")

    def listed(self, name: str) -> str:
        """Note that a list of names is wanted on the page; gives its id."""
        self._used.add(name)
        return name

    def lists(self) -> list[NameList]:
        """The lists of names that the page's fields point to."""
        makers: dict[str, Callable[[], list[str]]] = {
            "names-parties": self._parties,
            "names-countries": self._countries,
            "names-units": self._units,
        }
        return [NameList(name, makers[name]()) for name in sorted(self._used)]

    def _parties(self) -> list[str]:
        return sorted({party.name(self.lang) for party in Party.objects.all()[:MOST_NAMES]})

    def _countries(self) -> list[str]:
        return [country.name(self.lang) for country in Country.objects.all()]

    def _units(self) -> list[str]:
        """The book's own province and its communes first, then other provinces."""
        today = clock.today()
        own = AdminUnit.objects.filter(parent__code=f"vn-{self.book}").on(today)
        provinces = AdminUnit.objects.filter(parent__isnull=True).on(today)
        names = [unit.name(self.lang) for unit in [*own[:MOST_NAMES], *provinces]]
        return list(dict.fromkeys(names))


def known_or_plain(model: type[Model], spec: Spec) -> Known:
    """The spec completed by its table, or by itself alone where no column answers to it (a field of an act)."""
    try:
        return known(model, spec)
    except TypeError:
        holds = spec.holds or (Holds.CHOICE if spec.choices else Holds.TEXT)
        attrs = (f"{spec.name}_code", f"{spec.name}_text") if holds == Holds.PARTY else (spec.name,)
        choices = tuple(spec.choices.choices) if spec.choices else ()
        return Known(spec, holds, spec.label, attrs, choices)


def field_of(one: Known, offer: Offer, *, in_cell: bool = False) -> forms.Field:
    """The form's field for a field of a record; `in_cell` for the cell of a table, which has no room for help."""
    spec = one.spec
    said: dict[str, Any] = {
        "label": _capital(str(one.label)),
        "required": spec.required and not in_cell and one.holds != Holds.FLAG,
        "help_text": "" if in_cell else spec.hint or offer.help_once(one.holds),
    }
    if one.holds == Holds.DAY:
        return DayField(**said)
    if one.holds == Holds.FLAG:
        return forms.BooleanField(**said)
    choices = _choices(one, offer)
    if choices is not None:
        return forms.ChoiceField(choices=choices, **said)
    # A name is longer than the code that is kept of it.
    limit = None if one.holds in _NUMBERS else _NAME if one.holds in _CODED else one.longest or _LONGEST
    return forms.CharField(max_length=limit, widget=_widget(one, offer, in_cell=in_cell), **said)


def _choices(one: Known, offer: Offer) -> list[tuple[str, Any]] | None:
    """What is chosen from a list; None for what is typed."""
    if one.attr == LEAD:
        return list(offer.leads)
    if one.holds == Holds.CHOICE:
        known_ones = [(code, _capital(str(label))) for code, label in one.choices if code]
        return known_ones if one.spec.required and one.spec.default else [NOTHING, *known_ones]
    if one.holds == Holds.OFFICE:
        return [NOTHING, *offer.offices]
    if one.holds == Holds.FIELD:
        return [NOTHING, *offer.fields]
    if one.holds == Holds.CURRENCY:
        return [NOTHING, *offer.currencies]
    return None


def _widget(one: Known, offer: Offer, *, in_cell: bool) -> forms.Widget:
    attrs: dict[str, Any] = {}
    if one.holds in _NUMBERS:
        attrs = {"inputmode": _NUMBERS[one.holds], "autocomplete": "off"}
    elif one.holds in _LISTED:
        attrs = {"list": offer.listed(_LISTED[one.holds]), "autocomplete": "off"}
    if in_cell:
        return forms.TextInput(attrs=attrs)
    if one.holds == Holds.LONG_TEXT:
        return forms.Textarea(attrs={"rows": 3})
    if one.name == "title":
        return forms.Textarea(attrs={"rows": 2})
    return forms.TextInput(attrs=attrs)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def first_values(known_ones: Sequence[Known], offer: Offer) -> dict[str, object]:
    """What a new form begins with, by the names of its fields."""
    begun = [one for one in known_ones if one.spec.default is not None and one.holds != Holds.PARTY]
    holder = SimpleNamespace(**{one.attr: one.spec.default for one in begun})
    names = names_in((begun, [holder]))
    found = {one.name: typed(one, holder, names) for one in begun}
    return found | {one.name: offer.own_office for one in known_ones if one.attr == LEAD}
