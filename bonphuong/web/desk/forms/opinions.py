"""Asking several bodies for their opinion, and noting what they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.models import Office
from bonphuong.kernel import clock
from bonphuong.papers.models import Paper
from bonphuong.procedures.bodies import kind_of_body
from bonphuong.procedures.enums import Answer, DayUnit
from bonphuong.procedures.services import Body, Reply
from bonphuong.web.desk.forms.choosing import office_choices, set_choices
from bonphuong.web.desk.forms.fields import DayField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.accounts.models import User
    from bonphuong.procedures.models import Opinion
    from bonphuong.records.models import Record

MOST_BODIES = 40


class AskForm(forms.Form):
    """Who is asked what, by when."""

    question = forms.CharField(
        label=_("What is asked"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    offices = forms.MultipleChoiceField(
        label=_("Offices of the province"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those with people in the desk see it at once and answer there."),
    )
    others = forms.CharField(
        label=_("Other bodies"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, as papers write them."),
    )
    on = DayField(label=_("Asked on"))
    days = forms.IntegerField(
        label=_("Within how many days"),
        required=False,
        min_value=1,
        max_value=365,
        help_text=_("Empty: as the rule for each of them says."),
    )
    unit = forms.ChoiceField(label=_("Counted in"), choices=DayUnit.choices, initial=DayUnit.WORKING)
    paper = forms.ChoiceField(label=_("The letter that asks"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, user: User, record: Record) -> None:
        super().__init__(data, initial={"on": clock.today()})
        directory = Office.objects.visible_to(user).on(clock.today()).exclude(pk=record.office_code)
        offices = list(directory.filter(path__startswith=f"{record.book}/"))
        self.names = {office.code: office.name_vi for office in offices}
        set_choices(self, "offices", office_choices(offices))
        set_choices(self, "paper", _papers_of(user, record))

    def clean(self) -> dict[str, Any]:
        """At least somebody is asked, and not the whole country."""
        given = super().clean() or {}
        count = len(given.get("offices", ())) + len(self._others())
        if not count:
            self.add_error("offices", _("Choose an office or write who is asked."))
        elif count > MOST_BODIES:
            self.add_error("others", _("Too many at once: ask in two letters."))
        return given

    def bodies(self) -> list[Body]:
        """Who is asked, each of its kind."""
        given = self.cleaned_data
        days, unit = given["days"], given["unit"]
        named = [
            Body(kind_of_body(self.names[code]), office_code=code, days=days, unit=unit)
            for code in given["offices"]
        ]
        return named + [Body(kind_of_body(name), text=name, days=days, unit=unit) for name in self._others()]

    def _others(self) -> list[str]:
        lines = str(self.cleaned_data.get("others", "")).splitlines()
        return list(dict.fromkeys(line.strip()[:200] for line in lines if line.strip()))


class AnswerForm(forms.Form):
    """What a body answered."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=_("Answered on"))
    answer = forms.ChoiceField(
        label=_("The answer"), choices=Answer.choices, required=False, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Its words"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
    paper = forms.ChoiceField(label=_("The paper with the answer"), required=False)
    is_placeholder = forms.BooleanField(
        label=_("Kept elsewhere under the rules of secrecy"),
        required=False,
        help_text=_("Then nothing of its content is typed here; the record goes on."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, user: User, opinion: Opinion, record: Record | None
    ) -> None:
        initial = {
            "version": opinion.version,
            "on": opinion.answered_on or clock.today(),
            "answer": opinion.answer,
            "text": opinion.text,
            "paper": str(opinion.paper_id or ""),
            "is_placeholder": opinion.is_placeholder,
        }
        super().__init__(data, initial=initial)
        papers = _papers_of(user, record) if record is not None else []
        set_choices(self, "paper", papers)
        if len(papers) < 2:
            del self.fields["paper"]

    def reply(self) -> Reply:
        """What the service takes."""
        given = self.cleaned_data
        return Reply(
            on=given["on"],
            answer=given["answer"],
            text=given["text"],
            paper_uid=_uid(given.get("paper", "")),
            is_placeholder=given["is_placeholder"],
        )


class WithdrawForm(forms.Form):
    """Why it is asked no longer."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why"), max_length=300)


class DeferForm(forms.Form):
    """Another day by which it is due."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    due_on = DayField(label=_("To be answered until"))
    reason = forms.CharField(label=_("Why"), max_length=300)


def paper_uid(form: AskForm) -> UUID | None:
    """The letter that was chosen."""
    return _uid(form.cleaned_data.get("paper", ""))


def _papers_of(user: User, record: Record) -> list[tuple[str, str]]:
    papers = Paper.objects.visible_to(user).filter(records__record=record).order_by("-on", "-pk")
    return [("", str(_("none")))] + [(str(paper.pk), f"{paper} {paper.abstract}"[:120]) for paper in papers]


def _uid(text: str) -> UUID | None:
    return UUID(text) if text else None
