"""Narrowing the trail."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bonphuong.kernel import clock
from bonphuong.web.desk.forms.fields import DayField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from bonphuong.trail.models import Action


class TrailFilter(forms.Form):
    """What part of the trail to show. What cannot be read narrows nothing and says so beside its field."""

    who = forms.CharField(label=_("Who"), required=False, max_length=60)
    what = forms.CharField(label=_("Record or reason"), required=False, max_length=80)
    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("To day"), required=False)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def narrow(self, actions: QuerySet[Action]) -> QuerySet[Action]:
        """The acts that were asked for."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("who"):
            actions = actions.filter(actor_name__icontains=wanted["who"])
        if wanted.get("what"):
            text = Q(object_text__icontains=wanted["what"]) | Q(reason__icontains=wanted["what"])
            actions = actions.filter(text)
        if wanted.get("since"):
            actions = actions.filter(at__gte=_midnight(wanted["since"]))
        if wanted.get("until"):
            actions = actions.filter(at__lt=_midnight(wanted["until"] + dt.timedelta(days=1)))
        if wanted.get("before"):
            actions = actions.filter(pk__lt=wanted["before"])
        return actions


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.LOCAL)
