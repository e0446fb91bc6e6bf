"""Looking for papers, filing them, typing back their number and day, and an office's own templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for, offices_by_code
from bonphuong.kernel import clock
from bonphuong.papers.enums import PaperDirection, PaperKind
from bonphuong.papers.rules import EXTENSIONS
from bonphuong.papers.services import PaperNote
from bonphuong.web.desk.forms.choosing import office_choices
from bonphuong.web.desk.forms.fields import DayField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.forms import BoundField
    from django.utils.datastructures import MultiValueDict
    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User
    from bonphuong.papers.models import Paper
    from bonphuong.records.models import Record
    from bonphuong.web.desk.pages.issuing import Issuing

ENDINGS = ",".join(f".{name}" for names in EXTENSIONS.values() for name in names)
REFERENCE = _("Number and symbol")
REFERENCE_HELP = _("As in 123/QĐ-UBND.")
REASON_HELP = _("Needed where a number is there already.")


class PaperFilter(forms.Form):
    """Narrowing the list of papers. Never refuses: what cannot be read narrows nothing."""

    text = forms.CharField(label=_("Number, symbol or words"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("every kind")), *PaperKind.choices]
    )

    def asked(self) -> tuple[str, str]:
        """The words and the kind that the address asks for."""
        self.is_valid()
        return str(self.cleaned_data.get("text", "")).strip(), str(self.cleaned_data.get("kind", ""))


class NumberForm(forms.Form):
    """Number and day as the document system gave them."""

    reference = forms.CharField(label=REFERENCE, max_length=100, help_text=REFERENCE_HELP)
    on = DayField(label=_("Day"))
    signer = forms.CharField(label=_("Signer"), max_length=120, required=False)
    reason = forms.CharField(label=_("Why it changes"), max_length=300, required=False, help_text=REASON_HELP)

    def __init__(
        self, data: Mapping[str, Any] | None, *, paper: Paper | None = None, prefix: str = ""
    ) -> None:
        known = (
            {} if paper is None else {"reference": paper.reference, "on": paper.on, "signer": paper.signer}
        )
        super().__init__(data, initial=known, prefix=prefix or None)
        if paper is None or not paper.number:
            del self.fields["reason"]


class FileField(forms.FileField):
    """A file that is looked at by its content afterwards; the list of endings only helps to choose."""

    widget = forms.FileInput(attrs={"accept": ENDINGS})


class PaperForm(forms.Form):
    """A paper for the dossier of a record: its file, or only its number and day."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PaperKind.choices)
    direction = forms.ChoiceField(
        label=_("Which way it went"), required=False, choices=[("", _("not said")), *PaperDirection.choices]
    )
    reference = forms.CharField(label=REFERENCE, max_length=100, required=False, help_text=REFERENCE_HELP)
    on = DayField(label=_("Day"), required=False)
    issuer = forms.CharField(label=_("Issued by"), max_length=200, required=False)
    signer = forms.CharField(label=_("Signer"), max_length=120, required=False)
    abstract = forms.CharField(
        label=_("Abstract"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    file = FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, Word, Excel, a picture or plain text, up to 50 MB. Never a classified paper."),
    )
    is_placeholder = forms.BooleanField(
        label=_("The paper is kept elsewhere: note it without its content"), required=False
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: MultiValueDict[str, Any] | None,
        *,
        record: Record,
        kind: str = "",
    ) -> None:
        self.record = record
        wanted = kind if kind in PaperKind.values else PaperKind.DECISION.value
        super().__init__(data, files, initial={"kind": wanted})

    def note(self) -> PaperNote:
        """What the service files."""
        given = self.cleaned_data
        return PaperNote(
            kind=given["kind"],
            office_code=self.record.office_code,
            reference=given["reference"],
            on=given["on"],
            abstract=given["abstract"],
            issuer=given["issuer"],
            direction=given["direction"],
            is_placeholder=given["is_placeholder"],
            signer=given["signer"],
            is_demo=self.record.is_demo,
        )

    def clean(self) -> dict[str, Any]:
        """A paper of which nothing is known is none."""
        data = super().clean() or {}
        said = ("reference", "on", "abstract", "issuer", "file")
        if not self.errors and not any(data.get(name) for name in said):
            self.add_error("reference", _("Give at least a number, a day, an abstract or the file."))
        return data


class AddFileForm(forms.Form):
    """The file of a paper that was noted without one."""

    file = FileField(label=_("File"))


class PrintForm(forms.Form):
    """How a paper of a record is printed; what does not concern it is not asked."""

    by = forms.ChoiceField(label=_("Issued and signed by"), required=False)
    to = forms.ChoiceField(label=_("To whom"), required=False)
    in_full = forms.BooleanField(
        label=_("With passport numbers and birth dates in full; every reading is noted in the trail"),
        required=False,
    )
    reason = forms.CharField(label=_("Why they are needed"), max_length=200, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        prefix: str,
        issuings: Sequence[Issuing] = (),
        targets: Sequence[tuple[str, _StrOrPromise]] = (),
        people: bool = False,
    ) -> None:
        super().__init__(data, prefix=prefix)
        self._offer("by", [("", _("as usual")), *((one.key, one.label) for one in issuings)])
        self._offer("to", targets)
        if not people:
            del self.fields["in_full"], self.fields["reason"]

    def _offer(self, name: str, choices: Sequence[tuple[str, _StrOrPromise]]) -> None:
        field = self.fields[name]
        if len(choices) > 1 and isinstance(field, forms.ChoiceField):
            field.choices = list(choices)
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Nobody reads restricted data without saying why."""
        data = super().clean() or {}
        if data.get("in_full") and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why you need to read this."))
        return data

    @property
    def in_open(self) -> list[BoundField]:
        """What is chosen for every print; the rest is for reading restricted data."""
        return [self[name] for name in ("by", "to") if name in self.fields]


class TemplateForm(forms.Form):
    """An office's own version of a paper that the product prints."""

    office = forms.ChoiceField(label=_("Office"))
    file = forms.FileField(
        label=_("Word document"),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=_(
            "It is tried first: every unknown name and every mistake is shown, and nothing is kept then."
        ),
    )
    valid_from = DayField(label=_("In force from"))
    note = forms.CharField(label=_("What is different"), max_length=300, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, files: MultiValueDict[str, Any] | None, *, user: User
    ) -> None:
        offices = offices_by_code(office_codes_for(user, Permission.TEMPLATE_CHANGE))
        own = next((h.office for h in user.access().holdings if h.office in offices), "")
        super().__init__(data, files, initial={"valid_from": clock.today(), "office": own})
        field = self.fields["office"]
        if isinstance(field, forms.ChoiceField):
            field.choices = office_choices(offices.values())


class EndTemplateForm(forms.Form):
    """Taking a version out of use: what stood before it prints again."""

    on = DayField(label=_("Last day in use"))
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)
