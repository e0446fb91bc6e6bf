"""What a briefing book is asked for: the meeting, the days to look back on, and what only a person knows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Language, Permission
from bonphuong.accounts.queries import office_codes_for, offices_by_code
from bonphuong.kernel import clock
from bonphuong.reports.briefing import Wanted
from bonphuong.reports.services.briefing import LONGEST_TEXT
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.accounts.models import Office, User
    from bonphuong.parties.models import Party

_LINES = {"rows": 4}


class BriefingForm(forms.Form):
    """One form, with everything already chosen: pressing the button at once makes a good book."""

    occasion = forms.CharField(
        label=_("For what"),
        max_length=200,
        required=False,
        help_text=_("As in: talks with the deputy governor. It stands under the title."),
    )
    meeting_on = DayField(label=_("Day of the meeting"), required=False)
    since = DayField(label=_("What was done: from"))
    until = DayField(label=_("What was done: until"))
    below = forms.BooleanField(label=_("With the bodies that lie in it"), required=False)
    raise_too = forms.CharField(
        label=_("What to raise, in your words"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs=_LINES),
        help_text=_("One point a line. Open promises, agendas, agreements that end come by themselves."),
    )
    protocol = forms.CharField(
        label=_("Protocol, in your words"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs=_LINES),
        help_text=_("One point a line: seating, interpreter, what the guests eat and do not eat."),
    )
    with_notes = forms.BooleanField(
        label=_("With the notes of my office"),
        required=False,
        help_text=_("Nobody outside your office can then read this book."),
    )
    office = forms.ChoiceField(label=_("Office that makes it"))
    language = forms.ChoiceField(label=_("Language of the book"), choices=Language.choices)

    def __init__(self, data: Mapping[str, Any] | None, *, user: User, party: Party) -> None:
        today = clock.today()
        initial = {
            "since": dt.date(today.year - 1, 1, 1),
            "until": today,
            "below": party.parties_below.exists(),
            "language": language(),
        }
        super().__init__(data, initial=initial)
        self.party = party
        offices = offices_by_code(office_codes_for(user, Permission.REPORT_DRAFT))
        own = [h.office for h in user.access().holdings if h.office in offices]
        ordered = sorted(offices.values(), key=lambda office: (office.code not in own, office.path))
        self.offices: dict[str, Office] = {office.code: office for office in ordered}
        field = self.fields["office"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(office.code, office.name(language())) for office in ordered]

    def wanted(self) -> Wanted:
        """What a valid form asks for."""
        given = dict(self.cleaned_data)
        return Wanted(party=self.party, office=self.offices[given.pop("office")], **given)
