"""Asking for a figure, and saying that a register is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.accounts.enums import Permission, SettingKey
from bonphuong.accounts.queries import office_codes_for, offices_by_code, setting_on
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.models import Indicator
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bonphuong.accounts.models import User

_FIRST_YEAR = 2010


def parts_of_year() -> list[tuple[str, str]]:
    """The ends of a period's code after its year, with their words."""
    quarters = (
        (f"-Q{n}", _("quarter %(n)s") % {"n": roman}) for n, roman in enumerate(("I", "II", "III", "IV"), 1)
    )
    months = ((f"-{n:02d}", _("month %(number)s") % {"number": n}) for n in range(1, 13))
    halves = (("-H1", _("first half")), ("-H2", _("second half")), ("-9M", _("nine months")))
    return [("", _("the whole year")), *halves, *quarters, *months]


class FigureForm(forms.Form):
    """Which indicator, of whom, when. Never refuses: what cannot be read falls back."""

    indicator = forms.ChoiceField(label=gettext_lazy("Indicator"), required=False)
    office = forms.ChoiceField(label=gettext_lazy("Office"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    part = forms.ChoiceField(label=gettext_lazy("Part of it"), required=False)
    country = forms.CharField(required=False, max_length=2, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, user: User) -> None:
        self.user = user
        self.given = data or {}
        self.codes = office_codes_for(user, Permission.FIGURE_VIEW)
        offices = offices_by_code(self.codes)
        indicators = list(Indicator.objects.all())
        self.known = {row.code: row for row in indicators}
        super().__init__(initial=self._initial())
        lang = language()
        self._choices("indicator", [(row.code, row.label(lang)) for row in indicators])
        self._choices(
            "office", [(o.code, o.name(lang)) for o in sorted(offices.values(), key=lambda o: o.path)]
        )
        years = range(clock.today().year + 1, _FIRST_YEAR - 1, -1)
        self._choices("part", parts_of_year())
        self._choices("year", [(str(year), str(year)) for year in years])

    def asked(self) -> FigureRequest:
        """The figure that the address asks for."""
        country = str(self.given.get("country", ""))[:2].upper()
        return FigureRequest(
            indicator=self.initial["indicator"],
            office=self.initial["office"],
            period=self._period(self.initial["office"]),
            filters={"country": (country,)} if country else {},
        )

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _initial(self) -> dict[str, str]:
        indicator = str(self.given.get("indicator", ""))
        office = str(self.given.get("office", ""))
        code = self._code()
        return {
            "indicator": indicator if indicator in self.known else next(iter(self.known), ""),
            "office": office if office in self.codes else self._own_office(),
            "year": code[:4],
            "part": code[4:] if code[4:] in dict(parts_of_year()) else "",
            "country": str(self.given.get("country", ""))[:2],
        }

    def _own_office(self) -> str:
        """The widest that the person may see: the book, where they may see it, else their own office."""
        holdings = self.user.access().holdings
        books = [holding.book for holding in holdings if holding.book in self.codes]
        own = [holding.office for holding in holdings if holding.office in self.codes]
        return next(iter([*books, *own]), "")

    def _code(self) -> str:
        year = str(self.given.get("year", ""))
        written = str(self.given.get("period", "")) or (f"{year}{self.given.get('part', '')}" if year else "")
        try:
            return Period.parse(written).code
        except ValueError:
            return str(clock.today().year)

    def _period(self, office: str) -> Period:
        cutoff = setting_on(office, SettingKey.REPORT_CUTOFF) if office else Cutoff.CALENDAR
        return Period.parse(self._code(), Cutoff(cutoff))


class CoverageForm(forms.Form):
    """A person's word about how complete a register is."""

    word = forms.ChoiceField(
        label=gettext_lazy("The register of these days"),
        choices=[
            ("complete", gettext_lazy("is complete")),
            ("open", gettext_lazy("is not complete after all")),
        ],
        initial="complete",
        widget=forms.RadioSelect,
    )
    since = DayField(label=gettext_lazy("From day"))
    until = DayField(label=gettext_lazy("To day"))
    reason = forms.CharField(label=gettext_lazy("How you know"), max_length=300)

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must not be before the first."))
        return data
