"""Narrowing the trail."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.kernel import clock
from bonphuong.trail.models import Action
from bonphuong.web.desk.forms.fields import DayField

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

_LONGEST = 2**62
#: What narrows by the very value that the trail keeps.
EXACT = {"actor": "actor_id", "verb": "verb", "record": "object_uid", "request": "request_id"}


class TrailFilter(forms.Form):
    """What part of the trail to show. What cannot be read narrows nothing and says so beside its field."""

    who = forms.CharField(label=_("Who"), required=False, max_length=60)
    what = forms.CharField(label=_("Record or reason"), required=False, max_length=80)
    office = forms.ChoiceField(label=pgettext_lazy("of a setting", "Office"), required=False)
    thing = forms.ChoiceField(label=_("About what"), required=False)
    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("To day"), required=False)
    actor = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    verb = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    record = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    request = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=1, max_value=_LONGEST, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        offices: Iterable[tuple[str, str]] = (),
        things: Iterable[tuple[str, str]] = (),
    ) -> None:
        super().__init__(data)
        for name, choices, every in (
            ("office", offices, _("every office")),
            ("thing", things, _("everything")),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", every), *choices]

    def narrowed(self) -> QuerySet[Action]:
        """The acts that were asked for, in whatever office."""
        self.is_valid()
        wanted = self.cleaned_data
        rows = Action.objects.all()
        for name, column in EXACT.items():
            if wanted.get(name):
                rows = rows.filter(**{column: wanted[name]})
        if wanted.get("who"):
            rows = rows.filter(actor_name__icontains=wanted["who"])
        if wanted.get("what"):
            text = Q(object_text__icontains=wanted["what"]) | Q(reason__icontains=wanted["what"])
            rows = rows.filter(text)
        if wanted.get("thing"):
            rows = rows.filter(verb__startswith=f"{wanted['thing']}.")
        if wanted.get("since"):
            rows = rows.filter(at__gte=_midnight(wanted["since"]))
        if wanted.get("until"):
            rows = rows.filter(at__lt=_midnight(wanted["until"] + dt.timedelta(days=1)))
        if wanted.get("before"):
            rows = rows.filter(pk__lt=wanted["before"])
        return rows


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.LOCAL)
