"""Asking for the nation's figures: which national office, which year or part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from bonphuong.kernel import clock
from bonphuong.kernel.errors import ProductError
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.reports.queries import PERIODIC, definition_on
from bonphuong.web.desk.forms.choosing import set_choices
from bonphuong.web.desk.forms.figures import parts_of_year
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import Office
    from bonphuong.reports.models import ReportDefinition

_YEARS = 6


class NationForm(forms.Form):
    """Never refuses: what cannot be read falls back to the year that is over."""

    office = forms.ChoiceField(label=gettext_lazy("Office"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    part = forms.ChoiceField(label=gettext_lazy("Part of it"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, offices: Sequence[Office]) -> None:
        given = data or {}
        this = clock.today().year
        years = [str(year) for year in range(this, this - _YEARS, -1)]
        parts = dict(parts_of_year())
        by_code = {office.code: office for office in offices}
        asked = str(given.get("office", ""))
        self.chosen = by_code.get(asked, offices[0])
        year = str(given.get("year", ""))
        self.in_year = year if year in years else str(this)
        part = str(given.get("part", ""))
        self.in_part = part if part in parts else ""
        super().__init__(initial={"office": self.chosen.code, "year": self.in_year, "part": self.in_part})
        set_choices(self, "office", [(office.code, office.name(language())) for office in offices])
        set_choices(self, "year", [(one, one) for one in years])
        set_choices(self, "part", list(parts.items()))

    @property
    def report(self) -> str:
        """Which report of the provinces tells of this period."""
        return PERIODIC[Period.parse(f"{self.in_year}{self.in_part}").kind]

    def definition(self) -> ReportDefinition | None:
        """The office's form of the report, in the language of the page; None where it has none."""
        until = Period.parse(f"{self.in_year}{self.in_part}").until
        try:
            return definition_on(self.report, self.chosen.code, until, language())
        except ProductError:
            return None

    def period(self, definition: ReportDefinition) -> Period:
        """The period under the cut-off of the report."""
        return Period.parse(f"{self.in_year}{self.in_part}", Cutoff(definition.cutoff))
