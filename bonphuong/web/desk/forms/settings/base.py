"""What every form of the settings asks: what is stated, from which day, and which text says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import Office
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel import clock
from bonphuong.trail.queries import seen_mark
from bonphuong.web.desk.forms.choosing import office_choices
from bonphuong.web.desk.forms.fields import DayField

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import Model
    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User

SOURCE = _("Which text says so")
SOURCE_HELP = _("Number, day and article of the paper. Without a text, say whose practice it is.")


class SettingForm(forms.Form):
    """A form for one person about one row, or about a new one. `seen` is the state of the row that was shown."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        user: User,
        row: Model | None = None,
        asked: Mapping[str, str] | None = None,
    ) -> None:
        self.user, self.row = user, row
        first = {"seen": seen_mark(row)} if row is not None else {}
        super().__init__(data, initial={**(asked or {}), **self.known(), **first})
        self.offer_all()

    def known(self) -> dict[str, Any]:
        """What stands in the form when it is opened."""
        return {"valid_from": clock.today()} if "valid_from" in self.base_fields else {}

    def offer_all(self) -> None:
        """Fill in the choices that depend on the person or on the row."""

    def offer(self, name: str, choices: Iterable[Any], *, empty: _StrOrPromise = "") -> None:
        """Give a choice its options; `empty` is the words for choosing none."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            first = [("", empty)] if empty else []
            field.choices = [*first, *choices]

    def offer_offices(
        self, name: str = "office", offices: Sequence[Office] | None = None
    ) -> Sequence[Office]:
        """Offices to choose from, the person's own first filled in; those whose settings they keep unless given."""
        known = offices_of(self.user) if offices is None else offices
        self.offer(name, office_choices(known))
        self.initial.setdefault(name, own_office(self.user, known))
        return known

    def given(self) -> dict[str, Any]:
        """What was filled in."""
        return dict(self.cleaned_data)


class SourcedForm(SettingForm):
    """Something that holds from a day on, because a text says so. Its fields come last."""

    LAST = ("valid_from", "source", "source_url", "proved")

    valid_from = DayField(label=_("In force from"))
    source = forms.CharField(label=SOURCE, max_length=300, help_text=SOURCE_HELP)
    source_url = forms.URLField(
        label=_("Where it can be read"), max_length=300, required=False, assume_scheme="https"
    )
    proved = forms.BooleanField(label=_("I have read it there: it is proved by a text"), required=False)

    def offer_all(self) -> None:
        """Put the source below what it is a source of."""
        rest = [name for name in self.fields if name not in self.LAST]
        self.order_fields([*rest, *self.LAST])


class EndForm(SettingForm):
    """The last day on which a row holds."""

    on = DayField(label=_("Last day"), help_text=_("It still holds on that day."))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def known(self) -> dict[str, Any]:
        """Today, unless it is said otherwise."""
        return {"on": clock.today()}


class ConfirmForm(SettingForm):
    """Nothing but why."""

    reason = forms.CharField(label=_("Why"), max_length=300)


def offices_of(user: User, permission: Permission = Permission.SETTINGS_CHANGE) -> list[Office]:
    """The offices that stand and for which a person holds the permission, in the order of the tree."""
    rows = Office.objects.filter(pk__in=office_codes_for(user, permission))
    return list(rows.on(clock.today()).order_by("path"))


def own_office(user: User, offices: Iterable[Office]) -> str:
    """The first of these in which the person sits; empty where it is none."""
    seats = {holding.office for holding in user.access().holdings}
    return next((office.code for office in offices if office.code in seats), "")


class OfficeField(forms.ChoiceField):
    """An office for which the person keeps the settings."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": pgettext_lazy("of a setting", "Office"), **options})
