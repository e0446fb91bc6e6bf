"""Asking for the review of a draft, answering it, remarking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Role
from bonphuong.kit.names import names_of
from bonphuong.reports.reviews import people_of, seats_for
from bonphuong.web.desk.forms.choosing import set_choices
from bonphuong.web.desk.forms.fields import DayField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User

AGREE, RETURN = "agree", "return"
_GONE = _("That place is not in the draft any more as it was. Choose again.")


class ReviewAskForm(forms.Form):
    """Who is to review a draft, until when."""

    people = forms.MultipleChoiceField(
        label=_("People by name"), required=False, widget=forms.CheckboxSelectMultiple
    )
    seats = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever holds the role may answer, one for all."),
    )
    due_on = DayField(label=_("To be reviewed until"))
    question = forms.CharField(
        label=_("What to look at"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, user: User, office: str) -> None:
        super().__init__(data)
        seats = seats_for(office)
        names = names_of(offices={seat.office for seat in seats})
        self._people = {str(person.pk): person for person in people_of(seats) if person.pk != user.pk}
        self._seats = {f"{seat.role}:{seat.office}": (seat.role, seat.office) for seat in seats}
        set_choices(self, "people", [(key, one.get_full_name()) for key, one in self._people.items()])
        set_choices(
            self,
            "seats",
            [
                (key, f"{Role(role).label}, {names.office(office_code)}")
                for key, (role, office_code) in self._seats.items()
            ],
        )

    @property
    def chosen_people(self) -> list[User]:
        """The people chosen."""
        return [self._people[key] for key in self.cleaned_data["people"]]

    @property
    def chosen_seats(self) -> list[tuple[Role, str]]:
        """The roles chosen."""
        return [self._seats[key] for key in self.cleaned_data["seats"]]


class ReviewAnswerForm(forms.Form):
    """What a reviewer says of the whole draft."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(AGREE, _("I agree")), (RETURN, _("I return it to be mended"))],
        widget=forms.RadioSelect,
    )
    said = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where you return it."),
    )


class RemarkForm(forms.Form):
    """A remark on a place of the draft."""

    place = forms.ChoiceField(label=_("About"), error_messages={"invalid_choice": _GONE})
    body = forms.CharField(label=_("Remark"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(
        self, data: Mapping[str, Any] | None, *, choices: Sequence[tuple[str, Any]], token: str
    ) -> None:
        super().__init__(data, initial={"place": token})
        set_choices(self, "place", choices)


class ReplyForm(forms.Form):
    """An answer to a remark."""

    body = forms.CharField(label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
