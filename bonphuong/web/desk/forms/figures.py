"""Asking for a figure, and saying that a register is complete."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.accounts.enums import Permission, SettingKey
from bonphuong.accounts.queries import office_codes_for, offices_by_code, setting_on
from bonphuong.indicators.models import Indicator
from bonphuong.kernel import clock
from bonphuong.kernel.dates import parse_date
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.pages.figure_state import (
    LOOKS,
    NARROWED,
    NOW,
    THEN,
    FigureState,
    cutoff_words,
    split_words,
    step_words,
)
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Container, Mapping

    from bonphuong.accounts.models import User
    from bonphuong.indicators.figures import FigureRequest

_FIRST_YEAR = 2010
_LAST_PAGE = 10_000
_A_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def parts_of_year() -> list[tuple[str, str]]:
    """The ends of a period's code after its year, with their words."""
    quarters = (
        (f"-Q{n}", _("quarter %(n)s") % {"n": roman}) for n, roman in enumerate(("I", "II", "III", "IV"), 1)
    )
    months = ((f"-{n:02d}", _("month %(number)s") % {"number": n}) for n in range(1, 13))
    halves = (("-H1", _("first half")), ("-H2", _("second half")), ("-9M", _("nine months")))
    return [("", _("the whole year")), *halves, *quarters, *months]


class FigureForm(forms.Form):
    """Which indicator, of whom, when, how parted. Never refuses: what cannot be read falls back."""

    indicator = forms.ChoiceField(label=gettext_lazy("Indicator"), required=False)
    office = forms.ChoiceField(label=gettext_lazy("Office"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    part = forms.ChoiceField(label=gettext_lazy("Part of it"), required=False)
    cutoff = forms.ChoiceField(label=gettext_lazy("A month begins"), required=False)
    by = forms.ChoiceField(label=gettext_lazy("Walk"), required=False)
    split = forms.ChoiceField(label=gettext_lazy("Parted"), required=False)
    as_of = DayField(label=gettext_lazy("As it stood on"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, user: User) -> None:
        self.user = user
        self.given = data or {}
        self.codes = office_codes_for(user, Permission.FIGURE_VIEW)
        offices = offices_by_code(self.codes)
        indicators = list(Indicator.objects.all())
        self.known = {row.code: row for row in indicators}
        self.state = self._read()
        super().__init__(initial=self._initial())
        lang = language()
        self._choices("indicator", [(row.code, row.label(lang)) for row in indicators])
        self._choices(
            "office", [(o.code, o.name(lang)) for o in sorted(offices.values(), key=lambda o: o.path)]
        )
        years = range(clock.today().year + 1, _FIRST_YEAR - 1, -1)
        self._choices("part", parts_of_year())
        self._choices("year", [(str(year), str(year)) for year in years])
        self._choices("cutoff", list(cutoff_words().items()))
        self._choices("by", list(step_words().items()))
        self._choices("split", list(split_words().items()))

    @property
    def kept(self) -> dict[str, str]:
        """What the address asks for beside the fields of this form: it stays when they change."""
        asked = self.state.asked()
        return {name: asked[name] for name in (*NARROWED, "places", "look") if name in asked}

    def asked(self) -> FigureRequest:
        """The figure that the address asks for."""
        return self.state.request

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _read(self) -> FigureState:
        indicator, office = self._text("indicator"), self._text("office")
        office = office if office in self.codes else self._own_office()
        return FigureState(
            indicator=indicator if indicator in self.known else next(iter(self.known), ""),
            office=office,
            period=self._period(office),
            cutoff=self._one_of("cutoff", cutoff_words()),
            by=self._one_of("by", step_words()),
            split=self._one_of("split", split_words()),
            places=self._one_of("places", (THEN, NOW)) or THEN,
            as_of=self._day(),
            look=self._one_of("look", LOOKS) or LOOKS[0],
            filters={name: code for name in NARROWED if (code := self._code_of(name))},
            page=self._page(),
        )

    def _initial(self) -> dict[str, object]:
        state = self.state
        code = state.period.code
        return {
            "indicator": state.indicator,
            "office": state.office,
            "year": code[:4],
            "part": code[4:] if code[4:] in dict(parts_of_year()) else "",
            "cutoff": state.cutoff,
            "by": state.steps,
            "split": state.split,
            "as_of": state.as_of,
        }

    def _text(self, name: str) -> str:
        return str(self.given.get(name, "") or "").strip()[:80]

    def _one_of(self, name: str, known: Container[str]) -> str:
        return text if (text := self._text(name)) in known else ""

    def _code_of(self, name: str) -> str:
        text = self._text(name)
        text = text.upper()[:2] if name == "country" else text
        return text if _A_CODE.fullmatch(text) else ""

    def _page(self) -> int:
        text = self._text("page")
        return min(max(int(text), 1), _LAST_PAGE) if text.isascii() and text.isdigit() else 1

    def _day(self) -> dt.date | None:
        """The day as of which the ledger is read; a day that is not over yet is now."""
        try:
            day = parse_date(self._text("as_of"), today=clock.today())
        except ValueError:
            return None
        return day if day.year >= _FIRST_YEAR and day < clock.today() else None

    def _own_office(self) -> str:
        """The widest that the person may see: the book, where they may see it, else their own office."""
        holdings = self.user.access().holdings
        books = [holding.book for holding in holdings if holding.book in self.codes]
        own = [holding.office for holding in holdings if holding.office in self.codes]
        return next(iter([*books, *own]), "")

    def _period(self, office: str) -> Period:
        cutoff = Cutoff(self._one_of("cutoff", cutoff_words()) or self._cutoff_of(office))
        year = self._text("year")
        written = self._text("period") or (f"{year}{self._text('part')}" if year else "")
        try:
            found = Period.parse(written, cutoff)
        except ValueError:
            return self._this_year(cutoff)
        return found if _FIRST_YEAR <= found.year <= clock.today().year + 1 else self._this_year(cutoff)

    def _this_year(self, cutoff: Cutoff) -> Period:
        return Period.parse(str(clock.today().year), cutoff)

    def _cutoff_of(self, office: str) -> str:
        cutoff = setting_on(office, SettingKey.REPORT_CUTOFF) if office else Cutoff.CALENDAR
        # Free periods know no months, and this page walks by them.
        return str(cutoff if cutoff != Cutoff.FREE else Cutoff.CALENDAR)


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
