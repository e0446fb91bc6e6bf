"""Beginning, writing, estimating and signing a report."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.accounts.enums import Language, Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.languages import reader_language
from bonphuong.kernel.periods import Period, PeriodKind
from bonphuong.reports.checks import key_of
from bonphuong.reports.enums import SlotState
from bonphuong.reports.queries import catalogue
from bonphuong.web.desk.forms.choosing import offices_of, set_choices
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.forms.figures import parts_of_year

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.reports.queries import Offered

_YEARS = 20


class BeginForm(forms.Form):
    """A report of the catalogue, whose, for which period: it asks for the period as that report has it.

    A part of a year, several years from a first one, or any two days; a report may take more than one of these.
    """

    report = forms.ChoiceField(label=gettext_lazy("Report"), widget=forms.HiddenInput)
    office = forms.ChoiceField(label=gettext_lazy("Office"))
    language = forms.ChoiceField(
        label=gettext_lazy("Written in"),
        choices=Language.choices,
        required=False,
        initial=Language.VI,
    )
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    part = forms.ChoiceField(label=gettext_lazy("Part of the year"), required=False)
    first = forms.ChoiceField(
        label=gettext_lazy("From the year"),
        required=False,
        help_text=gettext_lazy("For several years: up to the year beside."),
    )
    since = DayField(label=gettext_lazy("From a day"), required=False)
    until = DayField(label=gettext_lazy("to a day"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why there is to be another edition"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Only for a report that was signed already."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, user: User, wanted: Mapping[str, Any] | None = None
    ) -> None:
        codes = office_codes_for(user, Permission.REPORT_DRAFT)
        self.offered = {one.code: one for one in catalogue(codes, clock.today(), reader_language())}
        self.chosen = self._choose(data, wanted or {})
        kinds = self.chosen.periods if self.chosen else ()
        self.parts = [(code, word) for code, word in parts_of_year() if _kind_of(code) in kinds]
        last = clock.today().replace(day=1) - dt.timedelta(days=1)
        # An address may offer what to begin: the corrected edition of a signed report.
        asked = {name: str(value) for name, value in (wanted or {}).items() if name in self.base_fields}
        usual = {"year": str(last.year), "part": self._usual_part(last)}
        super().__init__(data, initial={**usual, **asked, "report": self.chosen.code if self.chosen else ""})
        this = clock.today().year
        years = [(str(year), str(year)) for year in range(this + 1, this - _YEARS, -1)]
        set_choices(self, "report", [(one.code, one.name) for one in self.offered.values()])
        set_choices(self, "office", offices_of(codes))
        set_choices(self, "year", years)
        set_choices(self, "part", self.parts)
        set_choices(self, "first", [("", "–"), *years[1:]])
        for name in self._spare(kinds):
            del self.fields[name]

    def _choose(self, data: Mapping[str, Any] | None, wanted: Mapping[str, Any]) -> Offered | None:
        given = str((data if data is not None else wanted).get("report", ""))
        return self.offered.get(given) or next(iter(self.offered.values()), None)

    def _usual_part(self, last: dt.date) -> str:
        codes = [code for code, _word in self.parts]
        month = f"-{last.month:02d}"
        return month if month in codes else codes[0] if codes else ""

    def _spare(self, kinds: Sequence[str]) -> list[str]:
        """Fields that the chosen report does not ask for."""
        is_days, is_term = PeriodKind.RANGE in kinds or PeriodKind.DAY in kinds, PeriodKind.TERM in kinds
        spare = [] if is_days else ["since", "until"]
        spare += [] if is_term else ["first"]
        spare += [] if self.parts or is_term else ["year"]
        return [*spare, *([] if len(self.parts) > 1 else ["part"])]

    @property
    def groups(self) -> list[tuple[str, list[Offered]]]:
        """The catalogue by its groups, with their words."""
        words = {"periodic": _("Periodic"), "term": _("Several years, and ad hoc"), "thematic": _("Thematic")}
        found: dict[str, list[Offered]] = {}
        for one in self.offered.values():
            found.setdefault(words.get(one.group, _("Own")), []).append(one)
        return list(found.items())

    def clean(self) -> dict[str, Any]:
        """One period, told in one way."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first."))
        elif until and not since:
            self.add_error("since", _("Give the first day too."))
        elif since and data.get("first"):
            self.add_error("first", _("Give the days or the years, not both."))
        elif (
            "since" in self.fields and "year" not in self.fields and not since and "since" not in self.errors
        ):
            self.add_error("since", _("Give the first day of the period, and the last."))
        elif not since:
            self._clean_years(data)
        return data

    def _clean_years(self, data: Mapping[str, Any]) -> None:
        if "year" in self.fields and not data.get("year") and "year" not in self.errors:
            self.add_error("year", _("Choose the year."))
        elif "part" in self.fields and not data.get("first") and "part" not in self.errors:
            if not data.get("part") and "" not in dict(self.parts):
                self.add_error("part", _("Choose the part of the year."))
        elif "first" in self.fields and not self.parts and not data.get("first"):
            self.add_error("first", _("Choose the first of the years."))
        if data.get("first") and data["first"] >= data.get("year", ""):
            self.add_error("first", _("The first year must lie before the last."))

    @property
    def period(self) -> str:
        """The code of the period asked for."""
        given = self.cleaned_data
        if given.get("since"):
            since, until = given["since"], given.get("until") or given["since"]
            return since.isoformat() if since == until else f"{since.isoformat()}..{until.isoformat()}"
        if given.get("first"):
            return f"{given['first']}-{given['year']}"
        only = self.parts[0][0] if len(self.parts) == 1 else ""
        return f"{given['year']}{given.get('part') or only}"


