"""Taking in a file, choosing a receiver, asking, answering, deciding, confirming a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from bonphuong.exchange.envelope import ENDING
from bonphuong.web.desk.forms.choosing import set_choices
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import Office


class TakeInForm(forms.Form):
    """A package, or a letter about one: the file itself says which."""

    file = forms.FileField(
        label=gettext_lazy("File of a package or a letter"),
        widget=forms.ClearableFileInput(attrs={"accept": f".{ENDING}"}),
    )


class ReceiverForm(forms.Form):
    """For whom a package is made."""

    to = forms.ChoiceField(label=gettext_lazy("For"))

    def __init__(self, data: Mapping[str, Any] | None, *, receivers: Sequence[Office]) -> None:
        super().__init__(data)
        set_choices(self, "to", [(office.code, office.name(language())) for office in receivers])


class AskForm(forms.Form):
    """A question on one figure."""

    key = forms.ChoiceField(label=gettext_lazy("Figure"))
    text = forms.CharField(
        label=gettext_lazy("What is asked"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, figures: Sequence[tuple[str, str]], asked: str = ""
    ) -> None:
        super().__init__(data, initial={"key": asked})
        set_choices(self, "key", list(figures))


class AnswerForm(forms.Form):
    """The answer to a question."""

    answer = forms.CharField(
        label=gettext_lazy("Answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DecideForm(forms.Form):
    """Accepting, or returning with a reason."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Needed to return a package."),
    )


class TrustForm(forms.Form):
    """Believing the key of another office, after its fingerprint was compared by another way."""

    key = forms.CharField(
        label=gettext_lazy("Public key"),
        max_length=400,
        help_text=gettext_lazy("The line that begins with “bonphuong-key”, as the office sent it."),
    )
    fingerprint = forms.CharField(
        label=gettext_lazy("Fingerprint"),
        max_length=120,
        help_text=gettext_lazy(
            "As the office told it by telephone or on paper, not out of the same message."
        ),
    )
    replace = forms.BooleanField(
        label=gettext_lazy("It takes the place of the key that is believed now"), required=False
    )
