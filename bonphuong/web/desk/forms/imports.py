"""Loading a sheet: what it is, what its columns are, entering its rows and taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for, offices_by_code
from bonphuong.intake.enums import TwinChoice
from bonphuong.records.registry import families, get_family
from bonphuong.web.desk.forms.choosing import office_choices, set_choices

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.forms import BoundField
    from django.utils.datastructures import MultiValueDict

    from bonphuong.accounts.models import User
    from bonphuong.intake.tables import MappedTable
    from bonphuong.records.registry import Family

ENDINGS = ".xlsx,.xls,.ods,.csv,.tsv,.txt"
LEFT_OUT = "-"
_LONGEST_PASTE = 2_000_000


def kinds(family: str) -> list[tuple[str, object]]:
    """The kinds of a family that sheets may hold."""
    return [(kind.code, kind.plural) for kind in get_family(family).kinds if kind.takes_import]


def loaded() -> list[Family]:
    """The families whose records sheets may bring, the most used first."""
    found = [family for family in families() if family.create_many and kinds(family.code)]
    return sorted(found, key=lambda family: (family.code != "delegations", str(family.plural)))


def _choices() -> list[tuple[str, object]]:
    """What the rows may be: a kind ("family:kind"), or one of several kinds of a family ("family:")."""
    found: list[tuple[str, object]] = [("", _("as the sheet itself says"))]
    for family in loaded():
        own = [(f"{family.code}:{code}", label) for code, label in kinds(family.code)]
        if len(own) > 1:
            own.insert(0, (f"{family.code}:", _("%(what)s, each as it says") % {"what": family.plural}))
        found.append((str(family.plural), own))
    return found


def asked_for(given: Mapping[str, str]) -> str:
    """The choice that an address asks for: `family` and `kind`, or a kind of delegations alone."""
    family, kind = given.get("family", ""), given.get("kind", "")
    return f"{family or 'delegations'}:{kind}" if family or kind else ""


class LoadForm(forms.Form):
    """A file, or rows copied from Excel."""

    file = forms.FileField(
        label=_("Excel file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        help_text=_("As it is: titles, merged cells and totals are understood. Up to 20 MB."),
    )
    text = forms.CharField(
        label=_("Or paste rows copied from Excel"),
        required=False,
        max_length=_LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_("With the row of headings."),
    )
    kind = forms.ChoiceField(label=_("What the rows are"), required=False)
    office = forms.ChoiceField(label=_("Whose records they are"), required=False)
    happened = forms.BooleanField(
        label=_("The rows tell what took place: they count as soon as they are entered"),
        required=False,
        initial=True,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: MultiValueDict[str, Any] | None,
        *,
        user: User,
        kind: str = "",
    ) -> None:
        offices = offices_by_code(office_codes_for(user, Permission.RECORD_IMPORT))
        own = next((h.office for h in user.access().holdings if h.office in offices), "")
        self.own = own
        super().__init__(data, files, initial={"office": own, "kind": kind})
        set_choices(self, "office", office_choices(offices.values()))
        set_choices(self, "kind", _choices())

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or {}
        if not self.errors and not data.get("file") and not str(data.get("text", "")).strip():
            self.add_error("file", _("Choose a file, or paste the rows."))
        # Rows pasted into a list do not say whose they are: the person's own office's.
        data["office"] = data.get("office") or self.own
        data["family"], _colon, data["kind"] = str(data.get("kind", "")).partition(":")
        return data


class ColumnsForm(forms.Form):
    """What each heading of each table is. Only what was changed is said, so that guesses stay guesses."""

    kind = forms.ChoiceField(label=_("What the rows are"), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, *, tables: Sequence[MappedTable], family: str, kind: str
    ) -> None:
        self.tables = tables
        super().__init__(data, initial={"kind": kind})
        set_choices(self, "kind", [("", _("as the sheet itself says")), *kinds(family)])
        for name, table, index in self._places():
            found = table.matched[index]
            labels = {column.code: str(column.label) for column in table.columns}
            first = [(code, labels[code]) for code in found.suggestions if code in labels]
            rest = [item for item in labels.items() if item not in first]
            self.fields[name] = forms.ChoiceField(
                label=found.heading.text or found.heading.letter,
                required=False,
                choices=[(LEFT_OUT, _("leave it out")), *first, *rest],
                initial=found.code or LEFT_OUT,
            )

    def _places(self) -> Iterator[tuple[str, MappedTable, int]]:
        for table in self.tables:
            for index in range(len(table.matched)):
                yield f"column-{table.place}-{index}", table, index

    def cell(self, table: MappedTable, index: int) -> BoundField:
        """The field of a column."""
        return self[f"column-{table.place}-{index}"]

    def said(self) -> dict[str, str]:
        """Heading (letter where it has none) → code, of those that were changed."""
        found = {}
        for name, table, index in self._places():
            given = str(self.cleaned_data.get(name) or LEFT_OUT)
            heading = table.matched[index].heading
            if given != (table.matched[index].code or LEFT_OUT):
                found[heading.key or heading.letter] = "" if given == LEFT_OUT else given
        return found


class PostForm(forms.Form):
    """Entering the good rows."""

    take_twins = forms.BooleanField(
        label=_("Enter those too that seem to be entered already: they are others"), required=False
    )
    reason = forms.CharField(
        label=_("Note for the trail"),
        required=False,
        max_length=300,
        help_text=_("Where a row changes a period that is closed, say why it comes late."),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, has_twins: bool) -> None:
        super().__init__(data)
        if not has_twins:
            del self.fields["take_twins"]


def said_of_twins(given: Mapping[str, Any]) -> dict[UUID, str]:
    """What was said of rows that seem to be entered already, by the key of the row; what cannot be read is left."""
    found = {}
    for name, value in given.items():
        key = name.removeprefix("twin-")
        if key == name or value not in {"", *TwinChoice.values}:
            continue
        try:
            found[UUID(key)] = str(value)
        except ValueError:
            continue
    return found


class UndoForm(forms.Form):
    """Taking a sheet back."""

    reason = forms.CharField(label=_("Why the sheet is taken back"), max_length=300)
