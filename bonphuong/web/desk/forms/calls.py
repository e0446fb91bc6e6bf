"""Calls for contributions: what is asked of whom, what is answered, what is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for, offices_by_code
from bonphuong.contributions.enums import Asks
from bonphuong.contributions.schema import CallDraft, Given, QuestionDraft, wrong_value
from bonphuong.kernel.numbers import parse_number
from bonphuong.ledger.measures import MEASURES
from bonphuong.records.registry import families
from bonphuong.web.desk.forms.choosing import office_choices, offices_in, set_choices
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.contributions.models import Answer, Call, Question

#: Empty lines offered below those that are filled in.
SPARE = 3
#: Parts the family and the kind of a table.
PART = ":"
_WIDE = {"rows": 3}


class CallForm(forms.Form):
    """About what, until when, and whom."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=gettext_lazy("What the call is about"), max_length=300)
    office = forms.ChoiceField(label=gettext_lazy("Office that asks"))
    report_code = forms.CharField(widget=forms.HiddenInput, required=False)
    period = forms.CharField(
        label=gettext_lazy("Period"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("As in 2026-05, 2026-Q1, 2026; empty for a request without a period."),
    )
    due_on = DayField(label=gettext_lazy("To be answered until"))
    guidance = forms.CharField(
        label=gettext_lazy("Guidance for all"), required=False, widget=forms.Textarea(attrs=_WIDE)
    )
    offices = forms.MultipleChoiceField(
        label=gettext_lazy("Offices with an account"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    names = forms.CharField(
        label=gettext_lazy("Others, one a line"),
        required=False,
        widget=forms.Textarea(attrs=_WIDE),
        help_text=gettext_lazy("They get the form as an Excel file and send it back."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, user: User, initial: Mapping[str, Any] | None = None
    ) -> None:
        own = offices_by_code(office_codes_for(user, Permission.REPORT_DRAFT))
        first = next((h.office for h in user.access().holdings if h.office in own), "")
        super().__init__(data, initial={"office": first, **(initial or {})})
        book = next((holding.book for holding in user.access().holdings), "")
        set_choices(self, "office", office_choices(own.values()))
        set_choices(self, "offices", offices_in(book))

    def draft(self, questions: Sequence[QuestionDraft]) -> CallDraft:
        """What the service takes."""
        given = self.cleaned_data
        return CallDraft(
            title=given["title"],
            due_on=given["due_on"],
            questions=tuple(questions),
            offices=tuple(given["offices"]),
            names=tuple(line for line in given["names"].splitlines() if line.strip()),
            report_code=given["report_code"],
            period_code=given["period"].strip(),
            guidance=given["guidance"],
        )


class QuestionForm(forms.Form):
    """One thing that is asked; a line without words is left out."""

    heading = forms.CharField(label=gettext_lazy("What is asked"), max_length=300, required=False)
    asks = forms.ChoiceField(
        label=gettext_lazy("Answered by"),
        choices=Asks.choices,
        required=False,
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=40, required=False)
    measure = forms.ChoiceField(label=gettext_lazy("Figure of the ledger"), required=False)
    records = forms.ChoiceField(label=gettext_lazy("Records of the table"), required=False)
    guidance = forms.CharField(label=gettext_lazy("How to answer"), max_length=500, required=False)
    slot = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = sorted(MEASURES.values(), key=lambda one: one.label(language()))
        set_choices(self, "measure", [("", "—"), *((one.code, one.label(language())) for one in known)])
        kinds = [
            (f"{family.code}{PART}{kind.code}", f"{family.plural}: {kind.plural}")
            for family in families()
            for kind in family.kinds
            if family.create_many and kind.takes_import
        ]
        set_choices(self, "records", [("", "—"), *kinds])

    def clean(self) -> dict[str, Any]:
        """A table must say of which records."""
        given = super().clean() or self.cleaned_data
        if given.get("asks") == Asks.TABLE and given.get("heading") and not given.get("records"):
            self.add_error("records", _("Say which records the table holds."))
        return given


QuestionFormSet = formset_factory(QuestionForm, extra=SPARE, max_num=60)


def questions_of(forms_given: BaseFormSet[QuestionForm]) -> list[QuestionDraft]:
    """The questions with words, in their order."""
    drafts = []
    for form in forms_given.forms:
        given = form.cleaned_data
        if given.get("heading"):
            values = {
                name: given.get(name) or "" for name in ("heading", "guidance", "slot", "unit", "measure")
            }
            family, _part, kind = (given.get("records") or "").partition(PART)
            asks = given.get("asks") or Asks.TEXT
            table = {"family": family, "kind": kind} if asks == Asks.TABLE else {}
            drafts.append(QuestionDraft(**values, asks=asks, **table))
    return drafts


def question_rows(questions: Sequence[Question | QuestionDraft]) -> list[dict[str, str]]:
    """Questions as the set of forms begins with them."""
    names = ("heading", "asks", "unit", "measure", "guidance", "slot")
    return [
        {
            **{name: getattr(one, name) for name in names},
            "records": f"{one.family}{PART}{one.kind}" if one.family else "",
        }
        for one in questions
    ]


class AnswerForm(forms.Form):
    """All answers of one addressee on one page: a text for each question, and a figure where one is asked for."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        questions: Sequence[Question],
        answers: Mapping[UUID, Answer],
        version: int,
    ) -> None:
        super().__init__(data, initial={"version": version})
        self.questions = questions
        for one in questions:
            there = answers.get(one.pk)
            self.fields[f"body-{one.pk}"] = forms.CharField(
                label=_("Answer in words"),
                required=False,
                initial=there.body if there else "",
                widget=forms.Textarea(attrs={"rows": 4 if one.asks == Asks.TEXT else 2}),
            )
            if one.asks == Asks.FIGURE:
                self.fields[f"value-{one.pk}"] = FigureField(
                    label=_("Figure (%(unit)s)") % {"unit": one.unit} if one.unit else _("Figure"),
                    required=False,
                    initial=there.value if there else None,
                )

    def given(self) -> dict[UUID, Given]:
        """The answers, by question."""
        data = self.cleaned_data
        return {
            one.pk: Given(data.get(f"body-{one.pk}", ""), data.get(f"value-{one.pk}"))
            for one in self.questions
        }

    def parts(self) -> list[tuple[Question, list[forms.BoundField]]]:
        """Each question with its fields."""
        names = ("value", "body")
        return [
            (one, [self[f"{name}-{one.pk}"] for name in names if f"{name}-{one.pk}" in self.fields])
            for one in self.questions
        ]


class FigureField(forms.CharField):
    """A figure as people write it: 1.205 or 1,8 triệu."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 14}), **options)

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]
        """The number; None where nothing was typed."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            number = parse_number(text).value
        except ValueError as error:
            raise ValidationError(str(error)) from error
        wrong = wrong_value(number)
        if wrong:
            raise ValidationError(wrong)
        return number


class FormFileForm(forms.Form):
    """The form that came back as a file."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    file = forms.FileField(label=gettext_lazy("The form that came back (.xlsx)"))
    author_name = forms.CharField(label=gettext_lazy("Who filled it in"), max_length=200, required=False)


class JudgeForm(forms.Form):
    """Accept an answer, or return it with what is missing."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("What is missing"), max_length=300, required=False)


class MergedForm(forms.Form):
    """The text made of the answers to a question."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    body = forms.CharField(
        label=gettext_lazy("Merged text"), required=False, widget=forms.Textarea(attrs={"rows": 12})
    )


def initial_of(call: Call) -> dict[str, Any]:
    """A call as its form begins with it."""
    rows = list(call.invitees.order_by("order"))
    return {
        "version": call.version,
        "title": call.title,
        "office": call.office_code,
        "report_code": call.report_code,
        "period": call.period_code,
        "due_on": call.due_on,
        "guidance": call.guidance,
        "offices": [row.office_code for row in rows if row.office_code],
        "names": "\n".join(row.name for row in rows if row.name),
    }
