"""A report that came back, to be held against its edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.kernel.word.reading import MAX_BYTES
from bonphuong.reports.enums import EditionStatus
from bonphuong.reports.models import Edition
from bonphuong.web.desk.forms.choosing import set_choices
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.datastructures import MultiValueDict

    from bonphuong.accounts.models import User

_SHOWN = 60


class VerifyForm(forms.Form):
    """The file, which is read and not kept; and its edition where the file no longer says which it is."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx,.pdf"}),
        help_text=gettext_lazy("Word, Excel or PDF, as it came back. It is read and not kept."),
    )
    edition = forms.ChoiceField(
        label=gettext_lazy("Its edition"),
        required=False,
        help_text=gettext_lazy("Choose it only where the file has lost every mark."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, files: MultiValueDict[str, Any] | None, *, user: User
    ) -> None:
        super().__init__(data, files)
        rows = Edition.objects.visible_to(user).exclude(status=EditionStatus.DRAFT)
        self._editions = {str(row.pk): row for row in rows.select_related("definition")[:_SHOWN]}
        offered = [(uid, _name(row)) for uid, row in self._editions.items()]
        set_choices(self, "edition", [("", _("As the file says")), *offered])

    def clean_file(self) -> Any:
        """Not more than a report can hold."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is too large to be a report."))
        return file

    @property
    def chosen(self) -> Edition | None:
        """The edition that was named."""
        return self._editions.get(self.cleaned_data["edition"])


def _name(row: Edition) -> str:
    told = (
        f"{row.paper_number} \N{MIDDLE DOT} {row.period.label(language())} \N{MIDDLE DOT} {row.office_code}"
    )
    return told if row.number == 1 else f"{told} ({row.number})"
