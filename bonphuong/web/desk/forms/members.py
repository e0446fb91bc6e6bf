"""The member list as a table that is typed in or pasted into."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bonphuong.families.delegations.enums import Gender, MemberRole
from bonphuong.families.delegations.schema import MemberDraft
from bonphuong.intake.members import parse_members
from bonphuong.kernel import clock
from bonphuong.kernel.crypto import mask
from bonphuong.kernel.dates import format_date, parse_date
from bonphuong.kernel.text import fold
from bonphuong.reference.queries import country_index

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http import QueryDict

    from bonphuong.intake.members import MemberError, MemberLine

NAMES = (
    "full_name",
    "gender",
    "post_then",
    "unit_then",
    "role",
    "nationality",
    "passport_no",
    "birth_date",
    "note",
)


class MemberForm(forms.Form):
    """One member. A restricted value that is shown masked and left as it is stays as it was."""

    uid = forms.CharField(required=False, widget=forms.HiddenInput)
    full_name = forms.CharField(label=_("Full name"), max_length=120, required=False)
    gender = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", ""), *Gender.choices])
    post_then = forms.CharField(label=_("Post"), max_length=200, required=False)
    unit_then = forms.CharField(label=_("Unit"), max_length=200, required=False)
    role = forms.ChoiceField(
        label=_("Part"), required=False, choices=MemberRole.choices, initial=MemberRole.MEMBER
    )
    nationality = forms.CharField(label=_("Nationality"), max_length=60, required=False)
    passport_no = forms.CharField(label=_("Passport"), max_length=30, required=False)
    birth_date = forms.CharField(label=_("Birth date"), max_length=20, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    withdrew = forms.BooleanField(label=_("Withdrew"), required=False)

    def __init__(
        self, *args: Any, countries: Callable[[], Mapping[str, str]] = country_index, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.countries = countries

    def clean_nationality(self) -> str:
        """The country's two letters, from those or from its name: lists in Excel write names."""
        written = str(self.cleaned_data["nationality"]).strip()
        if not written:
            return ""
        code = self.countries().get(fold(written))
        if code is None:
            raise ValidationError(_("No country is called “%(text)s”.") % {"text": written})
        return code

    def clean_birth_date(self) -> str:
        """ISO form of what was typed; a year alone is kept as it is."""
        written = str(self.cleaned_data["birth_date"]).strip()
        if not written or written.startswith(_MASKED) or (written.isdigit() and len(written) == 4):
            return written
        try:
            return parse_date(written, today=clock.today()).isoformat()
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """A row with anything in it needs a name."""
        data = super().clean() or {}
        if self.has_changed() and not data.get("full_name") and not self.is_removed():
            self.add_error("full_name", _("Every member needs a name."))
        return data

    def is_removed(self) -> bool:
        """Whether the row was taken out."""
        return bool(self.data.get(self.add_prefix("DELETE")))


_MASKED = "••"


if TYPE_CHECKING:
    _Rows = BaseFormSet[MemberForm]
else:  # Generic for the type checker only.
    _Rows = BaseFormSet


class MemberRows(_Rows):
    """The rows of the table; names of countries are fetched once for all of them, and only when one is written."""

    @cached_property
    def _countries(self) -> Mapping[str, str]:
        return country_index()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """What each row is made with."""
        return {**super().get_form_kwargs(index), "countries": lambda: self._countries}


MemberFormSet = formset_factory(
    MemberForm, formset=MemberRows, extra=0, can_delete=True, max_num=500, absolute_max=600
)


class ListForm(forms.Form):
    """A list of members as somebody else made it, read into the table above."""

    file = forms.FileField(
        label=_("Excel or CSV file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv"}),
    )
    text = forms.CharField(
        label=_("Or paste the list"),
        required=False,
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_(
            "With headings or without; names, posts, days of birth and passports find their columns."
        ),
    )

    def read(self) -> tuple[list[MemberLine], list[MemberError]]:
        """The lines, and what could not be read. Raises SheetError."""
        file = self.cleaned_data["file"]
        return (
            parse_members(file.read(), name=file.name) if file else parse_members(self.cleaned_data["text"])
        )


def told(problem: MemberError) -> str:
    """What could not be read, with the place in the list where it stands."""
    where = gettext("Row %(row)s") % {"row": problem.row}
    parts = [where, problem.cell, f"“{problem.value}”" if problem.value else ""]
    return f"{', '.join(filter(None, parts))}: {problem.message}"


def with_lines(posted: QueryDict, prefix: str, lines: Sequence[MemberLine]) -> QueryDict:
    """What was typed so far with the lines put below it, over the empty lines at its end."""
    data = posted.copy()
    count = int(data.get(f"{prefix}-TOTAL_FORMS") or 0)
    while count and not str(data.get(f"{prefix}-{count - 1}-full_name", "")).strip():
        count -= 1
    for place, line in enumerate(lines, start=count):
        for name in NAMES:
            data[f"{prefix}-{place}-{name}"] = getattr(line, name)
        data[f"{prefix}-{place}-birth_date"] = _shown_day(line.birth_date)
        data[f"{prefix}-{place}-uid"] = ""
    data[f"{prefix}-TOTAL_FORMS"] = str(count + len(lines))
    return data


def drafts_of(rows: BaseFormSet[MemberForm], before: Sequence[MemberDraft] = ()) -> list[MemberDraft]:
    """The members in their order, empty lines left out, with what was masked taken from what was there."""
    known = {str(member.uid): member for member in before}
    return [
        _draft(form.cleaned_data, known)
        for form in rows.forms
        if form.cleaned_data.get("full_name") and not form.cleaned_data.get("DELETE")
    ]


def _draft(data: Mapping[str, Any], known: Mapping[str, MemberDraft]) -> MemberDraft:
    before = known.get(str(data.get("uid", "")))
    values = {name: data.get(name) or "" for name in NAMES}
    values["role"] = values["role"] or MemberRole.MEMBER.value
    for name in ("passport_no", "birth_date"):
        if str(values[name]).startswith(_MASKED):
            values[name] = getattr(before, name) if before else ""
    return MemberDraft(
        **values,
        name_native=before.name_native if before else "",
        withdrew=bool(data.get("withdrew")),
        uid=uuid.UUID(str(before.uid)) if before and before.uid else None,
    )


def member_rows(members: Sequence[MemberDraft], *, blank: int = 3) -> list[dict[str, object]]:
    """Initial rows of the table: who is there, restricted values masked, and a few empty lines."""
    rows: list[dict[str, object]] = [
        {
            **{name: getattr(member, name) for name in NAMES},
            "uid": str(member.uid or ""),
            "withdrew": member.withdrew,
            "passport_no": mask(member.passport_no) if member.uid else member.passport_no,
            "birth_date": _birth(member),
        }
        for member in members
    ]
    return rows + [{"role": MemberRole.MEMBER.value} for _n in range(blank)]


def _birth(member: MemberDraft) -> str:
    return mask(member.birth_date, keep=0) if member.uid else _shown_day(member.birth_date)


def _shown_day(written: str) -> str:
    """A day as people write it; a year alone, or what cannot be read, as it is."""
    try:
        return format_date(parse_date(written, today=clock.today()))
    except ValueError:
        return written
