"""Reading a document, and what a person decides about each of its claims."""

from __future__ import annotations

from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel.contents import media_type, words
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.errors import ProductError
from bonphuong.kernel.numbers import format_number
from bonphuong.kit.names import names_of
from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures import MEASURES
from bonphuong.papers.enums import PaperKind
from bonphuong.reader.reconcile import dimensions_of
from bonphuong.reader.services import Acceptance
from bonphuong.reader.source import decode
from bonphuong.records.enums import CommitmentStatus
from bonphuong.web.desk.downloads import DOCX
from bonphuong.web.desk.forms.choosing import offices_of, set_choices
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from django.utils.datastructures import MultiValueDict

    from bonphuong.accounts.models import User
    from bonphuong.reader.claims import Claim
    from bonphuong.reader.models import StoredClaim

LONGEST = 400_000
_KINDS = (PaperKind.NEWS_ARTICLE, PaperKind.REPORT, PaperKind.MINUTES, PaperKind.OTHER)


def offices_for(user: User, needed: Permission) -> list[tuple[str, str]]:
    """The offices for which the person may do this, in the order of the directory."""
    return offices_of(office_codes_for(user, needed))


class ReadForm(forms.Form):
    """A file or the text itself, and where it comes from. Date line and title are read from the text."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".txt,.docx"}),
        help_text=gettext_lazy("Plain text or Word. Of a scan or a PDF, paste the text."),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the text"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("The whole page may be pasted: menus and other articles are left out."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[(kind.value, kind.label) for kind in _KINDS]
    )
    issuer = forms.CharField(label=gettext_lazy("Published or issued by"), max_length=200, required=False)
    source_url = forms.URLField(
        label=gettext_lazy("Address"), max_length=300, required=False, assume_scheme="https"
    )
    office = forms.ChoiceField(label=gettext_lazy("Office"))

    def __init__(
        self, data: Mapping[str, Any] | None, files: MultiValueDict[str, Any] | None, *, user: User
    ) -> None:
        offices = offices_for(user, Permission.READER_USE)
        codes = {code for code, _name in offices}
        own = next((h.office for h in user.access().holdings if h.office in codes), "")
        super().__init__(data, files, initial={"office": own})
        set_choices(self, "office", offices)

    def clean(self) -> dict[str, Any]:
        """One of the two, and words in it."""
        data = super().clean() or {}
        if self.errors:
            return data
        if data.get("file"):
            self._read_file(data)
        elif not str(data.get("text", "")).strip():
            self.add_error("file", _("Choose a file, or paste the text."))
        return data

    def _read_file(self, data: dict[str, Any]) -> None:
        """What a file says goes where pasted text would stand; the file itself is kept as it is."""
        content: bytes = data["file"].read()
        data["content"] = content
        try:
            said = "\n".join(words(content).lines) if media_type(content) == DOCX else decode(content)
        except ProductError as error:
            self.add_error("file", error.message)
            return
        if not said.strip():
            self.add_error("file", _("There is nothing to read."))
        elif len(said) > LONGEST:
            self.add_error("file", _("The text is longer than a document: divide it."))
        data["text"] = said

    @property
    def file_name(self) -> str:
        """What the file is called; pasted text becomes one too."""
        file = self.cleaned_data.get("file")
        return PurePath(file.name).name if file else _("pasted text.txt")

    @property
    def content(self) -> bytes:
        """The bytes that are kept."""
        content: bytes = self.cleaned_data.get("content") or self.cleaned_data["text"].encode()
        return content


class AcceptForm(forms.Form):
    """Entering a claim as a stated figure: the period is always a person's word."""

    since = DayField(label=gettext_lazy("From day"), required=False)
    until = DayField(label=gettext_lazy("To day"), required=False)
    value = forms.ChoiceField(label=gettext_lazy("How the figure is read"), widget=forms.RadioSelect)
    narrowed = forms.ChoiceField(label=gettext_lazy("Of whom"), required=False)
    office = forms.ChoiceField(label=gettext_lazy("Whose figure it is"))
    reason = forms.CharField(
        label=gettext_lazy("Why this period"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("As in “from the year's report, page 3”."),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, stored: StoredClaim, user: User) -> None:
        self.claim = claim = stored.claim
        self.measure = MEASURES[stored.subject]
        narrowed = next((f"{name}:{code}" for name, code in dimensions_of(claim).items()), "")
        initial = {
            "since": claim.period.since,
            "until": claim.period.until,
            "office": stored.document.book,
            "narrowed": narrowed,
        }
        super().__init__(data, initial=initial)
        self._shape(stored.document.published_on)
        self._readings()
        set_choices(self, "office", offices_for(user, Permission.STATEMENT_ADD))
        set_choices(self, "narrowed", [("", _("the whole of it")), *_narrowings(claim)])
        if len(dict(_narrowings(claim))) == 0:
            del self.fields["narrowed"]

    def _shape(self, published: dt.date | None) -> None:
        if self.measure.shape is Shape.TIMELESS:
            del self.fields["since"], self.fields["until"]
            return
        if self.measure.shape is Shape.LEVEL:
            del self.fields["since"]
            self.fields["until"].label = _("As of day")
        if published is not None:
            day = format_date(published, language())
            self.fields["until"].help_text = _("Not after the day of the paper, %(day)s.") % {"day": day}

    def _readings(self) -> None:
        readings = [self.claim.value, *self.claim.alternatives]
        if len(readings) < 2:
            del self.fields["value"]
            return
        unit = self.measure.unit(language())
        choices = [(str(v), f"{format_number(v, language())} {unit}") for v in readings if v is not None]
        set_choices(self, "value", choices)

    def acceptance(self) -> Acceptance:
        """What the service takes."""
        given = self.cleaned_data
        name, _colon, code = str(given.get("narrowed", "")).partition(":")
        return Acceptance(
            since=given.get("since"),
            until=given.get("until"),
            value=Decimal(given["value"]) if given.get("value") else None,
            office=given["office"],
            dimensions={name: code} if "narrowed" in self.fields and code else {},
            reason=given["reason"],
        )


def _narrowings(claim: Claim) -> list[tuple[str, str]]:
    """The foreign places of a claim, by which its figure may be narrowed."""
    abroad = [place for place in claim.places if place.country not in {"", "VN"}]
    countries = dict.fromkeys(place.country for place in abroad)
    partners = dict.fromkeys(place.code for place in abroad if place.code and place.kind != "country")
    names = names_of(countries=countries, parties=partners)
    return [
        *((f"partner:{code}", names.party(code)) for code in partners),
        *((f"country:{code}", names.country(code)) for code in countries),
    ]


class FollowForm(forms.Form):
    """Noting a request as a commitment of an office."""

    lead = forms.ChoiceField(label=gettext_lazy("Who follows it up"))
    due_on = DayField(label=gettext_lazy("Due"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("How it stands"),
        choices=[
            (CommitmentStatus.PROPOSED.value, CommitmentStatus.PROPOSED.label),
            (CommitmentStatus.OPEN.value, CommitmentStatus.OPEN.label),
        ],
        initial=CommitmentStatus.PROPOSED.value,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Mapping[str, Any] | None, *, user: User) -> None:
        offices = offices_for(user, Permission.RECORD_ADD)
        own = next((h.office for h in user.access().holdings if h.office in dict(offices)), "")
        super().__init__(data, initial={"lead": own})
        set_choices(self, "lead", offices)


class WithdrawForm(forms.Form):
    """Taking an entered claim back."""

    reason = forms.CharField(label=gettext_lazy("Why the figure is taken back"), max_length=300)