def asked_period(period: Period) -> dict[str, str]:
    """A period as the fields of the form have it, for an address that offers it again."""
    if period.kind in (PeriodKind.RANGE, PeriodKind.DAY):
        return {"since": format_date(period.since), "until": format_date(period.until)}
    if period.kind is PeriodKind.TERM:
        return {"first": str(period.first_year), "year": str(period.year)}
    return {"year": period.code[:4], "part": period.code[4:]}


def _kind_of(part: str) -> PeriodKind:
    """The kind of period that a part of a year makes; any year serves to tell."""
    return Period.parse(f"2000{part}").kind


class PartForm(forms.Form):
    """A part of a report that only a person can write. `stored` is what stands there, without what is offered."""

    def __init__(self, *args: Any, stored: Mapping[str, Any], **options: Any) -> None:
        self.stored = stored
        super().__init__(*args, **options)

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("This part"), choices=SlotState.choices, required=False, widget=forms.RadioSelect
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        widget=forms.Textarea(
            attrs={
                "rows": 10,
                "hx-post": "",
                "hx-trigger": "input changed delay:900ms",
                "hx-target": "#look",
                "hx-vals": '{"do": "look"}',
                "hx-sync": "this:replace",
            }
        ),
    )


class SignForm(forms.Form):
    """Signing: what the paper is called, and why it is signed over warnings."""

    paper_number = forms.CharField(
        label=gettext_lazy("Number and symbol"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("As the document system gave it; it can be typed back later."),
    )
    paper_on = DayField(label=gettext_lazy("Day of the paper"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why it is signed over the warnings"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("For all warnings that have no reason of their own."),
    )
    close = forms.BooleanField(
        label=gettext_lazy("Close the period: what comes later needs a reason"), required=False, initial=True
    )

    def __init__(self, data: Mapping[str, Any] | None, *, warnings: Sequence[Mapping[str, Any]] = ()) -> None:
        super().__init__(data)
        self.keys = {f"why-{key_of(check)}": check for check in warnings}
        if not warnings:
            del self.fields["reason"]
        for name in self.keys:
            self.fields[name] = forms.CharField(
                label=_("Why this is signed over"), required=False, max_length=300
            )

    def clean(self) -> dict[str, Any]:
        """Every warning has a reason: one of its own, or the one for all."""
        data = super().clean() or {}
        bare = [name for name in self.keys if not data.get(name)]
        if not bare or data.get("reason"):
            return data
        if len(bare) == len(self.keys):
            self.add_error(
                "reason", _("Say why it is signed over the warnings: here for all, or beside each.")
            )
        else:
            for name in bare:
                self.add_error(name, _("Say why, or give one reason for all above."))
        return data

    @property
    def asked(self) -> list[tuple[Mapping[str, Any], forms.BoundField]]:
        """Each warning with the field for its reason."""
        return [(check, self[name]) for name, check in self.keys.items()]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that stand below the warnings."""
        return [field for field in self.visible_fields() if field.name not in {*self.keys, "reason"}]

    @property
    def reasons(self) -> dict[str, str]:
        """Warning → the reason of its own that was given."""
        return {name.removeprefix("why-"): self.cleaned_data[name] for name in self.keys}


class EstimateForm(forms.Form):
    """What a figure is expected to be by the end of the period."""

    figure = forms.CharField(widget=forms.HiddenInput, max_length=60)
    value = forms.DecimalField(label=gettext_lazy("Estimated"), required=False, min_value=0, max_digits=18)
    note = forms.CharField(label=gettext_lazy("How it was estimated"), required=False, max_length=300)


class NumberBackForm(forms.Form):
    """The number and day that the document system gave."""

    number = forms.CharField(label=gettext_lazy("Number and symbol"), max_length=40)
    on = DayField(label=gettext_lazy("Day of the paper"))
